//! The queue of sources: what is due, and who has it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::SourceState;
use crate::model::{PollMemory, SourceId, Timestamp};
use crate::store::{Lease, Store, StoreError, Taken};

/// A source taken off the queue.
#[derive(Debug, Clone)]
pub struct ClaimedSource {
    /// Its identity.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// Its host.
    pub host_key: String,
    /// How it has been doing.
    pub state: SourceState,
    /// Whether it has ever answered.
    pub answered_before: bool,
    /// Failures in a row.
    pub failures: u32,
    /// The last answer's `ETag`.
    pub etag: Option<String>,
    /// The last answer's `Last-Modified`.
    pub last_modified: Option<String>,
    /// SHA-256 of the last answer's body.
    pub body_hash: Option<[u8; 32]>,
    /// What earlier polls taught.
    pub memory: PollMemory,
    pub(super) generation: i64,
}

/// How many requests a host takes at once, and how many are under way.
#[derive(Debug, Clone, Default)]
pub struct HostSlots {
    /// The most at once to one host.
    pub per_host: usize,
    /// Under way, by host.
    pub busy: HashMap<String, usize>,
}

impl HostSlots {
    /// Takes a slot of `host`, where it has one left.
    pub(in crate::store) fn take(&mut self, host: &str) -> bool {
        let busy = self.busy.entry(host.to_owned()).or_default();
        let free = *busy < self.per_host;
        *busy += usize::from(free);
        free
    }
}

impl Store {
    /// Takes up to `limit` due sources whose names are `wanted`, within each host's slots.
    pub async fn claim_due_sources(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
        wanted: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Taken<ClaimedSource>, StoreError> {
        self.write(move |connection| {
            let due = due_sources(connection, lease.from, limit, (slots.clone(), &wanted))?;
            let tasks = due.into_iter().map(|id| lease_source(connection, id, lease));
            Ok(Taken { tasks: tasks.collect::<Result<_, _>>()?, next_due: next_due(connection, lease.from)? })
        })
        .await
    }

    /// Makes sources due at once, all of them that are not gone where `names` is empty; returns how many.
    pub async fn make_due(&self, names: Vec<String>, now: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            if names.is_empty() {
                return Ok(connection.execute(
                    "UPDATE source SET next_poll_at = ?1 WHERE configured = 1 AND state <> 'gone'",
                    [now],
                )?);
            }
            let mut due = connection
                .prepare_cached("UPDATE source SET next_poll_at = ?2 WHERE name = ?1 AND configured = 1")?;
            let mut changed = 0;
            for name in &names {
                changed += due.execute(params![name, now])?;
            }
            Ok(changed)
        })
        .await
    }
}

/// When the next source is due that nobody has.
fn next_due(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = connection
        .prepare_cached(
            "SELECT next_poll_at FROM source WHERE configured = 1 AND lease_until <= ?1 ORDER BY next_poll_at LIMIT 1",
        )?
        .query_row([now], |row| row.get(0))
        .optional()?;
    Ok(due)
}

fn due_sources(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
    (mut slots, wanted): (HostSlots, &dyn Fn(&str) -> bool),
) -> Result<Vec<SourceId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, host_key FROM source WHERE configured = 1 AND next_poll_at <= ?1 AND lease_until <= ?1 \
         ORDER BY next_poll_at",
    )?;
    let mut due = statement.query([now])?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = due.next()?
    {
        if wanted(&row.get::<_, String>("name")?) && slots.take(&row.get::<_, String>("host_key")?) {
            chosen.push(row.get("id")?);
        }
    }
    Ok(chosen)
}

fn lease_source(connection: &Connection, id: SourceId, lease: Lease) -> Result<ClaimedSource, StoreError> {
    let claimed = connection
        .prepare_cached(
            "UPDATE source SET lease_owner = ?2, lease_until = ?3, lease_gen = lease_gen + 1 WHERE id = ?1 \
             RETURNING id, name, host_key, state, last_ok_at, failures, etag, last_modified, body_hash, memory, lease_gen",
        )?
        .query_row(params![id, lease.holder.name(), lease.until], |row| {
            Ok(ClaimedSource {
                id: row.get("id")?,
                name: row.get("name")?,
                host_key: row.get("host_key")?,
                state: SourceState::parse(&row.get::<_, String>("state")?),
                answered_before: row.get::<_, Option<Timestamp>>("last_ok_at")?.is_some(),
                failures: row.get("failures")?,
                etag: row.get("etag")?,
                last_modified: row.get("last_modified")?,
                body_hash: row.get("body_hash")?,
                memory: super::memory(row),
                generation: row.get("lease_gen")?,
            })
        })?;
    Ok(claimed)
}
