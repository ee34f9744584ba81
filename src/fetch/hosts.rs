//! Turns: how many requests are under way, over all hosts and at each of them, and how long a host is left alone between two.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as AsyncMutex, MutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until, timeout};

use super::Backlog;
use crate::model::Timestamp;

/// A request that takes longer gives its place to another one, as long as no more than half of `concurrency` such slow ones are
/// under way: a dozen hosts that hang must not stand in the way of a thousand that answer.
const SLOW: Duration = Duration::from_secs(3);

/// No host is believed to want more patience than this.
const LONGEST_PATIENCE: Duration = Duration::from_hours(24);

/// The book is cleared of idle hosts when it has doubled since it last was, and is at least this long.
const SHORTEST_BOOK: usize = 256;

/// Hands out the right to send a request. A host is forgotten as soon as nobody waits for it and its pause is over.
#[derive(Debug)]
pub(super) struct Hosts {
    places: Places,
    per_host: usize,
    book: Arc<Mutex<Book>>,
}

/// The places shared by all hosts: for requests that are answered promptly, and for others.
#[derive(Debug, Clone)]
struct Places {
    prompt: Arc<Semaphore>,
    slow: Arc<Semaphore>,
    slow_after: Duration,
}

#[derive(Debug, Default)]
struct Book {
    hosts: HashMap<String, Host>,
    sweep_at: usize,
}

#[derive(Debug)]
struct Host {
    permits: Arc<Semaphore>,
    reading_rules: Arc<AsyncMutex<()>>,
    line: Arc<Line>,
    paused_until: Instant,
    /// Until when it asked to be left alone.
    patience_until: Option<Timestamp>,
    visitors: usize,
}

/// When the last request to a host began. Visitors who wait for its pause queue for this, so that nobody is overtaken for ever.
type Line = AsyncMutex<Option<Instant>>;

/// A turn at one host, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Visit {
    // Fields are dropped in this order: the permit is free before the visitor leaves the book.
    _permit: Option<OwnedSemaphorePermit>,
    visitor: Visitor,
    places: Places,
}

/// Somebody who waits for a host or is being served by it.
#[derive(Debug)]
struct Visitor {
    host: String,
    permits: Arc<Semaphore>,
    reading_rules: Arc<AsyncMutex<()>>,
    line: Arc<Line>,
    book: Arc<Mutex<Book>>,
}

/// The right to send one request.
#[derive(Debug)]
pub(super) struct Place {
    permit: Option<OwnedSemaphorePermit>,
    slow: Arc<Semaphore>,
    slow_after: Duration,
}

impl Hosts {
    pub(super) fn new(concurrency: usize, per_host: usize) -> Self {
        Self::with_patience(concurrency, per_host, SLOW)
    }

    /// As `new`; a request is slow after this.
    pub(super) fn with_patience(concurrency: usize, per_host: usize, slow_after: Duration) -> Self {
        let places = |count: usize| Arc::new(Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)));
        Self {
            places: Places { prompt: places(concurrency), slow: places(concurrency / 2), slow_after },
            per_host: per_host.clamp(1, Semaphore::MAX_PERMITS),
            book: Arc::default(),
        }
    }

    /// Waits for a turn at this host. It takes none of the places shared by all, so a host with a long queue or a long pause is
    /// in nobody's way.
    pub(super) async fn visit(&self, host: &str) -> Visit {
        let visitor = self.enter(host.trim_end_matches('.'));
        // The semaphore is never closed, so there always is a permit.
        let permit = Arc::clone(&visitor.permits).acquire_owned().await.ok();
        Visit { _permit: permit, visitor, places: self.places.clone() }
    }

    fn enter(&self, host: &str) -> Visitor {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.sweep();
        let found = book.hosts.entry(host.to_owned()).or_insert_with(|| Host {
            permits: Arc::new(Semaphore::new(self.per_host)),
            reading_rules: Arc::default(),
            line: Arc::default(),
            paused_until: Instant::now(),
            patience_until: None,
            visitors: 0,
        });
        found.visitors += 1;
        Visitor {
            host: host.to_owned(),
            permits: Arc::clone(&found.permits),
            reading_rules: Arc::clone(&found.reading_rules),
            line: Arc::clone(&found.line),
            book: Arc::clone(&self.book),
        }
    }

    /// How many hosts are known at the moment.
    #[cfg(test)]
    pub(super) fn known(&self) -> usize {
        self.book.lock().unwrap().hosts.len()
    }
}

impl Visit {
    /// Waits until the last request to this host began at least `pause` ago, and for a place.
    ///
    /// Whoever has to wait until `backlog` is worked off, takes no place meanwhile.
    pub(super) async fn start(&self, pause: Duration, backlog: Option<&Backlog>) -> Place {
        loop {
            // Before its turn, so that a poll of this host that waits for nothing is not kept.
            if let Some(backlog) = backlog {
                backlog.eased().await;
            }
            let mut last_start = self.visitor.line.lock().await;
            if let Some(start) = *last_start {
                sleep_until(start + pause).await;
            }
            let place = self.place().await;
            if backlog.is_none_or(Backlog::is_small) {
                let now = Instant::now();
                *last_start = Some(now);
                self.visitor.leaves_alone_until(now + pause);
                return place;
            }
        }
    }

    /// Waits for a place for a request that is part of another one's visit, and so has no pause before it.
    pub(super) async fn place(&self) -> Place {
        let permit = Arc::clone(&self.places.prompt).acquire_owned().await.ok();
        Place { permit, slow: Arc::clone(&self.places.slow), slow_after: self.places.slow_after }
    }

    /// Whether nobody else waits for this host or is being served by it.
    pub(super) fn is_last(&self) -> bool {
        let book = self.visitor.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.hosts.get(&self.visitor.host).is_none_or(|host| host.visitors <= 1)
    }

    /// For how much longer the host wants to be left alone.
    pub(super) fn patience(&self, now: Timestamp) -> Option<Duration> {
        let book = self.visitor.book.lock().unwrap_or_else(PoisonError::into_inner);
        let left = book.hosts.get(&self.visitor.host)?.patience_until?.since(now);
        // A clock that was set back must not make it longer than anybody asked for.
        Some(left).filter(|left| !left.is_zero() && *left <= LONGEST_PATIENCE)
    }

    /// The host wants to be left alone for this long, a day at most.
    pub(super) fn be_patient(&self, wait: Duration, now: Timestamp) {
        let wait = wait.min(LONGEST_PATIENCE);
        self.visitor.leaves_alone_until(Instant::now() + wait);
        let mut book = self.visitor.book.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = book.hosts.get_mut(&self.visitor.host) {
            host.patience_until = host.patience_until.max(Some(now.plus(wait)));
        }
    }

    /// Waits until no other visitor of this host reads its rules.
    pub(super) async fn alone(&self) -> MutexGuard<'_, ()> {
        self.visitor.reading_rules.lock().await
    }
}

impl Place {
    /// Does the work; where that takes long, in one of the places for slow work as soon as there is one.
    pub(super) async fn hold<T>(mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        if let Ok(done) = timeout(self.slow_after, &mut work).await {
            return done;
        }
        tokio::select! {
            done = &mut work => return done,
            slow = self.slow.clone().acquire_owned() => self.permit = slow.ok(),
        }
        work.await
    }
}

impl Visitor {
    /// Has the host remembered for this long.
    fn leaves_alone_until(&self, end: Instant) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = book.hosts.get_mut(&self.host) {
            host.paused_until = host.paused_until.max(end);
        }
    }
}

impl Book {
    fn sweep(&mut self) {
        if self.hosts.len() < self.sweep_at.max(SHORTEST_BOOK) {
            return;
        }
        let now = Instant::now();
        self.hosts.retain(|_, host| host.visitors > 0 || now < host.paused_until);
        self.sweep_at = self.hosts.len() * 2;
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(host) = book.hosts.get_mut(&self.host) else { return };
        host.visitors -= 1;
        if host.visitors == 0 && host.paused_until <= Instant::now() {
            book.hosts.remove(&self.host);
        }
    }
}
