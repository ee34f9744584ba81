//! Which of the overlapping finds of one entity count: the leftmost, and of those the longest.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use super::pattern::UseIndex;

/// A spelling found in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Find {
    /// Bytes of the folded field.
    pub(super) folded: Range<usize>,
    /// Bytes of the field.
    pub(super) original: Range<usize>,
    /// Which spelling it is, and how it is compared.
    pub(super) used: UseIndex,
}

/// More finds of one entity in one field say nothing more; the cap keeps a page that repeats a name
/// without end from filling the memory. Other entities are not affected by it.
pub(super) const MOST_FINDS: usize = 10_000;

/// Chooses among the finds of one owner as they come, ordered by their end, holding only what is still open.
#[derive(Debug, Default)]
pub(super) struct Choice {
    taken: Vec<Find>,
    /// By the byte where they begin.
    open: BTreeMap<usize, Open>,
    /// Where finds do not count; beginnings and ends rise.
    excluded: VecDeque<Range<usize>>,
    /// Whether an alias was found that stands for itself.
    pub(super) has_full: bool,
}

/// The finds that begin at one byte.
#[derive(Debug)]
struct Open {
    longest: Find,
    /// Where the longest ends that stands for itself.
    full_end: Option<usize>,
}

impl Choice {
    /// Everything that begins before `horizon` has been offered.
    pub(super) fn settle(&mut self, horizon: usize) {
        while let Some(entry) = self.open.first_entry().filter(|entry| *entry.key() < horizon) {
            let Open { longest, full_end } = entry.remove();
            let start = longest.folded.start;
            self.has_full |= full_end.is_some_and(|end| !self.is_excluded(&(start..end)));
            if self.is_wanted(start) && !self.is_excluded(&longest.folded) {
                self.taken.push(longest);
            }
        }
    }

    /// Whether a find that begins at this byte may still be taken.
    pub(super) fn is_wanted(&self, start: usize) -> bool {
        self.taken.len() < MOST_FINDS && self.taken.last().is_none_or(|last| last.folded.end <= start)
    }

    /// Considers a find; whether its alias counts only beside others.
    pub(super) fn offer(&mut self, find: Find, requires_full: bool) {
        let full_end = (!requires_full).then_some(find.folded.end);
        match self.open.get_mut(&find.folded.start) {
            Some(open) => {
                open.full_end = open.full_end.max(full_end);
                if open.longest.folded.end < find.folded.end {
                    open.longest = find;
                }
            }
            None => drop(self.open.insert(find.folded.start, Open { longest: find, full_end })),
        }
    }

    /// Finds within these bytes of the folded text do not count.
    pub(super) fn exclude(&mut self, range: Range<usize>) {
        // What lies within the new range decides nothing that it does not.
        while self.excluded.back().is_some_and(|last| last.start >= range.start) {
            self.excluded.pop_back();
        }
        self.excluded.push_back(range);
    }

    /// Asked in the order of beginnings.
    fn is_excluded(&mut self, find: &Range<usize>) -> bool {
        while self.excluded.get(1).is_some_and(|next| next.start <= find.start) {
            self.excluded.pop_front();
        }
        self.excluded.front().is_some_and(|first| first.start <= find.start && find.end <= first.end)
    }

    /// What was chosen, in order, and whether an alias was found that stands for itself.
    pub(super) fn finish(mut self) -> (Vec<Find>, bool) {
        self.settle(usize::MAX);
        (self.taken, self.has_full)
    }
}
