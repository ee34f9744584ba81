//! Who and what is tracked, and where it was found.

use serde::{Deserialize, Serialize};

/// A checked `[[entity]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Unique; what rules and digests name.
    pub name: String,
    /// The spellings that count.
    pub aliases: Vec<Alias>,
}

/// One spelling of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// As the user wrote it.
    pub text: String,
    /// Whether case counts.
    pub case: CaseRule,
}

/// Whether upper and lower case are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseRule {
    /// They are (Unicode case folding).
    #[default]
    Fold,
    /// They are not.
    Exact,
}

/// The part of an article that a match stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The headline.
    Title,
    /// The standfirst.
    Lead,
    /// The paragraphs.
    Body,
    /// The captions, one a line.
    Captions,
}

/// An entity found in an article. Offsets are UTF-8 bytes of the field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// The entity's name.
    pub entity: String,
    /// The alias that matched, as the user wrote it.
    pub alias: String,
    /// The text that matched, as the article writes it.
    pub surface: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Where it stands.
    pub field: Field,
}

/// A phrase of a rule found in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseHit {
    /// The phrase as the rule writes it.
    pub phrase: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Where it stands.
    pub field: Field,
}

/// Everything the matcher found in one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Entities, ordered by field and place.
    pub mentions: Vec<Mention>,
    /// Phrases of rules, ordered by field and place.
    pub phrases: Vec<PhraseHit>,
}

/// How much of an article is about an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prominence {
    /// The entity's name.
    pub name: String,
    /// How often it stands in the article.
    pub count: usize,
    /// Whether it stands in the headline.
    pub in_title: bool,
    /// The spellings the article uses, each once, in order.
    pub surfaces: Vec<String>,
}
