//! When to poll next: what the user wants, put off by what the publisher and failures ask for.

use std::time::Duration;

use super::backoff::{DAY, doubled, longest, spread};
use super::{Pace, skipped};
use crate::model::{FeedHints, Timestamp};

/// After hours that a feed wants skipped, polls begin within this time and not all at once.
const AFTER_SKIPPED: Duration = Duration::from_mins(5);

/// How a poll ended, as far as the next one depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It was answered.
    Answered {
        /// How long the answer stays fresh (`Cache-Control`, `Expires`).
        fresh_for: Option<Duration>,
    },
    /// It failed for the `failures`-th time in a row.
    Failed {
        /// How many failures in a row, this one included.
        failures: u32,
        /// What the server asked for.
        retry_after: Option<Duration>,
    },
    /// The server says the source is gone for good.
    Gone,
}

/// When to poll next, or `None` where the source is gone; `jitter` is a random number of `0.0..1.0`.
///
/// Never sooner than the user wants. The publisher may put it off by up to a day, failures double the wait up to a day and never
/// stop for good. A `Retry-After` of up to a day is kept to the second. Chance adds up to a tenth, but not to a cron line.
pub fn next_poll(
    pace: &Pace<'_>,
    hints: &FeedHints,
    reply: Reply,
    now: Timestamp,
    jitter: f64,
) -> Option<Timestamp> {
    let interval = pace.interval(now);
    let own = pace.at_or_after(now.plus(interval));
    let at = match reply {
        Reply::Gone => return None,
        Reply::Answered { fresh_for } => {
            let wished = [fresh_for, hints.ttl, hints.update_period].into_iter().flatten().max();
            let wait = interval.max(wished.unwrap_or_default().min(DAY));
            let wait = if pace.is_free() { spread(wait, jitter) } else { wait };
            wished_for(pace, now.plus(wait), own, now)
        }
        Reply::Failed { failures, retry_after } => {
            let asked = retry_after.unwrap_or_default().min(DAY);
            let wait = doubled(interval, failures.saturating_sub(1)).max(asked);
            pace.at_or_after(now.plus(spread(wait, jitter).min(longest(interval))))
        }
    };
    Some(past_skipped(pace, hints, (at, own), jitter))
}

/// The first moment of the user's from `wished` on; where a cron line has none within a day, its last one before.
fn wished_for(pace: &Pace<'_>, wished: Timestamp, own: Timestamp, now: Timestamp) -> Timestamp {
    let at = pace.at_or_after(wished);
    let latest = own.max(now.plus(DAY));
    if pace.is_free() || at <= latest { at } else { pace.last_within(own, latest) }
}

/// Moves a poll out of the hours that the feed wants skipped, by no more than a day after the user's own moment.
///
/// A moment of a cron line moves to the end of those hours, however soon the line's next one follows: waiting for a moment outside of
/// them would lose one poll of two, or all, where the line has none. Where they last longer than a day, its last moment within
/// the day stands.
pub(super) fn past_skipped(
    pace: &Pace<'_>,
    hints: &FeedHints,
    (at, own): (Timestamp, Timestamp),
    jitter: f64,
) -> Timestamp {
    let free = skipped::first_free(at, hints);
    let moved = if free > at && pace.is_free() {
        free.plus(AFTER_SKIPPED.mul_f64(jitter.clamp(0.0, 1.0)))
    } else {
        free
    };
    let latest = own.plus(DAY);
    if moved == at || moved <= latest { moved } else { pace.last_within(at, latest) }
}
