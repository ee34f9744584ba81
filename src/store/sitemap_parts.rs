//! The sitemaps that a source's sitemap leads to: when each was read, and as what.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};

use super::{Store, StoreError};
use crate::model::{SourceId, Timestamp};

/// What is known of a sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapPart {
    /// Its address.
    pub url: String,
    /// When it was changed, in the words of its index, as it was last read to its end.
    pub lastmod: Option<String>,
    /// Whether it was there when the source was first polled and has not been read to its end since, so that what it lists
    /// is no news.
    pub baseline: bool,
    /// When it was last asked for; the first instant of 1970 where it never was.
    pub tried_at: Timestamp,
    /// `ETag` of the answer that was read to its end.
    pub etag: Option<String>,
    /// `Last-Modified` of that answer.
    pub last_modified: Option<String>,
    /// SHA-256 of its body.
    pub body_hash: Option<[u8; 32]>,
}

impl Store {
    /// All sitemaps known of a source, by address.
    pub async fn sitemap_parts(&self, source: SourceId) -> Result<HashMap<String, SitemapPart>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT url, lastmod, baseline, tried_at, etag, last_modified, body_hash FROM sitemap_part WHERE source_id = ?1",
            )?;
            let parts = statement.query_map([source], part)?;
            parts.map(|part| part.map(|part| (part.url.clone(), part))).collect()
        })
        .await
    }
}

/// Records what a poll learnt of sitemaps.
pub(super) fn keep_parts(
    connection: &Connection,
    source: SourceId,
    parts: &[SitemapPart],
) -> Result<(), StoreError> {
    let mut keep = connection.prepare_cached(
        "INSERT INTO sitemap_part (source_id, url, lastmod, baseline, tried_at, etag, last_modified, body_hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
         ON CONFLICT (source_id, url) DO UPDATE SET lastmod = excluded.lastmod, baseline = excluded.baseline, \
           tried_at = excluded.tried_at, etag = excluded.etag, last_modified = excluded.last_modified, body_hash = excluded.body_hash",
    )?;
    for part in parts {
        keep.execute(params![
            source,
            part.url,
            part.lastmod,
            part.baseline,
            part.tried_at,
            part.etag,
            part.last_modified,
            part.body_hash,
        ])?;
    }
    Ok(())
}

fn part(row: &Row<'_>) -> rusqlite::Result<SitemapPart> {
    Ok(SitemapPart {
        url: row.get("url")?,
        lastmod: row.get("lastmod")?,
        baseline: row.get("baseline")?,
        tried_at: row.get("tried_at")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        body_hash: row.get("body_hash")?,
    })
}
