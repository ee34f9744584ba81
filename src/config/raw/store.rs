//! `[store]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Count, Text};

/// How long what was found is kept, and how often it is copied.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Store {
    /// Articles, and what their sources listed; 1d to 36500d.
    #[schemars(extend("default" = "400d"), example = &"400d")]
    pub(crate) keep_articles: Text,
    /// How long older versions of articles and pages are kept; the first and the last of each stay for as long as it does.
    #[schemars(extend("default" = "400d"), example = &"400d")]
    pub(crate) keep_revisions: Text,
    /// Messages that were sent or dropped; 1d to 36500d.
    #[schemars(extend("default" = "90d"), example = &"90d")]
    pub(crate) keep_deliveries: Text,
    /// When the database is copied into `backups/` of the data folder, as a cron line; absent: never.
    #[schemars(example = &"0 3 * * *")]
    pub(crate) backup_cron: Text,
    /// How many of these copies are kept, the newest.
    #[schemars(extend("default" = 7), range(min = 1, max = 1000), example = 7)]
    pub(crate) backup_keep: Count,
}
