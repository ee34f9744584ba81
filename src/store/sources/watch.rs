//! Taking over the sources of a sources.toml.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, params};

use crate::model::{SourceId, Timestamp};
use crate::store::{Holder, Store, StoreError};

/// A source of sources.toml, as far as the store keeps it.
#[derive(Debug, Clone)]
pub struct WatchedSource {
    /// Its name, which is its identity.
    pub name: String,
    /// What it was called before; its history goes on, unless the new name has one already.
    pub was: Option<String>,
    /// What is polled; where it changed, the validators of the old address are forgotten, and so is a poll of it that is under way.
    pub url: String,
    /// Sources of one host share its slots.
    pub host_key: String,
    /// The shortest time between two polls; where it became shorter, the source is due at once.
    pub every: Duration,
    /// How it is asked and read, in one line; where that is not how it was polled last, the source is due at once, unless it is gone.
    pub asked_as: String,
}

impl Store {
    /// Takes over the sources of a sources.toml; returns the identity of each by name. A daemon's sources are all there are from
    /// then on: others keep their history and are not polled. A command adds its own and leaves the rest alone.
    pub async fn watch_sources(
        &self,
        sources: Vec<WatchedSource>,
        holder: Holder,
        now: Timestamp,
    ) -> Result<HashMap<String, SourceId>, StoreError> {
        self.write(move |connection| {
            let mut known = known(connection)?;
            let mut ids = HashMap::with_capacity(sources.len());
            for source in &sources {
                rename(connection, source, &mut known)?;
                let id = match known.remove(&source.name) {
                    Some(row) if row.is_as_before(source) => row.id,
                    _ => watch(connection, source, now)?,
                };
                ids.insert(source.name.clone(), id);
            }
            if holder == Holder::Daemon {
                known.into_values().try_for_each(|row| leave(connection, &row))?;
            }
            Ok(ids)
        })
        .await
    }
}

/// What the store has of a source.
struct Known {
    id: SourceId,
    url: String,
    every: i64,
    configured: bool,
    asked_as: Option<String>,
}

impl Known {
    /// Nothing is to be written then: a start costs no change of each of a thousand rows.
    fn is_as_before(&self, source: &WatchedSource) -> bool {
        let is_asked_alike = self.asked_as.as_ref().is_none_or(|before| *before == source.asked_as);
        self.configured && self.url == source.url && self.every == micros(source.every) && is_asked_alike
    }
}

fn known(connection: &Connection) -> Result<HashMap<String, Known>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT name, id, url, every, configured, iif(json_valid(memory), memory ->> '$.asked_as', NULL) AS asked_as \
         FROM source",
    )?;
    let rows = statement.query_map([], |row| {
        let source = Known {
            id: row.get("id")?,
            url: row.get("url")?,
            every: row.get("every")?,
            configured: row.get("configured")?,
            asked_as: row.get("asked_as")?,
        };
        Ok((row.get("name")?, source))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a source that is known by its former name the new one.
fn rename(
    connection: &Connection,
    source: &WatchedSource,
    known: &mut HashMap<String, Known>,
) -> Result<(), StoreError> {
    let Some(was) = source.was.as_ref().filter(|_| !known.contains_key(&source.name)) else { return Ok(()) };
    let Some(row) = known.remove(was) else { return Ok(()) };
    connection.execute("UPDATE source SET name = ?2 WHERE id = ?1", params![row.id, source.name])?;
    tracing::info!(source = %source.name, %was, "a source has a new name");
    known.insert(source.name.clone(), row);
    Ok(())
}

/// Stops polling a source; its history stays.
fn leave(connection: &Connection, row: &Known) -> Result<(), StoreError> {
    if row.configured {
        connection.prepare_cached("UPDATE source SET configured = 0 WHERE id = ?1")?.execute([row.id])?;
    }
    Ok(())
}

fn micros(every: Duration) -> i64 {
    i64::try_from(every.as_micros()).unwrap_or(i64::MAX)
}

fn watch(connection: &Connection, source: &WatchedSource, now: Timestamp) -> Result<SourceId, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO source (id, name, url, host_key, configured, state, state_since, next_poll_at, every) \
             VALUES (?1, ?2, ?3, ?4, 1, 'new', ?5, ?5, ?6) \
             ON CONFLICT (name) DO UPDATE SET configured = 1, every = excluded.every, \
               host_key = iif(url = excluded.url AND json_valid(memory) AND memory ->> '$.moved.address' IS NOT NULL, host_key, excluded.host_key), \
               next_poll_at = CASE WHEN url <> excluded.url THEN excluded.next_poll_at \
                 WHEN state <> 'gone' AND excluded.every < every THEN min(next_poll_at, excluded.next_poll_at) \
                 WHEN state <> 'gone' AND json_valid(memory) AND memory ->> '$.asked_as' <> ?7 THEN min(next_poll_at, excluded.next_poll_at) \
                 ELSE next_poll_at END, \
               memory = iif(url = excluded.url, memory, NULL), \
               etag = iif(url = excluded.url, etag, NULL), last_modified = iif(url = excluded.url, last_modified, NULL), \
               body_hash = iif(url = excluded.url, body_hash, NULL), failures = iif(url = excluded.url, failures, 0), \
               state = iif(url = excluded.url, state, 'new'), last_cause = iif(url = excluded.url, last_cause, NULL), \
               state_since = iif(url = excluded.url, state_since, excluded.state_since), \
               last_error = iif(url = excluded.url, last_error, NULL), repairs = iif(url = excluded.url, repairs, NULL), \
               left_out = iif(url = excluded.url, left_out, NULL), \
               lease_gen = lease_gen + (url <> excluded.url), lease_until = iif(url = excluded.url, lease_until, 0), \
               url = excluded.url",
        )?
        .execute(params![SourceId::new(now), source.name, source.url, source.host_key, now, micros(source.every), source.asked_as])?;
    let id =
        connection.query_row("SELECT id FROM source WHERE name = ?1", [&source.name], |row| row.get(0))?;
    Ok(id)
}
