//! The copies of the database that are made by the clock: a folder of files that bear the time at which each was made.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::backup::copy;
use super::{Store, StoreError};
use crate::model::Timestamp;

/// In the data folder.
const FOLDER: &str = "backups";

/// The name of a copy, with the time in UTC.
const NAME: &str = "diemtin-%Y%m%dT%H%M%SZ.db";

/// Stands in the names of copies that are being made, and of their journals; `backup::copy` gives them.
const UNFINISHED: &str = ".unfinished.db";

impl Store {
    /// When the latest of these copies was made that is not of the future.
    pub async fn latest_backup(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let folder = self.readers.folder().join(FOLDER);
        self.read(move |_| {
            let copies = copies(&folder).map_err(io)?;
            Ok(copies.iter().map(|(at, _)| *at).rfind(|at| *at <= now))
        })
        .await
    }

    /// The bytes of the database, which are those of a copy.
    pub async fn size(&self) -> Result<u64, StoreError> {
        let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
        let size: i64 = self.read(|connection| connection.query_row(pages, [], |row| row.get(0))).await?;
        Ok(size.unsigned_abs())
    }

    /// Copies the live database, then removes all but the newest `keep` copies. Returns where the copy lies.
    pub async fn back_up(&self, now: Timestamp, keep: usize) -> Result<PathBuf, StoreError> {
        let folder = self.readers.folder().join(FOLDER);
        self.read(move |connection| {
            fs::create_dir_all(&folder).and_then(|()| remove_unfinished(&folder)).map_err(io)?;
            let file = folder.join(now.to_utc().format(NAME).to_string());
            copy(connection, &file)?;
            let mut copies = copies(&folder).map_err(io)?;
            // One that a wrong clock dated ahead takes nobody's place.
            copies.retain(|(at, _)| *at <= now);
            for (_, old) in copies.iter().rev().skip(keep) {
                fs::remove_file(old).map_err(io)?;
            }
            Ok(file)
        })
        .await
    }
}

/// The copies with their times, the oldest first. Other files in the folder are not ours to count or remove.
fn copies(folder: &Path) -> std::io::Result<Vec<(Timestamp, PathBuf)>> {
    let mut copies: Vec<_> =
        files(folder)?.into_iter().filter_map(|file| Some((made_at(&file)?, file))).collect();
    copies.sort();
    Ok(copies)
}

fn made_at(file: &Path) -> Option<Timestamp> {
    let name = file.file_name()?.to_str()?;
    NaiveDateTime::parse_from_str(name, NAME).ok().map(|at| at.and_utc().into())
}

/// What a copy left that was interrupted.
fn remove_unfinished(folder: &Path) -> std::io::Result<()> {
    let left = files(folder)?;
    let left = left.iter().filter(|file| file.to_str().is_some_and(|name| name.contains(UNFINISHED)));
    left.into_iter().try_for_each(fs::remove_file)
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn io(error: std::io::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}
