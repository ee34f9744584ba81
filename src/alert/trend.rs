//! Which entities a digest shows the trend of, and over which days.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::time::Duration;

use chrono::{Days, TimeZone};
use chrono_tz::Tz;

use crate::model::{Item, TREND_DAYS, Timestamp};

/// More trends than this are more than a reader looks at.
const MOST_TRENDS: usize = 8;

/// The ends of the days that a trend tells of, the beginning of the first day before them.
///
/// A day is 24 hours by the wall clock of the zone and the last one ends at `until`: counted by calendar days, the last column of
/// a digest in the morning would always be a stump.
pub fn trend_days(until: Timestamp, zone: Tz) -> Vec<Timestamp> {
    (0..=TREND_DAYS as u64).rev().map(|days| days_before(until, days, zone)).collect()
}

/// The same time of day that many days ago; where clocks leapt over it, the plain number of hours.
fn days_before(until: Timestamp, days: u64, zone: Tz) -> Timestamp {
    let local = until.to_utc().with_timezone(&zone).naive_local();
    let then = local.checked_sub_days(Days::new(days));
    let at = then.and_then(|then| zone.from_local_datetime(&then).earliest());
    at.map_or_else(|| until.minus(Duration::from_hours(24 * days)), Timestamp::from)
}

/// The entities that most articles of a digest name, the most named first.
pub fn most_named(items: &[Item]) -> Vec<String> {
    let mut named: HashMap<&str, usize> = HashMap::new();
    for entity in items.iter().flat_map(|item| &item.entities) {
        *named.entry(&entity.name).or_default() += 1;
    }
    let mut ranked: Vec<(&str, usize)> = named.into_iter().collect();
    ranked.sort_by_key(|(name, articles)| (Reverse(*articles), *name));
    ranked.into_iter().take(MOST_TRENDS).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().into()
    }

    #[test]
    fn a_day_begins_at_the_same_time_of_day_also_where_clocks_change() {
        let days = trend_days(at("2026-11-21T00:30:00Z"), chrono_tz::Asia::Ho_Chi_Minh);
        assert_eq!(days.len(), TREND_DAYS + 1);
        assert_eq!((days[0], days[14]), (at("2026-11-07T00:30:00Z"), at("2026-11-21T00:30:00Z")));
        let days = trend_days(at("2026-10-26T06:30:00Z"), chrono_tz::Europe::Berlin);
        assert_eq!((days[12], days[13]), (at("2026-10-24T05:30:00Z"), at("2026-10-25T06:30:00Z")));
    }

    #[test]
    fn an_hour_that_a_night_did_not_have_does_no_harm() {
        let days = trend_days(at("2026-03-30T00:30:00Z"), chrono_tz::Europe::Berlin);
        assert!(days.is_sorted());
        for end in [Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX)] {
            assert_eq!(trend_days(end, chrono_tz::UTC).len(), TREND_DAYS + 1);
        }
    }
}
