//! What a feed says about how often to come back. Absurd wishes count as none.

use std::time::Duration;

use chrono::Weekday;

use crate::model::FeedHints;

use super::names::Element;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;
/// No feed sleeps longer.
const LONGEST: u64 = 366 * DAY;

/// The wishes as they were read.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    hints: FeedHints,
    period: Option<u64>,
    frequency: Option<u64>,
}

impl Wishes {
    /// Takes the words of an element.
    pub(super) fn take(&mut self, element: Element, words: &str) {
        let words = words.trim();
        let number = || words.parse::<u64>().ok();
        match element {
            Element::Ttl => {
                let seconds = number().and_then(|minutes| minutes.checked_mul(MINUTE));
                let sane = seconds.filter(|seconds| (MINUTE..=LONGEST).contains(seconds));
                self.hints.ttl = self.hints.ttl.or(sane.map(Duration::from_secs));
            }
            // Some count the hours from 1 to 24.
            Element::SkipHour => {
                let hour = words.parse::<u32>().ok().filter(|hour| *hour <= 24).map(|hour| hour % 24);
                self.hints.skip_hours.extend(hour.filter(|hour| !self.hints.skip_hours.contains(hour)));
            }
            Element::SkipDay => {
                let day = words.parse::<Weekday>().ok();
                self.hints.skip_days.extend(day.filter(|day| !self.hints.skip_days.contains(day)));
            }
            Element::UpdatePeriod => self.period = self.period.or(period(words)),
            Element::UpdateFrequency => {
                self.frequency = self.frequency.or(number().filter(|times| *times > 0));
            }
            _ => {}
        }
    }

    /// The hints. Whoever forbids every hour or every day forbids none.
    pub(super) fn finish(mut self) -> FeedHints {
        if self.hints.skip_hours.len() >= 24 {
            self.hints.skip_hours.clear();
        }
        if self.hints.skip_days.len() >= 7 {
            self.hints.skip_days.clear();
        }
        let every = self.period.map(|period| period / self.frequency.unwrap_or(1));
        self.hints.update_period = every.filter(|seconds| *seconds >= MINUTE).map(Duration::from_secs);
        self.hints
    }
}

fn period(words: &str) -> Option<u64> {
    Some(match words.to_ascii_lowercase().as_str() {
        "hourly" => DAY / 24,
        "daily" => DAY,
        "weekly" => 7 * DAY,
        "monthly" => 30 * DAY,
        "yearly" => 365 * DAY,
        _ => return None,
    })
}
