//! The articles of an entity or a source, by their places in the order of filing. An index holds them in that order.

use rusqlite::{Connection, params_from_iter};

use super::Search;
use super::question::Values;
use super::span::Span;

/// Of so many names each one's articles are met in their order; those of more are sorted.
const MERGED: usize = 16;

/// A set of articles that all that are looked for are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Those that mention one of this group of entities.
    OfEntities(usize),
    /// Those that one of the sources brought.
    OfSources,
}

impl Set {
    /// All that a search asks for.
    pub(super) fn all(search: &Search) -> impl Iterator<Item = Self> {
        let sources = (!search.sources.is_empty()).then_some(Self::OfSources);
        (0..search.entities.len()).map(Self::OfEntities).chain(sources)
    }

    fn names(self, search: &Search) -> &[String] {
        match self {
            Self::OfEntities(group) => search.entities.get(group).map(Vec::as_slice).unwrap_or_default(),
            Self::OfSources => &search.sources,
        }
    }

    /// The question for its places. `conditions` says what else is asked of a place, given what it is called.
    pub(super) fn places(
        self,
        search: &Search,
        values: &mut Values,
        conditions: impl Fn(&str) -> String,
    ) -> String {
        let names = self.names(search);
        let names: Vec<String> = if names.len() > MERGED {
            vec![values.one_of(names)]
        } else {
            names.iter().map(|name| format!("= {}", values.bind(name.clone()))).collect()
        };
        let each: Vec<String> = names.iter().map(|names| self.places_of(names, &conditions)).collect();
        each.join(" UNION ")
    }

    fn places_of(self, names: &str, conditions: impl Fn(&str) -> String) -> String {
        let place = conditions("held.article_seq");
        match self {
            Self::OfEntities(_) => format!(
                "SELECT DISTINCT held.article_seq AS place FROM mention AS held INDEXED BY mention_place WHERE entity {names} AND {place}"
            ),
            Self::OfSources => {
                let operator = if names.starts_with('=') { "=" } else { "IN" };
                let of_source = format!("source_id {operator} (SELECT id FROM source WHERE name {names})");
                // A watched page lists no entries; it is one.
                let page = conditions("article.seq");
                format!(
                    "SELECT DISTINCT held.article_seq AS place FROM entry AS held INDEXED BY entry_place WHERE {of_source} AND {place} \
                     UNION SELECT article.seq FROM tracked CROSS JOIN article ON article.id = tracked.article_id \
                     WHERE kind = 'page' AND tracked.{of_source} AND {page}"
                )
            }
        }
    }

    /// How many there are in a part of the order of filing, but not more than one beyond `most`.
    pub(super) fn size(
        self,
        connection: &Connection,
        (search, span): (&Search, Span),
        most: i64,
    ) -> rusqlite::Result<i64> {
        let mut values = Values::default();
        let places = self.places(search, &mut values, |place| span.holds(place));
        let count = format!("SELECT count(*) FROM ({places} LIMIT {})", most + 1);
        connection.prepare(&count)?.query_row(params_from_iter(values.0), |row| row.get(0))
    }

    /// The condition that the article at a place is one of them.
    pub(super) fn holds(self, search: &Search, values: &mut Values, place: &str) -> String {
        let names = values.one_of(self.names(search));
        match self {
            Self::OfEntities(_) => mentions(&names, place),
            Self::OfSources => is_brought(&names, place),
        }
    }
}

/// The condition that the article at a place mentions an entity.
pub(super) fn mentions(names: &str, place: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM mention INDEXED BY mention_place WHERE entity {names} AND article_seq = {place})"
    )
}

/// The condition that a source brought the article at a place.
pub(super) fn is_brought(names: &str, place: &str) -> String {
    let sources = format!("(SELECT id FROM source WHERE name {names})");
    format!(
        "(EXISTS (SELECT 1 FROM entry INDEXED BY entry_place WHERE source_id IN {sources} AND article_seq = {place}) \
         OR EXISTS (SELECT 1 FROM tracked CROSS JOIN article AS page ON page.id = tracked.article_id \
           WHERE kind = 'page' AND tracked.source_id IN {sources} AND page.seq = {place}))"
    )
}
