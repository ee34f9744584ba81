//! Headlines and names as plain text.

use crate::text::normalise::normalise;

use super::{names, reference};

/// A headline longer than this is a mistake of the feed.
const LONGEST_LINE: usize = 4_000;
/// As much markup is read for it.
const LONGEST_MARKUP: usize = 16_000;
/// Elements that a headline may carry. A name not among them is text, as in `Vec<u8>`.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "big", "blink", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark",
    "q", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "nobr", "center",
    "script",
];
const BLOCK: [&str; 13] = ["br", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "hr"];

/// HTML as one line: tags dropped, references replaced once, white space folded. `None` where nothing is left.
pub(super) fn from_html(html: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = cut(html, LONGEST_MARKUP);
    // How much stands behind the last end of a comment: none is looked for where none is left.
    let behind_comments = rest.rfind("-->").map_or(usize::MAX, |last| rest.len() - last);
    while let Some(start) = rest.find('<') {
        let (before, from_tag) = rest.split_at(start);
        text.push_str(&reference::resolve(before));
        let (kept, length) = match tag(from_tag, behind_comments) {
            Some((Markup::Inline, length)) => ("", length),
            Some((Markup::Block, length)) => (" ", length),
            None => ("<", 1),
        };
        text.push_str(kept);
        rest = from_tag.get(length..).unwrap_or_default();
    }
    text.push_str(&reference::resolve(rest));
    line(&text)
}

/// Text as one line, with references replaced once: feeds often escape twice.
pub(super) fn from_text(text: &str) -> Option<String> {
    line(&reference::resolve(cut(text, LONGEST_MARKUP)))
}

fn line(text: &str) -> Option<String> {
    let line = normalise(cut(text, LONGEST_LINE));
    (!line.is_empty()).then_some(line)
}

/// The beginning of `text`, at most so many bytes.
pub(super) fn cut(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest)).unwrap_or(text)
}

enum Markup {
    Inline,
    Block,
}

/// The tag or comment that `text` begins with, and its length.
fn tag(text: &str, behind_comments: usize) -> Option<(Markup, usize)> {
    if text.starts_with("<!--") && text.len() >= behind_comments {
        return text.find("-->").map(|end| (Markup::Inline, end + 3));
    }
    let tag = super::tag::read(text, names::is_known).filter(|tag| tag.whole)?;
    let markup = if is_one_of(&BLOCK, tag.name) {
        Markup::Block
    } else if is_one_of(&INLINE, tag.name) {
        Markup::Inline
    } else {
        return None;
    };
    Some((markup, tag.length))
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether text that is said to be plain is HTML all the same: an element that HTML knows is closed in it, or stands
/// alone.
pub(super) fn looks_like_html(text: &str) -> bool {
    cut(text, LONGEST_MARKUP).match_indices('<').any(|(start, _)| {
        let tag = text.get(start + 1..).unwrap_or_default();
        let closes = tag.starts_with('/');
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        is_one_of(&["br", "img", "hr"], name)
            || (closes && (is_one_of(&BLOCK, name) || is_one_of(&INLINE, name)))
    })
}

/// The text without what `kept` trims: `None` where nothing is left, and no more than `longest` bytes.
pub(super) fn kept(text: String, longest: usize) -> Option<String> {
    let trimmed = cut(text.trim(), longest);
    match trimmed.len() {
        0 => None,
        length if length == text.len() => Some(text),
        _ => Some(trimmed.to_owned()),
    }
}
