//! Filed articles that may be kin of another: by the words they share, and by names and numbers.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::columns::Document;
use super::copies::Kindred;
use super::marks::Held;
use super::stories::Kin;
use crate::model::{Article, ArticleId, StoryId, Timestamp};

/// Articles looked at that share words …
const MOST_BY_WORDS: usize = 8;
/// … and that share names and numbers.
const MOST_BY_KEYS: usize = 12;

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

/// What is known of an article at its place in the order of filing …
const KNOWN: &str = "SELECT id, story_id, facts, NULL AS document FROM article LEFT JOIN story_article ON article_id = id \
     LEFT JOIN article_marks ON article_seq = seq WHERE seq = ?1";
/// … and what it says.
const SAID: &str = "SELECT id, story_id, facts, coalesce(packed, document) AS document FROM article \
     LEFT JOIN story_article ON article_id = id LEFT JOIN article_marks ON article_seq = seq WHERE seq = ?1";

/// The filed articles that a new one belongs to.
pub(super) fn find_kin(
    connection: &Connection,
    held: &Held,
    (bands, Kindred { keys, judge, .. }, at): (&[u64], &Kindred, Timestamp),
) -> rusqlite::Result<Vec<Kin>> {
    let Some(judge) = judge else { return Ok(Vec::new()) };
    Ok(judge(nearby(connection, held, (bands, keys, at))?))
}

/// The filed articles that have bands or keys in common with one that is to be filed; those that share most words first.
fn nearby(
    connection: &Connection,
    held: &Held,
    (bands, keys, at): (&[u64], &[u64], Timestamp),
) -> rusqlite::Result<Vec<Nearby>> {
    let mut nearby: Vec<(i64, Nearby)> = Vec::new();
    for seq in held.nearest(connection, bands)? {
        if nearby.len() == MOST_BY_WORDS {
            break;
        }
        nearby.extend(read(connection, SAID, seq)?.map(|found| (seq, found)));
    }
    for seq in held.sharing(keys, at).into_iter().take(MOST_BY_KEYS) {
        if nearby.iter().all(|(known, _)| *known != seq) {
            nearby.extend(read(connection, KNOWN, seq)?.map(|found| (seq, found)));
        }
    }
    Ok(nearby.into_iter().map(|(_, found)| found).collect())
}

/// Nothing where the article was forgotten meanwhile.
fn read(connection: &Connection, sql: &str, seq: i64) -> rusqlite::Result<Option<Nearby>> {
    let nearby = |row: &Row<'_>| {
        let document: Option<Document> = row.get("document")?;
        Ok(Nearby {
            id: row.get("id")?,
            story: row.get("story_id")?,
            facts: row.get("facts")?,
            article: document.map(|Document(article)| article),
        })
    };
    connection.prepare_cached(sql)?.query_row([seq], nearby).optional()
}
