//! Which lines became which: removed and added lines that are alike are one line that was edited, equal ones were moved.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::align::{Budget, Hunk, hunks};
use super::folding::Folding;
use super::lines::Line;
use super::token::tokens;
use super::words::{Ids, likeness};
use crate::text::normalise::is_han;

/// Lines that are less alike are two.
const ALIKE: f32 = 0.42;
/// The same where one line stands in the place of one other.
const IN_PLACE: f32 = 0.2;
/// Most words of a line that may have nothing in common with the one in whose place it stands.
const SHORT: usize = 4;
/// Most pairs of lines of one hunk that are compared, and most words in them.
const MOST_PAIRS: usize = 10_000;
const MOST_WORDS: usize = 4_000_000;

/// What became of lines, as places in the versions.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Lines that were edited.
    pub(super) edited: Vec<(usize, usize)>,
    /// Lines that are new.
    pub(super) added: Vec<usize>,
    /// Lines that are gone.
    pub(super) removed: Vec<usize>,
    /// Lines that stand elsewhere.
    pub(super) moved: Vec<(usize, usize)>,
    /// Lines that hold the same text divided otherwise.
    pub(super) divided: Vec<(Range<usize>, Range<usize>)>,
    /// Equal lines whose letters differ.
    pub(super) folded: Vec<(usize, usize)>,
}

impl Pairs {
    /// Whether nothing changed.
    pub(super) fn is_empty(&self) -> bool {
        self.edited.is_empty() && self.added.is_empty() && self.removed.is_empty() && self.moved.is_empty()
    }

    /// What became of the lines of `before`.
    pub(super) fn of(before: &[Line], after: &[Line], folding: &Folding, budget: &mut Budget) -> Self {
        let mut ids = Ids::default();
        let old: Vec<u32> = before.iter().map(|line| ids.of(&line.key)).collect();
        let new: Vec<u32> = after.iter().map(|line| ids.of(&line.key)).collect();
        let hunks = hunks(&old, &new, budget);
        let mut pairs = Self { folded: folded(before, after, &hunks), ..Self::default() };
        let (gone, come) = pairs.take_moved(&old, &new, &hunks);
        for hunk in hunks {
            let removed: Vec<usize> = hunk.before.clone().filter(|at| !gone.contains(at)).collect();
            let added: Vec<usize> = hunk.after.clone().filter(|at| !come.contains(at)).collect();
            if is_only_divided(before, after, &removed, &added) {
                pairs.divided.push((hunk.before, hunk.after));
                continue;
            }
            let matched = matched(before, after, (&removed, &added), folding);
            let (kept, turned): (HashSet<usize>, HashSet<usize>) = matched.iter().copied().unzip();
            pairs.removed.extend(removed.iter().filter(|at| !kept.contains(at)));
            pairs.added.extend(added.iter().filter(|at| !turned.contains(at)));
            pairs.edited.extend(matched);
        }
        pairs
    }

    /// Takes lines that are gone in one place and come in another; returns their places on both sides.
    fn take_moved(&mut self, old: &[u32], new: &[u32], hunks: &[Hunk]) -> (HashSet<usize>, HashSet<usize>) {
        let mut waiting: HashMap<u32, Vec<usize>> = HashMap::new();
        for at in hunks.iter().flat_map(|hunk| hunk.before.clone()).rev() {
            waiting.entry(old.get(at).copied().unwrap_or_default()).or_default().push(at);
        }
        for at in hunks.iter().flat_map(|hunk| hunk.after.clone()) {
            let id = new.get(at).copied().unwrap_or_default();
            if let Some(from) = waiting.get_mut(&id).and_then(Vec::pop) {
                self.moved.push((from, at));
            }
        }
        (self.moved.iter().map(|(from, _)| *from).collect(), self.moved.iter().map(|(_, to)| *to).collect())
    }
}

/// Lines that are equal to the options and not to the eye.
fn folded(before: &[Line], after: &[Line], hunks: &[Hunk]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = (0, 0);
    let end = Hunk { before: before.len()..before.len(), after: after.len()..after.len() };
    for hunk in hunks.iter().chain([&end]) {
        for (b, a) in (at.0..hunk.before.start).zip(at.1..hunk.after.start) {
            let shown = [before.get(b), after.get(a)].map(|line| line.map(|line| line.shown.as_str()));
            if shown[0] != shown[1] {
                found.push((b, a));
            }
        }
        at = (hunk.before.end, hunk.after.end);
    }
    found
}

/// Whether the removed and added lines hold the same text: one paragraph became two, or a break went.
fn is_only_divided(before: &[Line], after: &[Line], removed: &[usize], added: &[usize]) -> bool {
    !removed.is_empty() && !added.is_empty() && joined(before, removed) == joined(after, added)
}

/// The lines as one; no space is written between characters of scripts that have none.
fn joined(lines: &[Line], places: &[usize]) -> String {
    let mut text = String::new();
    let is_open =
        |c: char| is_han(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF60}' | '“' | '”');
    for line in places.iter().filter_map(|at| lines.get(*at)) {
        let closes = text.chars().next_back().is_none_or(is_open);
        let opens = line.key.chars().next().is_none_or(is_open);
        if !(closes && opens) {
            text.push(' ');
        }
        text.push_str(&line.key);
    }
    text.trim().to_owned()
}

/// Pairs of lines that are alike, in their order.
fn matched(
    before: &[Line],
    after: &[Line],
    (removed, added): (&[usize], &[usize]),
    folding: &Folding,
) -> Vec<(usize, usize)> {
    if removed.is_empty() || added.is_empty() {
        return Vec::new();
    }
    let mut ids = Ids::default();
    let mut words = |lines: &[Line], at: usize| -> Vec<u32> {
        let line = lines.get(at).map_or("", |line| line.shown.as_str());
        tokens(line)
            .iter()
            .filter(|token| token.is_word())
            .map(|token| ids.of(&folding.key(token.text)))
            .collect()
    };
    let old: Vec<Vec<u32>> = removed.iter().map(|at| words(before, *at)).collect();
    let new: Vec<Vec<u32>> = added.iter().map(|at| words(after, *at)).collect();
    if let ([one], [other]) = (old.as_slice(), new.as_slice()) {
        let short = one.len().max(other.len()) <= SHORT;
        let alike = short || likeness(one, other) >= IN_PLACE;
        return if alike { places((removed, added), &[(0, 0)]) } else { Vec::new() };
    }
    let all_words = |lines: &[Vec<u32>]| lines.iter().map(Vec::len).sum::<usize>();
    let cost = (all_words(&old) * new.len()).max(all_words(&new) * old.len());
    if old.len() * new.len() <= MOST_PAIRS && cost <= MOST_WORDS {
        return places((removed, added), &best(&old, &new));
    }
    let in_place = old.iter().zip(&new).enumerate();
    let alike = in_place.filter(|(_, (one, other))| likeness(one, other) >= ALIKE);
    places((removed, added), &alike.map(|(at, _)| (at, at)).collect::<Vec<_>>())
}

fn places((removed, added): (&[usize], &[usize]), found: &[(usize, usize)]) -> Vec<(usize, usize)> {
    found.iter().filter_map(|(b, a)| Some((*removed.get(*b)?, *added.get(*a)?))).collect()
}

/// The pairs in order whose likenesses add up to the most.
fn best(old: &[Vec<u32>], new: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut sums = vec![0.0_f32; (old.len() + 1) * width];
    let mut alike = vec![0.0_f32; old.len() * width];
    let at = |sums: &[f32], b: usize, a: usize| sums.get(b * width + a).copied().unwrap_or(0.0);
    for (b, one) in old.iter().enumerate().rev() {
        for (a, other) in new.iter().enumerate().rev() {
            let value = Some(likeness(one, other)).filter(|value| *value >= ALIKE).unwrap_or(0.0);
            let sum = at(&sums, b + 1, a).max(at(&sums, b, a + 1));
            let paired = if value > 0.0 { value + at(&sums, b + 1, a + 1) } else { 0.0 };
            if let (Some(sum_cell), Some(cell)) = (sums.get_mut(b * width + a), alike.get_mut(b * width + a))
            {
                (*sum_cell, *cell) = (sum.max(paired), value);
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut b, mut a) = (0, 0);
    while b < old.len() && a < new.len() {
        let value = at(&alike, b, a);
        let here = at(&sums, b, a);
        if value > 0.0 && here <= value + at(&sums, b + 1, a + 1) {
            pairs.push((b, a));
            (b, a) = (b + 1, a + 1);
        } else if at(&sums, b + 1, a) >= at(&sums, b, a + 1) {
            b += 1;
        } else {
            a += 1;
        }
    }
    pairs
}
