//! Times as a reader of a mail wants them: in one zone, to the minute.

use chrono_tz::Tz;

use super::words::Words;
use crate::model::{Moment, Timestamp};

/// Day and time in the zone.
pub(super) fn instant(at: Timestamp, words: &Words, zone: Tz) -> String {
    at.to_utc().with_timezone(&zone).format(words.instant).to_string()
}

/// The day in the zone.
pub(super) fn day(at: Timestamp, words: &Words, zone: Tz) -> String {
    at.to_utc().with_timezone(&zone).format(words.day).to_string()
}

/// Day and time in the zone, or just the day where the publisher gave no more.
pub(super) fn moment(at: Moment, words: &Words, zone: Tz) -> String {
    match at {
        Moment::Instant(at) => at.with_timezone(&zone).format(words.instant).to_string(),
        Moment::Day(day) => day.format(words.day).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    #[test]
    fn times_are_shown_in_the_readers_zone() {
        let at = Timestamp::from(chrono::DateTime::parse_from_rfc3339("2026-11-20T23:05:00Z").unwrap());
        let published =
            Moment::Instant(chrono::DateTime::parse_from_rfc3339("2026-11-21T08:00:00+09:00").unwrap());
        let date = Moment::Day(chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        for (language, expected) in [
            (Language::Vi, ["06:05, 21/11/2026", "21/11/2026", "06:00, 21/11/2026", "21/11/2026"]),
            (Language::En, ["21 Nov 2026, 06:05", "21 Nov 2026", "21 Nov 2026, 06:00", "21 Nov 2026"]),
        ] {
            let words = Words::of(language);
            let shown = [
                instant(at, words, zone),
                day(at, words, zone),
                moment(published, words, zone),
                moment(date, words, zone),
            ];
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn the_ends_of_time_do_no_harm() {
        for at in [Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX)] {
            assert!(!instant(at, Words::of(Language::Vi), chrono_tz::Pacific::Kiritimati).is_empty());
        }
        for end in [chrono::DateTime::<chrono::Utc>::MAX_UTC, chrono::DateTime::<chrono::Utc>::MIN_UTC] {
            let at = Moment::Instant(end.fixed_offset());
            for zone in [chrono_tz::Pacific::Kiritimati, chrono_tz::Pacific::Pago_Pago] {
                assert!(!moment(at, Words::of(Language::En), zone).is_empty());
            }
        }
    }
}
