//! Messages about articles: one each, or together where that is asked for or there are many.
//!
//! A message that nobody has claimed yet may still grow until it is due; from its first attempt on it never changes.

use std::collections::BTreeMap;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{queue_delivery, queue_delivery_at};
use crate::model::{DeliveryId, Item, Message, Recipient, Restraint, Timestamp};
use crate::store::StoreError;
use crate::store::columns::Json;

/// What keeps alerts back, by their names; those that are not here may speak at once.
pub type Restraints = BTreeMap<String, Restraint>;

/// Who was told of so many articles in messages of their own within this time …
const STORM: usize = 10;
const STORM_WITHIN: Duration = Duration::from_mins(1);
/// … is told of the next ones together, this much later.
const STORM_HOLD: Duration = Duration::from_secs(20);
/// The most articles in one message: a mail stays readable …
const MOST_TOGETHER: usize = 50;
/// … and the least that a webhook says of each keeps its 20 kB, in bytes: names, links and changed words come on top of keys and ids.
const ROOM: usize = 18_000;
const KEYS: usize = 180;
const KEYS_OF_CHANGE: usize = 320;
/// How many held messages are searched for room.
const LOOKED_AT: i64 = 2;
/// What goes out at one time goes in the order in which it was filled: each so much behind the one before …
const STEP: Duration = Duration::from_micros(1);
/// … and all within this.
const STEPS: Duration = Duration::from_millis(10);
const HOUR: Duration = Duration::from_hours(1);

/// When a message may go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Now,
    /// Not before the first, together with others by the second.
    Held(Timestamp, Timestamp),
}

/// A message that may still grow.
struct Held {
    id: DeliveryId,
    due: Timestamp,
    items: Vec<Item>,
}

/// Tells a recipient of an article, alone or in the message that is being held for them; returns that message.
pub(in crate::store) fn queue_alert(
    connection: &Connection,
    recipient: &Recipient,
    item: Item,
    restraints: &Restraints,
    now: Timestamp,
) -> Result<DeliveryId, StoreError> {
    let id = DeliveryId::new(now);
    let Turn::Held(earliest, latest) = turn(connection, recipient, &item, restraints, now)? else {
        queue_delivery(connection, id, recipient, &Message::Alert { items: vec![item] }, now)?;
        return Ok(id);
    };
    let latest_held = latest_held(connection, recipient, (earliest, latest), now)?;
    let after_all = latest_held.first().map_or(latest, |last| latest.max(last.due.plus(STEP)));
    let Some(held) = latest_held.into_iter().find(|held| held.has_room_for(&item)) else {
        let message = Message::Alert { items: vec![item] };
        queue_delivery_at(connection, (id, now, after_all), recipient, &message)?;
        return Ok(id);
    };
    let mut items = held.items;
    join(&mut items, item);
    connection
        .prepare_cached("UPDATE delivery SET message = ?2 WHERE id = ?1")?
        .execute(params![held.id, Json(&Message::Alert { items })])?;
    Ok(held.id)
}

impl Held {
    fn has_room_for(&self, item: &Item) -> bool {
        let taken: usize = self.items.iter().map(least).sum();
        self.items.len() < MOST_TOGETHER && taken + least(item) <= ROOM
    }
}

/// About how many bytes a webhook needs to name an article, its alerts and the first words that changed.
fn least(item: &Item) -> usize {
    let alerts: usize = item.alerts.iter().map(|name| name.len() + 3).sum();
    let names = alerts + item.url.len() + beginning(&item.title, 60) + beginning(&item.source, 30);
    let change = item.change.as_ref().map_or(0, |told| {
        let pair = told.change.words.first();
        KEYS_OF_CHANGE + pair.map_or(0, |pair| beginning(&pair.from, 40) + beginning(&pair.to, 40))
    });
    KEYS + names + change
}

/// The bytes of so many first characters.
fn beginning(text: &str, characters: usize) -> usize {
    text.chars().take(characters).map(char::len_utf8).sum()
}

/// Another alert about what is told already is named there.
fn join(items: &mut Vec<Item>, item: Item) {
    let version = |item: &Item| item.change.as_ref().map(|change| change.after);
    let told = items.iter_mut().find(|told| told.id == item.id && version(told) == version(&item));
    match told {
        Some(told) => told.alerts.extend(item.alerts),
        None => items.push(item),
    }
}

fn turn(
    connection: &Connection,
    recipient: &Recipient,
    item: &Item,
    restraints: &Restraints,
    now: Timestamp,
) -> Result<Turn, StoreError> {
    // Where several alerts share a message, the one that may speak first speaks for all.
    let all: Vec<Option<&Restraint>> = item.alerts.iter().map(|alert| restraints.get(alert)).collect();
    let quiet = all.iter().map(|one| one.and_then(|one| one.quiet_until));
    if let Some(until) = quiet.min().flatten().filter(|until| *until > now) {
        return Ok(Turn::Held(until, until));
    }
    let mut free = Vec::new();
    for (alert, restraint) in item.alerts.iter().zip(all) {
        let Some(most) = restraint.and_then(|restraint| restraint.max_per_hour) else {
            free.clear();
            break;
        };
        free.push(free_again(connection, recipient, alert, most, now)?);
    }
    let free = free.into_iter().min().flatten();
    let calm = is_storm(connection, recipient, now)?.then(|| now.plus(STORM_HOLD));
    Ok(free.max(calm).map_or(Turn::Now, |latest| Turn::Held(now, latest)))
}

/// When the alert has spoken less than so often within an hour; `None` where that is so now. A message speaks when it goes out: one
/// that is held has not yet, but will.
fn free_again(
    connection: &Connection,
    recipient: &Recipient,
    alert: &str,
    most: u32,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let spoken: Option<Timestamp> = connection
        .prepare_cached(
            "SELECT max(created_at, CASE WHEN state = 'sent' THEN finished_at WHEN state <> 'queued' THEN 0 \
               WHEN lease_gen = 0 THEN next_attempt_at ELSE min(next_attempt_at, ?4) END) AS spoken FROM \
               (SELECT id AS recent FROM delivery WHERE recipient = ?2 AND kind = 'alert' AND created_at > ?3 \
                UNION SELECT id FROM delivery WHERE recipient = ?2 AND state = 'sent' AND finished_at > ?3 \
                UNION SELECT id FROM delivery WHERE +recipient = ?2 AND state = 'queued' AND next_attempt_at > ?3) \
             CROSS JOIN delivery ON id = recent \
             WHERE EXISTS (SELECT 1 FROM alert WHERE delivery_id = recent AND rule = ?1) \
               OR EXISTS (SELECT 1 FROM edit_alert WHERE delivery_id = recent AND rule = ?1) \
             ORDER BY spoken DESC LIMIT 1 OFFSET ?5",
        )?
        .query_row(params![alert, recipient, now.minus(HOUR), now, most.saturating_sub(1)], |row| row.get(0))
        .optional()?;
    Ok(spoken.map(|spoken| spoken.plus(HOUR)))
}

fn is_storm(connection: &Connection, recipient: &Recipient, now: Timestamp) -> Result<bool, StoreError> {
    let storm = connection
        .prepare_cached(
            "SELECT 1 FROM delivery WHERE recipient = ?1 AND kind = 'alert' AND created_at > ?2 LIMIT 1 OFFSET ?3",
        )?
        .exists(params![recipient, now.minus(STORM_WITHIN), STORM as i64 - 1])?;
    Ok(storm)
}

/// The last messages that go out between these times, the latest first. Those before them are full, and a long silence fills many.
fn latest_held(
    connection: &Connection,
    recipient: &Recipient,
    (earliest, latest): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<Vec<Held>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, next_attempt_at, message FROM delivery \
         WHERE recipient = ?1 AND next_attempt_at BETWEEN ?2 AND ?3 AND next_attempt_at > ?4 \
           AND state = 'queued' AND kind = 'alert' AND lease_gen = 0 ORDER BY next_attempt_at DESC, id DESC LIMIT ?5",
    )?;
    let mut rows = statement.query(params![recipient, earliest, latest.plus(STEPS), now, LOOKED_AT])?;
    let mut held = Vec::new();
    while let Some(row) = rows.next()? {
        let Json(message): Json<Message> = row.get("message")?;
        if let Message::Alert { items } = message {
            held.push(Held { id: row.get("id")?, due: row.get("next_attempt_at")?, items });
        }
    }
    Ok(held)
}
