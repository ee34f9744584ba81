//! Filing an article: the article, its mentions, alerts, digest items and messages in one transaction.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::columns::Json;
use super::copies::{Kindred, hold_back};
use super::entries::{ClaimedEntry, complete_entry};
use super::keys::{address_hash, entry_hash};
use super::lessons::{Lessons, learn_host, learn_rules};
use super::marks::Marked;
use super::mentions::insert_mentions;
use super::outbox::{Restraints, queue_alert};
use super::packed::pack;
use super::revisions::{Track, track};
use super::same::{SameBy, find_same};
use super::stories::{join, story_of};
use super::vicinity::find_kin;
use super::{Store, StoreError};
use crate::model::{
    Addressed, AlertId, Article, ArticleId, HeldBack, Item, Prominence, Recipient, SourceId, Timestamp,
};

/// An article and everything that follows from it.
#[derive(Debug, Clone)]
pub struct Filing {
    /// The article.
    pub article: Article,
    /// Every address it is known under.
    pub url_keys: Vec<String>,
    /// Its content hash; an article with the same one is the same article.
    pub content_hash: Option<[u8; 32]>,
    /// What copies of it have in common with it: the bands of its signature.
    pub bands: Vec<u64>,
    /// Its story, and what of it was told before.
    pub kindred: Kindred,
    /// The tracked entities it mentions.
    pub entities: Vec<Prominence>,
    /// Its headline in the form that search compares.
    pub search_title: String,
    /// Its text in the form that search compares.
    pub search_body: String,
    /// Why it does not alert.
    pub held: Option<HeldBack>,
    /// What follows where the article is new.
    pub if_new: Causes,
    /// What follows where it is known already and this source brings it too.
    pub if_known: Causes,
    /// What keeps alerts from being told at once.
    pub restraints: Restraints,
    /// The message item about it, but for its identity and the names of alerts.
    pub item: Item,
    /// When it was read.
    pub at: Timestamp,
    /// What its text depended on besides its page.
    pub epoch: String,
    /// What it teaches of its host and its source.
    pub lessons: Lessons,
    /// How it is looked at again, where it is.
    pub track: Option<Track>,
}

/// Who is to know of an article, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Causes {
    /// Each `[[alert]]` that fired, with its recipients.
    pub alerts: Vec<Addressed>,
    /// Each `[[digest]]` that takes it, with its recipients.
    pub digests: Vec<Addressed>,
}

/// A new article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    /// Its identity.
    pub id: ArticleId,
    /// The alerts that someone is told of it by, each as often as there are recipients.
    pub alerts: Vec<String>,
}

/// How filing ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ingested {
    /// The article is new.
    New(Fresh),
    /// The article was known; this source brings it too.
    Known(ArticleId),
    /// Someone else has the entry now; nothing was changed.
    LeaseLost,
}

impl Store {
    /// Files the article of a claimed entry and takes the entry off the queue. URL and content are compared inside the
    /// transaction, so that of two workers with the same article one finds it known.
    pub async fn commit_ingest(
        &self,
        claimed: &ClaimedEntry,
        filing: Filing,
    ) -> Result<Ingested, StoreError> {
        let claimed = claimed.clone();
        let (packed, marks) = (pack(&filing.article)?, self.marks.clone());
        self.write_outcome(move |connection| {
            let known = find_same(connection, &filing)?;
            if !complete_entry(connection, &claimed)? {
                return Ok(Ingested::LeaseLost);
            }
            let mut held = marks.of(connection)?;
            let kin = if known.is_none() {
                find_kin(connection, &held, (&filing.bands, &filing.kindred, filing.at))?
            } else {
                Vec::new()
            };
            let (id, seq) = match known {
                Some((id, seq, _)) => (id, seq),
                None => insert_article(connection, claimed.source_id, &filing, &packed)?,
            };
            learn_rules(connection, claimed.source_id, &filing.lessons)?;
            if known.is_none() {
                held.insert(connection, marked(seq, &filing))?;
                learn_host(connection, &filing.lessons, filing.at)?;
            }
            drop(held);
            let url = if known.is_some() { filing.article.url.as_str() } else { "" };
            note_source(connection, id, &claimed, (url, filing.at))?;
            link(connection, seq, &claimed, &filing)?;
            if let Some(wanted) = &filing.track {
                track(connection, (id, claimed.source_id), wanted, filing.at)?;
            }
            match known {
                Some((.., SameBy::Address)) => {
                    tell(connection, id, &filing, &filing.if_known)?;
                    return Ok(Ingested::Known(id));
                }
                // Another headline may make rules true that were not: who was told of the article is not told again.
                Some((.., SameBy::Words)) => {
                    tell(connection, id, &filing, &filing.if_new)?;
                    return Ok(Ingested::Known(id));
                }
                None => {}
            }
            let copy_of = kin.iter().find(|kin| kin.holds_all).map(|kin| kin.id);
            join(connection, (id, filing.at), &kin, copy_of)?;
            let causes = hold_back(connection, (id, &kin), &filing)?;
            tell(connection, id, &filing, &causes)?;
            let alerts = causes.alerts.into_iter().map(|cause| cause.name).collect();
            Ok(Ingested::New(Fresh { id, alerts }))
        })
        .await
    }
}

fn tell(connection: &Connection, id: ArticleId, filing: &Filing, causes: &Causes) -> Result<(), StoreError> {
    if !causes.alerts.is_empty() {
        let item = Item { id, story: story_of(connection, id)?, ..filing.item.clone() };
        raise_alerts(connection, (&item, filing.at), &causes.alerts, &filing.restraints)?;
    }
    add_to_digests(connection, id, filing, &causes.digests)
}

pub(super) fn insert_article(
    connection: &Connection,
    source: SourceId,
    filing: &Filing,
    packed: &[u8],
) -> Result<(ArticleId, i64), StoreError> {
    let id = ArticleId::new(filing.at);
    let published_at = filing.article.published.map(crate::model::Moment::timestamp);
    connection
        .prepare_cached(
            "INSERT INTO article (id, source_id, title, published_at, first_seen_at, content_hash, document, packed, verdict, epoch) \
             VALUES (?1, ?2, ?9, ?3, ?4, ?5, '', ?6, ?7, ?8)",
        )?
        .execute(params![
            id,
            source,
            published_at,
            filing.at,
            filing.content_hash,
            packed,
            Json(filing.article.verdict),
            filing.epoch,
            filing.article.title
        ])?;
    let seq = connection.last_insert_rowid();
    connection
        .prepare_cached("INSERT INTO article_search (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, filing.search_title, filing.search_body])?;
    insert_mentions(connection, id, &filing.entities)?;
    Ok((id, seq))
}

fn marked(seq: i64, filing: &Filing) -> Marked<'_> {
    let Kindred { keys, facts, .. } = &filing.kindred;
    Marked { seq, at: filing.at, bands: &filing.bands, keys, facts }
}

/// Notes under which addresses the article is known, and what became of the entry. A watched page leaves its address to an article.
fn link(
    connection: &Connection,
    seq: i64,
    claimed: &ClaimedEntry,
    filing: &Filing,
) -> Result<(), StoreError> {
    let mut address = connection.prepare_cached(
        "INSERT INTO article_address (address_hash, article_seq) VALUES (?1, ?2) \
         ON CONFLICT DO UPDATE SET article_seq = excluded.article_seq WHERE EXISTS ( \
           SELECT 1 FROM article JOIN tracked ON tracked.article_id = article.id \
           WHERE article.seq = article_address.article_seq AND kind = 'page')",
    )?;
    for key in &filing.url_keys {
        address.execute(params![address_hash(key), seq])?;
    }
    // What the feed called it is kept where the page has another headline.
    let title = claimed.entry.title.as_ref().filter(|title| **title != filing.article.title);
    connection
        .prepare_cached(
            "UPDATE entry SET state = ?2, held = ?3, article_seq = ?4, title = ?5 WHERE key_hash = ?1",
        )?
        .execute(params![
            entry_hash(claimed.source_id, claimed.entry.key.as_str()),
            if filing.held.is_some() { "held" } else { "done" },
            filing.held.map(HeldBack::as_str),
            seq,
            title
        ])?;
    Ok(())
}

/// Notes through which source and at which address the article came; none is its own.
fn note_source(
    connection: &Connection,
    id: ArticleId,
    claimed: &ClaimedEntry,
    (url, at): (&str, Timestamp),
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO article_source (article_id, source_id, url, first_seen_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![id, claimed.source_id, url, at])?;
    Ok(())
}

/// One message per recipient names every alert that matched and was not raised before. Who was not told because a copy had told
/// it already is not told now either.
pub(super) fn raise_alerts(
    connection: &Connection,
    (item, at): (&Item, Timestamp),
    alerts: &[Addressed],
    restraints: &Restraints,
) -> Result<(), StoreError> {
    let mut settled = connection.prepare_cached(
        "SELECT 1 FROM alert WHERE rule = ?1 AND recipient = ?2 AND article_id = ?3 UNION ALL \
         SELECT 1 FROM held_copy WHERE name = ?1 AND recipient = ?2 AND article_id = ?3 AND kind = 'alert'",
    )?;
    let mut by_recipient: BTreeMap<&Recipient, Vec<&str>> = BTreeMap::new();
    for Addressed { name, recipient } in alerts {
        if !settled.exists(params![name, recipient, item.id])? {
            by_recipient.entry(recipient).or_default().push(name);
        }
    }
    for (recipient, rules) in by_recipient {
        raise(connection, (item, at), (recipient, &rules), restraints)?;
    }
    Ok(())
}

fn raise(
    connection: &Connection,
    (item, at): (&Item, Timestamp),
    (recipient, rules): (&Recipient, &[&str]),
    restraints: &Restraints,
) -> Result<(), StoreError> {
    let alerts = rules.iter().map(|&rule| rule.to_owned()).collect();
    let delivery = queue_alert(connection, recipient, Item { alerts, ..item.clone() }, restraints, at)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO alert (id, rule, recipient, article_id, created_at, delivery_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for rule in rules {
        insert.execute(params![AlertId::new(at), rule, recipient, item.id, at, delivery])?;
    }
    Ok(())
}

/// Joins what is not there yet to the open periods.
pub(super) fn add_to_digests(
    connection: &Connection,
    id: ArticleId,
    filing: &Filing,
    digests: &[Addressed],
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO digest_item (digest, recipient, article_id, created_at, item) SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS \
           (SELECT 1 FROM held_copy WHERE name = ?1 AND recipient = ?2 AND article_id = ?3 AND kind = 'digest') ON CONFLICT DO NOTHING",
    )?;
    let item = Item { id, ..filing.item.clone() };
    for Addressed { name, recipient } in digests {
        insert.execute(params![name, recipient, id, filing.at, Json(&item)])?;
    }
    Ok(())
}
