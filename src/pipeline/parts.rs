//! The parts of an article in which names are looked for.

use crate::model::{Article, Field};

/// The texts of an article, by part.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    title: &'a str,
    lead: &'a str,
    /// Paragraphs with a blank line between them, so that no name runs from one into the next.
    pub(super) body: String,
    /// Captions, likewise.
    pub(super) captions: String,
}

impl<'a> Parts<'a> {
    /// The parts of this article.
    pub fn of(article: &'a Article) -> Self {
        Self {
            title: &article.title,
            lead: &article.lead,
            body: article.paragraphs.join("\n\n"),
            captions: article.captions.join("\n\n"),
        }
    }

    /// What a matcher and rules are given.
    pub fn fields(&self) -> [(Field, &str); 4] {
        [
            (Field::Title, self.title),
            (Field::Lead, self.lead),
            (Field::Body, &self.body),
            (Field::Captions, &self.captions),
        ]
    }
}
