//! Reading: folders become tags, names of attributes stand in any case, damage costs the outline it hits.

use std::borrow::Cow;

use crate::feed::document::declared;
use crate::feed::markup::{Markup, Token};
use crate::feed::plain;
use crate::feed::reference::{self, References};
use crate::feed::tag::{self, Tag};
use crate::text::charset;
use crate::text::normalise::normalise;

use super::{Opml, Outline, PREFIX};

/// No list of feeds that somebody reads is longer.
const MOST_OUTLINES: usize = 10_000;
/// Folders within folders; the names of deeper ones are not kept.
const DEEPEST: usize = 32;
/// Bytes read of a name.
const LONGEST_NAME: usize = 4_000;
/// Tags kept of one feed.
const MOST_TAGS: usize = 32;
/// Attributes of our own kept of one feed.
const MOST_KEYS: usize = 64;

/// The feeds that a list holds, or `None` where the bytes are no OPML. Never panics.
pub fn read(bytes: &[u8], content_type: Option<&str>) -> Option<Opml> {
    let text = charset::decode(bytes, content_type, declared(bytes)).text;
    let mut opml = Opml::default();
    let mut folders: Vec<Option<String>> = Vec::new();
    let mut is_opml = false;
    let mut markup = Markup::new(&text, is_outline);
    while let Some(token) = markup.next() {
        let Token::Tag(tag, _) = token else { continue };
        is_opml |= is_outline(tag.name) || tag.name.eq_ignore_ascii_case("opml");
        if !is_outline(tag.name) {
            continue;
        }
        if tag.closes {
            folders.pop();
            continue;
        }
        let outline = outline(&tag, &folders);
        let folder = if outline.is_none() && folders.len() < DEEPEST { name(&tag) } else { None };
        if !tag.empty {
            folders.push(folder);
        }
        let Some(outline) = outline else { continue };
        if opml.outlines.len() >= MOST_OUTLINES {
            opml.is_cut = true;
            break;
        }
        opml.outlines.push(outline);
    }
    is_opml.then_some(opml)
}

fn is_outline(name: &str) -> bool {
    name.eq_ignore_ascii_case("outline")
}

/// The value of an attribute. OPML declares no references of its own.
fn attribute(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attribute(name, &References::default()).map(Cow::into_owned)
}

/// The feed of an outline that names one.
fn outline(tag: &Tag<'_>, folders: &[Option<String>]) -> Option<Outline> {
    let url = attribute(tag, "xmlUrl")?.trim().to_owned();
    let categories = attribute(tag, "category").unwrap_or_default();
    // Categories are separated by commas; each is a path of folders.
    let categories = categories.split([',', '/']).map(normalise).filter(|word| !word.is_empty());
    let mut tags: Vec<String> = Vec::new();
    for word in folders.iter().flatten().cloned().chain(categories) {
        if tags.len() < MOST_TAGS && !tags.contains(&word) {
            tags.push(word);
        }
    }
    let own = tag::attributes(tag.attributes).filter_map(|(key, value)| {
        Some((key.strip_prefix(PREFIX)?.to_owned(), reference::resolve(value).into_owned()))
    });
    Some(Outline {
        name: name(tag).unwrap_or_default(),
        url,
        html_url: attribute(tag, "htmlUrl"),
        tags,
        language: attribute(tag, "language"),
        keys: own.take(MOST_KEYS).collect(),
    })
}

fn name(tag: &Tag<'_>) -> Option<String> {
    let given = ["text", "title"].into_iter().filter_map(|key| attribute(tag, key));
    given.map(|text| normalise(plain::cut(&text, LONGEST_NAME))).find(|name| !name.is_empty())
}
