//! Schedules at their door: outcome and now in, a time out.

mod memory;
mod resuming;
mod simulation;

use std::time::Duration;

use chrono::{DateTime, TimeZone, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{Cadence, Cron, Pace, Reply, next_attempt, next_delivery, next_poll};
use crate::model::{FeedHints, Timestamp};

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

fn every(every: Duration) -> Pace<'static> {
    Pace { every, cadence: &Cadence::Interval, history: &[] }
}

fn answered(fresh_for: Option<Duration>) -> Reply {
    Reply::Answered { fresh_for }
}

fn failed(failures: u32, retry_after: Option<Duration>) -> Reply {
    Reply::Failed { failures, retry_after }
}

#[test]
fn polls_wait_as_publishers_and_failures_ask() {
    for (interval, reply, wait) in [
        (15 * MINUTE, answered(None), Some(15 * MINUTE)),
        (15 * MINUTE, answered(Some(MINUTE)), Some(15 * MINUTE)),
        (15 * MINUTE, answered(Some(HOUR)), Some(HOUR)),
        (15 * MINUTE, answered(Some(90 * DAY)), Some(DAY)),
        (7 * DAY, answered(Some(HOUR)), Some(7 * DAY)),
        (15 * MINUTE, failed(1, None), Some(15 * MINUTE)),
        (15 * MINUTE, failed(3, None), Some(HOUR)),
        (15 * MINUTE, failed(1, Some(2 * HOUR)), Some(2 * HOUR)),
        (15 * MINUTE, failed(1, Some(90 * DAY)), Some(DAY)),
        (7 * DAY, failed(9, None), Some(7 * DAY)),
        (15 * MINUTE, Reply::Gone, None),
    ] {
        let next = next_poll(&every(interval), &FeedHints::default(), reply, NOW, 0.0);
        assert_eq!(next, wait.map(|wait| NOW.plus(wait)), "{interval:?} {reply:?}");
    }
}

#[test]
fn a_feed_that_wants_hours_and_days_skipped_is_read_outside_of_them() {
    let hours = |hours: &[u32]| FeedHints { skip_hours: hours.to_vec(), ..FeedHints::default() };
    let days = |days: &[Weekday]| FeedHints { skip_days: days.to_vec(), ..FeedHints::default() };
    let all_days =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let all_but_noon: Vec<u32> = (0..24).filter(|hour| *hour != 12).collect();
    // The first of January 2027 is a Friday.
    for (hints, now, next) in [
        (hours(&[9, 10]), "2027-01-01T08:50:00Z", "2027-01-01T11:00:00Z"),
        (hours(&[9, 10]), "2027-01-01T08:40:00Z", "2027-01-01T08:55:00Z"),
        (hours(&[22, 23, 0, 1]), "2027-01-01T22:10:00Z", "2027-01-02T02:00:00Z"),
        (hours(&all_but_noon), "2027-01-01T12:50:00Z", "2027-01-02T12:00:00Z"),
        (hours(&(0..24).collect::<Vec<_>>()), "2027-01-01T08:50:00Z", "2027-01-01T09:05:00Z"),
        (hours(&[24, 99]), "2027-01-01T23:50:00Z", "2027-01-02T00:05:00Z"),
        (days(&[Weekday::Sat]), "2027-01-01T23:50:00Z", "2027-01-03T00:00:00Z"),
        // No longer than a day beyond the user's own time.
        (days(&[Weekday::Sat, Weekday::Sun]), "2027-01-01T23:50:00Z", "2027-01-03T00:05:00Z"),
        (days(&all_days), "2027-01-01T23:50:00Z", "2027-01-02T00:05:00Z"),
        (
            FeedHints {
                ttl: Some(HOUR),
                update_period: Some(2 * HOUR),
                skip_hours: vec![10],
                ..FeedHints::default()
            },
            "2027-01-01T08:50:00Z",
            "2027-01-01T11:00:00Z",
        ),
    ] {
        let found = next_poll(&every(15 * MINUTE), &hints, answered(None), at(now), 0.0);
        assert_eq!(found, Some(at(next)), "{hints:?} after {now}");
    }
}

#[test]
fn a_cron_line_is_kept_unless_a_publisher_or_a_failure_asks_for_longer() {
    let cron = |line: &str| Cadence::Cron(Cron::parse(line, Tz::UTC).unwrap());
    for (line, reply, now, next) in [
        ("*/15 6-22 * * *", answered(None), "2027-01-01T08:50:00Z", "2027-01-01T09:00:00Z"),
        ("*/15 6-22 * * *", answered(None), "2027-01-01T22:45:03Z", "2027-01-02T06:00:00Z"),
        // `min_every` is a minute.
        ("0 * * * *", answered(None), "2027-01-01T08:59:30Z", "2027-01-01T10:00:00Z"),
        ("*/15 * * * *", answered(Some(HOUR)), "2027-01-01T08:00:02Z", "2027-01-01T09:15:00Z"),
        ("0 7 * * *", answered(Some(30 * DAY)), "2027-01-01T07:00:02Z", "2027-01-02T07:00:00Z"),
        ("0 7 * * 1", answered(Some(DAY)), "2027-01-04T07:00:02Z", "2027-01-11T07:00:00Z"),
        ("*/5 * * * *", failed(5, None), "2027-01-01T08:00:02Z", "2027-01-01T08:20:00Z"),
        ("0 7 * * *", failed(1, Some(DAY)), "2027-01-01T07:00:02Z", "2027-01-03T07:00:00Z"),
    ] {
        let (cadence, jitter) = (cron(line), 0.0);
        let pace = Pace { every: MINUTE, cadence: &cadence, history: &[] };
        let found = next_poll(&pace, &FeedHints::default(), reply, at(now), jitter);
        assert_eq!(found, Some(at(next)), "{line} {reply:?} after {now}");
    }
    let hourly = cron("0 * * * *");
    let pace = Pace { every: MINUTE, cadence: &hourly, history: &[] };
    let hints = FeedHints { skip_hours: vec![9, 10], ..FeedHints::default() };
    let found = next_poll(&pace, &hints, answered(None), at("2027-01-01T08:00:02Z"), 0.9);
    assert_eq!(found, Some(at("2027-01-01T11:00:00Z")));
}

#[test]
fn a_cron_line_whose_moment_is_skipped_is_kept_right_after_and_loses_no_day() {
    let skipping = |hours: &[u32]| FeedHints { skip_hours: hours.to_vec(), ..FeedHints::default() };
    for (line, hints, polls) in [
        // The poll moves to the end of the hours, day after day.
        (
            "0 3 * * *",
            skipping(&[2, 3, 4]),
            ["2027-01-01T05:00:00Z", "2027-01-02T05:00:00Z", "2027-01-03T05:00:00Z"],
        ),
        (
            "30 23 * * *",
            skipping(&[23, 0]),
            ["2027-01-02T01:00:00Z", "2027-01-03T01:00:00Z", "2027-01-04T01:00:00Z"],
        ),
        // It takes no later moment's place.
        (
            "15,45 3,5 * * *",
            skipping(&[3, 4]),
            ["2027-01-01T05:00:00Z", "2027-01-01T05:15:00Z", "2027-01-01T05:45:00Z"],
        ),
        // Several skipped moments are one poll; an end that is a moment of the line is not polled twice.
        (
            "0 */2 * * *",
            skipping(&[2, 3, 4, 5, 6, 7]),
            ["2027-01-01T08:00:00Z", "2027-01-01T10:00:00Z", "2027-01-01T12:00:00Z"],
        ),
        // The skipped day is over a day later: the first of January 2027 is a Friday.
        (
            "0 3 * * *",
            FeedHints { skip_days: vec![Weekday::Sat], ..FeedHints::default() },
            ["2027-01-01T03:00:00Z", "2027-01-03T00:00:00Z", "2027-01-03T03:00:00Z"],
        ),
    ] {
        let cadence = Cadence::Cron(Cron::parse(line, Tz::UTC).unwrap());
        let pace = Pace { every: MINUTE, cadence: &cadence, history: &[] };
        let mut now = at("2027-01-01T00:30:00Z");
        for expected in polls {
            let next = next_poll(&pace, &hints, answered(None), now, 0.5).unwrap();
            assert_eq!(next, at(expected), "{line} {hints:?} after {now}");
            now = next.plus(Duration::from_secs(2));
        }
    }
}

#[test]
fn the_automatic_interval_follows_the_source() {
    let gaps = |gap: Duration, count: u32, silence: Duration| -> Vec<Timestamp> {
        (0..count).map(|n| NOW.minus(silence + gap * n)).collect()
    };
    let batch: Vec<Timestamp> = gaps(DAY, 6, HOUR)
        .into_iter()
        .flat_map(|at| (0..20).map(move |n| at.minus(MINUTE / 20 * n)))
        .collect();
    for (what, history, least, interval) in [
        ("nothing known", vec![], MINUTE, 15 * MINUTE),
        ("two entries", gaps(HOUR, 2, MINUTE), MINUTE, 15 * MINUTE),
        ("an agency", gaps(6 * MINUTE, 100, MINUTE), MINUTE, 5 * MINUTE),
        ("an agency, and a floor", gaps(6 * MINUTE, 100, MINUTE), 10 * MINUTE, 10 * MINUTE),
        ("a paper by day", gaps(40 * MINUTE, 30, 10 * MINUTE), MINUTE, 20 * MINUTE),
        ("a paper at night", gaps(40 * MINUTE, 30, 8 * HOUR), MINUTE, 48 * MINUTE),
        ("a weekly blog", gaps(7 * DAY, 12, DAY), MINUTE, 6 * HOUR),
        ("twenty articles each morning", batch, MINUTE, 6 * HOUR),
        (
            "dates in the future",
            vec![NOW.plus(DAY), NOW.plus(2 * DAY), NOW.plus(3 * DAY)],
            MINUTE,
            15 * MINUTE,
        ),
        ("a floor above the bounds", gaps(HOUR, 20, MINUTE), 12 * HOUR, 12 * HOUR),
    ] {
        let pace = Pace { every: least, cadence: &Cadence::Auto, history: &history };
        assert_eq!(pace.interval(NOW), interval, "{what}");
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
        let hints = FeedHints::default();
        for reply in [answered(Some(asked)), failed(failures, Some(asked))] {
            let wait = next_poll(&self::every(every), &hints, reply, NOW, jitter).unwrap().since(NOW);
            prop_assert!(wait >= every);
            prop_assert!(wait >= asked.min(DAY));
            prop_assert!(wait <= every.max(DAY).mul_f64(1.1) + MINUTE);
        }
        if let Some(at) = next_delivery(NOW, failures, Some(asked), jitter) {
            prop_assert!(at.since(NOW) >= asked.min(DAY));
        }
        let failed = next_poll(&self::every(every), &hints, failed(failures, None), NOW, jitter).unwrap();
        prop_assert!(failed.since(NOW) <= DAY.max(every.mul_f64(1.1)));
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
