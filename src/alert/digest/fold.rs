//! What happened to one article or page within a period, told together.

use std::collections::{HashMap, HashSet};

use crate::model::{ArticleId, Change, ChangeKind, Item, ItemChange, Reason, RevisionId, WordChange};

/// What the changes of a text amount to, by the version before the first and that after the last; nothing where they were taken back.
pub type Sums = HashMap<(RevisionId, RevisionId), Option<ItemChange>>;

/// Changes of one text that are better told as one: what it said before the first, and says after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The article or page.
    pub article: ArticleId,
    /// The source whose rules it is read by.
    pub source: String,
    /// Whether it is an article that was edited or a page that changed.
    pub reason: Reason,
    /// The version before the first change.
    pub before: RevisionId,
    /// The version after the last.
    pub after: RevisionId,
    /// Whether the last found the text no longer there, or no longer whole, which may be over by now.
    pub is_gone: bool,
}

/// The spans of these items that [`Sums`] should tell of: a single change that still stands tells all by itself.
pub fn spans(items: &[Item]) -> Vec<Span> {
    let mut steps: HashMap<ArticleId, usize> = HashMap::new();
    for item in items.iter().filter(|item| item.change.is_some()) {
        *steps.entry(item.id).or_default() += 1;
    }
    let told = together(items.to_vec()).into_iter();
    let spans = told.filter_map(|item| span(&item));
    spans.filter(|span| span.is_gone || steps.get(&span.article).is_some_and(|steps| *steps > 1)).collect()
}

fn span(item: &Item) -> Option<Span> {
    let told = item.change.as_ref()?;
    Some(Span {
        article: item.id,
        source: item.source.clone(),
        reason: if item.reason == Reason::New { Reason::Edit } else { item.reason },
        before: told.before,
        after: told.after,
        is_gone: is_gone(told),
    })
}

/// Of each article one item, without those of which nothing is left to tell.
pub(super) fn folded(items: Vec<Item>, sums: &Sums) -> Vec<Item> {
    let back = back(&items);
    let summed = |item: Item| {
        if back.contains(&item.id) { Some(returned(item, sums)) } else { summed(item, sums) }
    };
    together(items).into_iter().filter_map(summed).collect()
}

/// The texts that were gone when these changes began and are there after the last, whatever else was changed.
fn back(items: &[Item]) -> HashSet<ArticleId> {
    let (mut first, mut last) = (HashMap::new(), HashMap::new());
    for item in items {
        let Some(told) = item.change.as_ref().filter(|told| is_gone(told) || is_back(told)) else { continue };
        first.entry(item.id).or_insert_with(|| is_back(told));
        last.insert(item.id, is_back(told));
    }
    let returned =
        |article: &ArticleId| first.get(article) == Some(&true) && last.get(article) == Some(&true);
    first.keys().filter(|article| returned(article)).copied().collect()
}

/// Of each article one item: what happened to it since the period began is told together, and where it is new as one new article
/// that says what it says now.
fn together(items: Vec<Item>) -> Vec<Item> {
    let mut kept: Vec<Item> = Vec::with_capacity(items.len());
    let mut places: HashMap<ArticleId, usize> = HashMap::new();
    for item in items {
        let known = places.get(&item.id).copied().and_then(|place| kept.get_mut(place));
        if let Some(earlier) = known {
            fold(earlier, item);
        } else {
            places.insert(item.id, kept.len());
            kept.push(item);
        }
    }
    kept
}

/// The item with what its changes amount to; `None` where that is nothing.
fn summed(item: Item, sums: &Sums) -> Option<Item> {
    let Some(told) = &item.change else { return Some(item) };
    match sums.get(&(told.before, told.after)) {
        Some(Some(sum)) => Some(Item { change: Some(sum.clone()), ..item }),
        Some(None) => (item.reason == Reason::New).then_some(Item { change: None, ..item }),
        None => Some(item).filter(|item| item.change.as_ref().is_some_and(|told| !is_undone(told))),
    }
}

/// The item of a text that is back, with what its changes amount to; that it is back is told even where that is nothing.
fn returned(item: Item, sums: &Sums) -> Item {
    let Some(told) = item.change else { return item };
    let significance = told.change.significance;
    let sum = match sums.get(&(told.before, told.after)) {
        Some(Some(sum)) => sum.clone(),
        Some(None) => {
            ItemChange { change: Change::default(), appeared: Vec::new(), vanished: Vec::new(), ..told }
        }
        None => told,
    };
    let significance = significance.max(sum.change.significance);
    let change = Change { changed: true, kind: Some(ChangeKind::Restored), significance, ..sum.change };
    Item { change: Some(ItemChange { change, ..sum }), ..item }
}

/// Whether nothing is left of a change.
fn is_undone(told: &ItemChange) -> bool {
    let Change { words, added, removed, .. } = &told.change;
    !is_gone(told) && !is_back(told) && words.is_empty() && added.is_empty() && removed.is_empty()
}

/// Whether the text is no longer there, or no longer whole.
fn is_gone(told: &ItemChange) -> bool {
    matches!(told.change.kind, Some(ChangeKind::TakenDown | ChangeKind::Truncated))
}

/// Whether a text is told that was gone for a time.
fn is_back(told: &ItemChange) -> bool {
    told.change.kind == Some(ChangeKind::Restored)
}

/// Makes of an item what it is after another of the same article: all its texts are those of one version.
fn fold(earlier: &mut Item, mut later: Item) {
    let before = earlier.change.take();
    if earlier.reason != Reason::New && later.reason != Reason::New {
        later.change = match (before, later.change.take()) {
            (Some(before), Some(after)) => Some(joined(before, after)),
            (before, after) => after.or(before),
        };
        *earlier = later;
        return;
    }
    // The reader does not know the article yet: what it said before is no news, but that it is gone is.
    later.change = later.change.filter(is_gone);
    if later.change.is_some() {
        later.entities = std::mem::take(&mut earlier.entities);
        later.snippets = std::mem::take(&mut earlier.snippets);
    }
    *earlier = Item { reason: Reason::New, observed_at: earlier.observed_at, ..later };
}

/// Two changes as one, from before the first to after the second. What the second took back is not told.
fn joined(first: ItemChange, second: ItemChange) -> ItemChange {
    // What is back is compared with what it was before it was gone.
    if is_gone(&first) && is_back(&second) {
        return ItemChange { before: first.before, ..second };
    }
    let (one, mut other) = (first.change, second.change);
    let mut words: Vec<WordChange> = Vec::new();
    for pair in one.words {
        let undone = other.words.iter().position(|later| later.from == pair.to && !pair.to.is_empty());
        let Some(place) = undone else {
            words.push(pair);
            continue;
        };
        let later = other.words.remove(place);
        if later.to != pair.from {
            words.push(WordChange { from: pair.from, ..later });
        }
    }
    words.extend(other.words);
    let rest = |mine: Vec<String>, theirs: &[String]| -> Vec<String> {
        mine.into_iter().filter(|line| !theirs.contains(line)).collect()
    };
    let mut added = rest(one.added.clone(), &other.removed);
    let mut removed = rest(one.removed.clone(), &other.added);
    added.extend(rest(other.added, &one.removed));
    removed.extend(rest(other.removed, &one.added));
    let kind = if one.significance > other.significance { one.kind } else { other.kind };
    let significance = one.significance.max(other.significance);
    let change = Change { changed: true, kind, significance, added, removed, words, ignored: Vec::new() };
    let mut appeared = rest(first.appeared.clone(), &second.vanished);
    let mut vanished = rest(first.vanished.clone(), &second.appeared);
    appeared.extend(rest(second.appeared, &first.vanished));
    vanished.extend(rest(second.vanished, &first.appeared));
    ItemChange { change, before: first.before, after: second.after, appeared, vanished }
}
