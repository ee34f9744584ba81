//! The disk that the database is on: how much room it has, and whether that was told.

use rusqlite::params;

use super::outbox::queue_notices;
use super::{Store, StoreError};
use crate::model::{DiskSpace, Notice, Recipient, Timestamp};

/// The name of this trouble in the database.
const DISK: &str = "disk";

impl Store {
    /// How much room the disk of the data folder has; `None` where the system does not tell.
    pub async fn disk_space(&self) -> Option<DiskSpace> {
        let folder = self.readers.folder().to_owned();
        // A network share that hangs keeps a thread waiting, and nothing else.
        tokio::task::spawn_blocking(move || space_at(&folder)).await.ok().flatten()
    }

    /// Since when operators know that the disk is nearly full; `None` where they were told nothing, or that it is well again.
    pub async fn disk_trouble(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|connection| {
            let mut found = connection.prepare_cached("SELECT since FROM trouble WHERE name = ?1")?;
            let mut rows = found.query([DISK])?;
            rows.next()?.map(|row| row.get("since")).transpose()
        })
        .await
    }

    /// Remembers that the disk is nearly full, and tells so.
    pub async fn begin_disk_trouble(
        &self,
        notices: Vec<(Recipient, Notice)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            let begun = connection.execute(
                "INSERT INTO trouble (name, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![DISK, now],
            )?;
            if begun > 0 {
                queue_notices(connection, &notices, now)?;
            }
            Ok(())
        })
        .await
    }

    /// Forgets that the disk was nearly full, and tells that it is well again.
    pub async fn end_disk_trouble(
        &self,
        notices: Vec<(Recipient, Notice)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            if connection.execute("DELETE FROM trouble WHERE name = ?1", [DISK])? > 0 {
                queue_notices(connection, &notices, now)?;
            }
            Ok(())
        })
        .await
    }
}

#[cfg(unix)]
fn space_at(folder: &std::path::Path) -> Option<DiskSpace> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(disk.f_frsize);
    // What is kept for root is no room for us.
    Some(DiskSpace { free: bytes(disk.f_bavail), total: bytes(disk.f_blocks) })
        .filter(|space| space.total > 0)
}

#[cfg(not(unix))]
fn space_at(_: &std::path::Path) -> Option<DiskSpace> {
    None
}
