//! What the latest articles have in common with others: bands of their texts, and keys of what they name.
//!
//! As rows these would be sixty for an article, each in another place: looking them up and writing the pages they lie in would cost
//! more than all the rest of filing. So the file has one row for an article, and memory, made from the rows, is what is asked.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::earlier;
use crate::model::Timestamp;

#[cfg(test)]
mod tests;

/// Of what more articles have in common the latest count.
const MOST_IN_COMMON: usize = 64;
/// Names and numbers are compared with those of articles that were filed so long before, or after one that is looked at again …
const KEPT: Duration = Duration::from_hours(5 * 24);
/// … and that are among so many.
const MOST_KEPT: usize = 16_384;
/// Of names and numbers that more articles have in common the latest count.
const MOST_OF_KEY: usize = 48;
/// What so few articles have in common is enough by itself.
const RARE: usize = 12;
/// With commoner names and numbers it takes two.
const ENOUGH: usize = 2;

/// After so many articles a slice of the bands becomes one of earlier articles …
const STEP: i64 = 64;
/// … so that the latest 4,096 articles have all their bands or, as their slices were moved, many of them.
const LATEST: i64 = STEP * earlier::SLICES;
/// The places of all articles.
const ALL: (u32, u32) = (0, u32::MAX);

/// An article that is being filed, as far as others may have it in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marked<'a> {
    pub(super) seq: i64,
    pub(super) at: Timestamp,
    pub(super) bands: &'a [u64],
    pub(super) keys: &'a [u64],
    pub(super) facts: &'a [u8],
}

/// The way to what is held of the latest articles. Only the writer uses it.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks(Arc<Mutex<Held>>);

/// Bands and keys with the places of the articles that have them. 32 bits of each: whole ones cost twice the space, and these bring one
/// wrong neighbour to several articles, which comparing tells. Places are as short: there are fewer than four billion articles.
#[derive(Debug, Default)]
pub(super) struct Held {
    bands: BTreeSet<(u32, u32)>,
    keys: BTreeSet<(u32, u32)>,
    /// Those whose keys are held, the first filed first.
    articles: VecDeque<(u32, Timestamp)>,
    /// The last article whose marks were read or written.
    up_to: i64,
    /// SQLite's number for the state of the file that others left, when it was read.
    version: Option<i64>,
}

impl Marks {
    /// What is held, with all that is written.
    pub(super) fn of(&self, connection: &Connection) -> rusqlite::Result<MutexGuard<'_, Held>> {
        let mut held = self.lock();
        held.follow(connection)?;
        Ok(held)
    }

    /// Forgets what is held, because changes were taken back; it is read again.
    pub(super) fn forget(&self) {
        *self.lock() = Held::default();
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// The places of the articles with some of these bands, those with most of them first, of equals the latest first.
    pub(super) fn nearest(&self, connection: &Connection, bands: &[u64]) -> rusqlite::Result<Vec<i64>> {
        let mut common: Vec<u32> = Vec::new();
        for band in bands.iter().copied().map(short) {
            let mut there: Vec<u32> = latest(&self.bands, band, ALL).take(MOST_IN_COMMON).collect();
            earlier::with_band(connection, band, MOST_IN_COMMON, &mut there)?;
            // After a restart some stand in both.
            there.sort_unstable();
            there.dedup();
            common.append(&mut there);
        }
        common.sort_unstable();
        let mut nearest: Vec<(usize, u32)> =
            common.chunk_by(|one, other| one == other).map(|same| (same.len(), last(same))).collect();
        nearest.sort_unstable_by(|one, other| other.cmp(one));
        Ok(nearest.into_iter().map(|(_, place)| i64::from(place)).collect())
    }

    /// The places of the articles filed in the days around `at` that share rare keys, or several; those that share the rarest first.
    pub(super) fn sharing(&self, keys: &[u64], at: Timestamp) -> Vec<i64> {
        let bygone = self.articles.partition_point(|(_, filed)| *filed < at.minus(KEPT));
        let to_come = self.articles.partition_point(|(_, filed)| *filed <= at.plus(KEPT));
        let around = [bygone, to_come.wrapping_sub(1)].map(|place| self.articles.get(place));
        let [Some((first, _)), Some((last, _))] = around else { return Vec::new() };
        let mut common: Vec<(u32, usize, f32)> = Vec::new();
        for key in keys.iter().copied().map(short) {
            let from = common.len();
            common.extend(
                latest(&self.keys, key, (*first, *last)).take(MOST_OF_KEY).map(|place| (place, 1, 0.0)),
            );
            let count = common.len() - from;
            for (_, counts, weight) in common.iter_mut().skip(from) {
                (*counts, *weight) = (if count <= RARE { ENOUGH } else { 1 }, 1.0 / count as f32);
            }
        }
        common.sort_unstable_by_key(|(place, ..)| *place);
        let together = common.chunk_by(|one, other| one.0 == other.0).filter_map(|same| {
            let counts: usize = same.iter().map(|(_, counts, _)| counts).sum();
            let weight: f32 = same.iter().map(|(.., weight)| weight).sum();
            same.first().filter(|_| counts >= ENOUGH).map(|(place, ..)| (*place, weight))
        });
        let mut nearest: Vec<(u32, f32)> = together.collect();
        nearest
            .sort_unstable_by(|(place, weight), (other, than)| than.total_cmp(weight).then(other.cmp(place)));
        nearest.into_iter().map(|(place, _)| i64::from(place)).collect()
    }

    /// Notes what others may have in common with an article, and now and then forgets some of what is past.
    pub(super) fn insert(&mut self, connection: &Connection, marked: Marked<'_>) -> rusqlite::Result<()> {
        for step in (self.up_to / STEP..marked.seq / STEP).take(earlier::SLICES as usize) {
            self.move_slice(connection, step % earlier::SLICES)?;
            self.forget_past(connection, (marked.seq, marked.at))?;
        }
        self.up_to = self.up_to.max(marked.seq);
        if marked.bands.is_empty() && marked.keys.is_empty() {
            return Ok(());
        }
        self.note(connection, marked)
    }

    /// As [`Held::insert`], of an article that was filed before and may have been compared with none.
    pub(super) fn insert_again(
        &mut self,
        connection: &Connection,
        marked: Marked<'_>,
    ) -> rusqlite::Result<()> {
        let Ok(place) = u32::try_from(marked.seq) else { return Ok(()) };
        if marked.seq <= self.up_to - LATEST {
            let bands: Vec<(u32, u32)> = marked.bands.iter().map(|band| (short(*band), place)).collect();
            return earlier::insert(connection, &bands);
        }
        let mut known = connection.prepare_cached("SELECT 1 FROM article_marks WHERE article_seq = ?1")?;
        if known.exists([marked.seq])? { Ok(()) } else { self.note(connection, marked) }
    }

    fn note(&mut self, connection: &Connection, marked: Marked<'_>) -> rusqlite::Result<()> {
        let Marked { seq, at, bands, keys, facts } = marked;
        let [bands, keys] = [bands, keys].map(|marks| marks.iter().copied().map(short).collect::<Vec<u32>>());
        connection
            .prepare_cached(
                "INSERT INTO article_marks (article_seq, filed_at, bands, keys, facts) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![seq, at, bytes(&bands), bytes(&keys), facts])?;
        self.hold((seq, at), &bands, &keys);
        Ok(())
    }

    /// Reads everything where nothing is held, or another process wrote meanwhile: it may have filed articles, or looked at old ones again.
    fn follow(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let version = connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if self.version == Some(version) {
            return Ok(());
        }
        let last: i64 = connection
            .prepare_cached("SELECT coalesce(max(article_seq), 0) FROM article_marks")?
            .query_row([], |row| row.get(0))?;
        let mut written = connection.prepare_cached(
            "SELECT article_seq, filed_at, bands, keys FROM article_marks ORDER BY article_seq",
        )?;
        let mut rows = written.query([])?;
        let (mut bands, mut keys, mut articles) = (Vec::new(), Vec::new(), VecDeque::new());
        while let Some(row) = rows.next()? {
            let (seq, at): (i64, Timestamp) = (row.get("article_seq")?, row.get("filed_at")?);
            let Ok(place) = u32::try_from(seq) else { continue };
            if seq > last - LATEST {
                bands.extend(marks(row.get_ref("bands")?.as_blob()?).map(|band| (band, place)));
            }
            keys.extend(marks(row.get_ref("keys")?.as_blob()?).map(|key| (key, place)));
            articles.push_back((place, at));
        }
        // Many at once are put together in a fraction of the time that one by one would take.
        let (bands, keys) = (bands.into_iter().collect(), keys.into_iter().collect());
        *self = Self { bands, keys, articles, up_to: last, version: Some(version) };
        Ok(())
    }

    fn hold(&mut self, (seq, at): (i64, Timestamp), bands: &[u32], keys: &[u32]) {
        let Ok(place) = u32::try_from(seq) else { return };
        self.bands.extend(bands.iter().map(|band| (*band, place)));
        self.keys.extend(keys.iter().map(|key| (*key, place)));
        let behind = self.articles.partition_point(|(earlier, _)| *earlier < place);
        self.articles.insert(behind, (place, at));
    }

    /// What is moved together lies side by side in the file.
    fn move_slice(&mut self, connection: &Connection, slice: i64) -> rusqlite::Result<()> {
        let (first, last) = earlier::bounds(slice).into_inner();
        let moved: Vec<(u32, u32)> = self.bands.range((first, 0)..=(last, u32::MAX)).copied().collect();
        earlier::insert(connection, &moved)?;
        for mark in &moved {
            self.bands.remove(mark);
        }
        Ok(())
    }

    /// Forgets articles that nobody compares by their names any more and whose bands were moved.
    fn forget_past(&mut self, connection: &Connection, (seq, at): (i64, Timestamp)) -> rusqlite::Result<()> {
        let mut forget =
            connection.prepare_cached("DELETE FROM article_marks WHERE article_seq = ?1 RETURNING keys")?;
        let mut are_gone = false;
        for _ in 0..2 * STEP {
            let Some((place, filed)) = self.articles.front().copied() else { break };
            let is_past = filed < at.minus(KEPT) || self.articles.len() > MOST_KEPT;
            if !is_past || i64::from(place) > seq - LATEST - STEP {
                break;
            }
            self.articles.pop_front();
            let mut rows = forget.query([place])?;
            match rows.next()? {
                Some(row) => {
                    for key in marks(row.get_ref("keys")?.as_blob()?) {
                        self.keys.remove(&(key, place));
                    }
                }
                // Its row went with the article, and nothing tells its keys.
                None => are_gone = true,
            }
        }
        if are_gone {
            let first = self.articles.front().map_or(u32::MAX, |(place, _)| *place);
            self.keys.retain(|(_, place)| *place >= first);
        }
        Ok(())
    }
}

/// The places of the articles with a mark from a first to a last one, the latest first.
fn latest(held: &BTreeSet<(u32, u32)>, mark: u32, (first, last): (u32, u32)) -> impl Iterator<Item = u32> {
    // Nothing lies between two of which the first is the later one.
    held.range((mark, first)..=(mark, last.max(first))).rev().map(|(_, place)| *place)
}

fn last(places: &[u32]) -> u32 {
    places.last().copied().unwrap_or_default()
}

fn short(mark: u64) -> u32 {
    (mark >> 32) as u32
}

fn bytes(marks: &[u32]) -> Vec<u8> {
    marks.iter().flat_map(|mark| mark.to_be_bytes()).collect()
}

fn marks(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let (marks, _) = bytes.as_chunks::<4>();
    marks.iter().copied().map(u32::from_be_bytes)
}
