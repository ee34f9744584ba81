//! What alerts and digests select: rules, sources, tags, and the names that they may use.

use std::collections::BTreeSet;

use super::inside;
use crate::alert::{Rule, RuleError, SourceFilter};
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::config::suggest::nearest;
use crate::entity::check_pattern;
use crate::model::Entity;
use crate::text::normalise::normalise;

/// The names that a file defines. What is `None` is not checked: the file need not define it, or tried to and
/// something is wrong with that.
pub(super) struct Known {
    /// Names of entities.
    pub(super) entities: Option<Vec<String>>,
    /// Names of webhooks.
    pub(super) webhooks: Option<Vec<String>>,
    sources: Option<Vec<String>>,
    tags: Option<Vec<String>>,
}

impl Known {
    /// Everything that the file names, whether or not the rest of it is right.
    pub(super) fn of_file(file: &raw::File, entities: &[Entity], report: &Report<'_>) -> Self {
        let sure = |table: &str| !report.doubts(0, &[table]);
        let named = |name: &Option<Located<String>>| name.as_ref().map(|name| normalise(name.get()));
        let tags: BTreeSet<String> = file
            .source
            .iter()
            .flat_map(|source| &source.get().tags)
            .map(|tag| normalise(tag.get()))
            .collect();
        Self {
            webhooks: sure("webhook")
                .then(|| file.webhook.iter().filter_map(|webhook| named(&webhook.get().name)).collect()),
            sources: sources(file, report),
            tags: sure("source").then(|| tags.into_iter().collect()),
            ..Self::of_entities(entities, report)
        }
    }

    /// Entities alone.
    pub(super) fn of_entities(entities: &[Entity], report: &Report<'_>) -> Self {
        let entities = entities.iter().map(|entity| entity.name.clone()).collect();
        let entities = (!report.doubts(0, &["entity"])).then_some(entities);
        Self { entities, webhooks: None, sources: None, tags: None }
    }
}

/// The names of the file's sources; `None` where something is wrong with them.
pub(super) fn sources(file: &raw::File, report: &Report<'_>) -> Option<Vec<String>> {
    let names = file.source.iter().filter_map(|source| source.get().name.as_ref());
    (!report.doubts(0, &["source"])).then(|| names.map(|name| normalise(name.get())).collect())
}

/// The sources and tags of an alert or digest, all of which must exist.
pub(super) fn filter(
    sources: &[Located<String>],
    tags: &[Located<String>],
    known: &Known,
    report: &mut Report<'_>,
) -> SourceFilter {
    SourceFilter {
        names: sources
            .iter()
            .filter_map(|name| one_of(name, known.sources.as_deref(), "[[source]] named", report))
            .collect(),
        tags: tags
            .iter()
            .filter_map(|tag| one_of(tag, known.tags.as_deref(), "[[source]] with the tag", report))
            .collect(),
    }
}

/// The name as its definition writes it; `what` as in "there is no {what} …".
pub(super) fn one_of(
    name: &Located<String>,
    known: Option<&[String]>,
    what: &str,
    report: &mut Report<'_>,
) -> Option<String> {
    let normal = normalise(name.get());
    let Some(known) = known else { return Some(normal) };
    let same = known.iter().find(|known| **known == normal);
    let alike = || known.iter().find(|known| known.to_lowercase() == normal.to_lowercase());
    let found = same.or_else(alike).cloned();
    if found.is_none() {
        let suggestion = nearest(&normal, known.iter().map(String::as_str));
        report.absence(name.span(), format!("there is no {what} \"{}\"", normal.escape_debug()), suggestion);
    }
    found
}

/// The rule, each entity and phrase of which must be able to match.
pub(super) fn rule(raw: &Located<String>, known: &Known, report: &mut Report<'_>) -> Option<Rule> {
    let names: Vec<&str> = known.entities.as_ref()?.iter().map(String::as_str).collect();
    let rule = match Rule::parse(raw.get(), &names) {
        Ok(rule) => rule,
        Err(error) => {
            rule_problem(raw, error, report);
            return None;
        }
    };
    for phrase in rule.phrases() {
        let Err(error) = check_pattern(&phrase) else { continue };
        let start = raw.get().find(&phrase).unwrap_or(0);
        let place = place(raw, start, start + phrase.len(), report);
        report.problem(place, error.to_string());
    }
    if let Some(doubt) = rule.doubt() {
        report.warn(raw.span(), doubt.to_string());
    }
    Some(rule)
}

fn rule_problem(raw: &Located<String>, error: RuleError, report: &mut Report<'_>) {
    let place = place(raw, error.start, error.end, report);
    report.suggest(place, error.message, error.suggestion);
}

/// Bytes `start..end` of the rule, in the document.
fn place(raw: &Located<String>, start: usize, end: usize, report: &Report<'_>) -> std::ops::Range<usize> {
    let span = raw.span();
    let start = inside::written_at(report.text(), &span, start);
    start..inside::written_at(report.text(), &span, end).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_a_rule_points_into_the_rule() {
        for (written, column, suggestion) in
            [("'Huawei AND SMCI'", 20, None), (r#""\"điện\" AND SMCI""#, 22, Some("SMIC".to_owned()))]
        {
            let text = format!("rule = {written}\n");
            let raw: std::collections::BTreeMap<String, Located<String>> = toml::from_str(&text).unwrap();
            let start = raw["rule"].get().find("SMCI").unwrap();
            let error = RuleError { start, end: start + 4, message: "no such entity.".into(), suggestion };
            let mut report = Report::new("sources.toml", &text);
            rule_problem(&raw["rule"], error, &mut report);
            let problem = report.finish().unwrap().0.remove(0);
            assert_eq!((problem.column, problem.caret.trim_start()), (column, "^^^^"), "{problem}");
            assert_eq!(problem.message, "no such entity");
        }
    }
}
