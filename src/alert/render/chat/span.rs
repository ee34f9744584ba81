//! What a chat message is made of before any service's own signs are put around it.

use super::super::clean::{self, short_line};
use super::super::excerpt::Piece;

/// Longer addresses are left out: they would fill a message alone.
const LONGEST_LINK: usize = 1_500;
/// Shown nowhere, and enough that the signs on its two sides mean nothing together.
const APART: char = '\u{200B}';
/// What chat programs make links of beside web addresses.
const SCHEMES: [&str; 9] = ["javascript", "vbscript", "data", "file", "mailto", "tel", "sms", "tg", "slack"];

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As any text.
    Plain,
    /// A tracked name, or words that are new.
    Strong,
    /// Words that are gone.
    Gone,
}

/// A stretch of text in one style. Its text is harmless everywhere but for the signs of the service's own markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Span {
    /// Text in this style, of which at most `most` characters are kept.
    pub(super) fn new(text: &str, style: Style, most: usize) -> Self {
        Self { text: defused(&short_line(text, most)), style }
    }

    /// Words of our own.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::Plain }
    }

    /// A sentence with its names marked.
    pub(super) fn all_of(pieces: Vec<Piece>) -> Vec<Self> {
        let span = |piece: Piece| Self {
            text: defused(&piece.text),
            style: if piece.marked { Style::Strong } else { Style::Plain },
        };
        pieces.into_iter().map(span).collect()
    }
}

/// A line of a message.
pub(super) type Line = Vec<Span>;

/// An article, or a paragraph about something else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The headline, where it has one.
    pub(super) title: Option<String>,
    /// Where it can be read.
    pub(super) link: Option<String>,
    /// What is said of it.
    pub(super) lines: Vec<Line>,
}

impl Block {
    /// Lines alone.
    pub(super) fn of_lines(lines: Vec<Line>) -> Self {
        Self { lines, ..Self::default() }
    }
}

/// The address where it may be linked; nothing but http and https may.
pub(super) fn link(address: &str) -> Option<String> {
    clean::web_link(address).filter(|link| link.len() <= LONGEST_LINK)
}

/// The text without what a chat program makes a mention, an emoji or a link other than to the web of: invisible
/// signs keep the parts of it apart.
pub(super) fn defused(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (place, c) in text.char_indices() {
        safe.push(c);
        let rest = text.get(place + c.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next().unwrap_or(' ');
        let parts = match c {
            '@' => next.is_alphanumeric() || "{_".contains(next),
            '{' => next == '{',
            ':' => is_other_scheme(text.get(..place).unwrap_or_default(), rest) || is_emoji(rest),
            _ => false,
        };
        if parts {
            safe.push(APART);
        }
    }
    safe
}

/// Whether a scheme ends here that does not lead to the web.
fn is_other_scheme(before: &str, after: &str) -> bool {
    let from = before.rfind(|c: char| !c.is_ascii_alphanumeric() && !"+.-".contains(c));
    let word = from.map_or(Some(before), |from| before.get(from..)).unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    if after.starts_with("//") {
        return !matches!(word.as_str(), "http" | "https");
    }
    SCHEMES.contains(&word.as_str()) && !after.starts_with(char::is_whitespace)
}

/// Whether this goes on as `warning:` does in `:warning:`.
fn is_emoji(after: &str) -> bool {
    let Some((word, _)) = after.split_once(':') else { return false };
    let fits = |c: char| c.is_ascii_alphanumeric() || "_+-".contains(c);
    !word.is_empty()
        && word.len() < 64
        && word.chars().all(fits)
        && word.chars().any(|c| c.is_ascii_alphabetic() || c == '+' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_emojis_and_odd_links_fall_apart() {
        for (written, shown) in [
            ("@everyone xem", "@|everyone xem"),
            ("thư về bot@tin.example", "thư về bot@|tin.example"),
            ("giá @ 5.000", "giá @ 5.000"),
            ("javascript:alert(1)", "javascript:|alert(1)"),
            ("(tg://user?id=1)", "(tg:|//user?id=1)"),
            ("xem https://tin.example/a", "xem https://tin.example/a"),
            ("HTTP://tin.example", "HTTP://tin.example"),
            ("FTP://tin.example", "FTP:|//tin.example"),
            (":warning: cháy", ":|warning: cháy"),
            ("lúc 12:30:45", "lúc 12:30:45"),
            ("Huawei: Ascend", "Huawei: Ascend"),
            ("{{DATE(2026)}}", "{|{DATE(2026)}}"),
        ] {
            assert_eq!(defused(written).replace(APART, "|"), shown);
        }
    }

    #[test]
    fn a_very_long_text_is_read_in_one_go() {
        let text = "a:".repeat(50_000);
        assert!(defused(&short_line(&text, 500)).len() < 3_000);
    }
}
