//! The full-text index and what narrows a search: by time, entity, source. Newest first, and never more is looked at than that takes.

mod question;
mod set;
mod span;
mod start;

use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use super::open::with_more_pages;
use super::{Store, StoreError};
use crate::model::{ArticleId, Timestamp};
use question::question;
use span::Span;
pub(super) use span::first_place;

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
        let ask = move |connection: &Connection| {
            with_more_pages(connection, || found(connection, &search, before, limit))
        };
        self.read(ask).await
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

/// Places are read from indexes; only of those that are shown, or that time may rule out, the article itself is looked at.
fn found(
    connection: &Connection,
    search: &Search,
    before: i64,
    limit: usize,
) -> rusqlite::Result<Vec<Found>> {
    let span = Span::of(connection, search, before)?;
    let question = question(connection, search, (span, limit))?;
    let mut holds = connection
        .prepare_cached("SELECT 1 FROM article_search WHERE article_search MATCH ?1 AND rowid = ?2")?;
    let mut article = connection.prepare_cached(
        "SELECT id FROM article WHERE seq = ?1 AND first_seen_at >= ?2 AND first_seen_at < ?3",
    )?;
    let [since, until] = [(search.since, i64::MIN), (search.until, i64::MAX)]
        .map(|(limit, none)| limit.map_or(none, Timestamp::micros));
    let mut statement = connection.prepare(&question.sql)?;
    let mut places = statement.query(params_from_iter(question.values))?;
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(row) = places.next()?
    {
        let seq: i64 = row.get(0)?;
        if let Some(check) = &question.check
            && holds.exists(params![check.expression, seq])? != check.is_wanted
        {
            continue;
        }
        let id = article.query_row(params![seq, since, until], |row| row.get(0)).optional()?;
        found.extend(id.map(|id| Found { id, seq }));
    }
    Ok(found)
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

    /// Its words, wherever they stand.
    fn each_word(&self) -> String {
        let words = self.words().split(' ').map(|word| Self::Anywhere(word.to_owned()).quoted());
        words.collect::<Vec<_>>().join(" AND ")
    }
}
