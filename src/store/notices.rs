//! News about sources on the outbox: held for a short while, so that many at once become one message a recipient.
//!
//! A message that nobody has claimed yet may still grow; from its first attempt on it never changes. All of it happens in the
//! transaction of the poll that brought the news.

use std::time::Duration;

use rusqlite::{Connection, params};

use super::StoreError;
use super::columns::Json;
use super::outbox::queue_delivery_at;
use crate::model::{DeliveryId, Message, Recipient, SourceChange, Timestamp, Turn};

/// News wait this long for company: when a network fails, sources fail within minutes of each other.
const HOLD: Duration = Duration::from_mins(2);

/// The least time between two such messages to one recipient.
const SPACING: Duration = Duration::from_mins(30);

/// The most changes that a message keeps; the rest is counted.
const MOST_CHANGES: usize = 100;

/// So many changes of one source in a day are told; the last of them says that it is the last.
const MOST_A_DAY: usize = 5;
const DAY: Duration = Duration::from_hours(24);

/// Tells a recipient of a change, in the message that is being held for them where there is one.
pub(super) fn tell_of_source(
    connection: &Connection,
    recipient: &Recipient,
    change: &SourceChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    let told = told_lately(connection, recipient, &change.source, now)?;
    let Some((id, mut news)) = held(connection, recipient, now)? else {
        let Some(change) = allowed(change, told) else { return Ok(()) };
        return begin(connection, recipient, change, now);
    };
    let taken_back = news.take_back(change);
    let is_undone =
        taken_back > 0 && change.turn == Turn::Recovery && !told_trouble(connection, recipient, change)?;
    if !is_undone && let Some(change) = allowed(change, told.saturating_sub(taken_back)) {
        news.add(change);
    }
    if news.changes.is_empty() && news.omitted == 0 {
        connection.execute("DELETE FROM delivery WHERE id = ?1", [id])?;
    } else {
        let message = Message::Sources { changes: news.changes, omitted: news.omitted };
        connection.execute("UPDATE delivery SET message = ?2 WHERE id = ?1", params![id, Json(message)])?;
    }
    Ok(())
}

/// The change as it may be told after so many, or nothing where the source has been told of too often.
fn allowed(change: &SourceChange, told: usize) -> Option<SourceChange> {
    let restless = told + 1 >= MOST_A_DAY;
    (told < MOST_A_DAY).then(|| SourceChange { restless, ..change.clone() })
}

/// How many changes of a source the recipient was told within a day, those that are held included.
fn told_lately(
    connection: &Connection,
    recipient: &Recipient,
    source: &str,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let told: i64 = connection
        .prepare_cached(
            "SELECT count(*) FROM delivery, json_each(delivery.message, '$.changes') AS told \
             WHERE delivery.recipient = ?1 AND delivery.kind = 'notice' AND delivery.created_at > ?2 \
               AND json_valid(delivery.message) AND told.value ->> '$.source' = ?3",
        )?
        .query_row(params![recipient, now.minus(DAY), source], |row| row.get(0))?;
    Ok(usize::try_from(told).unwrap_or_default())
}

/// Whether the last that the recipient was really told of this topic of the source was trouble.
fn told_trouble(
    connection: &Connection,
    recipient: &Recipient,
    change: &SourceChange,
) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT message FROM delivery WHERE recipient = ?1 AND kind = 'notice' AND NOT (state = 'queued' AND attempts = 0 AND lease_gen = 0) \
         ORDER BY created_at DESC",
    )?;
    let mut rows = statement.query([recipient])?;
    while let Some(row) = rows.next()? {
        let Ok(Json(Message::Sources { changes, .. })) = row.get("message") else { continue };
        let same = |told: &&SourceChange| (&told.source, told.topic) == (&change.source, change.topic);
        if let Some(told) = changes.iter().rev().find(same) {
            return Ok(told.turn == Turn::Trouble);
        }
    }
    Ok(false)
}

/// A message that is held.
struct News {
    changes: Vec<SourceChange>,
    omitted: usize,
}

impl News {
    /// Forgets what was to be told of the same topic of a source, which `newer` overtakes, and returns how much that was.
    fn take_back(&mut self, newer: &SourceChange) -> usize {
        let before = self.changes.len();
        self.changes.retain(|change| (&change.source, change.topic) != (&newer.source, newer.topic));
        before - self.changes.len()
    }

    fn add(&mut self, change: SourceChange) {
        if self.changes.len() < MOST_CHANGES {
            self.changes.push(change);
        } else {
            self.omitted += 1;
        }
    }
}

/// The message that waits for its first attempt.
fn held(
    connection: &Connection,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<Option<(DeliveryId, News)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, message FROM delivery WHERE recipient = ?1 AND state = 'queued' AND kind = 'notice' \
           AND attempts = 0 AND lease_gen = 0 AND next_attempt_at > ?2",
    )?;
    let mut rows = statement.query(params![recipient, now])?;
    while let Some(row) = rows.next()? {
        // One that cannot be read is none to add to.
        if let Ok(Json(Message::Sources { changes, omitted })) = row.get("message") {
            return Ok(Some((row.get("id")?, News { changes, omitted })));
        }
    }
    Ok(None)
}

fn begin(
    connection: &Connection,
    recipient: &Recipient,
    change: SourceChange,
    now: Timestamp,
) -> Result<(), StoreError> {
    let last: Option<Timestamp> = connection
        .prepare_cached(
            "SELECT max(coalesce(finished_at, next_attempt_at)) FROM delivery \
             WHERE recipient = ?1 AND kind = 'notice' AND created_at > ?2 AND json_valid(message) AND message ->> '$.type' = 'sources'",
        )?
        .query_row(params![recipient, now.minus(DAY)], |row| row.get(0))?;
    let spaced = last.map_or(now, |last| last.plus(SPACING).min(now.plus(SPACING)));
    let message = Message::Sources { changes: vec![change], omitted: 0 };
    let due = spaced.max(now.plus(HOLD));
    queue_delivery_at(connection, (DeliveryId::new(now), now, due), recipient, &message)
}
