//! What a page says compared with what it said: what changed, how much it matters, and what does not count and why.
//!
//! It sees values, never HTML.

mod name;
mod options;
mod pattern;

use crate::model::{Change, ChangeKind, Snapshot};

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
    Change { changed: comparison.before != comparison.after, ..Change::default() }
}
