//! Bytes to article.
//!
//! ```text
//! bytes -> charset -> bound (scripts out, size and depth capped) -> one parsed tree -> dom (flat list of nodes)
//!       -> blocks (what a reader sees as paragraphs) -> clutter (which parts are no article)
//!       -> body (which element holds the article) -> lead, captions, paragraphs; metadata beside it
//! ```

mod attribution;
mod authors;
mod blocks;
mod body;
mod byline;
mod byline_text;
mod canonical;
mod captions;
mod clutter;
mod compose;
mod dates;
mod declared;
mod dom;
mod elements;
mod entry;
mod finish;
mod headed;
mod hint_words;
mod hints;
mod json;
mod lead;
mod metadata;
mod name_words;
mod names;
mod page;
mod parties;
mod parts;
mod references;
mod structured;
mod title;
mod verdict;
mod visible_dates;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use url::Url;

pub use parts::Place;

use crate::model::{Article, Entry};

/// What is known of a page besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Where it came from, after redirects.
    pub url: &'a Url,
    /// The HTTP `Content-Type`.
    pub content_type: Option<&'a str>,
    /// For dates without a zone.
    pub timezone: Tz,
    /// BCP 47 primary language of the source, where the page does not tell its own.
    pub language: &'a str,
}

/// Reads an article page. Never fails: an unusable page gives an article whose verdict says so.
pub fn article(page: &[u8], origin: Origin<'_>) -> Article {
    part(page, origin, Place { first: origin.url, number: 1 }).article
}

/// A page that may be one of several parts of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What stands on this page.
    pub article: Article,
    /// The address of the part that follows: on the same host, this article's own address with the next number.
    pub next: Option<Url>,
}

/// Reads a part of an article.
pub fn part(page: &[u8], origin: Origin<'_>, place: Place<'_>) -> Part {
    page::read(page, origin, place)
}

/// The article that the feed itself carries, where the page is not wanted or cannot be had.
pub fn from_entry(entry: &Entry, origin: Origin<'_>) -> Article {
    entry::read(entry, origin)
}
