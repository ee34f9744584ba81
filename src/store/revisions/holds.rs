//! Changes that wait for company before they are told.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::raise::{Told, raise_all};
use crate::model::{ArticleId, RevisionId, Timestamp};
use crate::store::{Lease, Store, StoreError};

/// Why a change waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Its alert wants further changes to be told with it (`settle`).
    Settling,
    /// The text goes back and forth; where it stays is told.
    Restless,
}

impl Waiting {
    /// As it stands in the database and is told to programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settling => "settle",
            Self::Restless => "restless",
        }
    }
}

/// A change that has waited long enough.
#[derive(Debug, Clone)]
pub struct ClaimedHold {
    /// The article that was changed.
    pub article: ArticleId,
    /// The `[[alert]]` that it fired.
    pub rule: String,
    /// The source whose rules its text is read by.
    pub source: String,
    /// What was said before the first change.
    pub before: RevisionId,
    /// When its wait was over.
    pub due: Timestamp,
    generation: i64,
}

impl Store {
    /// Ends the wait of a change: what is told becomes messages. False where someone else did.
    pub async fn commit_hold(
        &self,
        hold: &ClaimedHold,
        told: Option<(RevisionId, Told)>,
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
            if let Some((revision, told)) = &told {
                raise_all(
                    connection,
                    &told.alerts,
                    (hold.article, *revision, at),
                    (&told.item, &told.restraints),
                )?;
            }
            Ok(true)
        })
        .await
    }
}

/// Keeps a change until `due`; one that waits already goes on waiting, and is told with this one.
pub(super) fn hold(
    connection: &Connection,
    (article, rule): (ArticleId, &str),
    before: RevisionId,
    (due, why): (Timestamp, Waiting),
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO edit_hold (article_id, rule, before_id, due_at, why) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        )?
        .execute(params![article, rule, before, due, why.as_str()])?;
    Ok(())
}

/// Lets go of a change that waits.
pub(super) fn release(connection: &Connection, article: ArticleId, rule: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM edit_hold WHERE article_id = ?1 AND rule = ?2")?
        .execute(params![article, rule])?;
    Ok(())
}

/// Whether a change of the article waits for this rule.
pub(super) fn is_held(connection: &Connection, article: ArticleId, rule: &str) -> Result<bool, StoreError> {
    let held = connection
        .prepare_cached("SELECT 1 FROM edit_hold WHERE article_id = ?1 AND rule = ?2")?
        .exists(params![article, rule])?;
    Ok(held)
}

/// Its source is the one whose rules the text is read by; one that is out of the file for now is waited for.
const OF_WATCHED: &str = "FROM edit_hold JOIN article ON article.id = edit_hold.article_id \
     LEFT JOIN tracked ON tracked.article_id = edit_hold.article_id \
     JOIN source ON source.id = coalesce(tracked.source_id, article.source_id) AND configured = 1";

pub(super) fn claim_holds(
    connection: &Connection,
    lease: Lease,
    limit: usize,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<ClaimedHold>, StoreError> {
    let mut due = connection.prepare_cached(&format!(
        "SELECT edit_hold.article_id, rule, before_id, due_at, edit_hold.lease_gen, source.name {OF_WATCHED} \
         WHERE due_at <= ?1 AND edit_hold.lease_until <= ?1 ORDER BY due_at"
    ))?;
    let mut rows = due.query([lease.from])?;
    let mut holds = Vec::new();
    while holds.len() < limit
        && let Some(row) = rows.next()?
    {
        let hold = ClaimedHold {
            article: row.get("article_id")?,
            rule: row.get("rule")?,
            source: row.get("name")?,
            before: row.get("before_id")?,
            due: row.get("due_at")?,
            generation: row.get::<_, i64>("lease_gen")? + 1,
        };
        if wanted(&hold.source) {
            holds.push(hold);
        }
    }
    let mut take = connection.prepare_cached(
        "UPDATE edit_hold SET lease_owner = ?3, lease_until = ?4, lease_gen = ?5 WHERE article_id = ?1 AND rule = ?2",
    )?;
    for hold in &holds {
        take.execute(params![hold.article, hold.rule, lease.holder.name(), lease.until, hold.generation])?;
    }
    Ok(holds)
}

pub(super) fn next_hold(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = connection
        .prepare_cached(&format!(
            "SELECT due_at {OF_WATCHED} WHERE edit_hold.lease_until <= ?1 ORDER BY due_at LIMIT 1"
        ))?
        .query_row([now], |row| row.get(0))
        .optional()?;
    Ok(due)
}
