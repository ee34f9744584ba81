//! How a source is doing, read from its row.

use super::SourceState;
use crate::model::{Cause, Condition, PollMemory, Timestamp};

/// How a source is doing, the worst of what is true of it.
pub(in crate::store) fn condition(
    state: SourceState,
    cause: Option<Cause>,
    memory: &PollMemory,
) -> Condition {
    match state {
        SourceState::Gone => Condition::Gone,
        SourceState::Failing if cause.is_some_and(Cause::is_block) => Condition::Blocked,
        SourceState::Failing => Condition::Failing,
        SourceState::Ok if memory.stale => Condition::Stale,
        SourceState::Ok if memory.moved.address.is_some() => Condition::Moved,
        SourceState::New => Condition::New,
        SourceState::Ok => Condition::Ok,
    }
}

/// Since when a source is in this condition; `state_since` is when its state changed last.
pub(super) fn since(condition: Condition, memory: &PollMemory, state_since: Timestamp) -> Timestamp {
    let since = match condition {
        Condition::Stale => memory.last_new_at,
        Condition::Moved => memory.moved.moved_at,
        Condition::Gone | Condition::Blocked | Condition::Failing | Condition::New | Condition::Ok => None,
    };
    since.unwrap_or(state_since)
}

/// The cause in a row; one that another version wrote and this one does not know is none.
pub(in crate::store) fn cause(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Cause>> {
    let word: Option<String> = row.get("last_cause")?;
    Ok(word.as_deref().and_then(Cause::parse))
}
