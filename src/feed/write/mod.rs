//! Articles as a feed for other readers: Atom 1.0 (RFC 4287) and JSON Feed 1.1.

mod atom;
mod json;
#[cfg(test)]
mod tests;

use sha2::{Digest as _, Sha256};
use uuid::Builder;

use crate::model::{Article, ArticleId, Moment, Timestamp};

pub use atom::atom;
pub use json::json;

/// Characters of a body that stand in where there is no standfirst.
const LONGEST_SUMMARY: usize = 400;

/// A feed as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Channel<'a> {
    /// What it is about. The same title is the same feed, so that readers know it again.
    pub title: &'a str,
    /// When it was written.
    pub now: Timestamp,
}

/// An article in it.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// Its identity.
    pub id: ArticleId,
    /// The article.
    pub article: &'a Article,
    /// The source that brought it.
    pub source: &'a str,
    /// When it was filed.
    pub filed_at: Timestamp,
    /// The entities it mentions.
    pub entities: &'a [String],
    /// The alerts it raised.
    pub alerts: &'a [String],
}

impl Channel<'_> {
    /// A name of the feed that follows from its title (UUID version 8).
    fn id(self) -> String {
        let hash: [u8; 32] = Sha256::digest(format!("diemtin feed {}", self.title)).into();
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(hash).for_each(|(byte, of_hash)| *byte = of_hash);
        format!("urn:uuid:{}", Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl Post<'_> {
    fn id(&self) -> String {
        format!("urn:uuid:{}", self.id)
    }

    fn title(&self) -> &str {
        if self.article.title.is_empty() { &self.article.url } else { &self.article.title }
    }

    fn published(&self) -> Option<String> {
        self.article.published.map(instant)
    }

    /// When it was last changed as far as we know; never before it was published.
    fn updated(&self) -> String {
        let known = [self.article.modified, self.article.published].into_iter().flatten();
        known.max_by_key(|moment| moment.timestamp()).map_or_else(|| self.filed_at.rfc3339(), instant)
    }

    /// The standfirst, else the beginning of the body.
    fn summary(&self) -> String {
        if !self.article.lead.is_empty() {
            return self.article.lead.clone();
        }
        let first = self.article.paragraphs.first().map(String::as_str).unwrap_or_default();
        let mut short: String = first.chars().take(LONGEST_SUMMARY).collect();
        if short.len() < first.len() {
            short.push('…');
        }
        short
    }

    /// The standfirst and the body as HTML.
    fn html(&self) -> String {
        let lead = Some(&self.article.lead).filter(|lead| !lead.is_empty());
        let paragraphs = lead.into_iter().chain(&self.article.paragraphs);
        paragraphs.fold(String::new(), |html, text| html + "<p>" + &super::xml::escaped(text) + "</p>")
    }
}

/// RFC 3339 with a time, as both formats want it.
fn instant(moment: Moment) -> String {
    match moment {
        Moment::Instant(_) => moment.to_string(),
        Moment::Day(_) => moment.timestamp().rfc3339(),
    }
}
