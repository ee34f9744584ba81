//! After a pause: no burst, nothing lost, nothing earlier than it was.

use super::super::{Waiting, is_gap, resume};
use super::*;

static ANY_TIME: FeedHints =
    FeedHints { ttl: None, update_period: None, skip_hours: Vec::new(), skip_days: Vec::new() };

fn waiting<'a>(name: &'a str, host: &'a str, next_poll_at: Timestamp) -> Waiting<'a> {
    Waiting { name, host, pace: every(15 * MINUTE), last_polled_at: None, next_poll_at, hints: &ANY_TIME }
}

#[test]
fn a_pause_is_told_from_the_daily_round() {
    for (seconds, gap) in
        [(0, false), (60, false), (240, false), (301, true), (28_800, true), (-30, false), (-61, true)]
    {
        let now = Timestamp::from_micros(NOW.micros() + seconds * 1_000_000);
        assert_eq!(is_gap(NOW, now), gap, "{seconds} s");
    }
}

#[test]
fn a_thousand_overdue_sources_follow_each_other_and_those_of_one_host_evenly() {
    let names: Vec<String> = (0..1_000).map(|n| format!("Nguồn {n}")).collect();
    let hosts: Vec<String> =
        (0..1_000).map(|n| if n < 60 { "big.example".to_owned() } else { format!("{n}.example") }).collect();
    let overdue = NOW.minus(8 * HOUR);
    let all: Vec<Waiting<'_>> =
        names.iter().zip(&hosts).map(|(name, host)| waiting(name, host, overdue)).collect();
    let times = resume(&all, NOW);
    assert!(times.iter().all(|at| *at >= NOW && *at < NOW.plus(5 * MINUTE)));
    let per_minute = |from: u32, big: bool| {
        let minute = NOW.plus(MINUTE * from)..NOW.plus(MINUTE * (from + 1));
        times
            .iter()
            .zip(&hosts)
            .filter(|(at, host)| minute.contains(at) && (!big || *host == "big.example"))
            .count()
    };
    for minute in 0..5 {
        assert!(
            (10..=14).contains(&per_minute(minute, true)),
            "minute {minute}: {}",
            per_minute(minute, true)
        );
    }
    assert!(per_minute(0, false) < 640, "{}", per_minute(0, false));
    assert_eq!(resume(&all, NOW), times, "names alone decide");
}

#[test]
fn what_is_not_due_keeps_its_time_and_a_single_source_waits_seconds() {
    let later = NOW.plus(HOUR);
    let all = [waiting("a", "a.example", later), waiting("b", "b.example", NOW.minus(DAY))];
    let times = resume(&all, NOW);
    assert_eq!(times[0], later);
    assert!(times[1] < NOW.plus(Duration::from_secs(5)));
    assert!(resume(&[], NOW).is_empty());
}

#[test]
fn nobody_waits_longer_than_its_own_interval() {
    let names: Vec<String> = (0..500).map(|n| n.to_string()).collect();
    let quick = |name| Waiting { pace: every(MINUTE), ..waiting(name, "one.example", NOW) };
    let all: Vec<Waiting<'_>> = names.iter().map(|name| quick(name)).collect();
    assert!(resume(&all, NOW).iter().all(|at| *at <= NOW.plus(MINUTE)));
}

#[test]
fn a_clock_that_was_put_back_takes_the_waits_with_it() {
    let polled = |ago: Duration, wait: Duration| Waiting {
        last_polled_at: Some(NOW.plus(DAY).minus(ago)),
        next_poll_at: NOW.plus(DAY).minus(ago).plus(wait),
        ..waiting("a", "a.example", NOW)
    };
    let all = [polled(Duration::ZERO, 15 * MINUTE), polled(HOUR, 6 * HOUR), polled(MINUTE, 15 * MINUTE)];
    let times = resume(&all, NOW);
    assert_eq!(times, [NOW.plus(15 * MINUTE), NOW.plus(5 * HOUR), NOW.plus(14 * MINUTE)]);
}

#[test]
fn an_overdue_feed_is_read_after_the_hours_it_wants_skipped() {
    let now = at("2027-01-01T08:30:00Z");
    for (skip_hours, overdue, hour) in [
        (vec![8, 9], now.minus(HOUR), "2027-01-01T10:00:00Z"),
        (vec![8, 9], now.minus(2 * DAY), "2027-01-01T08:30:00Z"),
        (vec![10], now.minus(HOUR), "2027-01-01T08:30:00Z"),
    ] {
        let hints = FeedHints { skip_hours, ..FeedHints::default() };
        let next = resume(&[Waiting { hints: &hints, ..waiting("a", "a.example", overdue) }], now)[0];
        assert!(next >= at(hour) && next < at(hour).plus(5 * MINUTE), "{hints:?}: {next}");
    }
}

#[test]
fn a_cron_line_is_kept_by_the_clock_that_was_put_back() {
    let cadence = Cadence::Cron(Cron::parse("30 7 * * *", Tz::UTC).unwrap());
    let now = at("2027-01-02T05:00:00Z");
    let planned = Waiting {
        pace: Pace { every: MINUTE, cadence: &cadence, history: &[] },
        last_polled_at: Some(now.plus(HOUR)),
        ..waiting("a", "a.example", at("2027-01-02T07:30:00Z"))
    };
    assert_eq!(resume(&[planned], now), [at("2027-01-02T07:30:00Z")]);
}
