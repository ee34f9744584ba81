//! Mentions to alerts, alerts to messages, messages to text.

mod admission;
mod digest;
mod edit;
pub mod render;
mod rule;
mod select;
mod trend;

pub use admission::{Poll, admit_article, admit_entry};
pub use digest::{Period, compose_digest};
pub use edit::{EditFilter, Edited, Within};
pub use rule::{Evidence, Rule, RuleError};
pub use select::{Candidate, Digest, EmptyDigest, InstantAlert, SourceFilter};
pub use trend::{most_named, trend_days};
