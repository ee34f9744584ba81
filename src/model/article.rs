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
    /// How much of the article was there to read.
    #[serde(default)]
    pub extent: Extent,
    /// What was doubtful, one sentence each.
    pub notes: Vec<String>,
}

impl Article {
    /// The body: paragraphs, one a line.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// How much of an article was there to read, and so how much of it was searched for names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// The page's whole text.
    #[default]
    Whole,
    /// A part of the page's text: the beginning before a wall, or an article whose later parts could not be had.
    Part,
    /// What the feed says of it.
    Feed,
    /// The headline alone.
    Headline,
}

/// The source that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// "Reuters" of "Theo Reuters".
    pub name: String,
    /// The link under it.
    pub url: Option<String>,
}

/// What a fetched page turned out to be. Where it is no article, the article's text is the feed's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// An article with a body.
    #[default]
    Article,
    /// A page without any text worth keeping.
    Empty,
    /// Not an HTML page: a PDF, a picture, a feed, JSON.
    NotHtml,
    /// A check for robots, or a firewall that turns the visitor away.
    Challenge,
    /// "Not found", said with status 200.
    #[serde(rename = "soft_404")]
    Soft404,
    /// A login stands before the article; what is shown of it is kept.
    LoginWall,
    /// Only the beginning is shown to those who do not pay; it is kept.
    Paywall,
    /// The site says that it is out of order or being mended.
    Maintenance,
    /// A question about cookies or personal data stands before the article.
    ConsentWall,
    /// An empty frame that a script fills, or a page that only leads on to another.
    JsShell,
    /// No site: a domain for sale, a suspended account, a server's default page.
    Parked,
    /// A list of articles or files.
    Listing,
    /// The transfer ended in the middle of the text.
    Truncated,
}

impl Verdict {
    /// Whether what the page shows belongs to the article, if perhaps not all of it.
    pub fn shows_article(self) -> bool {
        matches!(self, Self::Article | Self::Paywall | Self::LoginWall | Self::Truncated)
    }

    /// Whether the same address may well hold the article in an hour.
    pub fn may_lift(self) -> bool {
        matches!(self, Self::Challenge | Self::Maintenance | Self::Truncated)
    }
}
