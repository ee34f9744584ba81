//! Instants as the store keeps them, and dates as publishers write them.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The first instant of 1970.
    pub const EPOCH: Self = Self(0);

    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This much later; stops at the end of time.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(micros_of(span)))
    }

    /// This much earlier; stops at the beginning of time.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(micros_of(span)))
    }

    /// How long after `earlier` this is; zero where it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The instant for calendar arithmetic; an instant outside chrono's years becomes 1970.
    pub fn to_utc(self) -> DateTime<Utc> {
        Utc.timestamp_micros(self.0).single().unwrap_or_default()
    }

    /// RFC 3339 in UTC with whole seconds, as in `2026-11-21T11:10:00Z`.
    pub fn rfc3339(self) -> String {
        self.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Whether something that is read `now` can have been published then.
    pub fn is_believable(self, now: Self) -> bool {
        self >= EARLIEST && self <= now.plus(LATEST_AHEAD)
    }

    /// A new UUID version 7 of this instant.
    pub fn uuid(self) -> Uuid {
        let micros = u64::try_from(self.0).unwrap_or(0);
        let nanos = u32::try_from(micros % 1_000_000).unwrap_or(0) * 1_000;
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, micros / 1_000_000, nanos))
    }
}

fn micros_of(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(at: DateTime<Tz>) -> Self {
        Self(at.timestamp_micros())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// No publication on the web is older; an earlier date is a mistake.
const EARLIEST: Timestamp = Timestamp::from_micros(631_152_000_000_000); // 1990-01-01

/// Clocks and time zones of publishers are off by up to a day; a date further ahead is a mistake.
const LATEST_AHEAD: Duration = Duration::from_hours(24);

/// When something was published, as precisely as the publisher said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Moment {
    /// An instant with the publisher's own offset.
    Instant(DateTime<FixedOffset>),
    /// A day without a time.
    Day(NaiveDate),
}

impl Moment {
    /// The instant; a bare day counts from its first second in UTC.
    pub fn timestamp(self) -> Timestamp {
        match self {
            Self::Instant(at) => at.into(),
            Self::Day(day) => day.and_hms_opt(0, 0, 0).map_or(Timestamp::EPOCH, |at| at.and_utc().into()),
        }
    }

    /// The instant, where it can be one of a publication that is read `now`; `None` where it is absurd.
    pub fn believable(self, now: Timestamp) -> Option<Timestamp> {
        Some(self.timestamp()).filter(|at| at.is_believable(now))
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 with the publisher's offset, or the bare date.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
        }
    }
}
