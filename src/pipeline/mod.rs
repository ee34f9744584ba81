//! The only place that knows the order of the stages. Each step is safe to run twice: what it takes is leased, and
//! what follows from it is committed as a whole.

mod assembly;
mod context;
mod cores;
mod digest;
mod discover;
mod disk;
mod edit;
mod flush;
mod health;
mod ingest;
mod judge;
mod notices;
mod obtain;
mod outcome;
mod parts;
mod poll;
mod read;
mod reading;
mod recheck;
mod resume;
mod settle;
mod sitemap;
mod snapshot;
mod source_news;
#[cfg(test)]
mod tests;
mod text;
mod tracking;
mod visit;
mod watch;

pub use assembly::Assembly;
pub use context::{Context, Plan, ScheduledDigest, Watch};
pub use cores::Cores;
pub use digest::{close_digest_now, close_due_digests, open_digest_periods, preview_digest};
pub use discover::{Candidate, Discovered, Scout, Seen, discover};
pub use disk::watch_disk;
pub use flush::{Flushed, flush};
pub use health::{NextPoll, Wanted, health_of, reason_of_next};
pub use ingest::{Filed, ingest};
pub use parts::Parts;
pub use poll::{Polled, poll};
pub use recheck::{Rechecked, recheck};
pub use resume::spread_overdue;
pub use settle::{Settled, forget_old_versions, settle_change};
pub use snapshot::snapshot;
