//! What two sequences have in common, in order: between lines, and between the words of a line.
//!
//! What they begin and end with in common is set aside; what is left is small as a rule, and its longest common
//! subsequence is found exactly. Where it is not small, elements that occur once on both sides are anchors, as in patience
//! diff (<https://bramcohen.livejournal.com/73318.html>), then the nth occurrence of each element on both sides. What is
//! still large between two anchors counts as replaced. So the cost is n log n whatever is compared.

use std::collections::HashMap;
use std::ops::Range;

/// The largest table of the exact method, in cells.
const CELLS: usize = 1 << 20;
/// Cells of all tables of one comparison together.
const ALL_CELLS: usize = 1 << 24;

/// What one comparison may still spend on exact tables, in cells.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(ALL_CELLS)
    }
}

/// A stretch where two sequences differ: empty on one side where something was only added or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) before: Range<usize>,
    pub(super) after: Range<usize>,
}

/// How anchors are found.
#[derive(Debug, Clone, Copy)]
enum Anchors {
    /// What occurs once on both sides.
    Unique,
    /// The nth occurrence of each.
    Counted,
    /// Not at all.
    None,
}

/// The stretches where the sequences differ, in order.
pub(super) fn hunks(before: &[u32], after: &[u32], budget: &mut Budget) -> Vec<Hunk> {
    let mut aligner = Aligner { before, after, budget, matches: Vec::new() };
    aligner.solve(0..before.len(), 0..after.len(), Anchors::Unique);
    let end = (before.len(), after.len());
    let mut hunks = Vec::new();
    let mut at = (0, 0);
    for (b, a) in aligner.matches.into_iter().chain([end]) {
        if b > at.0 || a > at.1 {
            hunks.push(Hunk { before: at.0..b, after: at.1..a });
        }
        at = (b + 1, a + 1);
    }
    hunks
}

struct Aligner<'a> {
    before: &'a [u32],
    after: &'a [u32],
    budget: &'a mut Budget,
    /// Places of equal elements, in order.
    matches: Vec<(usize, usize)>,
}

impl Aligner<'_> {
    fn solve(&mut self, before: Range<usize>, after: Range<usize>, anchors: Anchors) {
        let (b, a) = (part(self.before, &before), part(self.after, &after));
        let start = b.iter().zip(a).take_while(|(one, other)| one == other).count();
        let rest = b.iter().skip(start).rev().zip(a.iter().skip(start).rev());
        let end = rest.take_while(|(one, other)| one == other).count();
        self.matches.extend((0..start).map(|i| (before.start + i, after.start + i)));
        let inner_before = before.start + start..before.end - end;
        let inner_after = after.start + start..after.end - end;
        self.between(&inner_before, &inner_after, anchors);
        self.matches.extend((0..end).map(|i| (before.end - end + i, after.end - end + i)));
    }

    fn between(&mut self, before: &Range<usize>, after: &Range<usize>, anchors: Anchors) {
        if before.is_empty() || after.is_empty() {
            return;
        }
        let cells = (before.len() + 1).saturating_mul(after.len() + 1);
        if cells <= CELLS.min(self.budget.0) {
            self.budget.0 -= cells;
            let common = exact(part(self.before, before), part(self.after, after));
            self.matches.extend(common.into_iter().map(|(b, a)| (before.start + b, after.start + a)));
            return;
        }
        let next = match anchors {
            Anchors::Unique => Anchors::Counted,
            Anchors::Counted => Anchors::None,
            Anchors::None => return,
        };
        let found = anchored(part(self.before, before), part(self.after, after), anchors);
        let mut at = (before.start, after.start);
        for (b, a) in found.into_iter().map(|(b, a)| (before.start + b, after.start + a)) {
            self.solve(at.0..b, at.1..a, next);
            self.matches.push((b, a));
            at = (b + 1, a + 1);
        }
        self.solve(at.0..before.end, at.1..after.end, next);
    }
}

fn part<'s>(sequence: &'s [u32], range: &Range<usize>) -> &'s [u32] {
    sequence.get(range.clone()).unwrap_or_default()
}

/// The longest common subsequence, by dynamic programming from the ends.
fn exact(before: &[u32], after: &[u32]) -> Vec<(usize, usize)> {
    let width = after.len() + 1;
    let mut lengths = vec![0_u16; (before.len() + 1) * width];
    let at = |lengths: &[u16], b: usize, a: usize| lengths.get(b * width + a).copied().unwrap_or(0);
    for (b, one) in before.iter().enumerate().rev() {
        for (a, other) in after.iter().enumerate().rev() {
            let length = if one == other {
                at(&lengths, b + 1, a + 1).saturating_add(1)
            } else {
                at(&lengths, b + 1, a).max(at(&lengths, b, a + 1))
            };
            if let Some(cell) = lengths.get_mut(b * width + a) {
                *cell = length;
            }
        }
    }
    let mut common = Vec::new();
    let (mut b, mut a) = (0, 0);
    while let (Some(one), Some(other)) = (before.get(b), after.get(a)) {
        if one == other {
            common.push((b, a));
            (b, a) = (b + 1, a + 1);
        } else if at(&lengths, b + 1, a) >= at(&lengths, b, a + 1) {
            b += 1;
        } else {
            a += 1;
        }
    }
    common
}

/// Places of elements that stand for each other, as many as stand in the same order on both sides.
fn anchored(before: &[u32], after: &[u32], anchors: Anchors) -> Vec<(usize, usize)> {
    let mut places: HashMap<(u32, u32), [Vec<usize>; 2]> = HashMap::new();
    for (side, sequence) in [before, after].into_iter().enumerate() {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for (at, element) in sequence.iter().enumerate() {
            let count = counts.entry(*element).or_default();
            *count += 1;
            let number = if matches!(anchors, Anchors::Counted) { *count } else { 0 };
            if let Some(list) = places.entry((*element, number)).or_default().get_mut(side) {
                list.push(at);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = places
        .into_values()
        .filter_map(|[before, after]| match (before.as_slice(), after.as_slice()) {
            ([b], [a]) => Some((*b, *a)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// The longest part of these pairs whose second places rise too: patience sorting.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends the best chain of that length; and what comes before each pair in its chain.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |index: usize| pairs.get(index).map_or(0, |pair| pair.1);
    for (index, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| second(*end) < pair.1);
        previous.push(length.checked_sub(1).and_then(|before| ends.get(before)).copied());
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut chain = Vec::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        chain.extend(pairs.get(index).copied());
        at = previous.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &str, after: &str) -> Vec<(String, String)> {
        let ids = |text: &str| text.chars().map(u32::from).collect::<Vec<_>>();
        let said =
            |text: &str, range: Range<usize>| text.chars().skip(range.start).take(range.len()).collect();
        let hunks = hunks(&ids(before), &ids(after), &mut Budget::default());
        hunks.into_iter().map(|hunk| (said(before, hunk.before), said(after, hunk.after))).collect()
    }

    #[test]
    fn what_differs_is_found_in_order() {
        for (before, after, differs) in [
            ("abc", "abc", &[][..]),
            ("abc", "adc", &[("b", "d")]),
            ("", "ab", &[("", "ab")]),
            ("ab", "", &[("ab", "")]),
            ("abcdef", "xbcdeyf", &[("a", "x"), ("", "y")]),
            ("abab", "ab", &[("ab", "")]),
            ("abcabba", "cbabac", &[("ab", ""), ("", "b"), ("b", ""), ("", "c")]),
        ] {
            let differs: Vec<_> =
                differs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
            assert_eq!(of(before, after), differs, "{before} {after}");
        }
    }

    #[test]
    fn long_sequences_are_aligned_by_what_is_rare_in_them() {
        let before: Vec<u32> = (0..60_000).collect();
        let mut after = before.clone();
        after[30_000] = 70_000;
        after.insert(10, 70_001);
        after.remove(50_000);
        after[0] = 70_002;
        *after.last_mut().unwrap() = 70_003;
        let found = hunks(&before, &after, &mut Budget::default());
        assert_eq!(found.len(), 5, "{found:?}");
        // Nothing occurs once.
        let before: Vec<u32> = (0..60_000).map(|at| at % 7).collect();
        let mut after = before.clone();
        after[30_000] = 9;
        after[0] = 9;
        *after.last_mut().unwrap() = 9;
        assert_eq!(hunks(&before, &after, &mut Budget::default()).len(), 3);
        // Nothing is common.
        let after: Vec<u32> = (100_000..160_000).collect();
        assert_eq!(
            hunks(&before, &after, &mut Budget::default()),
            [Hunk { before: 0..60_000, after: 0..60_000 }]
        );
    }
}
