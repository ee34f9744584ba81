//! When a source is polled: `every`, or `cron`.

use std::time::Duration;

use chrono_tz::Tz;

use super::digest::cron;
use super::measure::{self, MINUTE, SECOND, YEAR};
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::schedule::Cadence;

/// The value of an `every`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Every {
    /// Always the same time.
    Span(Duration),
    /// `"auto"`: as often as the source publishes.
    Auto,
}

/// What holds for sources that do not say otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    every: Every,
    min_every: Duration,
    timezone: Tz,
}

impl Planned {
    /// `every` of `[defaults]`, `min_every` of `[fetch]`, and the zone of cron lines.
    pub(super) fn of_file(file: &raw::File, timezone: Tz, report: &mut Report<'_>) -> Self {
        let default = file.defaults.as_ref().and_then(|defaults| defaults.every.as_ref());
        let floor = file.fetch.as_ref().and_then(|fetch| fetch.min_every.as_ref());
        Self {
            every: every(default, report).unwrap_or(Every::Span(15 * MINUTE)),
            min_every: floor.and_then(|floor| span(floor, report)).unwrap_or(MINUTE),
            timezone,
        }
    }

    /// The shortest time between two polls of a source, and how they are planned.
    pub(super) fn of_source(&self, raw: &raw::Source, report: &mut Report<'_>) -> (Duration, Cadence) {
        let every = every(raw.every.as_ref(), report);
        if let Some(line) = &raw.cron {
            if raw.every.is_some() {
                report
                    .problem(line.span(), "a source has either \"every\" or \"cron\"; take one of them out");
            }
            let cron = cron(line, self.timezone, report);
            return (self.min_every, cron.map_or(Cadence::Interval, Cadence::Cron));
        }
        match every.unwrap_or(self.every) {
            Every::Span(span) => (span.max(self.min_every), Cadence::Interval),
            Every::Auto => (self.min_every, Cadence::Auto),
        }
    }
}

fn every(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<Every> {
    let text = text?;
    if text.get() == "auto" {
        return Some(Every::Auto);
    }
    if text.get().trim().eq_ignore_ascii_case("auto") {
        report.suggest(text.span(), "write \"auto\" in small letters".to_owned(), Some("auto".to_owned()));
        return None;
    }
    span(text, report).map(Every::Span)
}

fn span(text: &Located<String>, report: &mut Report<'_>) -> Option<Duration> {
    measure::duration(text, SECOND..=YEAR, report)
}
