//! What `[[source]]` of kind "page" says of the page that it watches.

use crate::config::WatchedPage;
use crate::config::located::Located;
use crate::config::raw::{self, Mode};
use crate::config::report::Report;
use crate::extract::{Part, Rule, Rules, Targets, View, WhiteSpace};
use crate::model;
use crate::revision::{NumberFormat, Options, Order, Pattern, Phrase, Side};

/// Most selectors, texts or expressions of one key.
const MOST: usize = 200;
/// The least and the most that a number can be asked to move by, in percent.
const PERCENT: std::ops::RangeInclusive<f64> = 0.01..=1_000.0;

/// What a source of kind "page" watches. `rules` are those that every source may have.
pub(super) fn watched(raw: &raw::Source, rules: Rules, report: &mut Report<'_>) -> WatchedPage {
    let mode = raw.mode.as_ref().map_or(Mode::Page, |mode| *mode.get());
    if mode != Mode::Article {
        refuse_places(raw, report);
    }
    let selected = bounded(&raw.select, "select", report).iter();
    let selected = selected.filter_map(|css| match Rule::parse(Part::Select, css.get()) {
        Ok(rule) => Some(rule),
        Err(error) => {
            report.problem(css.span(), error.to_string());
            None
        }
    });
    let rules = rules.and(selected.collect());
    let view = View {
        mode: match mode {
            Mode::Page => model::Mode::Page,
            Mode::Article => model::Mode::Article,
            Mode::Listing => model::Mode::Listing,
        },
        rules,
        targets: if is_set(raw.watch_links.as_ref()) { Targets::Watched } else { Targets::Unwatched },
        white_space: if ignores_white_space(raw) { WhiteSpace::Collapsed } else { WhiteSpace::Kept },
    };
    WatchedPage { view, options: options(raw, report) }
}

/// A source of another kind has no use for the keys of pages.
pub(super) fn refuse(raw: &raw::Source, report: &mut Report<'_>) {
    for (key, span) in written(raw) {
        report.problem(span, format!("only a source of kind = \"page\" takes \"{key}\""));
    }
}

/// Where an article's parts stand is of no use where no article is read.
fn refuse_places(raw: &raw::Source, report: &mut Report<'_>) {
    let places = [
        ("body", &raw.body),
        ("title", &raw.title),
        ("lead", &raw.lead),
        ("author", &raw.author),
        ("date", &raw.date),
    ];
    for (key, place) in places {
        if let Some(place) = place {
            let message = format!(
                "a watched page takes \"{key}\" only with mode = \"article\"; name what to compare with \"select\""
            );
            report.problem(place.span(), message);
        }
    }
}

fn options(raw: &raw::Source, report: &mut Report<'_>) -> Options {
    Options {
        ignore_lines_containing: phrases(&raw.ignore_lines_containing, "ignore_lines_containing", report),
        ignore_lines: patterns(&raw.ignore_lines, "ignore_lines", report),
        ignore_text: patterns(&raw.ignore_text, "ignore_text", report),
        ignore_numbers: is_set(raw.ignore_numbers.as_ref()),
        ignore_whitespace: ignores_white_space(raw),
        ignore_case: is_set(raw.ignore_case.as_ref()),
        fold_typography: is_set(raw.fold_typography.as_ref()),
        fold_tone_placement: is_set(raw.fold_tone_placement.as_ref()),
        fold_width: is_set(raw.fold_width.as_ref()),
        order: match raw.sort_lines.as_ref().map(|sorted| *sorted.get()) {
            None => Order::ByMode,
            Some(false) => Order::Counts,
            Some(true) => Order::Ignored,
        },
        unique_lines: is_set(raw.unique_lines.as_ref()),
        only: raw.only.as_ref().map(|side| match side.get() {
            raw::Side::Added => Side::Added,
            raw::Side::Removed => Side::Removed,
        }),
        extract: patterns(&raw.extract, "extract", report),
        require_text: phrases(&raw.require_text, "require_text", report),
        block_if_present: phrases(&raw.block_if_present, "block_if_present", report),
        alert_if_added: patterns(&raw.alert_if_added, "alert_if_added", report),
        alert_if_removed: patterns(&raw.alert_if_removed, "alert_if_removed", report),
        min_changed_chars: raw.min_changed_chars.as_ref().map_or(0, |least| *least.get()),
        number_change_percent: percent(raw, report),
        number_format: match raw.number_format.as_ref().map(Located::get) {
            Some(raw::NumberFormat::En) => NumberFormat::English,
            Some(raw::NumberFormat::Vi) | None => NumberFormat::Vietnamese,
        },
        only_new_lines: is_set(raw.only_new_lines.as_ref()),
    }
}

fn is_set(flag: Option<&Located<bool>>) -> bool {
    flag.is_some_and(|flag| *flag.get())
}

fn ignores_white_space(raw: &raw::Source) -> bool {
    raw.ignore_whitespace.as_ref().is_none_or(|flag| *flag.get())
}

fn percent(raw: &raw::Source, report: &mut Report<'_>) -> Option<f64> {
    let located = raw.number_change_percent.as_ref()?;
    let percent = *located.get();
    if PERCENT.contains(&percent) {
        return Some(percent);
    }
    report.problem(located.span(), "\"number_change_percent\" must be between 0.01 and 1000");
    None
}

fn patterns(texts: &[Located<String>], key: &str, report: &mut Report<'_>) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in bounded(texts, key, report) {
        match Pattern::parse(text.get()) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => report.problem(text.span(), error.to_string()),
        }
    }
    patterns
}

fn phrases(texts: &[Located<String>], key: &str, report: &mut Report<'_>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for text in bounded(texts, key, report) {
        match Phrase::new(text.get()) {
            Some(phrase) => phrases.push(phrase),
            None => report.problem(text.span(), "an empty text stands in every line; leave it out"),
        }
    }
    phrases
}

/// As many as one key may have.
fn bounded<'t>(texts: &'t [Located<String>], key: &str, report: &mut Report<'_>) -> &'t [Located<String>] {
    if let Some(beyond) = texts.get(MOST) {
        report.problem(beyond.span(), format!("\"{key}\" takes at most {MOST} entries"));
    }
    texts.get(..MOST.min(texts.len())).unwrap_or_default()
}

/// The keys of pages that stand in this table, and where.
fn written(raw: &raw::Source) -> Vec<(&'static str, std::ops::Range<usize>)> {
    let lists: [(&'static str, &[Located<String>]); 9] = [
        ("select", &raw.select),
        ("ignore_lines_containing", &raw.ignore_lines_containing),
        ("ignore_lines", &raw.ignore_lines),
        ("ignore_text", &raw.ignore_text),
        ("extract", &raw.extract),
        ("require_text", &raw.require_text),
        ("block_if_present", &raw.block_if_present),
        ("alert_if_added", &raw.alert_if_added),
        ("alert_if_removed", &raw.alert_if_removed),
    ];
    let flags: [(&'static str, &Option<Located<bool>>); 10] = [
        ("ignore_numbers", &raw.ignore_numbers),
        ("ignore_whitespace", &raw.ignore_whitespace),
        ("ignore_case", &raw.ignore_case),
        ("fold_typography", &raw.fold_typography),
        ("fold_tone_placement", &raw.fold_tone_placement),
        ("fold_width", &raw.fold_width),
        ("sort_lines", &raw.sort_lines),
        ("unique_lines", &raw.unique_lines),
        ("only_new_lines", &raw.only_new_lines),
        ("watch_links", &raw.watch_links),
    ];
    let others = [
        ("mode", raw.mode.as_ref().map(Located::span)),
        ("only", raw.only.as_ref().map(Located::span)),
        ("min_changed_chars", raw.min_changed_chars.as_ref().map(Located::span)),
        ("number_change_percent", raw.number_change_percent.as_ref().map(Located::span)),
        ("number_format", raw.number_format.as_ref().map(Located::span)),
    ];
    let lists = lists.into_iter().filter_map(|(key, texts)| Some((key, texts.first()?.span())));
    let flags = flags.into_iter().filter_map(|(key, flag)| Some((key, flag.as_ref()?.span())));
    lists.chain(flags).chain(others.into_iter().filter_map(|(key, span)| Some((key, span?)))).collect()
}
