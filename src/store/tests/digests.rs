//! Digest periods: each item in exactly one message per recipient.

use super::*;
use crate::model::Message;

const DESK: &str = "mail:desk@example.org";

async fn window(desk: &Desk, now: Timestamp) -> DigestWindow {
    desk.store.digest_windows(vec![addressed("Sáng", DESK)], now).await.unwrap().remove(0)
}

async fn file(desk: &Desk, entry: &ClaimedEntry, url: &str) {
    let causes = Causes { alerts: vec![], digests: vec![addressed("Sáng", DESK)] };
    desk.store.commit_ingest(entry, Filing { if_new: causes, ..filing(url, url) }).await.unwrap();
}

/// Every period is sent, with the number of its items as `omitted`.
fn counting() -> Compose {
    Box::new(|items| {
        Some(Message::Digest {
            name: "Sáng".to_owned(),
            from: NOW,
            until: NOW,
            omitted: items.len(),
            items,
            source_problems: vec![],
            trends: vec![],
        })
    })
}

async fn counts_sent(desk: &Desk) -> Vec<usize> {
    let claimed = desk.claim_deliveries(NOW.plus(Duration::from_hours(99))).await;
    let count = |claimed: ClaimedDelivery| match claimed.delivery.message {
        Message::Digest { omitted, .. } => omitted,
        other => panic!("{other:?}"),
    };
    claimed.into_iter().map(count).collect()
}

#[tokio::test]
async fn an_item_stands_in_the_digest_of_its_period_and_in_no_other() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["x", "y"]).await;
    let first = window(&desk, NOW).await;
    file(&desk, &entries[0], "https://bao.example/x").await;
    let eight = NOW.plus(Duration::from_hours(8));
    assert!(desk.store.close_digest(first.clone(), eight, eight, counting()).await.unwrap());
    file(&desk, &entries[1], "https://bao.example/y").await;
    let second = window(&desk, eight).await;
    assert_eq!(second.opened_at, eight);
    let nine = NOW.plus(Duration::from_hours(9));
    assert!(desk.store.close_digest(second, nine, nine, counting()).await.unwrap());
    assert_eq!(counts_sent(&desk).await, [1, 1]);
}

#[tokio::test]
async fn a_period_ends_once_whoever_notices_it() {
    let desk = Desk::open();
    let open = window(&desk, NOW).await;
    let eight = NOW.plus(Duration::from_hours(8));
    assert!(desk.store.close_digest(open.clone(), eight, eight, counting()).await.unwrap());
    assert!(!desk.store.close_digest(open, eight, eight, counting()).await.unwrap());
    assert_eq!(counts_sent(&desk).await, [0]);
}

#[tokio::test]
async fn a_period_that_is_not_told_still_ends() {
    let desk = Desk::open();
    let open = window(&desk, NOW).await;
    let eight = NOW.plus(Duration::from_hours(8));
    assert!(desk.store.close_digest(open, eight, eight, Box::new(|_| None)).await.unwrap());
    assert_eq!(window(&desk, eight).await.opened_at, eight);
    assert!(counts_sent(&desk).await.is_empty());
}

#[tokio::test]
async fn a_new_recipient_starts_from_now() {
    let desk = Desk::open();
    assert_eq!(window(&desk, NOW).await.opened_at, NOW);
    let later = NOW.plus(Duration::from_hours(1));
    assert_eq!(window(&desk, later).await.opened_at, NOW, "a period that runs keeps its beginning");
}
