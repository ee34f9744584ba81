//! `[[alert]]`.

use std::ops::Range;
use std::time::Duration;

use chrono_tz::Tz;

use super::daemon::language_of;
use super::measure::{self, DAY};
use super::name::Names;
use super::recipient;
use super::select::{self, Known};
use crate::alert::{EditFilter, InstantAlert, Pace, Quiet, Within};
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::model::{ChangeKind, Reason};

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
    let on = on(raw.on.as_deref());
    let edits = edits(raw, &on, report);
    let quiet = raw.quiet.as_ref().and_then(|hours| quiet(hours, zone, report));
    let pace = Pace { quiet, max_per_hour: raw.max_per_hour.as_ref().map(|most| *most.get()) };
    let language = raw.language.map(language_of);
    Some(InstantAlert { name: name?, rule, sources, on, edits, to, pace, language })
}

fn on(wanted: Option<&[raw::Occasion]>) -> Vec<Reason> {
    let reason = |occasion: &raw::Occasion| match occasion {
        raw::Occasion::New => Reason::New,
        raw::Occasion::Edit => Reason::Edit,
        raw::Occasion::Page => Reason::Page,
    };
    wanted.map_or_else(|| vec![Reason::New], |wanted| wanted.iter().map(reason).collect())
}

/// What of edits and changes counts; keys that say so are of no use to an alert that is about neither.
fn edits(raw: &raw::Alert, on: &[Reason], report: &mut Report<'_>) -> EditFilter {
    let usual = EditFilter::default();
    if on.iter().all(|reason| *reason == Reason::New) {
        for (key, span) in of_edits(raw) {
            let message = format!(
                "\"{key}\" is about edits and changes, and this alert is about new articles only; \
                 add \"edit\" or \"page\" to its \"on\""
            );
            report.problem(span, message);
        }
        return usual;
    }
    let least = raw.min_significance.as_ref().and_then(|least| share(least, report));
    let settle = raw.settle.as_ref();
    let settle = settle.and_then(|text| measure::duration(text, Duration::ZERO..=7 * DAY, report));
    EditFilter {
        kinds: raw.kinds.iter().flat_map(Located::get).map(|kind| kind_of(*kind)).collect(),
        min_significance: least.unwrap_or(usual.min_significance),
        within: match raw.r#match.as_ref().map(Located::get) {
            Some(raw::Within::Changed) => Within::Changed,
            Some(raw::Within::Article) | None => Within::Article,
        },
        settle: settle.unwrap_or(usual.settle),
    }
}

/// The keys of an alert that say what counts of edits and changes, and where they stand.
fn of_edits(raw: &raw::Alert) -> impl Iterator<Item = (&'static str, Range<usize>)> {
    let keys = [
        ("kinds", raw.kinds.as_ref().map(Located::span)),
        ("min_significance", raw.min_significance.as_ref().map(Located::span)),
        ("match", raw.r#match.as_ref().map(Located::span)),
        ("settle", raw.settle.as_ref().map(Located::span)),
    ];
    keys.into_iter().filter_map(|(key, span)| span.map(|span| (key, span)))
}

fn share(least: &Located<f64>, report: &mut Report<'_>) -> Option<f64> {
    let within = (0.0..=1.0).contains(least.get());
    if !within {
        report.problem(least.span(), "\"min_significance\" must be between 0 and 1");
    }
    within.then(|| *least.get())
}

fn kind_of(kind: raw::Kind) -> ChangeKind {
    match kind {
        raw::Kind::TakenDown => ChangeKind::TakenDown,
        raw::Kind::Truncated => ChangeKind::Truncated,
        raw::Kind::Restored => ChangeKind::Restored,
        raw::Kind::ItemAdded => ChangeKind::ItemAdded,
        raw::Kind::ItemRemoved => ChangeKind::ItemRemoved,
        raw::Kind::ItemEdited => ChangeKind::ItemEdited,
        raw::Kind::Reordered => ChangeKind::Reordered,
        raw::Kind::Correction => ChangeKind::Correction,
        raw::Kind::TitleEdit => ChangeKind::TitleEdit,
        raw::Kind::Moved => ChangeKind::Moved,
        raw::Kind::ParagraphAdded => ChangeKind::ParagraphAdded,
        raw::Kind::ParagraphRemoved => ChangeKind::ParagraphRemoved,
        raw::Kind::NumberEdit => ChangeKind::NumberEdit,
        raw::Kind::EntityEdit => ChangeKind::EntityEdit,
        raw::Kind::Edit => ChangeKind::Edit,
        raw::Kind::Minor => ChangeKind::Minor,
    }
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
