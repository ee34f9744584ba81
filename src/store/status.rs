//! How much there is of everything.

use super::{Store, StoreError};
use crate::model::Timestamp;

/// Counts over the whole store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles filed.
    pub articles: i64,
    /// Entries whose article is still to be fetched.
    pub pending: i64,
    /// Entries that do not alert, by reason.
    pub held: Vec<(String, i64)>,
    /// Alerts raised.
    pub alerts: i64,
    /// Messages by state.
    pub deliveries: Vec<(String, i64)>,
    /// When the oldest waiting message was queued.
    pub oldest_queued: Option<Timestamp>,
}

impl Counts {
    /// Messages that wait, those under way included.
    pub fn queued(&self) -> i64 {
        self.deliveries.iter().find(|(state, _)| state == "queued").map_or(0, |(_, count)| *count)
    }
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
                alerts: one("SELECT count(*) FROM alert")?,
                held: grouped("SELECT held, count(*) FROM entry WHERE held IS NOT NULL GROUP BY held")?,
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
}
