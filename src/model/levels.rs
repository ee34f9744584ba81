//! How much waits at one instant, for monitoring.

use super::Timestamp;

/// How full the queues are and how the sources stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// Entries whose article is still to be fetched.
    pub pending_entries: i64,
    /// Since when the oldest source waits that is due for a poll; `None` where none is.
    pub oldest_due_source: Option<Timestamp>,
    /// Since when the oldest entry waits that is due.
    pub oldest_due_entry: Option<Timestamp>,
    /// Since when the oldest message waits that is due.
    pub oldest_due_delivery: Option<Timestamp>,
    /// Messages on their way and given up, by the word for their state.
    pub outbox: Vec<(&'static str, i64)>,
    /// When the oldest message on its way was queued.
    pub oldest_queued: Option<Timestamp>,
    /// How many sources are in each condition, conditions without any included.
    pub sources: Vec<(&'static str, i64)>,
    /// When each source answered last, by name; those that never did are left out.
    pub last_success: Vec<(String, Timestamp)>,
}
