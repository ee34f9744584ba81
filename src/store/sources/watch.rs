//! Taking over the sources of a sources.toml.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use crate::model::{SourceId, Timestamp};
use crate::store::{Holder, Store, StoreError};

/// A source of sources.toml, as far as the store keeps it.
#[derive(Debug, Clone)]
pub struct WatchedSource {
    /// Its name, which is its identity.
    pub name: String,
    /// What is polled; where it changed, the validators of the old address are forgotten, and so is a poll of it that is under way.
    pub url: String,
    /// Sources of one host share its slots.
    pub host_key: String,
    /// When to poll it where that is overdue, so that a start is no burst.
    pub not_before: Timestamp,
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
            if holder == Holder::Daemon {
                connection.execute("UPDATE source SET configured = 0 WHERE configured = 1", [])?;
            }
            sources.iter().map(|source| watch(connection, source, now)).collect()
        })
        .await
    }
}

fn watch(
    connection: &Connection,
    source: &WatchedSource,
    now: Timestamp,
) -> Result<(String, SourceId), StoreError> {
    connection.prepare_cached(
        "INSERT INTO source (id, name, url, host_key, configured, state, state_since, next_poll_at) \
         VALUES (?1, ?2, ?3, ?4, 1, 'new', ?5, ?6) \
         ON CONFLICT (name) DO UPDATE SET configured = 1, host_key = excluded.host_key, \
           next_poll_at = CASE WHEN url <> excluded.url THEN excluded.next_poll_at ELSE max(next_poll_at, excluded.next_poll_at) END, \
           etag = iif(url = excluded.url, etag, NULL), last_modified = iif(url = excluded.url, last_modified, NULL), \
           body_hash = iif(url = excluded.url, body_hash, NULL), failures = iif(url = excluded.url, failures, 0), \
           state = iif(url = excluded.url, state, 'new'), \
           lease_gen = lease_gen + (url <> excluded.url), lease_until = iif(url = excluded.url, lease_until, 0), url = excluded.url",
    )?.execute(params![SourceId::new(now), source.name, source.url, source.host_key, now, source.not_before])?;
    let id =
        connection.query_row("SELECT id FROM source WHERE name = ?1", [&source.name], |row| row.get(0))?;
    Ok((source.name.clone(), id))
}
