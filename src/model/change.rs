//! What an operator is told of a source.

use serde::{Deserialize, Serialize};

use super::{Language, Notice};

/// A change in how a source is doing, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceChange {
    /// The source's name.
    pub source: String,
    /// What of it changed.
    #[serde(default)]
    pub topic: Topic,
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

/// What of a source changed. Trouble of one topic says nothing of another: a source that works again has moved all the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Whether it answers.
    #[default]
    Answers,
    /// Where it answers.
    Address,
    /// Whether it lists anything new.
    Entries,
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
