//! The full-text index and what narrows a search: by time, entity, source. Newest first, and never more is looked at than that takes.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::columns::Json;
use super::{Store, StoreError};
use crate::model::{ArticleId, Timestamp};

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

/// A set of so few articles is gone through one by one; a larger one is met soon enough on the way through the index.
const FEW: usize = 1_500;
/// Articles of one moment may be filed in any order, but no more of them.
const OUT_OF_ORDER: i64 = 1_000;

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

/// A question while it is put together.
#[derive(Default)]
struct Question {
    from: String,
    order: &'static str,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Question {
    /// The place of a value in the question.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn bind_names(&mut self, names: &[String]) -> String {
        let place = self.bind(serde_json::Value::from(names).to_string());
        format!("(SELECT value FROM json_each({place}))")
    }

    fn ask(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    /// The articles whose identities this finds are gone through.
    fn begin_at_few(&mut self, identities: &str, search: &Search) {
        let few = format!("(SELECT DISTINCT article_id FROM {identities}) AS few");
        self.from = format!("{few} CROSS JOIN article ON article.id = few.article_id");
        self.order = "article.seq";
        if !search.wanted.is_empty() {
            self.from += " CROSS JOIN article_search ON article_search.rowid = article.seq";
        }
    }
}

/// Where a search begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// At the newest article.
    Articles,
    /// At the newest that holds the words.
    Words,
    /// At the newest that mentions the first entity.
    Entity,
    /// At the few that mention one of the first entities.
    FewOfEntity,
    /// At the few of the sources.
    FewOfSource,
}

fn question(connection: &Connection, search: &Search, before: i64) -> rusqlite::Result<Question> {
    let start = start(connection, search)?;
    let mut question = Question::default();
    begin(&mut question, search, start);
    // Of the index only the part is read that is asked for.
    let place = if start == Start::Words { "article_search.rowid" } else { "article.seq" };
    let before = question.bind(before);
    question.ask(format!("{place} < {before}"));
    limit_time(connection, &mut question, search, place)?;
    ask_words(&mut question, search);
    ask_names(&mut question, search);
    Ok(question)
}

/// The smallest set that holds all that is looked for, as far as that is cheap to tell.
fn start(connection: &Connection, search: &Search) -> rusqlite::Result<Start> {
    let are_few = |sql: &str, names: &[String]| -> rusqlite::Result<bool> {
        let count = format!("SELECT count(*) FROM ({sql} LIMIT {})", FEW + 1);
        let count: i64 = connection.prepare_cached(&count)?.query_row([Json(names)], |row| row.get(0))?;
        Ok(usize::try_from(count).is_ok_and(|count| count <= FEW))
    };
    let names = "(SELECT value FROM json_each(?1))";
    if let Some(first) = search.entities.first() {
        if are_few(&format!("SELECT 1 FROM mention WHERE entity IN {names}"), first)? {
            return Ok(Start::FewOfEntity);
        }
        if search.wanted.is_empty() && first.len() == 1 {
            return Ok(Start::Entity);
        }
    }
    let listed = format!("SELECT 1 FROM entry WHERE source_id IN {}", sources_of(names));
    if !search.sources.is_empty() && are_few(&listed, &search.sources)? {
        return Ok(Start::FewOfSource);
    }
    Ok(if search.wanted.is_empty() { Start::Articles } else { Start::Words })
}

fn sources_of(names: &str) -> String {
    format!("(SELECT id FROM source WHERE name IN {names})")
}

fn begin(question: &mut Question, search: &Search, start: Start) {
    let first = search.entities.first().map(Vec::as_slice).unwrap_or_default();
    match start {
        Start::Articles => {
            question.from.push_str("article");
            question.order = "article.seq";
        }
        Start::Words => {
            question.from.push_str("article_search CROSS JOIN article ON article.seq = article_search.rowid");
            question.order = "article_search.rowid";
        }
        Start::Entity => {
            question.from.push_str("mention AS named CROSS JOIN article ON article.id = named.article_id");
            question.order = "named.article_id";
            let name = question.bind(first.first().cloned().unwrap_or_default());
            question.ask(format!("named.entity = {name}"));
            if let Some(since) = search.since {
                let id = question.bind(ArticleId::first_of(since).as_bytes().to_vec());
                question.ask(format!("named.article_id >= {id}"));
            }
        }
        Start::FewOfEntity => {
            let names = question.bind_names(first);
            question.begin_at_few(&format!("mention WHERE entity IN {names}"), search);
        }
        Start::FewOfSource => {
            let sources = sources_of(&question.bind_names(&search.sources));
            // A watched page lists no entries; it is one.
            let listed = format!(
                "(SELECT id AS article_id FROM entry JOIN article ON article.seq = entry.article_seq \
                 WHERE entry.source_id IN {sources} \
                 UNION ALL SELECT article_id FROM tracked WHERE kind = 'page' AND source_id IN {sources})"
            );
            question.begin_at_few(&listed, search);
        }
    }
}

/// Articles stand nearly in the order of time: what lies well before `since` or behind `until` is not looked at.
fn limit_time(
    connection: &Connection,
    question: &mut Question,
    search: &Search,
    place: &str,
) -> rusqlite::Result<()> {
    let mut first = connection
        .prepare_cached("SELECT seq FROM article WHERE first_seen_at >= ?1 ORDER BY first_seen_at LIMIT 1")?;
    let mut seq_of = |at: Timestamp| -> rusqlite::Result<i64> {
        Ok(first.query_row([at], |row| row.get(0)).optional()?.unwrap_or(i64::MAX - OUT_OF_ORDER))
    };
    if let Some(since) = search.since {
        let (floor, at) = (seq_of(since)?.saturating_sub(OUT_OF_ORDER), question.bind(since.micros()));
        let floor = question.bind(floor);
        question.ask(format!("{place} >= {floor} AND article.first_seen_at >= {at}"));
    }
    if let Some(until) = search.until {
        let (ceiling, at) = (seq_of(until)?.saturating_add(OUT_OF_ORDER), question.bind(until.micros()));
        let ceiling = question.bind(ceiling);
        question.ask(format!("{place} < {ceiling} AND article.first_seen_at < {at}"));
    }
    Ok(())
}

fn ask_words(question: &mut Question, search: &Search) {
    let any = |phrases: &[Phrase]| phrases.iter().map(Phrase::quoted).collect::<Vec<_>>().join(" OR ");
    let unwanted = any(&search.unwanted);
    if !search.wanted.is_empty() {
        let groups: Vec<String> = search.wanted.iter().map(|group| format!("({})", any(group))).collect();
        let mut expression = groups.join(" AND ");
        if !unwanted.is_empty() {
            expression = format!("({expression}) NOT ({unwanted})");
        }
        let expression = question.bind(expression);
        question.ask(format!("article_search MATCH {expression}"));
    } else if !unwanted.is_empty() {
        let expression = question.bind(unwanted);
        question.ask(format!(
            "NOT EXISTS (SELECT 1 FROM article_search AS unwanted WHERE unwanted.article_search MATCH {expression} AND unwanted.rowid = article.seq)"
        ));
    }
}

fn ask_names(question: &mut Question, search: &Search) {
    for group in &search.entities {
        let names = question.bind_names(group);
        question.ask(format!(
            "EXISTS (SELECT 1 FROM mention WHERE article_id = article.id AND entity IN {names})"
        ));
    }
    if !search.without_entities.is_empty() {
        let names = question.bind_names(&search.without_entities);
        question.ask(format!(
            "NOT EXISTS (SELECT 1 FROM mention WHERE article_id = article.id AND entity IN {names})"
        ));
    }
    for (names, sign) in [(&search.sources, ""), (&search.without_sources, "NOT ")] {
        if !names.is_empty() {
            let names = question.bind_names(names);
            question.ask(format!(
                "{sign}EXISTS (SELECT 1 FROM article_source WHERE article_id = article.id \
                 AND source_id IN (SELECT id FROM source WHERE name IN {names}))"
            ));
        }
    }
}

impl Phrase {
    /// In quotes, so that nothing in it is an operator.
    fn quoted(&self) -> String {
        let quoted = |words: &str| format!("\"{}\"", words.replace('"', " "));
        match self {
            Self::Anywhere(words) => quoted(words),
            Self::InTitle(words) => format!("title : {}", quoted(words)),
        }
    }
}
