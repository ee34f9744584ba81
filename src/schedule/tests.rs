//! Schedules at their door: outcome and now in, a time out.

use std::time::Duration;

use chrono::{DateTime, TimeZone};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{Cron, Outcome, next_attempt, next_delivery, next_poll};
use crate::model::Timestamp;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

fn at(text: &str) -> Timestamp {
    DateTime::parse_from_rfc3339(text).unwrap().into()
}

#[test]
fn occurrences_follow_the_clock_of_the_zone() {
    for (line, zone, after, next) in [
        ("30 7 * * *", Tz::Asia__Ho_Chi_Minh, "2027-01-01T00:29:59Z", "2027-01-01T00:30:00Z"),
        ("30 7 * * *", Tz::Asia__Ho_Chi_Minh, "2027-01-01T00:30:00Z", "2027-01-02T00:30:00Z"),
        ("0 */15 6-22 * * *", Tz::Asia__Ho_Chi_Minh, "2027-01-01T16:00:00Z", "2027-01-01T23:00:00Z"),
        ("10 0 18 * * MON-FRI", Tz::UTC, "2027-01-01T18:00:10Z", "2027-01-04T18:00:10Z"),
        ("0 9 29 2 *", Tz::UTC, "2027-01-01T00:00:00Z", "2028-02-29T09:00:00Z"),
        // The clock jumps from 2 to 3 on 28 March 2027, and goes back from 3 to 2 on 31 October.
        ("30 2 * * *", Tz::Europe__Berlin, "2027-03-27T12:00:00Z", "2027-03-28T01:00:00Z"),
        ("30 2 * * *", Tz::Europe__Berlin, "2027-10-30T12:00:00Z", "2027-10-31T00:30:00Z"),
        ("30 2 * * *", Tz::Europe__Berlin, "2027-10-31T00:30:00Z", "2027-11-01T01:30:00Z"),
        ("0 8 * * *", Tz::Europe__Berlin, "2027-03-27T12:00:00Z", "2027-03-28T06:00:00Z"),
    ] {
        let cron = Cron::parse(line, zone).unwrap();
        assert_eq!(cron.next_after(at(after)), Some(at(next)), "{line} after {after}");
        assert_eq!(cron.line(), line);
    }
}

#[test]
fn one_missed_period_is_made_up() {
    let cron = Cron::parse("30 7 * * *", Tz::UTC).unwrap();
    for (after, until, latest) in [
        ("2027-01-01T08:00:00Z", "2027-01-01T23:00:00Z", None),
        ("2027-01-01T08:00:00Z", "2027-01-02T07:30:00Z", Some("2027-01-02T07:30:00Z")),
        ("2027-01-01T07:30:00Z", "2027-01-01T07:30:00Z", None),
        ("2027-01-01T07:30:00Z", "2027-01-09T07:29:59Z", Some("2027-01-08T07:30:00Z")),
        ("2020-01-01T00:00:00Z", "2027-01-09T12:00:00Z", Some("2027-01-09T07:30:00Z")),
        ("2027-01-09T12:00:00Z", "2027-01-01T00:00:00Z", None),
    ] {
        assert_eq!(cron.latest_between(at(after), at(until)), latest.map(at), "{after} to {until}");
    }
}

#[test]
fn a_wrong_line_is_explained() {
    for (line, part) in [
        ("", "has 0"),
        ("* * *", "has 3"),
        ("0 0 7 * * * *", "has 7"),
        ("61 7 * * *", "minute field \"61\""),
        ("0 7 * * MOND", "weekday field \"MOND\""),
        ("0 25 * * *", "hour field \"25\""),
        ("0 0 25 * * *", "hour field \"25\""),
        ("0 7 0 * *", "day of the month field \"0\""),
        ("0 7 30 2 *", "never occurs"),
        ("a b c d e", "minute field \"a\""),
    ] {
        let sentence = Cron::parse(line, Tz::UTC).unwrap_err().to_string();
        assert!(sentence.contains(part) && sentence.contains("30 7 * * *"), "{line}: {sentence}");
    }
}

#[test]
fn polls_wait_as_publishers_and_failures_ask() {
    let answered = |fresh_for| Outcome::Answered { fresh_for };
    let failed = |failures, retry_after| Outcome::Failed { failures, retry_after };
    for (every, outcome, wait) in [
        (15 * MINUTE, answered(None), 15 * MINUTE),
        (15 * MINUTE, answered(Some(MINUTE)), 15 * MINUTE),
        (15 * MINUTE, answered(Some(HOUR)), HOUR),
        (15 * MINUTE, answered(Some(90 * DAY)), DAY),
        (7 * DAY, answered(Some(HOUR)), 7 * DAY),
        (15 * MINUTE, failed(1, None), 15 * MINUTE),
        (15 * MINUTE, failed(3, None), HOUR),
        (15 * MINUTE, failed(1, Some(2 * HOUR)), 2 * HOUR),
        (15 * MINUTE, failed(1, Some(90 * DAY)), DAY),
        (7 * DAY, failed(9, None), 7 * DAY),
        (15 * MINUTE, Outcome::Gone, 30 * DAY),
    ] {
        assert_eq!(next_poll(NOW, every, outcome, 0.0), NOW.plus(wait), "{every:?} {outcome:?}");
    }
}

#[test]
fn articles_are_tried_four_times() {
    let wait = |attempts, retry_after| next_attempt(NOW, attempts, retry_after, 0.0).map(|at| at.since(NOW));
    let waits: Vec<_> = (0..5).map(|attempts| wait(attempts, None).map(|wait| wait.as_secs())).collect();
    assert_eq!(waits, [Some(0), Some(30), Some(300), Some(1800), None]);
    assert_eq!(wait(1, Some(HOUR)), Some(HOUR));
    assert_eq!(wait(1, Some(400 * DAY)), Some(DAY));
    assert_eq!(wait(4, Some(HOUR)), None);
}

#[test]
fn deliveries_are_tried_for_three_days() {
    let wait = |attempts, retry_after| next_delivery(NOW, attempts, retry_after, 0.0).map(|at| at.since(NOW));
    let waits: Vec<_> = (0..11).map(|attempts| wait(attempts, None).map(|wait| wait.as_secs())).collect();
    let hours = [2, 5, 10, 14, 20, 24].map(|hours| Some(hours * 3600));
    assert_eq!(waits[..4], [Some(0), Some(5), Some(300), Some(1800)]);
    assert_eq!(waits[4..10], hours);
    assert_eq!(waits[10], None);
    assert_eq!(wait(1, Some(HOUR)), Some(HOUR));
    assert_eq!(wait(9, Some(HOUR)), Some(DAY));
    assert_eq!(wait(1, Some(9 * DAY)), Some(DAY));
    assert_eq!(wait(10, Some(HOUR)), None);
}

proptest! {
    #[test]
    fn nothing_happens_earlier_than_allowed(
        every in 1_u64..2_000_000, failures in 0_u32..100, asked in 0_u64..1_000_000, jitter in -1.0_f64..2.0,
    ) {
        let (every, asked) = (Duration::from_secs(every), Duration::from_secs(asked));
        for outcome in [
            Outcome::Answered { fresh_for: Some(asked) },
            Outcome::Failed { failures, retry_after: Some(asked) },
            Outcome::Gone,
        ] {
            let wait = next_poll(NOW, every, outcome, jitter).since(NOW);
            prop_assert!(wait >= every);
            prop_assert!(matches!(outcome, Outcome::Gone) || wait >= asked.min(DAY));
            prop_assert!(wait <= every.max(30 * DAY).mul_f64(1.1) + MINUTE);
        }
        if let Some(at) = next_delivery(NOW, failures, Some(asked), jitter) {
            prop_assert!(at.since(NOW) >= asked.min(DAY));
        }
        let failed = next_poll(NOW, every, Outcome::Failed { failures, retry_after: None }, jitter).since(NOW);
        prop_assert!(failed <= DAY.max(every.mul_f64(1.1)));
    }

    #[test]
    fn the_latest_occurrence_is_the_last_of_all(
        start in 1_790_000_000_i64..1_850_000_000, hours in 1_i64..100, minute in 0_u32..60, hour in 0_u32..24,
    ) {
        let zone = Tz::America__New_York;
        let moment = |seconds: i64| Timestamp::from(zone.timestamp_opt(seconds, 0).unwrap());
        let (after, until) = (moment(start), moment(start + hours * 3600));
        for line in [format!("{minute} {hour} * * *"), format!("*/20 {hour} * * *"), format!("{minute} * * * 0")] {
            let cron = Cron::parse(&line, zone).unwrap();
            let all = std::iter::successors(cron.next_after(after), |last| cron.next_after(*last));
            let last = all.take_while(|occurrence| *occurrence <= until).last();
            prop_assert_eq!(cron.latest_between(after, until), last);
        }
    }
}
