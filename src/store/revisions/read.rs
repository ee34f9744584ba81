//! Versions as they were written down.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::packed::unpack;
use crate::model::{ArticleId, Change, RevisionId, Snapshot, Timestamp};
use crate::store::columns::{Document, Json};
use crate::store::{Store, StoreError};

/// A version, but for its text.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its identity.
    pub id: RevisionId,
    /// When it was fetched.
    pub fetched_at: Timestamp,
    /// Where from.
    pub url: String,
    /// `ETag` and `Last-Modified`
    pub validators: (Option<String>, Option<String>),
    /// SHA-256 of the bytes.
    pub body_hash: Option<[u8; 32]>,
    /// By what it was read.
    pub epoch: Option<String>,
    /// What changed since the version before; nothing for the first.
    pub change: Option<Change>,
}

/// A version and whose it is.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The article or page.
    pub article: ArticleId,
    /// The source that brought it first.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// The version.
    pub version: Version,
}

const COLUMNS: &str = "revision.id, fetched_at, revision.url, revision.etag, revision.last_modified, revision.body_hash, \
     revision.epoch, change, revision.article_id";

impl Store {
    /// The versions of an article or page, the first one first; none where it was never changed.
    pub async fn versions(&self, article: ArticleId) -> Result<Vec<Version>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM revision WHERE article_id = ?1 ORDER BY seq"
            ))?;
            statement.query_map([article], version)?.collect()
        })
        .await
    }

    /// How many versions are known of each of these texts; nothing of those that were never changed.
    pub async fn counts_of_versions(
        &self,
        articles: Vec<ArticleId>,
    ) -> Result<HashMap<ArticleId, usize>, StoreError> {
        self.read(move |connection| {
            let mut counted =
                connection.prepare_cached("SELECT count(*) FROM revision WHERE article_id = ?1")?;
            let mut counts = HashMap::new();
            for article in articles {
                let versions: i64 = counted.query_row([article], |row| row.get(0))?;
                let versions = usize::try_from(versions).unwrap_or(0);
                if versions > 0 {
                    counts.insert(article, versions);
                }
            }
            Ok(counts)
        })
        .await
    }

    /// Up to `limit` changes found since `since`, the latest first.
    pub async fn changes_since(&self, since: Timestamp, limit: usize) -> Result<Vec<Recorded>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS}, source.name AS source, coalesce(packed, document) AS document FROM revision JOIN article ON article.id = revision.article_id \
                 JOIN source ON source.id = article.source_id \
                 WHERE fetched_at >= ?1 AND change IS NOT NULL ORDER BY revision.seq DESC LIMIT ?2"
            ))?;
            let recorded = |row: &Row<'_>| {
                let Document(article) = row.get("document")?;
                Ok(Recorded {
                    article: row.get("article_id")?,
                    source: row.get("source")?,
                    title: article.title,
                    version: version(row)?,
                })
            };
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            statement.query_map(params![since, limit], recorded)?.collect()
        })
        .await
    }

    /// What a version says; `None` where it is kept no longer.
    pub async fn text_of_version(&self, id: RevisionId) -> Result<Option<Snapshot>, StoreError> {
        self.read(move |connection| Ok(text_of(connection, id))).await?
    }

    /// What a version says that was read by `epoch` from the bytes with this hash; `None` where it was read otherwise.
    pub async fn text_read_by(
        &self,
        id: RevisionId,
        epoch: String,
        body_hash: [u8; 32],
    ) -> Result<Option<Snapshot>, StoreError> {
        self.read(move |connection| {
            let is_alike = connection
                .prepare_cached("SELECT 1 FROM revision WHERE id = ?1 AND epoch = ?2 AND body_hash = ?3")?
                .exists(params![id, epoch, body_hash])?;
            Ok(if is_alike { text_of(connection, id) } else { Ok(None) })
        })
        .await?
    }

    /// What the last version says, and which it is; `None` where there was never a change.
    pub async fn last_text(&self, article: ArticleId) -> Result<Option<(RevisionId, Snapshot)>, StoreError> {
        self.read(move |connection| {
            let id: Option<RevisionId> = connection
                .prepare_cached("SELECT id FROM revision WHERE article_id = ?1 ORDER BY seq DESC LIMIT 1")?
                .query_row([article], |row| row.get(0))
                .optional()?;
            let Some(id) = id else { return Ok(Ok(None)) };
            Ok(text_of(connection, id).map(|text| text.map(|text| (id, text))))
        })
        .await?
    }

    /// The version that a text is compared with, where it is looked at and nothing is told of its state that still holds.
    pub async fn sound_version(&self, article: ArticleId) -> Result<Option<RevisionId>, StoreError> {
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT revision_id FROM tracked WHERE article_id = ?1 AND raised IS NULL")?
                .query_row([article], |row| row.get(0))
                .optional()
                .map(Option::flatten)
        })
        .await
    }

    /// What the last `limit` versions said, the latest first.
    pub async fn last_texts(&self, article: ArticleId, limit: usize) -> Result<Vec<Snapshot>, StoreError> {
        let versions = self.versions(article).await?;
        let mut texts = Vec::new();
        for version in versions.iter().rev().take(limit) {
            texts.extend(self.text_of_version(version.id).await?);
        }
        Ok(texts)
    }
}

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        id: row.get("id")?,
        fetched_at: row.get("fetched_at")?,
        url: row.get("url")?,
        validators: (row.get("etag")?, row.get("last_modified")?),
        body_hash: row.get("body_hash")?,
        epoch: row.get("epoch")?,
        change: row.get::<_, Option<Json<Change>>>("change")?.map(|Json(change)| change),
    })
}

/// What a version says, put together from those it is told by.
pub(super) fn text_of(connection: &Connection, id: RevisionId) -> Result<Option<Snapshot>, StoreError> {
    let mut row = connection.prepare_cached("SELECT base_id, text FROM revision WHERE id = ?1")?;
    let mut chain = Vec::new();
    let mut wanted = Some(id);
    while let Some(id) = wanted {
        let found: Option<(Option<RevisionId>, Vec<u8>)> =
            row.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let Some((base, bytes)) = found else { return Ok(None) };
        chain.push(bytes);
        wanted = base;
    }
    let mut text = None;
    for bytes in chain.iter().rev() {
        text = Some(unpack(bytes, text.as_ref())?);
    }
    Ok(text)
}
