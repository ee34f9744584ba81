//! When it is sure that a text is not there any more.

use std::time::Duration;

use crate::model::{ChangeKind, Timestamp};
use crate::store::TrackedText;

/// So long a text must not be there until that is told; where looks follow each other faster, for so many of them.
const MISSING_FOR: Duration = Duration::from_mins(5);
const MISSING_LOOKS: u32 = 10;

/// Whether the text has been in this state long enough to be told, at looks of which one follows the other `between` later.
/// A site that is being mended answers like that for a while.
pub(super) fn has_lasted(
    tracked: &TrackedText,
    kind: ChangeKind,
    (at, between): (Timestamp, Duration),
) -> bool {
    at >= sure_at(tracked, kind, (at, between))
}

/// When to look again at a text that was found in this state at `at`, to make sure of it. Nothing where it was missing in another way
/// before: a site that goes from one to the other is looked at as usual.
pub(super) fn confirmed_at(
    tracked: &TrackedText,
    kind: ChangeKind,
    (at, between): (Timestamp, Duration),
) -> Option<Timestamp> {
    let before = tracked.state.filter(|before| *before != kind);
    let was_missing = matches!(before, Some(ChangeKind::TakenDown | ChangeKind::Truncated));
    (!was_missing).then(|| sure_at(tracked, kind, (at, between)))
}

/// From when on it is sure, if every look finds it so.
fn sure_at(tracked: &TrackedText, kind: ChangeKind, (at, between): (Timestamp, Duration)) -> Timestamp {
    let since = tracked.state_since.filter(|_| tracked.state == Some(kind)).unwrap_or(at);
    since.plus(MISSING_FOR.min(between.saturating_mul(MISSING_LOOKS)))
}
