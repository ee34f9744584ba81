//! Sitemaps of sitemaps.org: lists of pages, lists of further sitemaps, their news extension, and plain lists of
//! addresses. Read leniently: prefixes and name spaces are not looked at, missing ends and loose `&` do no harm, and
//! what a file that breaks off held until there counts.

mod read;
pub(super) mod unpack;

#[cfg(test)]
mod tests;

use url::Url;

use crate::model::{Feed, FeedFormat, FeedHints, Moment};
use crate::text::charset;

use super::{FeedError, Origin, document, key};

/// Text is cut here; the protocol allows 50 MiB (sitemaps.org, "Sitemap file requirements").
const MOST_BYTES: usize = 50 << 20;
/// Pages or sitemaps that one file may list by the protocol.
const MOST_RECORDS: usize = 50_000;
/// How far in the outermost element is looked for.
const FURTHEST_START: usize = 64 * 1024;

/// What a sitemap lists; an ordinary one lists pages, an index lists parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitemap {
    /// The pages, in document order.
    pub feed: Feed,
    /// The sitemaps that an index names, in document order.
    pub parts: Vec<Part>,
}

/// A sitemap that an index names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its absolute address.
    pub url: Url,
    /// When it was last changed, as the index says.
    pub lastmod: Option<Moment>,
}

/// Reads a sitemap, packed with gzip or not. Where the bytes are RSS, Atom or JSON Feed, which the protocol allows too,
/// they are read as such. Never panics.
pub fn sitemap(bytes: &[u8], origin: Origin<'_>) -> Result<Sitemap, FeedError> {
    let mut repairs = Vec::new();
    let unpacked = unpack::unpack(bytes, MOST_BYTES, &mut repairs).map_err(|error| match error {
        FeedError::Malformed(why) => FeedError::Sitemap(why),
        other => other,
    })?;
    // A packed file's type says nothing of what is in it.
    let content_type = origin.content_type.filter(|_| unpacked.len() == bytes.len());
    let decoded = charset::decode(&unpacked, content_type, document::declared(&unpacked));
    if decoded.lossy {
        repairs.push(format!("some bytes were no {} and were replaced", decoded.encoding));
    }
    let text = document::trimmed(&decoded.text);
    let (feed, parts) = match kind_of(text)? {
        Kind::Feed => {
            let feed = super::parse(&unpacked, Origin { content_type, ..origin })?;
            repairs.extend(feed.repairs);
            (Feed { repairs, ..feed }, Vec::new())
        }
        Kind::Lines => {
            drop(unpacked);
            finished(read::lines(text, origin.url, &mut repairs), repairs)
        }
        Kind::Xml => {
            // Of the largest files a second copy is felt.
            drop(unpacked);
            finished(read::xml(text, origin, &mut repairs), repairs)
        }
    };
    Ok(Sitemap { feed, parts })
}

/// Whether a sitemap's address says that it lists news, in English or Vietnamese.
pub fn is_of_news(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let mut words = path.split(|c: char| !c.is_ascii_alphanumeric());
    path.contains("news") || words.any(|word| matches!(word, "latest" | "tin" | "moi"))
}

/// Whether the bytes look like a sitemap that is no feed, so that a reader which was told nothing can choose.
pub fn is_sitemap(bytes: &[u8]) -> bool {
    let mut ignored = Vec::new();
    let Ok(unpacked) = unpack::unpack(bytes, FURTHEST_START, &mut ignored) else { return false };
    let head = unpacked.get(..FURTHEST_START).unwrap_or(&unpacked);
    let head = charset::decode(head, None, document::declared(head)).text;
    matches!(kind_of(document::trimmed(&head)), Ok(Kind::Xml | Kind::Lines))
}

fn finished(read: read::Found, repairs: Vec<String>) -> (Feed, Vec<Part>) {
    let mut entries = read.entries;
    for entry in &mut entries {
        // In a sitemap the address is all that a page is known by.
        entry.key = key::of_address(entry.url.as_deref().unwrap_or_default());
    }
    let feed = Feed {
        format: FeedFormat::Sitemap,
        title: read.title,
        link: None,
        language: read.language,
        entries,
        hints: FeedHints::default(),
        repairs,
    };
    (feed, read.parts)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xml,
    Lines,
    Feed,
}

fn kind_of(text: &str) -> Result<Kind, FeedError> {
    if text.is_empty() {
        return Err(FeedError::Empty);
    }
    if text.starts_with('{') {
        return Ok(Kind::Feed);
    }
    let head = text.get(..text.floor_char_boundary(FURTHEST_START)).unwrap_or(text);
    if is_address(head.lines().next().unwrap_or_default()) {
        return Ok(Kind::Lines);
    }
    let Some(root) = document::root(head) else {
        return Err(FeedError::Sitemap("neither XML nor a list of addresses begins in it".to_owned()));
    };
    match root.name.as_str() {
        "rss" | "feed" | "rdf" => Ok(Kind::Feed),
        // A file whose beginning is lost still lists what it lists.
        root if is_root(root) || matches!(root, "url" | "sitemap" | "loc") => Ok(Kind::Xml),
        "html" | "head" | "body" | "meta" | "title" | "script" | "div" => Err(FeedError::Sitemap(
            "an HTML page came; robots.txt of the site names its sitemaps, or write kind = \"listing\" to follow \
             the articles that the page links to"
                .to_owned(),
        )),
        root => Err(FeedError::Sitemap(format!("its outermost element is <{root}>"))),
    }
}

fn is_root(name: &str) -> bool {
    matches!(name, "urlset" | "sitemapindex")
}

fn is_address(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("http://") || line.starts_with("https://")
}
