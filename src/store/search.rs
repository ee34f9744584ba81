//! Full-text search over filed articles, newest first.

use rusqlite::params;

use super::articles::{StoredArticle, stored};
use super::{Store, StoreError};

impl Store {
    /// Up to `limit` articles that hold every one of `phrases`, newest first. Phrases stand in the form that search
    /// compares; a phrase of several words must stand in this order.
    pub async fn search(&self, phrases: Vec<String>, limit: usize) -> Result<Vec<StoredArticle>, StoreError> {
        let query = match_expression(&phrases);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT article.id, seq, source.name AS source, first_seen_at, content_hash, epoch, coalesce(packed, document) AS document \
                 FROM article_search JOIN article ON article.seq = article_search.rowid JOIN source ON source.id = article.source_id \
                 WHERE article_search MATCH ?1 ORDER BY article_search.rowid DESC LIMIT ?2",
            )?;
            statement.query_map(params![query, limit as i64], stored)?.collect()
        })
        .await
    }
}

/// Each phrase quoted, so that nothing in it is an operator.
fn match_expression(phrases: &[String]) -> String {
    let worded = |phrase: &&String| phrase.chars().any(char::is_alphanumeric);
    let quoted: Vec<String> =
        phrases.iter().filter(worded).map(|phrase| format!("\"{}\"", phrase.replace('"', " "))).collect();
    quoted.join(" AND ")
}
