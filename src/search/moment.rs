//! Instants as people type them.

use std::time::Duration;

use chrono::{DateTime, NaiveDate};

use crate::model::{Moment, Timestamp};

const DAY: Duration = Duration::from_hours(24);

/// `7d`, `24h`, `30m` back from `now`; the beginning of a date (UTC); or an instant. `None` where it is none of these.
pub fn since(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.into());
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Moment::Day(day).timestamp());
    }
    let seconds = match text.chars().last()? {
        'w' => 7 * 24 * 3600,
        'd' => 24 * 3600,
        'h' => 3600,
        'm' => 60,
        's' => 1,
        _ => return None,
    };
    let count: u64 = text.strip_suffix(['w', 'd', 'h', 'm', 's'])?.parse().ok()?;
    Some(now.minus(Duration::from_secs(count.saturating_mul(seconds))))
}

/// As [`since`], for an end: the end of a date.
pub(super) fn until(text: &str, now: Timestamp) -> Option<Timestamp> {
    let at = since(text, now)?;
    let is_day = NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok();
    Some(if is_day { at.plus(DAY) } else { at })
}
