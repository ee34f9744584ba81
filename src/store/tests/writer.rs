//! The writer's batches: what fails takes nothing else with it, and nobody hears of a success that is not on disk.

use std::sync::mpsc;

use super::*;

async fn count(store: &Store) -> i64 {
    store.counts().await.unwrap().deliveries.iter().map(|(_, count)| count).sum()
}

/// Queues a notice, and `ballast` bytes with it.
async fn notify(store: &Store, ballast: usize) -> Result<(), StoreError> {
    let notice = crate::model::Notice { subject: "x".to_owned(), text: "x".repeat(ballast) };
    store.notify(vec![(Recipient::Mail("a@example.org".to_owned()), notice)], NOW).await
}

/// Keeps the writer busy until something is sent, so that what comes meanwhile shares one transaction.
async fn occupy(store: &Store) -> mpsc::Sender<()> {
    let (release, wait) = mpsc::channel::<()>();
    let (begin, mut started) = tokio::sync::mpsc::channel(1);
    let store = store.clone();
    tokio::spawn(async move {
        let busy = store.write(move |_connection| {
            begin.try_send(()).unwrap();
            wait.recv().unwrap();
            Ok(())
        });
        busy.await.unwrap();
    });
    started.recv().await.unwrap();
    release
}

async fn limit_pages(store: &Store, extra: i64) {
    store
        .write(move |connection| {
            let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            connection.query_row(&format!("PRAGMA max_page_count = {}", pages + extra), [], |_| Ok(()))?;
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn what_shares_a_transaction_with_a_change_that_finds_no_space_is_done_without_it() {
    let desk = Desk::open();
    limit_pages(&desk.store, 4).await;
    let release = occupy(&desk.store).await;
    let (first, large, last, ()) = tokio::join!(
        notify(&desk.store, 10),
        notify(&desk.store, 1_000_000),
        notify(&desk.store, 10),
        async { release.send(()).unwrap() }
    );
    assert_eq!((first, large, last), (Ok(()), Err(StoreError::Full), Ok(())));
    assert_eq!(count(&desk.store).await, 2);
}

#[tokio::test]
async fn a_change_that_panics_takes_nothing_with_it() {
    let desk = Desk::open();
    let release = occupy(&desk.store).await;
    let panics = desk.store.write(|_connection| -> Result<(), StoreError> { panic!("a bug") });
    let (first, panicked, ()) = tokio::join!(notify(&desk.store, 10), panics, async {
        release.send(()).unwrap();
    });
    assert_eq!(first, Ok(()));
    assert!(panicked.unwrap_err().to_string().contains("report"));
    assert_eq!(count(&desk.store).await, 1);
}
