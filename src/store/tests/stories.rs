//! Stories in the store: who is nearby, who joins whom, and what is forgotten.

use super::*;
use crate::model::{ItemStory, Prominence, StoryId};

fn keyed(url: &str, keys: &[u64], kin: &[(ArticleId, bool)]) -> Filing {
    let kin = kin.iter().map(|(id, is_tied)| Kin { id: *id, holds_all: false, is_tied: *is_tied }).collect();
    let keys = keys.iter().map(|key| key << 32).collect();
    let kindred = Kindred { keys, facts: vec![1, 2, 3], judge: Some(always(kin)), weigh: None };
    Filing { kindred, ..filing(url, url) }
}

fn always(kin: Vec<Kin>) -> Judge {
    Arc::new(move |_nearby| kin.clone())
}

async fn story(desk: &Desk, id: ArticleId) -> ItemStory {
    desk.store.story_of(id).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_article_joins_its_kin_and_ties_their_stories() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c", "d", "e"]).await;
    let url = |at: usize| format!("https://bao.example/{at}");
    let first = desk.file(&entries[0], keyed(&url(0), &[], &[])).await;
    let second = desk.file(&entries[1], keyed(&url(1), &[], &[])).await;
    let apart = desk.file(&entries[2], keyed(&url(2), &[], &[(second, false)])).await;
    let stories: Vec<StoryId> =
        [story(&desk, first).await.id, story(&desk, second).await.id, story(&desk, apart).await.id].to_vec();
    assert!(stories[0] != stories[1] && stories[1] != stories[2]);
    let tie = desk.file(&entries[3], keyed(&url(3), &[], &[(second, true), (first, true)])).await;
    let told = story(&desk, tie).await;
    assert_eq!((told.id, told.articles), (stories[0].min(stories[1]), 3));
    let also: Vec<ArticleId> = told.also.iter().map(|also| also.id).collect();
    assert_eq!(also, [first, second]);
    assert_eq!(story(&desk, second).await.id, told.id);
    let all = desk.store.stories_of(vec![first, apart]).await.unwrap();
    assert_eq!((all[&first], all[&apart].1), ((told.id, 3), 1));
}

#[tokio::test]
async fn the_items_of_a_digest_stand_in_their_stories_told_already_or_not() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c"]).await;
    let digests = vec![addressed("Sáng", "mail:desk@example.org")];
    let mut ids: Vec<ArticleId> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let kin: Vec<(ArticleId, bool)> = if at == 2 { vec![(ids[0], true)] } else { vec![] };
        let if_new = Causes { alerts: vec![], digests: digests.clone() };
        let url = format!("https://bao.example/{at}");
        let filed = NOW.plus(Duration::from_secs(at as u64));
        let filing = Filing { if_new, at: filed, ..keyed(&url, &[], &kin) };
        ids.push(desk.file(entry, filing).await);
    }
    let to = &digests[0].recipient;
    let open = desk.store.open_items("Sáng".to_owned(), to.clone()).await.unwrap();
    let window = desk.store.digest_windows(digests.clone(), NOW).await.unwrap().remove(0);
    let end = NOW.plus(Duration::from_hours(1));
    desk.store.close_digest(window, end, end, Box::new(|_| None)).await.unwrap();
    let since = desk.store.items_since("Sáng".to_owned(), to.clone(), NOW).await.unwrap();
    for items in [open, since] {
        let order: Vec<ArticleId> = items.iter().map(|item| item.id).collect();
        assert_eq!(order, [ids[0], ids[2], ids[1]], "those of one story stand together");
        for item in items {
            assert_eq!(item.story, desk.store.story_of(item.id).await.unwrap());
        }
    }
}

#[tokio::test]
async fn articles_with_rare_keys_or_several_in_common_are_nearby_for_some_days() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let keys: Vec<String> = (0..17).map(|number| format!("k{number}")).collect();
    let entries = desk.list("bao", &keys.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let url = |at: usize| format!("https://bao.example/{at}");
    let days = |days: u64| NOW.plus(Duration::from_hours(24 * days));
    let filed = |at: usize, keys: &[u64], day: u64| Filing { at: days(day), ..keyed(&url(at), keys, &[]) };
    // All share a common name.
    for (at, entry) in entries[..13].iter().enumerate() {
        desk.file(entry, filed(at, &[7, 100 + at as u64], 0)).await;
    }
    for (at, keys, day, expected) in
        [(13, &[7][..], 0, 0), (14, &[7, 103], 3, 1), (15, &[105], 7, 0), (16, &[7, 104], 0, 1)]
    {
        let (_, nearby) = desk.file_seeing(&entries[at], filed(at, keys, day)).await;
        assert_eq!(nearby.len(), expected, "{keys:?} after {day} days");
        for nearby in nearby {
            assert_eq!(nearby.facts.as_deref(), Some(&[1, 2, 3][..]));
            assert!(nearby.story.is_some());
        }
    }
}

#[tokio::test]
async fn who_else_tells_a_story_is_told_by_headline_names_and_whether_it_is_a_copy() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c", "d"]).await;
    let named = |name: &str| {
        let surfaces = vec![name.to_owned()];
        vec![Prominence { name: name.to_owned(), count: 1, in_title: false, surfaces }]
    };
    let mut ids: Vec<ArticleId> = Vec::new();
    for (at, copy_of, name) in
        [(0, None, "Huawei"), (1, Some(0), "Huawei"), (2, None, "SMIC"), (3, Some(2), "SMIC")]
    {
        let mut filing = keyed(&format!("https://bao.example/{at}"), &[], &[]);
        let mut kin: Vec<Kin> =
            ids.first().map(|id| Kin { id: *id, holds_all: false, is_tied: true }).into_iter().collect();
        if let Some(copied) = copy_of {
            kin.push(Kin { id: ids[copied], holds_all: true, is_tied: true });
        }
        filing.kindred.judge = Some(always(kin));
        filing.entities = named(name);
        ids.push(desk.file(&entries[at], filing).await);
    }
    for (from, expected) in [
        (0, [(1, true, "Huawei"), (2, false, "SMIC"), (3, true, "SMIC")]),
        (1, [(0, true, "Huawei"), (2, false, "SMIC"), (3, true, "SMIC")]),
        (3, [(0, false, "Huawei"), (1, true, "Huawei"), (2, true, "SMIC")]),
    ] {
        let also = story(&desk, ids[from]).await.also;
        let told: Vec<_> =
            also.iter().map(|also| (also.id, also.is_copy, also.entities[0].as_str())).collect();
        assert_eq!(told, expected.map(|(at, is_copy, name)| (ids[at], is_copy, name)), "seen from {from}");
    }
}
