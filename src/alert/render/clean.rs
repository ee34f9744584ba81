//! Text from strangers, made harmless and short.

use unicode_normalization::char::is_combining_mark;
use url::Url;

use crate::text::normalise::is_han;

/// Longer addresses are shown but not linked: no browser or mail program takes them reliably.
const LONGEST_LINK: usize = 4_096;

/// More marks than these on one letter are no writing: the densest, Tibetan and Khmer, stack five.
const MOST_MARKS: usize = 6;

/// What ends a cut text.
const ELLIPSIS: char = '…';

/// The text as one line: no control characters, nothing that turns the writing direction of what follows, no heaps of marks, every
/// run of white space one space.
pub(super) fn line(text: &str) -> String {
    line_start(text, usize::MAX)
}

/// The first characters of [`line()`], without reading further than they reach.
fn line_start(text: &str, most: usize) -> String {
    let mut clean = String::new();
    let mut room = most;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let before = clean.len();
        let space = (before > 0).then_some(' ');
        clean.extend(space.into_iter().chain(readable(word)).take(room));
        let added = clean.get(before..).unwrap_or_default();
        if added == " " || added.is_empty() {
            clean.truncate(before);
            continue;
        }
        room = room.saturating_sub(added.chars().count());
        if room == 0 {
            break;
        }
    }
    clean
}

/// The text with its line breaks, each line as in [`line()`], never two empty lines in a row.
pub(super) fn lines(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for one in text.lines().map(line) {
        if one.is_empty() && (clean.is_empty() || clean.ends_with("\n\n")) {
            continue;
        }
        clean.push_str(&one);
        clean.push('\n');
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// The word without what turns its direction, and without marks that stand on nothing or pile up over the lines around them.
fn readable(word: &str) -> impl Iterator<Item = char> {
    let mut marks = MOST_MARKS;
    word.chars().filter(move |c| {
        if turns_direction(*c) {
            return false;
        }
        marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    })
}

/// Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, 2.1 to 2.4): left open in a title, they
/// would turn around the rest of the mail. With them go the deprecated ones behind them and the marks of annotations.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Text of a foreign direction, fenced in so that the line around it keeps its own order.
pub(super) fn isolated(text: String) -> String {
    if !text.chars().any(is_right_to_left) {
        return text;
    }
    format!("\u{2068}{text}\u{2069}")
}

/// Hebrew, Arabic and the other right-to-left blocks, and the invisible letter of that direction.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{200F}' | '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// One line of at most `most` characters and an ellipsis.
pub(super) fn short_line(text: &str, most: usize) -> String {
    cut(&line_start(text, most.saturating_add(2)), most)
}

/// At most `most` characters and an ellipsis, cut at a word's border where there is one near.
pub(super) fn cut(text: &str, most: usize) -> String {
    let head: Vec<char> = text.chars().take(most.saturating_add(1)).collect();
    if head.len() <= most {
        return text.to_owned();
    }
    let nearest = most - most * 2 / 5;
    let end = last_border(&head, ends_word)
        .filter(|end| *end >= nearest)
        .or_else(|| last_border(&head, |before, after| !joined(before, after)))
        .unwrap_or(most);
    let kept: String = head.into_iter().take(end).collect();
    let mut short = kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–—(“".contains(c)).to_owned();
    short.push(ELLIPSIS);
    short
}

/// How many characters stand before the last border of this sort.
fn last_border(text: &[char], is_border: fn(char, char) -> bool) -> Option<usize> {
    let before =
        text.windows(2).rposition(|pair| matches!(pair, [before, after] if is_border(*before, *after)))?;
    Some(before + 1)
}

/// Chinese has no spaces: any place beside a Han character will do.
fn ends_word(before: char, after: char) -> bool {
    after.is_whitespace() || ((is_han(before) || is_han(after)) && !joined(before, after))
}

/// Whether the two make one visible sign: marks on letters, parts of an emoji, the halves of a flag.
fn joined(before: char, after: char) -> bool {
    let flag = '\u{1F1E6}'..='\u{1F1FF}';
    is_combining_mark(after)
        || matches!(after, '\u{FE00}'..='\u{FE0F}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}')
        || before == '\u{200D}'
        || (flag.contains(&before) && flag.contains(&after))
}

/// The address in the form that may stand in a link; nothing where it is not http(s).
pub(super) fn web_link(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_web && url.as_str().len() <= LONGEST_LINK).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_in_its_own_direction() {
        for (written, shown) in [
            ("  Huawei \r\nBcc: all@example.org\u{0}", "Huawei Bcc: all@example.org"),
            ("a\u{2028}b\u{85}c\u{7}d", "a b c d"),
            ("\u{202E}gnp.exe \u{2066}x", "gnp.exe x"),
            ("\u{202E}\u{202C} \u{2067}", ""),
            ("👩‍💻 viết mã", "👩‍💻 viết mã"),
            ("\u{301}\u{302} e\u{302}\u{301}", "e\u{302}\u{301}"),
            (&format!("Z{}algo", "\u{36F}".repeat(500)), &format!("Z{}algo", "\u{36F}".repeat(6))),
        ] {
            assert_eq!(line(written), shown);
        }
    }

    #[test]
    fn paragraphs_stay_apart() {
        assert_eq!(lines("\n\nMột\r\n\n\n\nHai \u{202E}ba\n"), "Một\n\nHai ba");
    }

    #[test]
    fn texts_are_cut_between_words_and_never_inside_a_sign() {
        for (text, most, short) in [
            ("Huawei mở mã nguồn", 40, "Huawei mở mã nguồn"),
            ("Huawei mở mã nguồn", 14, "Huawei mở mã…"),
            ("Huawei, SMIC", 8, "Huawei…"),
            ("华为发布新一代昇腾芯片", 4, "华为发布…"),
            ("Donaudampfschiff", 5, "Donau…"),
            ("a👨‍👩‍👧b", 3, "a…"),
            ("🇻🇳🇻🇳", 1, "🇻…"),
            ("e\u{301}e\u{301}", 3, "e\u{301}…"),
            ("abc", 0, "…"),
        ] {
            assert_eq!(cut(text, most), short, "{text} at {most}");
        }
    }

    #[test]
    fn only_web_addresses_become_links() {
        for (address, link) in [
            ("https://example.org/a?b=1&c=2", Some("https://example.org/a?b=1&c=2")),
            ("HTTP://EXAMPLE.ORG", Some("http://example.org/")),
            ("https://example.org/\"><script>", Some("https://example.org/%22%3E%3Cscript%3E")),
            ("javascript:alert(1)", None),
            (" \u{1}javascript:alert(1)", None),
            ("data:text/html,<b>x", None),
            ("mailto:a@example.org", None),
            ("//example.org/a", None),
            ("", None),
        ] {
            assert_eq!(web_link(address).as_deref(), link, "{address}");
        }
        assert_eq!(web_link(&format!("https://example.org/{}", "a".repeat(5_000))), None);
    }
}
