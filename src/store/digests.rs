//! Digest periods: what is open, and freezing it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::columns::Json;
use super::outbox::queue_delivery;
use super::stories::{Told, story_id, told};
use super::{Store, StoreError};
use crate::model::{Addressed, DeliveryId, Item, Message, Recipient, StoryId, Timestamp};

/// A recipient's current period of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestWindow {
    /// The `[[digest]]`.
    pub digest: String,
    /// Who receives it.
    pub recipient: Recipient,
    /// When the period began.
    pub opened_at: Timestamp,
}

/// Makes a message of the items of a period; `None` where nothing is sent.
pub type Compose = Box<dyn Fn(Vec<Item>) -> Option<Message> + Send>;

impl Store {
    /// The current period of each digest and recipient; one that is new begins now.
    pub async fn digest_windows(
        &self,
        digests: Vec<Addressed>,
        now: Timestamp,
    ) -> Result<Vec<DigestWindow>, StoreError> {
        // This is asked each minute; a change would wait for the disk each time.
        let asked = digests.clone();
        if let Some(known) = self.read(move |connection| known_windows(connection, &asked)).await? {
            return Ok(known);
        }
        self.write(move |connection| {
            let mut open = connection.prepare_cached(
                "INSERT INTO digest_window (digest, recipient, opened_at) VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO UPDATE SET opened_at = opened_at RETURNING opened_at",
            )?;
            let mut windows = Vec::new();
            for Addressed { name, recipient } in &digests {
                let opened_at = open.query_row(params![name, recipient, now], |row| row.get(0))?;
                windows.push(DigestWindow { digest: name.clone(), recipient: recipient.clone(), opened_at });
            }
            Ok(windows)
        })
        .await
    }

    /// Lets a period begin at `now` that was to begin later; its items stay.
    pub async fn begin_digest_anew(&self, window: DigestWindow, now: Timestamp) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute(
                "UPDATE digest_window SET opened_at = ?4 WHERE digest = ?1 AND recipient = ?2 AND opened_at = ?3",
                params![window.digest, window.recipient, window.opened_at, now],
            )?;
            Ok(())
        })
        .await
    }

    /// The items that a period holds so far, each with its story as it stands now; of one story the original before its retellings.
    pub async fn open_items(&self, digest: String, recipient: Recipient) -> Result<Vec<Item>, StoreError> {
        self.read(move |connection| open_items(connection, &digest, &recipient)).await
    }

    /// Ends a period at `until`: its items become one message, and the next period begins. False where the period was
    /// ended before.
    pub async fn close_digest(
        &self,
        window: DigestWindow,
        until: Timestamp,
        now: Timestamp,
        compose: Compose,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let moved = connection.execute(
                "UPDATE digest_window SET opened_at = ?4 WHERE digest = ?1 AND recipient = ?2 AND opened_at = ?3 AND opened_at < ?4",
                params![window.digest, window.recipient, window.opened_at, until],
            )?;
            if moved == 0 {
                return Ok(false);
            }
            let items = open_items(connection, &window.digest, &window.recipient)?;
            if let Some(message) = compose(items) {
                freeze(connection, &window, &message, now)?;
            }
            Ok(true)
        })
        .await
    }
}

/// The current periods; `None` where one has not begun yet.
fn known_windows(
    connection: &Connection,
    digests: &[Addressed],
) -> rusqlite::Result<Option<Vec<DigestWindow>>> {
    let mut opened_at = connection
        .prepare_cached("SELECT opened_at FROM digest_window WHERE digest = ?1 AND recipient = ?2")?;
    let mut known = Vec::new();
    for Addressed { name, recipient } in digests {
        let opened_at = opened_at.query_row(params![name, recipient], |row| row.get(0)).optional()?;
        let Some(opened_at) = opened_at else { return Ok(None) };
        known.push(DigestWindow { digest: name.clone(), recipient: recipient.clone(), opened_at });
    }
    Ok(Some(known))
}

fn open_items(connection: &Connection, digest: &str, recipient: &Recipient) -> rusqlite::Result<Vec<Item>> {
    let mut statement = connection.prepare_cached(
        "SELECT item, created_at, article_id FROM digest_item WHERE digest = ?1 AND recipient = ?2 AND delivery_id IS NULL \
         UNION ALL SELECT item, created_at, article_id FROM digest_edit WHERE digest = ?1 AND recipient = ?2 AND delivery_id IS NULL \
         ORDER BY created_at, article_id",
    )?;
    let items =
        statement.query_map(params![digest, recipient], |row| row.get("item").map(|Json(item)| item))?;
    with_stories(connection, items.collect::<rusqlite::Result<_>>()?)
}

/// The items with the stories they belong to now, and those of a story in the order of its tellings.
pub(super) fn with_stories(connection: &Connection, items: Vec<Item>) -> rusqlite::Result<Vec<Item>> {
    let mut placed = Vec::with_capacity(items.len());
    // Who tells a story is unpacked once, however many of them are here.
    let mut met: HashMap<StoryId, (usize, Told)> = HashMap::new();
    for (at, item) in items.into_iter().enumerate() {
        let Some(id) = story_id(connection, item.id)? else {
            placed.push(((at, 0), item));
            continue;
        };
        let (first, told) = match met.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert((at, told(connection, id)?)),
        };
        let (story, place) = told.seen_from(item.id);
        placed.push(((*first, place), Item { story: Some(story), ..item }));
    }
    placed.sort_by_key(|(place, _)| *place);
    Ok(placed.into_iter().map(|(_, item)| item).collect())
}

fn freeze(
    connection: &Connection,
    window: &DigestWindow,
    message: &Message,
    now: Timestamp,
) -> Result<(), StoreError> {
    let delivery = DeliveryId::new(now);
    queue_delivery(connection, delivery, &window.recipient, message, now)?;
    for table in ["digest_item", "digest_edit"] {
        connection.execute(
            &format!("UPDATE {table} SET delivery_id = ?3 WHERE digest = ?1 AND recipient = ?2 AND delivery_id IS NULL"),
            params![window.digest, window.recipient, delivery],
        )?;
    }
    Ok(())
}
