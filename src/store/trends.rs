//! How often entities were in the news, and what a digest has told.

use rusqlite::params;

use super::columns::Json;
use super::counts::articles_from;
use super::digests::with_stories;
use super::{Store, StoreError};
use crate::model::{Item, Recipient, Timestamp};

impl Store {
    /// For each entity, how many articles filed from one of the times to the next name it.
    pub async fn articles_naming(
        &self,
        entities: Vec<String>,
        times: Vec<Timestamp>,
    ) -> Result<Vec<Vec<usize>>, StoreError> {
        self.read(move |connection| {
            let of_entity = |entity: &String| -> rusqlite::Result<Vec<usize>> {
                let mut counts = articles_from(connection, entity, &times)?;
                counts.pop(); // What came after the last of the times.
                Ok(counts.into_iter().map(|count| count as usize).collect())
            };
            entities.iter().map(of_entity).collect()
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
