//! Groups among articles that lie side by side.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::compare::{Kinship, compare};
use super::facts::Facts;
use super::keys::ENOUGH_KEYS;
use super::story::same_story;

/// A text is compared with so many of those that have most in common with it.
const MOST_CANDIDATES: usize = 64;
/// What more texts than this have in common tells nothing; the latest count.
const MOST_IN_COMMON: usize = 256;

/// Articles that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What joins them.
    pub kind: GroupKind,
    /// Their places in the list, in order.
    pub members: Vec<usize>,
}

/// What joins the articles of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupKind {
    /// The same words and numbers in the same order.
    Exact,
    /// Copies, whole, cut or edited.
    Near,
    /// One event.
    Story,
}

/// The groups of several articles, exact ones first; a wider group stands there only where it holds more than a narrower one.
///
/// Linear in the number of articles: each is compared with those that share bands, or names and numbers, and with no more than 64.
pub fn group(articles: &[Facts]) -> Vec<Group> {
    let mut exact = Sets::new(articles.len());
    let mut near = Sets::new(articles.len());
    link(
        articles,
        |facts| facts.signature.bands().to_vec(),
        1,
        |first, second, (a, b)| {
            let kinship = compare(&a.signature, &b.signature);
            if kinship == Kinship::Exact {
                exact.join(first, second);
            }
            if kinship.is_copy() {
                near.join(first, second);
            }
        },
    );
    let mut story = near.clone();
    link(articles, Facts::keys, ENOUGH_KEYS, |first, second, (a, b)| {
        if !story.are_joined(first, second) && same_story(a, b) {
            story.join(first, second);
        }
    });
    let mut groups = Vec::new();
    for (kind, mut sets) in [(GroupKind::Exact, exact), (GroupKind::Near, near), (GroupKind::Story, story)] {
        for members in sets.groups() {
            if !groups.iter().any(|group: &Group| group.members == members) {
                groups.push(Group { kind, members });
            }
        }
    }
    groups
}

/// Shows each pair of articles with so many keys in common to `judge`.
fn link(
    articles: &[Facts],
    keys: impl Fn(&Facts) -> Vec<u64>,
    fewest: usize,
    mut judge: impl FnMut(usize, usize, (&Facts, &Facts)),
) {
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, facts) in articles.iter().enumerate() {
        let mut common: HashMap<usize, usize> = HashMap::new();
        for key in keys(facts) {
            let there = known.entry(key).or_default();
            there.iter().rev().take(MOST_IN_COMMON).for_each(|other| *common.entry(*other).or_default() += 1);
            there.push(index);
        }
        let mut candidates: Vec<(usize, usize)> =
            common.into_iter().filter(|(_, count)| *count >= fewest).collect();
        candidates.sort_by_key(|(other, count)| (std::cmp::Reverse(*count), std::cmp::Reverse(*other)));
        for (other, _) in candidates.into_iter().take(MOST_CANDIDATES) {
            if let Some(candidate) = articles.get(other) {
                judge(other, index, (candidate, facts));
            }
        }
    }
}

/// Disjoint sets, joined pair by pair.
#[derive(Clone)]
struct Sets {
    parents: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// The first member of the set; halves the way there (Tarjan).
    fn first(&mut self, mut member: usize) -> usize {
        while let Some(parent) = self.parents.get(member).copied().filter(|parent| *parent != member) {
            let next = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(member) {
                *slot = next;
            }
            member = next;
        }
        member
    }

    fn are_joined(&mut self, first: usize, second: usize) -> bool {
        self.first(first) == self.first(second)
    }

    fn join(&mut self, first: usize, second: usize) {
        let (first, second) = (self.first(first), self.first(second));
        if let Some(slot) = self.parents.get_mut(first.max(second)) {
            *slot = first.min(second);
        }
    }

    /// The sets of several members.
    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for member in 0..self.parents.len() {
            sets.entry(self.first(member)).or_default().push(member);
        }
        sets.into_values().filter(|members| members.len() > 1).collect()
    }
}
