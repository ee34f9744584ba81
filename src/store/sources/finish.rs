//! How a poll ended, committed as a whole.

use rusqlite::{Connection, params};

use super::{ClaimedSource, NEVER, SourceState};
use crate::model::{Cause, PollMemory, Recipient, SourceChange, SourceId, Timestamp};
use crate::store::columns::Json;
use crate::store::entries::{NewEntry, insert_entries};
use crate::store::notices::tell_of_source;
use crate::store::sitemap_parts::{SitemapPart, keep_parts};
use crate::store::{Store, StoreError};

/// How a poll ended, with everything that follows from it; committed as a whole.
#[derive(Debug, Clone)]
pub struct PollResult {
    /// When it ended.
    pub at: Timestamp,
    /// How the source is doing now.
    pub state: SourceState,
    /// Failures in a row.
    pub failures: u32,
    /// What failed, where it failed.
    pub error: Option<String>,
    /// The same for programs.
    pub cause: Option<Cause>,
    /// What had to be mended in the answer; `None` leaves what is known.
    pub repairs: Option<Vec<String>>,
    /// What of the answer could not be had or read, where `repairs` are told.
    pub left_out: Vec<String>,
    /// When to poll next; `None`: not until someone asks for it.
    pub next_poll_at: Option<Timestamp>,
    /// The host that is polled next.
    pub host_key: String,
    /// What to remember.
    pub memory: PollMemory,
    /// Validators and body hash of a new answer; `None` leaves the old ones.
    pub answer: Option<(Option<String>, Option<String>, [u8; 32])>,
    /// Entries that were not known.
    pub entries: Vec<NewEntry>,
    /// What was learnt of sitemaps.
    pub parts: Vec<SitemapPart>,
    /// What its operator is told, some minutes later and together with what other sources bring until then.
    pub changes: Vec<(Recipient, SourceChange)>,
}

impl Store {
    /// Commits a poll: state, validators, body hash, next time and all new entries. False where the lease was lost,
    /// in which case nothing is changed.
    pub async fn commit_poll(&self, claimed: &ClaimedSource, result: PollResult) -> Result<bool, StoreError> {
        let claimed = claimed.clone();
        self.write_outcome(move |connection| write_poll(connection, &claimed, &result)).await
    }
}

/// Writes a poll down; false where the lease was lost.
pub(in crate::store) fn write_poll(
    connection: &Connection,
    claimed: &ClaimedSource,
    result: &PollResult,
) -> Result<bool, StoreError> {
    let id = claimed.id;
    if !finish(connection, id, claimed.generation, result)? {
        return Ok(false);
    }
    insert_entries(connection, id, &claimed.host_key, &result.entries, result.at)?;
    keep_parts(connection, id, &result.parts)?;
    for (recipient, change) in &result.changes {
        tell_of_source(connection, recipient, change, result.at)?;
    }
    Ok(true)
}

fn finish(
    connection: &Connection,
    id: SourceId,
    generation: i64,
    result: &PollResult,
) -> Result<bool, StoreError> {
    let answered = matches!(result.state, SourceState::Ok);
    let changed = connection
        .prepare_cached(
            "UPDATE source SET lease_until = 0, lease_owner = NULL, \
               state_since = iif(state = ?3, state_since, ?4), state = ?3, failures = ?5, last_error = ?6, next_poll_at = ?7, \
               last_polled_at = ?4, last_ok_at = iif(?8, ?4, last_ok_at), repairs = coalesce(?9, repairs), \
               memory = ?10, host_key = ?11, last_cause = ?12, left_out = iif(?9 IS NULL, left_out, ?13) \
             WHERE id = ?1 AND lease_gen = ?2",
        )?
        .execute(params![
            id,
            generation,
            result.state.as_str(),
            result.at,
            result.failures,
            result.error,
            result.next_poll_at.unwrap_or(NEVER),
            answered,
            result.repairs.as_ref().map(Json),
            Json(&result.memory),
            result.host_key,
            result.cause.map(Cause::as_str),
            Json(&result.left_out),
        ])?;
    if changed == 0 {
        return Ok(false);
    }
    if let Some((etag, last_modified, body_hash)) = &result.answer {
        connection
            .prepare_cached("UPDATE source SET etag = ?2, last_modified = ?3, body_hash = ?4 WHERE id = ?1")?
            .execute(params![id, etag, last_modified, body_hash])?;
    }
    Ok(true)
}
