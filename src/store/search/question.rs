//! A search as one SQL statement that yields the places of articles in the order of filing, the newest first.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::set::{is_brought, mentions};
use super::span::Span;
use super::start::{Plan, Start, plan};
use super::{Phrase, Search};

/// A question, and what is asked of each article that it yields.
pub(super) struct Question {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
    pub(super) check: Option<Check>,
}

/// Words that are looked up for one article after the other.
pub(super) struct Check {
    pub(super) expression: String,
    pub(super) is_wanted: bool,
}

/// What stands in the question's places for values.
#[derive(Default)]
pub(super) struct Values(pub(super) Vec<Value>);

impl Values {
    /// The place of a value in the question.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }

    /// The test for one of several names.
    pub(super) fn one_of(&mut self, names: &[String]) -> String {
        let names = self.bind(serde_json::Value::from(names).to_string());
        format!("IN (SELECT value FROM json_each({names}))")
    }
}

/// What is asked of the articles of a part of the order of filing, of which `limit` are wanted.
pub(super) fn question(
    connection: &Connection,
    search: &Search,
    (span, limit): (Span, usize),
) -> rusqlite::Result<Question> {
    let plan = plan(connection, search, (span, limit))?;
    let mut values = Values::default();
    let filters = filters(&mut values, search, &plan);
    let conditions = |place: &str| {
        let filters = filters.iter().map(|filter| filter.replace(PLACE, place));
        [span.holds(place)].into_iter().chain(filters).collect::<Vec<_>>().join(" AND ")
    };
    let places = match plan.start {
        Start::Articles => format!("SELECT seq AS place FROM article WHERE {}", conditions("article.seq")),
        Start::Words => {
            let expression = values.bind(wanted(search));
            let conditions = conditions("article_search.rowid");
            format!(
                "SELECT rowid AS place FROM article_search WHERE article_search MATCH {expression} AND {conditions}"
            )
        }
        Start::Set(set) => set.places(search, &mut values, conditions),
    };
    let sql = format!("{places} ORDER BY place DESC");
    Ok(Question { sql, values: values.0, check: check(search, plan.start) })
}

/// Stands for what a place is called.
const PLACE: &str = "{place}";

/// What is asked besides what the search begins with.
fn filters(values: &mut Values, search: &Search, plan: &Plan) -> Vec<String> {
    let mut filters = Vec::new();
    for (set, is_small) in &plan.sets {
        if plan.start == Start::Set(*set) {
            continue;
        }
        filters.push(if *is_small && plan.start == Start::Words {
            let places = set.places(search, values, |place| plan.span.holds(place));
            // The plus keeps SQLite from looking each of them up in the index of words.
            format!("+{PLACE} IN ({places})")
        } else {
            set.holds(search, values, PLACE)
        });
    }
    if !search.without_entities.is_empty() {
        let names = values.one_of(&search.without_entities);
        filters.push(format!("NOT {}", mentions(&names, PLACE)));
    }
    if !search.without_sources.is_empty() {
        let names = values.one_of(&search.without_sources);
        filters.push(format!("NOT {}", is_brought(&names, PLACE)));
    }
    filters
}

fn any(phrases: &[Phrase]) -> String {
    phrases.iter().map(Phrase::quoted).collect::<Vec<_>>().join(" OR ")
}

/// The words in the language of the index.
fn wanted(search: &Search) -> String {
    let groups: Vec<String> = search.wanted.iter().map(|group| format!("({})", any(group))).collect();
    let wanted = groups.join(" AND ");
    if search.unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({})", any(&search.unwanted)) }
}

/// What has to be looked up for each article, given where the search begins.
fn check(search: &Search, start: Start) -> Option<Check> {
    if start == Start::Words {
        return None;
    }
    if !search.wanted.is_empty() {
        return Some(Check { expression: wanted(search), is_wanted: true });
    }
    (!search.unwanted.is_empty()).then(|| Check { expression: any(&search.unwanted), is_wanted: false })
}
