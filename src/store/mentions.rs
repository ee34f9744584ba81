//! Which tracked entities an article mentions.

use rusqlite::{Connection, params};

use super::columns::Json;
use crate::model::{ArticleId, Prominence};

/// More entities of one article are not told with another.
const MOST_NAMED: i64 = 16;

/// Notes entities that are not noted for the article yet.
pub(super) fn insert_mentions(
    connection: &Connection,
    id: ArticleId,
    entities: &[Prominence],
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO mention (article_id, entity, count, in_title, surfaces, article_seq) \
         VALUES (?1, ?2, ?3, ?4, ?5, (SELECT seq FROM article WHERE id = ?1))",
    )?;
    for entity in entities {
        let count = i64::try_from(entity.count).unwrap_or(i64::MAX);
        insert.execute(params![id, entity.name, count, entity.in_title, Json(&entity.surfaces)])?;
    }
    Ok(())
}

/// The entities that an article mentions, the most prominent first.
pub(super) fn mentioned(connection: &Connection, id: ArticleId) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT entity FROM mention WHERE article_id = ?1 ORDER BY in_title DESC, count DESC, entity LIMIT ?2")?
        .query_map(params![id, MOST_NAMED], |row| row.get(0))?
        .collect()
}
