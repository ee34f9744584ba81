//! Whether bytes are a sitemap, and what it holds at a glance.

use crate::feed::document::declared;
use crate::feed::scan::Tags;
use crate::model::Moment;
use crate::text::{charset, date};

/// A sitemap has at most this many addresses (sitemaps.org).
const MOST_ADDRESSES: usize = 50_000;

/// A sitemap at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SitemapGlance {
    /// Addresses of pages, or of further sitemaps.
    pub addresses: usize,
    /// The latest `<lastmod>` or `<news:publication_date>`.
    pub newest: Option<Moment>,
}

/// Looks at a sitemap or an index of sitemaps; `None` where it is neither.
pub fn glance(bytes: &[u8], content_type: Option<&str>, timezone: chrono_tz::Tz) -> Option<SitemapGlance> {
    let text = charset::decode(bytes, content_type, declared(bytes)).text;
    let mut tags = Tags::of(&text);
    let root = tags.next()?;
    if !root.name.ends_with("urlset") && !root.name.ends_with("sitemapindex") {
        return None;
    }
    let mut glance = SitemapGlance { addresses: 0, newest: None };
    for tag in tags.filter(|tag| tag.closes) {
        let is_date = tag.is("lastmod") || tag.name.ends_with(":publication_date");
        if is_date && let Some(at) = date::parse(tag.before.trim(), timezone) {
            let later = glance.newest.is_none_or(|newest| newest.timestamp() < at.timestamp());
            glance.newest = if later { Some(at) } else { glance.newest };
        }
        glance.addresses += usize::from(tag.name == "url" || tag.name == "sitemap");
        if glance.addresses >= MOST_ADDRESSES {
            break;
        }
    }
    Some(glance)
}
