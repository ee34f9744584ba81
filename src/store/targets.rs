//! Webhooks that are to be left alone: for a while because they asked for it, or until someone wakes them.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::columns::Json;
use super::{Store, StoreError};
use crate::model::{Recipient, Timestamp};

/// Who was asked for nothing more so long after its pause has not gone on asking for patience.
const FORGIVEN: Duration = Duration::from_hours(1);

/// Until the file or a command says otherwise.
const FOR_GOOD: Timestamp = Timestamp::from_micros(i64::MAX);

/// A recipient that nothing is sent to for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuietTarget {
    /// Which.
    pub recipient: Recipient,
    /// Since when; where it asked several times and took nothing in between, since the first.
    pub since: Option<Timestamp>,
    /// Until when; `None`: until the file or a command wakes it.
    pub until: Option<Timestamp>,
    /// What it answered.
    pub why: Option<String>,
    /// How many messages wait for it.
    pub waiting: i64,
}

impl Store {
    /// Notes what sources.toml says of each webhook. One of which it says something new is woken, and one that it no longer names is
    /// forgotten, so that what waits for it is answered.
    pub async fn settle_targets(&self, targets: Vec<(Recipient, String)>) -> Result<(), StoreError> {
        self.write(move |connection| {
            let mut settle = connection.prepare_cached(
                "INSERT INTO target (recipient, fingerprint) VALUES (?1, ?2) ON CONFLICT (recipient) DO UPDATE \
                 SET fingerprint = ?2, quiet_until = 0, quiet_since = NULL, why = NULL WHERE fingerprint <> ?2",
            )?;
            for (recipient, fingerprint) in &targets {
                settle.execute(params![recipient, fingerprint])?;
            }
            let named: Vec<String> = targets.iter().map(|(recipient, _)| recipient.to_string()).collect();
            connection.execute(
                "DELETE FROM target WHERE recipient LIKE 'webhook:%' AND recipient NOT IN (SELECT value FROM json_each(?1))",
                [Json(&named)],
            )?;
            Ok(())
        })
        .await
    }

    /// Sends to the recipient again. False where nothing kept it quiet.
    pub async fn wake_target(&self, recipient: Recipient, now: Timestamp) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let woken = connection.execute(
                "UPDATE target SET quiet_until = 0, quiet_since = NULL, why = NULL WHERE recipient = ?1 AND quiet_until > ?2",
                params![recipient, now],
            )?;
            Ok(woken == 1)
        })
        .await
    }

    /// Since when the recipient has been asking for patience, again and again and without having taken anything meanwhile.
    pub async fn asking_since(
        &self,
        recipient: Recipient,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.read(move |connection| {
            let mut since = connection.prepare_cached(
                "SELECT quiet_since FROM target WHERE recipient = ?1 AND quiet_since IS NOT NULL AND quiet_until > ?2",
            )?;
            since.query_row(params![recipient, now.minus(FORGIVEN)], |row| row.get(0)).optional()
        })
        .await
    }

    /// The recipients that nothing is sent to for now.
    pub async fn quiet_targets(&self, now: Timestamp) -> Result<Vec<QuietTarget>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare(
                "SELECT recipient, quiet_since, quiet_until, why, \
                   (SELECT count(*) FROM delivery WHERE delivery.recipient = target.recipient AND state = 'queued') AS waiting \
                 FROM target WHERE quiet_until > ?1 ORDER BY recipient",
            )?;
            let rows = statement.query_map([now], |row| {
                let until: Timestamp = row.get("quiet_until")?;
                Ok(QuietTarget {
                    recipient: row.get("recipient")?,
                    since: row.get("quiet_since")?,
                    until: (until < FOR_GOOD).then_some(until),
                    why: row.get("why")?,
                    waiting: row.get("waiting")?,
                })
            })?;
            rows.collect()
        })
        .await
    }
}

/// Leaves the recipient alone until then, at least.
pub(super) fn pause(
    connection: &Connection,
    recipient: &Recipient,
    until: Timestamp,
    (why, now): (&str, Timestamp),
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO target (recipient, fingerprint, quiet_until, quiet_since, why) VALUES (?1, '', ?2, ?4, ?3) \
             ON CONFLICT (recipient) DO UPDATE SET quiet_until = ?2, why = ?3, \
               quiet_since = iif(quiet_since IS NULL OR quiet_until <= ?5, ?4, quiet_since) WHERE quiet_until < ?2",
        )?
        .execute(params![recipient, until, why, now, now.minus(FORGIVEN)])?;
    Ok(())
}

/// It took a message: its next wish is taken at its word.
pub(super) fn trust_again(connection: &Connection, recipient: &Recipient) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE target SET quiet_since = NULL WHERE recipient = ?1 AND quiet_since IS NOT NULL",
        )?
        .execute([recipient])?;
    Ok(())
}

/// Leaves the recipient alone until someone wakes it. False where that was so already.
pub(super) fn switch_off(
    connection: &Connection,
    recipient: &Recipient,
    why: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let was_off: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM target WHERE recipient = ?1 AND quiet_until = ?2)")?
        .query_row(params![recipient, FOR_GOOD], |row| row.get(0))?;
    pause(connection, recipient, FOR_GOOD, (why, now))?;
    Ok(!was_off)
}

/// When the first of those that are left alone for a while, and for whom something waits, may be called again.
pub(super) fn next_awake(connection: &Connection, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let next = connection
        .prepare_cached(
            "SELECT min(quiet_until) FROM target WHERE quiet_until > ?1 AND quiet_until < ?2 AND EXISTS \
               (SELECT 1 FROM delivery WHERE delivery.recipient = target.recipient AND state = 'queued')",
        )?
        .query_row(params![now, FOR_GOOD], |row| row.get(0))?;
    Ok(next)
}
