//! Text to raw structs: every syntax error, then the shape of whatever could be read all the same.

use serde::Deserialize;
use serde_json::Value;
use toml::de::{DeTable, Error};

use super::raw::File;
use super::report::Report;
use super::shape;

/// Reads as much of the report's document as can be read, and reports what does not fit
/// `schema`.
pub(super) fn read(schema: &Value, report: &mut Report<'_>) -> File {
    let (mut document, errors) = DeTable::parse_recoverable(report.text());
    let structure_lost = errors.iter().any(|error| loses_structure(error, report));
    for error in &errors {
        syntax_error(error, report);
    }
    if structure_lost {
        return File::default();
    }
    shape::prune(document.get_mut(), schema, report);
    File::deserialize(toml::de::Deserializer::from(document)).unwrap_or_else(|error| {
        report.problem(error.span().unwrap_or(0..0), error.message().trim());
        File::default()
    })
}

/// After a broken header or an unclosed bracket or string, what follows may stand in the wrong table: nothing
/// can be said about it.
fn loses_structure(error: &Error, report: &Report<'_>) -> bool {
    let start = error.span().map_or(0, |span| span.start);
    let before = report.text().get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start().starts_with('[') || error.message().starts_with("unclosed")
}

/// One error a line: the others of the line follow from the first.
fn syntax_error(error: &Error, report: &mut Report<'_>) {
    let span = error.span().unwrap_or(0..0);
    if report.has_problem_on_line(span.start) {
        return;
    }
    let written = report.text().get(span.clone()).unwrap_or_default();
    if error.message().starts_with("string values must be quoted") {
        let suggestion = (!report.is_hidden(span.start)).then(|| written.to_owned());
        let message = "a string must stand in quotes".to_owned();
        report.syntax(span, message, suggestion);
        return;
    }
    report.syntax(span, error.message().to_owned(), None);
}
