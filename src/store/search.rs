//! The full-text index and what narrows a search: by time, entity, source. Newest first, and never more is looked at than that takes.

mod question;
mod start;

use rusqlite::params_from_iter;

use super::{Store, StoreError};
use crate::model::{ArticleId, Timestamp};
use question::question;

/// What articles are searched for. Phrases are words in the form that the index compares, with spaces between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Of each group one must stand in the article.
    pub wanted: Vec<Vec<Phrase>>,
    /// None may stand in it.
    pub unwanted: Vec<Phrase>,
    /// Of each group one entity must be mentioned.
    pub entities: Vec<Vec<String>>,
    /// None may be mentioned.
    pub without_entities: Vec<String>,
    /// One of them must have brought it; empty: any.
    pub sources: Vec<String>,
    /// None may have brought it.
    pub without_sources: Vec<String>,
    /// It was filed then or later.
    pub since: Option<Timestamp>,
    /// It was filed before.
    pub until: Option<Timestamp>,
}

/// Words that stand one behind the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// In title or text.
    Anywhere(String),
    /// In the title.
    InTitle(String),
}

/// An article that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its identity.
    pub id: ArticleId,
    /// Its place in the order of filing; a search goes on before it.
    pub seq: i64,
}

impl Store {
    /// Up to `limit` articles before the place `before`, newest first.
    pub async fn search(&self, search: Search, before: i64, limit: usize) -> Result<Vec<Found>, StoreError> {
        self.read(move |connection| {
            let question = question(connection, &search, before)?;
            let sql = format!(
                "SELECT article.id, article.seq FROM {} WHERE {} ORDER BY {} DESC LIMIT {}",
                question.from,
                question.conditions.join(" AND "),
                question.order,
                i64::try_from(limit).unwrap_or(i64::MAX)
            );
            let found = |row: &rusqlite::Row<'_>| Ok(Found { id: row.get(0)?, seq: row.get(1)? });
            connection.prepare(&sql)?.query_map(params_from_iter(question.values), found)?.collect()
        })
        .await
    }

    /// The names of all sources that were ever watched.
    pub async fn source_names(&self) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT name FROM source ORDER BY name")?
                .query_map([], |row| row.get(0))?
                .collect()
        })
        .await
    }
}

impl Phrase {
    fn words(&self) -> &str {
        match self {
            Self::Anywhere(words) | Self::InTitle(words) => words,
        }
    }

    /// In quotes, so that nothing in it is an operator.
    fn quoted(&self) -> String {
        let quoted = |words: &str| format!("\"{}\"", words.replace('"', " "));
        match self {
            Self::Anywhere(words) => quoted(words),
            Self::InTitle(words) => format!("title : {}", quoted(words)),
        }
    }
}
