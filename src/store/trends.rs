//! How often entities were in the news, and what a digest has told.

use rusqlite::params;

use super::columns::Json;
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
            let first_ids: Vec<ArticleId> = times.into_iter().map(first_id).collect();
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

    /// Everything that was noted for a digest and recipient since then, told already or not.
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
            items.collect()
        })
        .await
    }
}

/// The least id that an article filed at this time can have: a UUID of version 7 begins with the milliseconds since 1970 in 48 bits
/// (RFC 9562, 5.7).
fn first_id(at: Timestamp) -> ArticleId {
    let millis = u64::try_from(at.micros() / 1_000).unwrap_or(0).min((1 << 48) - 1);
    let [_, _, time @ ..] = millis.to_be_bytes();
    let mut id = [0; 16];
    for (byte, of_time) in id.iter_mut().zip(time) {
        *byte = of_time;
    }
    ArticleId::from_bytes(id)
}
