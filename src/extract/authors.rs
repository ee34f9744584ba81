//! Who wrote an article.

use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use super::lead::comparable;
use super::metadata::Head;
use super::structured::Structured;
use crate::text::normalise::normalise;

/// Words that introduce an author.
const INTRODUCTIONS: [&str; 18] = [
    "by ",
    "by: ",
    "written by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "text: ",
    "tác giả: ",
    "tác giả ",
    "bài: ",
    "bài và ảnh: ",
    "thực hiện: ",
    "author: ",
    "authors: ",
    "posted by ",
];
/// Metadata that name an author, most trustworthy first.
const METAS: [&str; 7] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "cxenseparse:author",
];
/// Between names.
const SEPARATORS: [&str; 9] = [", ", "; ", " and ", " & ", " và ", " und ", " et ", " y ", " | "];
/// Longest name in characters.
const LONGEST: usize = 60;
/// Most words of a name.
const WORDS: usize = 7;
/// Most authors.
const MOST: usize = 12;
/// Longest byline that is read, in bytes.
const BYLINE: usize = 1500;
/// Most bylines that are read.
const BYLINES: usize = 24;
/// Most elements named after authors that are read until one holds a name.
const BOXES: usize = 100;
/// Longest list of names that is read, in bytes.
const LIST: usize = 4000;

/// Where bylines are looked for, and whose name is no author's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'r> {
    /// The name of the site.
    pub(super) site: Option<&'r str>,
    /// Places with other articles, menus and page ends.
    pub(super) elsewhere: &'r [bool],
    /// The names under the text.
    pub(super) signed: &'r [String],
}

/// Names of the authors: from JSON-LD, metadata, links and bylines, the first of these that names a person. The site
/// itself counts only where nobody else is named.
pub(super) fn authors(
    page: &Page<'_>,
    head: &Head<'_>,
    structured: &Structured,
    places: &Places<'_>,
) -> Vec<String> {
    let publishers: Vec<String> =
        [places.site, structured.publisher.as_deref()].into_iter().flatten().map(comparable).collect();
    let is_person = |name: &String| !is_publisher(&comparable(name), &publishers);
    let told = clean(structured.authors.iter().map(String::as_str));
    if told.iter().any(is_person) {
        return told;
    }
    let meta = METAS.iter().find_map(|name| head.first(&[name]));
    let meta = clean(meta.iter().map(String::as_str));
    if meta.iter().any(is_person) {
        return meta;
    }
    let shown = shown(page, places.elsewhere);
    let signed = places.signed.to_vec();
    [shown, signed, told, meta].into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// Sites sign with their name, their name and a city, or their address.
fn is_publisher(name: &str, publishers: &[String]) -> bool {
    publishers.iter().any(|publisher| {
        !publisher.is_empty()
            && (name == publisher || publisher.starts_with(name) || name.starts_with(publisher.as_str()))
    })
}

/// The names in a line that holds nothing else: each of two to five words with capitals.
pub(super) fn signature(line: &str) -> Vec<String> {
    let line = line.trim();
    if line.ends_with(['.', ':', '!', '?', ',', '…']) {
        return Vec::new();
    }
    let names = clean(std::iter::once(line));
    let is_full_name = |name: &String| {
        let words = name.split_whitespace();
        (2..=5).contains(&words.clone().count()) && words.into_iter().all(begins_like_a_name)
    };
    if names.iter().all(is_full_name) { names } else { Vec::new() }
}

fn shown(page: &Page<'_>, elsewhere: &[bool]) -> Vec<String> {
    let mut by_mark = Vec::new();
    let mut by_name = Vec::new();
    let mut boxes = 0;
    for (id, node) in page.elements() {
        if elsewhere.get(id).copied().unwrap_or(false) || node.tag == Tag::Metadata {
            continue;
        }
        if is_marked(page, id) {
            if by_mark.len() < BYLINES {
                by_mark.push(page.short_text(id, BYLINE));
            }
        } else if by_name.is_empty() && boxes < BOXES && page.node(id).hints.any(Hints::AUTHOR) {
            boxes += 1;
            by_name = clean(std::iter::once(page.short_text(id, BYLINE).as_str()));
            by_name.retain(|name| begins_like_a_name(name));
        }
    }
    let marked = clean(by_mark.iter().map(String::as_str));
    let mut names = if marked.is_empty() { by_name } else { marked };
    names.retain(|name| begins_like_a_name(name));
    names
}

fn is_marked(page: &Page<'_>, id: Id) -> bool {
    let has = |name: &str, word: &str| {
        page.attribute(id, name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|found| found == word))
    };
    has("rel", "author") || has("itemprop", "author")
}

/// Separate, plausible names, each once.
pub(super) fn clean<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        let text = text.get(..text.floor_char_boundary(LIST)).unwrap_or(text);
        for name in split(&normalise(text)) {
            let known = names.iter().any(|other| comparable(other) == comparable(&name));
            if !known && names.len() < MOST && is_plausible(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn split(text: &str) -> Vec<String> {
    let mut parts = vec![without_introduction(text).to_owned()];
    for separator in SEPARATORS {
        parts = parts
            .iter()
            .flat_map(|part| part.split(separator))
            .map(|part| without_introduction(part.trim()).to_owned())
            .collect();
    }
    parts
}

fn without_introduction(text: &str) -> &str {
    let text = text.trim().trim_matches(['|', '-', '–', ':', ',', '•', '·', '@']).trim();
    for introduction in INTRODUCTIONS {
        let start: String =
            text.chars().take(introduction.chars().count()).flat_map(char::to_lowercase).collect();
        if start == introduction {
            return text
                .get(text.char_indices().nth(introduction.chars().count()).map_or(text.len(), |(at, _)| at)..)
                .unwrap_or("")
                .trim();
        }
    }
    text
}

/// Names begin with a capital where the script has any.
fn begins_like_a_name(name: &str) -> bool {
    name.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
}

/// A name is short, holds letters and no address, number or sentence.
fn is_plausible(name: &str) -> bool {
    let characters = name.chars().count();
    (2..=LONGEST).contains(&characters)
        && name.split_whitespace().count() <= WORDS
        && name.chars().any(char::is_alphabetic)
        && !name.chars().any(|c| c.is_ascii_digit())
        && !name.contains("://")
        && !name.contains("www.")
        && !name.contains('@')
        && !matches!(
            comparable(name).as_str(),
            "admin" | "author" | "tácgiả" | "null" | "undefined" | "by" | "von" | "par"
        )
}
