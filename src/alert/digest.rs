//! The items of a period become one message.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{Digest, EmptyDigest};
use crate::model::{
    ArticleId, Change, ChangeKind, Item, ItemChange, Message, Reason, SourceProblem, StoryId, Timestamp,
    WordChange,
};

/// The span that a digest tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

/// The digest of a period, most prominent items first and cut to `max_items`; `None` where there is nothing new and the user
/// wants no mail about that. Of the items of one story the first stands for all; who else tells it stands with it.
pub fn compose_digest(
    digest: &Digest,
    period: Period,
    items: Vec<Item>,
    source_problems: Vec<SourceProblem>,
) -> Option<Message> {
    if items.is_empty() && digest.empty == EmptyDigest::Skip {
        return None;
    }
    let mut items = one_a_story(folded(items));
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

/// Of each article one item: what happened to it since the period began is told together, and where it is new as one new article
/// under its last headline.
fn folded(items: Vec<Item>) -> Vec<Item> {
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
    kept.retain(|item| item.change.as_ref().is_none_or(|told| !is_undone(&told.change)));
    kept
}

/// Whether nothing is left of a change.
fn is_undone(change: &Change) -> bool {
    let is_back = change.kind == Some(ChangeKind::Restored);
    !is_gone(change)
        && !is_back
        && change.words.is_empty()
        && change.added.is_empty()
        && change.removed.is_empty()
}

/// Whether the text is not there any more, or not whole.
fn is_gone(change: &Change) -> bool {
    matches!(change.kind, Some(ChangeKind::TakenDown | ChangeKind::Truncated))
}

/// Adds what happened later to an item.
fn fold(earlier: &mut Item, later: Item) {
    earlier.title = later.title;
    let Some(change) = later.change else { return };
    earlier.entities = later.entities;
    if earlier.reason == Reason::New {
        return;
    }
    let Some(before) = earlier.change.take() else {
        earlier.change = Some(change);
        return;
    };
    earlier.change = Some(joined(before, change));
}

/// Two changes as one, from before the first to after the second. What the second took back is not told.
fn joined(first: ItemChange, second: ItemChange) -> ItemChange {
    // What is back is compared with what it was before it was gone.
    if is_gone(&first.change) && second.change.kind == Some(ChangeKind::Restored) {
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
    added.extend(rest(other.added, &one.removed));
    let mut removed = one.removed;
    removed.extend(rest(other.removed, &one.added));
    let kind = if one.significance > other.significance { one.kind } else { other.kind };
    let significance = one.significance.max(other.significance);
    let change = Change { changed: true, kind, significance, added, removed, words, ignored: Vec::new() };
    let appeared = rest(first.appeared, &second.vanished).into_iter().chain(second.appeared).collect();
    let vanished = rest(first.vanished, &[]).into_iter().chain(second.vanished).collect();
    ItemChange { change, before: first.before, after: second.after, appeared, vanished }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::alert::SourceFilter;
    use crate::model::{AlsoAt, Extent, ItemStory, Prominence, RevisionId};

    const PERIOD: Period = Period { from: Timestamp::EPOCH, until: Timestamp::from_micros(10) };

    fn digest(max_items: usize, empty: EmptyDigest) -> Digest {
        Digest {
            name: "Sáng".to_owned(),
            entities: BTreeSet::default(),
            rule: None,
            sources: SourceFilter::default(),
            to: vec![],
            max_items,
            empty,
        }
    }

    fn item(title: &str, count: usize, in_title: bool) -> Item {
        let entity =
            Prominence { name: "Huawei".to_owned(), count, in_title, surfaces: vec!["Huawei".to_owned()] };
        Item {
            alerts: vec![],
            reason: Reason::New,
            observed_at: Timestamp::EPOCH,
            id: ArticleId::new(Timestamp::EPOCH),
            url: String::new(),
            canonical_url: String::new(),
            title: title.to_owned(),
            authors: vec![],
            source: String::new(),
            published: None,
            language: None,
            lead: String::new(),
            attribution: None,
            extent: Extent::Whole,
            entities: vec![entity],
            snippets: vec![],
            change: None,
            story: None,
        }
    }

    #[test]
    fn the_most_prominent_items_stay_and_the_rest_is_counted() {
        let items = vec![
            item("named once", 1, false),
            item("in the headline", 1, true),
            item("named often", 9, false),
        ];
        let Some(Message::Digest { items, omitted, .. }) =
            compose_digest(&digest(2, EmptyDigest::Send), PERIOD, items, vec![])
        else {
            panic!("a digest is expected");
        };
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!((titles, omitted), (vec!["in the headline", "named often"], 1));
    }

    #[test]
    fn the_items_of_a_story_stand_together_and_rank_by_their_sources() {
        let id = StoryId::new(Timestamp::EPOCH);
        let also = |source: &str| AlsoAt {
            id: ArticleId::new(Timestamp::EPOCH),
            source: source.to_owned(),
            title: String::new(),
            url: String::new(),
        };
        let story = ItemStory { id, articles: 3, also: vec![also("Hà Thành"), also("Sông Lam")] };
        let told = |title: &str| Item { story: Some(story.clone()), ..item(title, 1, false) };
        let items = vec![item("named often", 9, false), told("original"), told("retelling"), told("copy")];
        let Some(Message::Digest { items, omitted, .. }) =
            compose_digest(&digest(9, EmptyDigest::Send), PERIOD, items, vec![])
        else {
            panic!("a digest is expected");
        };
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!((titles, omitted), (vec!["original", "named often"], 0));
    }

    #[test]
    fn an_empty_period_is_told_only_where_wanted() {
        assert!(compose_digest(&digest(9, EmptyDigest::Send), PERIOD, vec![], vec![]).is_some());
        assert!(compose_digest(&digest(9, EmptyDigest::Skip), PERIOD, vec![], vec![]).is_none());
    }

    fn edit(of: &Item, from: &str, to: &str, version: u8) -> Item {
        let change = Change {
            changed: true,
            kind: Some(ChangeKind::NumberEdit),
            significance: 0.8,
            words: vec![WordChange { from: from.to_owned(), to: to.to_owned(), ..WordChange::default() }],
            added: vec![format!("còn {to}")],
            removed: vec![format!("còn {from}")],
            ..Change::default()
        };
        let change = ItemChange {
            change,
            before: RevisionId::from_bytes([version; 16]),
            after: RevisionId::from_bytes([version + 1; 16]),
            appeared: vec![],
            vanished: vec![],
        };
        Item { reason: Reason::Edit, change: Some(change), ..of.clone() }
    }

    #[test]
    fn several_edits_of_one_article_are_one_item() {
        let article = item("số liệu", 1, false);
        let digest = digest(9, EmptyDigest::Send);
        let items = vec![edit(&article, "384", "383", 1), edit(&article, "383", "382", 2)];
        let Some(Message::Digest { items, .. }) = compose_digest(&digest, PERIOD, items, vec![]) else {
            panic!("a digest is expected");
        };
        let [item] = items.try_into().unwrap();
        let ItemChange { change, before, after, .. } = item.change.unwrap();
        assert_eq!(
            change.words,
            [WordChange { from: "384".to_owned(), to: "382".to_owned(), ..WordChange::default() }]
        );
        assert_eq!((change.removed, change.added), (vec!["còn 384".to_owned()], vec!["còn 382".to_owned()]));
        assert_eq!((before, after), (RevisionId::from_bytes([1; 16]), RevisionId::from_bytes([3; 16])));
    }

    #[test]
    fn an_article_that_is_new_is_told_once_under_its_last_headline() {
        let article = item("tiêu đề cũ", 1, false);
        let renamed = Item { title: "tiêu đề mới".to_owned(), ..edit(&article, "cũ", "mới", 1) };
        let digest = digest(9, EmptyDigest::Send);
        let Some(Message::Digest { items, .. }) =
            compose_digest(&digest, PERIOD, vec![article, renamed], vec![])
        else {
            panic!("a digest is expected");
        };
        let told: Vec<_> = items.iter().map(|item| (item.title.as_str(), item.reason)).collect();
        assert_eq!(told, [("tiêu đề mới", Reason::New)]);
    }
}
