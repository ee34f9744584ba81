//! Gathers problems while a document is checked, and shows each at its line.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::problem::{Problem, Problems};
use super::secret_text;

/// The problems of one document so far.
#[derive(Debug)]
pub(super) struct Report<'a> {
    file: &'a str,
    text: &'a str,
    whole: Vec<String>,
    found: Vec<Found>,
    warned: Vec<Found>,
    hidden: Vec<Range<usize>>,
    doubts: BTreeSet<(usize, String)>,
    line_starts: Vec<usize>,
}

#[derive(Debug)]
struct Found {
    span: Range<usize>,
    message: String,
    suggestion: Option<String>,
    kind: Kind,
}

/// How sure a problem is where the document's syntax is broken elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Syntax,
    Value,
    Absence,
}

impl<'a> Report<'a> {
    /// Nothing is wrong yet with this text of `file`.
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let newlines = text.match_indices('\n').map(|(offset, _)| offset + 1);
        Self {
            file,
            text,
            whole: Vec::new(),
            found: Vec::new(),
            warned: Vec::new(),
            hidden: secret_text::ranges(text),
            doubts: BTreeSet::new(),
            line_starts: std::iter::once(0).chain(newlines).collect(),
        }
    }

    /// The document.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Something is wrong with the bytes of `span`.
    pub(super) fn problem(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.suggest(span, message.into(), None);
    }

    /// Something is wrong with the file as a whole.
    pub(super) fn problem_of_file(&mut self, message: impl Into<String>) {
        self.whole.push(message.into());
    }

    /// Something is wrong with the bytes of `span`, and something else may have been meant.
    pub(super) fn suggest(&mut self, span: Range<usize>, mut message: String, suggestion: Option<String>) {
        message.truncate(message.trim_end_matches('.').len());
        self.found.push(Found { span, message, suggestion, kind: Kind::Value });
    }

    /// Something that `span` needs or names is not in the document. Where the syntax is broken it may well be
    /// there unread, so this is said only of documents that could be read whole.
    pub(super) fn absence(&mut self, span: Range<usize>, message: String, suggestion: Option<String>) {
        self.found.push(Found { span, message, suggestion, kind: Kind::Absence });
    }

    /// The bytes of `span` are right in form and hardly meant so.
    pub(super) fn warn(&mut self, span: Range<usize>, message: String) {
        self.warned.push(Found { span, message, suggestion: None, kind: Kind::Value });
    }

    /// What is hardly meant so, in the order of the document.
    pub(super) fn warnings(&mut self) -> Vec<Problem> {
        self.warned.sort_by_key(|warned| warned.span.start);
        self.warned.iter().map(|warned| self.show(warned)).collect()
    }

    /// The document cannot be read at `span`.
    pub(super) fn syntax(&mut self, span: Range<usize>, message: String, suggestion: Option<String>) {
        self.found.push(Found { span, message, suggestion, kind: Kind::Syntax });
    }

    /// The bytes of `span` are a secret: no problem shows them.
    pub(super) fn hide(&mut self, span: Range<usize>) {
        self.hidden.push(span);
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// How many things are wrong so far.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Something is wrong with this key of the table that begins at byte `table`: that it is missing would
    /// follow from that.
    pub(super) fn doubt(&mut self, table: usize, key: &str) {
        self.doubts.insert((table, key.to_owned()));
    }

    /// Whether something is wrong with one of these keys of the table that begins at byte `table`.
    pub(super) fn doubts(&self, table: usize, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.doubts.contains(&(table, (*key).to_owned())))
    }

    /// Whether something is wrong already on the line of this byte.
    pub(super) fn has_problem_on_line(&self, offset: usize) -> bool {
        let line = self.line_of(offset);
        self.found.iter().any(|found| self.line_of(found.span.start) == line)
    }

    /// Whether this byte belongs to a secret.
    pub(super) fn is_hidden(&self, offset: usize) -> bool {
        self.hidden.iter().any(|hidden| hidden.contains(&offset))
    }

    /// Everything that is wrong, in the order of the document; `None` where nothing is.
    pub(super) fn finish(mut self) -> Option<Problems> {
        self.drop_consequences();
        self.found.sort_by_key(|found| found.span.start);
        self.found.dedup_by(|one, other| one.span == other.span && one.message == other.message);
        let whole = self.whole.iter().map(|message| Problem::of_file(self.file, message.clone()));
        let problems: Vec<Problem> = whole.chain(self.found.iter().map(|found| self.show(found))).collect();
        (!problems.is_empty()).then_some(Problems(problems))
    }

    /// What follows from broken syntax is no problem of its own.
    fn drop_consequences(&mut self) {
        let syntax = self.found.iter().filter(|found| found.kind == Kind::Syntax);
        let broken: Vec<usize> = syntax.map(|found| self.line_of(found.span.start)).collect();
        if broken.is_empty() {
            return;
        }
        let found = std::mem::take(&mut self.found);
        self.found = found
            .into_iter()
            .filter(|found| match found.kind {
                Kind::Syntax => true,
                Kind::Value => !broken.contains(&self.line_of(found.span.start)),
                Kind::Absence => false,
            })
            .collect();
        self.whole.clear();
    }

    fn show(&self, found: &Found) -> Problem {
        let start = found.span.start.min(self.text.len());
        let number = self.line_of(start);
        let line_start = self.line_starts.get(number - 1).copied().unwrap_or(0);
        let line = self.text.get(line_start..).unwrap_or_default().split('\n').next().unwrap_or_default();
        let line = line.trim_end_matches('\r');
        let (excerpt, caret) = self.excerpt(line, line_start, &found.span);
        Problem {
            file: self.file.to_owned(),
            line: number,
            column: self.text.get(line_start..start).unwrap_or_default().chars().count() + 1,
            message: found.message.clone(),
            suggestion: found.suggestion.clone(),
            excerpt,
            caret,
        }
    }

    /// The line with secrets as `***`, and the carets under `span`.
    fn excerpt(&self, line: &str, line_start: usize, span: &Range<usize>) -> (String, String) {
        let (mut shown, mut caret) = (String::new(), String::new());
        let mut in_secret = false;
        for (index, c) in line.char_indices() {
            let offset = line_start + index;
            let secret = self.is_hidden(offset);
            let text = match (secret, in_secret) {
                (true, true) => String::new(),
                (true, false) => "***".to_owned(),
                (false, _) => c.to_string(),
            };
            in_secret = secret;
            let mark = if offset < span.start { " " } else { "^" };
            if offset < span.end.max(span.start + 1) {
                caret.push_str(&if c == '\t' { "\t".to_owned() } else { mark.repeat(width(&text)) });
            }
            shown.push_str(&text);
        }
        if !caret.contains('^') {
            caret.push('^');
        }
        (shown, caret)
    }
}

/// How many cells of a terminal the text takes: Han, Kana, Hangul and full-width forms take two.
fn width(text: &str) -> usize {
    let cells = |c: char| match c {
        c if is_combining_mark(c) => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    };
    text.chars().map(cells).sum()
}
