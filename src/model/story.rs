//! One event, told by several articles.

use serde::{Deserialize, Serialize};

use super::{ArticleId, StoryId};

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
}
