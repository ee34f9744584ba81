//! What a page says compared with what it said: what changed, how much it matters, and what does not count and why.
//!
//! It sees values, never HTML.

//!
//! ```text
//! state (no version at all?) -> lines (options and noise leave out) -> pairs (which line became which)
//!       -> words (which words did) -> class, facts (what that means) -> gate (what the options hold back)
//! ```

mod align;
mod class;
mod correction;
mod facts;
mod folding;
mod gate;
mod lines;
mod listing;
mod name;
mod noise;
mod number;
mod options;
mod pairs;
mod pattern;
mod state;
mod token;
mod words;

#[cfg(test)]
mod tests;

use crate::model::{Change, ChangeKind, Ignored, Mode, Snapshot};

use facts::Facts;
use lines::{Line, Preparation};
pub use name::Names;
pub use options::{NumberFormat, Options, Order, Side};
pub use pattern::{Pattern, PatternError, Phrase};

/// Two versions of a page, and what else decides whether they differ.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The baseline: the last version that counted.
    pub before: &'a Snapshot,
    /// What the page says now.
    pub after: &'a Snapshot,
    /// Versions older than `before`, the youngest first.
    pub history: &'a [Snapshot],
    /// What was raised about `after`'s state before: `taken_down` and `truncated` are raised once, because the last full
    /// version stays the baseline.
    pub raised: Option<ChangeKind>,
    /// What counts.
    pub options: &'a Options,
    /// What is tracked.
    pub names: &'a Names,
}

/// How a page differs from its last version. Where `changed` is false the baseline stays; so it does where the kind is
/// `taken_down` or `truncated`.
pub fn compare(comparison: &Comparison<'_>) -> Change {
    if let Some(settled) = state::settled(comparison) {
        return bounded(settled);
    }
    if says_the_same(comparison.before, comparison.after) {
        return Change::default();
    }
    let preparation = Preparation::new(comparison.options);
    let versions = (preparation.version(comparison.before), preparation.version(comparison.after));
    let mut facts = match comparison.after.mode {
        Mode::Listing => listing::facts(comparison.before, comparison.after, &preparation),
        Mode::Page | Mode::Article => facts::of(&versions.0, &versions.1, &preparation, comparison.names),
    };
    let held = facts.kind.and_then(|_| {
        let flaps = flaps(comparison).then_some("two versions that alternate");
        flaps.or_else(|| gate::hold_back(&mut facts, comparison, &preparation, (&versions.0, &versions.1)))
    });
    if let Some(why) = held {
        let held = gate::as_ignored(&facts, why);
        facts = Facts { ignored: facts.ignored.into_iter().chain(held).collect(), ..Facts::default() };
    }
    gate::keep_side(&mut facts, comparison.options);
    let shown = |lines: Vec<Line>| lines.into_iter().map(|line| line.shown).collect();
    bounded(Change {
        changed: facts.kind.is_some(),
        kind: facts.kind,
        significance: facts.significance,
        added: shown(facts.added),
        removed: shown(facts.removed),
        words: facts.words,
        ignored: facts.ignored,
    })
}

/// Most differences that are named as not counting, and longest text of one, in bytes.
const MOST_IGNORED: usize = 100;
const LONGEST_IGNORED: usize = 500;

/// What does not count need not be told in full.
fn bounded(mut change: Change) -> Change {
    change.ignored.truncate(MOST_IGNORED);
    for Ignored { text, .. } in &mut change.ignored {
        text.truncate(text.floor_char_boundary(LONGEST_IGNORED));
    }
    change
}

/// Whether two versions say the same, whatever the options.
fn says_the_same(one: &Snapshot, other: &Snapshot) -> bool {
    (&one.title, &one.lead, &one.lines, &one.links) == (&other.title, &other.lead, &other.lines, &other.links)
}

/// Whether the page goes back and forth between two versions: it was at each of them once before.
fn flaps(comparison: &Comparison<'_>) -> bool {
    let [last, last_but_one, ..] = comparison.history else { return false };
    says_the_same(last, comparison.after) && says_the_same(last_but_one, comparison.before)
}
