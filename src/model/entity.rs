//! Who and what is tracked, and where it was found.

use serde::{Deserialize, Serialize};

/// A checked `[[entity]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entity {
    /// Unique; what rules and digests name.
    pub name: String,
    /// The spellings that count.
    pub aliases: Vec<Alias>,
    /// Phrases; a find inside one of them does not count.
    pub not: Vec<String>,
    /// The article must hold one of these phrases; empty: it need not.
    pub with_any: Vec<String>,
    /// The article must hold none of these phrases.
    pub without_any: Vec<String>,
    /// Which parts of an article count.
    pub scope: Scope,
    /// The only sources whose articles count, by name; empty: all.
    pub sources: Vec<String>,
    /// With fewer finds in an article there is none.
    pub min_count: usize,
}

/// One spelling of an entity, and how it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alias {
    /// As the user wrote it.
    pub text: String,
    /// Whether case counts.
    pub case: CaseRule,
    /// Whether marks count.
    pub marks: MarksRule,
    /// What it may touch.
    pub boundary: Boundary,
    /// What may stand between its words.
    pub sep: Separator,
    /// Whether it names a version, so that `.5` behind it makes another one.
    pub version: bool,
    /// Whether it counts only in articles where an alias without this matched.
    pub requires_full: bool,
}

impl Alias {
    /// A spelling of which nothing special is asked.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
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

/// Whether letters with and without marks are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MarksRule {
    /// They are not; composed and decomposed letters and both placements of Vietnamese tones are.
    #[default]
    Exact,
    /// They are, and đ is d.
    Fold,
}

/// What a spelling may touch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Boundary {
    /// No letter or digit of a script with spaces.
    #[default]
    Auto,
    /// As `Auto` in front; behind it the word may go on and belongs to the find.
    Prefix,
    /// Anything.
    None,
}

/// What may stand between the words of a spelling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Separator {
    /// White space where the spelling has some.
    #[default]
    Space,
    /// White space, a hyphen or nothing where the spelling has white space or a hyphen.
    Flex,
}

/// Which parts of an article count for an entity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All.
    #[default]
    Any,
    /// The headline.
    Title,
    /// Lead, body and captions.
    Body,
}

impl Scope {
    /// Whether finds in this field count.
    pub fn takes(self, field: Field) -> bool {
        match self {
            Self::Any => true,
            Self::Title => field == Field::Title,
            Self::Body => field != Field::Title,
        }
    }
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
