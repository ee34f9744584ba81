//! Stories in the store: who is nearby, who joins whom, and what is forgotten.

use super::*;
use crate::model::{ItemStory, StoryId};

fn keyed(url: &str, keys: &[u64], kin: &[(ArticleId, bool)]) -> Filing {
    let kin = kin.iter().map(|(id, is_tied)| Kin { id: *id, holds_all: false, is_tied: *is_tied }).collect();
    let kindred = Kindred { keys: keys.to_vec(), facts: vec![1, 2, 3], kin, ..Kindred::default() };
    Filing { kindred, ..filing(url, url) }
}

async fn file(desk: &Desk, entry: &ClaimedEntry, filing: Filing) -> ArticleId {
    match desk.store.commit_ingest(entry, filing).await.unwrap() {
        Ingested::New(Fresh { id, .. }) => id,
        other => panic!("{other:?}"),
    }
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
    let first = file(&desk, &entries[0], keyed(&url(0), &[], &[])).await;
    let second = file(&desk, &entries[1], keyed(&url(1), &[], &[])).await;
    let apart = file(&desk, &entries[2], keyed(&url(2), &[], &[(second, false)])).await;
    let stories: Vec<StoryId> =
        [story(&desk, first).await.id, story(&desk, second).await.id, story(&desk, apart).await.id].to_vec();
    assert!(stories[0] != stories[1] && stories[1] != stories[2]);
    let tie = file(&desk, &entries[3], keyed(&url(3), &[], &[(second, true), (first, true)])).await;
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
        ids.push(file(&desk, entry, filing).await);
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
    let keys: Vec<String> = (0..14).map(|number| format!("k{number}")).collect();
    let entries = desk.list("bao", &keys.iter().map(String::as_str).collect::<Vec<_>>()).await;
    // All but the last share a common name.
    for (at, entry) in entries[..12].iter().enumerate() {
        file(&desk, entry, keyed(&format!("https://bao.example/{at}"), &[7, 100 + at as u64], &[])).await;
    }
    let nearby =
        async |keys: &[u64], at: Timestamp| desk.store.vicinity(vec![], keys.to_vec(), at).await.unwrap();
    assert_eq!(nearby(&[7], NOW).await.found.len(), 0, "a common name alone");
    let found = nearby(&[7, 103], NOW).await;
    assert_eq!((found.found.len(), found.found[0].facts.as_deref()), (1, Some(&[1, 2, 3][..])));
    assert!(found.found[0].story.is_some());
    let days = |days: u64| NOW.plus(Duration::from_hours(24 * days));
    assert_eq!(nearby(&[7, 103], days(3)).await.found.len(), 1);
    assert_eq!(nearby(&[7, 103], days(7)).await.found.len(), 0);
    // Later articles make the past forgotten.
    for entry in &entries[12..] {
        let later =
            Filing { at: days(9), ..keyed(&format!("https://bao.example/{:?}", entry.entry.key), &[8], &[]) };
        file(&desk, entry, later).await;
    }
    assert_eq!(nearby(&[7, 103], NOW).await.found.len(), 0);
}

#[tokio::test]
async fn who_files_after_kin_that_was_not_seen_decides_again() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b"]).await;
    let seen = desk.store.vicinity(vec![], vec![], NOW).await.unwrap().up_to;
    let first = Filing { judged_up_to: seen, ..keyed("https://bao.example/a", &[1, 2, 3], &[]) };
    file(&desk, &entries[0], first).await;
    for (keys, overtaken) in [(&[2, 3][..], true), (&[3, 4], false)] {
        let filing = Filing { judged_up_to: seen, ..keyed("https://bao.example/b", keys, &[]) };
        let filed = desk.store.commit_ingest(&entries[1], filing).await.unwrap();
        assert_eq!(filed == Ingested::Overtaken, overtaken, "{filed:?}");
    }
}

#[tokio::test]
async fn who_shares_less_than_those_that_were_found_overtakes_nobody() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let keys: Vec<String> = (0..16).map(|number| format!("k{number}")).collect();
    let entries = desk.list("bao", &keys.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (earlier, later) = entries.split_at(14);
    for (at, entry) in earlier.iter().enumerate() {
        // The names 1 and 2 are common, and each of 12 has a rare one besides.
        file(&desk, entry, keyed(&format!("https://bao.example/{at}"), &[1, 2, 100 + at as u64 / 2], &[]))
            .await;
    }
    let own = [1, 2, 100, 101, 102, 103, 104, 105];
    let Vicinity { found, contest, up_to } = desk.store.vicinity(vec![], own.to_vec(), NOW).await.unwrap();
    assert_eq!(found.len(), 12);
    let common = Filing { judged_up_to: up_to, ..keyed("https://bao.example/14", &[1, 2], &[]) };
    file(&desk, &later[0], common).await;
    for (contest, overtaken) in [(Contest::default(), true), (contest, false)] {
        let filing = keyed("https://bao.example/15", &own, &[]);
        let kindred = Kindred { contest, ..filing.kindred };
        let filing = Filing { kindred, judged_up_to: up_to, ..filing };
        let filed = desk.store.commit_ingest(&later[1], filing).await.unwrap();
        assert_eq!(filed == Ingested::Overtaken, overtaken, "{filed:?}");
    }
}
