//! `[[entity]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::{Count, Located, Text};

/// Entities that come with the program.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Include {
    /// The catalogue; `diemtin packs` lists them. An `[[entity]]` of the same name stands instead of the catalogue's.
    #[schemars(required, example = &"china-ai")]
    pub(crate) pack: Text,
}

/// Who or what is tracked.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entity {
    /// Unique, whatever its case; what rules and digests name.
    #[schemars(required, example = &"Huawei")]
    pub(crate) name: Text,
    /// The spellings that count. Where given it is the whole list; else the name is the only one.
    #[schemars(length(min = 1), example = ["Huawei", "Hoa Vi", "华为"])]
    pub(crate) aliases: Option<Vec<Located<Alias>>>,
    /// Phrases; where the spelling stands inside one of them it does not count.
    #[serde(default)]
    #[schemars(example = ["thẻ meta"])]
    pub(crate) not: Vec<Located<String>>,
    /// The entity counts only in articles that hold one of these phrases.
    #[serde(default)]
    #[schemars(example = ["chip", "bán dẫn"])]
    pub(crate) with_any: Vec<Located<String>>,
    /// The entity does not count in articles that hold one of these phrases.
    #[serde(default)]
    #[schemars(example = ["nước ép"])]
    pub(crate) without_any: Vec<Located<String>>,
    /// Which parts of an article count; body is all but the title.
    #[schemars(extend("default" = "any"))]
    pub(crate) scope: Option<Scope>,
    /// The entity counts only in articles of these sources.
    #[serde(default)]
    pub(crate) sources: Vec<Located<String>>,
    /// Where it stands fewer times in an article it does not count.
    #[schemars(range(min = 1, max = 10_000), extend("default" = 1))]
    pub(crate) min_count: Count,
}

/// Which parts of an article count.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scope {
    /// All.
    Any,
    /// The headline.
    Title,
    /// Lead, body and captions.
    Body,
}

/// A spelling: a string, or a table that says how it is compared.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub(crate) enum Alias {
    /// The spelling, upper and lower case being the same.
    Text(String),
    /// The spelling and how it is compared.
    Table(AliasTable),
}

/// A spelling and how it is compared.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AliasTable {
    /// The spelling.
    #[schemars(required, example = &"Ascend")]
    pub(crate) text: Text,
    /// Whether upper and lower case are the same.
    #[schemars(extend("default" = "fold"))]
    pub(crate) case: Option<Case>,
    /// Whether letters with and without marks are the same.
    #[schemars(extend("default" = "exact"))]
    pub(crate) marks: Option<Marks>,
    /// What it may touch.
    #[schemars(extend("default" = "auto"))]
    pub(crate) boundary: Option<Boundary>,
    /// What may stand between its words.
    #[schemars(extend("default" = "space"))]
    pub(crate) sep: Option<Sep>,
    /// Whether a point and a digit behind it make another version, which does not count.
    #[schemars(extend("default" = false))]
    pub(crate) version: Option<bool>,
    /// Whether it counts only in articles that hold another alias of the entity.
    #[schemars(extend("default" = false))]
    pub(crate) requires_full: Option<Located<bool>>,
}

/// Whether upper and lower case are the same.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Case {
    /// They are.
    Fold,
    /// They are not.
    Exact,
}

/// Whether letters with and without marks are the same.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Marks {
    /// They are not.
    Exact,
    /// They are, and đ is d.
    Fold,
}

/// What a spelling may touch.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Boundary {
    /// No letter or digit.
    Auto,
    /// The word may go on behind it.
    Prefix,
    /// Anything.
    None,
}

/// What may stand between the words of a spelling.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Sep {
    /// White space.
    Space,
    /// White space, a hyphen or nothing.
    Flex,
}

/// Written out because serde's own `untagged` would lose the places of the values inside.
impl<'de> Deserialize<'de> for Alias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AliasVisitor)
    }
}

struct AliasVisitor;

impl<'de> serde::de::Visitor<'de> for AliasVisitor {
    type Value = Alias;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string or a table with text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Alias, E> {
        Ok(Alias::Text(text.to_owned()))
    }

    fn visit_map<M: serde::de::MapAccess<'de>>(self, map: M) -> Result<Alias, M::Error> {
        AliasTable::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Alias::Table)
    }
}
