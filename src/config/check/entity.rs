//! `[[entity]]`.

use std::ops::Range;

use super::name::Names;
use super::select;
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::entity::{PatternError, check_alias, check_pattern};
use crate::model::{Alias, Boundary, CaseRule, Entity, MarksRule, Scope, Separator};

/// All entities of the file; the sources that they may name, where that is checked.
pub(super) fn all(
    raw: &[Located<raw::Entity>],
    sources: Option<&[String]>,
    report: &mut Report<'_>,
) -> Vec<Entity> {
    let mut names = Names::new("[[entity]]");
    raw.iter().filter_map(|entity| checked(entity.get(), sources, &mut names, report)).collect()
}

fn checked(
    raw: &raw::Entity,
    sources: Option<&[String]>,
    names: &mut Names,
    report: &mut Report<'_>,
) -> Option<Entity> {
    let name = names.take(raw.name.as_ref(), report);
    let aliases = aliases(raw, report);
    if let Some(flag) = lonely(raw) {
        report.problem(
            flag.span(),
            "every alias of this entity requires another one, so that it can never match; leave requires_full out at the full spelling",
        );
    }
    let only_sources = raw
        .sources
        .iter()
        .filter_map(|source| select::one_of(source, sources, "[[source]] named", report))
        .collect();
    Some(Entity {
        name: name?,
        aliases,
        not: phrases(&raw.not, report),
        with_any: phrases(&raw.with_any, report),
        without_any: phrases(&raw.without_any, report),
        scope: match raw.scope {
            Some(raw::Scope::Title) => Scope::Title,
            Some(raw::Scope::Body) => Scope::Body,
            Some(raw::Scope::Any) | None => Scope::Any,
        },
        sources: only_sources,
        min_count: raw.min_count.as_ref().map_or(1, |count| *count.get() as usize),
    })
}

fn aliases(raw: &raw::Entity, report: &mut Report<'_>) -> Vec<Alias> {
    let Some(aliases) = &raw.aliases else {
        let named = raw.name.as_ref().map(|name| (Alias::plain(name.get()), name.span()));
        return named.and_then(|(alias, span)| usable(alias, span, report)).into_iter().collect();
    };
    let mut usable_ones = Vec::new();
    for alias in aliases {
        let (alias, span) = match alias.get() {
            raw::Alias::Text(text) => (Alias::plain(text), alias.span()),
            raw::Alias::Table(table) => match spelling(table) {
                Some(spelling) => spelling,
                None => continue,
            },
        };
        usable_ones.extend(usable(alias, span, report));
    }
    usable_ones
}

/// The alias that a table describes, and where its text stands.
fn spelling(table: &raw::AliasTable) -> Option<(Alias, Range<usize>)> {
    let text = table.text.as_ref()?;
    let alias = Alias {
        text: text.get().clone(),
        case: match table.case {
            Some(raw::Case::Exact) => CaseRule::Exact,
            Some(raw::Case::Fold) | None => CaseRule::Fold,
        },
        marks: match table.marks {
            Some(raw::Marks::Fold) => MarksRule::Fold,
            Some(raw::Marks::Exact) | None => MarksRule::Exact,
        },
        boundary: match table.boundary {
            Some(raw::Boundary::Prefix) => Boundary::Prefix,
            Some(raw::Boundary::None) => Boundary::None,
            Some(raw::Boundary::Auto) | None => Boundary::Auto,
        },
        sep: match table.sep {
            Some(raw::Sep::Flex) => Separator::Flex,
            Some(raw::Sep::Space) | None => Separator::Space,
        },
        version: table.version.unwrap_or(false),
        requires_full: table.requires_full.as_ref().is_some_and(|flag| *flag.get()),
    };
    Some((alias, text.span()))
}

fn usable(alias: Alias, span: Range<usize>, report: &mut Report<'_>) -> Option<Alias> {
    can_match(check_alias(&alias), span, report).then_some(alias)
}

fn phrases(raw: &[Located<String>], report: &mut Report<'_>) -> Vec<String> {
    let usable = raw.iter().filter(|phrase| can_match(check_pattern(phrase.get()), phrase.span(), report));
    usable.map(|phrase| phrase.get().clone()).collect()
}

fn can_match(checked: Result<(), PatternError>, span: Range<usize>, report: &mut Report<'_>) -> bool {
    match checked {
        Ok(()) => true,
        Err(error) => {
            report.problem(span, error.to_string());
            false
        }
    }
}

/// The first `requires_full = true` of an entity that has no alias without it.
fn lonely(raw: &raw::Entity) -> Option<&Located<bool>> {
    let flag = |alias: &'_ Located<raw::Alias>| match alias.get() {
        raw::Alias::Table(table) => table.requires_full.as_ref().is_some_and(|flag| *flag.get()),
        raw::Alias::Text(_) => false,
    };
    let aliases = raw.aliases.as_ref().filter(|aliases| aliases.iter().all(flag))?;
    match aliases.first()?.get() {
        raw::Alias::Table(table) => table.requires_full.as_ref(),
        raw::Alias::Text(_) => None,
    }
}
