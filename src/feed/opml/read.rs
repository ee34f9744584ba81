//! Reading: folders become tags, names of attributes stand in any case, damage costs the outline it hits.

use crate::feed::document::declared;
use crate::feed::plain;
use crate::feed::scan::{Tag, Tags};
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

/// The feeds that a list holds, or `None` where the bytes are no OPML. Never panics.
pub fn read(bytes: &[u8], content_type: Option<&str>) -> Option<Opml> {
    let text = charset::decode(bytes, content_type, declared(bytes)).text;
    let mut opml = Opml::default();
    let mut folders: Vec<Option<String>> = Vec::new();
    let mut is_opml = false;
    for tag in Tags::of(&text) {
        is_opml |= tag.is("opml");
        if !tag.is("outline") {
            continue;
        }
        is_opml = true;
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

/// The feed of an outline that names one.
fn outline(tag: &Tag<'_>, folders: &[Option<String>]) -> Option<Outline> {
    let url = tag.attribute("xmlUrl")?.trim().to_owned();
    let categories = tag.attribute("category").unwrap_or_default();
    // Categories are separated by commas; each is a path of folders.
    let categories = categories.split([',', '/']).map(normalise).filter(|word| !word.is_empty());
    let mut tags: Vec<String> = Vec::new();
    for word in folders.iter().flatten().cloned().chain(categories) {
        if tags.len() < MOST_TAGS && !tags.contains(&word) {
            tags.push(word);
        }
    }
    Some(Outline {
        name: name(tag).unwrap_or_default(),
        url,
        html_url: tag.attribute("htmlUrl"),
        tags,
        language: tag.attribute("language"),
        keys: tag.attributes_with(PREFIX).collect(),
    })
}

fn name(tag: &Tag<'_>) -> Option<String> {
    let given = ["text", "title"].into_iter().filter_map(|key| tag.attribute(key));
    given.map(|text| normalise(plain::cut(&text, LONGEST_NAME))).find(|name| !name.is_empty())
}
