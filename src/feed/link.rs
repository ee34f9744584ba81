//! Addresses in feeds.

use url::Url;

use super::limits::LONGEST_NAME;

/// The absolute address of a link, resolved against `base`; `None` where it leads to no page.
pub(super) fn absolute(href: &str, base: &Url) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST_NAME {
        return None;
    }
    let url = Url::parse(href).or_else(|_| base.join(href)).ok()?;
    let usable = !matches!(url.scheme(), "javascript" | "data" | "about" | "blob")
        && url.as_str().len() <= LONGEST_NAME;
    usable.then(|| url.into())
}

/// An identifier that is a web address is the entry's link where it has no other.
pub(super) fn permalink(id: &str) -> Option<String> {
    let url = Url::parse(id).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}
