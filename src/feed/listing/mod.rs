//! The articles that an HTML page links to: those that a CSS selector names, or those recognised by what sets articles
//! apart from everything else on such a page. Nothing is followed from here, neither the next page nor a section.
//!
//! ```text
//! bytes -> page (flat tree) -> link (addresses, titles, places) -> recognise (which are articles) -> entries
//! ```

mod entries;
mod headline;
mod item_list;
mod link;
mod page;
mod recognise;
mod shape;
mod site;

#[cfg(test)]
mod tests;

use scraper::{Html, Selector};
use url::Url;

use crate::model::{Feed, FeedFormat, FeedHints};
use crate::text::charset;
use crate::text::html::bound;

use super::{FeedError, Origin};

use shape::Strength;

/// How far in a page's `<meta charset>` is looked for, as browsers do (HTML, 13.2.3.2).
const PRESCAN: usize = 1024;
/// Articles taken from one page.
const MOST_ENTRIES: usize = 2_000;

/// Which links of a page are articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSelector {
    css: String,
    compiled: Selector,
}

/// Why a text is no selector, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no CSS selector such as \"h3.title a\"{0}")]
pub struct LinkSelectorError(String);

impl LinkSelector {
    /// A CSS selector of links, or of elements that hold one.
    pub fn parse(css: &str) -> Result<Self, LinkSelectorError> {
        let compiled = Selector::parse(css).map_err(|error| {
            // What takes several lines is meant for the parser's developers.
            let reason = Some(error.to_string()).filter(|reason| !reason.contains('\n'));
            LinkSelectorError(reason.map(|reason| format!(": {reason}")).unwrap_or_default())
        })?;
        Ok(Self { css: css.to_owned(), compiled })
    }
}

/// Reads a page as a list of articles: one entry for each address, in document order, under its best headline.
/// Never panics. A page on which no article is found is an error.
pub fn listing(bytes: &[u8], links: Option<&LinkSelector>, origin: Origin<'_>) -> Result<Feed, FeedError> {
    let decoded = charset::decode(bytes, origin.content_type, declared(bytes));
    let text = decoded.text.trim_start();
    if text.is_empty() {
        return Err(FeedError::Empty);
    }
    refuse_feed(text)?;
    let mut repairs = Vec::new();
    if decoded.lossy {
        repairs.push(format!("some bytes were no {} and were replaced", decoded.encoding));
    }
    let bounded = bound(text);
    repairs.extend(bounded.notes);
    let html = Html::parse_document(&bounded.html);
    let page = page::Page::new(&html, links.map(|links| &links.compiled));
    let base = page.base(origin.url);
    let found = link::all(&page, &base);
    let listed = item_list::addresses(&bounded.json_ld, &base);
    let articles = match links {
        Some(_) => found.chosen(),
        None => recognise::articles(&found, &listed, origin.url),
    };
    if articles.is_empty() {
        return Err(FeedError::Listing(nothing(links)));
    }
    if articles.len() > MOST_ENTRIES {
        repairs.push(format!("it links to {} articles; only the first {MOST_ENTRIES} count", articles.len()));
    }
    let known: Vec<_> = articles.into_iter().take(MOST_ENTRIES).collect();
    Ok(Feed {
        format: FeedFormat::Listing,
        title: page.title(),
        link: Some(origin.url.to_string()),
        language: page.language(),
        entries: entries::of(&page, &found, &known, origin.timezone),
        hints: FeedHints::default(),
        repairs,
    })
}

/// Whether most of what a page lists has an address of the page's own shape, with a number or a date in it: then it is
/// an article with related ones below it. A guess for pages that nobody called a listing.
pub fn lists_its_like(page: &Url, listed: &Feed) -> bool {
    let own = shape::of(page, false);
    let urls = listed.entries.iter().filter_map(|entry| Url::parse(entry.url.as_deref()?).ok());
    let alike = urls.filter(|url| shape::of(url, false).pattern == own.pattern).count();
    own.strength == Strength::Identified && alike * 2 > listed.entries.len()
}

fn nothing(links: Option<&LinkSelector>) -> String {
    match links {
        Some(selector) => format!("the selector {:?} matched no link; check `links`", selector.css),
        None => "no article was recognised among the links of this page; name them with `links`, as in \
                 links = \"h3.title a\""
            .to_owned(),
    }
}

/// A feed answers with entries of its own; reading its text as HTML would find none of them.
fn refuse_feed(text: &str) -> Result<(), FeedError> {
    let head = text.get(..text.floor_char_boundary(2 * PRESCAN)).unwrap_or(text).to_ascii_lowercase();
    let kind = if head.contains("<html") {
        return Ok(());
    } else if head.contains("<urlset") || head.contains("<sitemapindex") {
        "sitemap"
    } else if head.contains("<rss") || head.contains("<feed") || head.contains("<rdf:rdf") {
        "feed"
    } else {
        return Ok(());
    };
    Err(FeedError::Listing(format!("a {kind} came, not a page; write kind = \"{kind}\" for this source")))
}

/// The label of `<meta charset=…>` or of its older form.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.get(..bytes.len().min(PRESCAN))?;
    let at = head.windows(7).position(|window| window.eq_ignore_ascii_case(b"charset"))?;
    let label = head.get(at + 7..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte))?;
    std::str::from_utf8(label.get(..end)?).ok()
}

/// What a link's address is compared by.
fn canonical(url: &Url) -> String {
    crate::text::address::canonical(url.as_str())
}
