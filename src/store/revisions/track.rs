//! What is looked at again, and what is known of it.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::packed::KeptPage;
use crate::model::{ArticleId, ChangeKind, RevisionId, SourceId, Timestamp};
use crate::store::columns::Word;
use crate::store::{Store, StoreError};

/// The next check of what nobody checks by itself.
pub(super) const NEVER: Timestamp = Timestamp::from_micros(i64::MAX);

/// An article that is to be looked at again.
#[derive(Debug, Clone)]
pub struct Track {
    /// Where it stands.
    pub url: String,
    /// The host of that.
    pub host_key: String,
    /// From when its age is counted.
    pub born: Timestamp,
    /// How long after it was filed, in microseconds.
    pub span: i64,
    /// When it is looked at first.
    pub next_check_at: Timestamp,
    /// The pages it was read from; where there are none, the first ones that are had become the baseline.
    pub pages: Vec<KeptPage>,
}

/// What is known of a text that is looked at again.
#[derive(Debug, Clone)]
pub struct TrackedText {
    /// The article, or what stands for the watched page.
    pub article: ArticleId,
    /// Where it stands.
    pub url: String,
    /// The host of that.
    pub host_key: String,
    /// From when its age is counted.
    pub since: Timestamp,
    /// When the article was published, as it tells.
    pub published: Option<Timestamp>,
    /// Until when it is tracked.
    pub until: Timestamp,
    /// How often in a row it could not be had.
    pub failures: u32,
    /// Why the last answer was no version.
    pub state: Option<ChangeKind>,
    /// Since when the answers have been like that.
    pub state_since: Option<Timestamp>,
    /// What was told of its state and still holds.
    pub raised: Option<ChangeKind>,
    /// By what the text was read that was judged last.
    pub epoch: Option<String>,
    /// That text.
    pub judged_hash: Option<[u8; 32]>,
    /// The baseline, where there is more than one version.
    pub revision: Option<RevisionId>,
    /// What the last answers were.
    pub pages: Vec<Seen>,
}

/// What the last answer of a page was.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Which part of its article, from 1.
    pub number: u32,
    /// Where it came from.
    pub url: String,
    /// `ETag` and `Last-Modified`
    pub validators: (Option<String>, Option<String>),
    /// SHA-256 of its bytes.
    pub body_hash: [u8; 32],
}

impl Store {
    /// The watched page of a source, once it has been read.
    pub async fn watched_page(&self, source: SourceId) -> Result<Option<TrackedText>, StoreError> {
        self.read(move |connection| {
            let tracked = connection
                .prepare_cached("SELECT * FROM tracked WHERE source_id = ?1 AND kind = 'page'")?
                .query_row([source], tracked_text)
                .optional()?;
            let Some(tracked) = tracked else { return Ok(None) };
            Ok(Some(TrackedText { pages: seen(connection, tracked.article)?, ..tracked }))
        })
        .await
    }

    /// The pages that a baseline was read from, in order.
    pub async fn kept_pages(&self, article: ArticleId) -> Result<Vec<KeptPage>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT * FROM tracked_page WHERE article_id = ?1 ORDER BY number")?;
            statement.query_map([article], kept)?.collect()
        })
        .await
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptPage> {
    Ok(KeptPage {
        number: row.get("number")?,
        url: row.get("url")?,
        content_type: row.get("content_type")?,
        validators: (row.get("etag")?, row.get("last_modified")?),
        body_hash: row.get("body_hash")?,
        kept_at: row.get("kept_at")?,
        kept_hash: row.get("kept_hash")?,
        packed: row.get("page")?,
    })
}

pub(super) fn tracked_text(row: &Row<'_>) -> rusqlite::Result<TrackedText> {
    let kind = |column: &str| {
        Ok::<_, rusqlite::Error>(row.get::<_, Option<Word<ChangeKind>>>(column)?.map(|Word(kind)| kind))
    };
    Ok(TrackedText {
        article: row.get("article_id")?,
        url: row.get("url")?,
        host_key: row.get("host_key")?,
        since: row.get("since")?,
        published: None,
        until: row.get("until")?,
        failures: row.get("failures")?,
        state: kind("state")?,
        state_since: row.get("state_since")?,
        raised: kind("raised")?,
        epoch: row.get("epoch")?,
        judged_hash: row.get("judged_hash")?,
        revision: row.get("revision_id")?,
        pages: Vec::new(),
    })
}

pub(super) fn published(connection: &Connection, article: ArticleId) -> rusqlite::Result<Option<Timestamp>> {
    connection
        .prepare_cached("SELECT published_at FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))
}

pub(super) fn seen(connection: &Connection, article: ArticleId) -> rusqlite::Result<Vec<Seen>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, url, etag, last_modified, body_hash FROM tracked_page WHERE article_id = ?1 ORDER BY number",
    )?;
    let seen = |row: &Row<'_>| {
        Ok(Seen {
            number: row.get("number")?,
            url: row.get("url")?,
            validators: (row.get("etag")?, row.get("last_modified")?),
            body_hash: row.get("body_hash")?,
        })
    };
    statement.query_map([article], seen)?.collect()
}

/// Looks at an article again from now on. One that is tracked for another source is tracked until the later end, by the rules of
/// the first; one whose time is over stays as it is.
pub(in crate::store) fn track(
    connection: &Connection,
    (article, source): (ArticleId, SourceId),
    track: &Track,
    now: Timestamp,
) -> Result<(), StoreError> {
    let since: Timestamp = connection
        .prepare_cached("SELECT first_seen_at FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))?;
    let until = Timestamp::from_micros(since.micros().saturating_add(track.span));
    if until <= now {
        return Ok(());
    }
    let added = connection
        .prepare_cached(
            "INSERT INTO tracked (article_id, source_id, kind, url, host_key, since, until, next_check_at) \
             VALUES (?1, ?2, 'article', ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            article,
            source,
            track.url,
            track.host_key,
            track.born,
            until,
            track.next_check_at
        ])?;
    if added == 1 {
        return keep_pages(connection, article, &track.pages);
    }
    connection
        .prepare_cached(
            "UPDATE tracked SET until = max(until, ?2) WHERE article_id = ?1 AND kind = 'article'",
        )?
        .execute(params![article, until])?;
    Ok(())
}

/// Begins to watch the page of a source; an earlier one of that source, at another address, is watched no longer.
pub(super) fn track_page(
    connection: &Connection,
    (article, source): (ArticleId, SourceId),
    (url, host_key): (&str, &str),
    now: Timestamp,
) -> Result<(), StoreError> {
    connection.execute("DELETE FROM tracked_page WHERE article_id IN (SELECT article_id FROM tracked WHERE source_id = ?1 AND kind = 'page')", [source])?;
    connection.execute("DELETE FROM tracked WHERE source_id = ?1 AND kind = 'page'", [source])?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO tracked (article_id, source_id, kind, url, host_key, since, until, next_check_at) \
             VALUES (?1, ?2, 'page', ?3, ?4, ?5, ?6, ?6)",
        )?
        .execute(params![article, source, url, host_key, now, NEVER])?;
    Ok(())
}

/// Keeps these pages in the place of those that are kept.
pub(super) fn keep_pages(
    connection: &Connection,
    article: ArticleId,
    pages: &[KeptPage],
) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM tracked_page WHERE article_id = ?1")?.execute([article])?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO tracked_page (article_id, number, url, content_type, etag, last_modified, body_hash, kept_at, kept_hash, page) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for page in pages {
        insert.execute(params![
            article,
            page.number,
            page.url,
            page.content_type,
            page.validators.0,
            page.validators.1,
            page.body_hash,
            page.kept_at,
            page.kept_hash,
            page.packed
        ])?;
    }
    Ok(())
}
