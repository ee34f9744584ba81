//! Whether an article is filed already.

use rusqlite::{Connection, OptionalExtension, Row};

use super::ingest::Filing;
use super::keys::address_hash;
use crate::model::ArticleId;

/// How a filed article is known to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SameBy {
    Address,
    Words,
}

/// The article that this one is, its place in the order of filing, and by what. The text of a watched page at its address is another.
pub(super) fn find_same(
    connection: &Connection,
    filing: &Filing,
) -> rusqlite::Result<Option<(ArticleId, i64, SameBy)>> {
    let by = |same: SameBy| move |row: &Row<'_>| Ok((row.get("id")?, row.get("seq")?, same));
    let mut by_url = connection.prepare_cached(
        "SELECT id, seq FROM article_address JOIN article ON seq = article_seq WHERE address_hash = ?1 \
         AND NOT EXISTS (SELECT 1 FROM tracked WHERE tracked.article_id = article.id AND kind = 'page')",
    )?;
    for key in &filing.url_keys {
        let found = by_url.query_row([address_hash(key)], by(SameBy::Address)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let Some(hash) = filing.content_hash else { return Ok(None) };
    let mut by_content = connection.prepare_cached("SELECT id, seq FROM article WHERE content_hash = ?1")?;
    by_content.query_row([hash], by(SameBy::Words)).optional()
}
