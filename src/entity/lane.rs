//! An automaton and what its finds are used for.
//!
//! Of a large catalogue the automaton knows only heads: as much of the spellings as leaves few that begin alike. Their tails are
//! compared where the head is found. A state of the automaton takes twelve times the byte it stands for, and several times that
//! while it is built; of a million names most bytes are tails.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;

use super::PatternError;
use super::heads::Heads;
use super::pattern::{Use, UseIndex};
use super::texts::{TextId, Texts};

/// Finds every spelling of one kind in one pass.
#[derive(Default)]
pub(super) struct Lane {
    /// `None` where there is nothing to look for.
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    heads: Heads,
    /// For each spelling the first of its uses; one more at the end.
    first_uses: Vec<UseIndex>,
}

/// A spelling at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// One past the last byte of the text that was searched.
    pub(super) end: usize,
    /// First byte.
    pub(super) start: usize,
    spelling: u32,
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let states = self.automaton.as_ref().map(DoubleArrayAhoCorasick::num_states);
        f.debug_struct("Lane")
            .field("states", &states)
            .field("uses", &self.first_uses.len())
            .finish_non_exhaustive()
    }
}

impl Lane {
    /// Compiles spellings, each with its key, and appends them to `uses`, those with one key together.
    pub(super) fn compile(
        mut spellings: Vec<(TextId, Use)>,
        keys: &Texts,
        uses: &mut Vec<Use>,
    ) -> Result<Self, PatternError> {
        if spellings.is_empty() {
            return Ok(Self::default());
        }
        // Of two entities with one alias the first stays first: numbers of keys rise.
        spellings.sort_unstable_by(|(one, _), (other, _)| {
            keys.get(*one).cmp(keys.get(*other)).then(one.cmp(other))
        });
        let mut first_uses = Vec::with_capacity(spellings.len() + 1);
        let mut distinct: Vec<TextId> = Vec::with_capacity(spellings.len());
        for (index, (key, _)) in (uses.len() as UseIndex..).zip(&spellings) {
            if distinct.last().is_none_or(|last| keys.get(*last) != keys.get(*key)) {
                distinct.push(*key);
                first_uses.push(index);
            }
        }
        uses.reserve_exact(spellings.len());
        uses.extend(spellings.into_iter().map(|(_, used)| used));
        first_uses.push(uses.len() as UseIndex);
        first_uses.shrink_to_fit();
        let (heads, written) = Heads::of(&distinct, keys);
        let automaton = DoubleArrayAhoCorasick::new(&written).map_err(|error| {
            PatternError(format!(
                "The {} names and phrases are too many to be looked for at once ({error}). Remove some.",
                distinct.len()
            ))
        })?;
        Ok(Self { automaton: Some(automaton), heads, first_uses })
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.automaton.is_none()
    }

    /// Every spelling at every place of `text`, ordered by end.
    pub(super) fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let automaton = self.automaton.iter();
        let mut found = automaton.flat_map(move |automaton| automaton.find_overlapping_iter(text)).peekable();
        // Spellings whose head ends before they do.
        let mut open: BinaryHeap<Reverse<Hit>> = BinaryHeap::new();
        iter::from_fn(move || {
            if self.heads.are_whole() {
                let found = found.next()?;
                return Some(Hit { end: found.end(), start: found.start(), spelling: found.value() });
            }
            loop {
                let next = found.peek().map(daachorse::Match::end);
                let ends_first = |Reverse(hit): &Reverse<Hit>| next.is_none_or(|next| hit.end <= next);
                if open.peek().is_some_and(ends_first) {
                    return open.pop().map(|Reverse(hit)| hit);
                }
                let head = found.next()?;
                let rest = text.get(head.end()..).unwrap_or_default();
                for (spelling, tail) in self.heads.completed(head.value(), rest) {
                    open.push(Reverse(Hit { end: head.end() + tail, start: head.start(), spelling }));
                }
            }
        })
    }

    /// What a hit is used for.
    pub(super) fn uses(&self, hit: &Hit) -> Range<UseIndex> {
        let spelling = hit.spelling as usize;
        let bound = |index: usize| self.first_uses.get(index).copied().unwrap_or(0);
        bound(spelling)..bound(spelling + 1)
    }
}
