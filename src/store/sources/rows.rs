//! How sources are doing, for those who look.

use rusqlite::Row;
use url::Url;

use super::condition::{cause, condition, since};
use super::{NEVER, SourceState};
use crate::model::{Cause, Condition, RuleMiss, Timestamp};
use crate::store::columns::Json;
use crate::store::{Store, StoreError};

/// A source as `status` shows it.
#[derive(Debug, Clone)]
pub struct SourceRow {
    /// Its name.
    pub name: String,
    /// What is polled.
    pub url: String,
    /// How the last poll ended.
    pub state: SourceState,
    /// How it is doing.
    pub condition: Condition,
    /// Since when.
    pub since: Timestamp,
    /// Failures in a row.
    pub failures: u32,
    /// Where it has moved for good, and is polled now.
    pub moved_to: Option<Url>,
    /// Whether it has listed nothing new for much longer than usual.
    pub stale: bool,
    /// When it is polled next; `None`: it is gone, and waits until someone asks for it.
    pub next_poll_at: Option<Timestamp>,
    /// When it was polled last.
    pub last_polled_at: Option<Timestamp>,
    /// When it answered last.
    pub last_ok_at: Option<Timestamp>,
    /// What failed.
    pub last_error: Option<String>,
    /// The same for programs.
    pub last_cause: Option<Cause>,
    /// What had to be mended in its feed.
    pub repairs: Vec<String>,
    /// What of its last answer could not be had or read.
    pub left_out: Vec<String>,
    /// Rules of its pages that have given nothing on the last of them.
    pub rule_misses: Vec<RuleMiss>,
    /// How many entries it has listed so far.
    pub entries: i64,
}

impl Store {
    /// All configured sources by name.
    pub async fn source_rows(&self) -> Result<Vec<SourceRow>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT name, url, state, state_since, failures, next_poll_at, last_polled_at, last_ok_at, last_error, \
                   last_cause, repairs, left_out, memory, rule_misses, \
                 (SELECT count(*) FROM entry WHERE entry.source_id = source.id) AS entries \
                 FROM source WHERE configured = 1 ORDER BY name",
            )?;
            statement.query_map([], source_row)?.collect()
        })
        .await
    }
}

fn source_row(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    let (memory, cause) = (super::memory(row), cause(row)?);
    let state = SourceState::parse(&row.get::<_, String>("state")?);
    let condition = condition(state, cause, &memory);
    let sentences = |column: &str| -> rusqlite::Result<Vec<String>> {
        Ok(row.get::<_, Option<Json<Vec<String>>>>(column)?.map(|Json(list)| list).unwrap_or_default())
    };
    Ok(SourceRow {
        name: row.get("name")?,
        url: row.get("url")?,
        state,
        condition,
        since: since(condition, &memory, row.get("state_since")?),
        failures: row.get("failures")?,
        moved_to: memory.moved.address,
        stale: memory.stale,
        next_poll_at: Some(row.get("next_poll_at")?).filter(|at| *at != NEVER),
        last_polled_at: row.get("last_polled_at")?,
        last_ok_at: row.get("last_ok_at")?,
        last_error: row.get("last_error")?,
        last_cause: cause,
        repairs: sentences("repairs")?,
        left_out: sentences("left_out")?,
        rule_misses: misses(row)?,
        entries: row.get("entries")?,
    })
}

/// What another version wrote and this one cannot read is forgotten; the next page tells it again.
fn misses(row: &Row<'_>) -> rusqlite::Result<Vec<RuleMiss>> {
    let stored: Option<String> = row.get("rule_misses")?;
    Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()).unwrap_or_default())
}
