//! One tag: where it ends, and how it is written again.

use std::borrow::Cow;

use quick_xml::events::attributes::{Attribute, Attributes};
use url::Url;

use crate::model::FeedFormat;

use super::reference;

/// A longer tag is no tag.
const LONGEST: usize = 64 * 1024;
/// Versions of RSS that the reader takes as they are.
const KNOWN_VERSIONS: [&str; 3] = ["2.0", "0.91", "0.92"];
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A tag as it stands in the text.
pub(super) struct Tag<'a> {
    /// With its prefix.
    pub(super) name: &'a str,
    /// Between the name and the end of the tag, raw.
    attributes: &'a str,
    /// `</name>`
    pub(super) closes: bool,
    /// `<name/>`
    pub(super) empty: bool,
    /// In bytes, with both angles.
    pub(super) length: usize,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        local(self.name)
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Which family of names the feed uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Atom 1.0.
    #[default]
    Atom,
    /// Atom 0.3, whose elements have other names.
    AtomDraft,
    /// RSS 0.9x and 2.0.
    Rss,
    /// RSS 0.90 and 1.0, where items stand beside the channel.
    Rdf,
}

impl Dialect {
    /// Told by the root element.
    pub(super) fn of(root: &Tag<'_>) -> Self {
        match root.local().to_ascii_lowercase().as_str() {
            "rss" => Self::Rss,
            "rdf" => Self::Rdf,
            _ if root.attributes.contains("http://purl.org/atom/ns#") => Self::AtomDraft,
            _ => Self::Atom,
        }
    }

    /// As the feed is told to the world.
    pub(super) fn format(self) -> FeedFormat {
        match self {
            Self::Atom | Self::AtomDraft => FeedFormat::Atom,
            Self::Rss => FeedFormat::Rss,
            Self::Rdf => FeedFormat::Rdf,
        }
    }

    /// Whether items belong into a channel.
    pub(super) fn has_channel(self) -> bool {
        matches!(self, Self::Rss | Self::Rdf)
    }
}

/// Whether a tag was written as it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    AsIs,
    Corrected,
}

/// Reads the tag that `markup` begins with.
pub(super) fn read(markup: &str) -> Option<Tag<'_>> {
    let closes = markup.starts_with("</");
    let from = if closes { 2 } else { 1 };
    let body = markup.get(from..markup.floor_char_boundary(LONGEST))?;
    let name_length = body
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"'))
        .unwrap_or(body.len());
    let name = body.get(..name_length)?;
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let behind = body.get(name_length..)?;
    let end = end_of_tag(behind)?;
    let inside = behind.get(..end)?;
    let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, !closes));
    Some(Tag { name, attributes: inside, closes, empty, length: from + name_length + end + 1 })
}

/// Where the `>` stands. One inside quotes does not end the tag, unless the quotes never close before the next tag.
fn end_of_tag(behind: &str) -> Option<usize> {
    let mut quote = None;
    for (position, c) in behind.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(position),
            (None, '<') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    behind.find('>').filter(|end| behind.get(..*end).is_some_and(|inside| !inside.contains('<')))
}

/// What follows a `<!DOCTYPE …>`, whose internal subset may hold angles of its own.
pub(super) fn behind_declaration(body: &str) -> &str {
    let end = body.find(['>', '[']);
    let end = match end {
        Some(bracket) if body.get(bracket..).is_some_and(|rest| rest.starts_with('[')) => {
            let subset =
                body.get(bracket..).and_then(|rest| rest.find(']')).map_or(bracket, |close| bracket + close);
            body.get(subset..).and_then(|rest| rest.find('>')).map(|close| subset + close)
        }
        other => other,
    };
    end.and_then(|end| body.get(end + 1..)).unwrap_or_default()
}

/// What follows the next `>`.
pub(super) fn behind_angle(body: &str) -> &str {
    body.split_once('>').map_or("", |(_, after)| after)
}

/// The name as the reader knows it. It reads RSS 1.0 like the later versions, once items stand in the channel.
pub(super) fn current_name(name: &str, dialect: Dialect) -> &str {
    match (dialect, name) {
        (Dialect::AtomDraft, "issued") => "published",
        (Dialect::AtomDraft, "modified") => "updated",
        (Dialect::AtomDraft, "tagline") => "subtitle",
        (Dialect::AtomDraft, "copyright") => "rights",
        (Dialect::Rdf, "dc:language") => "language",
        (Dialect::Rdf, name) if local(name).eq_ignore_ascii_case("rdf") => "rss",
        (Dialect::Rss, name) if name.eq_ignore_ascii_case("rss") => "rss",
        _ => name,
    }
}

/// Writes a start tag, with every attribute quoted and what the reader refuses corrected.
pub(super) fn write(tag: &Tag<'_>, dialect: Dialect, base: &Url, out: &mut String) -> Written {
    let name = current_name(tag.name, dialect);
    let mut written = if name == tag.name { Written::AsIs } else { Written::Corrected };
    out.push('<');
    out.push_str(name);
    let place = Place { name, base };
    let mut versioned = name != "rss";
    for attribute in attributes(tag) {
        versioned |= attribute.key.as_ref() == "version";
        let value = place.corrected(&attribute);
        if value.as_deref() != Some(&*attribute.value) {
            written = Written::Corrected;
        }
        if let Some(value) = value {
            push_attribute(attribute.key.as_ref(), &value, out);
        }
    }
    if !versioned {
        written = Written::Corrected;
        out.push_str(" version=\"2.0\"");
    }
    out.push_str(if tag.empty { "/>" } else { ">" });
    written
}

/// The value of `rdf:about`, raw: the identifier of an RSS 1.0 item.
pub(super) fn about<'a>(tag: &Tag<'a>) -> Option<Cow<'a, str>> {
    attributes(tag).find(|attribute| attribute.key.as_ref() == "rdf:about").map(|attribute| attribute.value)
}

fn attributes<'a>(tag: &Tag<'a>) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
    let mut attributes = Attributes::html(tag.attributes, 0);
    attributes.with_checks(false);
    attributes.flatten()
}

/// Where an attribute stands.
struct Place<'a> {
    /// The element.
    name: &'a str,
    base: &'a Url,
}

impl Place<'_> {
    /// The value that the reader accepts, or `None` where the attribute is better left out.
    fn corrected<'a>(&self, attribute: &'a Attribute<'_>) -> Option<Cow<'a, str>> {
        let value = attribute.value.as_ref();
        match (local(self.name), attribute.key.as_ref()) {
            ("rss", "version") if !KNOWN_VERSIONS.contains(&value) => Some("2.0".into()),
            // A default namespace of RSS only gets in the way: the reader knows one of a dozen in use.
            ("rss", "xmlns") => None,
            ("feed" | "entry", "xmlns") => Some(ATOM.into()),
            (_, "xml:base") => self.base.join(value.trim()).is_ok().then_some(value.trim().into()),
            ("title" | "description", "type") if self.is_media() => {
                Some(if value.contains("html") { "html" } else { "plain" }.into())
            }
            ("title" | "subtitle" | "summary" | "content" | "rights", "type") if !self.is_media() => {
                Some(text_type(value).into())
            }
            ("content", "src") if !self.is_media() => None,
            (_, key) if key == "xmlns" || key.starts_with("xmlns:") => Some(namespace(value).into()),
            _ => Some(value.into()),
        }
    }

    fn is_media(&self) -> bool {
        self.name.starts_with("media:")
    }
}

/// Atom's three types of text. Any other media type in its place is read as HTML, or as plain text where it says so.
fn text_type(value: &str) -> &str {
    match value.trim().to_ascii_lowercase().as_str() {
        "text" | "text/plain" | "plain" => "text",
        "xhtml" | "application/xhtml+xml" => "xhtml",
        _ => "html",
    }
}

/// Namespaces are compared letter by letter, but written in several ways.
fn namespace(value: &str) -> &str {
    match value.trim() {
        "http://purl.org/atom/ns#" | "https://www.w3.org/2005/Atom" | "http://www.w3.org/2005/Atom/" => ATOM,
        "https://purl.org/rss/1.0/"
        | "http://my.netscape.com/rdf/simple/0.9/"
        | "http://channel.netscape.com/rdf/simple/0.9/" => "http://purl.org/rss/1.0/",
        "https://purl.org/rss/1.0/modules/content/" => "http://purl.org/rss/1.0/modules/content/",
        "https://purl.org/dc/elements/1.1/" => "http://purl.org/dc/elements/1.1/",
        other => other,
    }
}

fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    let mut rest = value;
    while let Some(start) = rest.find(['"', '<', '&']) {
        let (before, special) = rest.split_at(start);
        out.push_str(before);
        let known = reference::at_start(special);
        out.push_str(match special.chars().next() {
            Some('"') => "&quot;",
            Some('<') => "&lt;",
            _ if known.is_some() => "&",
            _ => "&amp;",
        });
        rest = special.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}
