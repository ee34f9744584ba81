//! What troubles the daemon itself, and whether that was told.

use rusqlite::params;

use super::outbox::queue_notices;
use super::{Store, StoreError};
use crate::model::{Notice, Recipient, Timestamp};

/// A trouble that is told once when it begins and once when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The disk is nearly full.
    Disk,
    /// The database could not be copied when that was due.
    Backup,
}

impl Trouble {
    /// Its name in the database.
    fn as_str(self) -> &'static str {
        match self {
            Self::Disk => "disk",
            Self::Backup => "backup",
        }
    }
}

impl Store {
    /// Since when operators know of a trouble; `None` where they were told nothing, or that it is over.
    pub async fn trouble(&self, trouble: Trouble) -> Result<Option<Timestamp>, StoreError> {
        self.read(move |connection| {
            let mut found = connection.prepare_cached("SELECT since FROM trouble WHERE name = ?1")?;
            let mut rows = found.query([trouble.as_str()])?;
            rows.next()?.map(|row| row.get("since")).transpose()
        })
        .await
    }

    /// Remembers a trouble, and tells of it unless that was done.
    pub async fn begin_trouble(
        &self,
        trouble: Trouble,
        notices: Vec<(Recipient, Notice)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let begun = connection.execute(
                "INSERT INTO trouble (name, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![trouble.as_str(), now],
            )?;
            if begun > 0 {
                queue_notices(connection, &notices, now)?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets a trouble, and tells that it is over where it was told.
    pub async fn end_trouble(
        &self,
        trouble: Trouble,
        notices: Vec<(Recipient, Notice)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            if connection.execute("DELETE FROM trouble WHERE name = ?1", [trouble.as_str()])? > 0 {
                queue_notices(connection, &notices, now)?;
            }
            Ok(())
        })
        .await
    }
}
