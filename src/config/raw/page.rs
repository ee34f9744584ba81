//! What `[[source]]` says of a watched page: the values of its keys.

use schemars::JsonSchema;
use serde::Deserialize;

/// What of a page is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// All visible text.
    Page,
    /// The article's title, lead, body and captions.
    Article,
    /// The links of the page's list.
    Listing,
}

/// One side of a difference.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    /// What was not there.
    Added,
    /// What is gone.
    Removed,
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum NumberFormat {
    /// 1.299.000,50
    Vi,
    /// 1,299,000.50
    En,
}
