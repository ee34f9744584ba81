//! The field's nouns as plain values. Nothing here does any work beyond describing itself.

mod access;
mod alert;
mod article;
mod cause;
mod change;
mod disk;
mod entity;
mod entry;
mod health;
mod ids;
mod levels;
mod polling;
mod revision;
mod route;
mod rules;
mod source;
mod story;
mod time;
mod trend;
mod webhook;

pub use access::Access;
pub use alert::{
    Addressed, Delivery, DeliveryKind, DeliveryState, Item, Language, Message, Notice, Reason, Recipient,
    Restraint, Snippet,
};
pub use article::{Article, Attribution, Extent, Verdict};
pub use cause::Cause;
pub use change::{SourceChange, Topic, Turn};
pub use disk::DiskSpace;
pub use entity::{
    Alias, Boundary, CaseRule, Entity, Field, MarksRule, Matches, Mention, PhraseHit, Prominence, Scope,
    Separator,
};
pub use entry::{Entry, EntryKey, Feed, FeedFormat, FeedHints, HeldBack};
pub use health::{Condition, SourceHealth, SourceProblem, Standing};
pub use ids::{AlertId, ArticleId, DeliveryId, RevisionId, SourceId, StoryId};
pub use levels::Levels;
pub use polling::{Moved, PollMemory};
pub use revision::{Change, ChangeKind, Ignored, ItemChange, Link, Mode, Snapshot, WordChange};
pub use route::{Proxy, Route};
pub use rules::{RuleMiss, UnmetRule};
pub use source::{Backfill, FullText, MaxAge, Robots, Source, SourceKind, Tracking};
pub use story::{AlsoAt, Earlier, ItemStory, Told, Withheld};
pub use time::{Moment, Timestamp};
pub use trend::{TREND_DAYS, Trend};
pub use webhook::{WebhookFormat, WebhookKind};
