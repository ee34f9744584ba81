//! `[[source]]`, with `[defaults]` applied.

use std::collections::HashMap;
use std::time::Duration;

use chrono_tz::Tz;
use url::Url;

use super::cadence::Planned;
use super::daemon::timezone;
use super::measure::{self, DAY, MINUTE, YEAR};
use super::name::{Names, word};
use super::{Check, access, page, route, rules, tracking};
use crate::config::WatchedPage;
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::extract::Rules;
use crate::feed::LinkSelector;
use crate::model::{Access, Backfill, FullText, MaxAge, Robots, Route, Source, SourceKind};
use crate::schedule::Cadence;
use crate::text::language::primary;
use crate::text::normalise::normalise;

/// What holds for a source that does not say otherwise.
struct Defaults {
    planned: Planned,
    full_text: FullText,
    language: String,
    timezone: Tz,
    backfill: Backfill,
    max_age: MaxAge,
    tracking: tracking::Defaults,
    robots: Robots,
}

/// The sources of a file.
#[derive(Default)]
pub(super) struct Sources {
    pub(super) list: Vec<Source>,
    /// How the polls of those are planned that have no interval, by name.
    pub(super) cadences: HashMap<String, Cadence>,
    /// What those were called before that have a new name, by the new one.
    pub(super) renamed: HashMap<String, String>,
    /// The rules of those that have any, by name.
    pub(super) rules: HashMap<String, Rules>,
    /// What those of kind "page" watch, by name.
    pub(super) pages: HashMap<String, WatchedPage>,
}

/// All sources of the file; cron lines are meant in `zone`.
pub(super) fn all(file: &raw::File, zone: Tz, check: &mut Check<'_, '_>) -> Sources {
    let defaults = defaults(file, zone, check.report);
    let mut names = Names::new("[[source]]");
    let mut former = Names::new("\"was\"");
    let mut sources = Sources::default();
    for raw in file.source.iter().map(Located::get) {
        let access = access::access(raw, check);
        let route = route::of([&raw.proxy, &raw.proxy_env, &raw.proxy_file], check);
        let (every, cadence) = defaults.planned.of_source(raw, check.report);
        let rules = rules::rules(raw, check.report);
        let watched = watched(raw, &rules, check.report);
        let Some(source) = checked(raw, &defaults, &mut names, check.report) else { continue };
        if cadence != Cadence::Interval {
            sources.cadences.insert(source.name.clone(), cadence);
        }
        if let Some(was) =
            raw.was.as_ref().and_then(|was| former_name(was, (raw, file), &mut former, check.report))
        {
            sources.renamed.insert(source.name.clone(), was);
        }
        if !rules.is_empty() {
            sources.rules.insert(source.name.clone(), rules);
        }
        if let Some(watched) = watched {
            sources.pages.insert(source.name.clone(), watched);
        }
        sources.list.push(Source { every, access, route, ..source });
    }
    sources
}

/// What a source was called before; a name that a source of the file has is still its own.
fn former_name(
    was: &Located<String>,
    (own, file): (&raw::Source, &raw::File),
    taken: &mut Names,
    report: &mut Report<'_>,
) -> Option<String> {
    let former = taken.take(Some(was), report)?;
    let others = file.source.iter().map(Located::get).filter(|source| !std::ptr::eq(*source, own));
    let mut present = others.filter_map(|source| source.name.as_ref());
    if present.any(|name| normalise(name.get()).to_lowercase() == former.to_lowercase()) {
        report.problem(
            was.span(),
            format!("a source of this file is still called \"{former}\"; \"was\" takes the name that a source had before"),
        );
        return None;
    }
    Some(former)
}

/// What a source of kind "page" watches; others have no use for its keys.
fn watched(raw: &raw::Source, rules: &Rules, report: &mut Report<'_>) -> Option<WatchedPage> {
    if matches!(raw.kind, Some(raw::SourceKind::Page)) {
        return Some(page::watched(raw, rules.clone(), report));
    }
    page::refuse(raw, report);
    None
}

fn defaults(file: &raw::File, zone: Tz, report: &mut Report<'_>) -> Defaults {
    let unset = raw::Defaults::default();
    let raw = file.defaults.as_ref().unwrap_or(&unset);
    Defaults {
        planned: Planned::of_file(file, zone, report),
        full_text: full_text(raw.full_text).unwrap_or(FullText::Page),
        language: language(raw.language.as_ref(), report).unwrap_or_else(|| "vi".to_owned()),
        timezone: raw
            .timezone
            .as_ref()
            .and_then(|zone| timezone(zone, report))
            .unwrap_or(Tz::Asia__Ho_Chi_Minh),
        backfill: backfill(raw.backfill.as_ref(), report).unwrap_or(Backfill::Within(2 * DAY)),
        max_age: max_age(raw.max_age.as_ref(), report).unwrap_or(MaxAge::Within(30 * DAY)),
        tracking: tracking::defaults(raw, report),
        robots: robots(raw.robots).unwrap_or(Robots::Obey),
    }
}

/// The source but for its `every`.
fn checked(
    raw: &raw::Source,
    defaults: &Defaults,
    names: &mut Names,
    report: &mut Report<'_>,
) -> Option<Source> {
    let name = names.take(raw.name.as_ref(), report);
    let url = raw.url.as_ref().and_then(|url| web_address(url, report));
    let tags = raw.tags.iter().filter_map(|tag| word(tag, report)).collect();
    let language = language(raw.language.as_ref(), report).unwrap_or_else(|| defaults.language.clone());
    let zone = raw.timezone.as_ref().and_then(|zone| timezone(zone, report));
    let vietnamese = raw.language.is_some() && language == "vi";
    let backfill = backfill(raw.backfill.as_ref(), report).unwrap_or(defaults.backfill);
    let max_age = max_age(raw.max_age.as_ref(), report).unwrap_or(defaults.max_age);
    let kind = match raw.kind {
        Some(raw::SourceKind::Feed) | None => SourceKind::Feed,
        Some(raw::SourceKind::Sitemap) => SourceKind::Sitemap,
        Some(raw::SourceKind::Listing) => SourceKind::Listing,
        Some(raw::SourceKind::Page) => SourceKind::Page,
    };
    let links = raw.links.as_ref().and_then(|links| selector(links, kind, report));
    let full_text = source_text(raw.full_text.as_ref(), kind, defaults.full_text, report);
    Some(Source {
        name: name?,
        url: url?,
        kind,
        links,
        every: Duration::ZERO,
        tags,
        full_text,
        language,
        // Vietnam has one zone: a source that says it is Vietnamese keeps it, whatever the others default to.
        timezone: zone.unwrap_or(if vietnamese { Tz::Asia__Ho_Chi_Minh } else { defaults.timezone }),
        backfill,
        max_age,
        tracking: tracking::of_source(raw, defaults.tracking, report),
        robots: robots(raw.robots).unwrap_or(defaults.robots),
        access: Access::default(),
        route: Route::Usual,
    })
}

/// An http or https address without a user name, where it is one.
fn web_address(url: &Located<String>, report: &mut Report<'_>) -> Option<Url> {
    match read_web_address(url.get()) {
        Ok(address) => Some(address),
        Err(message) => {
            let text = url.get().trim();
            let looks_bare = !text.contains("://") && text.contains('.') && !text.starts_with('/');
            let meant = looks_bare.then(|| format!("https://{text}"));
            let meant = meant.filter(|meant| read_web_address(meant).is_ok());
            report.suggest(url.span(), message, meant);
            None
        }
    }
}

/// The address, or what is wrong with it, as a sentence that does not repeat it.
pub(super) fn read_web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim())
        .map_err(|error| format!("this is not an address such as \"https://example.org/feed\": {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the address must begin with https:// or http://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address must not hold a user name or password".to_owned());
    }
    Ok(url)
}

fn language(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<String> {
    let text = text?;
    let language = primary(text.get());
    if language.is_none() {
        report.problem(text.span(), "this must be a language code such as \"vi\", \"en\" or \"zh\"");
    }
    language
}

/// A selector of links, which only a listing has.
fn selector(links: &Located<String>, kind: SourceKind, report: &mut Report<'_>) -> Option<String> {
    if kind != SourceKind::Listing {
        report.problem(links.span(), "only a source of kind = \"listing\" takes \"links\"");
        return None;
    }
    match LinkSelector::parse(links.get()) {
        Ok(_) => Some(links.get().clone()),
        Err(error) => {
            report.problem(links.span(), error.to_string());
            None
        }
    }
}

/// Sitemaps and listings have no text of their own, whatever holds for feeds.
fn source_text(
    wanted: Option<&Located<bool>>,
    kind: SourceKind,
    default: FullText,
    report: &mut Report<'_>,
) -> FullText {
    let own = full_text(wanted.map(|wanted| *wanted.get()));
    if kind == SourceKind::Feed {
        return own.unwrap_or(default);
    }
    if let (Some(FullText::Feed), Some(wanted)) = (own, wanted) {
        let message = "only a feed has a text of its own; leave \"full_text\" out";
        report.problem(wanted.span(), message);
    }
    FullText::Page
}

fn full_text(wanted: Option<bool>) -> Option<FullText> {
    wanted.map(|page| if page { FullText::Page } else { FullText::Feed })
}

fn robots(wanted: Option<raw::Robots>) -> Option<Robots> {
    wanted.map(|wanted| match wanted {
        raw::Robots::Obey => Robots::Obey,
        raw::Robots::Ignore => Robots::Ignore,
    })
}

fn backfill(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<Backfill> {
    let text = text?;
    if text.get() == "all" {
        return Some(Backfill::All);
    }
    measure::duration(text, Duration::ZERO..=100 * YEAR, report).map(Backfill::Within)
}

fn max_age(text: Option<&Located<String>>, report: &mut Report<'_>) -> Option<MaxAge> {
    let text = text?;
    if text.get() == "off" {
        return Some(MaxAge::Off);
    }
    measure::duration(text, MINUTE..=100 * YEAR, report).map(MaxAge::Within)
}
