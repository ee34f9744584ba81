//! Sources: which are watched, what is due, how each poll ended, how they are doing.

mod claim;
mod finish;
mod rows;
mod watch;

pub use claim::{ClaimedSource, HostSlots};
pub use finish::PollResult;
pub use rows::SourceRow;
pub use watch::WatchedSource;

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

    fn parse(word: &str) -> Self {
        match word {
            "ok" => Self::Ok,
            "failing" => Self::Failing,
            "gone" => Self::Gone,
            _ => Self::New,
        }
    }
}
