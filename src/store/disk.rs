//! The disk that the database is on: how much room it has.

use super::Store;
use crate::model::DiskSpace;

impl Store {
    /// How much room the disk of the data folder has; `None` where the system does not tell.
    pub async fn disk_space(&self) -> Option<DiskSpace> {
        let folder = self.readers.folder().to_owned();
        // A network share that hangs keeps a thread waiting, and nothing else.
        tokio::task::spawn_blocking(move || space_at(&folder)).await.ok().flatten()
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
