//! Sources that wait for their next poll, for who gives them new times after a pause.

use rusqlite::params;

use super::NEVER;
use crate::model::{FeedHints, SourceId, Timestamp};
use crate::store::{Store, StoreError};

/// A source that waits for its next poll.
#[derive(Debug, Clone)]
pub struct WaitingSource {
    /// Its identity.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// Its host.
    pub host_key: String,
    /// When it was polled last.
    pub last_polled_at: Option<Timestamp>,
    /// When it is polled next.
    pub next_poll_at: Timestamp,
    /// When its feed does not want to be read, where it says so.
    pub hints: Option<Box<FeedHints>>,
}

/// A new time for a source that waits.
#[derive(Debug, Clone, Copy)]
pub struct Replanned {
    /// Which.
    pub id: SourceId,
    /// For when it was planned.
    pub planned: Timestamp,
    /// When it is polled instead.
    pub next_poll_at: Timestamp,
}

impl Store {
    /// The configured sources that nobody polls at the moment and that are not gone.
    pub async fn waiting_sources(&self, now: Timestamp) -> Result<Vec<WaitingSource>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, name, host_key, last_polled_at, next_poll_at, memory FROM source \
                 WHERE configured = 1 AND lease_until <= ?1 AND next_poll_at < ?2",
            )?;
            let rows = statement.query_map(params![now, NEVER], |row| {
                Ok(WaitingSource {
                    id: row.get("id")?,
                    name: row.get("name")?,
                    host_key: row.get("host_key")?,
                    last_polled_at: row.get("last_polled_at")?,
                    next_poll_at: row.get("next_poll_at")?,
                    hints: Some(super::memory(row).hints)
                        .filter(|hints| *hints != FeedHints::default())
                        .map(Box::new),
                })
            })?;
            rows.collect()
        })
        .await
    }

    /// Gives waiting sources new times. One that was polled or asked for since it was read is left alone; a last poll that lies in
    /// the future, because the clock was put back, counts as now.
    pub async fn reschedule(&self, replanned: Vec<Replanned>, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut plan = connection.prepare_cached(
                "UPDATE source SET next_poll_at = ?2, last_polled_at = min(last_polled_at, ?3) \
                 WHERE id = ?1 AND next_poll_at = ?4 AND lease_until <= ?3",
            )?;
            for source in &replanned {
                plan.execute(params![source.id, source.next_poll_at, now, source.planned])?;
            }
            Ok(())
        })
        .await
    }
}
