//! How often a tracked entity was in the news of late.

use serde::{Deserialize, Serialize};

/// The days that a trend reaches back.
pub const TREND_DAYS: usize = 14;

/// How many articles named an entity on each of the last days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// The entity's name.
    pub entity: String,
    /// Articles a day, oldest first; a day is 24 hours by the wall clock, and the last one ends with the digest's period.
    pub days: Vec<usize>,
}
