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
    desk.store.release_leases(Holder::Daemon).await.unwrap();
    assert_eq!(desk.claim_sources(NOW, 1).await.len(), 1);
    assert!(!desk.store.commit_poll(&lost, answered(NOW)).await.unwrap());
}

#[tokio::test]
async fn a_source_is_given_a_new_time_unless_it_was_polled_or_asked_for_meanwhile() {
    let desk = Desk::open();
    desk.watch(&["a", "b", "c"]).await;
    let tomorrow = NOW.plus(Duration::from_hours(24));
    let claimed = desk.claim_sources(tomorrow, 1).await;
    for source in claimed {
        assert!(desk.store.commit_poll(&source, answered(tomorrow)).await.unwrap());
    }
    // Now the clock is put back by a day.
    let waiting = desk.store.waiting_sources(NOW).await.unwrap();
    assert_eq!(waiting.len(), 3);
    desk.store.make_due(vec!["b".to_owned()], NOW).await.unwrap();
    let soon = NOW.plus(Duration::from_secs(5));
    let replanned = waiting
        .iter()
        .map(|source| Replanned { id: source.id, planned: source.next_poll_at, next_poll_at: soon })
        .collect();
    desk.store.reschedule(replanned, NOW).await.unwrap();
    let rows = desk.store.source_rows().await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.next_poll_at).collect::<Vec<_>>(),
        [Some(soon), Some(NOW), Some(soon)]
    );
    assert_eq!(rows[0].last_polled_at, Some(NOW), "no poll lies in the future");
    desk.claim_sources(soon, 9).await;
    assert!(desk.store.waiting_sources(soon).await.unwrap().is_empty(), "all are being polled");
}

#[tokio::test]
async fn a_source_that_is_gone_waits_until_it_is_asked_for_or_has_a_new_address() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    let gone = PollResult { state: SourceState::Gone, next_poll_at: None, ..answered(NOW) };
    desk.store.commit_poll(&claimed, gone).await.unwrap();
    let in_years = NOW.plus(Duration::from_hours(24 * 3_000));
    desk.store.make_due(vec![], in_years).await.unwrap();
    assert!(desk.claim_sources(in_years, 1).await.is_empty());
    assert_eq!(desk.store.source_rows().await.unwrap()[0].next_poll_at, None);
    assert_eq!(desk.store.make_due(vec!["a".to_owned()], NOW).await.unwrap(), 1);
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    assert_eq!(claimed.state, SourceState::Gone);
    let memory = PollMemory { asked_as: Some("feed".to_owned()), ..PollMemory::default() };
    let gone = PollResult { state: SourceState::Gone, next_poll_at: None, memory, ..answered(NOW) };
    desk.store.commit_poll(&claimed, gone).await.unwrap();
    let otherwise = WatchedSource { asked_as: "listing".to_owned(), ..watched("a", "https://a.example/rss") };
    desk.store.watch_sources(vec![otherwise], Holder::Daemon, NOW).await.unwrap();
    assert!(desk.claim_sources(NOW, 1).await.is_empty(), "there is nothing to be read in another way");
    let elsewhere = watched("a", "https://elsewhere.example/rss");
    desk.store.watch_sources(vec![elsewhere], Holder::Daemon, NOW).await.unwrap();
    assert_eq!(desk.claim_sources(NOW, 1).await.remove(0).state, SourceState::New);
}

#[tokio::test]
async fn a_source_with_a_new_name_keeps_its_history() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    let ids = |names: &[&str]| {
        let of = |name: &&str| WatchedSource {
            was: Some("a".to_owned()),
            ..watched(name, "https://a.example/rss")
        };
        desk.store.watch_sources(names.iter().map(of).collect(), Holder::Daemon, NOW)
    };
    let old = desk
        .store
        .watch_sources(vec![watched("a", "https://a.example/rss")], Holder::Command, NOW)
        .await
        .unwrap()["a"];
    assert_eq!(ids(&["c"]).await.unwrap()["c"], old);
    // The line may stay in the file; a name that has a history of its own takes over no other.
    assert_eq!(ids(&["c"]).await.unwrap()["c"], old);
    assert_ne!(ids(&["b"]).await.unwrap()["b"], old);
    let names: Vec<String> =
        desk.store.source_rows().await.unwrap().into_iter().map(|row| row.name).collect();
    assert!(!names.contains(&"a".to_owned()), "{names:?}");
}

#[tokio::test]
async fn what_polls_taught_is_kept_over_restarts_until_the_address_changes() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let claimed = desk.claim_sources(NOW, 1).await.remove(0);
    let mut memory = PollMemory { stale: true, ..PollMemory::default() };
    memory.moved.address = Some("https://new.example/rss".parse().unwrap());
    let taught = PollResult { memory: memory.clone(), host_key: "new.example".to_owned(), ..answered(NOW) };
    desk.store.commit_poll(&claimed, taught).await.unwrap();
    let later = NOW.plus(Duration::from_hours(1));
    desk.watch(&["a"]).await;
    let claimed = desk.claim_sources(later, 1).await.remove(0);
    assert_eq!((&claimed.memory, claimed.host_key.as_str()), (&memory, "new.example"));
    let row = desk.store.source_rows().await.unwrap().remove(0);
    assert_eq!((row.moved_to, row.stale), (memory.moved.address, true));
    let elsewhere = watched("a", "https://elsewhere.example/rss");
    desk.store.watch_sources(vec![elsewhere], Holder::Daemon, later).await.unwrap();
    let claimed = desk.claim_sources(later, 1).await.remove(0);
    assert_eq!((claimed.memory, claimed.host_key.as_str()), (PollMemory::default(), "a.example"));
}

#[tokio::test]
async fn a_memory_that_cannot_be_read_is_forgotten() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    desk.store.alter("UPDATE source SET memory = 'none' WHERE name = 'a'").await;
    desk.store.alter("UPDATE source SET memory = '{\"stale\": 7}' WHERE name = 'b'").await;
    desk.watch(&["a", "b"]).await;
    assert!(desk.claim_sources(NOW, 1).await.iter().all(|source| source.memory == PollMemory::default()));
}

#[tokio::test]
async fn a_command_gives_back_what_it_took_and_nothing_else() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    let of_command = Lease { holder: Holder::Command, ..lease(NOW) };
    let only = |wanted: &'static str| move |name: &str| name == wanted;
    let taken =
        desk.store.claim_due_sources(of_command, 1, slots(1), only("a")).await.unwrap().tasks.remove(0);
    assert_eq!(
        desk.store.claim_due_sources(lease(NOW), 1, slots(1), only("b")).await.unwrap().tasks.len(),
        1
    );
    desk.store.release_leases(Holder::Command).await.unwrap();
    assert!(!desk.store.commit_poll(&taken, answered(NOW)).await.unwrap());
    assert_eq!(desk.claim_sources(NOW, 9).await.remove(0).name, "a");
}

#[tokio::test]
async fn one_host_gets_no_more_than_its_slots() {
    let desk = Desk::open();
    let on_one_host =
        ["a", "b", "c"].map(|name| WatchedSource { host_key: "same".to_owned(), ..watched(name, name) });
    desk.store.watch_sources(on_one_host.to_vec(), Holder::Daemon, NOW).await.unwrap();
    assert_eq!(desk.claim_sources(NOW, 2).await.len(), 2);
    let busy = HostSlots { per_host: 2, busy: [("same".to_owned(), 2)].into() };
    assert!(desk.store.claim_due_sources(lease(NOW), 9, busy, |_| true).await.unwrap().tasks.is_empty());
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
    assert_eq!(desk.next_entry_due(NOW).await, Some(later));
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
        desk.store.claim_due_sources(lease(NOW), 9, slots(9), |name| name == "own").await.unwrap().tasks;
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
