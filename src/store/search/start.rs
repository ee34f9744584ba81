//! Where a search begins: at the smallest set that holds all that is looked for, as far as that is cheap to tell.

use rusqlite::{Connection, params};

use super::question::{brought_by, naming};
use super::{Phrase, Search};
use crate::store::columns::Json;

/// A larger set of articles is met soon enough on the way through the index, from the newest on.
const FEW: i64 = 3_000;
/// Articles that are looked up one by one in the index of words, where the words are none that hardly any article has: each takes a
/// tenth of a millisecond …
const LOOKED_UP: i64 = 64;
/// … and for phrases more of them, because each article with their words costs the way through the index as much.
const LOOKED_UP_FOR_PHRASES: i64 = 1_500;
/// A word in fewer articles than this makes the way through the index short.
const RARE: i64 = 1_000;

/// Where a search begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// At the newest article.
    Articles,
    /// At the newest that holds the words.
    Words,
    /// At the newest that mentions the first entity.
    Entity,
    /// At the newest of few.
    Few(Set),
    /// At the newest of few that holds the words, on the way through the index of words.
    WordsAmong(Set),
}

/// A set of articles that all that are looked for are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Those that mention one of this group of entities.
    OfEntities(usize),
    /// Those of the sources.
    OfSources,
}

impl Set {
    pub(super) fn names(self, search: &Search) -> &[String] {
        match self {
            Self::OfEntities(group) => search.entities.get(group).map(Vec::as_slice).unwrap_or_default(),
            Self::OfSources => &search.sources,
        }
    }

    /// The question for their places, given how their names are bound.
    pub(super) fn places(self, names: &str) -> String {
        match self {
            Self::OfEntities(_) => naming(names),
            Self::OfSources => brought_by(names),
        }
    }

    /// How many there are, but not more than one beyond `FEW`.
    fn size(self, connection: &Connection, search: &Search) -> rusqlite::Result<i64> {
        let names = "(SELECT value FROM json_each(?1))";
        let each = match self {
            Self::OfEntities(_) => format!("SELECT 1 FROM mention WHERE entity IN {names}"),
            Self::OfSources => {
                format!(
                    "SELECT 1 FROM entry WHERE source_id IN (SELECT id FROM source WHERE name IN {names})"
                )
            }
        };
        let count = format!("SELECT count(*) FROM ({each} LIMIT {})", FEW + 1);
        let mut count = connection.prepare_cached(&count)?;
        count.query_row([Json(self.names(search))], |row| row.get(0))
    }
}

impl Start {
    /// The set whose articles are gone through.
    pub(super) fn set(self) -> Option<Set> {
        match self {
            Self::Few(set) | Self::WordsAmong(set) => Some(set),
            Self::Articles | Self::Words | Self::Entity => None,
        }
    }
}

/// Where to begin.
pub(super) fn start(connection: &Connection, search: &Search) -> rusqlite::Result<Start> {
    let groups = (0..search.entities.len()).map(Set::OfEntities);
    let sources = (!search.sources.is_empty()).then_some(Set::OfSources);
    let mut smallest = None;
    for set in groups.chain(sources) {
        let size = set.size(connection, search)?;
        if size <= FEW && smallest.is_none_or(|(least, _)| size < least) {
            smallest = Some((size, set));
        }
    }
    Ok(match smallest {
        Some((_, set)) if search.wanted.is_empty() => Start::Few(set),
        Some((size, set)) if are_looked_up(connection, search, size)? => Start::Few(set),
        Some((_, set)) => Start::WordsAmong(set),
        None if !search.wanted.is_empty() => Start::Words,
        None if search.entities.first().is_some_and(|group| group.len() == 1) => Start::Entity,
        None => Start::Articles,
    })
}

/// Whether the words are looked up for each of so many articles, and not the articles on the way through the words.
fn are_looked_up(connection: &Connection, search: &Search, size: i64) -> rusqlite::Result<bool> {
    if size <= LOOKED_UP {
        return Ok(true);
    }
    let has_phrase = search.wanted.iter().flatten().any(|phrase| phrase.words().contains(' '));
    Ok(has_phrase && size <= LOOKED_UP_FOR_PHRASES && !is_rare(connection, search)?)
}

/// Whether hardly any article holds what is wanted, because of one word of it.
fn is_rare(connection: &Connection, search: &Search) -> rusqlite::Result<bool> {
    for group in &search.wanted {
        let mut all_are = true;
        for phrase in group {
            all_are = all_are && has_rare_word(connection, phrase)?;
        }
        if all_are {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_rare_word(connection: &Connection, phrase: &Phrase) -> rusqlite::Result<bool> {
    let mut count = connection.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM article_search WHERE article_search MATCH ?1 LIMIT ?2)",
    )?;
    for word in phrase.words().split(' ') {
        let quoted = Phrase::Anywhere(word.to_owned()).quoted();
        let there: i64 = count.query_row(params![quoted, RARE], |row| row.get(0))?;
        if there < RARE {
            return Ok(true);
        }
    }
    Ok(false)
}
