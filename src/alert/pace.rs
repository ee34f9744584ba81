//! When an alert may speak, and how often.

use std::time::Duration;

use chrono::{Days, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use crate::model::{Restraint, Timestamp};

/// Messages that go out at one time are this much apart at most.
const AT_ONCE: Duration = Duration::from_secs(1);
/// Longer than messages wait for others only because many come at once.
const LONGEST_GATHERING: Duration = Duration::from_secs(30);

/// What keeps an `[[alert]]` from telling everything at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// The hours in which it keeps still.
    pub quiet: Option<Quiet>,
    /// With more messages than this within an hour the next holds several articles.
    pub max_per_hour: Option<u32>,
}

/// What keeps a message back before anyone tries to send it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// `quiet` hours.
    Quiet,
    /// `max_per_hour`.
    PerHour,
}

impl Pace {
    /// What of it keeps a message back that was queued then and is due then; `None` where it is something else.
    pub fn hold(&self, queued: Timestamp, due: Timestamp) -> Option<Hold> {
        let at_once = |end: Timestamp| due.since(end) < AT_ONCE && end.since(due) < AT_ONCE;
        if self.quiet.and_then(|quiet| quiet.end(queued)).is_some_and(at_once) {
            return Some(Hold::Quiet);
        }
        self.max_per_hour.filter(|_| due.since(queued) > LONGEST_GATHERING).map(|_| Hold::PerHour)
    }

    /// What it asks for now; `None` where nothing keeps it back.
    pub fn restraint(&self, now: Timestamp) -> Option<Restraint> {
        let quiet_until = self.quiet.and_then(|quiet| quiet.end(now));
        let restraint = Restraint { quiet_until, max_per_hour: self.max_per_hour };
        (restraint != Restraint::default()).then_some(restraint)
    }
}

/// Hours of the day in a time zone, over midnight where they end before they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    from: NaiveTime,
    until: NaiveTime,
    zone: Tz,
}

impl Quiet {
    /// Reads `22:00-06:30`; `None` where it is not written so, or lasts no time at all.
    pub fn parse(hours: &str, zone: Tz) -> Option<Self> {
        let (from, until) = hours.split_once(['-', '–'])?;
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let (from, until) = (time(from)?, time(until)?);
        (from != until).then_some(Self { from, until, zone })
    }

    /// When the quiet that reigns now ends; `None` where there is none.
    pub fn end(&self, now: Timestamp) -> Option<Timestamp> {
        let local = now.to_utc().with_timezone(&self.zone).naive_local();
        let (day, time) = (local.date(), local.time());
        let over_midnight = self.until < self.from;
        let day = match (time < self.until, time >= self.from) {
            (true, true) => day,
            (true, false) if over_midnight => day,
            (false, true) if over_midnight => day.checked_add_days(Days::new(1))?,
            _ => return None,
        };
        // Where the clock is put forward over the end, quiet ends with the first time there is.
        let mut ends = (0..8).map(|quarters| day.and_time(self.until) + TimeDelta::minutes(15 * quarters));
        let end: Timestamp = ends.find_map(|end| self.zone.from_local_datetime(&end).earliest())?.into();
        Some(end).filter(|end| *end > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
    }

    #[test]
    fn it_is_told_which_setting_keeps_a_message_back() {
        let quiet = Quiet::parse("22:00-06:30", chrono_tz::Asia::Ho_Chi_Minh);
        let (night, morning) = (at("2026-11-21T16:00:00Z"), at("2026-11-21T23:30:00Z"));
        let soon = night.plus(Duration::from_secs(20));
        for (pace, due, hold) in [
            (Pace { quiet, max_per_hour: None }, morning, Some(Hold::Quiet)),
            (
                Pace { quiet, max_per_hour: Some(1) },
                morning.plus(Duration::from_micros(7)),
                Some(Hold::Quiet),
            ),
            (Pace { quiet, max_per_hour: None }, morning.plus(Duration::from_mins(5)), None),
            (Pace { quiet: None, max_per_hour: Some(1) }, morning, Some(Hold::PerHour)),
            (Pace { quiet: None, max_per_hour: Some(1) }, soon, None),
            (Pace::default(), soon, None),
        ] {
            assert_eq!(pace.hold(night, due), hold, "{pace:?} {due}");
        }
    }

    #[test]
    fn quiet_ends_at_its_hour_in_its_zone() {
        let hanoi = chrono_tz::Asia::Ho_Chi_Minh;
        let berlin = chrono_tz::Europe::Berlin;
        for (hours, zone, now, end) in [
            ("22:00-06:30", hanoi, "2026-11-21T14:59:59Z", None),
            ("22:00-06:30", hanoi, "2026-11-21T15:00:00Z", Some("2026-11-21T23:30:00Z")),
            ("22:00 - 06:30", hanoi, "2026-11-21T23:29:59Z", Some("2026-11-21T23:30:00Z")),
            ("22:00-06:30", hanoi, "2026-11-21T23:30:00Z", None),
            ("12:00–13:30", hanoi, "2026-11-21T05:00:00Z", Some("2026-11-21T06:30:00Z")),
            ("12:00-13:30", hanoi, "2026-11-21T04:59:00Z", None),
            ("12:00-13:30", hanoi, "2026-11-21T07:00:00Z", None),
            ("00:00-06:00", hanoi, "2026-11-20T17:00:00Z", Some("2026-11-20T23:00:00Z")),
            // Clocks go from 2:00 to 3:00 on 29 March 2026 and from 3:00 back to 2:00 on 25 October.
            ("22:00-02:30", berlin, "2026-03-28T22:00:00Z", Some("2026-03-29T01:00:00Z")),
            ("22:00-02:30", berlin, "2026-10-25T00:15:00Z", Some("2026-10-25T00:30:00Z")),
        ] {
            let quiet = Quiet::parse(hours, zone).unwrap();
            assert_eq!(quiet.end(at(now)), end.map(at), "{hours} {now}");
        }
    }

    #[test]
    fn what_is_no_span_of_hours_is_refused() {
        for hours in ["", "22:00", "22-6", "22:00-22:00", "25:00-06:00", "22:00-06:60", "10pm-6am"] {
            assert_eq!(Quiet::parse(hours, chrono_tz::UTC), None, "{hours}");
        }
    }
}
