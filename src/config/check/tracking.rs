//! `track_edits` and `recheck`: how long and how often articles are looked at again.

use std::time::Duration;

use super::measure::{self, DAY, MINUTE, SECOND, YEAR};
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::model::Tracking;

/// What holds for sources that do not say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Defaults {
    span: Option<Duration>,
    first: Duration,
}

/// Those of `[defaults]`.
pub(super) fn defaults(raw: &raw::Defaults, report: &mut Report<'_>) -> Defaults {
    Defaults {
        span: span(raw.track_edits.as_ref(), report).unwrap_or(Some(7 * DAY)),
        first: first(raw.recheck.as_ref(), report).unwrap_or(15 * MINUTE),
    }
}

/// That of a source.
pub(super) fn of_source(raw: &raw::Source, defaults: Defaults, report: &mut Report<'_>) -> Tracking {
    let span = span(raw.track_edits.as_ref(), report).unwrap_or(defaults.span);
    let first = first(raw.recheck.as_ref(), report).unwrap_or(defaults.first);
    span.map_or(Tracking::Off, |span| Tracking::For { span, first })
}

/// `Some(None)` is "off".
fn span(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<Option<Duration>> {
    let text = text?;
    if text.get() == "off" {
        return Some(None);
    }
    measure::duration(text, MINUTE..=YEAR, report).map(Some)
}

fn first(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<Duration> {
    measure::duration(text?, SECOND..=DAY, report)
}
