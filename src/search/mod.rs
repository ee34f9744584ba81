//! What a reader types to find articles: words to a query, and where its words stand in a text.
//!
//! `Huawei -Intel "chip AI" title:"mô hình" entity:SMIC source:"VnExpress Số hóa" lang:vi since:7d until:2026-11-20`. Words typed without
//! marks are found with any marks; where marks were typed they count. Every part must hold, but for those with OR between them.

mod excerpt;
mod moment;
mod parse;
#[cfg(test)]
mod tests;
mod token;
mod typed;
mod word;

use crate::model::Timestamp;
pub use excerpt::{Excerpt, beginning};
pub use moment::since;
pub use typed::typed;
use word::Word;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Of each group one must stand in the article.
    pub wanted: Vec<Vec<Term>>,
    /// None may stand in it.
    pub unwanted: Vec<Term>,
    /// Of each group one entity must be mentioned.
    pub entities: Vec<Vec<Name>>,
    /// None may be mentioned.
    pub without_entities: Vec<Name>,
    /// One of them must have brought it; empty: any.
    pub sources: Vec<Name>,
    /// None may have brought it.
    pub without_sources: Vec<Name>,
    /// Primary subtags, one of which must be the article's; empty: any.
    pub languages: Vec<String>,
    /// It was filed then or later.
    pub since: Option<Timestamp>,
    /// It was filed before.
    pub until: Option<Timestamp>,
}

/// A word, or words that stand one behind the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    words: Vec<Word>,
    /// Where it is looked for.
    pub within: Within,
}

/// Where a term is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// In title and text.
    Article,
    /// In the title.
    Title,
}

/// A name that a reader typed and where it stands in the query, to be pointed at where nothing is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As typed.
    pub text: String,
    /// Its first byte in the query.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Why a query cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// First byte of what is wrong.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What is wrong and what to do, in sentences.
    pub message: String,
}

impl Query {
    /// Reads a query; spans such as `7d` end `now`.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, QueryError> {
        parse::parse(text, now)
    }

    /// Whether some word was typed with marks, so that the article's own words have to be compared.
    pub fn has_marks(&self) -> bool {
        self.terms().chain(&self.unwanted).any(Term::has_marks)
    }

    /// Whether an article with this title and these texts holds the words with the marks that were typed, and none of those that
    /// are not wanted.
    pub fn is_as_typed(&self, title: &str, texts: &[&str]) -> bool {
        let stands = |term: &Term| {
            let texts = if term.within == Within::Title { &[] } else { texts };
            texts.iter().chain(&[title]).any(|text| !term.places(text).is_empty())
        };
        let mut wanted = self.wanted.iter().filter(|group| group.iter().any(Term::has_marks));
        let mut unwanted = self.unwanted.iter().filter(|term| term.has_marks());
        wanted.all(|group| group.iter().any(stands)) && !unwanted.any(stands)
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.wanted.iter().flatten()
    }
}

impl Term {
    /// Its words in the form that the index compares.
    pub fn form(&self) -> String {
        self.words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether it was typed with marks. The index knows none, so that it finds too much.
    pub fn has_marks(&self) -> bool {
        self.words.iter().any(|word| word.marked.is_some())
    }
}
