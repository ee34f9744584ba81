//! Raw to checked. Every function reports what is wrong and returns what can be used all the same, so that the
//! rest is checked too; what stands in for a wrong value is never used, because a report then refuses the file.

mod access;
mod address;
mod alert;
mod cadence;
mod daemon;
mod digest;
mod dkim;
mod email;
mod entity;
mod fetch;
mod include;
mod inside;
mod measure;
mod name;
mod page;
mod recipient;
mod route;
mod rules;
mod select;
mod source;
mod store;
mod templates;
mod tracking;
mod webhook;
mod webhook_keys;

use std::path::Path;

use super::load::Env;
use super::raw::File;
use super::report::Report;
use super::{Catalogue, Config};
pub(super) use daemon::{data_dir, language_of};
use select::Known;

/// What checks need beside the file.
pub(super) struct Check<'c, 'd> {
    report: &'c mut Report<'d>,
    base_dir: &'c Path,
    env: Env<'c>,
}

impl<'c, 'd> Check<'c, 'd> {
    /// Relative paths are relative to `base_dir`; `env` looks up environment variables.
    pub(super) fn new(report: &'c mut Report<'d>, base_dir: &'c Path, env: Env<'c>) -> Self {
        Self { report, base_dir, env }
    }
}

/// The whole file.
pub(super) fn config(file: &File, check: &mut Check<'_, '_>) -> Config {
    let report = &mut *check.report;
    if file.source.is_empty() && !report.doubts(0, &["source"]) {
        report.problem_of_file("there is no [[source]] to watch; write at least one, with name and url");
    }
    let fetch = fetch::fetch(file.fetch.as_ref(), check);
    let report = &mut *check.report;
    let entities = entity::all(&file.entity, select::sources(file, report).as_deref(), report);
    let entities = include::with_packs(file, entities, report);
    let email = file.email.as_ref().and_then(|email| email::checked(email, check));
    let (templates, warnings) =
        file.email.as_ref().map(|email| templates::checked(email, check)).unwrap_or_default();
    let webhooks = webhook::all(&file.webhook, check);
    let report = &mut *check.report;
    let known = Known::of_file(file, &entities, report);
    let daemon = daemon::daemon(file.daemon.as_ref(), &known, check.base_dir, report);
    let sources = source::all(file, daemon.timezone, check);
    let report = &mut *check.report;
    let alerts = alert::all(&file.alert, &known, daemon.timezone, report);
    let digests = digest::all(&file.digest, &known, daemon.timezone, report);
    let web = daemon::web(file.web.as_ref(), report);
    let store = store::store(file.store.as_ref(), daemon.timezone, report);
    Config {
        daemon,
        web,
        fetch,
        store,
        sources: sources.list,
        cadences: sources.cadences,
        renamed: sources.renamed,
        rules: sources.rules,
        pages: sources.pages,
        entities,
        email,
        templates,
        webhooks,
        alerts,
        digests,
        warnings,
    }
}

/// Entities and alerts alone.
pub(super) fn catalogue(file: &File, report: &mut Report<'_>) -> Catalogue {
    let entities = entity::all(&file.entity, None, report);
    let entities = include::with_packs(file, entities, report);
    let known = Known::of_entities(&entities, report);
    // Nothing is sent, whatever the hour.
    let alerts = alert::all(&file.alert, &known, chrono_tz::UTC, report);
    Catalogue { entities, alerts }
}
