//! How an article came about: which element won, what was left out and why, and where each field was taken from.

mod fields;
mod path;
mod reason;
mod trace;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::Serialize;

use super::blocks::{Blocks, text_of};
use super::body;
use super::dom::{Id, Page, Tag};
use super::lead::Lead;
use super::metadata::Head;
use super::ruled::Ruled;
use super::structured::Structured;
use crate::model::Article;

use path::path;
pub use reason::Reason;
pub(super) use trace::Trace;

/// Most elements that would have done as the body, besides the one that won.
const MOST_RUNNERS_UP: usize = 4;
/// Most parts that are told of.
const MOST_DROPPED: usize = 300;
/// How much of the text of a part is told, in bytes.
const BEGINNING: usize = 120;

/// How an article came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The element that holds the text; nothing where there is none.
    pub body: Option<BodyChoice>,
    /// What was left out of the text, in the order of the page.
    pub dropped: Vec<Dropped>,
    /// For each field of the article the places of the page that say the same, the most trusted first. A field that is
    /// empty, or that was put together, has none.
    pub fields: BTreeMap<&'static str, Vec<String>>,
}

/// Why this element holds the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BodyChoice {
    /// `rule` or `guess`.
    pub by: &'static str,
    /// The elements that won, as paths of CSS; more than one only by a rule.
    pub paths: Vec<String>,
    /// How much running text outweighs links and labels in the first of them.
    pub score: Option<f32>,
    /// The next best, the best first.
    pub runners_up: Vec<Candidate>,
}

/// An element that might hold the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its path of CSS.
    pub path: String,
    /// Its score.
    pub score: f32,
}

/// A part that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Why.
    pub reason: Reason,
    /// Its path of CSS.
    pub path: String,
    /// How its text begins.
    pub text: String,
}

/// Everything that an extraction knew.
pub(super) struct View<'v, 'a> {
    pub(super) page: &'v Page<'a>,
    pub(super) blocks: &'v Blocks,
    pub(super) dropped: &'v [bool],
    pub(super) head: &'v Head<'a>,
    pub(super) structured: &'v Structured,
    pub(super) ruled: &'v Ruled,
    pub(super) article: &'v Article,
    pub(super) container: Option<Id>,
    pub(super) lead: Option<&'v Lead>,
    pub(super) trace: &'v Trace,
    pub(super) zone: Tz,
}

impl Explanation {
    pub(super) fn of(view: &View<'_, '_>) -> Self {
        Self { body: choice(view), fields: fields::of(view), dropped: dropped(view) }
    }
}

fn choice(view: &View<'_, '_>) -> Option<BodyChoice> {
    let (page, winner) = (view.page, view.container?);
    let kept = view.blocks.without(view.dropped);
    let mut scored: Vec<(Id, f32)> = page
        .elements()
        .filter(|(id, _)| *id != winner)
        .filter_map(|(id, _)| body::score(page, &kept, id).map(|score| (id, score)))
        .collect();
    scored.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    // Wrappers around wrappers score alike.
    scored.dedup_by(|(_, one), (_, other)| (*one - *other).abs() < f32::EPSILON);
    let ruled = &view.ruled.bodies;
    let winners = if ruled.is_empty() { std::slice::from_ref(&winner) } else { ruled.as_slice() };
    Some(BodyChoice {
        by: if ruled.is_empty() { "guess" } else { "rule" },
        paths: winners.iter().map(|id| path(page, *id)).collect(),
        score: body::score(page, &kept, winner),
        runners_up: scored
            .into_iter()
            .take(MOST_RUNNERS_UP)
            .map(|(id, score)| Candidate { path: path(page, id), score })
            .collect(),
    })
}

/// The text of an element, or of the block that begins with a text.
fn text(view: &View<'_, '_>, id: Id) -> String {
    let blocks = view.blocks.within(view.page, 0);
    let block = blocks.binary_search_by_key(&id, |block| block.start).ok().and_then(|at| blocks.get(at));
    match block {
        Some(block) if view.page.tag(id) == Tag::Text => text_of(view.page, block, &[]),
        _ => view.page.text(id),
    }
}

fn dropped(view: &View<'_, '_>) -> Vec<Dropped> {
    let page = view.page;
    let mut told = Vec::new();
    // What stands in a part that was left out goes with it.
    let mut covered = 0;
    for (id, reason) in view.trace.parts() {
        if id < covered {
            continue;
        }
        covered = page.node(id).end;
        let text = text(view, id);
        if text.is_empty() {
            continue;
        }
        let end = text.floor_char_boundary(BEGINNING);
        let cut = text.get(..end).filter(|_| end < text.len()).map(|beginning| format!("{beginning}…"));
        told.push(Dropped { reason, path: path(page, id), text: cut.unwrap_or(text) });
        if told.len() == MOST_DROPPED {
            break;
        }
    }
    told
}
