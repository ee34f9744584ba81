//! A search as one SQL statement.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};

use super::start::{Set, Start, start};
use super::{Phrase, Search};
use crate::model::{ArticleId, Timestamp};

/// Articles of one moment may be filed in any order, but no more of them.
const OUT_OF_ORDER: i64 = 1_000;

/// A question while it is put together.
#[derive(Default)]
pub(super) struct Question {
    pub(super) from: &'static str,
    pub(super) order: &'static str,
    pub(super) conditions: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Question {
    /// The place of a value in the question.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn bind_names(&mut self, names: &[String]) -> String {
        let place = self.bind(serde_json::Value::from(names).to_string());
        names_in(&place)
    }

    fn ask(&mut self, condition: String) {
        self.conditions.push(condition);
    }
}

fn names_in(place: &str) -> String {
    format!("(SELECT value FROM json_each({place}))")
}

/// The places of the articles that mention one of these entities.
pub(super) fn naming(names: &str) -> String {
    format!(
        "SELECT article.seq FROM mention CROSS JOIN article ON article.id = mention.article_id WHERE entity IN {names}"
    )
}

/// The places of the articles that one of these sources brought. A watched page lists no entries; it is one.
pub(super) fn brought_by(names: &str) -> String {
    let sources = format!("(SELECT id FROM source WHERE name IN {names})");
    format!(
        "SELECT article_seq FROM entry WHERE source_id IN {sources} AND article_seq IS NOT NULL UNION ALL \
         SELECT article.seq FROM tracked CROSS JOIN article ON article.id = tracked.article_id \
         WHERE kind = 'page' AND tracked.source_id IN {sources}"
    )
}

/// What is asked of the articles before the place `before`.
pub(super) fn question(connection: &Connection, search: &Search, before: i64) -> rusqlite::Result<Question> {
    let start = start(connection, search)?;
    let mut question = Question::default();
    begin(&mut question, search, start);
    let before = question.bind(before);
    let place = if question.order == WORDS { WORDS } else { ARTICLE };
    question.ask(format!("{place} < {before}"));
    limit_time(connection, &mut question, search, place)?;
    ask_words(&mut question, search);
    ask_names(&mut question, search, start);
    Ok(question)
}

/// Of the index only the part is read that is asked for.
const WORDS: &str = "article_search.rowid";
const ARTICLE: &str = "article.seq";

fn begin(question: &mut Question, search: &Search, start: Start) {
    (question.from, question.order) = match start {
        Start::Articles => ("article", ARTICLE),
        Start::Words | Start::WordsAmong(_) => {
            ("article_search CROSS JOIN article ON article.seq = article_search.rowid", WORDS)
        }
        Start::Entity => {
            ("mention AS named CROSS JOIN article ON article.id = named.article_id", "named.article_id")
        }
        Start::Few(_) if search.wanted.is_empty() => ("article", ARTICLE),
        Start::Few(_) => ("article CROSS JOIN article_search ON article_search.rowid = article.seq", ARTICLE),
    };
    match start {
        Start::Articles | Start::Words => {}
        Start::Entity => begin_at_entity(question, search),
        Start::Few(set) => {
            let places = set.places(&question.bind_names(set.names(search)));
            question.ask(format!("article.seq IN ({places})"));
        }
        Start::WordsAmong(set) => {
            let places = set.places(&question.bind_names(set.names(search)));
            // The plus keeps SQLite from looking each of them up in the index of words.
            question.ask(format!("+article_search.rowid IN ({places})"));
        }
    }
}

fn begin_at_entity(question: &mut Question, search: &Search) {
    let first = search.entities.first().and_then(|group| group.first());
    let name = question.bind(first.cloned().unwrap_or_default());
    question.ask(format!("named.entity = {name}"));
    if let Some(since) = search.since {
        let id = question.bind(ArticleId::first_of(since).as_bytes().to_vec());
        question.ask(format!("named.article_id >= {id}"));
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

fn ask_names(question: &mut Question, search: &Search, start: Start) {
    // What an article was found by need not be asked again.
    let is_known = |place: usize| matches!(start.set(), Some(Set::OfEntities(known)) if known == place);
    for (_, group) in search.entities.iter().enumerate().filter(|(place, _)| !is_known(*place)) {
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
