//! What a digest holds at a glance.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::clean::short_line;
use super::words::Words;
use crate::model::{Item, Reason};

/// Characters of the name of an entity.
const NAME: usize = 40;
/// More names than these are found below.
const MOST_NAMES: usize = 8;
/// A digest of fewer articles is seen at a glance itself.
const WORTH_AN_INDEX: usize = 4;

/// A name and how many articles of the digest have it.
#[derive(Debug, Serialize)]
pub(super) struct Named {
    name: String,
    articles: usize,
}

/// The names that most articles have; none for a short digest.
pub(super) fn names(items: &[Item]) -> Vec<Named> {
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for entity in items.iter().flat_map(|item| &item.entities) {
        *counted.entry(&entity.name).or_default() += 1;
    }
    if items.len() < WORTH_AN_INDEX || counted.len() < 2 {
        return Vec::new();
    }
    let mut ranked: Vec<(&str, usize)> = counted.into_iter().collect();
    ranked.sort_by_key(|(name, articles)| (Reverse(*articles), *name));
    let named = |(name, articles): (&str, usize)| Named { name: short_line(name, NAME), articles };
    ranked.into_iter().take(MOST_NAMES).map(named).collect()
}

/// How many of the articles are edits, and how many are pages.
pub(super) fn sorts(items: &[Item], words: &Words) -> Vec<String> {
    let count = |reason: Reason| items.iter().filter(|item| item.reason == reason).count();
    let sorts = [
        words.edits_counted.unless_none(count(Reason::Edit)),
        words.pages_counted.unless_none(count(Reason::Page)),
    ];
    sorts.into_iter().flatten().collect()
}
