//! The rules of polling in plain words, told apart from how they are implemented, and held against each poll.

use std::time::Duration;

use chrono::{Datelike, Timelike};

use super::super::{DAY, HOUR, MINUTE};
use super::publisher::{Publisher, Refusal};
use crate::model::{FeedHints, Timestamp};
use crate::schedule::{Answer, Cadence};

/// The clocks at a poll: what really passed, and what the machine believes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clocks {
    pub(super) real: Timestamp,
    pub(super) wall: Timestamp,
}

/// What the last poll of a source asks of the next one.
#[derive(Debug)]
pub(super) struct Promise {
    at: Clocks,
    wished: Duration,
    required: Duration,
    hints: FeedHints,
    latest: Duration,
    gone: bool,
    skipping: Duration,
    grace: Duration,
    paused: bool,
}

impl Promise {
    pub(super) fn of(
        feed: &Publisher,
        at: Clocks,
        hints: &FeedHints,
        (ended, failures): (&Result<Answer, Refusal>, u32),
    ) -> Self {
        let least = if feed.cadence == Cadence::Auto { 5 * MINUTE } else { feed.every };
        let most = if feed.cadence == Cadence::Auto { 6 * HOUR } else { feed.every };
        let (wished, required) = match ended {
            Ok(answer) => {
                let wishes = [answer.fresh_for, hints.ttl, hints.update_period];
                (wishes.into_iter().flatten().max().unwrap_or_default().min(DAY), least)
            }
            Err(Refusal::Failed(after)) => {
                let doubled =
                    least.mul_f64(2_f64.powi(failures.min(30) as i32 - 1)).min(DAY.mul_f64(0.9).max(least));
                (Duration::ZERO, doubled.max(after.unwrap_or_default().min(DAY)))
            }
            Err(Refusal::Gone) => (Duration::ZERO, Duration::ZERO),
        };
        let failed = if ended.is_err() {
            most.mul_f64(2_f64.powi(failures.min(30) as i32 - 1)).min(DAY)
        } else {
            most
        };
        let longest = wished.max(required).max(most).max(failed).mul_f64(1.1);
        let skipping =
            if hints.skip_hours.is_empty() && hints.skip_days.is_empty() { Duration::ZERO } else { DAY };
        let cron = match &feed.cadence {
            // The next moment of the line after that, and where hours are skipped, one within a day of it.
            Cadence::Cron(cron) => {
                cron.next_after(at.wall.plus(longest)).unwrap().since(at.wall.plus(longest))
            }
            _ => Duration::ZERO,
        };
        Self {
            at,
            wished,
            required,
            hints: hints.clone(),
            latest: longest + cron + skipping + 5 * MINUTE,
            skipping,
            gone: matches!(ended, Err(Refusal::Gone)),
            grace: Duration::ZERO,
            paused: false,
        }
    }

    /// A pause, or a clock that was set, has passed: the poll may be later by its length and a quarter of an hour, and after it again
    /// be moved out of hours that are skipped.
    pub(super) fn pause(&mut self, span: Duration) {
        self.grace += span + 16 * MINUTE + self.skipping;
        self.paused = true;
    }

    /// Whether a poll now is one that the last poll allows.
    pub(super) fn hold(&self, feed: &Publisher, now: Clocks) {
        let name = &feed.name;
        assert!(!self.gone, "{name} is gone and nobody asked for it");
        let waited = now.wall.since(self.at.wall).max(now.real.since(self.at.real));
        assert!(waited >= self.required, "{name} was polled {waited:?} after {self:?}");
        if waited < self.wished {
            let Cadence::Cron(cron) = &feed.cadence else {
                panic!("{name} wanted to be left alone: {waited:?}, {self:?}")
            };
            let later = cron.next_after(now.wall).unwrap();
            assert!(
                self.paused || later > self.at.wall.plus(DAY),
                "{name}: {later} had been within a day, {self:?}"
            );
        }
        if let Cadence::Cron(cron) = &feed.cadence
            && !self.paused
        {
            // Its own moment, or the end of skipped hours that hold one.
            let before = self.since_skipped(now.wall).minus(Duration::from_micros(1));
            assert!(cron.next_after(before).unwrap() <= now.wall, "{name} has times of its own");
        }
        // Where a line has no better moment within a day, its last one there stands.
        let last = matches!(&feed.cadence, Cadence::Cron(cron) if cron.next_after(now.wall).unwrap() > self.at.wall.plus(DAY));
        let allowed = waited >= DAY || last || !self.is_skipped(now.wall);
        assert!(allowed, "{name} at {} in spite of {self:?}", now.wall);
        let (real, allowed) = (now.real.since(self.at.real), self.latest + self.grace);
        assert!(real <= allowed, "{name} waited {real:?}, not {allowed:?}: {self:?}");
    }

    /// Whether the feed is one that ought to have been polled by now.
    pub(super) fn is_starved(&self, now: Clocks) -> bool {
        !self.gone && now.real.since(self.at.real) > self.latest + self.grace
    }

    /// When the skipped hours began that end at `at`; `at` where none do.
    fn since_skipped(&self, at: Timestamp) -> Timestamp {
        let mut since = at;
        while at.micros() % HOUR.as_micros() as i64 == 0 && self.is_skipped(since.minus(HOUR)) {
            since = since.minus(HOUR);
        }
        since
    }

    fn is_skipped(&self, at: Timestamp) -> bool {
        let (hours, days, moment) = (&self.hints.skip_hours, &self.hints.skip_days, at.to_utc());
        (hours.len() < 24 && hours.contains(&moment.hour()))
            || (days.len() < 7 && days.contains(&moment.weekday()))
    }
}
