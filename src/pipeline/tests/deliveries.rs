//! A message reaches its recipient, however long that one is away.

use super::*;

#[tokio::test]
async fn a_webhook_that_is_down_gets_the_same_message_later() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/hook", 500, "");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    desk.pass(MINUTE);
    desk.flush_due().await;
    desk.put("/hook", 204, "");
    desk.pass(Duration::from_hours(1));
    desk.flush_due().await;
    desk.pass(Duration::from_hours(48));
    assert!(desk.flush_due().await.is_empty());
    let attempts = desk.hooked();
    assert_eq!(attempts.len(), 3);
    assert!(attempts.iter().all(|attempt| *attempt == attempts[0]), "identity and content stay the same");
}

#[tokio::test]
async fn a_webhook_that_is_gone_becomes_a_dead_letter_and_is_told_by_mail() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/hook", 410, "");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    desk.flush_due().await;
    let notices = desk.mails().into_iter().filter(|mail| mail.contains("To: ops@example.org")).count();
    assert_eq!(notices, 1);
    let rows = desk.context.store.outbox(crate::store::Finished::Hidden).await.unwrap();
    assert_eq!(rows.len(), 1, "the message is kept");
}

#[tokio::test]
async fn a_recipient_that_stays_dead_is_told_of_once() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/hook", 410, "");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới"), ("/b", "Huawei mở nhà máy thứ hai")]);
    desk.round().await;
    desk.flush_due().await;
    assert_eq!(desk.mails().into_iter().filter(|mail| mail.contains("To: ops@example.org")).count(), 1);
    let dead = desk.context.store.outbox(crate::store::Finished::Hidden).await.unwrap();
    assert_eq!(dead.len(), 2, "each message is kept");
}

#[tokio::test]
async fn a_disk_that_fills_is_told_once_and_once_when_it_has_room_again() {
    let mut desk = Desk::open(&[]).await;
    let mut told = Vec::new();
    for free in [9_000, 150, 140, 250, 190, 9_000, 9_000, 100] {
        let space = DiskSpace { free: free * 1_000_000, total: 2_000_000_000 };
        told.push(disk::tell_of_disk(&desk.context, space).await.unwrap());
        // A restart in between is no reason to tell it again.
        desk.context.store = Store::open(desk.folder.path()).unwrap();
    }
    assert_eq!(told, [false, true, false, false, false, true, false, true]);
    desk.flush_due().await;
    let mails = desk.mails();
    let subjects: Vec<&str> =
        mails.iter().filter_map(|mail| mail.lines().find(|line| line.starts_with("Subject: "))).collect();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
    let space = desk.context.store.disk_space().await.unwrap();
    assert!(space.total >= space.free && space.total > 0, "{space:?}");
}
