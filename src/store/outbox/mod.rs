//! The outbox: messages on their way, and those that could not be delivered.

mod attempt;
mod desk;
mod gather;

use rusqlite::{Connection, Row, params};

pub use attempt::{ClaimedDelivery, Fate, Progress};
pub use desk::{Finished, OutboxRow};
pub use gather::Restraints;
pub(in crate::store) use gather::queue_alert;

use super::columns::Json;
use super::{Store, StoreError};
use crate::model::{
    Delivery, DeliveryId, DeliveryKind, DeliveryState, Message, Notice, Recipient, Timestamp,
};

impl Store {
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
}

/// Puts a message on the outbox.
pub(in crate::store) fn queue_delivery(
    connection: &Connection,
    id: DeliveryId,
    recipient: &Recipient,
    message: &Message,
    now: Timestamp,
) -> Result<(), StoreError> {
    queue_delivery_at(connection, (id, now, now), recipient, message)
}

/// Puts a message on the outbox that is to be tried at `due` for the first time.
pub(in crate::store) fn queue_delivery_at(
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

pub(in crate::store) fn queue_notices(
    connection: &Connection,
    notices: &[(Recipient, Notice)],
    now: Timestamp,
) -> Result<(), StoreError> {
    for (recipient, notice) in notices {
        queue_delivery(connection, DeliveryId::new(now), recipient, &Message::Notice(notice.clone()), now)?;
    }
    Ok(())
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

fn kind_word(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Alert => "alert",
        DeliveryKind::Digest => "digest",
        DeliveryKind::Notice => "notice",
    }
}

pub(in crate::store) fn state_of(word: &str) -> DeliveryState {
    match word {
        "sent" => DeliveryState::Sent,
        "dead" => DeliveryState::Dead,
        "dropped" => DeliveryState::Dropped,
        _ => DeliveryState::Queued,
    }
}
