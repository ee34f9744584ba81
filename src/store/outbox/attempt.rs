//! Attempts at messages: what is due, who has it, how it ended.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{delivery, queue_notices};
use crate::model::{Delivery, DeliveryId, DeliveryState, Notice, Recipient, Timestamp};
use crate::store::error::unless_unreadable;
use crate::store::sources::HostSlots;
use crate::store::{Lease, Store, StoreError, Taken};

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

impl Store {
    /// Takes up to `limit` messages that are due; recipients stand in for hosts in `slots`, so that a dead one delays no other.
    pub async fn claim_deliveries(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
    ) -> Result<Taken<ClaimedDelivery>, StoreError> {
        self.write(move |connection| {
            let tasks = due_deliveries(connection, lease.from, limit, slots.clone())?
                .into_iter()
                .filter_map(|id| unless_unreadable(lease_delivery(connection, id, lease)))
                .collect::<Result<_, _>>()?;
            Ok(Taken { tasks, next_due: next_due(connection, lease.from)? })
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
}

/// When the next message is due that nobody has.
fn next_due(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = connection
        .prepare_cached(
            "SELECT next_attempt_at FROM delivery WHERE state = 'queued' AND lease_until <= ?1 \
             ORDER BY next_attempt_at LIMIT 1",
        )?
        .query_row([now], |row| row.get(0))
        .optional()?;
    Ok(due)
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
