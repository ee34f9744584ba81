//! What is kept no longer: old articles with all that belongs to them, old entries, messages that were sent.
//!
//! A little at a time, so that nobody waits long for the writer; what is to go is looked up by readers. A key that a source has
//! listed is kept for ever, in 16 bytes: its feed may list it still, and it would be new once more.

use rusqlite::{Connection, ToSql, params};

use super::earlier::{SLICES, forget_slice};
use super::{Store, StoreError};
use crate::model::{ArticleId, DeliveryId, SourceId, Timestamp};

/// Until when things are kept no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bygone {
    /// Articles and entries first seen before.
    pub articles: Timestamp,
    /// Messages sent or dropped before. What was given up stays until someone decides.
    pub deliveries: Timestamp,
}

/// What goes together in one change.
#[derive(Debug, Default)]
struct Portion {
    articles: Vec<(i64, ArticleId)>,
    entries: Vec<(i64, i64)>,
    deliveries: Vec<DeliveryId>,
}

impl Store {
    /// Forgets some of what is bygone, up to `limit` of each kind. Returns how much it was: 0 where nothing is left.
    pub async fn forget_some(&self, bygone: Bygone, limit: usize) -> Result<usize, StoreError> {
        let portion = self.read(move |connection| portion(connection, bygone, limit)).await?;
        let count = portion.articles.len() + portion.entries.len() + portion.deliveries.len();
        if count > 0 {
            self.write(move |connection| Ok(forget(connection, &portion)?)).await?;
        }
        Ok(count)
    }

    /// Forgets what was noted of articles that are gone to find their copies by.
    pub async fn forget_bands(&self) -> Result<(), StoreError> {
        for slice in 0..SLICES {
            self.write(move |connection| Ok(forget_slice(connection, slice)?)).await?;
        }
        Ok(())
    }
}

fn portion(connection: &Connection, bygone: Bygone, limit: usize) -> rusqlite::Result<Portion> {
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(Portion {
        articles: articles(connection, bygone.articles, most)?,
        entries: entries(connection, bygone.articles, limit)?,
        deliveries: deliveries(connection, bygone.deliveries, most)?,
    })
}

/// The last one stays, because places in the order of filing are counted on from it; so do those that a digest is still to tell of or that
/// are still looked at.
fn articles(
    connection: &Connection,
    before: Timestamp,
    limit: i64,
) -> rusqlite::Result<Vec<(i64, ArticleId)>> {
    let mut old = connection.prepare_cached(
        "SELECT seq, id FROM article WHERE first_seen_at < ?1 AND seq < (SELECT max(seq) FROM article) \
           AND NOT EXISTS (SELECT 1 FROM digest_item WHERE article_id = id AND delivery_id IS NULL) \
           AND NOT EXISTS (SELECT 1 FROM digest_edit WHERE article_id = id AND delivery_id IS NULL) \
           AND NOT EXISTS (SELECT 1 FROM tracked WHERE article_id = id) \
         ORDER BY first_seen_at LIMIT ?2",
    )?;
    old.query_map(params![before, limit], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Those that wait for their article stay.
fn entries(connection: &Connection, before: Timestamp, limit: usize) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut sources = connection.prepare_cached("SELECT id FROM source")?;
    let mut old = connection.prepare_cached(
        "SELECT seq, key_hash FROM entry WHERE source_id = ?1 AND first_seen_at < ?2 AND state <> 'pending' LIMIT ?3",
    )?;
    let mut found = Vec::new();
    let mut rows = sources.query([])?;
    while let Some(row) = rows.next()?
        && found.len() < limit
    {
        let (source, most): (SourceId, _) = (row.get(0)?, (limit - found.len()) as i64);
        let of_source = old.query_map(params![source, before, most], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.extend(of_source.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(found)
}

/// What is left of a message whose causes are kept.
const EMPTIED: &str = r#"{"type":"alert","items":[]}"#;

/// A message that something was told by.
const IS_CAUSED: &str = "(EXISTS (SELECT 1 FROM alert WHERE delivery_id = delivery.id) \
     OR EXISTS (SELECT 1 FROM digest_item WHERE delivery_id = delivery.id) \
     OR EXISTS (SELECT 1 FROM edit_alert WHERE delivery_id = delivery.id) \
     OR EXISTS (SELECT 1 FROM digest_edit WHERE delivery_id = delivery.id))";

/// The last one that reached a recipient stays: it tells whether messages were given up since.
fn deliveries(connection: &Connection, before: Timestamp, limit: i64) -> rusqlite::Result<Vec<DeliveryId>> {
    let mut old = connection.prepare_cached(&format!(
        "SELECT id FROM delivery WHERE finished_at < ?1 AND (state = 'dropped' OR state = 'sent' AND finished_at < \
           (SELECT max(finished_at) FROM delivery AS other WHERE other.recipient = delivery.recipient AND other.state = 'sent')) \
           AND (message <> ?3 OR NOT {IS_CAUSED}) ORDER BY finished_at LIMIT ?2",
    ))?;
    old.query_map(params![before, limit, EMPTIED], |row| row.get(0))?.collect()
}

fn forget(connection: &Connection, portion: &Portion) -> rusqlite::Result<()> {
    for (seq, id) in &portion.articles {
        forget_article(connection, *seq, *id)?;
    }
    let each = |sql: &str, key: &dyn ToSql| connection.prepare_cached(sql)?.execute([key]);
    for (seq, hash) in &portion.entries {
        each("INSERT OR IGNORE INTO past_entry (key_hash) VALUES (?1)", hash)?;
        each("DELETE FROM entry WHERE seq = ?1", seq)?;
    }
    for delivery in &portion.deliveries {
        forget_delivery(connection, *delivery)?;
    }
    Ok(())
}

/// Causes stay as long as their articles, so that nothing is told twice; of their message only the row stays.
fn forget_delivery(connection: &Connection, id: DeliveryId) -> rusqlite::Result<()> {
    let emptied = connection
        .prepare_cached(&format!("UPDATE delivery SET message = ?2 WHERE id = ?1 AND {IS_CAUSED}"))?
        .execute(params![id, EMPTIED])?;
    if emptied == 0 {
        connection.prepare_cached("DELETE FROM delivery WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}

/// Every table whose rows belong to an article stands here; what stories are looked for by ages by itself.
fn forget_article(connection: &Connection, seq: i64, id: ArticleId) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM alert WHERE article_id = ?1",
        "DELETE FROM digest_item WHERE article_id = ?1",
        "DELETE FROM edit_alert WHERE article_id = ?1",
        "DELETE FROM edit_hold WHERE article_id = ?1",
        "DELETE FROM digest_edit WHERE article_id = ?1",
        "DELETE FROM revision WHERE article_id = ?1",
        "DELETE FROM held_copy WHERE article_id = ?1 OR copy_of = ?1",
        "DELETE FROM story_article WHERE article_id = ?1",
        "DELETE FROM mention WHERE article_id = ?1",
        "DELETE FROM article_source WHERE article_id = ?1",
        "DELETE FROM article WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    for sql in [
        "UPDATE entry SET article_seq = NULL WHERE article_seq = ?1",
        "DELETE FROM article_address WHERE article_seq = ?1",
        "DELETE FROM article_search WHERE rowid = ?1",
        "DELETE FROM article_marks WHERE article_seq = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([seq])?;
    }
    Ok(())
}
