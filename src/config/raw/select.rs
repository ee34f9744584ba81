//! `[[alert]]` and `[[digest]]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Count, Located, Text};

/// Tells at once about each new article that matches.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Alert {
    /// Unique.
    #[schemars(required, example = &"Chips")]
    pub(crate) name: Text,
    /// Entities and "phrases" with AND, OR, NOT and brackets; may be absent where sources or tags are given.
    #[schemars(example = &"Huawei AND (SMIC OR Ascend)")]
    pub(crate) rule: Text,
    /// What it is about.
    #[schemars(extend("default" = ["new"]), length(min = 1), example = ["new"])]
    #[expect(dead_code, reason = "there is one occasion so far; it is named so that a file can say it")]
    pub(crate) on: Option<Vec<Occasion>>,
    /// Only articles of these sources; with `tags`, of either.
    #[schemars(extend("default" = []), example = ["VnExpress Số hóa"])]
    #[serde(default)]
    pub(crate) sources: Vec<Located<String>>,
    /// Only articles of sources with one of these tags.
    #[schemars(extend("default" = []), example = ["tech"])]
    #[serde(default)]
    pub(crate) tags: Vec<Located<String>>,
    /// Who is told: `mail:ADDRESS` or `webhook:NAME`.
    #[schemars(required, length(min = 1), example = ["mail:desk@example.org"])]
    pub(crate) to: Option<Vec<Located<String>>>,
    /// Hours in the time zone of `[daemon]` in which nothing is sent; what comes then is sent together when they end.
    #[schemars(example = &"22:00-06:30")]
    pub(crate) quiet: Text,
    /// With more messages than this within an hour, what comes is sent together when the hour is over.
    #[schemars(range(min = 1, max = 1000), example = 12)]
    pub(crate) max_per_hour: Count,
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Occasion {
    /// A new article.
    New,
}

/// Sends a round-up at the times of a cron line.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Digest {
    /// Unique.
    #[schemars(required, example = &"Điểm tin sáng")]
    pub(crate) name: Text,
    /// Five fields (minute first) or six (second first), in the time zone of `[daemon]`.
    #[schemars(required, example = &"30 7 * * *")]
    pub(crate) cron: Text,
    /// Articles that mention one of these; without it and without a rule, any tracked entity.
    #[schemars(length(min = 1), example = ["Huawei", "SMIC"])]
    pub(crate) entities: Option<Vec<Located<String>>>,
    /// Instead of `entities`: what must hold.
    #[schemars(example = &"Huawei AND (SMIC OR Ascend)")]
    pub(crate) rule: Text,
    /// Only articles of these sources; with `tags`, of either.
    #[schemars(extend("default" = []), example = ["VnExpress Số hóa"])]
    #[serde(default)]
    pub(crate) sources: Vec<Located<String>>,
    /// Only articles of sources with one of these tags.
    #[schemars(extend("default" = []), example = ["tech"])]
    #[serde(default)]
    pub(crate) tags: Vec<Located<String>>,
    /// Who receives it: `mail:ADDRESS` or `webhook:NAME`.
    #[schemars(required, length(min = 1), example = ["mail:team@example.org"])]
    pub(crate) to: Option<Vec<Located<String>>>,
    /// How many articles are shown; the rest is counted.
    #[schemars(extend("default" = 40), range(min = 1, max = 500), example = 40)]
    pub(crate) max_items: Count,
    /// Whether a digest without articles is sent.
    #[schemars(extend("default" = "send"))]
    pub(crate) empty: Option<Empty>,
}

/// What happens at the end of a period without articles.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Empty {
    /// A digest that says so is sent.
    Send,
    /// Nothing is sent.
    Skip,
}
