//! What must hold of an article for an entity's finds in it to count.

use std::collections::HashSet;

use super::texts::TextId;
use crate::model::{Entity, Scope};
use crate::text::fold;

/// An entity or a phrase of a rule, as finds are judged.
#[derive(Debug)]
pub(super) struct Tracked {
    /// Its name, or the phrase as the rule writes it.
    pub(super) name: TextId,
    /// No find is longer than so many bytes of folded text, nor any phrase in which it does not count.
    pub(super) reach: u32,
    /// Which fields count.
    pub(super) scope: Scope,
    /// Boxed, because most have none.
    pub(super) conditions: Option<Box<Conditions>>,
}

/// What an entity asks of the article.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    /// Keys of the only sources that count; empty: all.
    sources: Vec<String>,
    /// One of these phrases must stand in it; empty: none need.
    with_any: Vec<TextId>,
    /// None of these phrases may stand in it.
    without_any: Vec<TextId>,
    /// So many finds there must be.
    min_count: usize,
}

/// Why the finds of an entity do not count in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Source,
    WithAny,
    WithoutAny,
    RequiresFull,
    MinCount,
}

/// What an article shows of an entity and around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The key of the source that brought it.
    pub(super) source: &'a str,
    /// The phrases that stand in it.
    pub(super) contexts: &'a HashSet<TextId>,
    /// Whether an alias was found that stands for itself.
    pub(super) has_full: bool,
    /// How many finds there are.
    pub(super) count: usize,
}

impl Conditions {
    /// The conditions of an entity whose phrases have these numbers; `None` where it has none.
    pub(super) fn of(entity: &Entity, with_any: Vec<TextId>, without_any: Vec<TextId>) -> Option<Box<Self>> {
        let sources: Vec<String> = entity.sources.iter().map(|name| fold::key(name)).collect();
        let conditions = Self { sources, with_any, without_any, min_count: entity.min_count };
        (!conditions.are_none()).then(|| Box::new(conditions))
    }

    fn are_none(&self) -> bool {
        self.sources.is_empty()
            && self.with_any.is_empty()
            && self.without_any.is_empty()
            && self.min_count <= 1
    }
}

impl Tracked {
    /// Why the finds do not count; `None` where they do.
    pub(super) fn refusal(&self, shown: Shown<'_>) -> Option<Refusal> {
        let stands = |phrases: &[TextId]| phrases.iter().any(|phrase| shown.contexts.contains(phrase));
        if let Some(asked) = &self.conditions {
            if !asked.sources.is_empty() && !asked.sources.iter().any(|source| source == shown.source) {
                return Some(Refusal::Source);
            }
            if !asked.with_any.is_empty() && !stands(&asked.with_any) {
                return Some(Refusal::WithAny);
            }
            if stands(&asked.without_any) {
                return Some(Refusal::WithoutAny);
            }
        }
        if !shown.has_full {
            return Some(Refusal::RequiresFull);
        }
        let least = self.conditions.as_ref().map_or(0, |asked| asked.min_count);
        (shown.count < least).then_some(Refusal::MinCount)
    }
}
