//! The one thread that writes. Whatever waits when it is free goes into one transaction, so that a commit's
//! wait for the disk is shared; each piece of work fails alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use super::marks::Marks;
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

/// A change that waits for the writer, whatever its result is.
trait Change: Send {
    /// Does it in the open transaction; where that is taken back, once more in another.
    fn attempt(&mut self, connection: &Connection) -> Result<(), StoreError>;
    /// Tells the caller how it ended, given how the transaction did.
    fn tell(self: Box<Self>, committed: Result<(), StoreError>);
}

/// A change and the caller who waits for its result.
struct Asked<T, F> {
    work: F,
    result: Result<T, StoreError>,
    tell: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Change for Asked<T, F>
where
    T: Send,
    F: Fn(&Connection) -> Result<T, StoreError> + Send,
{
    fn attempt(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.result = catch_unwind(AssertUnwindSafe(|| (self.work)(connection))).unwrap_or_else(|_panic| {
            Err(StoreError::Sqlite("a change failed unexpectedly; please report this".to_owned()))
        });
        self.result.as_ref().map(|_value| ()).map_err(Clone::clone)
    }

    fn tell(self: Box<Self>, committed: Result<(), StoreError>) {
        // A caller that stopped waiting needs no answer.
        drop(self.tell.send(committed.and(self.result)));
    }
}

/// The way to the writer's thread, which ends with the last clone of this.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    changes: mpsc::Sender<Box<dyn Change>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, marks: Marks) -> Self {
        let (changes, waiting) = mpsc::channel();
        thread::spawn(move || run(connection, &marks, &waiting));
        Self { changes }
    }
}

impl Store {
    /// Does a change and returns its result once it is on disk. Nothing of it stays where it fails. It is done
    /// again where one that shares its transaction fails; only the last time counts.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let change = Box::new(Asked { work, result: Err(StoreError::Closed), tell });
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

fn run(mut connection: Connection, marks: &Marks, waiting: &mpsc::Receiver<Box<dyn Change>>) {
    while let Ok(first) = waiting.recv() {
        thread::sleep(GATHERING);
        let batch = std::iter::once(first).chain(waiting.try_iter().take(BATCH - 1)).collect();
        commit(&mut connection, marks, batch);
    }
}

/// Commits what waits. A change that fails is taken out and the others are done again: failures are rare, and a savepoint for
/// each change costs more than the change, in copies of pages and in the search index, which is written out at each.
fn commit(connection: &mut Connection, marks: &Marks, mut batch: Vec<Box<dyn Change>>) {
    while !batch.is_empty() {
        match commit_together(connection, marks, &mut batch) {
            Err((Some(failed), error)) => batch.remove(failed).tell(Err(error)),
            Err((None, error)) => batch.drain(..).for_each(|change| change.tell(Err(error.clone()))),
            Ok(()) => batch.drain(..).for_each(|change| change.tell(Ok(()))),
        }
    }
}

/// Does all changes in one transaction, or none. The error says which of them failed, where it was one of them.
fn commit_together(
    connection: &mut Connection,
    marks: &Marks,
    batch: &mut [Box<dyn Change>],
) -> Result<(), (Option<usize>, StoreError)> {
    let of_all = |error: rusqlite::Error| (None, StoreError::from(error));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(of_all)?;
    let attempted = batch.iter_mut().enumerate().try_for_each(|(position, change)| {
        change.attempt(&transaction).map_err(|error| (Some(position), error))
    });
    let done = attempted.and_then(|()| transaction.commit().map_err(of_all));
    if done.is_err() {
        marks.forget();
    }
    done
}
