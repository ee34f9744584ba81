//! Sources and entries: what is due, who has it, and what survives.

use super::*;

#[tokio::test]
async fn a_source_that_is_taken_is_not_taken_twice() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    assert_eq!(desk.claim_sources(NOW, 2).await.len(), 2);
    assert!(desk.claim_sources(NOW, 2).await.is_empty());
}

#[tokio::test]
async fn a_lease_that_ran_out_is_taken_over_and_the_first_holder_is_fenced_off() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let first = desk.claim_sources(NOW, 1).await.remove(0);
    let later = NOW.plus(Duration::from_secs(61));
    let second = desk.claim_sources(later, 1).await.remove(0);
    assert!(!desk.store.commit_poll(&first, answered(later)).await.unwrap());
    assert!(desk.store.commit_poll(&second, answered(later)).await.unwrap());
}

#[tokio::test]
async fn the_leases_of_a_daemon_that_is_gone_are_released_at_once() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let lost = desk.claim_sources(NOW, 1).await.remove(0);
    desk.store.release_daemon_leases().await.unwrap();
    assert_eq!(desk.claim_sources(NOW, 1).await.len(), 1);
    assert!(!desk.store.commit_poll(&lost, answered(NOW)).await.unwrap());
}

#[tokio::test]
async fn a_source_polled_by_a_clock_that_was_put_back_is_polled_again() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let tomorrow = NOW.plus(Duration::from_hours(24));
    let claimed = desk.claim_sources(tomorrow, 1).await.remove(0);
    assert!(desk.store.commit_poll(&claimed, answered(tomorrow)).await.unwrap());
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    assert!(desk.store.commit_poll(&claimed, answered(NOW)).await.unwrap());
    assert!(desk.claim_sources(NOW, 1).await.is_empty(), "now the clock is as before");
}

#[tokio::test]
async fn one_host_gets_no_more_than_its_slots() {
    let desk = Desk::open();
    let on_one_host =
        ["a", "b", "c"].map(|name| WatchedSource { host_key: "same".to_owned(), ..watched(name, name) });
    desk.store.watch_sources(on_one_host.to_vec(), Holder::Daemon, NOW).await.unwrap();
    assert_eq!(desk.claim_sources(NOW, 2).await.len(), 2);
    let busy = HostSlots { per_host: 2, busy: [("same".to_owned(), 2)].into() };
    assert!(desk.store.claim_due_sources(lease(NOW), 9, busy, |_| true).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_poll_commits_validators_and_entries_together_and_they_survive_a_restart() {
    let desk = Desk::open();
    let id = desk.watch(&["bao"]).await[0];
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    let answer = Some((Some("\"tag\"".to_owned()), None, [7; 32]));
    let result = PollResult { answer, entries: vec![new_entry("x"), new_entry("y")], ..answered(NOW) };
    desk.store.commit_poll(&claimed, result).await.unwrap();
    let Desk { store, folder } = desk;
    drop(store);

    let reopened = Desk { store: Store::open(folder.path()).unwrap(), folder };
    let known = reopened.store.known_keys(id, vec!["x".to_owned(), "z".to_owned()]).await.unwrap();
    assert_eq!(known, ["x".to_owned()].into());
    assert_eq!(reopened.claim_entries(NOW).await.len(), 2);
    let due = NOW.plus(Duration::from_mins(15));
    let next = reopened.claim_sources(due, 1).await.remove(0);
    assert_eq!(
        (next.etag.as_deref(), next.body_hash, next.answered_before),
        (Some("\"tag\""), Some([7; 32]), true)
    );
}

#[tokio::test]
async fn a_new_address_forgets_the_validators_of_the_old_one() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    let answer = Some((Some("\"tag\"".to_owned()), None, [7; 32]));
    desk.store.commit_poll(&claimed, PollResult { answer, ..answered(NOW) }).await.unwrap();
    desk.store
        .watch_sources(vec![watched("bao", "https://elsewhere.example/rss")], Holder::Daemon, NOW)
        .await
        .unwrap();
    let moved = desk.claim_sources(NOW, 1).await.remove(0);
    assert_eq!((moved.etag, moved.body_hash), (None, None));
}

#[tokio::test]
async fn a_poll_of_an_old_address_that_ends_after_the_change_changes_nothing() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let under_way = desk.claim_sources(NOW, 1).await.remove(0);
    desk.store
        .watch_sources(vec![watched("bao", "https://elsewhere.example/rss")], Holder::Daemon, NOW)
        .await
        .unwrap();
    assert!(!desk.store.commit_poll(&under_way, answered(NOW)).await.unwrap());
    assert_eq!(desk.claim_sources(NOW, 1).await.len(), 1, "the new address is polled at once");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_keeps_no_other_waiting() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    desk.list("bao", &["x", "y"]).await;
    let later = NOW.plus(Duration::from_mins(2));
    desk.store.alter("UPDATE pending SET entry = '{}' WHERE key = 'x'").await;
    let claimed = desk.claim_entries(later).await;
    assert_eq!(claimed.iter().map(|entry| entry.entry.key.as_str()).collect::<Vec<_>>(), ["y"]);
    let to = |address: &str| Recipient::Mail(address.to_owned());
    let notice = crate::model::Notice { subject: "x".to_owned(), text: String::new() };
    let notices = vec![(to("a@example.org"), notice.clone()), (to("b@example.org"), notice)];
    desk.store.notify(notices, NOW).await.unwrap();
    desk.store.alter("UPDATE delivery SET message = '{}' WHERE recipient = 'mail:a@example.org'").await;
    let claimed = desk.claim_deliveries(NOW).await;
    assert_eq!(
        claimed.iter().map(|sent| &sent.delivery.recipient).collect::<Vec<_>>(),
        [&to("b@example.org")]
    );
}

#[tokio::test]
async fn a_source_taken_out_of_the_file_is_not_polled_and_keeps_its_history() {
    let desk = Desk::open();
    let id = desk.watch(&["bao"]).await[0];
    desk.list("bao", &["x"]).await;
    desk.watch(&["other"]).await;
    let names: Vec<String> =
        desk.claim_sources(NOW.plus(Duration::from_hours(1)), 9).await.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["other"]);
    assert_eq!(desk.watch(&["bao"]).await[0], id);
    assert_eq!(desk.store.known_keys(id, vec!["x".to_owned()]).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_entry_whose_article_cannot_be_had_waits_for_its_time() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let claimed = desk.list("bao", &["x"]).await.remove(0);
    let later = NOW.plus(Duration::from_secs(30));
    desk.store.put_back_entry(&claimed, later, "the server is busy".to_owned()).await.unwrap();
    assert!(desk.claim_entries(NOW).await.is_empty());
    assert_eq!(desk.store.next_entry_due().await.unwrap(), Some(later));
    assert_eq!(desk.claim_entries(later).await.remove(0).attempts, 1);
}

#[tokio::test]
async fn held_entries_are_recorded_and_never_queued() {
    let desk = Desk::open();
    let id = desk.watch(&["bao"]).await[0];
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    let old = NewEntry { held: Some(crate::model::HeldBack::Backfill), ..new_entry("old") };
    desk.store.commit_poll(&claimed, PollResult { entries: vec![old], ..answered(NOW) }).await.unwrap();
    assert!(desk.claim_entries(NOW).await.is_empty());
    assert_eq!(desk.store.known_keys(id, vec!["old".to_owned()]).await.unwrap().len(), 1);
    assert_eq!(desk.store.counts().await.unwrap().held, [("backfill".to_owned(), 1)]);
}

#[tokio::test]
async fn a_command_with_a_file_of_its_own_leaves_the_daemons_sources_alone() {
    let desk = Desk::open();
    desk.watch(&["daemons"]).await;
    let own = vec![watched("own", "https://own.example/rss")];
    desk.store.watch_sources(own, Holder::Command, NOW).await.unwrap();
    let of_command =
        desk.store.claim_due_sources(lease(NOW), 9, slots(9), |name| name == "own").await.unwrap();
    assert_eq!(of_command.len(), 1);
    assert_eq!(desk.claim_sources(NOW, 9).await.remove(0).name, "daemons");
}

/// How many pages the database may have: as a full disk, but only for this one.
async fn bound_pages(store: &Store, pages: i64) {
    store
        .write(move |connection| {
            // Answers with the bound in force, which is never below the present size.
            connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_row| Ok(()))?;
            Ok(())
        })
        .await
        .unwrap();
}

fn many_entries() -> PollResult {
    PollResult { entries: (0..2_000).map(|n| new_entry(&format!("entry {n}"))).collect(), ..answered(NOW) }
}

#[tokio::test]
async fn what_a_daemon_fetched_waits_for_space_and_is_written_as_soon_as_there_is_some() {
    let mut desk = Desk::open();
    desk.store.patience = Patience::of_test(Duration::from_millis(5));
    desk.watch(&["a"]).await;
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    bound_pages(&desk.store, 1).await;
    let store = desk.store.clone();
    let poll = tokio::spawn(async move { store.commit_poll(&claimed, many_entries()).await });
    while desk.store.beat(NOW).await != Err(StoreError::Waiting) {
        assert!(!poll.is_finished(), "the disk is full");
    }
    bound_pages(&desk.store, 1_000_000).await;
    assert_eq!(poll.await.unwrap(), Ok(true));
    assert_eq!(desk.store.beat(NOW).await, Ok(()));
    let known = desk.store.source_rows().await.unwrap().remove(0).entries;
    assert_eq!(known, 2_000);
}

#[tokio::test]
async fn a_command_says_at_once_that_the_disk_is_full() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    bound_pages(&desk.store, 1).await;
    assert_eq!(desk.store.commit_poll(&claimed, many_entries()).await, Err(StoreError::Full));
}
