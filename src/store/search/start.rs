//! Where a search begins: at the smallest set that holds all that is looked for, or at the words, whichever is less work.

use rusqlite::{Connection, params};

use super::set::Set;
use super::span::Span;
use super::{Phrase, Search};

/// So many places are gathered in a millisecond or two. Of a larger set enough are met soon on any other way.
const FEW: i64 = 10_000;

/// So many of the latest articles tell how frequent words are.
const SAMPLE: i64 = 256;

/// What an article costs on the way through the index of words, where it holds the words: measured among a million, in tenths of a
/// microsecond …
const MET: f64 = 1.0;
/// … where its words have to be compared for phrases …
const MET_FOR_PHRASES: f64 = 7.0;
/// … and what looking up one word of one article does.
const LOOKED_UP: f64 = 1_500.0;

/// Where a search begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At the newest article.
    Articles,
    /// At the newest that holds the words.
    Words,
    /// At the newest of a set. Words are looked up for one after the other.
    Set(Set),
}

/// How a search goes.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) start: Start,
    pub(super) span: Span,
    /// The sets that are asked for, and whether they are small enough to be gathered.
    pub(super) sets: Vec<(Set, bool)>,
}

/// The way that is least work.
pub(super) fn plan(
    connection: &Connection,
    search: &Search,
    (span, limit): (Span, usize),
) -> rusqlite::Result<Plan> {
    let mut sets = Vec::new();
    let mut smallest = None;
    for set in Set::all(search) {
        let size = set.size(connection, (search, span), FEW)?;
        sets.push((set, size <= FEW));
        if smallest.is_none_or(|(least, _)| size < least) {
            smallest = Some((size, set));
        }
    }
    let start = match smallest {
        Some((_, set)) if search.wanted.is_empty() => Start::Set(set),
        Some((size, set)) if are_looked_up(connection, search, (span, size, limit))? => Start::Set(set),
        None if search.wanted.is_empty() => Start::Articles,
        _ => Start::Words,
    };
    Ok(Plan { start, span, sets })
}

/// Whether it is less work to look the words up for each of `size` articles, until `limit` are found, than to go through the index of words
/// until so many of its articles are of that set. Both are told from the latest articles.
fn are_looked_up(
    connection: &Connection,
    search: &Search,
    (span, size, limit): (Span, i64, usize),
) -> rusqlite::Result<bool> {
    if size > FEW {
        return Ok(false);
    }
    let (size, limit, articles) = (size as f64, limit as f64, span.len().max(1) as f64);
    let has_phrase = phrases(search).any(|phrase| phrase.words().contains(' '));
    let with_words = share(connection, &frequency(search, Phrase::each_word), span)?;
    let with_phrases =
        if has_phrase { share(connection, &frequency(search, Phrase::quoted), span)? } else { with_words };
    let looked_up = size.min(limit / with_phrases);
    let gone_through = articles * (limit / (with_phrases * size)).min(1.0);
    let words = phrases(search).flat_map(|phrase| phrase.words().split(' ')).count() as f64;
    let met = if has_phrase { MET_FOR_PHRASES } else { MET };
    Ok(looked_up * words * LOOKED_UP < gone_through * with_words * met)
}

fn phrases(search: &Search) -> impl Iterator<Item = &Phrase> {
    search.wanted.iter().flatten()
}

/// What is wanted, in the language of the index, with each phrase as `each` has it.
fn frequency(search: &Search, each: impl Fn(&Phrase) -> String) -> String {
    let group = |group: &Vec<Phrase>| {
        let phrases: Vec<String> = group.iter().map(|phrase| format!("({})", each(phrase))).collect();
        format!("({})", phrases.join(" OR "))
    };
    search.wanted.iter().map(group).collect::<Vec<_>>().join(" AND ")
}

/// The share of the latest articles that the index finds for an expression; never nothing, because earlier ones may be.
fn share(connection: &Connection, expression: &str, span: Span) -> rusqlite::Result<f64> {
    // From the first on: to the last of its articles the index comes by itself, to one in the middle only step by step.
    let count = format!(
        "SELECT count(*) FROM article_search WHERE article_search MATCH ?1 AND {}",
        span.latest(SAMPLE).holds("rowid")
    );
    let found: i64 = connection.prepare(&count)?.query_row(params![expression], |row| row.get(0))?;
    Ok((found as f64).max(0.5) / SAMPLE as f64)
}
