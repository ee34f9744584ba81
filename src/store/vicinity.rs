//! Filed articles that may be kin of another: by the words they share, and by names and numbers.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::articles::StoredArticle;
use super::ingest::Filing;
use super::neighbours::nearest;
use super::stories::Kin;
use crate::model::{Article, ArticleId, StoryId, Timestamp};

/// Names and numbers are compared with those of articles that were filed in this era or the one before it.
const ERA: Duration = Duration::from_hours(72);
/// Articles looked at that share words …
const MOST_BY_WORDS: usize = 8;
/// … and that share names and numbers.
const MOST_BY_KEYS: usize = 12;
/// Of what more articles of an era have in common the latest count.
const MOST_IN_COMMON: i64 = 32;
/// What so few articles have in common is enough by itself.
const RARE: usize = 8;
/// With commoner names and numbers it takes two.
const ENOUGH: usize = 2;
/// After so many articles some of what is past is forgotten …
const STEP: i64 = 64;
/// … so many rows at most: more than came.
const FORGOTTEN_KEYS: i64 = STEP * 96;
const FORGOTTEN_FACTS: i64 = STEP * 4;

/// A filed article that may be kin of another.
#[derive(Debug, Clone)]
pub struct Nearby {
    /// Its identity.
    pub id: ArticleId,
    /// Its story; `None` where it was filed before there were any.
    pub story: Option<StoryId>,
    /// Its names and numbers, as they were filed; not kept for long.
    pub facts: Option<Vec<u8>>,
    /// The article itself, where it shares words.
    pub article: Option<Article>,
}

/// Says which of the articles that may be kin of a new one are, the nearest first.
pub type Judge = Arc<dyn Fn(Vec<Nearby>) -> Vec<Kin> + Send + Sync>;

/// The filed articles that a new one belongs to.
pub(super) fn find_kin(connection: &Connection, filing: &Filing) -> rusqlite::Result<Vec<Kin>> {
    let Some(judge) = &filing.kindred.judge else { return Ok(Vec::new()) };
    Ok(judge(nearby(connection, filing)?))
}

/// The filed articles that have bands or keys in common with one that is to be filed; those that share most words first.
fn nearby(connection: &Connection, filing: &Filing) -> rusqlite::Result<Vec<Nearby>> {
    let mut found = Vec::new();
    for StoredArticle { seq, article, .. } in nearest(connection, &filing.bands, MOST_BY_WORDS)? {
        let Some(nearby) = nearby_at(connection, seq)? else { continue };
        found.push(Nearby { article: Some(article), ..nearby });
    }
    for seq in sharing_keys(connection, &filing.kindred.keys, era_of(filing.at))? {
        let Some(nearby) = nearby_at(connection, seq)? else { continue };
        if found.iter().all(|known| known.id != nearby.id) {
            found.push(nearby);
        }
    }
    Ok(found)
}

/// Keeps names and numbers of an article that was filed at `at`, and now and then forgets some of what is past.
pub(super) fn insert_keys(
    connection: &Connection,
    (seq, at): (i64, Timestamp),
    keys: &[u64],
    facts: &[u8],
) -> rusqlite::Result<()> {
    let era = era_of(at);
    if seq % STEP == 0 {
        forget_eras_before(connection, era - 1)?;
    }
    if keys.is_empty() {
        return Ok(());
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO story_key (era, key, article_seq) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    for key in keys {
        insert.execute(params![era, *key as i64, seq])?;
    }
    connection
        .prepare_cached("INSERT INTO story_facts (article_seq, era, facts) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, era, facts])?;
    Ok(())
}

fn forget_eras_before(connection: &Connection, era: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM story_key WHERE (era, key, article_seq) IN \
             (SELECT era, key, article_seq FROM story_key WHERE era < ?1 ORDER BY era, key, article_seq LIMIT ?2)",
        )?
        .execute([era, FORGOTTEN_KEYS])?;
    connection
        .prepare_cached(
            "DELETE FROM story_facts WHERE era < ?1 AND article_seq IN \
             (SELECT article_seq FROM story_facts ORDER BY article_seq LIMIT ?2)",
        )?
        .execute([era, FORGOTTEN_FACTS])?;
    Ok(())
}

/// The places of the articles that share rare keys, or several; those that share the rarest first.
fn sharing_keys(connection: &Connection, keys: &[u64], era: i64) -> rusqlite::Result<Vec<i64>> {
    let mut common: HashMap<i64, (usize, f32)> = HashMap::new();
    let mut sharing = connection.prepare_cached(
        "SELECT article_seq FROM story_key WHERE era = ?1 AND key = ?2 ORDER BY article_seq DESC LIMIT ?3",
    )?;
    for (key, of_era) in keys.iter().flat_map(|key| [(*key, era), (*key, era - 1)]) {
        let rows = sharing.query_map(params![of_era, key as i64, MOST_IN_COMMON], |row| row.get(0))?;
        let there: Vec<i64> = rows.collect::<rusqlite::Result<_>>()?;
        for seq in &there {
            let (count, weight) = common.entry(*seq).or_default();
            *count += if there.len() <= RARE { ENOUGH } else { 1 };
            *weight += 1.0 / there.len() as f32;
        }
    }
    let enough = common.into_iter().filter(|(_, (count, _))| *count >= ENOUGH);
    let mut nearest: Vec<(i64, f32)> = enough.map(|(seq, (_, weight))| (seq, weight)).collect();
    nearest.sort_unstable_by(|(seq, weight), (other, than)| than.total_cmp(weight).then(other.cmp(seq)));
    nearest.truncate(MOST_BY_KEYS);
    Ok(nearest.into_iter().map(|(seq, _)| seq).collect())
}

/// Nothing where the article was forgotten meanwhile.
fn nearby_at(connection: &Connection, seq: i64) -> rusqlite::Result<Option<Nearby>> {
    let nearby = |row: &Row<'_>| {
        Ok(Nearby {
            id: row.get("id")?,
            story: row.get("story_id")?,
            facts: row.get("facts")?,
            article: None,
        })
    };
    connection
        .prepare_cached(
            "SELECT id, story_id, facts FROM article LEFT JOIN story_article ON article_id = id \
             LEFT JOIN story_facts ON article_seq = seq WHERE seq = ?1",
        )?
        .query_row([seq], nearby)
        .optional()
}

fn era_of(at: Timestamp) -> i64 {
    at.micros().div_euclid(i64::try_from(ERA.as_micros()).unwrap_or(i64::MAX))
}
