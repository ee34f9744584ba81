//! How sources are doing, for those who look.

use rusqlite::Row;
use url::Url;

use super::{NEVER, SourceState};
use crate::model::Timestamp;
use crate::store::columns::Json;
use crate::store::{Store, StoreError};

/// A source as `status` shows it.
#[derive(Debug, Clone)]
pub struct SourceRow {
    /// Its name.
    pub name: String,
    /// What is polled.
    pub url: String,
    /// How it has been doing.
    pub state: SourceState,
    /// Since when.
    pub state_since: Timestamp,
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
    /// What had to be mended in its feed.
    pub repairs: Vec<String>,
    /// How many entries it has listed so far.
    pub entries: i64,
}

impl Store {
    /// All configured sources by name.
    pub async fn source_rows(&self) -> Result<Vec<SourceRow>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT name, url, state, state_since, failures, next_poll_at, last_polled_at, last_ok_at, last_error, repairs, memory, \
                 (SELECT count(*) FROM entry WHERE entry.source_id = source.id) AS entries \
                 FROM source WHERE configured = 1 ORDER BY name",
            )?;
            statement.query_map([], source_row)?.collect()
        })
        .await
    }
}

fn source_row(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    let memory = super::memory(row);
    Ok(SourceRow {
        name: row.get("name")?,
        url: row.get("url")?,
        state: SourceState::parse(&row.get::<_, String>("state")?),
        state_since: row.get("state_since")?,
        failures: row.get("failures")?,
        moved_to: memory.moved.address,
        stale: memory.stale,
        next_poll_at: Some(row.get("next_poll_at")?).filter(|at| *at != NEVER),
        last_polled_at: row.get("last_polled_at")?,
        last_ok_at: row.get("last_ok_at")?,
        last_error: row.get("last_error")?,
        repairs: row
            .get::<_, Option<Json<Vec<String>>>>("repairs")?
            .map(|Json(list)| list)
            .unwrap_or_default(),
        entries: row.get("entries")?,
    })
}
