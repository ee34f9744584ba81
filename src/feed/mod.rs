//! Bytes to entries.
//!
//! ```text
//! bytes -> document (text, XML or JSON) -> mend (what feeds get wrong) -> reader (feed-rs) -> convert (our entries)
//! ```

mod convert;
pub mod discover;
mod document;
mod entities;
mod key;
mod markup;
mod mend;
pub mod opml;
mod plain;
mod reader;
mod reference;
mod scan;
mod tag;
pub mod write;

#[cfg(test)]
mod tests;

use chrono_tz::Tz;
use url::Url;

use crate::model::{Feed, FeedFormat};

use document::Document;

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
    #[error("this is an HTML page, not a feed")]
    Html,
    /// Something else came, or it is damaged beyond reading.
    #[error("this is not a feed that can be read: {0}")]
    Malformed(String),
}

/// Reads a feed of any dialect. Never panics; entries stay in document order and none is dropped.
pub fn parse(bytes: &[u8], origin: Origin<'_>) -> Result<Feed, FeedError> {
    let mut repairs = Vec::new();
    let (text, format) = match document::open(bytes, origin.content_type, &mut repairs)? {
        Document::Json(text) => (text, FeedFormat::Json),
        Document::Xml(text) => mend::mend(&text, origin.url, &mut repairs)?,
    };
    let read = reader::read(&text, origin, &mut repairs)?;
    let mut feed = convert::convert(read, origin.url, &mut repairs);
    feed.format = format;
    feed.repairs = repairs;
    Ok(feed)
}
