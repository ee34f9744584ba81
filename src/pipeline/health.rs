//! What the store knows of a source, seen as a reader does: how it is doing, since when, why, and what happens next.

use std::time::Duration;

use crate::model::{SourceHealth, Timestamp};
use crate::store::{SourceRow, SourceState};

/// How a source is doing. Whatever else a row can tell of it belongs here.
pub fn health_of(row: &SourceRow) -> SourceHealth {
    let fails = row.condition.is_failure();
    SourceHealth {
        condition: row.condition,
        since: row.since,
        failures: row.failures,
        cause: row.last_cause.filter(|_| fails),
        why: row.last_error.clone().filter(|_| fails),
        moved_to: row.moved_to.clone(),
        next: row.next_poll_at,
    }
}

/// Why a source is polled next when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextPoll {
    /// Its time has come; it waits for a daemon, or for its turn.
    Due,
    /// Its own `every`.
    Interval,
    /// Its publisher wants to be left alone for longer than `every`.
    Publisher,
    /// So many failures in a row have lengthened the wait.
    Failures(u32),
    /// It is gone, and waits until someone asks for it.
    Gone,
}

/// The share of a wait that chance may add, and then some for the poll itself.
const SLACK: f64 = 1.15;

/// Why a source is polled next when it is; without `every` (no sources.toml is at hand) the publisher's wish is not told apart.
pub fn reason_of_next(row: &SourceRow, every: Option<Duration>, now: Timestamp) -> NextPoll {
    let Some(next) = row.next_poll_at else { return NextPoll::Gone };
    if next <= now {
        return NextPoll::Due;
    }
    match row.state {
        SourceState::Gone => NextPoll::Gone,
        SourceState::Failing => NextPoll::Failures(row.failures),
        SourceState::New => NextPoll::Interval,
        SourceState::Ok => {
            let wait = row.last_polled_at.map(|at| next.since(at));
            let asked = wait.zip(every).is_some_and(|(wait, every)| wait > every.mul_f64(SLACK));
            if asked { NextPoll::Publisher } else { NextPoll::Interval }
        }
    }
}
