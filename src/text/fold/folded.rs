//! A folded text and where its characters came from.

use std::ops::Range;

/// A folded text that knows where each of its characters came from.
///
/// A run of white space is one space, or one newline where it holds more than one line break.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    breaks: Vec<Break>,
}

/// Where the distance between folded and original offsets changes. Between breaks it stays the same, so plain
/// text needs none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Break {
    /// A byte of the folded text.
    pub(super) folded: usize,
    /// Where the character that begins at `folded` begins in the original.
    pub(super) original: usize,
    /// Where the character that ends at `folded` ends in the original; what lies between is invisible.
    pub(super) before: usize,
}

impl Folded {
    pub(super) fn new(text: String, breaks: Vec<Break>) -> Self {
        Self { text, breaks }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the original behind these bytes of the folded text, without invisible characters at the edges.
    /// They may cut through a character of the original where `folded` cuts through what one character became.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        self.start(folded.start)..self.end(folded.end)
    }

    fn start(&self, folded: usize) -> usize {
        let next = self.breaks.partition_point(|change| change.folded <= folded);
        self.shifted(next, folded)
    }

    fn end(&self, folded: usize) -> usize {
        let next = self.breaks.partition_point(|change| change.folded < folded);
        match self.breaks.get(next) {
            Some(change) if change.folded == folded => change.before,
            _ => self.shifted(next, folded),
        }
    }

    /// `folded` at the distance that holds before the break of index `next`. Not beyond what stands before that break: some
    /// characters (U+FB43, U+0F93) become longer.
    fn shifted(&self, next: usize, folded: usize) -> usize {
        let change = next.checked_sub(1).and_then(|index| self.breaks.get(index));
        let shifted = change.map_or(folded, |change| change.original + (folded - change.folded));
        self.breaks.get(next).map_or(shifted, |next| shifted.min(next.before))
    }
}
