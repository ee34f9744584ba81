//! `[[digest]]`.

use chrono_tz::Tz;

use super::daemon::language_of;
use super::name::Names;
use super::recipient;
use super::select::{self, Known};
use crate::alert::{Digest, EmptyDigest};
use crate::config::located::Located;
use crate::config::report::Report;
use crate::config::{ScheduledDigest, raw};
use crate::schedule::Cron;

/// All digests of the file; their cron lines are meant in `zone`.
pub(super) fn all(
    raw: &[Located<raw::Digest>],
    known: &Known,
    zone: Tz,
    report: &mut Report<'_>,
) -> Vec<ScheduledDigest> {
    let mut names = Names::new("[[digest]]");
    let mut all = Vec::new();
    for raw in raw.iter().map(Located::get) {
        let name = names.take(raw.name.as_ref(), report);
        let cron = raw.cron.as_ref().and_then(|line| cron(line, zone, report));
        let digest = content(raw, known, report);
        if let (Some(name), Some(cron)) = (name, cron) {
            all.push(ScheduledDigest { digest: Digest { name, ..digest }, cron });
        }
    }
    all
}

/// The digest but for its name.
fn content(raw: &raw::Digest, known: &Known, report: &mut Report<'_>) -> Digest {
    if let (Some(_), Some(rule)) = (&raw.entities, &raw.rule) {
        report.problem(
            rule.span(),
            "a digest has either \"entities\" or a \"rule\"; name the entities in the rule",
        );
    }
    let names = raw.entities.as_deref().unwrap_or_default();
    Digest {
        name: String::new(),
        entities: names
            .iter()
            .filter_map(|name| select::one_of(name, known.entities.as_deref(), "[[entity]] named", report))
            .collect(),
        rule: raw.rule.as_ref().and_then(|rule| select::rule(rule, known, report)),
        sources: select::filter(&raw.sources, &raw.tags, known, report),
        to: recipient::all(raw.to.as_deref().unwrap_or_default(), known, report),
        max_items: raw.max_items.as_ref().map_or(40, |count| *count.get() as usize),
        empty: match raw.empty {
            Some(raw::Empty::Skip) => EmptyDigest::Skip,
            Some(raw::Empty::Send) | None => EmptyDigest::Send,
        },
        language: raw.language.map(language_of),
    }
}

/// A cron line, meant in `zone`.
pub(super) fn cron(line: &Located<String>, zone: Tz, report: &mut Report<'_>) -> Option<Cron> {
    match Cron::parse(line.get(), zone) {
        Ok(cron) => Some(cron),
        Err(error) => {
            report.problem(line.span(), error.to_string());
            None
        }
    }
}
