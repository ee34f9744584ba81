//! The only reader of the wall clock. Everything else is given `now`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::model::Timestamp;

/// Where `now` comes from: the machine's clock, or one that a test sets by hand.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is set; clones share it.
    Settable(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `start` until [`Clock::set`] moves it.
    pub fn settable(start: Timestamp) -> Self {
        Self::Settable(Arc::new(AtomicI64::new(start.micros())))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system_now(),
            Self::Settable(micros) => Timestamp::from_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a settable clock; the machine's own clock is left alone.
    pub fn set(&self, now: Timestamp) {
        if let Self::Settable(micros) = self {
            micros.store(now.micros(), Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall clock")]
fn system_now() -> Timestamp {
    Timestamp::from(chrono::Utc::now())
}
