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
    let longest = MISSING_FOR.min(between.saturating_mul(MISSING_LOOKS));
    let since = tracked.state_since.filter(|_| tracked.state == Some(kind));
    since.is_some_and(|since| at.since(since) >= longest)
}
