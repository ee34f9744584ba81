//! Plain text in lines that every mail program shows whole.

use unicode_normalization::char::is_combining_mark;

use crate::text::normalise::is_han;

/// Columns of a line (RFC 3676 recommends 78 at most).
const COLUMNS: usize = 76;
/// What a line may begin with that is no word of it.
const MARKS: [&str; 3] = ["> ", "- ", "… "];

/// The text with its long lines broken between words, what follows indented as far as the line's own beginning. An address stays
/// whole, so that it can be clicked.
pub(super) fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if width(bare) <= COLUMNS {
            out.push_str(line);
            continue;
        }
        fill(&mut out, bare);
        out.push_str(line.get(bare.len()..).unwrap_or_default());
    }
    out
}

fn fill(out: &mut String, line: &str) {
    let (first, next) = margins(line);
    out.push_str(first);
    let mut column = width(first);
    let start = column;
    for word in words(line.get(first.len()..).unwrap_or_default()) {
        let bare = word.trim_end();
        if column > start && column + width(bare) > COLUMNS {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(&next);
            column = width(&next);
        }
        out.push_str(word);
        column += width(word);
    }
    out.truncate(out.trim_end_matches(' ').len());
}

/// How the line begins, and how those that continue it begin: "> " is repeated, "12. " and "- " leave a margin.
fn margins(line: &str) -> (&str, String) {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = line.get(indent..).unwrap_or_default();
    let mark = MARKS.iter().find(|mark| rest.starts_with(**mark)).map_or(0, |mark| mark.len());
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && rest.get(digits..).is_some_and(|rest| rest.starts_with(". "));
    let mark = if numbered { digits + 2 } else { mark };
    let first = line.get(..indent + mark).unwrap_or_default();
    let next = if rest.starts_with("> ") { first.to_owned() } else { " ".repeat(width(first)) };
    (first, next)
}

/// Words with the spaces behind them; text without spaces is cut beside each Han character, but never before a closing mark.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut begun = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| breaks(before, c)) {
            words.extend(text.get(begun..at));
            begun = at;
        }
        before = Some(c);
    }
    words.extend(text.get(begun..));
    words
}

fn breaks(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' {
        return before == ' ' && after != ' ';
    }
    let closes = |c: char| "，。、；：？！）」』”’》…·,.;:?!)]}*".contains(c);
    let opens = |c: char| "（「『“‘《([{*".contains(c);
    (is_han(before) || is_han(after)) && !closes(after) && !opens(before) && !is_combining_mark(after)
}

/// Columns of a terminal: wide characters and emoji take two, marks and direction signs none.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            _ if is_combining_mark(c) => 0,
            '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' => 0,
            '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{A4CF}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE6F}'
            | '\u{FF00}'..='\u{FF60}'
            | '\u{1F300}'..='\u{1FAFF}'
            | '\u{20000}'..='\u{3FFFD}' => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_keep_their_margin() {
        let word = "chip ";
        for (prefix, next) in [("", ""), ("12. ", "    "), ("> ", "> "), ("   - ", "     "), ("   ", "   ")] {
            let text = format!("{prefix}{}", word.repeat(40).trim_end());
            let lines = wrapped(&text);
            let lines: Vec<&str> = lines.lines().collect();
            assert_eq!(lines.len(), 3, "{lines:?}");
            assert!(lines.iter().all(|line| width(line) <= COLUMNS && !line.ends_with(' ')), "{lines:?}");
            assert!(lines[1].starts_with(&format!("{next}chip")), "{lines:?}");
        }
    }

    #[test]
    fn addresses_stay_whole_and_short_lines_as_they_are() {
        let address = format!("https://tinmoi.example/{}", "dai-".repeat(40));
        for text in ["", "\n", "một hai\n\n  ba  \n", &format!("{address}\n"), &format!("   {address}\n")] {
            assert_eq!(wrapped(text), text);
        }
        assert_eq!(wrapped(&format!("Theo Reuters: {address}")), format!("Theo Reuters:\n{address}"));
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_a_closing_mark() {
        let text = format!("{}，{}", "芯".repeat(38), "片".repeat(10));
        let lines = wrapped(&text);
        assert_eq!(lines, format!("{}\n芯，{}", "芯".repeat(37), "片".repeat(10)));
    }
}
