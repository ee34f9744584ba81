//! Stored articles looked at again with other entities, alerts and digests: what they left, and what is added.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::Json;
use super::copies::{Kindred, hold_back};
use super::ingest::{Causes, Filing, add_to_digests, raise_alerts};
use super::marks::{Held, Marked};
use super::mentions::insert_mentions;
use super::stories::{Kin, join, story_of};
use super::vicinity::find_kin;
use super::{Store, StoreError};
use crate::model::{ArticleId, Item, Prominence, Timestamp};

/// What an article left behind when it was filed, and since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// The sources that brought it, the first one first.
    pub sources: Vec<String>,
    /// Whether it does not alert, because each source listed it as too old.
    pub is_held: bool,
    /// Each alert that it raised, and for whom.
    pub alerts: BTreeSet<(String, String)>,
    /// Each digest that took it, and for whom.
    pub digests: BTreeSet<(String, String)>,
    /// The entities that it is noted to mention, by name.
    pub entities: Vec<Prominence>,
}

/// A stored article, looked at again.
#[derive(Debug, Clone)]
pub struct Rescan {
    /// The article.
    pub id: ArticleId,
    /// What is noted of its entities from now on; only of these names.
    pub mentions: Vec<(String, Option<Prominence>)>,
    /// Its causes (`if_new`) and the item about it; `None` where nobody is to know.
    pub filing: Option<Filing>,
    /// Its place among its kin, where they were looked for.
    pub placing: Option<Placing>,
}

/// What an article has in common with others, as it was found when it was looked at again.
#[derive(Debug, Clone, Default)]
pub struct Placing {
    /// What copies of it have in common with it.
    pub bands: Vec<u64>,
    /// Its kin, and who need not be told of it because of them.
    pub kindred: Kindred,
}

/// What came of looking again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rescanned {
    /// Mentions that were not noted before.
    pub added: usize,
    /// Mentions that are noted otherwise now.
    pub changed: usize,
    /// Mentions that are no more.
    pub removed: usize,
    /// Alerts that were raised.
    pub alerts: usize,
    /// Digest items that were added.
    pub items: usize,
    /// Alerts and digest items that were held back because an article told the same before.
    pub copies: usize,
}

impl Store {
    /// What each of these articles left.
    pub async fn traces(&self, articles: Vec<ArticleId>) -> Result<Vec<Traces>, StoreError> {
        self.read(move |connection| articles.iter().map(|id| traces(connection, *id)).collect()).await
    }

    /// Notes mentions and raises the alerts and digest items that are not there yet, all or nothing.
    pub async fn rescan(&self, articles: Vec<Rescan>) -> Result<Rescanned, StoreError> {
        let marks = self.marks.clone();
        self.write(move |connection| {
            let (mut done, mut held) = (Rescanned::default(), marks.of(connection)?);
            for rescan in &articles {
                // An article that was pruned meanwhile takes nothing.
                if !connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([rescan.id])? {
                    continue;
                }
                note(connection, rescan, &mut done)?;
                let kin = match &rescan.placing {
                    Some(placing) => place(connection, &mut held, (rescan.id, placing))?,
                    None => Vec::new(),
                };
                let Some(filing) = &rescan.filing else { continue };
                let kindred = rescan.placing.as_ref().map(|placing| placing.kindred.clone());
                let filing = &Filing { kindred: kindred.unwrap_or_default(), ..filing.clone() };
                let causes = hold_back(connection, (rescan.id, &kin), filing)?;
                done.copies += number(&filing.if_new) - number(&causes);
                let before = causes_of(connection, rescan.id)?;
                let item =
                    Item { id: rescan.id, story: story_of(connection, rescan.id)?, ..filing.item.clone() };
                raise_alerts(connection, (&item, filing.at), &causes.alerts, &filing.restraints)?;
                add_to_digests(connection, rescan.id, filing, &causes.digests)?;
                let after = causes_of(connection, rescan.id)?;
                done.alerts += after.0.saturating_sub(before.0);
                done.items += after.1.saturating_sub(before.1);
            }
            Ok(done)
        })
        .await
    }
}

fn number(causes: &Causes) -> usize {
    causes.alerts.len() + causes.digests.len()
}

/// Puts an article into the story of its kin. One that was compared with none before is noted for those that come.
fn place(
    connection: &Connection,
    held: &mut Held,
    (id, Placing { bands, kindred }): (ArticleId, &Placing),
) -> rusqlite::Result<Vec<Kin>> {
    let (seq, at): (i64, Timestamp) = connection
        .prepare_cached("SELECT seq, first_seen_at FROM article WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let kin = find_kin(connection, held, (bands, kindred, at))?;
    held.insert_again(connection, Marked { seq, at, bands, keys: &kindred.keys, facts: &kindred.facts })?;
    // An article is a copy of an earlier one; identities sort by time.
    let copy_of = kin.iter().find(|kin| kin.holds_all && kin.id < id).map(|kin| kin.id);
    join(connection, (id, at), &kin, copy_of)?;
    Ok(kin)
}

/// How many alerts and digest items there are of an article.
fn causes_of(connection: &Connection, id: ArticleId) -> rusqlite::Result<(usize, usize)> {
    let count = |sql: &str| -> rusqlite::Result<usize> {
        let count: i64 = connection.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    };
    Ok((
        count("SELECT count(*) FROM alert WHERE article_id = ?1")?,
        count("SELECT count(*) FROM digest_item WHERE article_id = ?1")?,
    ))
}

fn note(connection: &Connection, rescan: &Rescan, done: &mut Rescanned) -> Result<(), StoreError> {
    for (entity, prominence) in &rescan.mentions {
        let noted = mention(connection, rescan.id, entity)?;
        if noted.as_ref() == prominence.as_ref() {
            continue;
        }
        connection
            .prepare_cached("DELETE FROM mention WHERE article_id = ?1 AND entity = ?2")?
            .execute(params![rescan.id, entity])?;
        if let Some(prominence) = prominence {
            insert_mentions(connection, rescan.id, std::slice::from_ref(prominence))?;
        }
        match (noted.is_some(), prominence.is_some()) {
            (false, _) => done.added += 1,
            (true, true) => done.changed += 1,
            (true, false) => done.removed += 1,
        }
    }
    Ok(())
}

fn mention(connection: &Connection, id: ArticleId, entity: &str) -> rusqlite::Result<Option<Prominence>> {
    connection
        .prepare_cached(
            "SELECT entity, count, in_title, surfaces FROM mention WHERE article_id = ?1 AND entity = ?2",
        )?
        .query_row(params![id, entity], prominence)
        .optional()
}

fn prominence(row: &rusqlite::Row<'_>) -> rusqlite::Result<Prominence> {
    let (count, Json(surfaces)) = (row.get::<_, i64>("count")?, row.get("surfaces")?);
    Ok(Prominence {
        name: row.get("entity")?,
        count: usize::try_from(count).unwrap_or(0),
        in_title: row.get("in_title")?,
        surfaces,
    })
}

fn traces(connection: &Connection, id: ArticleId) -> rusqlite::Result<Traces> {
    let pairs = |sql: &str| -> rusqlite::Result<BTreeSet<(String, String)>> {
        connection.prepare_cached(sql)?.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let sources = connection
        .prepare_cached(
            "SELECT source.name FROM article_source JOIN source ON source.id = source_id WHERE article_id = ?1 ORDER BY first_seen_at",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let is_held = connection
        .prepare_cached("SELECT count(*) > 0 AND count(held) = count(*) FROM entry WHERE article_seq = (SELECT seq FROM article WHERE id = ?1)")?
        .query_row([id], |row| row.get(0))?;
    let entities = connection
        .prepare_cached("SELECT entity, count, in_title, surfaces FROM mention WHERE article_id = ?1")?
        .query_map([id], prominence)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Traces {
        sources,
        is_held,
        alerts: pairs(
            "SELECT rule, recipient FROM alert WHERE article_id = ?1 UNION ALL \
             SELECT name, recipient FROM held_copy WHERE article_id = ?1 AND kind = 'alert'",
        )?,
        digests: pairs(
            "SELECT digest, recipient FROM digest_item WHERE article_id = ?1 UNION ALL \
             SELECT name, recipient FROM held_copy WHERE article_id = ?1 AND kind = 'digest'",
        )?,
        entities,
    })
}
