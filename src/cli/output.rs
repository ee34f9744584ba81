//! Results on standard output, complaints on standard error.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

/// What is wrong with how a command was used: the program ends with 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Misuse(pub(super) String);

/// How results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        if json { Self::Json } else { Self::Text }
    }
}

/// One line of text.
pub(super) fn line(text: impl AsRef<str>) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", text.as_ref())
}

/// One JSON object on a line.
pub(super) fn json(value: &impl Serialize) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", one_line(serde_json::to_string(value)?))
}

/// The line breaks of Unicode that JSON leaves as they are, escaped: many a reader of lines stops there. They stand in strings only.
fn one_line(json: String) -> String {
    if !json.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return json;
    }
    json.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Why a command failed, with every cause, each once.
pub(super) fn complain(error: &anyhow::Error) {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !text.contains(&cause) {
            let joint = if text.is_empty() { "" } else { ": " };
            text = format!("{text}{joint}{cause}");
        }
    }
    complain_of(&text);
}

/// A line that is no result, on standard error.
pub(super) fn complain_of(text: &str) {
    if writeln!(io::stderr().lock(), "diemtin: {text}").is_err() {
        tracing::debug!("standard error is closed");
    }
}

/// A message, the text it is about, and carets below the bytes that are wrong.
pub(super) fn pointed_at(message: &str, text: &str, wrong: Range<usize>) -> String {
    let before = console::measure_text_width(text.get(..wrong.start).unwrap_or_default());
    let width = console::measure_text_width(text.get(wrong).unwrap_or_default());
    format!("{message}\n  {text}\n  {}{}", " ".repeat(before), "^".repeat(width.max(1)))
}

/// A number and its noun: `1 source`, `2 sources`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// Whether whoever read the output has stopped reading, as `head` does.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| match cause.downcast_ref::<io::Error>() {
        Some(io) => io.kind() == io::ErrorKind::BrokenPipe,
        None => cause
            .downcast_ref::<serde_json::Error>()
            .is_some_and(|json| json.io_error_kind() == Some(io::ErrorKind::BrokenPipe)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_stays_on_one_line_for_every_reader() {
        let text = "một\u{2028}hai\u{2029}ba\u{85}bốn\nnăm";
        let line = one_line(serde_json::to_string(text).unwrap());
        assert!(!line.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
