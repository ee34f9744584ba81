//! Dates as people write them: in Vietnamese, English, Chinese, and with the month names of a dozen languages.
//!
//! A text is cut into numbers, words and signs once. The zone and the time of day are taken out first, because
//! they stand anywhere ("Sat Nov 21 18:10:00 +0700 2026"), then the day is looked for in what is left.

mod calendar;
mod clock;
mod months;
mod names;
mod part;
mod standard;
mod token;
mod zone;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

pub use names::is_english_calendar_word;

use crate::model::Moment;

use calendar::{FieldOrder, Scope};
use clock::Clock;
use token::Token;
use zone::Zone;

/// Years that a date may have. Outside it is a placeholder (year 1) or a slip of the hand, and counts as unknown.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Reads a date; `zone` counts where the text names none.
///
/// Surrounding words are allowed around a complete date. A bare day, month (`2026-11`) or year stays a day, the
/// first of its period; a text longer than a line is not a date. Fractions are cut to microseconds.
pub fn parse(text: &str, zone: Tz) -> Option<Moment> {
    standard::read(text).map(Moment::Instant).or_else(|| search(text, zone))
}

/// Looks for the parts of a date, wherever they stand.
fn search(text: &str, zone: Tz) -> Option<Moment> {
    let line = token::line(text)?;
    let mut tokens = token::read(unwrapped(&line));
    if let Some(at) = whole_number(&tokens, zone) {
        return Some(at);
    }
    let local_words = names::has_vietnamese(&tokens);
    let mut named = zone::take_offset(&mut tokens).or_else(|| zone::place(&line));
    let clock = clock::take(&mut tokens);
    if let Some(clock) = &clock
        && named.is_none()
    {
        named = zone::take_after(&mut tokens, clock.stood_at, zone);
    }
    let scope = if clock.is_some() { Scope::DayOnly } else { Scope::AnyPeriod };
    let vietnamese = local_words || named == Some(Zone::VIETNAM);
    let order = match &clock {
        Some(clock) if clock.american && !vietnamese => FieldOrder::Month,
        Some(clock) if clock.iso => FieldOrder::Year,
        _ => FieldOrder::Day,
    };
    let day = calendar::find(&tokens, order, scope)?;
    match clock {
        None => Some(Moment::Day(day)),
        Some(clock) => at(day, clock, named.unwrap_or(Zone::Place(zone))),
    }
}

/// The number in `/Date(1741140450123+0700)/`, as old services of Microsoft write it, or behind `@`.
fn unwrapped(line: &str) -> &str {
    match line.trim_matches(['\\', '/']).strip_prefix("Date(") {
        Some(inside) => inside.split(['+', '-', ')']).next().unwrap_or_default(),
        None => line.strip_prefix('@').unwrap_or(line),
    }
}

/// A text that is one number: seconds or milliseconds since 1970, or a compact date and time.
fn whole_number(tokens: &[Token], zone: Tz) -> Option<Moment> {
    let (value, digits) = match tokens {
        [whole] => whole.number()?,
        [whole, point, _fraction] if point.is_sign('.') => whole.number()?,
        _ => return None,
    };
    let value = i64::try_from(value).ok()?;
    let instant = match digits {
        10 => DateTime::from_timestamp(value, 0),
        13 => DateTime::from_timestamp_millis(value),
        16 => DateTime::from_timestamp_micros(value),
        12 => return compact(value.checked_mul(100)?, zone),
        14 => return compact(value, zone),
        _ => None,
    };
    instant
        .filter(|at| YEARS.contains(&chrono::Datelike::year(at)))
        .map(|at| Moment::Instant(at.fixed_offset()))
}

/// `20261121181000`, as in `yyyyMMddHHmmss`.
fn compact(value: i64, zone: Tz) -> Option<Moment> {
    let part = |divisor: i64, modulus: i64| u32::try_from(value / divisor % modulus).ok();
    let day = calendar::day(part(10_000_000_000, 10_000)?, part(100_000_000, 100)?, part(1_000_000, 100)?)?;
    let time = day.and_hms_opt(part(10_000, 100)?, part(100, 100)?, part(1, 100)?)?;
    local(time, zone).map(Moment::Instant)
}

fn at(day: NaiveDate, clock: Clock, zone: Zone) -> Option<Moment> {
    let day = if clock.hour == 24 { day.checked_add_days(Days::new(1))? } else { day };
    let time = day.and_hms_micro_opt(clock.hour % 24, clock.minute, clock.second, clock.micros)?;
    let instant = match zone {
        Zone::Place(place) => local(time, place)?,
        Zone::Offset(minutes) => FixedOffset::east_opt(minutes * 60)?.from_local_datetime(&time).single()?,
    };
    Some(Moment::Instant(instant))
}

/// The instant of a wall-clock time; a repeated hour means its first pass, a skipped one the hour after it.
fn local(time: NaiveDateTime, place: Tz) -> Option<DateTime<FixedOffset>> {
    let first = place.from_local_datetime(&time).earliest();
    let instant = first.or_else(|| place.from_local_datetime(&(time + TimeDelta::hours(1))).earliest());
    instant.map_or_else(
        || Some(Utc.from_utc_datetime(&time).fixed_offset()),
        |instant| Some(instant.fixed_offset()),
    )
}
