//! Filed articles that may be kin of another: by the words they share, and by names and numbers.

use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::articles::StoredArticle;
use super::copies::Kindred;
use super::ingest::Filing;
use super::neighbours::{has_newer, nearest};
use super::{Store, StoreError};
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
/// Rows of past eras that go with each article that is filed: more than come.
const FORGOTTEN_KEYS: i64 = 96;
const FORGOTTEN_FACTS: i64 = 4;

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

/// How near an article that is filed meanwhile has to be to matter: as near as the farthest of those that were found.
#[derive(Debug, Clone, Default)]
pub struct Contest {
    /// What having each key in common counts, in the order of the keys; nothing where nobody looked.
    weights: Vec<f32>,
    /// What those that share keys counted at least, where there were as many as are looked at.
    least: f32,
}

/// The filed articles that may be kin of one that is to be filed.
#[derive(Debug, Clone, Default)]
pub struct Vicinity {
    /// Those that share most first.
    pub found: Vec<Nearby>,
    /// What those filed meanwhile have to be measured by.
    pub contest: Contest,
    /// The place in the order of filing up to which was looked.
    pub up_to: i64,
}

impl Store {
    /// The filed articles that have some of these bands or, at `at`, of these keys in common with an article.
    pub async fn vicinity(
        &self,
        bands: Vec<u64>,
        keys: Vec<u64>,
        at: Timestamp,
    ) -> Result<Vicinity, StoreError> {
        self.read(move |connection| {
            // A hundred questions of one state of the file, for which it is locked once.
            let connection = &connection.unchecked_transaction()?;
            let neighbours = nearest(connection, &bands, MOST_BY_WORDS)?;
            let mut found = Vec::new();
            for StoredArticle { seq, article, .. } in neighbours.found {
                let Some(nearby) = nearby_at(connection, seq)? else { continue };
                found.push(Nearby { article: Some(article), ..nearby });
            }
            let (sharing, contest) = sharing_keys(connection, &keys, era_of(at))?;
            for seq in sharing {
                let Some(nearby) = nearby_at(connection, seq)? else { continue };
                if found.iter().all(|known| known.id != nearby.id) {
                    found.push(nearby);
                }
            }
            Ok(Vicinity { found, contest, up_to: neighbours.up_to })
        })
        .await
    }
}

/// Whether an article that may be kin was filed since its kin were looked for.
pub(super) fn is_overtaken(connection: &Connection, filing: &Filing) -> rusqlite::Result<bool> {
    let up_to = filing.judged_up_to;
    Ok(has_newer(connection, &filing.bands, up_to)?
        || has_newer_kin(connection, &filing.kindred, (filing.at, up_to))?)
}

/// Whether an article was filed after `up_to` that has enough of the keys to be one of those that are looked at.
fn has_newer_kin(
    connection: &Connection,
    Kindred { keys, contest, .. }: &Kindred,
    (at, up_to): (Timestamp, i64),
) -> rusqlite::Result<bool> {
    let mut common: HashMap<i64, (usize, f32)> = HashMap::new();
    let mut newer = connection.prepare_cached(
        "SELECT article_seq FROM story_key WHERE era = ?1 AND key = ?2 AND article_seq > ?3",
    )?;
    for (place, key) in keys.iter().enumerate() {
        let mut rows = newer.query(params![era_of(at), *key as i64, up_to])?;
        while let Some(row) = rows.next()? {
            let (count, weight) = common.entry(row.get(0)?).or_default();
            *count += 1;
            *weight += contest.weights.get(place).copied().unwrap_or(1.0);
        }
    }
    Ok(common.into_values().any(|(count, weight)| count >= ENOUGH && weight >= contest.least))
}

/// Keeps names and numbers of an article that was filed at `at`, and forgets some of what is past.
pub(super) fn insert_keys(
    connection: &Connection,
    (seq, at): (i64, Timestamp),
    keys: &[u64],
    facts: &[u8],
) -> rusqlite::Result<()> {
    let era = era_of(at);
    connection
        .prepare_cached(
            "DELETE FROM story_key WHERE (era, key, article_seq) IN \
             (SELECT era, key, article_seq FROM story_key WHERE era < ?1 ORDER BY era, key, article_seq LIMIT ?2)",
        )?
        .execute(params![era - 1, FORGOTTEN_KEYS])?;
    connection
        .prepare_cached(
            "DELETE FROM story_facts WHERE era < ?1 AND article_seq IN \
             (SELECT article_seq FROM story_facts ORDER BY article_seq LIMIT ?2)",
        )?
        .execute(params![era - 1, FORGOTTEN_FACTS])?;
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

/// The places of the articles that share rare keys, or several; those that share the rarest first.
fn sharing_keys(connection: &Connection, keys: &[u64], era: i64) -> rusqlite::Result<(Vec<i64>, Contest)> {
    let mut common: HashMap<i64, (usize, f32)> = HashMap::new();
    let mut sharing = connection.prepare_cached(
        "SELECT article_seq FROM story_key WHERE era = ?1 AND key = ?2 ORDER BY article_seq DESC LIMIT ?3",
    )?;
    let mut contest = Contest::default();
    for (key, of_era) in keys.iter().flat_map(|key| [(*key, era), (*key, era - 1)]) {
        let rows = sharing.query_map(params![of_era, key as i64, MOST_IN_COMMON], |row| row.get(0))?;
        let there: Vec<i64> = rows.collect::<rusqlite::Result<_>>()?;
        for seq in &there {
            let (count, weight) = common.entry(*seq).or_default();
            *count += if there.len() <= RARE { ENOUGH } else { 1 };
            *weight += 1.0 / there.len() as f32;
        }
        if of_era == era {
            // One filed meanwhile would be one more.
            contest.weights.push(1.0 / (there.len() + 1).min(MOST_IN_COMMON as usize) as f32);
        }
    }
    let enough = common.into_iter().filter(|(_, (count, _))| *count >= ENOUGH);
    let mut nearest: Vec<(i64, f32)> = enough.map(|(seq, (_, weight))| (seq, weight)).collect();
    nearest.sort_unstable_by(|(seq, weight), (other, than)| than.total_cmp(weight).then(other.cmp(seq)));
    nearest.truncate(MOST_BY_KEYS);
    if nearest.len() == MOST_BY_KEYS {
        contest.least = nearest.last().map_or(0.0, |(_, weight)| *weight);
    }
    Ok((nearest.into_iter().map(|(seq, _)| seq).collect(), contest))
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
