//! Entries: what a source has listed, and the queue of those whose articles are to be fetched.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::Json;
use super::error::unless_unreadable;
use super::keys::{address_hash, entry_hash};
use super::sources::HostSlots;
use super::{Lease, Store, StoreError, Taken};
use crate::model::{Entry, EntryKey, HeldBack, SourceId, Timestamp};

/// Whether a source has listed an entry before, by its key's hash.
const KNOWN: &str =
    "SELECT 1 FROM entry WHERE key_hash = ?1 UNION ALL SELECT 1 FROM past_entry WHERE key_hash = ?1";

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

impl Store {
    /// Those of `keys` that the source has listed before.
    pub async fn known_keys(
        &self,
        source: SourceId,
        keys: Vec<String>,
    ) -> Result<HashSet<String>, StoreError> {
        self.read(move |connection| {
            let mut known = connection.prepare_cached(KNOWN)?;
            let mut found = HashSet::new();
            for key in keys {
                if known.exists([entry_hash(source, &key)])? {
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

    /// Puts an entry back on the queue whose article was not asked for, which is no failure.
    pub async fn put_off_entry(
        &self,
        claimed: &ClaimedEntry,
        next_attempt_at: Timestamp,
        why: String,
    ) -> Result<(), StoreError> {
        let (source, key, generation) =
            (claimed.source_id, claimed.entry.key.as_str().to_owned(), claimed.generation);
        self.write(move |connection| {
            connection.prepare_cached(
                "UPDATE pending SET next_attempt_at = ?4, last_error = ?5, lease_until = 0, lease_owner = NULL \
                 WHERE source_id = ?1 AND key = ?2 AND lease_gen = ?3",
            )?.execute(params![source, key, generation, next_attempt_at, why])?;
            Ok(())
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
    let mut known = connection.prepare_cached(KNOWN)?;
    let mut queue = connection.prepare_cached(
        "INSERT INTO pending (source_id, key, host_key, entry, next_attempt_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for new in entries {
        let key = new.entry.key.as_str();
        let hash = entry_hash(source, key);
        if known.exists([hash])? {
            continue;
        }
        insert_entry(connection, source, hash, new, now)?;
        if new.held.is_none() {
            let host = new.host_key.as_deref().unwrap_or(source_host);
            queue.execute(params![source, key, host, Json(&new.entry), now])?;
        }
    }
    Ok(())
}

/// An entry's row. While it is queued its title stands there, afterwards the article has one.
fn insert_entry(
    connection: &Connection,
    source: SourceId,
    hash: i64,
    NewEntry { entry, held, .. }: &NewEntry,
    now: Timestamp,
) -> Result<(), StoreError> {
    let key = entry.key.as_str();
    let url = entry.url.as_deref();
    connection
        .prepare_cached(
            "INSERT INTO entry (key_hash, address_hash, source_id, key, url, title, published_at, first_seen_at, state, held) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            hash,
            url.map(address_hash),
            source,
            key,
            url.filter(|url| key.strip_prefix(EntryKey::ADDRESS) != Some(*url)),
            entry.title.as_deref().filter(|_| held.is_some()),
            entry.published.map(crate::model::Moment::timestamp),
            now,
            if held.is_some() { "held" } else { "pending" },
            held.map(HeldBack::as_str)
        ])?;
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
