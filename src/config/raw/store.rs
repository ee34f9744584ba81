//! `[store]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;

/// How long what was found is kept.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "these are the keys of the file")]
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
}
