//! Bytes to article.
//!
//! ```text
//! bytes -> charset -> bound (scripts out, size and depth capped) -> one parsed tree -> dom (flat list of nodes)
//!       -> blocks (what a reader sees as paragraphs) -> clutter (which parts are no article)
//!       -> body (which element holds the article) -> told (what JSON-LD confirms of it) -> lead, captions, paragraphs
//!       -> repeats, endings (what is said twice, what stands under the text); metadata beside it
//! ```

mod attribution;
mod authors;
mod blocks;
mod body;
mod canonical;
mod captions;
mod clutter;
mod compose;
mod dates;
mod declared;
mod dom;
mod elements;
mod endings;
mod entry;
mod finish;
mod headed;
mod hint_words;
mod hints;
mod lead;
mod metadata;
mod page;
mod repeats;
mod structured;
mod title;
mod told;
mod verdict;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use url::Url;

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
    page::read(page, origin)
}

/// The article that the feed itself carries, where the page is not wanted or cannot be had.
pub fn from_entry(entry: &Entry, origin: Origin<'_>) -> Article {
    entry::read(entry, origin)
}
