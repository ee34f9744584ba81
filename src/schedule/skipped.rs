//! `skipHours` and `skipDays`: when a feed does not want to be read.

use std::time::Duration;

use chrono::{Datelike, Timelike};

use crate::model::{FeedHints, Timestamp};

const HOUR: Duration = Duration::from_hours(1);
const HOURS: u32 = 24;
const DAYS: usize = 7;

/// The first moment from `at` on that the feed does not want skipped: `at`, or the beginning of an hour. A feed that wants every
/// hour skipped, or every day, is not believed.
pub(super) fn first_free(at: Timestamp, hints: &FeedHints) -> Timestamp {
    let hours = Some(&hints.skip_hours).filter(|hours| (0..HOURS).any(|hour| !hours.contains(&hour)));
    let days = Some(&hints.skip_days).filter(|days| distinct(days) < DAYS);
    let skipped = |moment: Timestamp| {
        let moment = moment.to_utc();
        hours.is_some_and(|hours| hours.contains(&moment.hour()))
            || days.is_some_and(|days| days.contains(&moment.weekday()))
    };
    let mut free = at;
    for _ in 0..HOURS as usize * (DAYS + 1) {
        if !skipped(free) {
            break;
        }
        free = next_hour(free);
    }
    free
}

fn distinct(days: &[chrono::Weekday]) -> usize {
    let mut seen = [false; DAYS];
    for day in days {
        if let Some(slot) = seen.get_mut(day.num_days_from_monday() as usize) {
            *slot = true;
        }
    }
    seen.iter().filter(|seen| **seen).count()
}

fn next_hour(moment: Timestamp) -> Timestamp {
    let hour = HOUR.as_micros() as i64;
    Timestamp::from_micros(moment.micros().div_euclid(hour).saturating_add(1).saturating_mul(hour))
}
