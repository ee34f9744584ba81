//! Changes that wait for company before they are told.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::raise::{FiredEdit, raise_all};
use crate::model::{ArticleId, Item, RevisionId, Timestamp};
use crate::store::{Lease, Store, StoreError};

/// A change that has waited long enough.
#[derive(Debug, Clone)]
pub struct ClaimedHold {
    /// The article that was changed.
    pub article: ArticleId,
    /// The `[[alert]]` that it fired.
    pub rule: String,
    /// What was said before the first change.
    pub before: RevisionId,
    generation: i64,
}

impl Store {
    /// Ends the wait of a change: what fired becomes messages about `item`. False where someone else did.
    pub async fn commit_hold(
        &self,
        hold: &ClaimedHold,
        told: Option<(FiredEdit, RevisionId, Item)>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let hold = hold.clone();
        self.write_outcome(move |connection| {
            let ended = connection
                .prepare_cached(
                    "DELETE FROM edit_hold WHERE article_id = ?1 AND rule = ?2 AND lease_gen = ?3",
                )?
                .execute(params![hold.article, hold.rule, hold.generation])?;
            if ended == 0 {
                return Ok(false);
            }
            if let Some((fired, revision, item)) = &told {
                raise_all(connection, std::slice::from_ref(fired), (hold.article, *revision, at), item)?;
            }
            Ok(true)
        })
        .await
    }
}

/// Keeps a change until `due`; one that waits already goes on waiting, and is told with this one.
pub(super) fn hold(
    connection: &Connection,
    article: ArticleId,
    rule: &str,
    before: RevisionId,
    due: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO edit_hold (article_id, rule, before_id, due_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![article, rule, before, due])?;
    Ok(())
}

/// Whether a change of the article waits for this rule.
pub(super) fn is_held(connection: &Connection, article: ArticleId, rule: &str) -> Result<bool, StoreError> {
    let held = connection
        .prepare_cached("SELECT 1 FROM edit_hold WHERE article_id = ?1 AND rule = ?2")?
        .exists(params![article, rule])?;
    Ok(held)
}

pub(super) fn claim_holds(
    connection: &Connection,
    lease: Lease,
    limit: usize,
) -> Result<Vec<ClaimedHold>, StoreError> {
    let mut due = connection.prepare_cached(
        "UPDATE edit_hold SET lease_owner = ?2, lease_until = ?3, lease_gen = lease_gen + 1 WHERE (article_id, rule) IN ( \
           SELECT article_id, rule FROM edit_hold WHERE due_at <= ?1 AND lease_until <= ?1 ORDER BY due_at LIMIT ?4) \
         RETURNING article_id, rule, before_id, lease_gen",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let holds = due.query_map(params![lease.from, lease.holder.name(), lease.until, limit], |row| {
        Ok(ClaimedHold {
            article: row.get("article_id")?,
            rule: row.get("rule")?,
            before: row.get("before_id")?,
            generation: row.get("lease_gen")?,
        })
    })?;
    Ok(holds.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn next_hold(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = connection
        .prepare_cached("SELECT due_at FROM edit_hold WHERE lease_until <= ?1 ORDER BY due_at LIMIT 1")?
        .query_row([now], |row| row.get(0))
        .optional()?;
    Ok(due)
}
