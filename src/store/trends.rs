//! How often entities were in the news, and what a digest has told.

use rusqlite::params;

use super::columns::Json;
use super::digests::with_stories;
use super::{Store, StoreError};
use crate::model::{ArticleId, Item, Recipient, Timestamp};

impl Store {
    /// For each entity, how many articles filed from one of the times to the next name it.
    ///
    /// Articles' ids sort by when they were filed, so that each count is one walk along an index of mentions, however many articles
    /// there are.
    pub async fn articles_naming(
        &self,
        entities: Vec<String>,
        times: Vec<Timestamp>,
    ) -> Result<Vec<Vec<usize>>, StoreError> {
        self.read(move |connection| {
            let mut count = connection.prepare_cached(
                "SELECT count(*) FROM mention WHERE entity = ?1 AND article_id >= ?2 AND article_id < ?3",
            )?;
            let first_ids: Vec<ArticleId> = times.into_iter().map(ArticleId::first_of).collect();
            let mut counts = Vec::with_capacity(entities.len());
            for entity in &entities {
                let mut of_entity = Vec::new();
                for (from, until) in first_ids.iter().zip(first_ids.iter().skip(1)) {
                    let articles: i64 = count.query_row(params![entity, from, until], |row| row.get(0))?;
                    of_entity.push(usize::try_from(articles).unwrap_or(0));
                }
                counts.push(of_entity);
            }
            Ok(counts)
        })
        .await
    }

    /// Everything that was noted for a digest and recipient since then, told already or not, each with its story as it stands now.
    pub async fn items_since(
        &self,
        digest: String,
        recipient: Recipient,
        since: Timestamp,
    ) -> Result<Vec<Item>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT item, created_at, article_id FROM digest_item WHERE digest = ?1 AND recipient = ?2 AND created_at >= ?3 \
                 UNION ALL SELECT item, created_at, article_id FROM digest_edit WHERE digest = ?1 AND recipient = ?2 AND created_at >= ?3 \
                 ORDER BY created_at, article_id",
            )?;
            let items = statement.query_map(params![digest, recipient, since], |row| {
                row.get("item").map(|Json(item)| item)
            })?;
            with_stories(connection, items.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }
}
