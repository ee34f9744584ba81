//! What the bytes are: decoded, cut to where the feed begins, and told apart from pages and other files.

use std::borrow::Cow;

use crate::text::charset;

use super::markup::{Markup, Token};
use super::sitemap::unpack::{is_packed, unpack};
use super::{FeedError, json, names, reference};

/// How far into the text a feed may begin, behind warnings of a server or blank lines.
const FURTHEST_START: usize = 256 * 1024;
/// The most that is read of a feed that is a packed file.
const MOST_UNPACKED: usize = 16 << 20;
/// How far in the XML declaration is looked for.
const DECLARATION: usize = 512;

/// How feeds begin. Behind other elements, or in a page for people, only the first three are one.
const ROOTS: [&str; 5] = ["rss", "feed", "rdf", "channel", "entry"];

/// Decoded text.
pub(super) enum Document {
    /// An XML dialect, whose root stands at `root`. Before it, a document type may declare entities.
    Xml { text: String, root: usize },
    /// JSON Feed.
    Json(String),
}

/// Decodes `bytes` and finds where the feed begins.
pub(super) fn open(
    bytes: &[u8],
    content_type: Option<&str>,
    repairs: &mut Vec<String>,
) -> Result<Document, FeedError> {
    if let Some(what) = no_text(bytes) {
        return Err(FeedError::Malformed(format!("it is {what}; check that the address is a feed's")));
    }
    let bytes = unpacked(bytes, repairs)?;
    let bytes = with_mark(&bytes);
    let decoded = charset::decode(&bytes, content_type, declared(&bytes));
    if decoded.lossy {
        repairs.push(format!("some bytes were no {} and were replaced", decoded.encoding));
    }
    let text = trimmed(&decoded.text);
    if text.is_empty() {
        return Err(FeedError::Empty);
    }
    if text.starts_with(['{', '[']) {
        return Ok(Document::Json(text.to_owned()));
    }
    let skipped = decoded.text.len() - text.len();
    let start = match beginning(text) {
        Ok(start) => start,
        Err(error) => return unusual(text, error, repairs),
    };
    if start > 0 && !is_prologue(text) {
        repairs.push("text before the feed was left out".to_owned());
    }
    Ok(Document::Xml { root: skipped + start, text: decoded.text })
}

/// The content of a packed file; not that of a bomb.
fn unpacked<'a>(bytes: &'a [u8], repairs: &mut Vec<String>) -> Result<Cow<'a, [u8]>, FeedError> {
    if !is_packed(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    let unpacked = unpack(bytes, MOST_UNPACKED, repairs)?;
    if unpacked.len() >= MOST_UNPACKED {
        return Err(FeedError::Malformed("it is a packed file of more than 16 MiB".to_owned()));
    }
    Ok(unpacked)
}

/// Files that are mistaken for feeds, by how they begin; a garbled beginning would be shown otherwise.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    const FILES: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a picture, a film or a sound"),
        (b"PK\x03\x04", "an archive or an office document"),
        (b"\x28\xB5\x2F\xFD", "compressed, and its headers do not say so"),
        (b"OggS", "a film or a sound"),
    ];
    let is_film = bytes.get(4..8) == Some(b"ftyp");
    let known = FILES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, what)| *what);
    known.or(is_film.then_some("a film or a picture"))
}

/// A whole feed whose every sign was escaped: it stands alone, or alone in the body of a page.
fn escaped_feed(text: &str) -> Option<&str> {
    let head = text.get(..text.floor_char_boundary(FURTHEST_START)).unwrap_or(text);
    let start = head.find("&lt;")?;
    let (before, from) = (text.get(..start)?.trim_end(), text.get(start..)?);
    let opening = from.get(..from.floor_char_boundary(16)).unwrap_or(from).to_ascii_lowercase();
    let is_feed = ["?xml", "rss", "feed", "rdf:rdf"]
        .iter()
        .any(|root| opening.get(4..).is_some_and(|name| name.starts_with(root)));
    let tag = before.rsplit_once('<').map(|(_, tag)| tag.to_ascii_lowercase());
    let alone = match &tag {
        None => before.is_empty(),
        Some(tag) => {
            before.ends_with('>')
                && ["pre", "body", "html", "string"].iter().any(|name| tag.starts_with(name))
        }
    };
    (is_feed && alone).then_some(from)
}

/// What does not begin as a feed does: one that was escaped once too often, or JSON behind a callback's name or a
/// server's warnings.
fn unusual(text: &str, error: FeedError, repairs: &mut Vec<String>) -> Result<Document, FeedError> {
    if let Some(escaped) = escaped_feed(text) {
        repairs.push("the feed was escaped once too often".to_owned());
        return Ok(Document::Xml { text: reference::resolve(escaped).into_owned(), root: 0 });
    }
    if matches!(error, FeedError::Malformed(_)) && json::start(text).is_some() {
        return Ok(Document::Json(text.to_owned()));
    }
    Err(error)
}

/// Whether the text opens with what may stand before a root element: a declaration, a comment, a document type.
fn is_prologue(text: &str) -> bool {
    text.starts_with("<?") || text.starts_with("<!")
}

/// UTF-16 without its byte order mark is told by the zero byte beside the first `<` or brace, UTF-32 by three of them.
fn with_mark(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mark: [u8; 2] = match bytes {
        [b'<' | b'{', 0, 0, 0, ..] | [0xFF, 0xFE, 0, 0, ..] => return from_utf32(bytes, u32::from_le_bytes),
        [0, 0, 0, b'<' | b'{', ..] | [0, 0, 0xFE, 0xFF, ..] => return from_utf32(bytes, u32::from_be_bytes),
        [b'<' | b'{', 0, ..] => [0xFF, 0xFE],
        [0, b'<' | b'{', ..] => [0xFE, 0xFF],
        _ => return Cow::Borrowed(bytes),
    };
    Cow::Owned([mark.as_slice(), bytes].concat())
}

/// The WHATWG has no UTF-32; a few feeds do.
fn from_utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Cow<'_, [u8]> {
    let (units, _) = bytes.as_chunks::<4>();
    let text: String = units
        .iter()
        .map(|unit| char::from_u32(number(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    Cow::Owned(text.into_bytes())
}

/// The label of `<?xml … encoding="label"?>`.
pub(super) fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.get(..bytes.len().min(DECLARATION))?;
    let start = position(head, b"<?xml")?;
    let end = start + position(head.get(start..)?, b"?>")?;
    let declaration = std::str::from_utf8(head.get(start..end)?).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Where the feed's root element, or what introduces it, begins.
fn beginning(text: &str) -> Result<usize, FeedError> {
    let head = text.get(..text.floor_char_boundary(FURTHEST_START)).unwrap_or(text);
    let root = root(head).ok_or_else(|| {
        FeedError::Malformed(
            "neither XML nor JSON begins in it; check that the address is a feed's".to_owned(),
        )
    })?;
    if matches!(root.name.as_str(), "rss" | "feed" | "rdf" | "entry" | "channel" | "item") {
        return Ok(root.start);
    }
    let is_page = root.name == "html";
    let known = if is_page { 3 } else { ROOTS.len() };
    if let Some(start) = opening(&head.to_ascii_lowercase(), ROOTS.get(..known).unwrap_or_default()) {
        return Ok(start);
    }
    if is_page {
        return Err(FeedError::Html);
    }
    Err(match root.name.as_str() {
        "urlset" | "sitemapindex" => {
            FeedError::Malformed("it is a sitemap; write kind = \"sitemap\" for this source".to_owned())
        }
        "opml" => FeedError::Malformed("it is an OPML list of feeds; use the addresses in it".to_owned()),
        "head" | "body" | "script" | "meta" | "title" | "div" => FeedError::Html,
        name => FeedError::Malformed(format!("its outermost element is <{name}>, which is no feed dialect")),
    })
}

/// The first element of a document.
pub(super) struct Root {
    start: usize,
    /// In lower case, without its prefix.
    pub(super) name: String,
}

/// The first element behind text, declarations, comments and document types.
pub(super) fn root(text: &str) -> Option<Root> {
    let mut markup = Markup::new(text, names::is_known);
    while let Some(token) = markup.next() {
        if let Token::Tag(tag, source) = token
            && !tag.closes
        {
            let start = markup.at() - source.len();
            return Some(Root { start, name: names::local(tag.name).to_ascii_lowercase() });
        }
    }
    None
}

/// The text from its first meaningful character on.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}')
}

/// Where one of these elements opens first, under any prefix.
fn opening(head: &str, names: &[&str]) -> Option<usize> {
    head.match_indices('<').map(|(start, _)| start).find(|start| {
        let tag = head.get(start + 1..).unwrap_or_default();
        let tag = tag.get(..tag.floor_char_boundary(24)).unwrap_or(tag);
        let name =
            tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).next().unwrap_or_default();
        names.contains(&names::local(name))
    })
}
