//! How much of a text stands in another.

use serde::{Deserialize, Serialize};

use super::signature::{MOST_NUMBERS, MOST_SHINGLES, Signature};

/// A text has the other's words if so much of its own text stands there. Independent articles on one event share 3 to 10 % of
/// their three-word shingles; a copy in which every twentieth word was changed keeps 86 %, every tenth, 73 %.
const COPIED: f32 = 0.55;
/// Shorter texts, in shingles, share their phrases more easily.
pub(super) const SHORT: u32 = 40;
const SHORT_COPIED: f32 = 0.7;
/// Still shorter ones are a headline or two.
const HEADLINE: u32 = 16;
const HEADLINE_COPIED: f32 = 0.85;
/// Below this there is nothing to compare.
const FEWEST: u32 = 5;

/// A text with other numbers or names in the same words is another report where more than this part of them differ …
const OTHER_REPORT: f32 = 0.6;
/// … or more than this part, where there are several and at least one for so many shingles.
const DENSE_OTHER_REPORT: f32 = 0.25;
/// Forms that are filled in with names are short.
const FORM: u32 = 4 * SHORT;
const DENSE: u32 = 50;
const SEVERAL: u32 = 3;

/// What two texts have in common.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Whether they are the same words and numbers in the same order.
    pub is_same: bool,
    /// The part of the first text's own shingles that stand in the second.
    pub of_first: f32,
    /// The part of the second text's own shingles that stand in the first.
    pub of_second: f32,
    /// The shingles of the shorter text.
    pub length: u32,
    /// Numbers that both texts have in the same surroundings.
    pub same_numbers: u32,
    /// Surroundings in which they have different numbers.
    pub other_numbers: u32,
    /// Names that both texts have in the same surroundings.
    pub same_names: u32,
    /// Surroundings in which they have different names.
    pub other_names: u32,
}

/// What two texts are to each other. Shares are those of [`Comparison`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kinship {
    /// The same words and numbers in the same order.
    Exact,
    /// Mostly the same text; `share` of each stands in the other, or more.
    Near {
        /// The lesser of both shares.
        share: f32,
    },
    /// `share` of the first text stands in the second, which has more of its own.
    Contained {
        /// Of the first in the second.
        share: f32,
    },
    /// `share` of the second text stands in the first, which has more of its own.
    Contains {
        /// Of the second in the first.
        share: f32,
    },
    /// The same words with other numbers: two reports of one kind, never the same news.
    SameForm,
    /// Nothing of weight in common.
    Unrelated,
}

impl Kinship {
    /// Whether one is a copy of the other or of a part of it.
    pub fn is_copy(self) -> bool {
        matches!(self, Self::Exact | Self::Near { .. } | Self::Contained { .. } | Self::Contains { .. })
    }
}

/// What two texts are to each other; a few microseconds.
pub fn compare(first: &Signature, second: &Signature) -> Kinship {
    // Of most articles that are compared by what they are about no words are known.
    if first.is_empty() || second.is_empty() {
        return Kinship::Unrelated;
    }
    Comparison::of(first, second).kinship()
}

impl Comparison {
    /// Counts what is in common; linear in the lengths of the signatures.
    pub fn of(first: &Signature, second: &Signature) -> Self {
        let counts = Counts::of(first, second);
        let (same_numbers, other_numbers) = compare_placed(first.numbers(), second.numbers());
        let (same_names, other_names) = compare_placed(first.names(), second.names());
        Self {
            is_same: first.is_same(second),
            of_first: share(counts.first_within(), counts.first),
            of_second: share(counts.second_within(), counts.second),
            length: counts.first.min(counts.second),
            same_numbers,
            other_numbers,
            same_names,
            other_names,
        }
    }

    /// What follows from it.
    pub fn kinship(&self) -> Kinship {
        if self.is_same {
            return Kinship::Exact;
        }
        let enough = match self.length {
            0..FEWEST => return Kinship::Unrelated,
            FEWEST..HEADLINE => HEADLINE_COPIED,
            HEADLINE..SHORT => SHORT_COPIED,
            _ => COPIED,
        };
        let (first, second) = (self.of_first >= enough, self.of_second >= enough);
        if !first && !second {
            return Kinship::Unrelated;
        }
        if self.is_other_report() {
            return Kinship::SameForm;
        }
        match (first, second) {
            (true, true) => Kinship::Near { share: self.of_first.min(self.of_second) },
            (true, false) => Kinship::Contained { share: self.of_first },
            _ => Kinship::Contains { share: self.of_second },
        }
    }

    /// Prices, results, weather and quarterly figures come in the same words every day. A correction changes few numbers of many.
    fn is_other_report(&self) -> bool {
        let all = self.same_numbers + self.other_numbers;
        let differing = share(self.other_numbers, all);
        let is_short = self.length < 2 * SHORT;
        let is_dense = self.other_numbers * DENSE >= self.length;
        // An award, an arrest, a match of others in the words of the last.
        let is_of_others = self.other_names > 1
            && self.length < FORM
            && share(self.other_names, self.same_names + self.other_names) > OTHER_REPORT;
        is_of_others
            || (differing > OTHER_REPORT && (self.other_numbers > 1 || is_short))
            || (differing > DENSE_OTHER_REPORT && is_dense && self.other_numbers >= SEVERAL)
    }
}

/// Shingles of each text's own, and those of them that stand in the other.
#[derive(Default)]
struct Counts {
    first: u32,
    second: u32,
    /// Of the first text's own, those anywhere in the second.
    first_in_second: u32,
    second_in_first: u32,
    /// In both texts' own.
    both: u32,
}

impl Counts {
    fn of(first: &Signature, second: &Signature) -> Self {
        let limit = sample_limit(first).min(sample_limit(second));
        let mut counts = Self::default();
        let (mut left, mut right) = (first.shingles().iter().peekable(), second.shingles().iter().peekable());
        loop {
            let ahead = left.peek().into_iter().chain(right.peek());
            let Some(least) = ahead.map(|shingle| **shingle >> 1).min() else { break };
            if least > limit {
                break;
            }
            let here = |shingle: &&u32| **shingle >> 1 == least;
            counts.add(left.next_if(here).copied(), right.next_if(here).copied());
        }
        counts
    }

    fn add(&mut self, first: Option<u32>, second: Option<u32>) {
        let is_own = |shingle: Option<u32>| u32::from(shingle.is_some_and(|shingle| shingle & 1 == 1));
        self.first += is_own(first);
        self.second += is_own(second);
        if first.is_some() && second.is_some() {
            self.first_in_second += is_own(first);
            self.second_in_first += is_own(second);
            self.both += is_own(first) & is_own(second);
        }
    }

    /// A headline that stands in a list of links of a page is no part of its article.
    fn first_within(&self) -> u32 {
        if self.first < SHORT { self.both } else { self.first_in_second }
    }

    fn second_within(&self) -> u32 {
        if self.second < SHORT { self.both } else { self.second_in_first }
    }
}

/// The largest hash up to which the signature holds every shingle of its text.
fn sample_limit(signature: &Signature) -> u32 {
    let last = signature.shingles().get(MOST_SHINGLES - 1);
    last.map_or(u32::MAX, |last| last >> 1)
}

/// Numbers, or names, that are the same in the same surroundings, and those that are not.
fn compare_placed(first: &[(u32, u32)], second: &[(u32, u32)]) -> (u32, u32) {
    let limit = number_limit(first).min(number_limit(second));
    let [first, second] = [first, second]
        .map(|numbers| numbers.get(..numbers.partition_point(|number| *number <= limit)).unwrap_or_default());
    let (mut same, mut other, mut rest) = (0, 0, second);
    for group in first.chunk_by(|a, b| a.0 == b.0) {
        let Some((surroundings, _)) = group.first() else { continue };
        rest = rest.get(rest.partition_point(|number| number.0 < *surroundings)..).unwrap_or_default();
        let there = rest.get(..rest.partition_point(|number| number.0 == *surroundings)).unwrap_or_default();
        let shared = group.iter().filter(|number| there.binary_search(number).is_ok()).count();
        same += shared;
        other += group.len().min(there.len()) - shared;
    }
    (same as u32, other as u32)
}

/// As [`sample_limit`], for numbers.
fn number_limit(numbers: &[(u32, u32)]) -> (u32, u32) {
    numbers.get(MOST_NUMBERS - 1).copied().unwrap_or((u32::MAX, u32::MAX))
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}
