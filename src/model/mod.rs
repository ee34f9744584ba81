//! The field's nouns as plain values. Nothing here does any work beyond describing itself.

mod alert;
mod article;
mod entity;
mod entry;
mod ids;
mod polling;
mod source;
mod time;

pub use alert::{
    Delivery, DeliveryKind, DeliveryState, Item, Language, Message, Notice, Reason, Recipient, Snippet,
};
pub use article::{Article, Attribution, Verdict};
pub use entity::{Alias, CaseRule, Entity, Field, Matches, Mention, PhraseHit, Prominence};
pub use entry::{Entry, EntryKey, Feed, FeedFormat, FeedHints, HeldBack};
pub use ids::{AlertId, ArticleId, DeliveryId, SourceId};
pub use polling::{Moved, PollMemory};
pub use source::{Backfill, FullText, MaxAge, Source, SourceKind};
pub use time::{Moment, Timestamp};
