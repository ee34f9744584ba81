//! After a pause (a start, a machine that slept, a clock that was set): what is overdue is not all polled at once.

use std::collections::HashMap;
use std::time::Duration;

use super::next::past_skipped;
use super::{Cadence, Pace};
use crate::model::{FeedHints, Timestamp};

/// Clocks are set by so much without anyone noticing.
pub(super) const CLOCK_DRIFT: Duration = Duration::from_mins(1);
/// Whoever looks each minute has paused, or its clock was set, where so much time passed between two looks.
const PAUSE: Duration = Duration::from_mins(5);
/// Overdue sources follow each other at this distance, over all hosts.
const BETWEEN_ALL: Duration = Duration::from_millis(100);
/// Overdue sources of one host follow each other at this distance.
const BETWEEN_OF_HOST: Duration = Duration::from_secs(5);
/// However many are overdue, all are polled within this time.
const LONGEST_WINDOW: Duration = Duration::from_mins(15);

/// A source that waits for its next poll.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its host.
    pub host: &'a str,
    /// How often the user wants it polled.
    pub pace: Pace<'a>,
    /// When it was polled last.
    pub last_polled_at: Option<Timestamp>,
    /// When it is polled next.
    pub next_poll_at: Timestamp,
    /// When its feed does not want to be read.
    pub hints: &'a FeedHints,
}

/// Whether between two looks at the clock, a minute apart at most, the machine slept or its clock was set.
pub fn is_gap(last_look: Timestamp, now: Timestamp) -> bool {
    now > last_look.plus(PAUSE) || now.plus(CLOCK_DRIFT) < last_look
}

/// When to poll each source next after a pause.
///
/// Where the clock was put back, what was planned since by the clock before it is moved back with it, so that waits stay as long as
/// they were, or to the next moment of a cron line. Then each overdue source is given a slot within its `every`: those of one host follow each other evenly, 5 seconds
/// apart where there is room, in an order that only their names decide, and those of different hosts at different moments.
pub fn resume(waiting: &[Waiting<'_>], now: Timestamp) -> Vec<Timestamp> {
    let mut next = put_back(waiting, now);
    let overdue: Vec<usize> =
        (0..waiting.len()).filter(|index| next.get(*index).is_some_and(|at| *at <= now)).collect();
    let mut by_host: HashMap<&str, Vec<(f64, usize)>> = HashMap::new();
    for index in &overdue {
        let Some(source) = waiting.get(*index) else { continue };
        by_host.entry(source.host).or_default().push((share(source.name), *index));
    }
    let window = BETWEEN_ALL.saturating_mul(overdue.len().try_into().unwrap_or(u32::MAX));
    for mut of_host in by_host.into_values() {
        of_host.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let count = of_host.len();
        let window = window.max(BETWEEN_OF_HOST.saturating_mul(count.try_into().unwrap_or(u32::MAX)));
        for (rank, (share, index)) in of_host.into_iter().enumerate() {
            let (Some(source), Some(slot)) = (waiting.get(index), next.get_mut(index)) else { continue };
            let place = (rank as f64 + share) / count as f64;
            let wait = window.min(longest_wait(source)).mul_f64(place);
            *slot = past_skipped(&source.pace, source.hints, (now.plus(wait), source.next_poll_at), share);
        }
    }
    next
}

/// No source waits longer than its interval; where it has none, for a window of all.
fn longest_wait(source: &Waiting<'_>) -> Duration {
    match source.pace.cadence {
        Cadence::Interval => source.pace.every.min(LONGEST_WINDOW),
        Cadence::Auto | Cadence::Cron(_) => LONGEST_WINDOW,
    }
}

/// The next polls by the clock of now. How far it was put back shows in the latest poll, which was just before.
fn put_back(waiting: &[Waiting<'_>], now: Timestamp) -> Vec<Timestamp> {
    let ahead = |source: &Waiting<'_>| source.last_polled_at.filter(|at| *at > now.plus(CLOCK_DRIFT));
    let back = waiting.iter().filter_map(ahead).max().map_or(Duration::ZERO, |latest| latest.since(now));
    let moved = |source: &Waiting<'_>| {
        if ahead(source).is_none() {
            return source.next_poll_at;
        }
        let at = source.pace.at_or_after(source.next_poll_at.minus(back));
        past_skipped(&source.pace, source.hints, (at, at), share(source.name))
    };
    waiting.iter().map(moved).collect()
}

/// A number of `0.0..1.0` that is always the same for a name: FNV-1a, then the last step of `MurmurHash3`, which spreads names that
/// differ in their last letters alone.
pub(super) fn share(name: &str) -> f64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^= hash >> 33;
    (hash >> 11) as f64 / (1_u64 << 53) as f64
}
