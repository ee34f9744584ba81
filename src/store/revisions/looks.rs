//! What is shown of looking at a text again: when it was, what it came to, when it is next, and which changes wait.

use std::time::Duration;

use rusqlite::{OptionalExtension as _, Row};

use super::track::NEVER;
use crate::model::{ArticleId, Timestamp};
use crate::store::{Store, StoreError};

/// A comparison and the poll that it belongs to are not further apart.
const WITHIN_A_POLL: Duration = Duration::from_millis(500);

/// A text that is looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When it was looked at last.
    pub at: Option<Timestamp>,
    /// What that came to: `unchanged`, `same_text`, `changed` or `failed`.
    pub came_to: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// When it is looked at next; `None`: not until someone asks for it.
    pub next: Option<Timestamp>,
    /// Until when; `None` for watched pages.
    pub until: Option<Timestamp>,
}

/// A change that waits to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldChange {
    /// The `[[alert]]` that it fired.
    pub rule: String,
    /// `settle` or `restless`
    pub why: String,
    /// Until when.
    pub until: Timestamp,
}

impl Store {
    /// How a text is looked at again; `None` where it is not.
    pub async fn look_of(&self, article: ArticleId) -> Result<Option<Look>, StoreError> {
        self.read(move |connection| {
            connection
                .prepare_cached(
                    "SELECT tracked.kind, checked_at, looked, tracked.last_error, next_check_at, until, \
                       last_polled_at, next_poll_at, source.state, source.last_error AS poll_error \
                     FROM tracked JOIN source ON source.id = source_id WHERE article_id = ?1",
                )?
                .query_row([article], look)
                .optional()
        })
        .await
    }

    /// The changes of a text that wait to be told.
    pub async fn held_changes(&self, article: ArticleId) -> Result<Vec<HeldChange>, StoreError> {
        self.read(move |connection| {
            let mut held = connection.prepare_cached(
                "SELECT rule, why, due_at FROM edit_hold WHERE article_id = ?1 ORDER BY due_at",
            )?;
            let change = |row: &Row<'_>| {
                Ok(HeldChange { rule: row.get("rule")?, why: row.get("why")?, until: row.get("due_at")? })
            };
            held.query_map([article], change)?.collect()
        })
        .await
    }
}

fn look(row: &Row<'_>) -> rusqlite::Result<Look> {
    if row.get::<_, String>("kind")? == "page" {
        return of_page(row);
    }
    Ok(Look {
        at: row.get("checked_at")?,
        came_to: row.get("looked")?,
        error: row.get("last_error")?,
        next: Some(row.get("next_check_at")?),
        until: Some(row.get("until")?),
    })
}

/// A page is polled as a source, and where a poll finds what is known nothing is written down of the page.
fn of_page(row: &Row<'_>) -> rusqlite::Result<Look> {
    let polled: Option<Timestamp> = row.get("last_polled_at")?;
    let compared: Option<Timestamp> = row.get("checked_at")?;
    let is_failing = row.get::<_, String>("state")? != "ok";
    let came_to: Option<String> = row.get("looked")?;
    let came_to = match came_to {
        _ if is_failing => Some("failed".to_owned()),
        _ if polled > compared.map(|at| at.plus(WITHIN_A_POLL)) => Some("unchanged".to_owned()),
        known => known,
    };
    let next: Timestamp = row.get("next_poll_at")?;
    Ok(Look {
        at: polled.or(compared),
        came_to,
        error: row.get("poll_error")?,
        next: Some(next).filter(|next| *next != NEVER),
        until: None,
    })
}
