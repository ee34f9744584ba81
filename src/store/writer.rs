//! The one thread that writes. Whatever waits when it is free goes into one transaction, so that a commit's
//! wait for the disk is shared; each piece of work stands in its own savepoint and fails alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use std::{thread, vec};

use rusqlite::{Connection, Savepoint, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::{Store, StoreError};

/// The most changes that share one transaction: at 100 the disk's part of a change is below 2 µs.
const BATCH: usize = 128;

/// So long the writer waits for company once there is something to do. Polls and articles end within milliseconds of each
/// other; a commit for each costs more processor time, in the disk's queue and in waking threads, than all the rest of a poll.
const GATHERING: Duration = Duration::from_millis(5);

/// Between two tries of an outcome that finds no space.
const BETWEEN_TRIES: Duration = Duration::from_secs(10);

/// How often a daemon tries: for a little less than its leases last, after which the work is done afresh.
const TRIES_OF_A_DAEMON: u32 = 84;

/// Does one change in the open transaction (or learns why there is none).
type Change = Box<dyn FnOnce(Result<&mut Transaction<'_>, StoreError>) -> Done + Send>;

/// A change that was done or failed, and whose caller waits for the end of the transaction.
struct Done {
    /// Why it failed.
    failure: Option<StoreError>,
    /// Tells the caller, given how the transaction ended.
    tell: Box<dyn FnOnce(Result<(), StoreError>)>,
}

/// The way to the writer's thread, which ends with the last clone of this.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    changes: mpsc::Sender<Change>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Self {
        let (changes, waiting) = mpsc::channel();
        thread::spawn(move || run(connection, &waiting));
        Self { changes }
    }
}

impl Store {
    /// Does a change and returns its result once it is on disk. Nothing of it stays where it fails.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let change: Change = Box::new(move |transaction| {
            let done = transaction.and_then(|transaction| in_savepoint(transaction, work));
            Done {
                failure: done.as_ref().err().cloned(),
                tell: Box::new(move |committed| {
                    // A caller that stopped waiting needs no answer.
                    drop(tell.send(done.and_then(|value| committed.map(|()| value))));
                }),
            }
        });
        self.writer.changes.send(change).map_err(|_closed| StoreError::Closed)?;
        told.await.map_err(|_closed| StoreError::Closed)?
    }

    /// As `write`, for what work that is done came to: a page that was fetched, a message that was sent. Where the disk is full it
    /// is kept and tried again, so that nothing is fetched or sent a second time.
    pub(super) async fn write_outcome<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T, StoreError> + Send + Sync + 'static,
    {
        let work = Arc::new(work);
        let again = || {
            let work = work.clone();
            self.write(move |connection| work(connection))
        };
        let mut done = again().await;
        let mut waiting = None;
        for _ in 1..self.patience.tries {
            let Err(error @ (StoreError::Full | StoreError::Busy)) = &done else {
                break;
            };
            waiting.get_or_insert_with(|| Waiting::begin(&self.patience.waiting, error));
            tokio::time::sleep(self.patience.pause).await;
            done = again().await;
        }
        done
    }
}

/// How long an outcome waits until it can be written, and how many wait now.
#[derive(Debug, Clone)]
pub(super) struct Patience {
    tries: u32,
    pause: Duration,
    waiting: Arc<AtomicUsize>,
}

impl Patience {
    /// A command says at once that the disk is full.
    pub(super) fn of_command() -> Self {
        Self { tries: 1, pause: BETWEEN_TRIES, waiting: Arc::default() }
    }

    /// A daemon waits: whoever runs it may free some space.
    pub(super) fn of_daemon() -> Self {
        Self { tries: TRIES_OF_A_DAEMON, ..Self::of_command() }
    }

    #[cfg(test)]
    pub(super) fn of_test(pause: Duration) -> Self {
        Self { pause, ..Self::of_daemon() }
    }

    /// Whether something waits now.
    pub(super) fn is_tried(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

/// One outcome that waits; it is counted for as long as this lives.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn begin(count: &Arc<AtomicUsize>, error: &StoreError) -> Self {
        if count.fetch_add(1, Ordering::Relaxed) == 0 {
            tracing::error!("work that is done waits to be written: {error}");
        }
        Self(count.clone())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.0.fetch_sub(1, Ordering::Relaxed) == 1 {
            tracing::info!("nothing waits to be written any more");
        }
    }
}

fn run(mut connection: Connection, waiting: &mpsc::Receiver<Change>) {
    while let Ok(first) = waiting.recv() {
        thread::sleep(GATHERING);
        let batch = std::iter::once(first).chain(waiting.try_iter().take(BATCH - 1)).collect();
        commit(&mut connection, batch);
    }
}

fn commit(connection: &mut Connection, batch: Vec<Change>) {
    let mut waiting = batch.into_iter();
    while !waiting.as_slice().is_empty() {
        commit_together(connection, &mut waiting);
    }
}

/// Commits what waits, up to a change in whose midst the database took everything back by itself, as it does where the disk
/// is full. What came before that change is undone too, and what comes after it needs another transaction.
fn commit_together(connection: &mut Connection, waiting: &mut vec::IntoIter<Change>) {
    let mut transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => return refuse(waiting, &error.into()),
    };
    let mut all_done = Vec::new();
    let mut undone = None;
    for change in waiting {
        let done = change(Ok(&mut transaction));
        if transaction.is_autocommit() {
            undone.clone_from(&done.failure);
        }
        all_done.push(done);
        if undone.is_some() {
            break;
        }
    }
    let committed = match undone {
        Some(failure) => Err(failure),
        None => transaction.commit().map_err(StoreError::from),
    };
    for done in all_done {
        (done.tell)(committed.clone());
    }
}

fn refuse(waiting: &mut vec::IntoIter<Change>, error: &StoreError) {
    for change in waiting {
        (change(Err(error.clone())).tell)(Ok(()));
    }
}

fn in_savepoint<T, F>(transaction: &mut Transaction<'_>, work: F) -> Result<T, StoreError>
where
    F: FnOnce(&Connection) -> Result<T, StoreError>,
{
    let mut savepoint: Savepoint<'_> = transaction.savepoint()?;
    let done = catch_unwind(AssertUnwindSafe(|| work(&savepoint))).unwrap_or_else(|_panic| {
        Err(StoreError::Sqlite("a change failed unexpectedly; please report this".to_owned()))
    });
    match done {
        Ok(value) => {
            savepoint.commit()?;
            Ok(value)
        }
        Err(error) => {
            // Where the database took everything back by itself, no savepoint is left to return to.
            if !savepoint.is_autocommit() {
                savepoint.rollback()?;
            }
            Err(error)
        }
    }
}
