//! What is written down of an answer: that the page is there, or why it is no version of it.

use super::super::outcome::Ending;
use crate::fetch::{Cause, FailureClass, FetchError};
use crate::model::{ChangeKind, Timestamp};
use crate::store::{AT_NEXT_POLL, CheckResult, ClaimedSource, Looked, TrackedText, Watched};

/// An answer that is no version of the page fails the poll: `status` shows why, and a third one in a row is told to the operator.
pub(super) fn no_version(
    claimed: &ClaimedSource,
    tracked: &TrackedText,
    (kind, note): (ChangeKind, String),
    at: Timestamp,
) -> Ending {
    let watched = in_state(tracked, kind, &note, at);
    Ending { watched: Some(watched), ..Ending::failed(claimed, &unusable(kind, &note)) }
}

pub(super) fn unusable(kind: ChangeKind, note: &str) -> FetchError {
    let cause = if kind == ChangeKind::Blocked { Cause::BotWall } else { Cause::Unreadable };
    let what = match kind {
        ChangeKind::Blocked => "a challenge or a consent wall stands before the page",
        ChangeKind::FilterMissing => "nothing on the page is what `select` names",
        ChangeKind::Empty => "the page shows no text",
        ChangeKind::Incomplete => "the page broke off",
        ChangeKind::TakenDown => "the page is no longer there",
        ChangeKind::Truncated => "the text ends at a log-in or pay wall",
        _ => "the answer is no version of the page",
    };
    let message = if note.is_empty() { what.to_owned() } else { format!("{what}: {note}") };
    FetchError { message, class: FailureClass::Later { after: None }, cause, status: None, page: None }
}

pub(super) fn in_state(tracked: &TrackedText, kind: ChangeKind, why: &str, at: Timestamp) -> Watched {
    Watched::Compared { article: tracked.article, result: Box::new(state(tracked, kind, why, at)) }
}

pub(super) fn state(tracked: &TrackedText, kind: ChangeKind, why: &str, at: Timestamp) -> CheckResult {
    CheckResult {
        failures: tracked.failures.saturating_add(1),
        state: Some(kind),
        error: Some(why.to_owned()),
        raised: tracked.raised,
        looked: Looked::Failed,
        ..version(at)
    }
}

/// What is written down where the page answers.
pub(super) fn version(at: Timestamp) -> CheckResult {
    CheckResult {
        at,
        next_check_at: AT_NEXT_POLL,
        failures: 0,
        state: None,
        error: None,
        raised: None,
        replies: Vec::new(),
        judged: None,
        kept: None,
        edit: None,
        looked: Looked::Unchanged,
    }
}
