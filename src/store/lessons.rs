//! What one article teaches of its host and of its source's rules, kept in the transaction that files it.

use std::fmt;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError};
use crate::model::{SourceId, Timestamp};

/// Hosts that are remembered; those that were not heard of for longest are forgotten.
const MOST_HOSTS: i64 = 2_000;

/// From what is stored to what is stored from now on.
pub type Lesson = Arc<dyn Fn(Option<&str>) -> String + Send + Sync>;

/// What an article teaches. It is worked out inside the transaction, because another article of the host may be filed at
/// the same time and what both teach counts.
#[derive(Clone, Default)]
pub struct Lessons {
    /// Of a host, where the article is new.
    pub of_host: Option<(String, Lesson)>,
    /// Of the rules of its source.
    pub of_rules: Option<Lesson>,
}

impl fmt::Debug for Lessons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.of_host.as_ref().map(|(host, _)| host);
        f.debug_struct("Lessons").field("host", &host).field("rules", &self.of_rules.is_some()).finish()
    }
}

impl Store {
    /// What the articles of a host have taught.
    pub async fn learnt_of_host(&self, host: String) -> Result<Option<String>, StoreError> {
        self.read(move |connection| learnt(connection, &host)).await
    }
}

fn learnt(connection: &Connection, host: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT learnt FROM host WHERE host_key = ?1")?
        .query_row([host], |row| row.get(0))
        .optional()
}

/// Keeps what a new article teaches of its host.
pub(super) fn learn_host(
    connection: &Connection,
    lessons: &Lessons,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((host, lesson)) = &lessons.of_host else { return Ok(()) };
    let before = learnt(connection, host)?;
    connection
        .prepare_cached(
            "INSERT INTO host (host_key, learnt, seen_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (host_key) DO UPDATE SET learnt = excluded.learnt, seen_at = excluded.seen_at",
        )?
        .execute(params![host, lesson(before.as_deref()), now])?;
    if before.is_none() {
        connection
            .prepare_cached(
                "DELETE FROM host WHERE host_key IN (SELECT host_key FROM host ORDER BY seen_at DESC LIMIT -1 OFFSET ?1)",
            )?
            .execute([MOST_HOSTS])?;
    }
    Ok(())
}

/// Keeps which rules of a source gave nothing.
pub(super) fn learn_rules(
    connection: &Connection,
    source: SourceId,
    lessons: &Lessons,
) -> Result<(), StoreError> {
    let Some(lesson) = &lessons.of_rules else { return Ok(()) };
    let before: Option<String> = connection
        .prepare_cached("SELECT rule_misses FROM source WHERE id = ?1")?
        .query_row([source], |row| row.get(0))?;
    let after = lesson(before.as_deref());
    if before.as_deref().unwrap_or("[]") != after {
        connection
            .prepare_cached("UPDATE source SET rule_misses = ?2 WHERE id = ?1")?
            .execute(params![source, after])?;
    }
    Ok(())
}
