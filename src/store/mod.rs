//! The only place with SQL: one writer thread with batched transactions, several readers.
//!
//! Each file holds the questions and changes of one noun; each function is one question or one change, and a
//! change of several rows is one transaction. Times come in as parameters.

mod articles;
mod backup;
mod backups;
mod columns;
mod copies;
mod counts;
mod digests;
mod disk;
mod earlier;
mod entries;
mod error;
mod histories;
mod ingest;
mod keys;
mod lessons;
mod marks;
mod mentions;
mod notices;
mod open;
mod outbox;
mod packed;
mod reader;
mod repack;
mod rescan;
mod retention;
mod revisions;
mod same;
mod search;
mod selection;
mod sitemap_parts;
mod sources;
mod status;
mod stories;
mod suppressions;
mod targets;
#[cfg(test)]
mod tests;
mod trends;
mod trouble;
mod vicinity;
mod writer;

use std::path::Path;

pub use crate::model::Addressed;
pub use articles::{RaisedAlert, Sighting, StoredArticle};
pub use backup::restore;
pub use copies::{HeldCopy, Kindred, Weigh};
pub use counts::EntityDays;
pub use digests::{Compose, DigestWindow};
pub use entries::{ClaimedEntry, NewEntry};
pub use error::{OpenError, StoreError};
pub use histories::EntryHistory;
pub use ingest::{Causes, Filing, Fresh, Ingested};
pub use lessons::{Lesson, Lessons};
pub use open::RunLock;
pub use outbox::{ClaimedDelivery, Fate, Finished, OutboxRow, Progress, Restraints};
pub use rescan::{Placing, Rescan, Rescanned, Traces};
pub use retention::Bygone;
pub use revisions::{
    AT_NEXT_POLL, Check, CheckResult, ClaimedCheck, ClaimedHold, Edit, FiredEdit, HeldChange, Judged,
    KeptPage, Look, Looked, NewRevision, Recorded, Reply, Rewritten, Seen, Told, Track, TrackedText,
    Untracked, Version, Waiting, Watched,
};
pub use search::{Found, Phrase, Search};
pub use selection::{Raised, Selected, Selection};
pub use sitemap_parts::SitemapPart;
pub use sources::{
    ClaimedSource, HostSlots, PollResult, Replanned, SourceRow, SourceState, WaitingSource, WatchedSource,
};
pub use status::{Backlog, Counts};
pub use stories::Kin;
pub use suppressions::Suppression;
pub use targets::QuietTarget;
pub use trouble::Trouble;
pub use vicinity::{Judge, Nearby};

use marks::Marks;
use reader::Readers;
use writer::{Patience, Writer};

use crate::model::Timestamp;

/// The database. Cheap to clone; all clones share one writer.
#[derive(Debug, Clone)]
pub struct Store {
    writer: Writer,
    readers: Readers,
    marks: Marks,
    patience: Patience,
}

/// Who takes work off a queue, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Lease {
    /// The kind of process that holds it.
    pub holder: Holder,
    /// When it is taken; what is due by then can be taken.
    pub from: Timestamp,
    /// When others may take it.
    pub until: Timestamp,
}

/// What was taken off a queue, and what is left there.
#[derive(Debug, Clone)]
pub struct Taken<T> {
    /// Leased, each for whoever does it.
    pub tasks: Vec<T>,
    /// When the next is due that nobody has; in the past where it found no slot, or is not this process's to do.
    pub next_due: Option<Timestamp>,
}

/// The kind of process that holds a lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The one daemon of a data folder.
    Daemon,
    /// This process, a command beside it.
    Command,
}

impl Holder {
    /// What stands in a lease; commands are told apart by their process.
    fn name(self) -> String {
        match self {
            Self::Daemon => "daemon".to_owned(),
            Self::Command => format!("command {}", std::process::id()),
        }
    }
}

impl Store {
    /// Opens the database of `data_dir`, makes it where there is none and upgrades it where it is older.
    pub fn open(data_dir: &Path) -> Result<Self, OpenError> {
        let writer = open::open_writer(data_dir)?;
        let (readers, marks) = (Readers::open(data_dir)?, Marks::default());
        let writer = Writer::start(writer, marks.clone());
        Ok(Self { writer, readers, marks, patience: Patience::of_command() })
    }

    /// Whether there is a database in `data_dir`, or a reason why that cannot be told, which opening it names.
    pub fn exists(data_dir: &Path) -> bool {
        data_dir.join(open::FILE_NAME).try_exists().unwrap_or(true)
    }

    /// For a daemon: where the disk is full, what was fetched or sent waits in memory until it can be written.
    #[must_use]
    pub fn waiting_for_space(self) -> Self {
        Self { patience: Patience::of_daemon(), ..self }
    }

    /// Forgets the leases of a daemon that is known to be gone, or of this command, so that their work is taken up at once.
    pub async fn release_leases(&self, holder: Holder) -> Result<(), StoreError> {
        self.write(move |connection| {
            for queue in ["source", "pending", "delivery", "tracked", "edit_hold"] {
                connection.execute(
                    &format!("UPDATE {queue} SET lease_until = 0, lease_gen = lease_gen + 1 WHERE lease_owner = ?1 AND lease_until > 0"),
                    [holder.name()],
                )?;
            }
            Ok(())
        })
        .await
    }

    /// Writes a sign of life; fails where the writer is stuck, the disk is full or so full that larger changes wait.
    pub async fn beat(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.patience.is_tried() {
            return Err(StoreError::Waiting);
        }
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO heartbeat (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = ?1",
                [now],
            )?;
            Ok(())
        })
        .await
    }
}
