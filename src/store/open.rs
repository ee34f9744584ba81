//! Opening a database: locking, copying before an upgrade, migrating.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::OpenError;

/// The database's name in the data folder.
pub(super) const FILE_NAME: &str = "diemtin.db";

/// "dmtn": tells a diemtin database from any other.
pub(super) const APPLICATION_ID: i64 = 0x646D_746E;

/// Append only; the n-th brings a database from schema n to n + 1.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_init.sql"),
    include_str!("migrations/0002_sitemap_part.sql"),
    include_str!("migrations/0003_schedule.sql"),
    include_str!("migrations/0004_sites.sql"),
    include_str!("migrations/0005_growth.sql"),
    include_str!("migrations/0006_stories.sql"),
    include_str!("migrations/0007_revisions.sql"),
    include_str!("migrations/0008_channels.sql"),
    include_str!("migrations/0009_pacing.sql"),
    include_str!("migrations/0010_copies.sql"),
    include_str!("migrations/0011_looks.sql"),
    include_str!("migrations/0012_failures.sql"),
    include_str!("migrations/0013_places.sql"),
    include_str!("migrations/0014_marks.sql"),
];

/// The index of words, where it holds none yet. That of the first migrations has the headline in front, and notes with each word of
/// a text that it is none of the headline's: a tenth of the file.
const EMPTY_INDEX: &str = include_str!("migrations/empty_index.sql");

/// Statements that a connection keeps ready: all that filing an article and committing a poll take. With rusqlite's 16 each of them
/// would be thrown away before it is wanted again.
const READY: usize = 64;

/// How long a connection waits for another process before it reports that the database is busy.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Held while a daemon runs on a data folder.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

impl RunLock {
    /// Takes the lock of `data_dir`; only one process has it, and it goes with the process.
    pub fn take(data_dir: &Path) -> Result<Self, OpenError> {
        make_folder(data_dir)?;
        let path = data_dir.join("diemtin.lock");
        let refused =
            |why: std::io::Error| OpenError::Folder { folder: data_dir.to_owned(), why: why.to_string() };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(refused)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Locked(data_dir.to_owned())),
            Err(TryLockError::Error(why)) => Err(refused(why)),
        }
    }
}

/// A connection for the writer, on a database brought up to the newest schema.
pub(super) fn open_writer(data_dir: &Path) -> Result<Connection, OpenError> {
    make_folder(data_dir)?;
    let file = data_dir.join(FILE_NAME);
    let mut connection = Connection::open(&file).map_err(|error| OpenError::of(file.clone(), &error))?;
    prepare(&connection).map_err(|error| OpenError::of(file.clone(), &error))?;
    migrate(&mut connection, &file)?;
    Ok(connection)
}

/// What a reader keeps of the file in memory, in KiB as SQLite has it; readers are many …
const PAGES_AT_HAND: i64 = -512;
/// … and while it searches: as much as looking up a phrase in one article after the other goes through, again and again.
const PAGES_OF_SEARCH: i64 = -2048;

/// Answers a question that goes through many pages more than once.
pub(super) fn with_more_pages<T>(
    connection: &Connection,
    answer: impl FnOnce() -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.pragma_update(None, "cache_size", PAGES_OF_SEARCH)?;
    let answer = answer();
    connection.pragma_update(None, "cache_size", PAGES_AT_HAND)?;
    connection.execute_batch("PRAGMA shrink_memory")?;
    answer
}

/// A connection for reading only.
pub(super) fn open_reader(data_dir: &Path) -> Result<Connection, OpenError> {
    let file = data_dir.join(FILE_NAME);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(&file, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        keep_ready(&connection)?;
        connection.pragma_update(None, "cache_size", PAGES_AT_HAND)?;
        Ok(connection)
    };
    open().map_err(|error| OpenError::of(file.clone(), &error))
}

fn make_folder(folder: &Path) -> Result<(), OpenError> {
    if folder.is_file() {
        return Err(OpenError::NoFolder(folder.to_owned()));
    }
    fs::create_dir_all(folder)
        .map_err(|why| OpenError::Folder { folder: folder.to_owned(), why: why.to_string() })
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    keep_ready(connection)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // Of a new file: articles of 1.5 kB leave a quarter of smaller pages empty. A file that has tables keeps its own.
    connection.pragma_update(None, "page_size", 8_192)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: a committed alert survives a power cut. Batched transactions make it as cheap as NORMAL.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Each checkpoint copies pages and waits for the disk: with 16 MB of log a busy hour has a quarter as many.
    let page: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    connection.pragma_update(None, "wal_autocheckpoint", 16_000_000 / page)?;
    connection.pragma_update(None, "cache_size", -4096)?;
    connection.pragma_update(None, "temp_store", TEMP_STORE)
}

/// What a statement must be able to take back is kept out of files.
const TEMP_STORE: &str = "MEMORY";

/// Statements are compiled once. Without the second line SQLite looks at what is bound to a `LIMIT` and compiles the statement anew
/// whenever that is bound again: a seventh of what filing an article took.
fn keep_ready(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(READY);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn migrate(connection: &mut Connection, file: &Path) -> Result<(), OpenError> {
    let failed = |error: rusqlite::Error| OpenError::of(file.to_owned(), &error);
    let known = known_schema();
    let found = schema_version(connection).map_err(failed)?;
    if found == known {
        return Ok(());
    }
    if found > known {
        return Err(OpenError::Newer {
            file: file.to_owned(),
            found,
            known,
            backup: upgrade_copy(file, known),
        });
    }
    if found == 0 && !is_empty(connection).map_err(failed)? {
        return Err(OpenError::Foreign(file.to_owned()));
    }
    if found > 0 {
        super::backup::copy(connection, &upgrade_copy(file, found)).map_err(failed)?;
    }
    upgrade(connection, known).map_err(failed)
}

/// All steps in one transaction; another process may have done it meanwhile.
fn upgrade(connection: &mut Connection, known: i64) -> rusqlite::Result<()> {
    // Sorting for an index takes as much as the index: in memory that would be more than a small container has.
    connection.pragma_update(None, "temp_store", "FILE")?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    super::keys::teach(&transaction)?;
    let done = usize::try_from(schema_version(&transaction)?).unwrap_or(0);
    for step in MIGRATIONS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    if !transaction.prepare("SELECT 1 FROM article_search LIMIT 1")?.exists([])? {
        transaction.execute_batch(EMPTY_INDEX)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()?;
    connection.pragma_update(None, "temp_store", TEMP_STORE)
}

/// The schema of a database that is ours; 0 for a new one.
fn schema_version(connection: &Connection) -> rusqlite::Result<i64> {
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if application != APPLICATION_ID {
        return Ok(0);
    }
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whose database it is, and whether it can be read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// Another program's, or of no schema yet.
    Foreign,
    /// Of this version or an older one.
    Known,
    /// Of a newer version, with this schema.
    Newer(i64),
}

/// The age of the database of `connection`.
pub(super) fn age(connection: &Connection) -> rusqlite::Result<Age> {
    Ok(match schema_version(connection)? {
        0 => Age::Foreign,
        version if version > known_schema() => Age::Newer(version),
        _ => Age::Known,
    })
}

fn known_schema() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))
}

/// Where the copy of schema `version` lies: beside the database.
fn upgrade_copy(file: &Path, version: i64) -> PathBuf {
    file.with_file_name(format!("diemtin.before-upgrade-from-{version}.db"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_folder_gets_a_database_of_the_newest_schema() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open_writer(&folder.path().join("deep/data")).unwrap();
        assert_eq!(schema_version(&connection).unwrap(), MIGRATIONS.len() as i64);
    }

    #[test]
    fn entries_of_the_first_version_are_known_under_their_new_keys() {
        let folder = tempfile::tempdir().unwrap();
        let first = Connection::open(folder.path().join(FILE_NAME)).unwrap();
        first.execute_batch(MIGRATIONS[0]).unwrap();
        first.pragma_update(None, "user_version", 1).unwrap();
        first.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        first
            .execute_batch(
                "INSERT INTO source (id, name, url, host_key, configured, state, state_since, next_poll_at) \
                 VALUES (x'01', 'Báo', 'https://bao.example/rss', 'bao.example', 1, 'gone', 0, 5); \
                 INSERT INTO entry (source_id, key, first_seen_at, state) VALUES \
                 (x'01', 'link:https://www.bao.example/a/', 1, 'done'), (x'01', 'link:https://bao.example/a', 2, 'done'), \
                 (x'01', 'link:https://bao.example/b', 3, 'done'), (x'01', 'guid:www.c/', 4, 'done')",
            )
            .unwrap();
        drop(first);
        let upgraded = open_writer(folder.path()).unwrap();
        let mut keys = upgraded.prepare("SELECT key FROM entry ORDER BY key").unwrap();
        let keys: Vec<String> = keys.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert_eq!(keys, ["guid:www.c/", "link:https://bao.example/a", "link:https://bao.example/b"]);
    }

    #[test]
    fn a_newer_database_is_refused_with_the_way_back() {
        let folder = tempfile::tempdir().unwrap();
        open_writer(folder.path()).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let refusal = open_writer(folder.path()).unwrap_err().to_string();
        assert!(refusal.contains("newer diemtin (schema 99"), "{refusal}");
        assert!(refusal.contains("diemtin restore"), "{refusal}");
    }

    #[test]
    fn a_database_of_another_program_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        Connection::open(folder.path().join(FILE_NAME))
            .unwrap()
            .execute_batch("CREATE TABLE notes (text)")
            .unwrap();
        assert!(matches!(open_writer(folder.path()), Err(OpenError::Foreign(_))));
    }

    #[test]
    fn a_damaged_database_is_named_as_such() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), "not a database at all, only words ".repeat(100)).unwrap();
        assert!(matches!(open_writer(folder.path()), Err(OpenError::Damaged { .. })));
    }

    #[test]
    fn only_one_daemon_runs_on_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = RunLock::take(folder.path()).unwrap();
        assert!(matches!(RunLock::take(folder.path()), Err(OpenError::Locked(_))));
        drop(first);
        RunLock::take(folder.path()).unwrap();
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_called_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let refusal = open_writer(file.path()).unwrap_err().to_string();
        assert!(refusal.contains("is a file; the data folder must be a folder"), "{refusal}");
    }

    #[test]
    fn a_folder_that_cannot_be_made_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let refusal = open_writer(&file.join("data")).unwrap_err().to_string();
        assert!(
            refusal.contains("cannot write to the data folder") && refusal.contains("chown"),
            "{refusal}"
        );
    }
}
