//! What is remembered of a source from one poll to the next.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{FeedHints, Timestamp};

/// What earlier polls of an address have taught.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PollMemory {
    /// What the feed said about polling when it was last read.
    pub hints: FeedHints,
    /// When the whole document was last asked for or given.
    pub whole_at: Option<Timestamp>,
    /// When something new was last listed; at first, since when that is watched for.
    pub last_new_at: Option<Timestamp>,
    /// Whether it has listed nothing new for much longer than usual.
    pub stale: bool,
    /// Where it has moved, or seems to.
    pub moved: Moved,
    /// When its server last refused a request because it was conditional.
    pub unconditional_since: Option<Timestamp>,
    /// What its answer was read as: the same bytes say something else where that has changed in sources.toml.
    pub read_as: Option<String>,
    /// How it was asked last, as [`Source::asked_as`](super::Source::asked_as) says it.
    pub asked_as: Option<String>,
}

/// What permanent redirects have taught about an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// Where the last good answers were permanently redirected to.
    pub candidate: Option<Url>,
    /// How many good answers in a row that were.
    pub answers: u32,
    /// What is polled instead of the address in sources.toml.
    pub address: Option<Url>,
    /// Since when.
    pub moved_at: Option<Timestamp>,
    /// When the address in sources.toml was last tried since.
    pub looked_back_at: Option<Timestamp>,
}
