//! The items of a period become one message.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{Digest, EmptyDigest};
use crate::model::{Item, Message, SourceProblem, StoryId, Timestamp};

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
    })
}

/// The first item of each story, and how high the story ranks.
fn one_a_story(items: Vec<Item>) -> Vec<(Rank, Item)> {
    let mut places: HashMap<StoryId, usize> = HashMap::new();
    let mut kept: Vec<(Rank, Item)> = Vec::new();
    for item in items {
        let place = item.story.as_ref().map(|story| *places.entry(story.id).or_insert(kept.len()));
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
    use crate::model::{AlsoAt, ArticleId, Extent, ItemStory, Prominence, Reason};

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
}
