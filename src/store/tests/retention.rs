//! What is forgotten, and what is not.

use super::*;

const DAY: Duration = Duration::from_hours(24);

fn bygone(now: Timestamp) -> Bygone {
    Bygone { articles: now, deliveries: now }
}

async fn forget_all(desk: &Desk, bygone: Bygone) -> usize {
    let mut forgotten = 0;
    loop {
        match desk.store.forget_some(bygone, 2).await.unwrap() {
            0 => break,
            some => forgotten += some,
        }
    }
    desk.store.forget_bands().await.unwrap();
    forgotten
}

#[tokio::test]
async fn old_articles_go_with_all_that_belongs_to_them_and_their_keys_stay() {
    let desk = Desk::open();
    let source = desk.watch(&["bao"]).await[0];
    let entries = desk.list("bao", &["a", "b", "c", "d", "e"]).await;
    for (number, entry) in entries[..4].iter().enumerate() {
        let url = format!("https://bao.example/{}", entry.entry.key.as_str());
        let text = format!("chung {url}");
        let filing = Filing {
            bands: vec![7 << 32, (number as u64 + 8) << 32],
            if_new: alerts(&[("Chip", "mail:a@example.org")]),
            at: NOW.plus(DAY * number as u32),
            ..filing(&url, &text)
        };
        desk.file(entry, filing).await;
    }
    forget_all(&desk, Bygone { articles: NOW.plus(DAY * 2), deliveries: NOW }).await;
    let found = desk.store.search(words("chung"), i64::MAX, 9).await.unwrap();
    let mut titles = Vec::new();
    for found in found {
        titles.push(desk.store.article(found.id).await.unwrap().unwrap().article.title);
    }
    assert_eq!(titles, ["Tiêu đề https://bao.example/d", "Tiêu đề https://bao.example/c"]);
    assert!(desk.store.article_by_url("https://bao.example/a".to_owned()).await.unwrap().is_none());
    assert!(desk.store.article_by_url("https://bao.example/c".to_owned()).await.unwrap().is_some());
    let copy = Filing { bands: vec![7 << 32], ..filing("https://bao.example/e", "e") };
    let (_, nearby) = desk.file_seeing(&entries[4], copy).await;
    assert_eq!(nearby.len(), 2);
    assert_eq!(desk.store.counts().await.unwrap().alerts, 2);
    let keys: Vec<String> = ["a", "d", "x"].map(str::to_owned).to_vec();
    let known = desk.store.known_keys(source, keys).await.unwrap();
    assert!(known.contains("a") && known.contains("d") && !known.contains("x"), "{known:?}");
    // A feed that lists it still brings nothing.
    let later = NOW.plus(DAY * 9);
    let claimed = desk.claim_sources(later, 9).await;
    let result = PollResult { entries: vec![new_entry("a")], ..answered(later) };
    assert!(desk.store.commit_poll(&claimed[0], result).await.unwrap());
    assert!(desk.claim_entries(later).await.is_empty());
}

#[tokio::test]
async fn what_waits_is_not_forgotten() {
    let desk = Desk::open();
    let source = desk.watch(&["bao"]).await[0];
    let entries = desk.list("bao", &["a", "b", "c"]).await;
    let digest = Causes { alerts: vec![], digests: vec![addressed("Sáng", "mail:a@example.org")] };
    desk.file(&entries[0], Filing { if_new: digest, ..filing("https://bao.example/a", "một") }).await;
    desk.file(&entries[1], filing("https://bao.example/b", "hai")).await;
    let far = NOW.plus(DAY * 900);
    forget_all(&desk, bygone(far)).await;
    let stored = |key: &str| desk.store.article_by_url(format!("https://bao.example/{key}"));
    assert!(stored("a").await.unwrap().is_some(), "a digest is still to tell of it");
    assert!(stored("b").await.unwrap().is_some(), "the last one stays");
    let waiting = desk.claim_entries(far).await;
    assert_eq!(waiting.len(), 1, "the third is still to be fetched");
    assert!(desk.store.known_keys(source, vec!["c".to_owned()]).await.unwrap().contains("c"));
}

#[tokio::test]
async fn messages_go_but_those_given_up_and_the_last_that_arrived() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c"]).await;
    let fates = [Fate::Sent, Fate::Sent, Fate::Dead { why: "không".to_owned() }];
    for ((entry, fate), second) in entries.iter().zip(fates).zip(0..) {
        let url = format!("https://bao.example/{}", entry.entry.key.as_str());
        let causes = alerts(&[("Chip", "mail:a@example.org")]);
        desk.file(entry, Filing { if_new: causes, ..filing(&url, &url) }).await;
        let claimed = desk.claim_deliveries(NOW).await;
        let at = NOW.plus(Duration::from_secs(second));
        desk.store.finish_attempt(&claimed[0], fate, vec![], at).await.unwrap();
    }
    let kept = Bygone { articles: NOW, deliveries: NOW.plus(DAY) };
    assert_eq!(forget_all(&desk, kept).await, 1);
    let mut states: Vec<_> = desk
        .store
        .outbox(Finished::Shown)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.state.to_string())
        .collect();
    // All were queued at one moment.
    states.sort();
    assert_eq!(states, ["dead", "sent", "sent"]);
    // What was told is not told again, however long ago that was; only the words of the message are gone.
    assert_eq!(desk.store.counts().await.unwrap().alerts, 3);
    assert_eq!(forget_all(&desk, kept).await, 0);
    forget_all(&desk, Bygone { articles: NOW.plus(DAY), ..kept }).await;
    assert_eq!(desk.store.counts().await.unwrap().alerts, 1, "causes go with their articles");
    assert_eq!(desk.store.outbox(Finished::Shown).await.unwrap().len(), 2);
}
