//! `[[entity]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::{Located, Text};

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
}

/// A spelling: a string, or a table where case counts.
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
        f.write_str("a string or a table with text and case")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Alias, E> {
        Ok(Alias::Text(text.to_owned()))
    }

    fn visit_map<M: serde::de::MapAccess<'de>>(self, map: M) -> Result<Alias, M::Error> {
        AliasTable::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Alias::Table)
    }
}
