//! The tags of a document, XML or HTML and however damaged, one after the other, in one pass without a tree: hostile
//! nesting costs nothing.

use super::reference::resolve;

/// Attributes kept of a tag.
const MOST_ATTRIBUTES: usize = 64;

/// A start or end tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// As it is written.
    pub(super) name: &'a str,
    /// `</name>`
    pub(super) closes: bool,
    /// `<name/>`
    pub(super) empty: bool,
    /// The text in front of it.
    pub(super) before: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl Tag<'_> {
    /// Whether it is of this name, in any case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of the first attribute of this name in any case, references replaced, where it is not empty.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| resolve(value).into_owned()).filter(|value| !value.trim().is_empty())
    }

    /// Names behind `prefix`, and values with references replaced.
    pub(super) fn attributes_with(&self, prefix: &str) -> impl Iterator<Item = (String, String)> {
        self.attributes.iter().filter_map(move |(name, value)| {
            Some((name.strip_prefix(prefix)?.to_owned(), resolve(value).into_owned()))
        })
    }
}

/// The tags of a text; comments, instructions, declarations and CDATA are passed over.
pub(super) struct Tags<'a> {
    rest: &'a str,
}

impl<'a> Tags<'a> {
    /// Those of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Goes to the end tag of an element whose content is no markup; to the end of the text where there is none.
    pub(super) fn skip_raw(&mut self, name: &str) {
        let ends = |at: &usize| {
            let named = self.rest.get(at + 2..at + 2 + name.len());
            named.is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let end = self.rest.match_indices("</").map(|(at, _)| at).find(ends);
        self.rest = end.and_then(|at| self.rest.get(at..)).unwrap_or_default();
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let (before, rest) = self.rest.split_once('<')?;
            self.rest = rest;
            let skipped = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>"), ("!", ">")];
            if let Some((opening, closing)) =
                skipped.into_iter().find(|(opening, _)| self.rest.starts_with(opening))
            {
                // What is never closed hides everything behind it.
                self.rest = self.rest.get(opening.len()..)?.split_once(closing)?.1;
                continue;
            }
            let (closes, body) = match self.rest.strip_prefix('/') {
                Some(body) => (true, body),
                None => (false, self.rest),
            };
            let length = body.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '='));
            let (name, behind) = body.split_at(length.unwrap_or(body.len()));
            self.rest = behind;
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (attributes, empty) = self.attributes();
                return Some(Tag { name, closes, empty, before, attributes });
            }
        }
    }
}

impl<'a> Tags<'a> {
    /// Reads up to the end of the tag; whether it closes itself.
    fn attributes(&mut self) -> (Vec<(&'a str, &'a str)>, bool) {
        let mut found = Vec::new();
        let mut empty = false;
        loop {
            let text = self.rest.trim_start();
            self.rest = text;
            match text.chars().next() {
                None | Some('<') => return (found, empty),
                Some('>') => {
                    self.rest = text.get(1..).unwrap_or_default();
                    return (found, empty);
                }
                Some(c @ ('/' | '=' | '"' | '\'')) => {
                    empty = c == '/';
                    self.rest = text.get(1..).unwrap_or_default();
                }
                Some(_) => {
                    let pair = self.pair(text);
                    empty = false;
                    if found.len() < MOST_ATTRIBUTES {
                        found.push(pair);
                    }
                }
            }
        }
    }

    /// A name and its value, quoted or not.
    fn pair(&mut self, text: &'a str) -> (&'a str, &'a str) {
        let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\'');
        let (name, behind) = text.split_at(text.find(ends).unwrap_or(text.len()));
        self.rest = behind;
        let Some(value) = behind.trim_start().strip_prefix('=').map(str::trim_start) else {
            return (name, "");
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| value.get(1..)?.split_once(quote));
        let (value, behind) = quoted.unwrap_or_else(|| {
            let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '<');
            value.split_at(value.find(ends).unwrap_or(value.len()))
        });
        self.rest = behind;
        (name, value)
    }
}
