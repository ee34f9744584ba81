//! Which of the overlapping finds of one entity count: the leftmost, and of those the longest.

use std::ops::Range;

/// A spelling found in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Find {
    /// Bytes of the folded field.
    pub(super) folded: Range<usize>,
    /// Bytes of the field.
    pub(super) original: Range<usize>,
    /// Index of its pattern.
    pub(super) pattern: usize,
    /// Index of its use within the pattern.
    pub(super) used: usize,
}

/// More finds of one entity in one field say nothing more; the cap keeps a page that repeats a name
/// without end from filling the memory. Other entities are not affected by it.
pub(super) const MOST_FINDS: usize = 10_000;

/// Chooses among the finds of one owner as they come, ordered by their end, holding only what is still open.
#[derive(Debug, Default)]
pub(super) struct Choice {
    taken: Vec<Find>,
    open: Vec<Find>,
}

impl Choice {
    /// Considers a find; none that comes later is longer than `longest` bytes of folded text.
    pub(super) fn offer(&mut self, find: Find, longest: usize) {
        self.settle(find.folded.end.saturating_sub(longest));
        if find.folded.start < self.taken_until() || self.taken.len() >= MOST_FINDS {
            return;
        }
        match self.open.iter_mut().find(|open| open.folded.start == find.folded.start) {
            Some(open) if open.folded.end < find.folded.end => *open = find,
            Some(_) => {}
            None => self.open.push(find),
        }
    }

    /// What was chosen, in order.
    pub(super) fn finish(mut self) -> Vec<Find> {
        self.settle(usize::MAX);
        self.taken.truncate(MOST_FINDS);
        self.taken
    }

    /// Takes the open finds that begin before `horizon`: nothing to come begins further left.
    fn settle(&mut self, horizon: usize) {
        loop {
            let leftmost = self.open.iter().enumerate().min_by_key(|(_, find)| find.folded.start);
            let Some((index, _)) = leftmost.filter(|(_, find)| find.folded.start < horizon) else {
                return;
            };
            let find = self.open.swap_remove(index);
            self.open.retain(|open| open.folded.start >= find.folded.end);
            self.taken.push(find);
        }
    }

    fn taken_until(&self) -> usize {
        self.taken.last().map_or(0, |last| last.folded.end)
    }
}
