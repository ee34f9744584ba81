//! A fetched and extracted article.

use serde::{Deserialize, Serialize};

use super::Moment;

/// An article as it was read from a page or from a feed's own text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The address it was fetched from, after redirects.
    pub url: String,
    /// The address the page names as its own, absolute; the fetched one where it names none.
    pub canonical_url: String,
    /// The headline.
    pub title: String,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was last changed.
    pub modified: Option<Moment>,
    /// BCP 47 primary language.
    pub language: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The leading picture's absolute address.
    pub image: Option<String>,
    /// The standfirst (sapo), where it stands outside the body or is marked as one; else empty.
    pub lead: String,
    /// Body paragraphs, list items and subheads in order.
    pub paragraphs: Vec<String>,
    /// Captions of pictures, apart from the body.
    pub captions: Vec<String>,
    /// Where the text was taken from.
    pub attribution: Option<Attribution>,
    /// Whether this is an article at all.
    pub verdict: Verdict,
    /// What was doubtful, one sentence each.
    pub notes: Vec<String>,
}

impl Article {
    /// The body: paragraphs, one a line.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// The source that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// "Reuters" of "Theo Reuters".
    pub name: String,
    /// The link under it.
    pub url: Option<String>,
}

/// What a fetched page turned out to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// An article with a body.
    #[default]
    Article,
    /// A page without any text worth keeping.
    Empty,
    /// Not an HTML page.
    NotHtml,
}
