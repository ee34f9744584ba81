//! A message reaches its recipient, however long that one is away.

use super::*;
use crate::model::{Notice, WebhookFormat, WebhookKind};

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
async fn a_webhook_that_is_gone_is_told_by_mail_and_called_no_more() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/hook", 410, "");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    desk.flush_due().await;
    let notices = desk.mails().into_iter().filter(|mail| mail.contains("To: ops@example.org")).count();
    assert_eq!(notices, 1);
    let rows = desk.context.store.outbox(crate::store::Finished::Hidden).await.unwrap();
    assert_eq!(rows.len(), 1, "the message is kept");
    let calls = desk.hooked().len();
    desk.publish("/rss", &[("/second", "Huawei mở nhà máy thứ hai")]);
    desk.pass(Duration::from_hours(2));
    desk.round().await;
    desk.pass(Duration::from_hours(200));
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), calls);

    desk.put("/hook", 204, "");
    let ops = Recipient::Webhook("ops".to_owned());
    assert!(desk.context.store.wake_target(ops, desk.now()).await.unwrap());
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), calls + 2, "what waited arrives");
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
async fn who_is_sent_too_much_is_left_alone_by_all_messages_and_loses_none() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/hook", 429, "120");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới"), ("/b", "Huawei mở nhà máy thứ hai")]);
    desk.poll_due().await;
    desk.ingest_due().await;
    let slots = HostSlots { per_host: 99, ..HostSlots::default() };
    let claimed = desk.context.store.claim_deliveries(desk.lease(), 99, slots).await.unwrap().tasks;
    let first = claimed.iter().find(|task| matches!(task.delivery.recipient, Recipient::Webhook(_))).unwrap();
    flush(&desk.context, first).await.unwrap();
    desk.context.store.release_leases(Holder::Daemon).await.unwrap();
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1, "the second message does not even try");
    desk.put("/hook", 204, "");
    desk.pass(Duration::from_secs(121));
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 3);
}

#[tokio::test]
async fn who_always_answers_too_fast_is_asked_ever_more_rarely() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/hook", 429, "0");
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    for _ in 0..10 * 60 {
        desk.pass(MINUTE);
        desk.flush_due().await;
    }
    let calls = desk.hooked().len();
    assert!((10..40).contains(&calls), "{calls} calls in ten hours");
    desk.put("/hook", 204, "");
    desk.pass(Duration::from_hours(7));
    assert_eq!(desk.flush_due().await, [Flushed::Sent]);
    // It is trusted again: its next wish is taken at its word.
    desk.put("/hook", 429, "2");
    desk.publish("/rss", &[("/second", "Huawei mở nhà máy thứ hai")]);
    desk.pass(Duration::from_hours(1));
    desk.round().await;
    desk.put("/hook", 204, "");
    desk.pass(Duration::from_secs(3));
    assert_eq!(desk.flush_due().await, [Flushed::Sent]);
}

#[tokio::test]
async fn a_day_without_a_webhook_loses_nothing_and_ends_with_the_first_message_that_gets_through() {
    let desk = Desk::open(&[]).await;
    desk.put("/hook", 503, "");
    let tell = async |number: usize| {
        let notice = Notice { subject: format!("tin số {number}"), text: String::new() };
        desk.context
            .store
            .notify(vec![(Recipient::Webhook("ops".to_owned()), notice)], desk.now())
            .await
            .unwrap();
        desk.flush_due().await;
    };
    for hour in 0..24 {
        tell(hour).await;
        desk.pass(Duration::from_hours(1));
    }
    assert_eq!(desk.context.store.waiting_deliveries().await.unwrap(), 24);
    desk.put("/hook", 204, "");
    let before = desk.hooked().len();
    tell(24).await;
    assert_eq!(desk.hooked().len() - before, 25, "nothing waits for the rest of its schedule");
    assert_eq!(desk.context.store.waiting_deliveries().await.unwrap(), 0);
}

/// A plan in which the webhook belongs to Discord, and mails can be left.
fn talk_to_discord(desk: &mut Desk) {
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    let format = WebhookFormat { kind: WebhookKind::Discord, ..WebhookFormat::default() };
    plan.webhooks.insert("ops".to_owned(), format);
    plan.unsubscribe = Some(Unsubscribe::new("https://tin.example".parse().unwrap(), [7; 32]));
}

#[tokio::test]
async fn requests_that_were_taken_are_not_repeated() {
    let mut desk = Desk::open(&[]).await;
    talk_to_discord(&mut desk);
    let text = (1..=2_000).map(|number| format!("dòng {number}")).collect::<Vec<_>>().join("\n");
    let notice = Notice { subject: "dài".to_owned(), text };
    let ops = Recipient::Webhook("ops".to_owned());
    desk.context.store.notify(vec![(ops, notice)], desk.now()).await.unwrap();
    let posts = |desk: &Desk| {
        let seen = desk.site.seen().into_iter().filter(|seen| seen.path == "/hook");
        seen.map(|seen| String::from_utf8(seen.body).unwrap()).collect::<Vec<_>>()
    };
    desk.put("/hook", 204, "");
    let claimed = {
        let slots = HostSlots { per_host: 9, ..HostSlots::default() };
        desk.context.store.claim_deliveries(desk.lease(), 9, slots).await.unwrap().tasks
    };
    let progress = crate::store::Progress { sent: 1, of: 2 };
    desk.context.store.note_progress(&claimed[0], progress).await.unwrap();
    desk.context.store.release_leases(Holder::Daemon).await.unwrap();
    assert_eq!(desk.flush_due().await, [Flushed::Sent]);
    let sent = posts(&desk);
    assert_eq!(sent.len(), 1, "only the second of two: {sent:?}");
    assert!(sent[0].contains("2/2"), "{sent:?}");
}

#[tokio::test]
async fn who_left_a_list_gets_nothing_of_it_any_more() {
    let mut desk = Desk::open(&["/rss"]).await;
    talk_to_discord(&mut desk);
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    let mail = desk.mails().remove(0);
    let link = mail.split("List-Unsubscribe: <").nth(1).unwrap().split('>').next().unwrap();
    let token = link.strip_prefix("https://tin.example/unsubscribe?t=").unwrap();
    let (address, list) = read_unsubscribe(&[7; 32], token).unwrap();
    assert_eq!((address.as_str(), list.as_str()), ("desk@example.org", "alert:Chips"));
    desk.context.store.unsubscribe(address.clone(), list, desk.now()).await.unwrap();
    desk.publish("/rss", &[("/second", "Huawei mở nhà máy thứ hai")]);
    desk.pass(Duration::from_hours(2));
    desk.round().await;
    assert_eq!(desk.mails().len(), 1);
    desk.context.store.resubscribe(address).await.unwrap();
    desk.publish("/rss", &[("/the-third", "Huawei tuyển một nghìn kỹ sư")]);
    desk.pass(Duration::from_hours(2));
    desk.round().await;
    assert_eq!(desk.mails().len(), 2);
}

#[tokio::test]
async fn a_mail_of_several_lists_offers_each_of_them_until_all_are_left() {
    let mut desk = Desk::open(&["/rss"]).await;
    talk_to_discord(&mut desk);
    let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
    plan.alerts.push(InstantAlert { name: "Hãng".to_owned(), ..plan.alerts[0].clone() });
    let mut offered = Vec::new();
    for (path, text) in [
        ("/a", "Huawei ra mắt chip mới"),
        ("/second", "Huawei mở nhà máy thứ hai"),
        ("/the-third", "Huawei tuyển một nghìn kỹ sư"),
    ] {
        let sent = desk.mails();
        desk.publish("/rss", &[(path, text)]);
        desk.round().await;
        for mail in desk.mails().iter().filter(|mail| !sent.contains(mail)) {
            let link = mail.split("List-Unsubscribe: <").nth(1).unwrap().split('>').next().unwrap();
            let token = link.strip_prefix("https://tin.example/unsubscribe?t=").unwrap();
            let (address, list) = read_unsubscribe(&[7; 32], token).unwrap();
            desk.context.store.unsubscribe(address, list.clone(), desk.now()).await.unwrap();
            offered.push(list);
        }
        desk.pass(Duration::from_hours(2));
    }
    assert_eq!(offered, ["alert:Chips", "alert:Hãng"]);
}

#[tokio::test]
async fn copies_are_made_when_the_clock_asks_for_them_and_the_newest_stay() {
    let mut desk = Desk::open(&[]).await;
    let cron = Cron::parse("0 3 * * *", ZONE).unwrap();
    let backups = Some(Backups { cron, keep: 2 });
    desk.context.plan = Arc::new(Plan { backups, ..plan(&desk.site, &[]) });
    let folder = desk.folder.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("diemtin-20990101T000000Z.db"), "of a wrong clock").unwrap();
    let mut made = Vec::new();
    // At noon; the first is due at once, the next at 3:00. Of three nights without power one is made up for.
    for hours in [0, 1, 14, 1, 23, 3 * 24] {
        desk.pass(Duration::from_hours(hours));
        made.push(back_up_when_due(&desk.context).await.unwrap());
        std::fs::write(folder.join("diemtin-before.unfinished.db"), "interrupted").unwrap();
        std::fs::write(folder.join("notes.txt"), "someone's own").unwrap();
    }
    assert_eq!(made.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true, false, true, true]);
    let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let copies: BTreeSet<_> = files.filter(|file| made.contains(&Some(file.clone()))).collect();
    assert_eq!(copies, made.iter().skip(4).flatten().cloned().collect());
    assert!(folder.join("notes.txt").exists());
    let elsewhere = tempfile::tempdir().unwrap();
    crate::store::restore(copies.last().unwrap(), elsewhere.path()).unwrap();
    Store::open(elsewhere.path()).unwrap();
}

#[tokio::test]
async fn a_copy_that_fails_is_told_once_and_once_when_the_next_is_made() {
    let mut desk = Desk::open(&[]).await;
    let cron = Cron::parse("0 3 * * *", ZONE).unwrap();
    desk.context.plan = Arc::new(Plan { backups: Some(Backups { cron, keep: 2 }), ..plan(&desk.site, &[]) });
    let folder = desk.folder.path().join("backups");
    std::fs::write(&folder, "a file in its place").unwrap();
    for _ in 0..3 {
        back_up_when_due(&desk.context).await.unwrap_err();
    }
    desk.flush_due().await;
    assert_eq!(desk.mails().len(), 1);
    std::fs::remove_file(&folder).unwrap();
    assert!(back_up_when_due(&desk.context).await.unwrap().is_some());
    desk.flush_due().await;
    assert_eq!(desk.mails().len(), 2);
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

#[tokio::test]
async fn a_digest_is_written_in_its_own_language() {
    for (own, date) in [(None, "22 Nov 2026"), (Some(Language::Vi), "22/11/2026")] {
        let mut desk = Desk::open(&["/rss"]).await;
        let plan = Arc::get_mut(&mut desk.context.plan).unwrap();
        plan.languages.digests = own.map(|language| ("Sáng".to_owned(), language)).into_iter().collect();
        open_digest_periods(&desk.context).await.unwrap();
        desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
        desk.round().await;
        desk.pass(DAY);
        close_due_digests(&desk.context).await.unwrap();
        desk.flush_due().await;
        let mails = desk.mails();
        let mail = mails.iter().find(|mail| mail.contains("To: team@example.org")).unwrap();
        let subject = mail.lines().find(|line| line.starts_with("Subject: ")).unwrap();
        assert!(subject.ends_with(date), "{subject}");
    }
}
