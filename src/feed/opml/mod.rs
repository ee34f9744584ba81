//! OPML 2.0: lists of feeds as readers exchange them, read with patience and written by the book.
//!
//! What OPML has no attribute for stands in attributes of a namespace of our own, so that a list of our sources comes back
//! as it was; other programs pass over it.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;

/// The namespace of our own attributes.
const NAMESPACE: &str = "urn:diemtin:opml:1";
/// How they begin.
const PREFIX: &str = "diemtin:";

/// A list of feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opml {
    /// The feeds in document order.
    pub outlines: Vec<Outline>,
    /// Whether there are more, which were not read.
    pub is_cut: bool,
}

/// A feed of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// Its name; empty where the list gives none.
    pub name: String,
    /// `xmlUrl`, as it is written.
    pub url: String,
    /// The page it belongs to.
    pub html_url: Option<String>,
    /// The folders it stands in, outermost first, and its categories.
    pub tags: Vec<String>,
    /// `language`, as it is written.
    pub language: Option<String>,
    /// Our own attributes without their prefix.
    pub keys: Vec<(String, String)>,
}
