//! The outbox: messages on their way, and those that could not be delivered.

use rusqlite::{Connection, Row, params};

use super::columns::Json;
use super::error::unless_unreadable;
use super::sources::HostSlots;
use super::{Lease, Store, StoreError};
use crate::model::{
    Delivery, DeliveryId, DeliveryKind, DeliveryState, Message, Notice, Recipient, Timestamp,
};

/// A message taken off the outbox.
#[derive(Debug, Clone)]
pub struct ClaimedDelivery {
    /// The message.
    pub delivery: Delivery,
    generation: i64,
}

/// How an attempt leaves a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Delivered.
    Sent,
    /// To be tried again.
    Retry {
        /// When.
        at: Timestamp,
        /// What failed.
        why: String,
    },
    /// Given up; it stays visible until someone retries or drops it.
    Dead {
        /// What failed.
        why: String,
    },
}

/// A message as `outbox` shows it.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    /// The message; its `attempts` are those made so far.
    pub delivery: Delivery,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next, while it is queued.
    pub next_attempt_at: Timestamp,
    /// What failed last.
    pub last_error: Option<String>,
    /// When it was sent, given up or dropped.
    pub finished_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "id, recipient, message, created_at, state, attempts, next_attempt_at, last_error, finished_at";

impl Store {
    /// Takes up to `limit` messages that are due; recipients stand in for hosts in `slots`, so that a dead one delays no other.
    pub async fn claim_deliveries(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Vec<ClaimedDelivery>, StoreError> {
        self.write(move |connection| {
            due_deliveries(connection, lease.from, limit, slots)?
                .into_iter()
                .filter_map(|id| unless_unreadable(lease_delivery(connection, id, lease)))
                .collect()
        })
        .await
    }

    /// Makes every message that waits for another attempt due at once. The attempt is not counted, so that many restarts
    /// during a long outage do not use up the schedule. What waits for its first keeps waiting. Returns how many there are.
    pub async fn retry_waiting(&self, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            Ok(connection.execute(
                "UPDATE delivery SET next_attempt_at = ?1, attempts = max(attempts - 1, 0) WHERE state = 'queued' AND next_attempt_at > ?1 AND lease_gen > 0",
                [now],
            )?)
        })
        .await
    }

    /// When the next message is due, leases included.
    pub async fn next_delivery_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            connection.query_row(
                "SELECT min(max(next_attempt_at, lease_until)) FROM delivery WHERE state = 'queued'",
                [],
                |row| row.get(0),
            )
        })
        .await
    }

    /// Writes down how an attempt ended, with the notices that follow. False where the lease was lost.
    pub async fn finish_attempt(
        &self,
        claimed: &ClaimedDelivery,
        fate: Fate,
        notices: Vec<(Recipient, Notice)>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, generation) = (claimed.delivery.id, claimed.generation);
        self.write_outcome(move |connection| {
            let (state, due, error, finished) = match &fate {
                Fate::Sent => (DeliveryState::Sent, now, None, Some(now)),
                Fate::Retry { at, why } => (DeliveryState::Queued, *at, Some(why), None),
                Fate::Dead { why } => (DeliveryState::Dead, now, Some(why), Some(now)),
            };
            let changed = connection
                .prepare_cached(
                    "UPDATE delivery SET state = ?3, next_attempt_at = ?4, last_error = ?5, finished_at = ?6, \
                       attempts = attempts + 1, lease_until = 0, lease_owner = NULL \
                     WHERE id = ?1 AND lease_gen = ?2 AND state = 'queued'",
                )?
                .execute(params![id, generation, state.to_string(), due, error, finished])?;
            if changed == 0 {
                return Ok(false);
            }
            queue_notices(connection, &notices, now)?;
            Ok(true)
        })
        .await
    }

    /// Queues notices about the daemon itself.
    pub async fn notify(&self, notices: Vec<(Recipient, Notice)>, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| queue_notices(connection, &notices, now)).await
    }

    /// Whether a message to the recipient was given up since the last one that was delivered.
    pub async fn is_given_up(&self, recipient: Recipient) -> Result<bool, StoreError> {
        self.read(move |connection| {
            connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM delivery WHERE recipient = ?1 AND state = 'dead' AND finished_at >= \
                   coalesce((SELECT max(finished_at) FROM delivery WHERE recipient = ?1 AND state = 'sent'), 0))",
                [recipient],
                |row| row.get(0),
            )
        })
        .await
    }

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

    /// Puts a message on the queue again, to be tried at once with a fresh retry schedule. False where it was sent already.
    pub async fn retry_delivery(&self, id: DeliveryId, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let changed = connection.execute(
                "UPDATE delivery SET state = 'queued', attempts = 0, next_attempt_at = ?2, finished_at = NULL \
                 WHERE id = ?1 AND state <> 'sent'",
                params![id, now],
            )?;
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

/// Puts a message on the outbox.
pub(super) fn queue_delivery(
    connection: &Connection,
    id: DeliveryId,
    recipient: &Recipient,
    message: &Message,
    now: Timestamp,
) -> Result<(), StoreError> {
    queue_delivery_at(connection, (id, now, now), recipient, message)
}

/// Puts a message on the outbox that is to be tried at `due` for the first time.
pub(super) fn queue_delivery_at(
    connection: &Connection,
    (id, now, due): (DeliveryId, Timestamp, Timestamp),
    recipient: &Recipient,
    message: &Message,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO delivery (id, recipient, kind, message, created_at, state, next_attempt_at) VALUES (?1, ?2, ?3, ?4, ?5, 'queued', ?6)",
        )?
        .execute(params![id, recipient, kind_word(message.kind()), Json(message), now, due])?;
    Ok(())
}

pub(super) fn queue_notices(
    connection: &Connection,
    notices: &[(Recipient, Notice)],
    now: Timestamp,
) -> Result<(), StoreError> {
    for (recipient, notice) in notices {
        queue_delivery(connection, DeliveryId::new(now), recipient, &Message::Notice(notice.clone()), now)?;
    }
    Ok(())
}

fn due_deliveries(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
    mut slots: HostSlots,
) -> Result<Vec<DeliveryId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, recipient FROM delivery WHERE state = 'queued' AND next_attempt_at <= ?1 AND lease_until <= ?1 \
         ORDER BY next_attempt_at, id",
    )?;
    let mut due = statement.query([now])?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = due.next()?
    {
        if slots.take(&row.get::<_, String>("recipient")?) {
            chosen.push(row.get("id")?);
        }
    }
    Ok(chosen)
}

fn lease_delivery(
    connection: &Connection,
    id: DeliveryId,
    lease: Lease,
) -> Result<ClaimedDelivery, StoreError> {
    let claimed = connection
        .prepare_cached(
            "UPDATE delivery SET lease_owner = ?2, lease_until = ?3, lease_gen = lease_gen + 1 WHERE id = ?1 \
             RETURNING id, recipient, message, created_at, attempts, lease_gen",
        )?
        .query_row(params![id, lease.holder.name(), lease.until], |row| {
            Ok(ClaimedDelivery { delivery: delivery(row)?, generation: row.get("lease_gen")? })
        })?;
    Ok(claimed)
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    let Json(message) = row.get("message")?;
    Ok(Delivery {
        id: row.get("id")?,
        recipient: row.get("recipient")?,
        message,
        created_at: row.get("created_at")?,
        attempts: row.get("attempts")?,
    })
}

fn outbox_row(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        delivery: delivery(row)?,
        state: state_of(&row.get::<_, String>("state")?),
        next_attempt_at: row.get("next_attempt_at")?,
        last_error: row.get("last_error")?,
        finished_at: row.get("finished_at")?,
    })
}

fn kind_word(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Alert => "alert",
        DeliveryKind::Digest => "digest",
        DeliveryKind::Notice => "notice",
    }
}

pub(super) fn state_of(word: &str) -> DeliveryState {
    match word {
        "sent" => DeliveryState::Sent,
        "dead" => DeliveryState::Dead,
        "dropped" => DeliveryState::Dropped,
        _ => DeliveryState::Queued,
    }
}
