//! Mentions to alerts, alerts to messages, messages to text.

mod admission;
mod copies;
mod digest;
mod edit;
mod languages;
mod pace;
pub mod render;
mod rule;
mod select;
mod trend;

pub use admission::{Poll, admit_article, admit_entry};
pub use copies::{Fired, withheld};
use digest::told_together;
pub use digest::{Period, Span, Sums, compose_digest, spans};
pub use edit::{EditFilter, Edited, Within};
pub use languages::Languages;
pub use pace::{Hold, Pace, Quiet};
pub use rule::{Doubt, Evidence, Rule, RuleError};
pub use select::{Candidate, Digest, EmptyDigest, InstantAlert, SourceFilter};
pub use trend::{most_named, trend_days};
