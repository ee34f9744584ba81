//! The outbox as its operator sees it: what waits, what was given up, and what is to become of it.

use rusqlite::{Row, params};

use super::{delivery, state_of};
use crate::model::{Delivery, DeliveryId, DeliveryState, Timestamp};
use crate::store::{Store, StoreError};

/// A message as `outbox` shows it.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    /// The message; its `attempts` are those made so far.
    pub delivery: Delivery,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next, while it is queued.
    pub next_attempt_at: Timestamp,
    /// Whether someone has taken it before. What nobody has and is not due is held for company, and may still grow.
    pub was_taken: bool,
    /// What failed last.
    pub last_error: Option<String>,
    /// When it was sent, given up or dropped.
    pub finished_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, recipient, message, created_at, state, attempts, next_attempt_at, lease_gen, last_error, finished_at";

impl Store {
    /// Messages that wait or were given up, oldest first; with `Finished::Shown` also the latest that were sent or dropped.
    pub async fn outbox(&self, finished: Finished) -> Result<Vec<OutboxRow>, StoreError> {
        let filter = match finished {
            Finished::Hidden => "state IN ('queued', 'dead')",
            Finished::Shown => "1",
        };
        self.read(move |connection| {
            let mut statement = connection.prepare(&format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM delivery WHERE {filter} ORDER BY created_at DESC LIMIT 1000) ORDER BY created_at"
            ))?;
            statement.query_map([], outbox_row)?.collect()
        })
        .await
    }

    /// The messages whose identity begins with `prefix`.
    pub async fn find_deliveries(&self, prefix: String) -> Result<Vec<OutboxRow>, StoreError> {
        self.read(move |connection| {
            let hex = prefix.replace('-', "").to_uppercase();
            let mut statement = connection.prepare(&format!(
                "SELECT {COLUMNS} FROM delivery WHERE substr(hex(id), 1, length(?1)) = ?1 LIMIT 20"
            ))?;
            statement.query_map([hex], outbox_row)?.collect()
        })
        .await
    }

    /// How many messages wait, those under way included.
    pub async fn waiting_deliveries(&self) -> Result<i64, StoreError> {
        self.read(|connection| {
            connection.query_row("SELECT count(*) FROM delivery WHERE state = 'queued'", [], |row| row.get(0))
        })
        .await
    }

    /// Puts a message on the queue again, to be tried at once with a fresh retry schedule; a webhook that was left alone is
    /// woken for it. False where it was sent already.
    pub async fn retry_delivery(&self, id: DeliveryId, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let changed = connection.execute(
                "UPDATE delivery SET state = 'queued', attempts = 0, next_attempt_at = ?2, finished_at = NULL \
                 WHERE id = ?1 AND state <> 'sent'",
                params![id, now],
            )?;
            if changed == 1 {
                connection.execute(
                    "UPDATE target SET quiet_until = 0, quiet_since = NULL, why = NULL \
                     WHERE recipient = (SELECT recipient FROM delivery WHERE id = ?1)",
                    [id],
                )?;
            }
            Ok(changed == 1)
        })
        .await
    }

    /// Takes a message off the queue for good. False where it was sent already.
    pub async fn drop_delivery(&self, id: DeliveryId, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let changed = connection.execute(
                "UPDATE delivery SET state = 'dropped', finished_at = ?2, lease_gen = lease_gen + 1 \
                 WHERE id = ?1 AND state IN ('queued', 'dead')",
                params![id, now],
            )?;
            Ok(changed == 1)
        })
        .await
    }
}

/// Whether finished messages are shown too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// Only those that wait or were given up.
    Hidden,
    /// Also those that were sent or dropped.
    Shown,
}

fn outbox_row(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        delivery: delivery(row)?,
        state: state_of(&row.get::<_, String>("state")?),
        next_attempt_at: row.get("next_attempt_at")?,
        was_taken: row.get::<_, i64>("lease_gen")? > 0,
        last_error: row.get("last_error")?,
        finished_at: row.get("finished_at")?,
    })
}
