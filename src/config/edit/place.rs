//! Where the tables of a text lie, and where the next one goes.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::EditError;

/// Where the `[[source]]` tables of a text lie, in bytes.
pub(super) struct Layout {
    /// Where each header begins.
    headers: Vec<usize>,
    /// The end of the last value of the last one.
    end: Option<usize>,
}

impl Layout {
    /// The layout of a text without a byte order mark.
    pub(super) fn of(text: &str) -> Result<Self, EditError> {
        let document = DeTable::parse(text).map_err(|error| EditError::Syntax(error.message().to_owned()))?;
        let Some(tables) = document.get_ref().get("source") else {
            return Ok(Self { headers: Vec::new(), end: None });
        };
        let DeValue::Array(tables) = tables.get_ref() else { return Err(EditError::Inline) };
        let headers: Vec<usize> = tables.iter().map(|table| table.span().start).collect();
        let is_table = |start: &usize| text.get(*start..).is_some_and(|rest| rest.starts_with("[["));
        if tables.is_empty() || !headers.iter().all(is_table) {
            return Err(EditError::Inline);
        }
        Ok(Self { headers, end: tables.iter().map(end_of).max() })
    }

    /// The line of each header, counted from 1.
    pub(super) fn lines(&self, text: &str) -> Vec<usize> {
        let mut lines = Vec::with_capacity(self.headers.len());
        let (mut line, mut from) = (1, 0);
        for &header in &self.headers {
            line += text.get(from..header).unwrap_or_default().matches('\n').count();
            from = header;
            lines.push(line);
        }
        lines
    }

    /// The text with `blocks` (lines that end with `\n`) in their place, in the text's own way of ending lines.
    pub(super) fn insert(&self, text: &str, blocks: &str) -> String {
        let at = self.end.map_or(text.len(), |end| behind(text, end));
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut blocks = blocks.replace('\n', newline);
        let mut out = before.to_owned();
        if !before.is_empty() && !before.ends_with('\n') {
            out.push_str(newline);
            blocks.truncate(blocks.trim_end().len());
        }
        if !before.trim().is_empty() && !before.ends_with("\n\n") && !before.ends_with("\n\r\n") {
            out.push_str(newline);
        }
        out.push_str(&blocks);
        if after.lines().next().is_some_and(|line| !line.trim().is_empty()) {
            out.push_str(newline);
        }
        out.push_str(after);
        out
    }
}

/// The end of what is written in a value, tables below it included (the span of a table is its header alone).
fn end_of(value: &Spanned<DeValue<'_>>) -> usize {
    let inner = match value.get_ref() {
        DeValue::Table(table) => table.values().map(end_of).max(),
        DeValue::Array(array) => array.iter().map(end_of).max(),
        _ => None,
    };
    inner.unwrap_or(0).max(value.span().end)
}

/// The beginning of the line behind a table whose last value ends at `end`. Comments right below belong to it, unless a
/// table follows them at once and they are that one's heading.
fn behind(text: &str, end: usize) -> usize {
    let line_end = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.find('\n').map_or(text.len(), |newline| from + newline + 1)
    };
    let own_end = line_end(end);
    let mut at = own_end;
    loop {
        let next = line_end(at);
        let line = text.get(at..next).unwrap_or_default().trim();
        if line.starts_with('#') {
            at = next;
            continue;
        }
        return if line.starts_with('[') { own_end } else { at };
    }
}
