//! `[[entity]]`.

use super::name::Names;
use crate::config::located::Located;
use crate::config::raw;
use crate::config::report::Report;
use crate::entity::check_pattern;
use crate::model::{Alias, CaseRule, Entity};

/// All entities of the file.
pub(super) fn all(raw: &[Located<raw::Entity>], report: &mut Report<'_>) -> Vec<Entity> {
    let mut names = Names::new("[[entity]]");
    raw.iter().filter_map(|entity| checked(entity.get(), &mut names, report)).collect()
}

fn checked(raw: &raw::Entity, names: &mut Names, report: &mut Report<'_>) -> Option<Entity> {
    let name = names.take(raw.name.as_ref(), report);
    let aliases = match &raw.aliases {
        Some(aliases) => aliases.iter().filter_map(|alias| spelling(alias, report)).collect(),
        None => raw
            .name
            .as_ref()
            .and_then(|name| alias(name.get(), name.span(), CaseRule::Fold, report))
            .into_iter()
            .collect(),
    };
    Some(Entity { name: name?, aliases })
}

fn spelling(raw: &Located<raw::Alias>, report: &mut Report<'_>) -> Option<Alias> {
    match raw.get() {
        raw::Alias::Text(text) => alias(text, raw.span(), CaseRule::Fold, report),
        raw::Alias::Table(table) => {
            let case = match table.case {
                Some(raw::Case::Exact) => CaseRule::Exact,
                Some(raw::Case::Fold) | None => CaseRule::Fold,
            };
            let text = table.text.as_ref()?;
            alias(text.get(), text.span(), case, report)
        }
    }
}

fn alias(text: &str, span: std::ops::Range<usize>, case: CaseRule, report: &mut Report<'_>) -> Option<Alias> {
    if let Err(error) = check_pattern(text) {
        report.problem(span, error.to_string());
        return None;
    }
    Some(Alias { text: text.to_owned(), case })
}
