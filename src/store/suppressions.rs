//! Who wants no more mails of a list, and the key that their links are signed with.

use rusqlite::{OptionalExtension as _, params};

use super::{Store, StoreError};
use crate::model::Timestamp;

/// A list that an address wants no more mails of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The mail address.
    pub address: String,
    /// `alert:NAME` or `digest:NAME`.
    pub list: String,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Takes the address off the list. False where it was off already.
    pub async fn unsubscribe(
        &self,
        address: String,
        list: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.write(move |connection| {
            let added = connection.execute(
                "INSERT INTO suppression (address, list, since) SELECT ?1, ?2, ?3 WHERE NOT EXISTS \
                   (SELECT 1 FROM suppression WHERE lower(address) = lower(?1) AND list = ?2)",
                params![address, list, now],
            )?;
            Ok(added == 1)
        })
        .await
    }

    /// Puts the address on every list again, and returns those that it was off.
    pub async fn resubscribe(&self, address: String) -> Result<Vec<String>, StoreError> {
        self.write(move |connection| {
            let mut statement = connection
                .prepare_cached("DELETE FROM suppression WHERE lower(address) = lower(?1) RETURNING list")?;
            let lists = statement.query_map([&address], |row| row.get(0))?;
            Ok(lists.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Those of these lists that the address is not off, in the same order; its letters count alike, large or small.
    pub async fn kept_lists(&self, address: String, lists: Vec<String>) -> Result<Vec<String>, StoreError> {
        self.read(move |connection| {
            let mut off = connection
                .prepare_cached("SELECT 1 FROM suppression WHERE lower(address) = lower(?1) AND list = ?2")?;
            let mut kept = Vec::new();
            for list in lists {
                if !off.exists(params![address, list])? {
                    kept.push(list);
                }
            }
            Ok(kept)
        })
        .await
    }

    /// Everyone who is off a list.
    pub async fn suppressions(&self) -> Result<Vec<Suppression>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare("SELECT address, list, since FROM suppression ORDER BY address, list")?;
            let rows = statement.query_map([], |row| {
                Ok(Suppression {
                    address: row.get("address")?,
                    list: row.get("list")?,
                    since: row.get("since")?,
                })
            })?;
            rows.collect()
        })
        .await
    }

    /// The key of this name, which is `fresh` where there was none.
    pub async fn own_key(
        &self,
        name: &'static str,
        fresh: [u8; 32],
        now: Timestamp,
    ) -> Result<[u8; 32], StoreError> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO own_key (name, key, made_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                params![name, fresh, now],
            )?;
            Ok(connection.query_row("SELECT key FROM own_key WHERE name = ?1", [name], |row| row.get(0))?)
        })
        .await
    }

    /// The key of this name, where there is one.
    pub async fn find_key(&self, name: &'static str) -> Result<Option<[u8; 32]>, StoreError> {
        self.read(move |connection| {
            connection
                .query_row("SELECT key FROM own_key WHERE name = ?1", [name], |row| row.get(0))
                .optional()
        })
        .await
    }
}
