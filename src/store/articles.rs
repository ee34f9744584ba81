//! Articles as they were filed.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::columns::{Document, Json};
use super::keys::address_hash;
use super::{Store, StoreError};
use crate::model::{Article, ArticleId, DeliveryId, DeliveryState, Recipient, Timestamp, Verdict};

/// A filed article.
#[derive(Debug, Clone)]
pub struct StoredArticle {
    /// Its identity.
    pub id: ArticleId,
    /// Its place in the order of filing; pages of an export continue after it.
    pub seq: i64,
    /// The source that brought it first.
    pub source: String,
    /// When it was filed.
    pub first_seen_at: Timestamp,
    /// Its content hash.
    pub content_hash: Option<[u8; 32]>,
    /// What its text depended on besides its page; `None` where it was filed before that was noted.
    pub epoch: Option<String>,
    /// The article.
    pub article: Article,
}

/// A source that brought an article.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// The source's name.
    pub source: String,
    /// The address it gave.
    pub url: String,
    /// When.
    pub first_seen_at: Timestamp,
}

/// An alert that an article raised, and how its message fared.
#[derive(Debug, Clone)]
pub struct RaisedAlert {
    /// The `[[alert]]`, or the `[[digest]]` whose period has ended or is still open.
    pub name: String,
    /// Who is to know.
    pub recipient: Recipient,
    /// The message; a digest whose period is open has none yet.
    pub delivery: Option<(DeliveryId, DeliveryState)>,
    /// What failed last.
    pub last_error: Option<String>,
}

pub(super) const SELECT: &str = "SELECT article.id, seq, source.name AS source, first_seen_at, content_hash, epoch, coalesce(packed, document) AS document \
     FROM article JOIN source ON source.id = article.source_id";

impl Store {
    /// The article known under this address.
    pub async fn article_by_url(&self, url_key: String) -> Result<Option<StoredArticle>, StoreError> {
        self.read(move |connection| {
            connection
                .prepare_cached(&format!(
                    "{SELECT} WHERE seq = (SELECT article_seq FROM article_address WHERE address_hash = ?1)"
                ))?
                .query_row([address_hash(&url_key)], stored)
                .optional()
        })
        .await
    }

    /// The article known under this address, where it was listed by a source; the text of a watched page is none.
    pub async fn listed_article_by_url(&self, url_key: String) -> Result<Option<StoredArticle>, StoreError> {
        self.read(move |connection| {
            connection
                .prepare_cached(&format!(
                    "{SELECT} WHERE seq = (SELECT article_seq FROM article_address WHERE address_hash = ?1) \
                     AND NOT EXISTS (SELECT 1 FROM tracked WHERE article_id = article.id AND kind = 'page')"
                ))?
                .query_row([address_hash(&url_key)], stored)
                .optional()
        })
        .await
    }

    /// The article with this identity.
    pub async fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, StoreError> {
        self.read(move |connection| article_of(connection, id)).await
    }

    /// Up to `limit` articles filed since `since`, in the order of filing, after the place `after`; watched pages are none.
    pub async fn articles_since(
        &self,
        since: Timestamp,
        after: i64,
        limit: usize,
    ) -> Result<Vec<StoredArticle>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&format!(
                "{SELECT} WHERE seq > ?1 AND first_seen_at >= ?2 \
                 AND NOT EXISTS (SELECT 1 FROM tracked WHERE article_id = article.id AND kind = 'page') ORDER BY seq LIMIT ?3"
            ))?;
            statement.query_map(params![after, since, limit as i64], stored)?.collect()
        })
        .await
    }

    /// How often pages of each source turned out to be what, among the articles filed since `since`.
    pub async fn verdicts_by_source(
        &self,
        since: Timestamp,
    ) -> Result<Vec<(String, Verdict, i64)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT source.name AS source, coalesce(verdict, document -> '$.verdict') AS verdict, count(*) AS count FROM article \
                 JOIN source ON source.id = article.source_id WHERE article.first_seen_at >= ?1 \
                 GROUP BY source.id, 2 ORDER BY source.name, count DESC, verdict",
            )?;
            let counted = |row: &Row<'_>| {
                let Json(verdict) = row.get("verdict")?;
                Ok((row.get("source")?, verdict, row.get("count")?))
            };
            statement.query_map([since], counted)?.collect()
        })
        .await
    }

    /// Every source that brought the article, the first one first.
    pub async fn sightings(&self, id: ArticleId) -> Result<Vec<Sighting>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT source.name AS source, article_source.url, article_source.first_seen_at, coalesce(packed, document) AS document \
                 FROM article_source JOIN source ON source.id = article_source.source_id JOIN article ON article.id = article_id \
                 WHERE article_id = ?1 ORDER BY article_source.first_seen_at",
            )?;
            let sighting = |row: &Row<'_>| {
                let mut url: String = row.get("url")?;
                if url.is_empty() {
                    url = row.get("document").map(|Document(article)| article.url)?;
                }
                Ok(Sighting { source: row.get("source")?, url, first_seen_at: row.get("first_seen_at")? })
            };
            statement.query_map([id], sighting)?.collect()
        })
        .await
    }

    /// The entities that the article mentions: name, how often, and the spellings it uses.
    pub async fn mentions(&self, id: ArticleId) -> Result<Vec<(String, i64, Vec<String>)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT entity, count, surfaces FROM mention WHERE article_id = ?1 ORDER BY count DESC, entity")?;
            let mention = |row: &Row<'_>| {
                let Json(surfaces) = row.get("surfaces")?;
                Ok((row.get("entity")?, row.get("count")?, surfaces))
            };
            statement.query_map([id], mention)?.collect()
        })
        .await
    }

    /// The alerts that the article raised and the digests that took it.
    pub async fn raised_alerts(&self, id: ArticleId) -> Result<Vec<RaisedAlert>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name, cause.recipient, delivery.id AS delivery, delivery.state, last_error FROM ( \
                   SELECT rule AS name, recipient, delivery_id, created_at FROM alert WHERE article_id = ?1 \
                   UNION ALL SELECT digest, recipient, delivery_id, created_at FROM digest_item WHERE article_id = ?1 \
                   UNION ALL SELECT rule, recipient, delivery_id, created_at FROM edit_alert WHERE article_id = ?1 \
                   UNION ALL SELECT digest, recipient, delivery_id, created_at FROM digest_edit WHERE article_id = ?1 \
                 ) AS cause LEFT JOIN delivery ON delivery.id = delivery_id ORDER BY cause.created_at, name",
            )?;
            statement.query_map([id], raised)?.collect()
        })
        .await
    }
}

/// The article with this identity.
pub(super) fn article_of(connection: &Connection, id: ArticleId) -> rusqlite::Result<Option<StoredArticle>> {
    connection.prepare_cached(&format!("{SELECT} WHERE article.id = ?1"))?.query_row([id], stored).optional()
}

/// The article at this place in the order of filing.
pub(super) fn article_at(connection: &Connection, seq: i64) -> rusqlite::Result<Option<StoredArticle>> {
    connection.prepare_cached(&format!("{SELECT} WHERE seq = ?1"))?.query_row([seq], stored).optional()
}

pub(super) fn stored(row: &Row<'_>) -> rusqlite::Result<StoredArticle> {
    let Document(article) = row.get("document")?;
    Ok(StoredArticle {
        id: row.get("id")?,
        seq: row.get("seq")?,
        source: row.get("source")?,
        first_seen_at: row.get("first_seen_at")?,
        content_hash: row.get("content_hash")?,
        epoch: row.get("epoch")?,
        article,
    })
}

fn raised(row: &Row<'_>) -> rusqlite::Result<RaisedAlert> {
    let delivery: Option<DeliveryId> = row.get("delivery")?;
    let state: Option<String> = row.get("state")?;
    Ok(RaisedAlert {
        name: row.get("name")?,
        recipient: row.get("recipient")?,
        delivery: delivery.zip(state.as_deref().map(super::outbox::state_of)),
        last_error: row.get("last_error")?,
    })
}
