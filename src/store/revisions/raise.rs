//! Alerts about changes: each cause once, one message per recipient.

use std::collections::BTreeMap;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::holds::{Waiting, hold, is_held, release};
use crate::model::{Addressed, AlertId, ArticleId, ChangeKind, Item, Recipient, RevisionId, Timestamp};
use crate::store::StoreError;
use crate::store::columns::Json;
use crate::store::outbox::{Restraints, queue_alert};

/// A text that says again what was told within this time is going back and forth,
const RESTLESS_FOR: Duration = Duration::from_hours(24);
/// and is only told once it has stayed so for this long.
const CALM_AFTER: Duration = Duration::from_hours(6);

/// An `[[alert]]` that a change fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiredEdit {
    /// Its name.
    pub rule: String,
    /// Who receives it.
    pub to: Vec<Recipient>,
    /// How long it waits for further changes.
    pub settle: Duration,
}

/// Who is told of a change, and what.
#[derive(Debug, Clone)]
pub struct Told {
    /// The alerts that fired.
    pub alerts: Vec<FiredEdit>,
    /// The digests that take it.
    pub digests: Vec<Addressed>,
    /// What keeps alerts from being told at once.
    pub restraints: Restraints,
    /// The message item about it, but for the names of alerts.
    pub item: Item,
}

/// Which change of which article, when, and what the text says now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Happened {
    pub(super) article: ArticleId,
    pub(super) before: RevisionId,
    pub(super) after: RevisionId,
    pub(super) text_hash: [u8; 32],
    pub(super) at: Timestamp,
}

/// Tells of a change, now or once it has settled.
pub(super) fn tell(connection: &Connection, told: &Told, happened: Happened) -> Result<(), StoreError> {
    let Happened { article, before, after, at, .. } = happened;
    let mut now = Vec::new();
    for fired in &told.alerts {
        let restless = is_restless(connection, &fired.rule, (told, happened))?;
        if is_held(connection, article, &fired.rule)? {
            // What was never told does not wait with a text that goes back and forth.
            if restless || !fired.settle.is_zero() {
                continue;
            }
            release(connection, article, &fired.rule)?;
        }
        let settle = if restless { fired.settle.max(CALM_AFTER) } else { fired.settle };
        if settle.is_zero() {
            now.push(fired.clone());
        } else {
            let why = if restless { Waiting::Restless } else { Waiting::Settling };
            let since = waits_from(connection, told, (article, before))?;
            hold(connection, (article, &fired.rule), since, (at.plus(settle), why))?;
        }
    }
    raise_all(connection, &now, (article, after, at), (&told.item, &told.restraints))?;
    add_to_digests(connection, &told.digests, happened, &told.item)
}

/// What is compared when the wait is over. Of a text that is back and says what it said, that is how it was gone.
fn waits_from(
    connection: &Connection,
    told: &Told,
    (article, before): (ArticleId, RevisionId),
) -> Result<RevisionId, StoreError> {
    let change = told.item.change.as_ref().map(|told| &told.change);
    let says_the_same = change.is_some_and(|change| {
        change.kind == Some(ChangeKind::Restored) && change.added.is_empty() && change.removed.is_empty()
    });
    if !says_the_same {
        return Ok(before);
    }
    let gone = connection
        .prepare_cached(
            "SELECT id FROM revision WHERE article_id = ?1 AND kind IN ('taken_down', 'truncated') ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([article], |row| row.get(0))
        .optional()?;
    Ok(gone.unwrap_or(before))
}

/// Whether the rule told a short while ago that the text says what it says now; that it is back is another thing to tell than
/// that it was edited.
fn is_restless(
    connection: &Connection,
    rule: &str,
    (told, happened): (&Told, Happened),
) -> Result<bool, StoreError> {
    let kind = told.item.change.as_ref().and_then(|told| told.change.kind);
    let is_back = kind == Some(ChangeKind::Restored);
    let told = connection
        .prepare_cached(
            "SELECT 1 FROM edit_alert JOIN revision ON revision.id = revision_id \
             WHERE edit_alert.article_id = ?1 AND rule = ?2 AND created_at > ?3 AND text_hash = ?4 AND (kind = 'restored') = ?5",
        )?
        .exists(params![happened.article, rule, happened.at.minus(RESTLESS_FOR), happened.text_hash, is_back])?;
    Ok(told)
}

/// One message per recipient names every alert that fired and was not raised for this change before.
pub(super) fn raise_all(
    connection: &Connection,
    fired: &[FiredEdit],
    (article, revision, at): (ArticleId, RevisionId, Timestamp),
    (item, restraints): (&Item, &Restraints),
) -> Result<(), StoreError> {
    let mut raised = connection.prepare_cached(
        "SELECT 1 FROM edit_alert WHERE rule = ?1 AND recipient = ?2 AND article_id = ?3 AND revision_id = ?4",
    )?;
    let mut by_recipient: BTreeMap<&Recipient, Vec<String>> = BTreeMap::new();
    for FiredEdit { rule, to, .. } in fired {
        for recipient in to {
            if !raised.exists(params![rule, recipient, article, revision])? {
                by_recipient.entry(recipient).or_default().push(rule.clone());
            }
        }
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO edit_alert (id, rule, recipient, article_id, revision_id, created_at, delivery_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (recipient, rules) in by_recipient {
        let item = Item { alerts: rules.clone(), ..item.clone() };
        let delivery = queue_alert(connection, recipient, item, restraints, at)?;
        for rule in rules {
            insert.execute(params![AlertId::new(at), rule, recipient, article, revision, at, delivery])?;
        }
    }
    Ok(())
}

fn add_to_digests(
    connection: &Connection,
    digests: &[Addressed],
    happened: Happened,
    item: &Item,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO digest_edit (digest, recipient, article_id, revision_id, created_at, item) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    )?;
    let Happened { article, after, at, .. } = happened;
    for Addressed { name, recipient } in digests {
        insert.execute(params![name, recipient, article, after, at, Json(item)])?;
    }
    Ok(())
}
