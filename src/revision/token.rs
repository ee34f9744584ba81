//! The words of a line: a Vietnamese syllable, a Latin word, a number with what belongs to it, a Han character.

use crate::text::normalise::is_han;

/// A word, as its bytes in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is a letter of a script without spaces.
    pub(super) fn is_han(&self) -> bool {
        self.text.chars().next().is_some_and(is_han)
    }

    /// Whether it says something: it is no mark.
    pub(super) fn is_word(&self) -> bool {
        self.text.chars().any(char::is_alphanumeric)
    }

    /// Whether it begins with a capital letter.
    pub(super) fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The words and marks of a line.
pub(super) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let previous = line.get(..at).and_then(|before| before.chars().next_back());
        let length = length(rest, first, previous);
        tokens.push(Token { text: rest.get(..length).unwrap_or(rest), start: at });
        at += length.max(1);
    }
    tokens
}

/// How long the token at the beginning of `rest` is, in bytes.
fn length(rest: &str, first: char, previous: Option<char>) -> usize {
    if rest.starts_with("http://") || rest.starts_with("https://") {
        return rest.find(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '>')).unwrap_or(rest.len());
    }
    let second = rest.chars().nth(1);
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let apart = previous.is_none_or(|c| c.is_whitespace() || c == '(');
    let opens_number = is_currency(first) || matches!(first, '+' | '-' | '−') && apart;
    if opens_number && is_digit(second) {
        return first.len_utf8() + word(rest.get(first.len_utf8()..).unwrap_or_default());
    }
    if stands_alone(first) || !first.is_alphanumeric() {
        return first.len_utf8();
    }
    word(rest)
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₫' | '₩' | '￥')
}

/// Han and Kana, which are written without spaces.
fn stands_alone(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3041}'..='\u{30FF}')
}

/// How long the word is that begins here: letters and digits, and marks between them that belong to numbers, names and
/// contractions.
fn word(rest: &str) -> usize {
    let mut end = 0;
    let mut last = None;
    let mut letters = rest.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let continues = c.is_alphanumeric() && !stands_alone(c)
            || unicode_normalization::char::is_combining_mark(c)
            || joins(last, c, next)
            || last.is_some_and(|last: char| last.is_ascii_digit())
                && (matches!(c, '%' | '‰' | '°' | '％') || is_currency(c));
        if !continues {
            break;
        }
        end = at + c.len_utf8();
        last = Some(c);
    }
    end.max(rest.chars().next().map_or(0, char::len_utf8))
}

fn joins(last: Option<char>, c: char, next: Option<char>) -> bool {
    let (Some(last), Some(next)) = (last, next) else { return false };
    let digits = last.is_ascii_digit() && next.is_ascii_digit();
    let plain = |c: char| c.is_alphanumeric() && !stands_alone(c);
    match c {
        ',' | ':' | '/' => digits,
        '.' | '-' | '‑' | '_' => plain(last) && plain(next),
        '\'' | '’' => last.is_alphabetic() && next.is_alphabetic(),
        '&' => last.is_uppercase() && next.is_uppercase(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_would_name() {
        for (line, words) in [
            ("ghép 384 chip", "ghép|384|chip"),
            ("$5.6 million, 25,6% (tăng -5%)", "$5.6|million|,|25,6%|(|tăng|-5%|)"),
            ("ngày 15/9 lúc 18:10.", "ngày|15/9|lúc|18:10|."),
            ("384颗昇腾910C", "384|颗|昇|腾|910C"),
            ("1.299.000₫", "1.299.000₫"),
            ("don’t DeepSeek-R1 AT&T", "don’t|DeepSeek-R1|AT&T"),
            ("và/hoặc [https://a.example/v1.pdf]", "và|/|hoặc|[|https://a.example/v1.pdf|]"),
            ("“Đã” xong… 🚀", "“|Đã|”|xong|…|🚀"),
            ("2026年7月2日", "2026|年|7|月|2|日"),
        ] {
            let found: Vec<&str> = tokens(line).iter().map(|token| token.text).collect();
            assert_eq!(found.join("|"), words);
        }
    }
}
