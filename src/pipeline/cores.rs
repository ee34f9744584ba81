//! Work that keeps a core busy: as much at once as there are cores, so that the rest of the daemon stays quick and
//! memory is bounded by a few pages, not by every answer that came in.
//!
//! The threads are our own: those of the runtime go to sleep after each piece of work and have to be woken for the next, which
//! costs more than reading a small feed.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use tokio::sync::oneshot;

use crate::fetch::Backlog;

type Work = Box<dyn FnOnce() + Send>;

/// The right to keep a core busy.
#[derive(Debug, Clone)]
pub struct Cores {
    work: mpsc::Sender<Work>,
    backlog: Backlog,
}

/// Why work has no result: what it panicked with.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Panicked(String);

impl Cores {
    /// As many as this machine has. Their threads end with the last clone of this.
    pub fn all() -> Self {
        let (sender, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let waiting = waiting.clone();
            thread::spawn(move || work_off(&waiting));
        }
        Self { work: sender, backlog: Backlog::default() }
    }

    /// What waits for a core or keeps one busy.
    pub fn backlog(&self) -> &Backlog {
        &self.backlog
    }

    /// Does `work` as soon as a core is free; fails only where it panics.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, Panicked>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let pending = self.backlog.add();
        let job: Work = Box::new(move || {
            let _pending = pending;
            let done = catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Panicked(message_of(&*panic)));
            // A caller that stopped waiting needs no answer.
            drop(tell.send(done));
        });
        let ended = || Panicked("the threads for it have ended".to_owned());
        self.work.send(job).map_err(|_closed| ended())?;
        told.await.map_err(|_closed| ended())?
    }
}

fn work_off(waiting: &Mutex<mpsc::Receiver<Work>>) {
    loop {
        let work = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match work {
            Ok(work) => work(),
            Err(_closed) => return,
        }
    }
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_panics_harms_no_other() {
        let cores = Cores::all();
        for _ in 0..100 {
            let failed = cores.run(|| -> u8 { panic!("a bug of page {}", 7) }).await;
            assert_eq!(failed.unwrap_err().to_string(), "a bug of page 7");
        }
        assert_eq!(cores.run(|| 1).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn more_work_than_cores_is_all_done() {
        let cores = Cores::all();
        let mut all = tokio::task::JoinSet::new();
        for number in 0..200 {
            let cores = cores.clone();
            all.spawn(async move { cores.run(move || number).await.unwrap() });
        }
        assert_eq!(all.join_all().await.iter().sum::<i32>(), 19_900);
    }
}
