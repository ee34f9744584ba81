//! The items of a period become one message.

mod fold;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

pub use fold::{Span, Sums, spans};

use super::{Digest, EmptyDigest};
use crate::model::{ArticleId, Item, Message, Reason, SourceProblem, StoryId, Timestamp};

/// The span that a digest tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

/// The digest of a period, most prominent items first and cut to `max_items`; `None` where there is nothing new and the user
/// wants no mail about that. Of the items of one story the first stands for all; who else tells it stands with it. Several changes
/// of one text are told as what they amount to by `sums`, and not at all where they were taken back.
pub fn compose_digest(
    digest: &Digest,
    period: Period,
    items: Vec<Item>,
    sums: &Sums,
    source_problems: Vec<SourceProblem>,
) -> Option<Message> {
    let items = fold::folded(items, sums);
    if items.is_empty() && digest.empty == EmptyDigest::Skip {
        return None;
    }
    let mut items = one_a_story(items);
    items.sort_by_cached_key(|(rank, item)| Reverse((*rank, item.observed_at)));
    let mut items: Vec<Item> = items.into_iter().map(|(_, item)| item).collect();
    let omitted = items.len().saturating_sub(digest.max_items);
    items.truncate(digest.max_items);
    Some(Message::Digest {
        name: digest.name.clone(),
        from: period.from,
        until: period.until,
        items,
        omitted,
        source_problems,
        trends: Vec::new(),
    })
}

/// The items of a message in which several changes of one article or page may stand, each article told once; of what was taken back
/// nothing is told, unless there is nothing else.
pub(super) fn told_together(items: &[Item]) -> Vec<Item> {
    let mut alerts: HashMap<ArticleId, Vec<String>> = HashMap::new();
    for item in items {
        let names = alerts.entry(item.id).or_default();
        names.extend(item.alerts.iter().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
    }
    if alerts.len() == items.len() {
        return items.to_vec();
    }
    let mut told = fold::folded(items.to_vec(), &Sums::new());
    for item in &mut told {
        item.alerts = alerts.remove(&item.id).unwrap_or_default();
    }
    if told.is_empty() { items.to_vec() } else { told }
}

/// The first new article of each story, and how high the story ranks. Edits are news of their own.
fn one_a_story(items: Vec<Item>) -> Vec<(Rank, Item)> {
    let mut places: HashMap<StoryId, usize> = HashMap::new();
    let mut kept: Vec<(Rank, Item)> = Vec::new();
    for item in items {
        let told_by = item.story.as_ref().filter(|_| item.reason == Reason::New);
        let place = told_by.map(|story| *places.entry(story.id).or_insert(kept.len()));
        let rank = rank(&item);
        match place.and_then(|place| kept.get_mut(place)) {
            Some((highest, _)) => *highest = rank.max(*highest),
            None => kept.push((rank, item)),
        }
    }
    kept
}

type Rank = (usize, usize, usize);

/// Entities named in the headline count before anything else, then how many sources tell it, then how often entities are named.
fn rank(item: &Item) -> Rank {
    let in_title = item.entities.iter().filter(|entity| entity.in_title).count();
    let others = item.story.iter().flat_map(|story| &story.also).map(|also| also.source.as_str());
    let sources: HashSet<&str> = others.chain([item.source.as_str()]).collect();
    (in_title, sources.len(), item.entities.iter().map(|entity| entity.count).sum())
}
