//! Bylines as a reader sees them: marked as such, introduced by a word, named after authors, or linked to an author's page.

use std::ops::Range;

use super::authors::are_full;
use super::byline_text::{LINE, is_inline, line_from, lines};
use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use super::names::{begins_like_a_name, clean, introduced, is_full, is_label, signature};

/// Longest byline that is read, in bytes.
const BYLINE: usize = 1500;
/// Longest line that only announces a name, in bytes.
const LABEL: usize = 40;
/// Most bylines that are read.
const BYLINES: usize = 24;
/// Most elements named after authors that are read until one holds a name.
const BOXES: usize = 40;
/// Most lines of one of them that are read.
const MOST_LINES: usize = 12;
/// How many of the first paragraphs may be a byline.
const OPENING: usize = 4;
/// A text of this many bytes is running text.
const PROSE: usize = 120;
/// With so many running texts of the body before and behind it, a byline is that of an article told or translated within.
const DEEP: usize = 4;
/// Parts of addresses that are followed by a person's.
const PLACES: [&str; 24] = [
    "author",
    "authors",
    "autor",
    "autoren",
    "autores",
    "auteur",
    "auteurs",
    "autori",
    "tac-gia",
    "tacgia",
    "but-danh",
    "contributor",
    "contributors",
    "journalist",
    "journalists",
    "reporter",
    "writer",
    "writers",
    "columnist",
    "byline",
    "redaktion",
    "profile",
    "people",
    "team",
];

/// What the page shows of its authors, the most telling kind of evidence alone.
#[derive(Debug, Default)]
struct Found {
    marked: Vec<String>,
    introduced: Vec<String>,
    named: Vec<String>,
    linked: Vec<String>,
    /// Where the byline ends that the first names of a kind stand in.
    named_until: Id,
    linked_until: Id,
    boxes: usize,
}

/// The authors that the page shows, outside places with other articles; there only where they name one person alone.
pub(super) fn shown(page: &Page<'_>, elsewhere: &[bool], container: Option<Id>) -> Vec<String> {
    let inner = inner(page, container);
    let mut found = Found::default();
    let mut others = Found { linked_until: page.len(), boxes: BOXES, ..Found::default() };
    for id in 0..page.len() {
        let aside = elsewhere.get(id).copied().unwrap_or(false);
        let found = if aside { &mut others } else { &mut found };
        match page.tag(id) {
            Tag::Text if !aside && !inner.contains(&id) => found.introduced_at(page, id),
            Tag::Text | Tag::Metadata => {}
            _ => found.element(page, id),
        }
    }
    let marked = found.marked_names();
    let alone = others.one_person();
    let kinds = [marked, found.introduced, found.named, found.linked, alone];
    kinds.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

/// The middle of the body, with much of its text before and behind; nothing where the body is short.
fn inner(page: &Page<'_>, container: Option<Id>) -> Range<Id> {
    let Some(body) = container else { return 0..0 };
    let is_prose = |id: &Id| page.tag(*id) == Tag::Text && page.node(*id).text.trim().len() >= PROSE;
    let prose: Vec<Id> = (body..page.node(body).end).filter(is_prose).collect();
    match (prose.get(DEEP), prose.iter().nth_back(DEEP)) {
        (Some(from), Some(to)) => *from..*to,
        _ => 0..0,
    }
}

impl Found {
    fn marked_names(&self) -> Vec<String> {
        let mut names = clean(self.marked.iter().map(String::as_str));
        names.retain(|name| begins_like_a_name(name));
        names
    }

    /// The only person that is marked or linked.
    fn one_person(self) -> Vec<String> {
        let mut names = self.marked_names();
        add(&mut names, self.linked);
        if names.len() == 1 && are_full(&names) { names } else { Vec::new() }
    }

    fn element(&mut self, page: &Page<'_>, id: Id) {
        if is_marked(page, id) {
            if self.marked.len() < BYLINES {
                self.marked.push(marked_name(page, id));
            }
        } else if page.tag(id) == Tag::Link && leads_to_author(page, id) {
            self.linked_at(page, id);
        }
        if page.node(id).hints.any(Hints::AUTHOR) {
            self.named_at(page, id);
        }
    }

    /// "By Jane Roe", "Tác giả: Hà Anh": the text that follows the word, also in further elements.
    fn introduced_at(&mut self, page: &Page<'_>, id: Id) {
        let text = page.node(id).text.trim();
        if !self.introduced.is_empty() || text.is_empty() || text.len() > LINE {
            return;
        }
        if introduced(text).is_none() && !(text.len() <= LABEL && is_label(text)) {
            return;
        }
        let names = clean(std::iter::once(line_from(page, id).as_str()));
        if !names.is_empty() && names.iter().all(|name| is_full(name) || is_agency(name)) {
            self.introduced = names;
        }
    }

    /// The first line with a name in an element that is named after authors, and in those beside it.
    fn named_at(&mut self, page: &Page<'_>, id: Id) {
        if (!self.named.is_empty() && id >= self.named_until) || self.boxes >= BOXES {
            return;
        }
        self.boxes += 1;
        let mut lines = lines(page, id);
        lines.truncate(MOST_LINES);
        lines.insert(0, page.short_text(id, LINE));
        let names = |line: &String| {
            let mut names = clean(std::iter::once(line.as_str()));
            names.retain(|name| begins_like_a_name(name));
            Some(names).filter(|names| !names.is_empty())
        };
        let full = lines.iter().find_map(|line| names(line).filter(|names| are_full(names)));
        let single = || lines.iter().filter(|_| self.named.is_empty()).find_map(names);
        let Some(names) = full.or_else(single) else { return };
        if self.named.is_empty() {
            self.named_until = byline_end(page, id);
        }
        add(&mut self.named, names);
    }

    fn linked_at(&mut self, page: &Page<'_>, id: Id) {
        if !self.linked.is_empty() && id >= self.linked_until || self.linked.len() >= BYLINES {
            return;
        }
        let block = page.ancestors(id).find(|at| !is_inline(page.tag(*at))).unwrap_or(id);
        if page.short_text(block, LINE).is_empty() {
            return;
        }
        let mut names = clean(std::iter::once(page.short_text(id, LINE).as_str()));
        names.retain(|name| is_full(name));
        if names.is_empty() {
            return;
        }
        if self.linked_until == 0 {
            self.linked_until = byline_end(page, id);
        }
        add(&mut self.linked, names);
    }
}

/// "AFP", "TTXVN"
fn is_agency(name: &str) -> bool {
    (2..=6).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase())
}

fn add(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !names.contains(&name) && names.len() < BYLINES {
            names.push(name);
        }
    }
}

/// Names in the same byline stand in the same short line.
fn byline_end(page: &Page<'_>, id: Id) -> Id {
    let around = page.ancestors(id).take(3).take_while(|at| !page.short_text(*at, LINE).is_empty());
    around.last().map_or(page.node(id).end, |at| page.node(at).end)
}

fn is_marked(page: &Page<'_>, id: Id) -> bool {
    let has = |name: &str, words: &[&str]| {
        page.attribute(id, name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|found| words.contains(&found)))
    };
    has("rel", &["author"])
        || has("itemprop", &["author", "creator"])
        || has("property", &["author", "schema:author", "article:author", "dc:creator"])
        || has("class", &["p-author", "fn"])
}

/// The name within: its own element where the markup has one.
fn marked_name(page: &Page<'_>, id: Id) -> String {
    let is_name = |at: &Id| {
        ["itemprop", "property"].iter().any(|name| {
            page.attribute(*at, name).is_some_and(|value| matches!(value, "name" | "schema:name" | "author"))
        })
    };
    let name = page.within(id).take(BYLINE).find(is_name).unwrap_or(id);
    let told = page.attribute(name, "content").filter(|content| !content.is_empty());
    told.map_or_else(|| lines(page, name).join(", "), str::to_owned)
}

/// Whether a link leads to the page of a person: `/author/jane-roe`.
fn leads_to_author(page: &Page<'_>, id: Id) -> bool {
    let Some(address) = page.attribute(id, "href") else { return false };
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let mut parts = path.split('/').filter(|part| !part.is_empty()).rev();
    let person = parts.next().unwrap_or_default();
    let named = person.len() > 2 && !PLACES.contains(&person);
    named && parts.take(2).any(|part| PLACES.contains(&part))
}

/// Names alone in bold among the first paragraphs of the body.
pub(super) fn opening(page: &Page<'_>, container: Option<Id>) -> Vec<String> {
    let Some(container) = container else { return Vec::new() };
    let paragraphs = page.within(container).filter(|id| page.tag(*id) == Tag::Paragraph).take(OPENING);
    paragraphs
        .filter(|id| is_bold(page, *id))
        .map(|id| signature(&page.short_text(id, LINE)))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

fn is_bold(page: &Page<'_>, paragraph: Id) -> bool {
    let mut texts = page.within(paragraph).filter(|id| !page.node(*id).text.trim().is_empty());
    texts.all(|text| {
        page.ancestors(text)
            .take_while(|id| *id > paragraph)
            .any(|id| matches!(page.node(id).name(), "strong" | "b"))
    })
}
