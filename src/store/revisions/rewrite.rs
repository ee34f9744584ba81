//! An article after an edit: what is shown, searched and exported of it from now on.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::model::{Article, ArticleId, Prominence};
use crate::store::StoreError;
use crate::store::columns::Json;
use crate::store::mentions::insert_mentions;
use crate::store::packed::pack;

/// What an article says after an edit.
#[derive(Debug, Clone)]
pub struct Rewritten {
    /// The article.
    pub article: Article,
    /// By what it was read.
    pub epoch: String,
    /// By what its words are told from those of others; nothing where they are too few, or where it is a page.
    pub content_hash: Option<[u8; 32]>,
    /// The tracked entities it mentions now.
    pub entities: Vec<Prominence>,
    /// Its headline in the form that search compares.
    pub search_title: String,
    /// Its text in the form that search compares.
    pub search_body: String,
}

/// Puts the new text in the place of the old one; the versions keep both. Words that another article has already are left to that
/// one, and an article that was never known by its words is not known by them now.
pub(super) fn rewrite(connection: &Connection, id: ArticleId, new: &Rewritten) -> Result<(), StoreError> {
    let seq: Option<i64> = connection
        .prepare_cached(
            "UPDATE article SET title = ?6, document = '', packed = ?2, verdict = ?3, epoch = ?4, \
               content_hash = CASE WHEN content_hash IS NULL \
                 OR EXISTS (SELECT 1 FROM article AS other WHERE other.content_hash = ?5 AND other.id <> ?1) THEN NULL ELSE ?5 END \
             WHERE id = ?1 RETURNING seq",
        )?
        .query_row(
            params![id, pack(&new.article)?, Json(new.article.verdict), new.epoch, new.content_hash, new.article.title],
            |row| row.get(0),
        )
        .optional()?;
    let Some(seq) = seq else { return Ok(()) };
    // One statement, because each one makes the index write what it has gathered.
    connection
        .prepare_cached("INSERT OR REPLACE INTO article_search (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, new.search_title, new.search_body])?;
    connection.prepare_cached("DELETE FROM mention WHERE article_id = ?1")?.execute([id])?;
    insert_mentions(connection, id, &new.entities)?;
    Ok(())
}
