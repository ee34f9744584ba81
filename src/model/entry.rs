//! What a feed lists.

use std::time::Duration;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::Moment;

/// A feed as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// The dialect it was written in.
    pub format: FeedFormat,
    /// Its title.
    pub title: Option<String>,
    /// The page it belongs to.
    pub link: Option<String>,
    /// Its language as it names it.
    pub language: Option<String>,
    /// Its entries in document order, none dropped.
    pub entries: Vec<Entry>,
    /// What it says about how often to come back.
    pub hints: FeedHints,
    /// What had to be mended before it could be read, one sentence each.
    pub repairs: Vec<String>,
}

/// A feed dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedFormat {
    /// Atom.
    Atom,
    /// RSS 0.9x or 2.0.
    Rss,
    /// RSS 1.0.
    Rdf,
    /// The Channel Definition Format of 1997.
    Cdf,
    /// JSON Feed.
    Json,
    /// A sitemap of sitemaps.org, or its news extension.
    Sitemap,
    /// The links of an HTML page.
    Listing,
}

/// A feed's wishes about polling.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedHints {
    /// `<ttl>`: how long its content stays fresh.
    pub ttl: Option<Duration>,
    /// `sy:updatePeriod` divided by `sy:updateFrequency`: how often it is updated.
    pub update_period: Option<Duration>,
    /// `<skipHours>`: hours of the day in GMT, 0 to 23, in which it is not to be read.
    pub skip_hours: Vec<u32>,
    /// `<skipDays>`: days of the week in GMT on which it is not to be read.
    pub skip_days: Vec<Weekday>,
}

/// One item of a feed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The feed's own identifier, verbatim.
    pub id: Option<String>,
    /// Our identifier: stable over re-parses, reordering and headline edits.
    pub key: EntryKey,
    /// The article's absolute address.
    pub url: Option<String>,
    /// The headline as plain text.
    pub title: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The short text, HTML as the feed carries it.
    pub summary: Option<String>,
    /// The long text, HTML as the feed carries it.
    pub content: Option<String>,
    /// The terms it is filed under.
    pub categories: Vec<String>,
    /// Whether the address is that of other entries of the feed too (a live blog, a page of release notes).
    #[serde(default)]
    pub shares_address: bool,
}

impl Entry {
    /// Whether what stands at its address is its own article, and that of no other entry.
    pub fn has_own_page(&self) -> bool {
        self.key.is_address() && !self.shares_address
    }
}

/// Identifies an entry within its source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryKey(String);

impl EntryKey {
    /// How keys begin that are made of an address.
    pub const ADDRESS: &str = "link:";

    /// A key from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is made of the entry's address. A home page identifies no entry, and of several entries with one
    /// address only the eldest.
    pub fn is_address(&self) -> bool {
        self.0.starts_with(Self::ADDRESS)
    }
}

/// Why an entry or its article does not alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBack {
    /// It stood in the feed when the source was first polled, and is older than `backfill`, or undated.
    Backfill,
    /// It was published longer ago than `max_age`.
    TooOld,
}

impl HeldBack {
    /// The word for it in the store and in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Backfill => "backfill",
            Self::TooOld => "too_old",
        }
    }
}
