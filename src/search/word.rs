//! The words of a text as the index splits them, and where terms stand among them.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{Query, Term};
use crate::text::fold;
use crate::text::normalise::{is_han, is_invisible, search_form};

/// A word that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In the form that the index compares.
    pub(super) form: String,
    /// With its marks, where it was typed with some.
    pub(super) marked: Option<String>,
}

impl Word {
    /// The words of what was typed.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let words = words(text).into_iter().filter_map(|range| text.get(range));
        words.map(Self::of).filter(|word| !word.form.is_empty()).collect()
    }

    fn of(text: &str) -> Self {
        let (form, key) = (search_form(text), fold::key(text));
        Self { marked: (form != key).then_some(key), form }
    }

    /// Whether this is how a text writes it.
    fn is(&self, written: &str) -> bool {
        if written.is_ascii() {
            return self.marked.is_none() && written.eq_ignore_ascii_case(&self.form);
        }
        match &self.marked {
            Some(marked) => fold::key(written) == *marked,
            None => search_form(written) == self.form,
        }
    }
}

/// Runs of letters and digits; each Han character alone.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let joins = is_combining_mark(c) || is_invisible(c);
        match words.last_mut().filter(|_| goes_on) {
            Some(word) if joins || c.is_alphanumeric() && !is_han(c) => word.end = end,
            _ if c.is_alphanumeric() => words.push(start..end),
            _ => {}
        }
        goes_on = !is_han(c) && (c.is_alphanumeric() || goes_on && joins);
    }
    words
}

impl Term {
    /// Where it stands in a text, with the marks that were typed.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.places_among(&words(text), text)
    }

    fn places_among(&self, words: &[Range<usize>], text: &str) -> Vec<Range<usize>> {
        let is_word = |(word, place): (&Word, &Range<usize>)| {
            text.get(place.clone()).is_some_and(|written| word.is(written))
        };
        let windows = words.windows(self.words.len().max(1));
        let found = windows.filter(|window| self.words.iter().zip(*window).all(is_word));
        found.filter_map(|window| Some(window.first()?.start..window.last()?.end)).collect()
    }
}

impl Query {
    /// Where what is wanted stands in a text, in order and apart from each other.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        self.places_by_term(text).0
    }

    /// As `places`, and how many different terms stand there.
    pub(super) fn places_by_term(&self, text: &str) -> (Vec<Range<usize>>, usize) {
        let words = words(text);
        let found: Vec<_> = self.terms().map(|term| term.places_among(&words, text)).collect();
        let terms = found.iter().filter(|places| !places.is_empty()).count();
        let mut all: Vec<Range<usize>> = found.into_iter().flatten().collect();
        all.sort_unstable_by_key(|place| (place.start, usize::MAX - place.end));
        let mut end = 0;
        all.retain(|place| {
            let is_apart = place.start >= end;
            end = end.max(place.end);
            is_apart
        });
        (all, terms)
    }
}
