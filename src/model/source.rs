//! Where news comes from.

use std::time::Duration;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Access, Route};

/// A checked `[[source]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Unique; the source's identity in the store.
    pub name: String,
    /// What is polled.
    pub url: Url,
    /// How its answer is read.
    pub kind: SourceKind,
    /// Which links of a listing are articles, as a CSS selector; `None`: they are recognised.
    pub links: Option<String>,
    /// The shortest time between two polls, however they are planned.
    pub every: Duration,
    /// Words that alerts and digests select sources by.
    pub tags: Vec<String>,
    /// Whether the article page is fetched, or the feed's own text used.
    pub full_text: FullText,
    /// BCP 47 primary language of its texts where they do not say it themselves.
    pub language: String,
    /// For dates that come without a zone.
    pub timezone: Tz,
    /// How much of the first poll may alert.
    pub backfill: Backfill,
    /// How old an entry may be and still alert.
    pub max_age: MaxAge,
    /// How long and how often its articles are looked at again for silent edits.
    pub tracking: Tracking,
    /// Whether the robots.txt of sites is heeded where this source leads to pages.
    pub robots: Robots,
    /// What the origin of `url` is shown, and no other.
    pub access: Access,
    /// By which way its sites are reached.
    pub route: Route,
}

impl Source {
    /// How it is asked and read, in one line without secrets. Who changed that wants to see whether it works now. It is stored and
    /// compared after an upgrade, so the same settings are the same line in every release.
    pub fn asked_as(&self) -> String {
        let Self { kind, robots, links, route, access, .. } = self;
        let robots = match robots {
            Robots::Obey => "Obey",
            Robots::Ignore => "Ignore",
        };
        format!("{} {robots} {route} {access} {}", kind.as_str(), links.as_deref().unwrap_or_default())
    }
}

/// How a source's answer is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// An HTML page that links to articles.
    Listing,
    /// One page, watched for change.
    Page,
}

impl SourceKind {
    /// The word for it in sources.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
            Self::Page => "page",
        }
    }
}

/// Where an article's text is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FullText {
    /// The article page is fetched and its body extracted.
    Page,
    /// The feed's own text is the article.
    Feed,
}

/// Whether robots.txt decides what is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Robots {
    /// What it forbids is not fetched.
    Obey,
    /// It is not asked: the publisher has agreed, or the page was asked for by a person.
    Ignore,
}

/// What the first poll of a source does with the entries it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backfill {
    /// Every entry may alert.
    All,
    /// Entries published within this span may alert; older and undated ones are recorded as seen.
    Within(Duration),
}

/// How long ago an entry may have been published and still alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaxAge {
    /// Any age.
    Off,
    /// At most this long ago; an undated or absurdly dated entry counts as new.
    Within(Duration),
}

/// Whether articles are looked at again for silent edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracking {
    /// They are not.
    Off,
    /// They are, for a while.
    For {
        /// So long after they were filed.
        span: Duration,
        /// The first time after this; the older they are, the rarer.
        first: Duration,
    },
}
