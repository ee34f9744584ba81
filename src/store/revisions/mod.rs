//! Versions of articles and watched pages: what is looked at again, what it said, who is told of a change.

mod claim;
mod commit;
mod holds;
mod keep;
mod looks;
mod packed;
mod raise;
mod read;
mod rewrite;
mod track;
mod untracked;
mod watch;

pub use claim::{Check, ClaimedCheck};
pub use commit::{AT_NEXT_POLL, CheckResult, Edit, Judged, Looked, NewRevision, Reply};
pub use holds::{ClaimedHold, Waiting};
pub use looks::{HeldChange, Look};
pub use packed::KeptPage;
pub use raise::{FiredEdit, Told};
pub use read::{Recorded, Version};
pub use rewrite::Rewritten;
pub use track::{Seen, Track, TrackedText};
pub use untracked::Untracked;
pub use watch::Watched;

pub(super) use track::track;
