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
    span: Span,
    first: Duration,
}

/// The value of a `track_edits`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Off,
    For(Duration),
}

/// Those of `[defaults]`.
pub(super) fn defaults(raw: &raw::Defaults, report: &mut Report<'_>) -> Defaults {
    Defaults {
        span: span(raw.track_edits.as_ref(), report).unwrap_or(Span::For(7 * DAY)),
        first: first(raw.recheck.as_ref(), report).unwrap_or(15 * MINUTE),
    }
}

/// That of a source.
pub(super) fn of_source(raw: &raw::Source, defaults: Defaults, report: &mut Report<'_>) -> Tracking {
    let span = span(raw.track_edits.as_ref(), report).unwrap_or(defaults.span);
    let first = first(raw.recheck.as_ref(), report).unwrap_or(defaults.first);
    match span {
        Span::Off => Tracking::Off,
        Span::For(span) => Tracking::For { span, first },
    }
}

fn span(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<Span> {
    let text = text?;
    if text.get() == "off" {
        return Some(Span::Off);
    }
    measure::duration(text, MINUTE..=YEAR, report).map(Span::For)
}

fn first(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<Duration> {
    measure::duration(text?, SECOND..=DAY, report)
}
