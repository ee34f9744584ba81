//! Cron lines of five or six fields in a time zone.

use std::ops::RangeInclusive;
use std::time::Duration;

use chrono::DateTime;
use chrono_tz::Tz;
use croner::parser::{CronParser, Seconds, Year};

use crate::model::Timestamp;

/// What a correct line looks like, for error sentences.
const EXAMPLE: &str = "for example \"30 7 * * *\" for half past seven every day";
/// A moment to look for the first occurrence from; any will do, as calendars repeat every 400 years.
const START: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);

/// So many occurrences show the shortest gap of any line that people write.
const OCCURRENCES: usize = 32;

/// A checked cron line.
#[derive(Debug, Clone)]
pub struct Cron {
    line: String,
    zone: Tz,
    pattern: croner::Cron,
}

impl PartialEq for Cron {
    fn eq(&self, other: &Self) -> bool {
        (&self.line, self.zone) == (&other.line, other.zone)
    }
}

/// Why a cron line cannot be used, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CronError(pub String);

impl Cron {
    /// Reads five fields (minute first) or six (second first), meant in `zone`.
    ///
    /// The line must occur at least once: the 30th of February is an error too.
    pub fn parse(line: &str, zone: Tz) -> Result<Self, CronError> {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if !matches!(fields.len(), 5 | 6) {
            return Err(CronError(format!(
                "a cron line has 5 fields (minute, hour, day, month, weekday) or 6 with the second in front, \
                 but {line:?} has {}; write {EXAMPLE}",
                fields.len()
            )));
        }
        let pattern = read(line).map_err(|reason| wrong_field(&fields, &reason))?;
        let cron = Self { line: line.to_owned(), zone, pattern };
        if cron.next_after(START).is_none() {
            return Err(CronError(format!(
                "the cron line {line:?} never occurs, because no year has such a day; write {EXAMPLE}"
            )));
        }
        Ok(cron)
    }

    /// The line as the user wrote it.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The first occurrence after `moment`.
    ///
    /// Where the clock goes forward over a fixed time, it occurs right after the gap; where the clock goes back, a
    /// fixed time occurs once and an interval (`*/10`) in both hours.
    pub fn next_after(&self, moment: Timestamp) -> Option<Timestamp> {
        let next = self.pattern.find_next_occurrence(&self.local(moment), false).ok()?;
        Some(Timestamp::from(next)).filter(|next| *next > moment)
    }

    /// The latest occurrence in `(after, until]`: the one period to make up, however many were missed.
    pub fn latest_between(&self, after: Timestamp, until: Timestamp) -> Option<Timestamp> {
        let mut latest = self.first_in(after, until)?;
        // Searching backwards from `until` in ever longer spans keeps to one direction, so that both questions give
        // the same occurrences around a change of the clock.
        let mut span = Duration::from_mins(1);
        while until.minus(span) > latest {
            if let Some(found) = self.first_in(until.minus(span), until) {
                latest = found;
                break;
            }
            span *= 4;
        }
        while let Some(next) = self.first_in(latest, until) {
            latest = next;
        }
        Some(latest)
    }

    /// The shortest time between two of its first occurrences from a fixed moment on: it depends on the line and nothing else.
    pub fn shortest_gap(&self) -> Duration {
        let occurrences = std::iter::successors(self.next_after(START), |last| self.next_after(*last));
        let occurrences: Vec<Timestamp> = occurrences.take(OCCURRENCES).collect();
        let later = occurrences.iter().skip(1);
        later.zip(&occurrences).map(|(later, earlier)| later.since(*earlier)).min().unwrap_or_default()
    }

    fn first_in(&self, after: Timestamp, until: Timestamp) -> Option<Timestamp> {
        self.next_after(after).filter(|occurrence| *occurrence <= until)
    }

    fn local(&self, moment: Timestamp) -> DateTime<Tz> {
        moment.to_utc().with_timezone(&self.zone)
    }
}

fn read(line: &str) -> Result<croner::Cron, String> {
    let parser = CronParser::builder().seconds(Seconds::Optional).year(Year::Disallowed).build();
    parser.parse(line).map_err(|error| error.to_string())
}

/// Finds the field that is wrong by trying each alone.
fn wrong_field(fields: &[&str], reason: &str) -> CronError {
    const NAMES: [(&str, RangeInclusive<u32>); 6] = [
        ("second", 0..=59),
        ("minute", 0..=59),
        ("hour", 0..=23),
        ("day of the month", 1..=31),
        ("month", 1..=12),
        ("weekday", 0..=7),
    ];
    let offset = NAMES.len().saturating_sub(fields.len());
    for (position, (field, (name, range))) in fields.iter().zip(NAMES.iter().skip(offset)).enumerate() {
        let mut alone = vec!["*"; fields.len()];
        if let Some(slot) = alone.get_mut(position) {
            *slot = field;
        }
        if read(&alone.join(" ")).is_err() {
            let (low, high) = (range.start(), range.end());
            return CronError(format!(
                "the {name} field {field:?} of a cron line must be *, a number from {low} to {high}, a range, a list \
                 or a step such as */5; write {EXAMPLE}"
            ));
        }
    }
    CronError(format!("the cron line cannot be read ({reason}); write {EXAMPLE}"))
}
