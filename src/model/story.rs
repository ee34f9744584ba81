//! One event, told by several articles.

use serde::{Deserialize, Serialize};

use super::{Addressed, ArticleId, StoryId};

/// The story that an article of a message belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemStory {
    /// The story's identity.
    pub id: StoryId,
    /// How many articles tell it.
    pub articles: usize,
    /// The others, the original before its retellings.
    #[serde(default)]
    pub also: Vec<AlsoAt>,
}

/// Another article of the same story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlsoAt {
    /// The article's identity.
    pub id: ArticleId,
    /// The source that brought it first.
    pub source: String,
    /// The headline.
    pub title: String,
    /// The address to read it at.
    pub url: String,
    /// Whether it says nothing that the others before it do not: it is named by its source, not by its headline.
    #[serde(default)]
    pub is_copy: bool,
    /// The tracked entities it mentions, most prominent first.
    #[serde(default)]
    pub entities: Vec<String>,
}

/// An alert or digest that told of an article, and one who was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The alert or digest, and who was told.
    pub cause: Addressed,
    /// The article that was told of: a copy that was held back counts as told by the one that it is a copy of.
    pub by: ArticleId,
}

/// What came of an earlier article that holds all the text of another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The tracked entities it mentions.
    pub entities: Vec<String>,
    /// The alerts that told of it.
    pub alerts: Vec<Told>,
    /// The digests of periods that have ended that told of it.
    pub digests: Vec<Told>,
}

/// Who is not told of a copy, and which article told the same before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Alerts.
    pub alerts: Vec<Told>,
    /// Digests.
    pub digests: Vec<Told>,
}
