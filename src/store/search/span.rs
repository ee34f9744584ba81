//! Which part of the order of filing a search goes through.

use rusqlite::{Connection, OptionalExtension as _};

use super::Search;
use crate::model::Timestamp;

/// Articles of one moment may be filed in any order, but no more of them.
const OUT_OF_ORDER: i64 = 1_000;

/// Places in the order of filing, which is nearly that of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// The first.
    from: i64,
    /// The one behind the last.
    below: i64,
}

impl Span {
    /// Before the place `before`, and neither well before `since` nor well behind `until`.
    pub(super) fn of(connection: &Connection, search: &Search, before: i64) -> rusqlite::Result<Self> {
        let place_of = |at| place_of(connection, at);
        let mut last = connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM article")?;
        let mut below = last.query_row([], |row| row.get::<_, i64>(0))?.saturating_add(1).min(before);
        if let Some(until) = search.until {
            below = below.min(place_behind(connection, until)?.saturating_add(OUT_OF_ORDER));
        }
        let from = search.since.map(place_of).transpose()?;
        let from = from.map_or(i64::MIN, |from| from.min(below).saturating_sub(OUT_OF_ORDER));
        Ok(Self { from, below })
    }

    /// At most so many articles lie in it.
    pub(super) fn len(self) -> i64 {
        self.below.saturating_sub(self.from.max(1)).max(0)
    }

    /// Its latest places, so many of them.
    pub(super) fn latest(self, places: i64) -> Self {
        Self { from: self.from.max(self.below.saturating_sub(places)), ..self }
    }

    /// The condition that a place lies in it. There is one bound of a kind, because the index of words heeds only one.
    pub(super) fn holds(self, place: &str) -> String {
        match self.from {
            i64::MIN => format!("{place} < {}", self.below),
            from => format!("{place} < {} AND {place} >= {from}", self.below),
        }
    }
}

/// The place from which on all articles lie that were filed at `since` or later, with some earlier ones.
pub(in crate::store) fn first_place(connection: &Connection, since: Timestamp) -> rusqlite::Result<i64> {
    Ok(place_of(connection, since)?.saturating_sub(OUT_OF_ORDER))
}

/// The place behind the last article that was filed before. Not that of the first one filed then or later: where a clock ran ahead
/// for a while, that may be an old one.
fn place_behind(connection: &Connection, at: Timestamp) -> rusqlite::Result<i64> {
    let mut last = connection.prepare_cached(
        "SELECT seq FROM article WHERE first_seen_at < ?1 ORDER BY first_seen_at DESC LIMIT 1",
    )?;
    Ok(last.query_row([at], |row| row.get::<_, i64>(0)).optional()?.map_or(0, |seq| seq.saturating_add(1)))
}

/// The place of the first article that was filed then or later.
fn place_of(connection: &Connection, at: Timestamp) -> rusqlite::Result<i64> {
    let mut first = connection
        .prepare_cached("SELECT seq FROM article WHERE first_seen_at >= ?1 ORDER BY first_seen_at LIMIT 1")?;
    Ok(first.query_row([at], |row| row.get(0)).optional()?.unwrap_or(i64::MAX))
}
