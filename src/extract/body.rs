//! Which element holds the body of the article.

use super::blocks::{Blocks, Total};
use super::dom::{Id, Page, Tag};
use super::hints::Hints;

/// How much text in links weighs against prose.
const LINKED: f32 = 0.5;
/// How much other text that is no prose weighs against it: labels, subheads, cells of tables.
const LABELS: f32 = 0.1;
/// What a name of a body container is worth.
const NAMED: f32 = 1.2;
/// What it costs to be the whole page.
const WHOLE_PAGE: f32 = 0.8;
/// The share of a container's prose that an element within it may leave out and still be the body.
const LOSS: f32 = 0.02;
/// The same for an `<article>` and what is named after a body.
const NAMED_LOSS: f32 = 0.3;
/// What prose outside `<p>` counts of that.
const OTHER: f32 = 0.3;
/// The least of the best candidate's prose that a container marked `articleBody` must hold.
const MARKED_SHARE: f32 = 0.5;

/// The element whose prose most outweighs everything else in it; the deepest of equals.
pub(super) fn container(page: &Page<'_>, blocks: &Blocks) -> Option<Id> {
    let mut best: Option<(Id, f32, u32)> = None;
    let mut marked: Option<(Id, u32)> = None;
    for (id, node) in page.elements() {
        let Some(score) = score(page, blocks, id) else { continue };
        let total = blocks.total(page, id);
        if node.attribute("itemprop").is_some_and(|value| value.eq_ignore_ascii_case("articleBody"))
            && marked.is_none_or(|(_, prose)| prose < total.prose)
        {
            marked = Some((id, total.prose));
        }
        if best.is_none_or(|(_, top, _)| score >= top) {
            best = Some((id, score, total.prose));
        }
    }
    let (widest, _, prose) = best?;
    match marked {
        Some((marked, holds)) if holds as f32 >= MARKED_SHARE * prose as f32 => Some(marked),
        _ => Some(narrowed(page, blocks, widest)),
    }
}

/// How well an element would do as the body; nothing where it cannot be one.
pub(super) fn score(page: &Page<'_>, blocks: &Blocks, id: Id) -> Option<f32> {
    let node = page.node(id);
    if !may_hold_body(node.tag) {
        return None;
    }
    let total = blocks.total(page, id);
    // One long paragraph is no body: the short ones beside it belong to the article, too.
    if total.prose == 0 || (node.tag == Tag::Paragraph && total.count < 2) {
        return None;
    }
    let linked = total.linked as f32;
    let labels = total.weight.saturating_sub(total.prose + total.linked) as f32;
    let named = if node.hints.any(Hints::BODY) { NAMED } else { 1.0 };
    let whole = if node.tag == Tag::Root { WHOLE_PAGE } else { 1.0 };
    Some((total.prose as f32 - LINKED * linked - LABELS * labels) * named * whole)
}

/// The deepest element that holds nearly all of a container: what it leaves out are notices, boxes and offers.
fn narrowed(page: &Page<'_>, blocks: &Blocks, widest: Id) -> Id {
    let whole = blocks.total(page, widest);
    let mut inner = widest;
    let mut at = widest + 1;
    while at < page.node(inner).end {
        let node = page.node(at);
        let lost = left_out(whole, blocks.total(page, at));
        if lost > NAMED_LOSS {
            at = node.end;
            continue;
        }
        let named = node.hints.any(Hints::BODY) || node.tag == Tag::Article;
        let is_one_text = node.tag == Tag::Paragraph;
        if may_hold_body(node.tag) && !is_one_text && lost <= if named { NAMED_LOSS } else { LOSS } {
            inner = at;
        }
        at += 1;
    }
    inner
}

/// The share of a container's prose that stands outside an element in it; what is no `<p>` counts less.
fn left_out(whole: Total, part: Total) -> f32 {
    let paragraphs = (whole.paragraphs - part.paragraphs) as f32;
    let other = (whole.prose - part.prose) as f32 - paragraphs;
    (paragraphs + OTHER * other) / whole.prose as f32
}

/// Where the running text of a container begins.
pub(super) fn first_prose(page: &Page<'_>, blocks: &Blocks, container: Id) -> Id {
    let within = blocks.within(page, container);
    let prose = within.iter().find(|block| block.prose() > 0).or(within.first());
    prose.map_or(container, |block| block.start)
}

fn may_hold_body(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Root
            | Tag::Block
            | Tag::Article
            | Tag::Main
            | Tag::Section
            | Tag::Cell
            | Tag::Table
            | Tag::Form
            | Tag::Quote
            | Tag::Item
            | Tag::List
            | Tag::Paragraph
            | Tag::Preformatted
    )
}
