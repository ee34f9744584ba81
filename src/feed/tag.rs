//! One tag: where it ends, and its attributes.

use std::borrow::Cow;

use super::names;
use super::reference::References;

/// A start tag, or an end tag, as it stands in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    /// With its prefix.
    pub(super) name: &'a str,
    /// Between the name and the end of the tag, raw.
    pub(super) attributes: &'a str,
    /// `</name>`
    pub(super) closes: bool,
    /// `<name/>`
    pub(super) empty: bool,
    /// In bytes, with both angles.
    pub(super) length: usize,
    /// Whether its end was found where it belongs.
    pub(super) whole: bool,
}

impl<'a> Tag<'a> {
    /// The value of the attribute with this name, which is compared without its prefix and case, where it is not blank.
    /// The first one counts.
    pub(super) fn attribute(&self, name: &str, references: &References) -> Option<Cow<'a, str>> {
        if self.attributes.is_empty() {
            return None;
        }
        let value = attributes(self.attributes)
            .find(|(key, _)| names::local(key).eq_ignore_ascii_case(name) && !key.starts_with("xmlns"))?
            .1;
        Some(references.resolve(value)).filter(|value| !value.trim().is_empty())
    }
}

/// Reads the tag that `markup` begins with; `None` where the `<` is only a sign, as it is before a damaged tag whose
/// name is not known.
pub(super) fn read(markup: &str, is_known: fn(&str) -> bool) -> Option<Tag<'_>> {
    let body = markup.get(1..)?;
    let closes = body.starts_with('/');
    let body = if closes { body.get(1..)? } else { body };
    let spaced = body.starts_with([' ', '\t', '\n', '\r']);
    let body = if spaced { body.trim_start() } else { body };
    let name_length = body
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"' | '\'' | '&'))
        .unwrap_or(body.len());
    let (name, behind) = body.split_at(name_length);
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') || (spaced && !is_known(name)) {
        return None;
    }
    let from = markup.len() - behind.len();
    if let Some(end) = end_of_tag(behind) {
        let inside = behind.get(..end)?;
        let (attributes, empty) =
            inside.strip_suffix('/').map_or((inside, false), |inside| (inside, !closes));
        return Some(Tag { name, attributes, closes, empty, length: from + end + 1, whole: true });
    }
    if !is_known(name) {
        return None;
    }
    // The sign that ends it is lost: what looks like attributes before the next tag is its own.
    let until = behind.find('<').unwrap_or(behind.len());
    let inside = behind.get(..until)?;
    let attributes = if inside.contains('=') { inside } else { "" };
    Some(Tag { name, attributes, closes, empty: false, length: from + attributes.len(), whole: false })
}

/// Where the `>` stands. One inside quotes does not end the tag, unless the quotes never close, or close only where
/// those of another tag open.
fn end_of_tag(behind: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = behind.get(at..)?;
        let sign = rest.find(['>', '<', '"', '\''])?;
        let (before, from_sign) = rest.split_at(sign);
        match from_sign.as_bytes().first()? {
            b'>' => return Some(at + sign),
            b'<' => return None,
            // A quote that follows no `=` is a letter of an unquoted value, or litter.
            _ if !before.trim_end().ends_with('=') => at += sign + 1,
            quote => match closing(from_sign.get(1..)?, *quote) {
                Some(length) => at += sign + 1 + length + 1,
                None => {
                    return rest
                        .find(['>', '<'])
                        .filter(|end| rest.as_bytes().get(*end) == Some(&b'>'))
                        .map(|end| at + end);
                }
            },
        }
    }
}

/// The length of a quoted value, or `None` where its closing quote is missing.
fn closing(value: &str, quote: u8) -> Option<usize> {
    let length = value.find(char::from(quote))?;
    let (inside, behind) = value.split_at(length);
    if !inside.contains('<') {
        return Some(length);
    }
    let ends_value =
        behind.get(1..)?.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '?'));
    (ends_value && !inside.ends_with('=')).then_some(length)
}

/// Names and raw values. Quotes may be missing, and so may values.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest =
            rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'' | ','));
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        let (name, behind) = rest.split_at(end);
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            rest = behind;
            return Some((name, ""));
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => {
                let inside = value.get(1..).unwrap_or_default();
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            None => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = behind;
        Some((name, value))
    })
}
