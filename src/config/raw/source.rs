//! `[defaults]` and `[[source]]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Located, Text};

/// What holds for every source unless it says otherwise.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Defaults {
    /// The time between two polls; 1s to 365d.
    #[schemars(extend("default" = "15m"), example = &"15m")]
    pub(crate) every: Text,
    /// Whether article pages are read; else the feed's own text is the article.
    #[schemars(extend("default" = true), example = true)]
    pub(crate) full_text: Option<bool>,
    /// Language of the texts where they do not say it themselves (BCP 47).
    #[schemars(extend("default" = "vi"), example = &"vi")]
    pub(crate) language: Text,
    /// Time zone of dates that come without one.
    #[schemars(extend("default" = "Asia/Ho_Chi_Minh"), example = &"Asia/Ho_Chi_Minh")]
    pub(crate) timezone: Text,
    /// What the first poll may alert on: entries this young, or "all"; older and undated ones are recorded as seen.
    #[schemars(extend("default" = "2d"), example = &"2d")]
    pub(crate) backfill: Text,
    /// An entry published longer ago never alerts; "off": any age may.
    #[schemars(extend("default" = "30d"), example = &"30d")]
    pub(crate) max_age: Text,
}

/// What is polled.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// Unique; the identity of the source in the store.
    #[schemars(required, example = &"VnExpress Số hóa")]
    pub(crate) name: Text,
    /// The address of the feed, http or https.
    #[schemars(required, example = &"https://vnexpress.net/rss/so-hoa.rss")]
    pub(crate) url: Text,
    /// How its answer is read.
    #[schemars(extend("default" = "feed"))]
    pub(crate) kind: Option<SourceKind>,
    /// The time between two polls; default: `every` of `[defaults]`.
    #[schemars(example = &"10m")]
    pub(crate) every: Text,
    /// Words that alerts and digests select sources by.
    #[schemars(extend("default" = []), example = ["vi", "tech"])]
    #[serde(default)]
    pub(crate) tags: Vec<Located<String>>,
    /// Whether the article page is read, else the feed's own text is the article; default: that of `[defaults]`.
    #[schemars(example = true)]
    pub(crate) full_text: Option<bool>,
    /// Language of its texts where they do not say it themselves; default: that of `[defaults]`.
    #[schemars(example = &"en")]
    pub(crate) language: Text,
    /// Time zone of dates that come without one; default: `Asia/Ho_Chi_Minh` where the source says `language = "vi"`,
    /// else that of `[defaults]`.
    #[schemars(example = &"Asia/Shanghai")]
    pub(crate) timezone: Text,
    /// What the first poll may alert on; default: that of `[defaults]`.
    #[schemars(example = &"2d")]
    pub(crate) backfill: Text,
    /// An entry published longer ago never alerts; default: that of `[defaults]`.
    #[schemars(example = &"30d")]
    pub(crate) max_age: Text,
}

/// How the answer of a source is read.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Feed,
}
