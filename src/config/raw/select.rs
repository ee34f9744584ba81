//! `[[alert]]` and `[[digest]]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::daemon::Language;
use super::{Count, Located, Text};

/// Tells at once about each new article that matches, and where it is asked to, about edits and changes of pages.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Alert {
    /// Unique.
    #[schemars(required, example = &"Chips")]
    pub(crate) name: Text,
    /// Entities and "phrases" with AND, OR, NOT and brackets; may be absent where sources or tags are given.
    #[schemars(example = &"Huawei AND (SMIC OR Ascend)")]
    pub(crate) rule: Text,
    /// What it is about: new articles, edits of articles, changes of watched pages.
    #[schemars(extend("default" = ["new"]), length(min = 1), example = ["new", "edit", "page"])]
    pub(crate) on: Option<Vec<Occasion>>,
    /// Of edits and changes: only those of these kinds.
    #[schemars(extend("default" = []), example = ["number_edit", "correction"])]
    pub(crate) kinds: Option<Located<Vec<Kind>>>,
    /// Of edits and changes: only those that matter so much, from 0 to 1; what makes the rule true or untrue is told in any case.
    #[schemars(extend("default" = 0.3), range(min = 0, max = 1), example = 0.3)]
    pub(crate) min_significance: Option<Located<f64>>,
    /// Of edits and changes: where the rule must hold, before or after.
    #[schemars(extend("default" = "article"))]
    pub(crate) r#match: Option<Located<Within>>,
    /// Further edits within this time after the first are told with it, as one; 0s to 7d.
    #[schemars(extend("default" = "0s"), example = &"10m")]
    pub(crate) settle: Text,
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
    /// Of its messages; default: that of `[daemon]`.
    pub(crate) language: Option<Language>,
}

/// What an alert is about.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Occasion {
    /// A new article.
    New,
    /// An article that was edited after it had been filed.
    Edit,
    /// A watched page that changed.
    Page,
}

/// Where the rule of an alert about edits must hold.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Within {
    /// In the whole text, before or after.
    Article,
    /// In what was added, or in what was removed.
    Changed,
}

/// What sort of change an alert is about.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// No longer there, or a home page in its place.
    TakenDown,
    /// The text ends at a login or pay wall.
    Truncated,
    /// There again, or whole again, after that was told.
    Restored,
    /// A link is new.
    ItemAdded,
    /// A link is gone.
    ItemRemoved,
    /// A link has other words.
    ItemEdited,
    /// The same links in another order.
    Reordered,
    /// An editor's note was added.
    Correction,
    /// Another headline.
    TitleEdit,
    /// The same paragraphs in another order.
    Moved,
    /// A paragraph is new.
    ParagraphAdded,
    /// A paragraph is gone.
    ParagraphRemoved,
    /// Within a paragraph only numbers changed.
    NumberEdit,
    /// A name became another.
    EntityEdit,
    /// Any other.
    Edit,
    /// Typography, or the spelling of one word.
    Minor,
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
    /// Of its messages; default: that of `[daemon]`.
    pub(crate) language: Option<Language>,
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
