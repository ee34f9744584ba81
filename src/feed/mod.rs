//! Bytes to entries.
//!
//! ```text
//! parse:    bytes -> document (text: XML or JSON)
//!             XML -> markup (tokens, whatever the text) -> reader (which element is open) -> fields (what it says)
//!             JSON -> json (a tree, whatever the text)
//!           -> drafts -> key (what each entry is known by) -> entries
//! sitemap:  bytes -> markup -> pages, or the parts of an index
//! listing:  bytes -> an HTML tree -> the articles that a page links to
//! opml:     bytes -> markup -> lists of feeds, and back
//! discover: bytes -> markup -> addresses that may be sources
//! write:    articles -> Atom, JSON Feed
//! ```
//!
//! The readers are our own, because feeds are rarely XML: nothing they meet is an error, and each repair is told. Only
//! `listing` needs a tree, since what sets articles apart is where they stand.

mod capture;
pub mod discover;
mod document;
mod draft;
mod entities;
mod fields;
mod hints;
mod json;
mod key;
mod limits;
mod link;
mod listed;
mod listing;
mod markup;
mod names;
pub mod opml;
mod plain;
mod reader;
mod reference;
mod repair;
mod sitemap;
mod stack;
mod tag;
pub mod write;
mod xml;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use url::Url;

use crate::model::Feed;

use document::Document;
pub use listed::listed_part;
pub use listing::{LinkSelector, LinkSelectorError, listing, lists_its_like};
pub use sitemap::{Part, Sitemap, is_of_news, is_sitemap, sitemap};

/// What is known of the bytes besides themselves.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Where they came from, after redirects; relative links are resolved against it.
    pub url: &'a Url,
    /// The HTTP `Content-Type`.
    pub content_type: Option<&'a str>,
    /// For dates without a zone.
    pub timezone: Tz,
}

/// Why bytes are no feed, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Nothing came.
    #[error("the answer is empty")]
    Empty,
    /// A page for people came.
    #[error(
        "this is an HTML page, not a feed; `diemtin discover` looks for the site's feed, and kind = \"listing\" follows \
         the articles that the page links to"
    )]
    Html,
    /// Something else came, or it is damaged beyond reading.
    #[error("this is not a feed that can be read: {0}")]
    Malformed(String),
    /// What was to be a sitemap is none.
    #[error("this is not a sitemap that can be read: {0}")]
    Sitemap(String),
    /// A listing that lists nothing, or is no page.
    #[error("{0}")]
    Listing(String),
}

/// Reads a feed of any dialect. Never panics; entries stay in document order and none is dropped.
pub fn parse(bytes: &[u8], origin: Origin<'_>) -> Result<Feed, FeedError> {
    let mut repairs = Vec::new();
    let mut feed = match document::open(bytes, origin.content_type, &mut repairs)? {
        Document::Json(text) => json::read(&text, origin, &mut repairs)?,
        Document::Xml { text, root } => {
            let (prologue, text) = text.split_at(root);
            reader::read(prologue, text, origin, &mut repairs)?
        }
    };
    feed.repairs = repairs;
    Ok(feed)
}
