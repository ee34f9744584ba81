//! An automaton and what its finds are used for.

use daachorse::DoubleArrayAhoCorasick;

use super::PatternError;
use super::pattern::{Use, UseIndex};
use super::texts::{TextId, Texts};

/// Finds every spelling of one kind in one pass.
#[derive(Default)]
pub(super) struct Lane {
    /// `None` where there is nothing to look for.
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    /// For each spelling the first of its uses; one more at the end.
    first_uses: Vec<UseIndex>,
}

/// A spelling at a place.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    /// First byte, of the text that was searched.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    spelling: u32,
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let states = self.automaton.as_ref().map(DoubleArrayAhoCorasick::num_states);
        f.debug_struct("Lane").field("states", &states).field("uses", &self.first_uses.len()).finish()
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
        // Stable, so that of two entities with one alias the first stays first.
        spellings.sort_by(|(one, _), (other, _)| keys.get(*one).cmp(keys.get(*other)));
        uses.reserve_exact(spellings.len());
        let mut first_uses = Vec::new();
        let mut distinct: Vec<&str> = Vec::new();
        for (key, used) in spellings {
            let key = keys.get(key);
            if distinct.last() != Some(&key) {
                distinct.push(key);
                first_uses.push(uses.len() as UseIndex);
            }
            uses.push(used);
        }
        first_uses.push(uses.len() as UseIndex);
        first_uses.shrink_to_fit();
        let automaton = DoubleArrayAhoCorasick::new(&distinct).map_err(|error| {
            PatternError(format!(
                "The {} names and phrases are too many to be looked for at once ({error}). Remove some.",
                distinct.len()
            ))
        })?;
        Ok(Self { automaton: Some(automaton), first_uses })
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.automaton.is_none()
    }

    /// Every spelling at every place of `text`, ordered by end, the longer first.
    pub(super) fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_overlapping_iter(text));
        found.map(|found| Hit { start: found.start(), end: found.end(), spelling: found.value() })
    }

    /// What a hit is used for.
    pub(super) fn uses(&self, hit: &Hit) -> std::ops::Range<UseIndex> {
        let spelling = hit.spelling as usize;
        let bound = |index: usize| self.first_uses.get(index).copied().unwrap_or(0);
        bound(spelling)..bound(spelling + 1)
    }
}
