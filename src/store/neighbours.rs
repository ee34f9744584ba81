//! Articles that may be copies of another: those that have bands of its signature in common.

use std::cmp::Reverse;
use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::articles::{StoredArticle, article_at};

/// What more articles than this have in common tells nothing; the latest count.
const MOST_IN_COMMON: i64 = 64;

/// After so many articles a slice of the bands is moved …
const STEP: i64 = 64;
/// … of so many, so that the latest 4,096 articles have all their bands or, as their slices were moved, many of them.
pub(super) const SLICES: i64 = 64;
/// Bands with one of these bits are not kept of earlier articles. Of the 40 bands of a text about ten stay: a copy that has half of
/// its bands in common with an earlier article is found with a probability of 0.999, one that has a quarter with 0.94.
const THINNED: i64 = 3;

/// Up to `limit` filed articles that have some of `bands` in common with a text.
pub(super) fn nearest(
    connection: &Connection,
    bands: &[u64],
    limit: usize,
) -> rusqlite::Result<Vec<StoredArticle>> {
    let mut common: HashMap<i64, u32> = HashMap::new();
    let bands: Vec<i64> = bands.iter().copied().map(column).collect();
    let kept = bands.iter().filter(|band| **band & THINNED == 0);
    count(connection, ("article_band", bands.iter()), &mut common)?;
    count(connection, ("earlier_band", kept), &mut common)?;
    let mut nearest: Vec<(i64, u32)> = common.into_iter().collect();
    nearest.sort_unstable_by_key(|(seq, count)| Reverse((*count, *seq)));
    let articles = nearest.into_iter().filter_map(|(seq, _)| article_at(connection, seq).transpose());
    articles.take(limit).collect()
}

/// Counts for each article how many of the bands it has in a table.
fn count<'b>(
    connection: &Connection,
    (table, bands): (&str, impl Iterator<Item = &'b i64>),
    common: &mut HashMap<i64, u32>,
) -> rusqlite::Result<()> {
    let mut sharing = connection.prepare_cached(&format!(
        "SELECT article_seq FROM {table} WHERE band = ?1 ORDER BY article_seq DESC LIMIT ?2"
    ))?;
    for band in bands {
        let mut rows = sharing.query(params![band, MOST_IN_COMMON])?;
        while let Some(row) = rows.next()? {
            *common.entry(row.get(0)?).or_default() += 1;
        }
    }
    Ok(())
}

/// Notes what others may have in common with an article.
pub(super) fn insert_bands(connection: &Connection, seq: i64, bands: &[u64]) -> rusqlite::Result<()> {
    if seq % STEP == 0 {
        move_slice(connection, seq / STEP % SLICES)?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO article_band (band, article_seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    for band in bands {
        insert.execute(params![column(*band), seq])?;
    }
    Ok(())
}

/// Moves the bands of one slice of all values to those of earlier articles, a quarter of them. Slices take turns, so that nothing has to be
/// remembered. Bands are spread evenly: each new one changes a page of its own, which in a large table is what filing costs most;
/// in order and many at a time they share pages.
fn move_slice(connection: &Connection, slice: i64) -> rusqlite::Result<()> {
    let (first, last) = slice_bounds(slice);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO earlier_band (band, article_seq) \
             SELECT band, article_seq FROM article_band WHERE band BETWEEN ?1 AND ?2 AND band & ?3 = 0 ORDER BY band, article_seq",
        )?
        .execute(params![first, last, THINNED])?;
    connection
        .prepare_cached("DELETE FROM article_band WHERE band BETWEEN ?1 AND ?2")?
        .execute(params![first, last])?;
    Ok(())
}

/// Forgets in one slice what was noted of articles that are gone.
pub(super) fn forget_slice(connection: &Connection, slice: i64) -> rusqlite::Result<()> {
    let (first, last) = slice_bounds(slice);
    connection
        .prepare_cached(
            "DELETE FROM earlier_band WHERE band BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM article WHERE seq = article_seq)",
        )?
        .execute([first, last])?;
    Ok(())
}

/// The first and the last value of a slice.
fn slice_bounds(slice: i64) -> (i64, i64) {
    let width = (1 << 32) / SLICES;
    let first = i64::from(i32::MIN) + slice * width;
    (first, first + width - 1)
}

/// 32 bits of a band: a whole one costs twice the space, and these bring one wrong neighbour to several articles, which comparing tells.
fn column(band: u64) -> i64 {
    i64::from((band >> 32) as u32 as i32)
}
