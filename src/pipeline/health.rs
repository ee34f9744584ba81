//! What the store knows of a source, seen as a reader does: how it is doing, since when, why, and what happens next.

use std::time::Duration;

use crate::model::{SourceHealth, Timestamp};
use crate::schedule::Cadence;
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
    /// `every = "auto"`: how often it publishes, or its publisher's wish where that is longer.
    Rhythm,
    /// Its own `cron`.
    Cron,
    /// Its publisher wants to be left alone for longer than `every` or `cron` says.
    Publisher,
    /// So many failures in a row have lengthened the wait.
    Failures(u32),
    /// It is gone, and waits until someone asks for it.
    Gone,
}

/// The share of a wait that chance may add, and then some for the poll itself.
const SLACK: f64 = 1.15;

/// How often sources.toml wants a source polled.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The shortest time between two polls.
    pub every: Duration,
    /// How they are planned.
    pub cadence: &'a Cadence,
}

impl Wanted<'_> {
    /// Why the poll after that of `polled` comes as late as `next`.
    fn reason(self, polled: Timestamp, next: Timestamp) -> NextPoll {
        let (own, latest) = match self.cadence {
            Cadence::Auto => return NextPoll::Rhythm,
            Cadence::Interval => (NextPoll::Interval, Some(polled.plus(self.every.mul_f64(SLACK)))),
            Cadence::Cron(cron) => (NextPoll::Cron, cron.next_after(polled.plus(self.every))),
        };
        if latest.is_some_and(|latest| next > latest) { NextPoll::Publisher } else { own }
    }
}

/// Why a source is polled next when it is; without `wanted` (no sources.toml is at hand) what a publisher asks for
/// counts as the source's own interval.
pub fn reason_of_next(row: &SourceRow, wanted: Option<Wanted<'_>>, now: Timestamp) -> NextPoll {
    let Some(next) = row.next_poll_at else { return NextPoll::Gone };
    if next <= now {
        return NextPoll::Due;
    }
    match row.state {
        SourceState::Gone => NextPoll::Gone,
        SourceState::Failing => NextPoll::Failures(row.failures),
        SourceState::New => NextPoll::Interval,
        SourceState::Ok => row
            .last_polled_at
            .zip(wanted)
            .map_or(NextPoll::Interval, |(polled, wanted)| wanted.reason(polled, next)),
    }
}
