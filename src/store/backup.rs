//! Copies of a live database by SQLite's online backup.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::error::OpenError;
use super::open::{self, Age, FILE_NAME, RunLock};
use super::{Store, StoreError};

/// All pages in one step: between two, a change by the writer would make the copy begin anew. Nobody waits, since it reads what
/// was committed when it began.
const PAGES_PER_STEP: i32 = i32::MAX;

/// Copies the whole database into `target`, which appears only when it is complete.
pub(super) fn copy(connection: &Connection, target: &Path) -> rusqlite::Result<()> {
    let unfinished = beside(target, "unfinished");
    remove(&unfinished);
    let copied = copy_into(connection, &unfinished).and_then(|()| {
        fs::rename(&unfinished, target).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
    });
    if copied.is_err() {
        remove(&unfinished);
    }
    copied
}

fn copy_into(connection: &Connection, file: &Path) -> rusqlite::Result<()> {
    let mut destination = Connection::open(file)?;
    Backup::new(connection, &mut destination)?.run_to_completion(PAGES_PER_STEP, Duration::ZERO, None)?;
    destination.pragma_update(None, "journal_mode", "DELETE")?;
    destination.close().map_err(|(_, error)| error)
}

impl Store {
    /// Copies the live database into `target`, which may hold an earlier copy but nothing else.
    pub async fn backup(&self, target: PathBuf) -> Result<(), StoreError> {
        let checked = target.clone();
        if let Some(objection) = self.read(move |connection| Ok(objection(connection, &checked))).await? {
            return Err(StoreError::Target { file: target, objection });
        }
        self.read(move |connection| copy(connection, &target)).await
    }
}

/// Puts the database of `backup` in the place of the one in `data_dir`, which is kept beside it.
///
/// Returns where the replaced database lies now, where there was one. Refused while a daemon runs.
pub fn restore(backup: &Path, data_dir: &Path) -> Result<Option<PathBuf>, OpenError> {
    let _lock = RunLock::take(data_dir)?;
    let fresh = data_dir.join("diemtin.restoring.db");
    copy_checked(backup, &fresh)?;
    let current = data_dir.join(FILE_NAME);
    let kept = current.exists().then(|| unused_beside(&current, "before-restore"));
    let swap = || -> std::io::Result<()> {
        if let Some(kept) = &kept {
            // The journal goes with its database: after a crash it holds the latest changes.
            for part in ["", "-wal", "-shm"] {
                set_aside(&with_suffix(&current, part), &with_suffix(kept, part))?;
            }
        }
        fs::rename(&fresh, &current)
    };
    swap().map_err(|why| OpenError::Folder { folder: data_dir.to_owned(), why: why.to_string() })?;
    Ok(kept)
}

/// A copy of `backup` that is known to be a sound diemtin database of a schema that is known here.
fn copy_checked(backup: &Path, fresh: &Path) -> Result<(), OpenError> {
    let refused = |why: String| OpenError::Copy { file: backup.to_owned(), why };
    let unsound = |error: rusqlite::Error| refused(format!("it cannot be read as a database ({error})"));
    let metadata = fs::metadata(backup).map_err(|error| refused(format!("it cannot be read ({error})")))?;
    if !metadata.is_file() {
        return Err(refused("it is not a file".to_owned()));
    }
    let source = Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(unsound)?;
    let verdict: String = source.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(unsound)?;
    if verdict != "ok" {
        return Err(refused(format!("it is damaged ({verdict})")));
    }
    match open::age(&source).map_err(unsound)? {
        Age::Foreign => Err(refused("it is not a diemtin database".to_owned())),
        Age::Newer(found) => Err(refused(format!("a newer diemtin wrote it (schema {found})"))),
        Age::Known => copy(&source, fresh)
            .map_err(|error| refused(format!("it could not be copied to {} ({error})", fresh.display()))),
    }
}

/// Why `target` must not be overwritten by a copy of `connection`'s database, where it must not.
fn objection(connection: &Connection, target: &Path) -> Option<&'static str> {
    let found = fs::canonicalize(target).ok()?;
    let live = connection.path().and_then(|path| fs::canonicalize(path).ok());
    if live.is_some_and(|live| live == found) {
        return Some("is the database itself");
    }
    if fs::metadata(&found).is_ok_and(|metadata| metadata.len() == 0) {
        return None;
    }
    let earlier = Connection::open_with_flags(&found, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|connection| open::age(&connection));
    matches!(earlier, Err(_) | Ok(Age::Foreign)).then_some("exists and is not a copy of a diemtin database")
}

fn beside(file: &Path, what: &str) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_os_string();
    name.push(format!(".{what}.db"));
    file.with_file_name(name)
}

/// As `beside`, numbered where that is taken: what was kept before stays.
fn unused_beside(file: &Path, what: &str) -> PathBuf {
    let numbered = (2..).map(|n: u32| beside(file, &format!("{what}-{n}")));
    std::iter::once(beside(file, what)).chain(numbered).find(|name| !name.exists()).unwrap_or_default()
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_os_string();
    name.push(suffix);
    name.into()
}

fn set_aside(file: &Path, kept: &Path) -> std::io::Result<()> {
    remove(kept);
    if file.exists() { fs::rename(file, kept) } else { Ok(()) }
}

fn remove(file: &Path) {
    if let Err(error) = fs::remove_file(file)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(file = %file.display(), %error, "cannot remove an old copy");
    }
}
