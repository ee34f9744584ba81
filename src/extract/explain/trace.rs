//! What was left out on the way, noted by place alone: that costs next to nothing when nobody asks.

use super::Reason;
use crate::extract::compose::Piece;
use crate::extract::dom::Id;

/// Most parts that are noted.
const MOST: usize = 1_000;

/// The parts of a page that were left out, each with its reason.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Trace {
    parts: Vec<(Id, Reason)>,
}

impl Trace {
    /// What begins here was left out.
    pub(in crate::extract) fn note(&mut self, at: Id, reason: Reason) {
        if self.parts.len() < MOST {
            self.parts.push((at, reason));
        }
    }

    /// What begins from here up to there stays after all.
    pub(in crate::extract) fn forget(&mut self, from: Id, to: Id) {
        self.parts.retain(|(at, _)| !(from..to).contains(at));
    }

    /// What another step noted, too.
    pub(in crate::extract) fn append(&mut self, other: &Self) {
        self.parts.extend_from_slice(&other.parts);
    }

    /// Lets a step take pieces out of a text, and notes those that it took.
    pub(in crate::extract) fn watch<T>(
        &mut self,
        reason: Reason,
        pieces: &mut Vec<Piece>,
        step: impl FnOnce(&mut Vec<Piece>) -> T,
    ) -> T {
        let before: Vec<Id> = pieces.iter().map(|piece| piece.start).collect();
        let outcome = step(pieces);
        if pieces.len() < before.len() {
            let mut left = pieces.iter().map(|piece| piece.start).peekable();
            for start in before {
                if left.next_if_eq(&start).is_none() {
                    self.note(start, reason);
                }
            }
        }
        outcome
    }

    /// In the order of the page.
    pub(in crate::extract) fn parts(&self) -> Vec<(Id, Reason)> {
        let mut parts = self.parts.clone();
        parts.sort_by_key(|(at, _)| *at);
        parts
    }
}
