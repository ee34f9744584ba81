//! How long to wait after success and after failure.

use std::time::Duration;

use crate::model::Timestamp;

/// No server, and no row of failures, makes us wait longer than this.
pub(super) const DAY: Duration = Duration::from_hours(24);
/// The share of a wait that chance may add, so that sources do not march in step.
const JITTER: f64 = 0.1;
/// Chance adds a tenth of no more than this.
const LONGEST_SPREAD: Duration = Duration::from_hours(30 * 24);
/// Waits before an article is fetched again; then the feed's own text is used.
const ARTICLE_STEPS: [u64; 3] = [30, 5 * 60, 30 * 60];
/// Waits before a delivery is tried again, as Standard Webhooks proposes them: a little over three days in all.
const DELIVERY_STEPS: [u64; 9] =
    [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/// When to fetch an article again after `attempts` failures, or `None` when it is time to use the feed's own text.
///
/// A server that names its own time is given it, up to a day.
pub fn next_attempt(
    now: Timestamp,
    attempts: u32,
    retry_after: Option<Duration>,
    jitter: f64,
) -> Option<Timestamp> {
    let asked = retry_after.unwrap_or_default().min(DAY);
    Some(now.plus(spread(step(&ARTICLE_STEPS, attempts)?.max(asked), jitter)))
}

/// When to ask for what was not asked for, as its host wants to be left alone for so much longer; a day at most.
pub fn when_welcome(now: Timestamp, left: Duration, jitter: f64) -> Timestamp {
    now.plus(spread(left.min(DAY), jitter))
}

/// When to try a delivery again after `attempts` failed attempts, or `None` after the last.
///
/// A receiver that names its own time is given it, up to a day.
pub fn next_delivery(
    now: Timestamp,
    attempts: u32,
    retry_after: Option<Duration>,
    jitter: f64,
) -> Option<Timestamp> {
    let asked = retry_after.unwrap_or_default().min(DAY);
    Some(now.plus(spread(step(&DELIVERY_STEPS, attempts)?.max(asked), jitter)))
}

/// The wait after so many attempts: none before the first, `None` after the last.
fn step(steps: &[u64], attempts: u32) -> Option<Duration> {
    let Some(failed) = attempts.checked_sub(1) else { return Some(Duration::ZERO) };
    steps.get(usize::try_from(failed).ok()?).copied().map(Duration::from_secs)
}

/// `every` doubled so often, up to the longest wait. Below that enough is left for chance to spread the sources
/// of one broken host.
pub(super) fn doubled(every: Duration, times: u32) -> Duration {
    let most = longest(every).div_f64(1.0 + JITTER).max(every);
    2_u32.checked_pow(times).and_then(|factor| every.checked_mul(factor)).map_or(most, |wait| wait.min(most))
}

/// A day, or the user's own interval where that is longer; with chance on top in the latter case.
pub(super) fn longest(every: Duration) -> Duration {
    if every < DAY { DAY } else { every.saturating_add(every.mul_f64(JITTER)) }
}

/// Adds up to a tenth by chance, never taking anything away.
pub(super) fn spread(wait: Duration, jitter: f64) -> Duration {
    let share = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.0 };
    wait.saturating_add(wait.min(LONGEST_SPREAD).mul_f64(share * JITTER))
}
