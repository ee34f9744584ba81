//! The inside of one element, as it is gathered and as it is read.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::limits::LONGEST_TEXT;
use super::names::Meaning;
use super::plain;
use super::reference::References;
use super::tag::Tag;
use super::xml::escaped;

/// Deeper inline markup is kept, but not told apart any more.
const DEEPEST: usize = 64;

/// What an element says its text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain text.
    Text,
    /// Escaped HTML.
    Html,
    /// Markup among the feed's own.
    Inline,
    Base64,
}

impl Kind {
    /// By the attributes of an Atom element.
    pub(super) fn of(media_type: &str, mode: Option<&str>) -> Self {
        let media_type = media_type.trim().to_ascii_lowercase();
        if mode.is_some_and(|mode| mode.eq_ignore_ascii_case("base64")) {
            return Self::Base64;
        }
        match media_type.as_str() {
            "" | "text" | "plain" | "text/plain" => Self::Text,
            "xhtml" => Self::Inline,
            _ if media_type.contains("xml") => Self::Inline,
            _ if media_type.contains("html")
                || media_type.starts_with("text/")
                || !media_type.contains('/') =>
            {
                Self::Html
            }
            _ => Self::Base64,
        }
    }
}

/// An element whose inside is being gathered.
pub(super) struct Capture<'a> {
    /// With its prefix.
    pub(super) name: &'a str,
    pub(super) meaning: Meaning,
    pub(super) kind: Kind,
    /// How deep below its item it stands.
    pub(super) depth: u32,
    /// The start tag that opened it.
    pub(super) tag: Tag<'a>,
    pieces: Vec<Piece<'a>>,
    length: usize,
    /// Names of the elements that are open inside it.
    inner: Vec<&'a str>,
}

enum Piece<'a> {
    Text(&'a str),
    Verbatim(&'a str),
    Tag(&'a str),
}

impl<'a> Capture<'a> {
    pub(super) fn new(tag: Tag<'a>, meaning: Meaning, kind: Kind, depth: u32) -> Self {
        Self { name: tag.name, meaning, kind, depth, tag, pieces: Vec::new(), length: 0, inner: Vec::new() }
    }

    pub(super) fn text(&mut self, text: &'a str) {
        let text = plain::cut(text, LONGEST_TEXT);
        self.push(text.len(), Piece::Text(text));
    }

    pub(super) fn verbatim(&mut self, text: &'a str) {
        let text = plain::cut(text, LONGEST_TEXT);
        self.push(text.len(), Piece::Verbatim(text));
    }

    /// A start tag inside it.
    pub(super) fn start(&mut self, tag: &Tag<'a>, source: &'a str) {
        if !tag.empty && self.inner.len() < DEEPEST && !is_void(tag.name) {
            self.inner.push(tag.name);
        }
        self.push(source.len(), Piece::Tag(source));
    }

    /// An end tag inside it. Returns whether it belongs to something that was opened here.
    pub(super) fn end(&mut self, name: &str, source: &'a str) -> bool {
        let Some(depth) = self.inner.iter().rposition(|open| open.eq_ignore_ascii_case(name)) else {
            return false;
        };
        self.inner.truncate(depth);
        self.push(source.len(), Piece::Tag(source));
        true
    }

    /// Whether nothing is open inside it.
    pub(super) fn is_level(&self) -> bool {
        self.inner.is_empty()
    }

    fn push(&mut self, length: usize, piece: Piece<'a>) {
        if self.length <= LONGEST_TEXT {
            self.length += length;
            self.pieces.push(piece);
        }
    }

    fn has_tags(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Tag(_)))
    }

    /// As words: tags left out.
    pub(super) fn words(&self, references: &References) -> String {
        if let [Piece::Text(text)] = self.pieces.as_slice() {
            return references.resolve(text.trim()).into_owned();
        }
        if let [Piece::Verbatim(text)] = self.pieces.as_slice() {
            return references.allowed(text.trim()).into_owned();
        }
        let mut words = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => words.push_str(&references.resolve(text)),
                Piece::Verbatim(text) => words.push_str(&references.allowed(text)),
                Piece::Tag(_) => words.push(' '),
            }
        }
        let trimmed = words.trim();
        if trimmed.len() == words.len() { words } else { trimmed.to_owned() }
    }

    /// As HTML.
    pub(super) fn html(&self, references: &References) -> String {
        if self.has_tags() {
            return self.inline(references);
        }
        let words = self.words(references);
        match self.kind {
            Kind::Html => words,
            Kind::Text | Kind::Inline if plain::looks_like_html(&words) => words,
            Kind::Text => escaped(&words),
            Kind::Inline => self.inline(references),
            Kind::Base64 => unpacked(&words).unwrap_or(words),
        }
    }

    /// As a headline: one line of plain text.
    pub(super) fn line(&self, references: &References) -> Option<String> {
        if self.has_tags() || self.kind == Kind::Inline {
            return plain::from_html(&self.inline(references));
        }
        let words = self.words(references);
        match self.kind {
            Kind::Text => plain::from_text(&words),
            Kind::Base64 => plain::from_text(&unpacked(&words).unwrap_or(words)),
            Kind::Html | Kind::Inline => plain::from_html(&words),
        }
    }

    /// Markup among the feed's own: tags lose their prefixes, references stay, and so does all but an outer `<div>`.
    fn inline(&self, references: &References) -> String {
        let mut html = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) | Piece::Verbatim(text) => html.push_str(&references.allowed(text)),
                Piece::Tag(source) => push_tag(source, &mut html),
            }
        }
        let trimmed = without_wrapper(html.trim());
        if trimmed.len() == html.len() { html } else { trimmed.to_owned() }
    }
}

fn push_tag(source: &str, html: &mut String) {
    let end = source.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(source.len());
    let (name, rest) = source.split_at(end);
    match name.rsplit_once(':') {
        Some((_, local)) => {
            html.push_str(if name.starts_with("</") { "</" } else { "<" });
            html.push_str(local);
        }
        None => html.push_str(name),
    }
    html.push_str(rest);
}

/// Without the one `<div>` around everything, which Atom demands and which is no part of the text.
fn without_wrapper(html: &str) -> &str {
    let inside =
        html.strip_prefix("<div").and_then(|rest| rest.split_once('>')).and_then(|(attributes, inside)| {
            let is_tag = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
            inside.strip_suffix("</div>").filter(|_| is_tag && !attributes.ends_with('/'))
        });
    let Some(inside) = inside else { return html };
    let mut depth = 0_i32;
    for (start, _) in inside.match_indices('<') {
        let tag = inside.get(start + 1..).unwrap_or_default();
        if tag.starts_with("div") {
            depth += 1;
        } else if tag.starts_with("/div") {
            depth -= 1;
        }
        if depth < 0 {
            return html;
        }
    }
    inside.trim()
}

fn is_void(name: &str) -> bool {
    ["br", "img", "hr", "input", "meta", "wbr", "col", "embed", "area"]
        .iter()
        .any(|void| void.eq_ignore_ascii_case(name))
}

fn unpacked(text: &str) -> Option<String> {
    let packed: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    String::from_utf8(STANDARD.decode(packed).ok()?).ok()
}
