//! How many answers wait for a core. While many do, no more are fetched: each holds a page in memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

/// So many answers may wait before no more are asked for: enough that no core is ever idle.
const MOST: usize = 16;

/// The count; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Backlog(Arc<State>);

#[derive(Debug, Default)]
struct State {
    waiting: AtomicUsize,
    eased: Notify,
}

/// A piece of work that waits or is being done, for as long as this lives.
#[derive(Debug)]
pub struct Pending(Arc<State>);

impl Backlog {
    /// Counts a piece of work.
    pub fn add(&self) -> Pending {
        self.0.waiting.fetch_add(1, Ordering::AcqRel);
        Pending(Arc::clone(&self.0))
    }

    /// Waits until little enough is waiting. Whoever waits is woken with all others, so as many answers may
    /// then come as there are requests at once.
    pub(super) async fn eased(&self) {
        loop {
            let eased = self.0.eased.notified();
            if self.is_small() {
                return;
            }
            eased.await;
        }
    }

    /// Whether more may be fetched.
    pub(super) fn is_small(&self) -> bool {
        self.0.waiting.load(Ordering::Acquire) < MOST
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if self.0.waiting.fetch_sub(1, Ordering::AcqRel) == MOST {
            self.0.eased.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn nothing_more_is_fetched_until_what_waits_is_worked_off() {
        let backlog = Backlog::default();
        backlog.eased().await;
        let mut waiting: Vec<Pending> = (0..MOST + 2).map(|_| backlog.add()).collect();
        let fetches: Vec<_> = (0..3)
            .map(|_| {
                let backlog = backlog.clone();
                tokio::spawn(async move { backlog.eased().await })
            })
            .collect();
        for left in (MOST..MOST + 2).rev() {
            waiting.truncate(left);
            tokio::task::yield_now().await;
            assert!(fetches.iter().all(|fetch| !fetch.is_finished()), "{left} wait");
        }
        waiting.truncate(MOST - 1);
        for fetch in fetches {
            tokio::time::timeout(Duration::from_secs(5), fetch).await.unwrap().unwrap();
        }
    }
}
