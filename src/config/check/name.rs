//! Names, each of which stands once.

use std::collections::BTreeMap;

use crate::config::located::Located;
use crate::config::report::Report;
use crate::text::normalise::normalise;

/// Names go into mails and headers; longer ones are a mistake.
const LONGEST: usize = 200;

/// The names of one kind of table that stand so far.
pub(super) struct Names {
    table: &'static str,
    lines: BTreeMap<String, usize>,
}

impl Names {
    /// No names yet; `table` as in `[[source]]`.
    pub(super) fn new(table: &'static str) -> Self {
        Self { table, lines: BTreeMap::new() }
    }

    /// The name in its normal form; a name that differs from an earlier one only in case is the same.
    pub(super) fn take(&mut self, name: Option<&Located<String>>, report: &mut Report<'_>) -> Option<String> {
        let name = name?;
        let normal = word(name, report)?;
        let line = report.line_of(name.span().start);
        if let Some(first) = self.lines.get(&normal.to_lowercase()) {
            report.problem(
                name.span(),
                format!("the name \"{normal}\" is taken by the {} of line {first}", self.table),
            );
            return None;
        }
        self.lines.insert(normal.to_lowercase(), line);
        Some(normal)
    }
}

/// A name or tag in its normal form.
pub(super) fn word(text: &Located<String>, report: &mut Report<'_>) -> Option<String> {
    let normal = normalise(text.get());
    let wrong = if normal.is_empty() {
        "must not be empty"
    } else if normal.chars().count() > LONGEST {
        "must not be longer than 200 characters"
    } else if normal.chars().any(char::is_control) {
        "must not contain control characters"
    } else {
        return Some(normal);
    };
    report.problem(text.span(), format!("this {wrong}"));
    None
}
