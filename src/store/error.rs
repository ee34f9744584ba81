//! What can go wrong with the database, in words for its owner.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder cannot be made or written.
    #[error("cannot write to the data folder {}: {why}. {}", folder.display(), ownership_hint())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        why: String,
    },
    /// Where the data folder should be there is a file.
    #[error("{} is a file; the data folder must be a folder. Name another with --data-dir or [daemon] data_dir.", .0.display())]
    NoFolder(PathBuf),
    /// A file cannot be put in the place of the database.
    #[error("{} cannot be restored: {why}. Nothing was changed; name a file that `diemtin backup` wrote.", file.display())]
    Copy {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Another daemon runs on the same data.
    #[error("another `diemtin run` already uses {}. Stop it first, or give this one its own --data-dir.", .0.display())]
    Locked(PathBuf),
    /// A newer diemtin wrote it.
    #[error(
        "{} was written by a newer diemtin (schema {found}, this one knows {known}). Run the newer version again, or restore \
         the copy that was made before the upgrade: `diemtin restore {}`.",
        file.display(), backup.display()
    )]
    Newer {
        /// The database.
        file: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
        /// Where the copy from before the upgrade lies.
        backup: PathBuf,
    },
    /// It is some other program's database.
    #[error("{} is not a diemtin database. Choose another --data-dir.", .0.display())]
    Foreign(PathBuf),
    /// It is damaged.
    #[error(
        "{} is damaged ({why}). Restore a backup with `diemtin restore FILE`, or move the file away to start afresh.",
        file.display()
    )]
    Damaged {
        /// The database.
        file: PathBuf,
        /// What SQLite said.
        why: String,
    },
    /// Anything else that SQLite says.
    #[error("cannot open {}: {why}", file.display())]
    Sqlite {
        /// The database.
        file: PathBuf,
        /// What SQLite said.
        why: String,
    },
}

fn ownership_hint() -> &'static str {
    "Make it writable for the user that runs diemtin (in Docker: `chown -R 10001 FOLDER` on the host), or name another with --data-dir"
}

/// Why a read or a change failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No space is left; nothing is lost, work goes on when there is space again.
    #[error("the disk is full; free some space under the data folder, work resumes by itself")]
    Full,
    /// Another process holds the write lock for too long.
    #[error("the database is busy with another process; this is tried again")]
    Busy,
    /// What was fetched or sent waits for a full disk or another process.
    #[error(
        "finished work waits to be written, for want of disk space or because another process holds the database"
    )]
    Waiting,
    /// The file is damaged.
    #[error("the database is damaged ({0}); stop, and restore a backup with `diemtin restore FILE`")]
    Damaged(String),
    /// The writer has stopped.
    #[error("the database is closed")]
    Closed,
    /// A row does not hold what this version writes.
    #[error("a stored {what} cannot be read: {why}")]
    Unreadable {
        /// What was read.
        what: &'static str,
        /// Why it makes no sense.
        why: String,
    },
    /// This user may not write the database.
    #[error(
        "the database may not be written by this user; give whoever runs diemtin the right to write diemtin.db and its folder \
         (in Docker: `chown -R 10001 FOLDER` on the host)"
    )]
    ReadOnly,
    /// A copy would overwrite something else.
    #[error("{} {objection}; name another file for the copy", file.display())]
    Target {
        /// Where the copy was to lie.
        file: PathBuf,
        /// What is there.
        objection: &'static str,
    },
    /// A copy would fill the disk.
    #[error(
        "a copy of {megabytes} MB would fill the disk; free some space under the data folder, or let an earlier copy go"
    )]
    NoRoom {
        /// What the copy takes.
        megabytes: u64,
    },
    /// Anything else that SQLite says.
    #[error("the database failed: {0}")]
    Sqlite(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if let rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) = error
        {
            return Self::Unreadable { what: "row", why: error.to_string() };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Sqlite(error.to_string()),
        }
    }
}

/// A row that makes no sense is logged and left aside, and keeps no other from being taken; where it was leased it is tried again when
/// that ends.
pub(super) fn unless_unreadable<T>(taken: Result<T, StoreError>) -> Option<Result<T, StoreError>> {
    match taken {
        Err(error @ StoreError::Unreadable { .. }) => {
            tracing::error!("left aside: {error}");
            None
        }
        taken => Some(taken),
    }
}

impl OpenError {
    /// The error of opening `file`, told apart by what SQLite said.
    pub(super) fn of(file: PathBuf, error: &rusqlite::Error) -> Self {
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { file, why },
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                let folder = file.parent().map(PathBuf::from).unwrap_or_default();
                Self::Folder { folder, why }
            }
            _ => Self::Sqlite { file, why },
        }
    }
}
