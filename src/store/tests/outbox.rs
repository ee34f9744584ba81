//! The outbox: nothing is lost, nothing is sent twice on purpose, and everything stays visible.

use super::*;
use crate::model::{DeliveryState, Notice};

fn notice(subject: &str) -> Notice {
    Notice { subject: subject.to_owned(), text: String::new() }
}

async fn queue(desk: &Desk, recipient: &str) -> ClaimedDelivery {
    let to = Recipient::parse(recipient).unwrap();
    desk.store.notify(vec![(to, notice("x"))], NOW).await.unwrap();
    desk.claim_deliveries(NOW).await.remove(0)
}

#[tokio::test]
async fn a_message_keeps_its_identity_over_every_attempt() {
    let desk = Desk::open();
    let first = queue(&desk, "mail:a@example.org").await;
    let later = NOW.plus(Duration::from_secs(5));
    let fate = Fate::Retry { at: later, why: "451".to_owned() };
    assert!(desk.store.finish_attempt(&first, fate, vec![], NOW).await.unwrap());
    assert!(desk.claim_deliveries(NOW).await.is_empty());
    let second = desk.claim_deliveries(later).await.remove(0);
    assert_eq!((second.delivery.id, second.delivery.attempts), (first.delivery.id, 1));
    assert!(desk.store.finish_attempt(&second, Fate::Sent, vec![], later).await.unwrap());
    assert!(desk.store.outbox(Finished::Hidden).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_crash_between_sending_and_marking_repeats_the_same_message() {
    let desk = Desk::open();
    let sent_unmarked = queue(&desk, "webhook:ops").await;
    desk.store.release_leases(Holder::Daemon).await.unwrap();
    let again = desk.claim_deliveries(NOW).await.remove(0);
    assert_eq!(again.delivery, sent_unmarked.delivery);
}

#[tokio::test]
async fn a_restart_tries_what_waits_at_once_without_using_up_an_attempt() {
    let desk = Desk::open();
    let first = queue(&desk, "webhook:ops").await;
    let fate = Fate::Retry { at: NOW.plus(Duration::from_hours(5)), why: "503".to_owned() };
    desk.store.finish_attempt(&first, fate, vec![], NOW).await.unwrap();
    assert_eq!(desk.store.retry_waiting(NOW).await.unwrap(), 1);
    assert_eq!(desk.claim_deliveries(NOW).await.remove(0).delivery.attempts, 0);
}

#[tokio::test]
async fn the_first_that_gets_through_wakes_those_that_failed_meanwhile_and_no_others() {
    let at = |minutes| NOW.plus(Duration::from_mins(minutes));
    for (others, woken) in [("webhook:ops", true), ("webhook:other", false), ("mail:a@example.org", false)] {
        let desk = Desk::open();
        let failed = queue(&desk, "webhook:ops").await;
        let fate = Fate::Retry { at: at(300), why: "503".to_owned() };
        desk.store.finish_attempt(&failed, fate, vec![], NOW).await.unwrap();
        let through = queue(&desk, others).await;
        desk.store.finish_attempt(&through, Fate::Sent, vec![], at(1)).await.unwrap();
        assert_eq!(desk.claim_deliveries(at(1)).await.len(), usize::from(woken), "{others}");
    }
    // One that was held back before others got through, and failed after that.
    let desk = Desk::open();
    let held = queue(&desk, "webhook:ops").await;
    let through = queue(&desk, "webhook:ops").await;
    desk.store.finish_attempt(&through, Fate::Sent, vec![], at(1)).await.unwrap();
    let fate = Fate::Retry { at: at(300), why: "503".to_owned() };
    desk.store.finish_attempt(&held, fate, vec![], at(2)).await.unwrap();
    let through = queue(&desk, "webhook:ops").await;
    desk.store.finish_attempt(&through, Fate::Sent, vec![], at(3)).await.unwrap();
    assert_eq!(desk.claim_deliveries(at(3)).await.len(), 1);
    let desk = Desk::open();
    let failed = queue(&desk, "mail:full@example.org").await;
    let later = |until| Fate::Retry { at: at(until), why: "452 mailbox full".to_owned() };
    desk.store.finish_attempt(&failed, later(300), vec![], NOW).await.unwrap();
    let through = queue(&desk, "mail:a@example.org").await;
    desk.store.finish_attempt(&through, Fate::Sent, vec![], at(1)).await.unwrap();
    let again = desk.claim_deliveries(at(1)).await.remove(0);
    assert_eq!(
        again.delivery.attempts, 0,
        "it may have been the server: it is tried, and that does not count"
    );
    desk.store.finish_attempt(&again, later(301), vec![], at(1)).await.unwrap();
    let through = queue(&desk, "mail:a@example.org").await;
    desk.store.finish_attempt(&through, Fate::Sent, vec![], at(2)).await.unwrap();
    assert!(desk.claim_deliveries(at(2)).await.is_empty(), "it has a fault of its own");
}

#[tokio::test]
async fn a_dead_letter_stays_until_it_is_retried_or_dropped() {
    let desk = Desk::open();
    let claimed = queue(&desk, "webhook:ops").await;
    let told = vec![(Recipient::Mail("ops@example.org".to_owned()), notice("ops is dead"))];
    desk.store
        .finish_attempt(
            &claimed,
            Fate::Dead { why: "410".to_owned() },
            told,
            NOW.plus(Duration::from_secs(1)),
        )
        .await
        .unwrap();
    let rows = desk.store.outbox(Finished::Hidden).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.state).collect::<Vec<_>>(),
        [DeliveryState::Dead, DeliveryState::Queued]
    );

    let id = claimed.delivery.id;
    assert!(desk.store.retry_delivery(id, NOW).await.unwrap());
    let retried =
        desk.claim_deliveries(NOW).await.into_iter().find(|claimed| claimed.delivery.id == id).unwrap();
    assert_eq!(retried.delivery.attempts, 0);
    assert!(desk.store.drop_delivery(id, NOW).await.unwrap());
    assert!(!desk.store.finish_attempt(&retried, Fate::Sent, vec![], NOW).await.unwrap());
}

#[tokio::test]
async fn a_message_is_found_by_the_beginning_of_its_identity() {
    let desk = Desk::open();
    let id = queue(&desk, "mail:a@example.org").await.delivery.id;
    let prefix = id.to_string().chars().take(20).collect();
    assert_eq!(desk.store.find_deliveries(prefix).await.unwrap()[0].delivery.id, id);
    assert!(desk.store.find_deliveries("ffff".to_owned()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_copy_holds_what_the_live_database_holds() {
    let desk = Desk::open();
    queue(&desk, "mail:a@example.org").await;
    let copy = desk.folder.path().join("copy.db");
    desk.store.backup(copy.clone()).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(restore(&copy, elsewhere.path()).unwrap(), None);
    let restored = Store::open(elsewhere.path()).unwrap();
    assert_eq!(restored.outbox(Finished::Hidden).await.unwrap().len(), 1);
    drop(restored);
    let kept = restore(&copy, elsewhere.path()).unwrap();
    assert!(kept.unwrap().exists());
}

/// A database of a schema that no version knows yet.
async fn of_a_newer_version(desk: &Desk) -> std::path::PathBuf {
    let copy = desk.folder.path().join("newer.db");
    desk.store.backup(copy.clone()).await.unwrap();
    rusqlite::Connection::open(&copy).unwrap().pragma_update(None, "user_version", 99).unwrap();
    copy
}

#[tokio::test]
async fn what_cannot_be_restored_is_named_with_its_fault_and_changes_nothing() {
    let desk = Desk::open();
    queue(&desk, "mail:a@example.org").await;
    let folder = desk.folder.path();
    let words = folder.join("notes.txt");
    std::fs::write(&words, "only words ".repeat(500)).unwrap();
    let foreign = folder.join("foreign.db");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    let cases = [
        (folder.join("missing.db"), "No such file"),
        (folder.to_owned(), "not a file"),
        (words, "cannot be read as a database"),
        (foreign, "not a diemtin database"),
        (of_a_newer_version(&desk).await, "a newer diemtin wrote it (schema 99)"),
    ];
    for (file, fault) in cases {
        let refusal = restore(&file, folder).unwrap_err().to_string();
        assert!(refusal.contains(fault) && refusal.contains("Nothing was changed"), "{refusal}");
        let named = file.display().to_string();
        assert!(refusal.starts_with(&named), "{refusal}");
    }
    assert_eq!(desk.store.outbox(Finished::Hidden).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_one_restore_kept_is_not_lost_to_the_next() {
    let desk = Desk::open();
    let copy = desk.folder.path().join("copy.db");
    desk.store.backup(copy.clone()).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    restore(&copy, elsewhere.path()).unwrap();
    let first = restore(&copy, elsewhere.path()).unwrap().unwrap();
    let second = restore(&copy, elsewhere.path()).unwrap().unwrap();
    assert!(first != second && first.exists() && second.exists());
}

#[tokio::test]
async fn a_copy_replaces_an_earlier_copy_and_nothing_else() {
    let desk = Desk::open();
    queue(&desk, "mail:a@example.org").await;
    let folder = desk.folder.path();
    let copy = folder.join("copy.db");
    desk.store.backup(copy.clone()).await.unwrap();
    desk.store.backup(copy).await.unwrap();
    let words = folder.join("sources.toml");
    std::fs::write(&words, "# mine").unwrap();
    for (target, objection) in
        [(folder.join("diemtin.db"), "is the database itself"), (words.clone(), "exists")]
    {
        let refusal = desk.store.backup(target).await.unwrap_err().to_string();
        assert!(refusal.contains(objection), "{refusal}");
    }
    assert_eq!(std::fs::read_to_string(words).unwrap(), "# mine");
}

#[tokio::test]
async fn a_message_whose_next_attempt_is_not_due_is_counted_as_waiting() {
    let desk = Desk::open();
    assert_eq!(desk.store.waiting_deliveries().await.unwrap(), 0);
    let claimed = queue(&desk, "mail:a@example.org").await;
    let at = NOW.plus(Duration::from_hours(1));
    let fate = Fate::Retry { at, why: "the server is away".to_owned() };
    assert!(desk.store.finish_attempt(&claimed, fate, vec![], NOW).await.unwrap());
    assert_eq!(desk.store.waiting_deliveries().await.unwrap(), 1);
}
