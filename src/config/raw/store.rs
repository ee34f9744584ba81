//! `[store]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;

/// How long what was found is kept.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Store {
    /// How long older versions of articles and pages are kept; the first and the last of each stay for as long as it does.
    #[schemars(extend("default" = "400d"), example = &"400d")]
    pub(crate) keep_revisions: Text,
}
