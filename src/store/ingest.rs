//! Filing an article: the article, its mentions, alerts, digest items and messages in one transaction.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::columns::Json;
use super::entries::{ClaimedEntry, complete_entry};
use super::lessons::{Lessons, learn_host, learn_rules};
use super::outbox::queue_delivery;
use super::revisions::{Track, track};
use super::{Store, StoreError};
use crate::model::{
    AlertId, Article, ArticleId, DeliveryId, HeldBack, Item, Message, Prominence, Recipient, SourceId,
    Timestamp,
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

/// An alert or digest by name, and one who receives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The name of the alert or digest.
    pub name: String,
    /// Who receives it.
    pub recipient: Recipient,
}

/// How filing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ingested {
    /// The article is new.
    New(ArticleId),
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
        self.write_outcome(move |connection| {
            if !complete_entry(connection, &claimed)? {
                return Ok(Ingested::LeaseLost);
            }
            let known = find_same(connection, &filing)?;
            let id = match known {
                Some(id) => id,
                None => insert_article(connection, claimed.source_id, &filing)?,
            };
            learn_rules(connection, claimed.source_id, &filing.lessons)?;
            if known.is_none() {
                learn_host(connection, &filing.lessons, filing.at)?;
            }
            link(connection, id, &claimed, &filing)?;
            if let Some(wanted) = &filing.track {
                track(connection, (id, claimed.source_id), wanted, filing.at)?;
            }
            let causes = if known.is_some() { &filing.if_known } else { &filing.if_new };
            raise_alerts(connection, id, &filing, &causes.alerts)?;
            add_to_digests(connection, id, &filing, &causes.digests)?;
            Ok(if known.is_some() { Ingested::Known(id) } else { Ingested::New(id) })
        })
        .await
    }
}

fn find_same(connection: &Connection, filing: &Filing) -> Result<Option<ArticleId>, StoreError> {
    let mut by_url = connection.prepare_cached("SELECT article_id FROM article_url WHERE url_key = ?1")?;
    for key in &filing.url_keys {
        let found = by_url.query_row([key], |row| row.get(0)).optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let Some(hash) = filing.content_hash else { return Ok(None) };
    let mut by_content = connection.prepare_cached("SELECT id FROM article WHERE content_hash = ?1")?;
    Ok(by_content.query_row([hash], |row| row.get(0)).optional()?)
}

pub(super) fn insert_article(
    connection: &Connection,
    source: SourceId,
    filing: &Filing,
) -> Result<ArticleId, StoreError> {
    let id = ArticleId::new(filing.at);
    let published_at = filing.article.published.map(crate::model::Moment::timestamp);
    connection
        .prepare_cached(
            "INSERT INTO article (id, source_id, title, published_at, first_seen_at, content_hash, document, epoch) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            id,
            source,
            filing.article.title,
            published_at,
            filing.at,
            filing.content_hash,
            Json(&filing.article),
            filing.epoch
        ])?;
    connection
        .prepare_cached("INSERT INTO article_search (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![connection.last_insert_rowid(), filing.search_title, filing.search_body])?;
    let mut mention = connection.prepare_cached(
        "INSERT INTO mention (article_id, entity, count, in_title, surfaces) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for entity in &filing.entities {
        mention.execute(params![
            id,
            entity.name,
            entity.count as i64,
            entity.in_title,
            Json(&entity.surfaces)
        ])?;
    }
    Ok(id)
}

/// Notes under which addresses and through which source the article came.
fn link(
    connection: &Connection,
    id: ArticleId,
    claimed: &ClaimedEntry,
    filing: &Filing,
) -> Result<(), StoreError> {
    let mut url = connection.prepare_cached(
        "INSERT INTO article_url (url_key, article_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?;
    for key in &filing.url_keys {
        url.execute(params![key, id])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO article_source (article_id, source_id, url, first_seen_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![id, claimed.source_id, filing.article.url, filing.at])?;
    connection
        .prepare_cached(
            "UPDATE entry SET state = ?3, held = ?4, article_id = ?5 WHERE source_id = ?1 AND key = ?2",
        )?
        .execute(params![
            claimed.source_id,
            claimed.entry.key.as_str(),
            if filing.held.is_some() { "held" } else { "done" },
            filing.held.map(HeldBack::as_str),
            id
        ])?;
    Ok(())
}

/// One message per recipient names every alert that matched and was not raised before.
fn raise_alerts(
    connection: &Connection,
    id: ArticleId,
    filing: &Filing,
    alerts: &[Addressed],
) -> Result<(), StoreError> {
    let mut raised = connection
        .prepare_cached("SELECT 1 FROM alert WHERE rule = ?1 AND recipient = ?2 AND article_id = ?3")?;
    let mut by_recipient: BTreeMap<&Recipient, Vec<&str>> = BTreeMap::new();
    for Addressed { name, recipient } in alerts {
        if !raised.exists(params![name, recipient, id])? {
            by_recipient.entry(recipient).or_default().push(name);
        }
    }
    for (recipient, rules) in by_recipient {
        raise(connection, id, filing, recipient, &rules)?;
    }
    Ok(())
}

fn raise(
    connection: &Connection,
    id: ArticleId,
    filing: &Filing,
    recipient: &Recipient,
    rules: &[&str],
) -> Result<(), StoreError> {
    let alerts = rules.iter().map(|&rule| rule.to_owned()).collect();
    let item = Item { alerts, id, ..filing.item.clone() };
    let delivery = DeliveryId::new(filing.at);
    queue_delivery(connection, delivery, recipient, &Message::Alert { items: vec![item] }, filing.at)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO alert (id, rule, recipient, article_id, created_at, delivery_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for rule in rules {
        insert.execute(params![AlertId::new(filing.at), rule, recipient, id, filing.at, delivery])?;
    }
    Ok(())
}

pub(super) fn add_to_digests(
    connection: &Connection,
    id: ArticleId,
    filing: &Filing,
    digests: &[Addressed],
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO digest_item (digest, recipient, article_id, created_at, item) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )?;
    let item = Item { id, ..filing.item.clone() };
    for Addressed { name, recipient } in digests {
        insert.execute(params![name, recipient, id, filing.at, Json(&item)])?;
    }
    Ok(())
}
