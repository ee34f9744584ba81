//! Copies: what earlier articles led to that hold the same text, and who was not told again.

use std::fmt;
use std::sync::Arc;

use rusqlite::{Connection, Row, params};

use super::columns::Document;
use super::ingest::{Causes, Filing};
use super::stories::Kin;
use super::vicinity::Judge;
use super::{Store, StoreError};
use crate::model::{Addressed, ArticleId, Earlier, Recipient, Timestamp, Told, Withheld};

/// Says who need not be told of a copy, given what came of the articles that hold all its text.
pub type Weigh = Arc<dyn Fn(&[Earlier]) -> Withheld + Send + Sync>;

/// What is known of an article beside those that were filed before it.
#[derive(Clone, Default)]
pub struct Kindred {
    /// What articles of one event have in common with it.
    pub keys: Vec<u64>,
    /// Its names and numbers, to be compared with those of later ones.
    pub facts: Vec<u8>,
    /// Who of those that may be kin is. It is asked inside the transaction, where nobody else files anything.
    pub judge: Option<Judge>,
    /// Who need not be told of it. It is asked inside the transaction, where nobody else tells anyone.
    pub weigh: Option<Weigh>,
}

impl fmt::Debug for Kindred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kindred").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

/// An alert or digest that was held back from someone because an earlier article had told the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCopy {
    /// The `[[alert]]` or `[[digest]]`.
    pub name: String,
    /// Who was not told.
    pub recipient: Recipient,
    /// The headline of the article that had told the same.
    pub title: String,
    /// The address it was read at.
    pub url: String,
    /// The source that brought it.
    pub source: String,
}

impl Store {
    /// Who was not told of an article because it is a copy.
    pub async fn held_copies(&self, id: ArticleId) -> Result<Vec<HeldCopy>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT held_copy.name, recipient, coalesce(packed, document) AS document, source.name AS source FROM held_copy \
                 JOIN article ON article.id = copy_of JOIN source ON source.id = article.source_id \
                 WHERE held_copy.article_id = ?1 ORDER BY held_copy.name, recipient",
            )?;
            let held = |row: &Row<'_>| {
                let Document(article) = row.get("document")?;
                Ok(HeldCopy {
                    name: row.get("name")?,
                    recipient: row.get("recipient")?,
                    title: article.title,
                    url: article.url,
                    source: row.get("source")?,
                })
            };
            statement.query_map([id], held)?.collect()
        })
        .await
    }
}

/// What follows from a new article, without what an earlier one told already.
pub(super) fn hold_back(
    connection: &Connection,
    (id, kin): (ArticleId, &[Kin]),
    filing: &Filing,
) -> Result<Causes, StoreError> {
    let withheld = weigh(connection, kin, &filing.kindred)?;
    note(connection, (id, filing.at), &withheld)?;
    let left = |causes: &[Addressed], held: &[Told]| {
        causes.iter().filter(|cause| held.iter().all(|told| told.cause != **cause)).cloned().collect()
    };
    Ok(Causes {
        alerts: left(&filing.if_new.alerts, &withheld.alerts),
        digests: left(&filing.if_new.digests, &withheld.digests),
    })
}

/// Who need not be told of an article, by what its kin led to.
fn weigh(connection: &Connection, kin: &[Kin], kindred: &Kindred) -> rusqlite::Result<Withheld> {
    let Some(weigh) = &kindred.weigh else { return Ok(Withheld::default()) };
    let holders = kin.iter().filter(|kin| kin.holds_all);
    let earlier = holders.map(|kin| earlier(connection, kin.id)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(if earlier.is_empty() { Withheld::default() } else { weigh(&earlier) })
}

/// Notes who was not told.
fn note(
    connection: &Connection,
    (id, at): (ArticleId, Timestamp),
    withheld: &Withheld,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO held_copy (article_id, kind, name, recipient, copy_of, held_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT DO NOTHING",
    )?;
    for (kind, held) in [("alert", &withheld.alerts), ("digest", &withheld.digests)] {
        for Told { cause, by } in held {
            insert.execute(params![id, kind, cause.name, cause.recipient, by, at])?;
        }
    }
    Ok(())
}

fn earlier(connection: &Connection, id: ArticleId) -> rusqlite::Result<Earlier> {
    let mut mentioned = connection.prepare_cached("SELECT entity FROM mention WHERE article_id = ?1")?;
    let entities = mentioned.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let told = |sql: &str| -> rusqlite::Result<Vec<Told>> {
        connection.prepare_cached(sql)?.query_map([id], told)?.collect()
    };
    Ok(Earlier {
        entities,
        alerts: told(
            "SELECT rule AS name, recipient, article_id AS teller FROM alert WHERE article_id = ?1 \
             UNION ALL SELECT name, recipient, copy_of FROM held_copy WHERE article_id = ?1 AND kind = 'alert'",
        )?,
        digests: told(
            "SELECT digest AS name, recipient, article_id AS teller FROM digest_item \
             WHERE article_id = ?1 AND delivery_id IS NOT NULL \
             UNION ALL SELECT name, recipient, copy_of FROM held_copy WHERE article_id = ?1 AND kind = 'digest'",
        )?,
    })
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    let cause = Addressed { name: row.get("name")?, recipient: row.get("recipient")? };
    Ok(Told { cause, by: row.get("teller")? })
}
