//! The items of a period become one message.

use std::cmp::Reverse;

use super::{Digest, EmptyDigest};
use crate::model::{Item, Message, SourceProblem, Timestamp};

/// The span that a digest tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub from: Timestamp,
    /// Its end.
    pub until: Timestamp,
}

/// The digest of a period, most prominent items first and cut to `max_items`; `None` where there is nothing new and the user
/// wants no mail about that.
pub fn compose_digest(
    digest: &Digest,
    period: Period,
    mut items: Vec<Item>,
    source_problems: Vec<SourceProblem>,
) -> Option<Message> {
    if items.is_empty() && digest.empty == EmptyDigest::Skip {
        return None;
    }
    items.sort_by_cached_key(|item| Reverse((prominence(item), item.observed_at)));
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

/// Entities named in the headline count before anything else, then how often entities are named.
fn prominence(item: &Item) -> (usize, usize) {
    let in_title = item.entities.iter().filter(|entity| entity.in_title).count();
    (in_title, item.entities.iter().map(|entity| entity.count).sum())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::alert::SourceFilter;
    use crate::model::{ArticleId, Extent, Prominence, Reason};

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
    fn an_empty_period_is_told_only_where_wanted() {
        assert!(compose_digest(&digest(9, EmptyDigest::Send), PERIOD, vec![], vec![]).is_some());
        assert!(compose_digest(&digest(9, EmptyDigest::Skip), PERIOD, vec![], vec![]).is_none());
    }
}
