//! What an operator is told of a source.

use serde::{Deserialize, Serialize};

use super::{Language, Notice};

/// A change in how a source is doing, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceChange {
    /// The source's name.
    pub source: String,
    /// Which way it turned.
    pub turn: Turn,
    /// The language of the words.
    pub language: Language,
    /// What is said of it.
    pub notice: Notice,
    /// Whether it has been told of so often that this is the last for a day.
    #[serde(default)]
    pub restless: bool,
}

/// Which way a source turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// Something is wrong with it.
    Trouble,
    /// It is well again, which is no news to whoever never heard of the trouble.
    Recovery,
}
