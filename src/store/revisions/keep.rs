//! How long versions are kept, and the pages that articles are compared with.

use rusqlite::params;

use crate::model::Timestamp;
use crate::store::{Store, StoreError};

/// Versions that are forgotten in one change of the store.
const AT_ONCE: i64 = 500;

impl Store {
    /// Forgets versions fetched before `before`; the first and the last of each text stay, and so does what others are told by or
    /// wait for. Returns how many went; there may be more.
    pub async fn forget_versions(&self, before: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            Ok(connection.execute(
                "DELETE FROM revision WHERE seq IN (SELECT seq FROM revision AS old WHERE fetched_at < ?1 \
                   AND EXISTS (SELECT 1 FROM revision AS later WHERE later.article_id = old.article_id AND later.seq > old.seq) \
                   AND EXISTS (SELECT 1 FROM revision AS earlier WHERE earlier.article_id = old.article_id AND earlier.seq < old.seq) \
                   AND NOT EXISTS (SELECT 1 FROM revision AS told WHERE told.article_id = old.article_id AND told.base_id = old.id) \
                   AND NOT EXISTS (SELECT 1 FROM tracked WHERE tracked.article_id = old.article_id AND revision_id = old.id) \
                   AND NOT EXISTS (SELECT 1 FROM edit_hold WHERE edit_hold.article_id = old.article_id AND before_id = old.id) \
                 ORDER BY seq LIMIT ?2)",
                params![before, AT_ONCE],
            )?)
        })
        .await
    }

    /// Drops changes whose wait was over before `due` and whose source is not in the file: it is gone for good. Others are still told,
    /// however long nobody looked.
    pub async fn drop_holds(&self, due: Timestamp) -> Result<usize, StoreError> {
        self.write(move |connection| {
            Ok(connection.execute(
                "DELETE FROM edit_hold WHERE due_at < ?1 AND lease_until < ?1 AND article_id IN ( \
                   SELECT article.id FROM article LEFT JOIN tracked ON tracked.article_id = article.id \
                   JOIN source ON source.id = coalesce(tracked.source_id, article.source_id) \
                   WHERE article.id = edit_hold.article_id AND configured = 0)",
                [due],
            )?)
        })
        .await
    }

    /// Forgets up to `limit` articles that were to be looked at until `before`, and the pages kept of them; the articles themselves
    /// stay. Returns how many it was.
    pub async fn forget_tracks(&self, before: Timestamp, limit: usize) -> Result<usize, StoreError> {
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        self.write(move |connection| {
            // Their pages go with them.
            Ok(connection.execute(
                "DELETE FROM tracked WHERE article_id IN (SELECT article_id FROM tracked \
                 WHERE kind = 'article' AND until < ?1 AND lease_until < ?1 LIMIT ?2)",
                params![before, most],
            )?)
        })
        .await
    }
}
