//! How often entities are mentioned. An article's identity tells when it was filed, so that only the index of mentions is read.

use rusqlite::{Connection, OptionalExtension, params};

use super::search::first_place;
use super::{Store, StoreError};
use crate::model::{ArticleId, Timestamp};

/// The articles that mention an entity, by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDays {
    /// The entity's name.
    pub entity: String,
    /// So many articles on each day that was asked for.
    pub days: Vec<u32>,
    /// When the first article was filed that mentions it.
    pub first: Timestamp,
    /// When the last was.
    pub last: Timestamp,
}

/// The names in order, each found from the one before: their articles are skipped.
const NAMES: &str = "WITH RECURSIVE name (entity) AS (SELECT min(entity) FROM mention \
     UNION ALL SELECT (SELECT min(entity) FROM mention WHERE entity > name.entity) FROM name WHERE name.entity IS NOT NULL) \
     SELECT entity FROM name WHERE entity IS NOT NULL";

impl Store {
    /// The entities that some article mentions, by name.
    pub async fn mentioned_entities(&self) -> Result<Vec<String>, StoreError> {
        self.read(names).await
    }

    /// Whether some article mentions this entity.
    pub async fn is_mentioned(&self, entity: String) -> Result<bool, StoreError> {
        self.read(move |connection| {
            connection.prepare_cached("SELECT 1 FROM mention WHERE entity = ?1")?.exists([entity])
        })
        .await
    }

    /// Every entity, or this one, that some article mentions; how many did on each day, given when the days begin, in order. The
    /// last has no end.
    pub async fn entity_days(
        &self,
        only: Option<String>,
        days: Vec<Timestamp>,
    ) -> Result<Vec<EntityDays>, StoreError> {
        self.read(move |connection| {
            let all = match only {
                Some(only) => vec![only],
                None => names(connection)?,
            };
            let counted = all.into_iter().map(|entity| days_of(connection, entity, &days));
            counted.filter_map(Result::transpose).collect()
        })
        .await
    }

    /// The spellings that articles filed since then use of an entity, the most frequent first. Of many articles the newest
    /// `most` are asked.
    pub async fn spellings(
        &self,
        entity: String,
        since: Timestamp,
        most: usize,
    ) -> Result<Vec<(String, usize)>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT surface.value, count(*) AS articles FROM \
                   (SELECT surfaces FROM mention WHERE entity = ?1 AND article_seq >= ?4 AND article_id >= ?2 \
                      ORDER BY article_seq DESC LIMIT ?3) AS newest, \
                   json_each(newest.surfaces) AS surface \
                 GROUP BY surface.value ORDER BY articles DESC, surface.value",
            )?;
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let counted = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0)))
            };
            let first = first_place(connection, since)?;
            statement.query_map(params![entity, ArticleId::first_of(since), most, first], counted)?.collect()
        })
        .await
    }
}

fn names(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection.prepare_cached(NAMES)?.query_map([], |row| row.get(0))?.collect()
}

fn days_of(
    connection: &Connection,
    entity: String,
    days: &[Timestamp],
) -> rusqlite::Result<Option<EntityDays>> {
    let end = |order: &str| -> rusqlite::Result<Option<ArticleId>> {
        let sql =
            format!("SELECT article_id FROM mention WHERE entity = ?1 ORDER BY article_seq {order} LIMIT 1");
        connection.prepare_cached(&sql)?.query_row([&entity], |row| row.get(0)).optional()
    };
    let (Some(first), Some(last)) = (end("ASC")?, end("DESC")?) else { return Ok(None) };
    let counts = articles_from(connection, &entity, days)?;
    Ok(Some(EntityDays { entity, days: counts, first: first.made_at(), last: last.made_at() }))
}

/// How many articles that mention an entity were filed from each of these times to the next, and from the last one on. It is one walk
/// along an index, which holds articles nearly in the order of time.
pub(super) fn articles_from(
    connection: &Connection,
    entity: &str,
    times: &[Timestamp],
) -> rusqlite::Result<Vec<u32>> {
    let mut counts = vec![0; times.len()];
    let from = times.first().copied().unwrap_or(Timestamp::EPOCH);
    let mut statement = connection
        .prepare_cached("SELECT article_id FROM mention WHERE entity = ?1 AND article_seq >= ?2")?;
    let mut rows = statement.query(params![entity, first_place(connection, from)?])?;
    while let Some(row) = rows.next()? {
        let at = row.get::<_, ArticleId>(0)?.made_at();
        let place = times.partition_point(|begin| *begin <= at);
        if let Some(count) = place.checked_sub(1).and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    Ok(counts)
}
