//! How much there is of everything.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _};

use super::sources::{cause, condition, memory};
use super::{SourceState, Store, StoreError};
use crate::model::{Condition, Levels, Timestamp};

/// Counts over the whole store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles filed.
    pub articles: i64,
    /// Entries whose article is still to be fetched.
    pub pending: i64,
    /// Entries that do not alert, by reason, and articles of which someone was not told because they are
    /// copies, and changes that wait until the text stays as it is.
    pub held: Vec<(String, i64)>,
    /// Alerts raised.
    pub alerts: i64,
    /// Articles that are looked at again, and watched pages.
    pub tracked: (i64, i64),
    /// Edits of articles and changes of pages that were found.
    pub changes: i64,
    /// Messages by state.
    pub deliveries: Vec<(String, i64)>,
    /// When the oldest waiting message was queued.
    pub oldest_queued: Option<Timestamp>,
}

/// What a source has listed and nobody was told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Entries whose article is still to be fetched.
    pub pending: i64,
    /// Entries that do not alert.
    pub held: i64,
}

impl Store {
    /// Counts everything.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        self.read(|connection| {
            let one = |sql: &str| connection.query_row(sql, [], |row| row.get(0));
            let grouped = |sql: &str| -> rusqlite::Result<Vec<(String, i64)>> {
                connection.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
            };
            Ok(Counts {
                articles: one("SELECT count(*) FROM article")?,
                pending: one("SELECT count(*) FROM pending")?,
                alerts: one("SELECT (SELECT count(*) FROM alert) + (SELECT count(*) FROM edit_alert)")?,
                tracked: (
                    one("SELECT count(*) FROM tracked WHERE kind = 'article'")?,
                    one("SELECT count(*) FROM tracked WHERE kind = 'page'")?,
                ),
                changes: one("SELECT count(*) FROM revision WHERE change IS NOT NULL")?,
                held: grouped(
                    "SELECT held, count(*) FROM entry WHERE held IS NOT NULL GROUP BY held \
                     UNION ALL SELECT 'copy', count(DISTINCT article_id) FROM held_copy HAVING count(*) > 0 \
                     UNION ALL SELECT 'unsettled', count(*) FROM edit_hold HAVING count(*) > 0",
                )?,
                deliveries: grouped("SELECT state, count(*) FROM delivery GROUP BY state")?,
                oldest_queued: connection.query_row(
                    "SELECT min(created_at) FROM delivery WHERE state = 'queued'",
                    [],
                    |row| row.get(0),
                )?,
            })
        })
        .await
    }

    /// How many entries of a source wait for their article, and how many do not alert.
    pub async fn backlog(&self, source: String) -> Result<Backlog, StoreError> {
        self.read(move |connection| {
            let count = |sql: &str| connection.query_row(sql, [&source], |row| row.get(0));
            Ok(Backlog {
                pending: count("SELECT count(*) FROM pending JOIN source ON source.id = source_id WHERE name = ?1")?,
                held: count(
                    "SELECT count(*) FROM entry JOIN source ON source.id = source_id WHERE name = ?1 AND held IS NOT NULL",
                )?,
            })
        })
        .await
    }

    /// How full the queues are and how the sources stand, by indexes only: this is asked for every few seconds.
    pub async fn levels(&self, now: Timestamp) -> Result<Levels, StoreError> {
        self.read(move |connection| {
            let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            let oldest = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<Timestamp>>(0));
            let due = |at: &Timestamp| *at <= now;
            let (sources, last_success) = standing(connection)?;
            Ok(Levels {
                pending_entries: count(&format!("SELECT count(*) FROM {WATCHED_PENDING}"))?,
                oldest_due_source: oldest("SELECT min(next_poll_at) FROM source WHERE configured = 1")?
                    .filter(due),
                oldest_due_entry: oldest(&format!("SELECT min(next_attempt_at) FROM {WATCHED_PENDING}"))?
                    .filter(due),
                oldest_due_delivery: next_callable(connection, now)?.filter(due),
                outbox: vec![
                    ("queued", count("SELECT count(*) FROM delivery WHERE state = 'queued'")?),
                    ("dead", count("SELECT count(*) FROM delivery WHERE state = 'dead'")?),
                ],
                oldest_queued: oldest("SELECT min(created_at) FROM delivery WHERE state = 'queued'")?,
                sources,
                last_success,
            })
        })
        .await
    }
}

/// When the first of the messages is due whose recipient may be called; the others wait for their recipient, not for us.
fn next_callable(connection: &Connection, now: Timestamp) -> rusqlite::Result<Option<Timestamp>> {
    connection
        .prepare_cached(
            "SELECT next_attempt_at FROM delivery WHERE state = 'queued' \
               AND recipient NOT IN (SELECT recipient FROM target WHERE quiet_until > ?1) \
             ORDER BY next_attempt_at LIMIT 1",
        )?
        .query_row([now], |row| row.get(0))
        .optional()
}

/// Entries of sources that are no longer configured wait for nothing that could come.
const WATCHED_PENDING: &str = "pending JOIN source ON source.id = source_id AND configured = 1";

/// How many configured sources are in each condition, and when each answered last.
fn standing(connection: &Connection) -> rusqlite::Result<(StateCounts, Vec<(String, Timestamp)>)> {
    let mut counts: HashMap<Condition, i64> = HashMap::new();
    let mut last_success = Vec::new();
    let mut statement = connection.prepare(
        "SELECT name, state, last_cause, memory, last_ok_at FROM source WHERE configured = 1 ORDER BY name",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let state = SourceState::parse(&row.get::<_, String>("state")?);
        *counts.entry(condition(state, cause(row)?, &memory(row))).or_default() += 1;
        if let Some(at) = row.get("last_ok_at")? {
            last_success.push((row.get("name")?, at));
        }
    }
    let count = |condition: Condition| (condition.as_str(), counts.get(&condition).copied().unwrap_or(0));
    Ok((Condition::ALL.map(count).to_vec(), last_success))
}

type StateCounts = Vec<(&'static str, i64)>;
