//! How often the user wants a source polled.

use std::time::Duration;

use super::{Cron, rhythm};
use crate::model::Timestamp;

/// How the polls of a source are planned.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::large_enum_variant, reason = "one exists per source, made once and lent from then on")]
pub enum Cadence {
    /// At an interval.
    #[default]
    Interval,
    /// As often as the source publishes.
    Auto,
    /// At the times of a cron line.
    Cron(Cron),
}

impl Cadence {
    /// The shortest time between two polls that are planned like this and are `every` apart at least.
    pub fn shortest(&self, every: Duration) -> Duration {
        match self {
            Self::Interval | Self::Auto => every,
            Self::Cron(cron) => cron.shortest_gap().max(every),
        }
    }
}

/// How often the user wants one source polled, as seen from now.
#[derive(Debug, Clone, Copy)]
pub struct Pace<'a> {
    /// The shortest time between two polls.
    pub every: Duration,
    /// How they are planned.
    pub cadence: &'a Cadence,
    /// When its latest entries appeared, in any order; only [`Cadence::Auto`] and [`super::decide`] look at it.
    pub history: &'a [Timestamp],
}

impl Pace<'_> {
    /// The time between two polls; for a cron line the shortest that is allowed.
    pub fn interval(&self, now: Timestamp) -> Duration {
        match self.cadence {
            Cadence::Interval | Cadence::Cron(_) => self.every,
            Cadence::Auto => rhythm::interval(self.history, self.every, now),
        }
    }

    /// The first moment from `earliest` on at which the user wants a poll.
    pub(super) fn at_or_after(&self, earliest: Timestamp) -> Timestamp {
        let before = earliest.minus(Duration::from_micros(1));
        match self.cadence {
            Cadence::Interval | Cadence::Auto => earliest,
            Cadence::Cron(cron) => cron.next_after(before).unwrap_or(earliest),
        }
    }

    /// The last moment of `first..=latest` at which the user wants a poll, or `first` where there is none.
    pub(super) fn last_within(&self, first: Timestamp, latest: Timestamp) -> Timestamp {
        match self.cadence {
            Cadence::Interval | Cadence::Auto => latest.max(first),
            Cadence::Cron(cron) => cron.latest_between(first, latest).unwrap_or(first),
        }
    }

    /// Whether chance may move a poll a little; the moments of a cron line are the user's own.
    pub(super) fn is_free(&self) -> bool {
        !matches!(self.cadence, Cadence::Cron(_))
    }
}
