//! Articles chosen for readers outside: by entity, by whether they alerted, newest first.

use rusqlite::{Row, params};

use super::articles::{StoredArticle, stored};
use super::columns::Json;
use super::{Store, StoreError};
use crate::model::Timestamp;

/// Which articles are chosen.
#[derive(Debug, Clone)]
pub struct Selection {
    /// Only those filed since then.
    pub since: Timestamp,
    /// Only those that mention one of these; all where it is empty.
    pub entities: Vec<String>,
    /// Whether they must have raised an alert.
    pub raised: Raised,
    /// At most so many.
    pub limit: usize,
}

/// Whether articles must have raised an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    /// It does not matter.
    Any,
    /// They must.
    Alert,
}

/// An article, what it mentions and what it raised.
#[derive(Debug, Clone)]
pub struct Selected {
    /// The article.
    pub stored: StoredArticle,
    /// The entities it mentions, the most frequent first.
    pub entities: Vec<String>,
    /// The alerts it raised.
    pub alerts: Vec<String>,
}

impl Store {
    /// The articles of a selection, newest first.
    pub async fn select_articles(&self, selection: Selection) -> Result<Vec<Selected>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT article.id, seq, source.name AS source, first_seen_at, content_hash, epoch, coalesce(packed, document) AS document, \
                   (SELECT json_group_array(entity) FROM (SELECT entity FROM mention WHERE article_id = article.id ORDER BY count DESC, entity)) AS entities, \
                   (SELECT json_group_array(rule) FROM (SELECT DISTINCT rule FROM alert WHERE article_id = article.id ORDER BY rule)) AS alerts \
                 FROM article JOIN source ON source.id = article.source_id \
                 WHERE first_seen_at >= ?1 \
                   AND (?2 = 0 OR EXISTS (SELECT 1 FROM alert WHERE article_id = article.id)) \
                   AND (?3 = '[]' OR EXISTS (SELECT 1 FROM mention WHERE article_id = article.id AND entity IN (SELECT value FROM json_each(?3)))) \
                 ORDER BY seq DESC LIMIT ?4",
            )?;
            let Selection { since, entities, raised, limit } = selection;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let wanted = params![since, raised == Raised::Alert, Json(entities), limit];
            statement.query_map(wanted, selected)?.collect()
        })
        .await
    }
}

fn selected(row: &Row<'_>) -> rusqlite::Result<Selected> {
    let (Json(entities), Json(alerts)) = (row.get("entities")?, row.get("alerts")?);
    Ok(Selected { stored: stored(row)?, entities, alerts })
}
