//! Entries: what a source has listed, and the queue of those whose articles are to be fetched.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::Json;
use super::error::unless_unreadable;
use super::sources::HostSlots;
use super::{Lease, Store, StoreError, Taken};
use crate::model::{Entry, HeldBack, SourceId, Timestamp};

/// An entry that was not known, and what is to happen with it.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// As the feed lists it.
    pub entry: Entry,
    /// The host of its article.
    pub host_key: Option<String>,
    /// Why it is only recorded; `None` puts it on the queue.
    pub held: Option<HeldBack>,
}

/// An entry taken off the queue.
#[derive(Debug, Clone)]
pub struct ClaimedEntry {
    /// The source that lists it.
    pub source_id: SourceId,
    /// That source's name.
    pub source: String,
    /// As the feed lists it.
    pub entry: Entry,
    /// The host of its article.
    pub host_key: String,
    /// How often its article could not be fetched.
    pub attempts: u32,
    pub(super) generation: i64,
}

/// How a listed entry fared, for `why`.
#[derive(Debug, Clone)]
pub struct EntryHistory {
    /// The source that lists it.
    pub source: String,
    /// Its key.
    pub key: String,
    /// Its headline in the feed.
    pub title: Option<String>,
    /// Its address in the feed.
    pub url: Option<String>,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    /// `pending`, `held` or `done`.
    pub state: String,
    /// Why it does not alert.
    pub held: Option<String>,
    /// Failed attempts to fetch its article.
    pub attempts: u32,
    /// What failed last.
    pub last_error: Option<String>,
    /// When its article is fetched next.
    pub next_attempt_at: Option<Timestamp>,
}

impl Store {
    /// Those of `keys` that the source has listed before.
    pub async fn known_keys(
        &self,
        source: SourceId,
        keys: Vec<String>,
    ) -> Result<HashSet<String>, StoreError> {
        self.read(move |connection| {
            let mut known =
                connection.prepare_cached("SELECT 1 FROM entry WHERE source_id = ?1 AND key = ?2")?;
            let mut found = HashSet::new();
            for key in keys {
                if known.exists(params![source, key])? {
                    found.insert(key);
                }
            }
            Ok(found)
        })
        .await
    }

    /// When the source's latest entries appeared, newest first: as they say, but not later than they were seen.
    pub async fn latest_appearances(
        &self,
        source: SourceId,
        limit: u32,
    ) -> Result<Vec<Timestamp>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT min(coalesce(published_at, first_seen_at), first_seen_at) FROM entry WHERE source_id = ?1 \
                 ORDER BY first_seen_at DESC, published_at DESC LIMIT ?2",
            )?;
            statement.query_map(params![source, limit], |row| row.get(0))?.collect()
        })
        .await
    }

    /// Takes up to `limit` entries whose articles are to be fetched, of sources whose names are `wanted`, within each host's slots.
    /// Sources that are no longer configured keep their queue until they come back.
    pub async fn claim_entries(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
        wanted: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Taken<ClaimedEntry>, StoreError> {
        self.write(move |connection| {
            let tasks = due_entries(connection, lease.from, limit, (slots.clone(), &wanted))?
                .into_iter()
                .filter_map(|(source, key)| unless_unreadable(lease_entry(connection, source, &key, lease)))
                .collect::<Result<_, _>>()?;
            Ok(Taken { tasks, next_due: next_due(connection, lease.from)? })
        })
        .await
    }

    /// Puts an entry back on the queue after a failure.
    pub async fn put_back_entry(
        &self,
        claimed: &ClaimedEntry,
        next_attempt_at: Timestamp,
        error: String,
    ) -> Result<(), StoreError> {
        let (source, key, generation) =
            (claimed.source_id, claimed.entry.key.as_str().to_owned(), claimed.generation);
        self.write(move |connection| {
            connection.prepare_cached(
                "UPDATE pending SET attempts = attempts + 1, next_attempt_at = ?4, last_error = ?5, lease_until = 0, lease_owner = NULL \
                 WHERE source_id = ?1 AND key = ?2 AND lease_gen = ?3",
            )?.execute(params![source, key, generation, next_attempt_at, error])?;
            Ok(())
        })
        .await
    }

    /// Up to `limit` entries of a source whose articles could not be fetched so far, those tried most often first.
    pub async fn stuck_entries(&self, source: String, limit: usize) -> Result<Vec<EntryHistory>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare(
                "SELECT source.name AS source, entry.key, entry.title, entry.url, first_seen_at, entry.state, held, attempts, \
                   pending.last_error, next_attempt_at \
                 FROM pending JOIN source ON source.id = pending.source_id \
                 JOIN entry ON entry.source_id = pending.source_id AND entry.key = pending.key \
                 WHERE source.name = ?1 AND attempts > 0 ORDER BY attempts DESC, next_attempt_at LIMIT ?2",
            )?;
            statement.query_map(params![source, i64::try_from(limit).unwrap_or(i64::MAX)], history)?.collect()
        })
        .await
    }

    /// The entries listed with this address, or with this key.
    pub async fn entry_histories(&self, address: String) -> Result<Vec<EntryHistory>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare(
                "SELECT source.name AS source, entry.key, entry.title, entry.url, first_seen_at, entry.state, held, attempts, \
                   pending.last_error, next_attempt_at \
                 FROM entry JOIN source ON source.id = entry.source_id \
                 LEFT JOIN pending ON pending.source_id = entry.source_id AND pending.key = entry.key \
                 WHERE entry.url = ?1 OR entry.key = ?1 OR entry.article_id = (SELECT article_id FROM article_url WHERE url_key = ?1) \
                 ORDER BY first_seen_at",
            )?;
            statement.query_map([address], history)?.collect()
        })
        .await
    }
}

/// Records new entries and queues those that are not held back. An entry that is known meanwhile is left alone.
pub(super) fn insert_entries(
    connection: &Connection,
    source: SourceId,
    source_host: &str,
    entries: &[NewEntry],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO entry (source_id, key, url, title, published_at, first_seen_at, state, held) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    )?;
    let mut queue = connection.prepare_cached(
        "INSERT INTO pending (source_id, key, host_key, entry, next_attempt_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for NewEntry { entry, host_key, held } in entries {
        let published_at = entry.published.map(crate::model::Moment::timestamp);
        let state = if held.is_some() { "held" } else { "pending" };
        let key = entry.key.as_str();
        let added = insert.execute(params![
            source,
            key,
            entry.url,
            entry.title,
            published_at,
            now,
            state,
            held.map(HeldBack::as_str)
        ])?;
        if added == 1 && held.is_none() {
            let host = host_key.as_deref().unwrap_or(source_host);
            queue.execute(params![source, key, host, Json(entry), now])?;
        }
    }
    Ok(())
}

/// Takes a stored entry off the queue; false where the lease was lost.
pub(super) fn complete_entry(connection: &Connection, claimed: &ClaimedEntry) -> Result<bool, StoreError> {
    let deleted = connection
        .prepare_cached("DELETE FROM pending WHERE source_id = ?1 AND key = ?2 AND lease_gen = ?3")?
        .execute(params![claimed.source_id, claimed.entry.key.as_str(), claimed.generation])?;
    Ok(deleted == 1)
}

fn due_entries(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
    (mut slots, wanted): (HostSlots, &dyn Fn(&str) -> bool),
) -> Result<Vec<(SourceId, String)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT pending.source_id, pending.key, pending.host_key, source.name FROM pending JOIN source ON source.id = source_id AND configured = 1 \
         WHERE next_attempt_at <= ?1 AND pending.lease_until <= ?1 ORDER BY next_attempt_at",
    )?;
    let mut due = statement.query([now])?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = due.next()?
    {
        if wanted(&row.get::<_, String>(3)?) && slots.take(&row.get::<_, String>(2)?) {
            chosen.push((row.get(0)?, row.get(1)?));
        }
    }
    Ok(chosen)
}

/// When the next entry is due that nobody has.
fn next_due(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = connection
        .prepare_cached(
            "SELECT next_attempt_at FROM pending JOIN source ON source.id = source_id AND configured = 1 \
             WHERE pending.lease_until <= ?1 ORDER BY next_attempt_at LIMIT 1",
        )?
        .query_row([now], |row| row.get(0))
        .optional()?;
    Ok(due)
}

fn lease_entry(
    connection: &Connection,
    source: SourceId,
    key: &str,
    lease: Lease,
) -> Result<ClaimedEntry, StoreError> {
    let claimed = connection
        .prepare_cached(
            "UPDATE pending SET lease_owner = ?3, lease_until = ?4, lease_gen = lease_gen + 1 WHERE source_id = ?1 AND key = ?2 \
             RETURNING entry, host_key, attempts, lease_gen, (SELECT name FROM source WHERE id = ?1) AS source",
        )?
        .query_row(params![source, key, lease.holder.name(), lease.until], |row| {
            let Json(entry) = row.get("entry")?;
            Ok(ClaimedEntry {
                source_id: source,
                source: row.get("source")?,
                entry,
                host_key: row.get("host_key")?,
                attempts: row.get("attempts")?,
                generation: row.get("lease_gen")?,
            })
        })
        .optional()?;
    claimed.ok_or_else(|| StoreError::Unreadable { what: "entry", why: format!("{key} left the queue") })
}

fn history(row: &rusqlite::Row<'_>) -> rusqlite::Result<EntryHistory> {
    Ok(EntryHistory {
        source: row.get("source")?,
        key: row.get("key")?,
        title: row.get("title")?,
        url: row.get("url")?,
        first_seen_at: row.get("first_seen_at")?,
        state: row.get("state")?,
        held: row.get("held")?,
        attempts: row.get::<_, Option<u32>>("attempts")?.unwrap_or(0),
        last_error: row.get("last_error")?,
        next_attempt_at: row.get("next_attempt_at")?,
    })
}
