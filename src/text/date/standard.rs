//! The two forms of nearly all feeds, read without looking for anything else: at thirty entries a feed that counts.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

use super::YEARS;

/// `Sat, 1 Mar 2025 09:07:30 GMT` to `Sat, 01 Mar 2025 09:07:30 +0700`, in bytes.
const RFC_2822: RangeInclusive<usize> = 28..=31;

/// `2025-03-01T09:07:30Z` to nine digits of fraction and an offset, in bytes.
const RFC_3339: RangeInclusive<usize> = 20..=35;

/// The widest offset in use, in seconds.
const WIDEST: i32 = 14 * 60 * 60;

/// An instant of RFC 2822 or RFC 3339 that leaves nothing to guess; all else is `None`.
pub(super) fn read(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    let at = if text.starts_with(|c: char| c.is_ascii_digit()) {
        let written = Some(text).filter(|text| RFC_3339.contains(&text.len()));
        DateTime::parse_from_rfc3339(written?).ok()?
    } else {
        let named = |text: &&str| text.ends_with("GMT") || text.ends_with(|c: char| c.is_ascii_digit());
        let written = Some(text).filter(|text| RFC_2822.contains(&text.len())).filter(named);
        DateTime::parse_from_rfc2822(written?).ok()?
    };
    // A leap second or a finer fraction has rules of its own.
    let is_plain = at.nanosecond() < 1_000_000_000 && at.nanosecond() % 1_000 == 0;
    let is_possible = YEARS.contains(&at.year()) && at.offset().local_minus_utc().abs() <= WIDEST;
    (is_plain && is_possible).then_some(at)
}
