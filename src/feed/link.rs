//! Addresses in feeds, sitemaps and pages.

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

/// The absolute address of a page on the web.
pub(super) fn web_address(href: &str, base: &Url) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST_NAME {
        return None;
    }
    let url = base.join(href).ok()?;
    Some(url).filter(is_on_web)
}

/// An identifier that is a web address is the entry's link where it has no other.
pub(super) fn permalink(id: &str) -> Option<String> {
    let url = Url::parse(id).ok()?;
    is_on_web(&url).then(|| url.into())
}

fn is_on_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}
