//! What a digest holds, and in which order.

use std::collections::BTreeSet;

use super::*;
use crate::alert::SourceFilter;
use crate::model::{
    AlsoAt, ArticleId, Change, ChangeKind, Extent, ItemChange, ItemStory, Prominence, RevisionId, WordChange,
};

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
        language: None,
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
    let items =
        vec![item("named once", 1, false), item("in the headline", 1, true), item("named often", 9, false)];
    let Some(Message::Digest { items, omitted, .. }) =
        compose_digest(&digest(2, EmptyDigest::Send), PERIOD, items, &Sums::new(), vec![])
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
        is_copy: true,
        entities: vec![],
    };
    let story = ItemStory { id, articles: 3, also: vec![also("Hà Thành"), also("Sông Lam")] };
    let told = |title: &str| Item { story: Some(story.clone()), ..item(title, 1, false) };
    let items = vec![item("named often", 9, false), told("original"), told("retelling"), told("copy")];
    let Some(Message::Digest { items, omitted, .. }) =
        compose_digest(&digest(9, EmptyDigest::Send), PERIOD, items, &Sums::new(), vec![])
    else {
        panic!("a digest is expected");
    };
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!((titles, omitted), (vec!["original", "named often"], 0));
}

#[test]
fn an_empty_period_is_told_only_where_wanted() {
    assert!(compose_digest(&digest(9, EmptyDigest::Send), PERIOD, vec![], &Sums::new(), vec![]).is_some());
    assert!(compose_digest(&digest(9, EmptyDigest::Skip), PERIOD, vec![], &Sums::new(), vec![]).is_none());
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
    let Some(Message::Digest { items, .. }) = compose_digest(&digest, PERIOD, items, &Sums::new(), vec![])
    else {
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
        compose_digest(&digest, PERIOD, vec![article, renamed], &Sums::new(), vec![])
    else {
        panic!("a digest is expected");
    };
    let told: Vec<_> = items.iter().map(|item| (item.title.as_str(), item.reason)).collect();
    assert_eq!(told, [("tiêu đề mới", Reason::New)]);
}

/// What happened, which changes that were, what they amount to where that is known, and as what it is told.
type Case<'a> = (&'a str, &'a [ChangeKind], Option<Option<ItemChange>>, Option<ChangeKind>);

#[test]
fn a_held_message_tells_each_article_once_with_all_its_alerts() {
    let named = |item: Item, alert: &str| Item { alerts: vec![alert.to_owned()], ..item };
    let (first, second) = (item("một", 1, false), item("hai", 1, false));
    let told = |items: &[Item]| -> Vec<(String, Reason, Vec<String>)> {
        told_together(items).into_iter().map(|item| (item.title, item.reason, item.alerts)).collect()
    };
    let rules = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let edited = named(edit(&first, "384", "382", 1), "Sửa");
    assert_eq!(
        told(&[named(first.clone(), "Mới"), edited.clone(), named(second.clone(), "Mới")]),
        [
            ("một".to_owned(), Reason::New, rules(&["Mới", "Sửa"])),
            ("hai".to_owned(), Reason::New, rules(&["Mới"]))
        ]
    );
    let back = named(edit(&first, "382", "384", 2), "Sửa");
    assert_eq!(told(&[edited.clone(), back.clone(), named(second, "Mới")]).len(), 1);
    assert_eq!(told(&[edited, back]).len(), 2, "nothing else is to be told");
}

#[test]
fn a_text_that_is_back_is_told_so_whatever_else_was_changed() {
    use ChangeKind::{NumberEdit, Restored, TakenDown};
    let article = item("số liệu", 1, false);
    let step = |(kind, version): (ChangeKind, u8)| {
        let mut item = edit(&article, &format!("{version}"), &format!("{}", version + 1), version);
        let change = &mut item.change.as_mut().unwrap().change;
        (change.kind, change.significance) = (Some(kind), if kind == Restored { 0.8 } else { 0.95 });
        item
    };
    let sum = || edit(&article, "1", "9", 1).change;
    let cases: [Case<'_>; 8] = [
        ("back and edited", &[Restored, NumberEdit], Some(sum()), Some(Restored)),
        ("back, the edit was taken back", &[Restored, NumberEdit], Some(None), Some(Restored)),
        ("back and edited, nothing to compare", &[Restored, NumberEdit], None, Some(Restored)),
        ("back, gone, back", &[Restored, TakenDown, Restored], Some(None), Some(Restored)),
        ("back and gone again", &[Restored, TakenDown], None, Some(TakenDown)),
        ("gone and back", &[TakenDown, Restored], Some(None), None),
        ("gone, back and edited", &[TakenDown, Restored, NumberEdit], Some(sum()), Some(NumberEdit)),
        ("edited twice, taken back", &[NumberEdit, NumberEdit], Some(None), None),
    ];
    for (what, kinds, sum, expected) in cases {
        let items: Vec<Item> = kinds.iter().copied().zip(1..).map(step).collect();
        let span = (RevisionId::from_bytes([1; 16]), RevisionId::from_bytes([kinds.len() as u8 + 1; 16]));
        let sums: Sums = sum.map(|sum| (span, sum)).into_iter().collect();
        let message = compose_digest(&digest(9, EmptyDigest::Skip), PERIOD, items, &sums, vec![]);
        let told = match message {
            Some(Message::Digest { items, .. }) => items.into_iter().find_map(|item| item.change),
            _ => None,
        };
        assert_eq!(told.and_then(|told| told.change.kind), expected, "{what}");
    }
}
