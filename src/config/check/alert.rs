//! `[[alert]]`.

use super::name::Names;
use super::recipient;
use super::select::{self, Known};
use chrono_tz::Tz;

use crate::alert::{InstantAlert, Pace, Quiet};
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;

/// All alerts of the file.
pub(super) fn all(
    raw: &[Located<raw::Alert>],
    known: &Known,
    zone: Tz,
    report: &mut Report<'_>,
) -> Vec<InstantAlert> {
    let mut names = Names::new("[[alert]]");
    raw.iter().filter_map(|alert| checked(alert, (known, zone), &mut names, report)).collect()
}

fn checked(
    located: &Located<raw::Alert>,
    (known, zone): (&Known, Tz),
    names: &mut Names,
    report: &mut Report<'_>,
) -> Option<InstantAlert> {
    let raw = located.get();
    let name = names.take(raw.name.as_ref(), report);
    let selects = raw.rule.is_some() || !raw.sources.is_empty() || !raw.tags.is_empty();
    if !selects && !report.doubts(located.span().start, &["rule", "sources", "tags"]) {
        let message = "[[alert]] needs a rule, sources or tags; without them every article would alert";
        report.absence(located.span(), message.to_owned(), None);
    }
    let rule = raw.rule.as_ref().and_then(|rule| select::rule(rule, known, report));
    let sources = select::filter(&raw.sources, &raw.tags, known, report);
    let to = recipient::all(raw.to.as_deref().unwrap_or_default(), known, report);
    let quiet = raw.quiet.as_ref().and_then(|hours| quiet(hours, zone, report));
    let pace = Pace { quiet, max_per_hour: raw.max_per_hour.as_ref().map(|most| *most.get()) };
    Some(InstantAlert { name: name?, rule, sources, to, pace })
}

fn quiet(hours: &Located<String>, zone: Tz, report: &mut Report<'_>) -> Option<Quiet> {
    let quiet = Quiet::parse(hours.get(), zone);
    if quiet.is_none() {
        let message = format!(
            "\"{}\" is no span of hours; write two different times of the day, as in \"22:00-06:30\"",
            hours.get().escape_debug()
        );
        report.problem(hours.span(), message);
    }
    quiet
}
