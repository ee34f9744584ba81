//! The queue of articles to look at again, and of changes that have waited long enough.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::holds::{ClaimedHold, claim_holds, next_hold};
use super::track::{TrackedText, published, seen, tracked_text};
use crate::model::{ArticleId, SourceId, Timestamp};
use crate::store::error::unless_unreadable;
use crate::store::{HostSlots, Lease, Store, StoreError, Taken};

/// What is due.
#[derive(Debug, Clone)]
pub enum Check {
    /// An article to look at again.
    Again(Box<ClaimedCheck>),
    /// A change that has waited for others.
    Settled(ClaimedHold),
}

/// An article that is looked at again.
#[derive(Debug, Clone)]
pub struct ClaimedCheck {
    /// The source whose rules it is read by.
    pub source: String,
    /// That source's identity.
    pub source_id: SourceId,
    /// What is known of it.
    pub text: TrackedText,
    pub(super) generation: i64,
}

impl Store {
    /// Takes up to `limit` checks that are due, of sources whose names are `wanted`, within each host's slots.
    pub async fn claim_checks(
        &self,
        lease: Lease,
        limit: usize,
        slots: HostSlots,
        wanted: impl Fn(&str) -> bool + Send + 'static,
    ) -> Result<Taken<Check>, StoreError> {
        self.write(move |connection| {
            let mut tasks: Vec<Check> =
                claim_holds(connection, lease, limit, &wanted)?.into_iter().map(Check::Settled).collect();
            let room = limit.saturating_sub(tasks.len());
            for (id, source) in due(connection, lease.from, room, (slots.clone(), &wanted))? {
                let leased = unless_unreadable(lease_check(connection, (id, source), lease));
                tasks.extend(leased.transpose()?.map(|check| Check::Again(Box::new(check))));
            }
            let next = [next_due(connection, lease.from)?, next_hold(connection, lease.from)?];
            Ok(Taken { tasks, next_due: next.into_iter().flatten().min() })
        })
        .await
    }
}

const CONFIGURED: &str = "JOIN source ON source.id = tracked.source_id AND configured = 1";

fn due(
    connection: &Connection,
    now: Timestamp,
    limit: usize,
    (mut slots, wanted): (HostSlots, &dyn Fn(&str) -> bool),
) -> Result<Vec<(ArticleId, String)>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT article_id, tracked.host_key, source.name FROM tracked {CONFIGURED} \
         WHERE kind = 'article' AND next_check_at <= ?1 AND tracked.lease_until <= ?1 ORDER BY next_check_at"
    ))?;
    let mut due = statement.query([now])?;
    let mut chosen = Vec::new();
    while chosen.len() < limit
        && let Some(row) = due.next()?
    {
        let source: String = row.get(2)?;
        if wanted(&source) && slots.take(&row.get::<_, String>(1)?) {
            chosen.push((row.get(0)?, source));
        }
    }
    Ok(chosen)
}

fn next_due(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let due = connection
        .prepare_cached(&format!(
            "SELECT next_check_at FROM tracked {CONFIGURED} \
             WHERE kind = 'article' AND tracked.lease_until <= ?1 ORDER BY next_check_at LIMIT 1"
        ))?
        .query_row([now], |row| row.get(0))
        .optional()?;
    Ok(due)
}

fn lease_check(
    connection: &Connection,
    (article, source): (ArticleId, String),
    lease: Lease,
) -> Result<ClaimedCheck, StoreError> {
    let mut claimed = connection
        .prepare_cached(
            "UPDATE tracked SET lease_owner = ?2, lease_until = ?3, lease_gen = lease_gen + 1 WHERE article_id = ?1 RETURNING *",
        )?
        .query_row(params![article, lease.holder.name(), lease.until], |row| {
            Ok(ClaimedCheck {
                source: source.clone(),
                source_id: row.get("source_id")?,
                text: tracked_text(row)?,
                generation: row.get("lease_gen")?,
            })
        })?;
    claimed.text.pages = seen(connection, article)?;
    claimed.text.published = published(connection, article)?;
    Ok(claimed)
}
