//! Sources: which are watched, what is due, how each poll ended, how they are doing.

mod claim;
mod condition;
mod finish;
mod rows;
mod waiting;
mod watch;

pub(super) use condition::{cause, condition};

pub use claim::{ClaimedSource, HostSlots};
pub use finish::PollResult;
pub(super) use finish::write_poll;
pub use rows::SourceRow;
pub use waiting::{Replanned, WaitingSource};
pub use watch::WatchedSource;

use super::columns::Json;
use crate::model::{PollMemory, Timestamp};

/// The next poll of a source that is gone.
const NEVER: Timestamp = Timestamp::from_micros(i64::MAX);

/// What a source's row remembers. What an older or newer version wrote and this one cannot read is forgotten: nothing in it is
/// worth a source that is no longer polled.
pub(super) fn memory(row: &rusqlite::Row<'_>) -> PollMemory {
    row.get::<_, Option<Json<PollMemory>>>("memory")
        .ok()
        .flatten()
        .map(|Json(memory)| memory)
        .unwrap_or_default()
}

/// How a source has been doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceState {
    /// Never answered yet.
    New,
    /// Answered last time.
    Ok,
    /// Failed last time.
    Failing,
    /// Gone for good, as its server says.
    Gone,
}

impl SourceState {
    /// The word for it in the database and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Ok => "ok",
            Self::Failing => "failing",
            Self::Gone => "gone",
        }
    }

    pub(super) fn parse(word: &str) -> Self {
        match word {
            "ok" => Self::Ok,
            "failing" => Self::Failing,
            "gone" => Self::Gone,
            _ => Self::New,
        }
    }
}
