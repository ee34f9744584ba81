//! The standfirst (sapo): what an article says of itself before its body.

use super::blocks::{Blocks, text_of};
use super::dom::{Id, Page, Tag};
use super::hints::Hints;

/// Shortest and longest standfirst, in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 30..=1600;
/// A description of at least this many bytes that stands in the page word for word is its standfirst.
const TELLING: usize = 60;
/// The least of a container's prose that its true body holds where a standfirst stands before it.
const MOST_OF_BODY: f32 = 0.6;
/// The most pieces of a standfirst (some are lists of three points).
const MOST_BLOCKS: usize = 5;

/// A standfirst and the element it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lead {
    /// Its text.
    pub(super) text: String,
    /// Its place.
    pub(super) place: Id,
}

/// What is known when the standfirst is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'r> {
    /// The body container.
    pub(super) container: Id,
    /// Where the body's first running text begins.
    pub(super) body_start: Id,
    /// The descriptions that the page gives of itself.
    pub(super) descriptions: &'r [String],
    /// Places that are no part of the article.
    pub(super) dropped: &'r [bool],
}

/// The first element before the body that is marked as a standfirst, or that repeats the page's description.
pub(super) fn find(page: &Page<'_>, blocks: &Blocks, around: Around<'_>) -> Option<Lead> {
    let descriptions: Vec<String> = around.descriptions.iter().map(|text| comparable(text)).collect();
    let mut repeated = None;
    let mut last = None;
    for (id, node) in page.elements() {
        if id > around.body_start {
            break;
        }
        if around.dropped.get(id).copied().unwrap_or(false) || !may_be_lead(node.tag) {
            continue;
        }
        let marked = is_marked(page, id);
        if !marked && (repeated.is_some() || !stands_apart(page, blocks, id, around.container)) {
            continue;
        }
        // Wrappers around wrappers hold the same text.
        let text = blocks.within(page, id).first().zip(blocks.within(page, id).last());
        let text = text.map(|(first, last)| (first.start, last.start));
        if !marked && (descriptions.is_empty() || last == text) {
            continue;
        }
        last = text;
        let Some(lead) = read(page, blocks, id, around) else { continue };
        if marked {
            return Some(lead);
        }
        if repeats(&lead.text, &descriptions) {
            repeated = Some(lead);
        }
    }
    repeated
}

/// Outside the body container, or in it but before an element that holds most of the body on its own.
fn stands_apart(page: &Page<'_>, blocks: &Blocks, id: Id, container: Id) -> bool {
    if !page.contains(container, id) {
        return true;
    }
    let end = page.node(id).end;
    let within = blocks.within(page, container);
    let Some(next) = within.get(within.partition_point(|block| block.start < end)) else { return false };
    let follower = page.node(next.owner).parent;
    let most = MOST_OF_BODY * blocks.total(page, container).prose as f32;
    follower > id && blocks.total(page, follower).prose as f32 >= most
}

fn may_be_lead(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Block
            | Tag::Paragraph
            | Tag::Heading(2..=6)
            | Tag::Section
            | Tag::List
            | Tag::Quote
            | Tag::Cell
            | Tag::Inline
    )
}

fn is_marked(page: &Page<'_>, id: Id) -> bool {
    let item = page.attribute(id, "itemprop").is_some_and(|value| {
        let value = value.to_ascii_lowercase();
        value == "description" || value == "abstract" || value == "alternativeheadline"
    });
    item || page.node(id).hints.any(Hints::STANDFIRST)
}

fn read(page: &Page<'_>, blocks: &Blocks, id: Id, around: Around<'_>) -> Option<Lead> {
    if id != around.container && page.contains(id, around.container) {
        return None;
    }
    let own = blocks.within(page, id);
    let end = page.node(id).end;
    if own.is_empty() || own.len() > MOST_BLOCKS || own.iter().any(|block| block.end > end) {
        return None;
    }
    let linked: u32 = own.iter().map(|block| block.linked).sum();
    let weight: u32 = own.iter().map(|block| block.weight).sum();
    if linked * 2 > weight || weight as usize > *LENGTHS.end() {
        return None;
    }
    let texts: Vec<String> = own.iter().map(|block| text_of(page, block, around.dropped)).collect();
    let text = texts.join(" ");
    LENGTHS.contains(&text.len()).then_some(Lead { text, place: id })
}

/// Descriptions are often cut, so the beginning decides.
fn repeats(text: &str, descriptions: &[String]) -> bool {
    if text.len() < TELLING || descriptions.is_empty() {
        return false;
    }
    let key = comparable(text);
    let telling = |text: &String| text.len() >= TELLING;
    telling(&key)
        && descriptions
            .iter()
            .filter(|text| telling(text))
            .any(|description| key.starts_with(description) || description.starts_with(&key))
}

/// Letters and digits in lower case; two texts that differ in punctuation and spaces are the same.
pub(super) fn comparable(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
