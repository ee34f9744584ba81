//! How listed entries fared, for `why` and `status`.

use rusqlite::{Connection, Row, params};

use super::articles::article_at;
use super::keys::{address_hash, entry_hash};
use super::{Store, StoreError};
use crate::model::{EntryKey, SourceId, Timestamp};

/// How a listed entry fared.
#[derive(Debug, Clone)]
pub struct EntryHistory {
    /// The source that lists it.
    pub source: String,
    /// Its key.
    pub key: String,
    /// Its headline in the feed.
    pub title: Option<String>,
    /// Its address in the feed.
    pub url: Option<String>,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    /// `pending`, `held` or `done`.
    pub state: String,
    /// Why it does not alert.
    pub held: Option<String>,
    /// Failed attempts to fetch its article.
    pub attempts: u32,
    /// What failed last.
    pub last_error: Option<String>,
    /// When its article is fetched next.
    pub next_attempt_at: Option<Timestamp>,
}

/// What its queue row says of an entry is not said in its own.
const SELECT: &str = "SELECT source.name AS source, entry.key, coalesce(entry.title, pending.entry ->> '$.title') AS title, \
       coalesce(entry.url, pending.entry ->> '$.url') AS url, first_seen_at, entry.state, held, attempts, pending.last_error, \
       next_attempt_at, article_seq \
     FROM entry JOIN source ON source.id = entry.source_id \
     LEFT JOIN pending ON pending.source_id = entry.source_id AND pending.key = entry.key";

impl Store {
    /// Up to `limit` entries of a source whose articles could not be fetched so far, those tried most often first.
    pub async fn stuck_entries(&self, source: String, limit: usize) -> Result<Vec<EntryHistory>, StoreError> {
        self.read(move |connection| {
            let mut stuck = connection.prepare(
                "SELECT pending.source_id, pending.key FROM pending JOIN source ON source.id = source_id \
                 WHERE source.name = ?1 AND attempts > 0 ORDER BY attempts DESC, next_attempt_at LIMIT ?2",
            )?;
            let hash = |row: &Row<'_>| Ok(entry_hash(row.get(0)?, &row.get::<_, String>(1)?));
            let wanted = params![source, i64::try_from(limit).unwrap_or(i64::MAX)];
            let hashes: Vec<i64> = stuck.query_map(wanted, hash)?.collect::<Result<_, _>>()?;
            let found = hashes.into_iter().map(|hash| histories(connection, "key_hash = ?1", hash));
            Ok(found.collect::<Result<Vec<_>, _>>()?.concat())
        })
        .await
    }

    /// The entries listed with this address, or with this key.
    pub async fn entry_histories(&self, address: String) -> Result<Vec<EntryHistory>, StoreError> {
        self.read(move |connection| {
            let mut found = histories(
                connection,
                "entry.seq IN (SELECT seq FROM entry WHERE address_hash = ?1 \
                   UNION SELECT seq FROM entry WHERE article_seq = (SELECT article_seq FROM article_address WHERE address_hash = ?1))",
                address_hash(&address),
            )?;
            if found.is_empty() {
                let mut sources = connection.prepare("SELECT id FROM source")?;
                let ids: Vec<SourceId> = sources.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
                for id in ids {
                    found.append(&mut histories(connection, "key_hash = ?1", entry_hash(id, &address))?);
                }
            }
            found.sort_by_key(|history| history.first_seen_at);
            Ok(found)
        })
        .await
    }
}

fn histories(connection: &Connection, chosen: &str, by: i64) -> rusqlite::Result<Vec<EntryHistory>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE {chosen}"))?;
    let mut rows = statement.query([by])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(history(connection, row)?);
    }
    Ok(found)
}

fn history(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<EntryHistory> {
    let key: String = row.get("key")?;
    let (mut title, mut url): (Option<String>, Option<String>) = (row.get("title")?, row.get("url")?);
    if let (None, Some(seq)) = (&title, row.get("article_seq")?) {
        title = article_at(connection, seq)?.map(|stored| stored.article.title);
    }
    if url.is_none() {
        url = key.strip_prefix(EntryKey::ADDRESS).map(str::to_owned);
    }
    Ok(EntryHistory {
        source: row.get("source")?,
        key,
        title,
        url,
        first_seen_at: row.get("first_seen_at")?,
        state: row.get("state")?,
        held: row.get("held")?,
        attempts: row.get::<_, Option<u32>>("attempts")?.unwrap_or(0),
        last_error: row.get("last_error")?,
        next_attempt_at: row.get("next_attempt_at")?,
    })
}
