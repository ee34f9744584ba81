//! Sources that wait for their next poll, for who gives them new times after a pause.

use rusqlite::params;

use super::NEVER;
use crate::model::{PollMemory, SourceId, Timestamp};
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
    /// What earlier polls taught.
    pub memory: PollMemory,
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
                    memory: super::memory(row),
                })
            })?;
            rows.collect()
        })
        .await
    }

    /// Gives waiting sources new times. One that was polled or asked for since it was read is left alone; a last poll that lies in
    /// the future, because the clock was put back, counts as now.
    pub async fn reschedule(
        &self,
        planned: Vec<(WaitingSource, Timestamp)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut plan = connection.prepare_cached(
                "UPDATE source SET next_poll_at = ?2, last_polled_at = min(last_polled_at, ?3) \
                 WHERE id = ?1 AND next_poll_at = ?4 AND lease_until <= ?3",
            )?;
            for (source, at) in &planned {
                plan.execute(params![source.id, at, now, source.next_poll_at])?;
            }
            Ok(())
        })
        .await
    }
}
