//! Articles that nobody looks at again, though their sources want that.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::track::{Track, track};
use crate::model::{ArticleId, SourceId, Timestamp};
use crate::store::articles::{SELECT, stored};
use crate::store::columns::Json;
use crate::store::error::unless_unreadable;
use crate::store::{Store, StoreError, StoredArticle};

/// Some articles that are not looked at again.
#[derive(Debug, Clone)]
pub struct Untracked {
    /// Those that can be read.
    pub articles: Vec<StoredArticle>,
    /// The place of the last in the order of filing, whether it can be read or not; further ones come after it.
    pub last: i64,
}

impl Store {
    /// Up to `limit` articles after the `after`-th that are not looked at again, of these sources, each filed since the time beside its
    /// source; `None` where there are no more. One that cannot be read is logged and left aside.
    pub async fn untracked_articles(
        &self,
        sources: Vec<(String, Timestamp)>,
        after: i64,
        limit: usize,
    ) -> Result<Option<Untracked>, StoreError> {
        let sources: Vec<_> = sources.into_iter().map(|(name, since)| (name, since.micros())).collect();
        let found = self.read(move |connection| untracked(connection, sources, (after, limit))).await?;
        let Some(last) = found.last().map(|(seq, _)| *seq) else { return Ok(None) };
        let read = found.into_iter().map(|(_, stored)| stored.map_err(StoreError::from));
        let articles = read.filter_map(unless_unreadable).collect::<Result<_, _>>()?;
        Ok(Some(Untracked { articles, last }))
    }

    /// Looks at these articles from now on, by the rules of the source that brought each first. Those that are gone by now stay gone.
    pub async fn track_again(
        &self,
        tracks: Vec<(ArticleId, Track)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut source = connection.prepare_cached("SELECT source_id FROM article WHERE id = ?1")?;
            for (article, new) in &tracks {
                let source: Option<SourceId> = source.query_row([article], |row| row.get(0)).optional()?;
                if let Some(source) = source {
                    track(connection, (*article, source), new, now)?;
                }
            }
            Ok(())
        })
        .await
    }
}

/// Articles come nearly in the order of their times, so the search begins where the first is that is young enough; the plus has that
/// looked up by time, not from the eldest article on.
fn untracked(
    connection: &Connection,
    sources: Vec<(String, i64)>,
    (after, limit): (i64, usize),
) -> rusqlite::Result<Vec<(i64, rusqlite::Result<StoredArticle>)>> {
    let mut statement = connection.prepare_cached(&format!(
        "WITH wanted AS MATERIALIZED (SELECT value ->> 0 AS name, value ->> 1 AS since FROM json_each(?1)) \
         {SELECT} CROSS JOIN wanted ON wanted.name = source.name AND first_seen_at >= since \
         WHERE seq > max(?2, (SELECT min(+seq) - 1 FROM article WHERE first_seen_at >= (SELECT min(since) FROM wanted))) \
         AND NOT EXISTS (SELECT 1 FROM tracked WHERE article_id = article.id) ORDER BY seq LIMIT ?3"
    ))?;
    let found = |row: &Row<'_>| Ok((row.get("seq")?, stored(row)));
    statement.query_map(params![Json(sources), after, limit as i64], found)?.collect()
}
