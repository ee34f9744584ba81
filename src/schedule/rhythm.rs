//! How often a source publishes, from when its latest entries appeared.

use std::time::Duration;

use crate::model::Timestamp;

/// `every = "auto"` polls no more often, unless `min_every` says so.
const SHORTEST: Duration = Duration::from_mins(5);
/// `every = "auto"` polls no more seldom.
const LONGEST: Duration = Duration::from_hours(6);
/// The interval while too little is known.
const UNKNOWN: Duration = Duration::from_mins(15);
/// A few gaps tell the present rhythm, and forget the one before it soon.
const LATEST: usize = 12;
/// Fewer publications tell nothing about a rhythm.
const FEWEST: usize = 3;
/// Fewer publications tell nothing about how long a silence may last.
const FEWEST_FOR_SILENCE: usize = 5;
/// No source is stale sooner.
const SILENCE: Duration = Duration::from_hours(14 * 24);

/// Gaps between the latest publications.
struct Gaps {
    newest: Timestamp,
    publications: usize,
    median: Duration,
    longest: Duration,
}

/// Half the usual gap between the latest publications, or a tenth of the present silence where that is longer, from five
/// minutes (or `least`) to six hours. What appeared within five minutes is one publication: one poll finds it all.
pub(super) fn interval(appeared: &[Timestamp], least: Duration, now: Timestamp) -> Duration {
    let shortest = SHORTEST.max(least);
    let wanted = match gaps(appeared, now) {
        Some(gaps) if gaps.publications >= FEWEST => (gaps.median / 2).max(now.since(gaps.newest) / 10),
        _ => UNKNOWN,
    };
    wanted.clamp(shortest, LONGEST.max(shortest))
}

/// Whether nothing new since `last_new_at` is much longer than usual: two weeks, five times the usual gap and twice the longest of
/// the latest, all three.
pub(super) fn is_stale(appeared: &[Timestamp], last_new_at: Timestamp, now: Timestamp) -> bool {
    let silence = now.since(last_new_at);
    gaps(appeared, now).is_some_and(|gaps| {
        gaps.publications >= FEWEST_FOR_SILENCE
            && silence >= SILENCE.max(gaps.median * 5).max(gaps.longest * 2)
    })
}

/// Whether a silence is long enough for [`is_stale`] to be asked.
pub(super) fn may_be_stale(last_new_at: Timestamp, now: Timestamp) -> bool {
    now.since(last_new_at) >= SILENCE
}

fn gaps(appeared: &[Timestamp], now: Timestamp) -> Option<Gaps> {
    let publications = publications(appeared, now);
    let (newest, older) = publications.split_first()?;
    let mut gaps: Vec<Duration> =
        publications.iter().zip(older).map(|(later, earlier)| later.since(*earlier)).collect();
    gaps.sort_unstable();
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    let longest = gaps.last().copied().unwrap_or_default();
    Some(Gaps { newest: *newest, publications: publications.len(), median, longest })
}

/// The latest publications, newest first. Dates in the future are no publications yet.
fn publications(appeared: &[Timestamp], now: Timestamp) -> Vec<Timestamp> {
    let mut moments: Vec<Timestamp> = appeared.iter().copied().filter(|moment| *moment <= now).collect();
    moments.sort_unstable_by(|one, other| other.cmp(one));
    moments.dedup_by(|earlier, later| later.since(*earlier) < SHORTEST);
    moments.truncate(LATEST);
    moments
}
