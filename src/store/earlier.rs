//! Bands of earlier articles, a quarter of what they had. They find copies of what was filed long ago.

use std::ops::RangeInclusive;

use rusqlite::{Connection, params};

/// All values of bands are moved here in so many turns.
pub(super) const SLICES: i64 = 64;

/// Bands with one of these bits are not kept. Of the 40 bands of a text about ten stay: a copy that has half of its bands in common with
/// an earlier article is found with a probability of 0.999, one that has a quarter with 0.94.
const THINNED: u32 = 3;

/// Adds the places of the latest of these articles with a band.
pub(super) fn with_band(
    connection: &Connection,
    band: u32,
    most: usize,
    places: &mut Vec<u32>,
) -> rusqlite::Result<()> {
    if band & THINNED != 0 {
        return Ok(());
    }
    let mut sharing = connection.prepare_cached(
        "SELECT article_seq FROM earlier_band WHERE band = ?1 ORDER BY article_seq DESC LIMIT ?2",
    )?;
    let mut rows = sharing.query(params![column(band), most as i64])?;
    while let Some(row) = rows.next()? {
        places.push(row.get(0)?);
    }
    Ok(())
}

/// Takes bands, each with the place of an article. Bands are spread evenly: a single one changes a page of its own, which in a large
/// table is what filing would cost most; in order and many at a time they share pages.
pub(super) fn insert(connection: &Connection, bands: &[(u32, u32)]) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO earlier_band (band, article_seq) VALUES (?1, ?2)")?;
    for (band, place) in bands.iter().filter(|(band, _)| band & THINNED == 0) {
        insert.execute(params![column(*band), place])?;
    }
    Ok(())
}

/// Forgets in one slice what was noted of articles that are gone.
pub(super) fn forget_slice(connection: &Connection, slice: i64) -> rusqlite::Result<()> {
    let (first, last) = bounds(slice).into_inner();
    connection
        .prepare_cached(
            "DELETE FROM earlier_band WHERE band BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM article WHERE seq = article_seq)",
        )?
        .execute([column(first), column(last)])?;
    Ok(())
}

/// The values of a slice. Slices take turns, so that nothing has to be remembered.
pub(super) fn bounds(slice: i64) -> RangeInclusive<u32> {
    let width = u32::MAX / SLICES as u32 + 1;
    let first = width * slice.rem_euclid(SLICES) as u32;
    first..=first + (width - 1)
}

/// As older versions wrote it: with a sign, as if shifted by half of all values.
fn column(band: u32) -> i64 {
    i64::from(band as i32)
}
