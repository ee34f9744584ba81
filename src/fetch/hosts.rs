//! How many requests are under way, over all hosts and at each of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Hands out the right to send a request. Hosts are forgotten as soon as nobody waits for them, so the book
/// holds no more of them than there are fetches under way.
#[derive(Debug)]
pub(super) struct Hosts {
    everywhere: Arc<Semaphore>,
    per_host: usize,
    book: Arc<Book>,
}

type Book = Mutex<HashMap<String, Host>>;

#[derive(Debug)]
struct Host {
    permits: Arc<Semaphore>,
    visitors: usize,
}

/// The right to send one request to one host, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    // Fields are dropped in this order: the permits are free before the visitor leaves the book.
    _permits: Option<(OwnedSemaphorePermit, OwnedSemaphorePermit)>,
    _visitor: Visitor,
}

/// Somebody who waits for a host or is being served by it.
#[derive(Debug)]
struct Visitor {
    host: String,
    permits: Arc<Semaphore>,
    book: Arc<Book>,
}

impl Hosts {
    pub(super) fn new(concurrency: usize, per_host: usize) -> Self {
        let everywhere = Arc::new(Semaphore::new(concurrency.clamp(1, Semaphore::MAX_PERMITS)));
        Self { everywhere, per_host: per_host.clamp(1, Semaphore::MAX_PERMITS), book: Arc::default() }
    }

    /// Waits for a turn at this host and then for one of the places shared by all, in this order, so that a
    /// slow host with a long queue takes no places from the others.
    pub(super) async fn turn(&self, host: &str) -> Permit {
        let visitor = self.enter(host);
        let at_host = Arc::clone(&visitor.permits).acquire_owned().await;
        let anywhere = Arc::clone(&self.everywhere).acquire_owned().await;
        // Neither semaphore is ever closed, so both are always there.
        Permit { _permits: at_host.ok().zip(anywhere.ok()), _visitor: visitor }
    }

    fn enter(&self, host: &str) -> Visitor {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let found = book
            .entry(host.to_owned())
            .or_insert_with(|| Host { permits: Arc::new(Semaphore::new(self.per_host)), visitors: 0 });
        found.visitors += 1;
        Visitor { host: host.to_owned(), permits: Arc::clone(&found.permits), book: Arc::clone(&self.book) }
    }

    /// How many hosts are known at the moment.
    #[cfg(test)]
    pub(super) fn known(&self) -> usize {
        self.book.lock().unwrap().len()
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(host) = book.get_mut(&self.host) else { return };
        host.visitors -= 1;
        if host.visitors == 0 {
            book.remove(&self.host);
        }
    }
}
