//! The address that a page names as its own.

use url::Url;

use crate::text::address::{edition_free, is_home, same_site};

/// The address, and a sentence where the page's own word for it was not taken.
pub(super) fn address(named: Option<&str>, fetched: &Url, base: &Url) -> (String, Option<String>) {
    let own = fetched.to_string();
    let Some(named) = named.map(str::trim).filter(|named| !named.is_empty()) else { return (own, None) };
    let Ok(mut address) = base.join(named) else {
        return (own, Some(format!("The page's canonical address cannot be read: {named}.")));
    };
    if !matches!(address.scheme(), "http" | "https") {
        return (own, Some(format!("The page's canonical address is no web address: {named}.")));
    }
    address.set_fragment(None);
    let fetched_from_web = matches!(fetched.scheme(), "http" | "https") && !is_nowhere(fetched);
    if fetched_from_web && !same_site(&address, fetched) && !is_original(&address, fetched) {
        return (own, Some(format!("The page names an address on another site as its own: {address}.")));
    }
    if is_home(&address) && !is_home(fetched) {
        return (own, Some(format!("The page names the site's home page as its own address: {address}.")));
    }
    (address.into(), None)
}

/// What a page tells networks and search engines counts where it is another spelling of the address that was asked: templates
/// tell all articles of a section one address, and an article whose address is known is not told again.
pub(super) fn spells(named: &str, fetched: &Url, base: &Url) -> bool {
    let Ok(address) = base.join(named.trim()) else { return false };
    is_nowhere(fetched) || address.path().trim_end_matches('/') == fetched.path().trim_end_matches('/')
}

/// Shortest path of an article in bytes.
const PLACE: usize = 10;

/// Where the page came from a file, nothing is known of its address.
fn is_nowhere(address: &Url) -> bool {
    address.host_str() == Some("localhost") && is_home(address)
}

/// Copies that name the address they were made from: the caches of AMP pages, archives and proxies carry its host and
/// path in their own; a site that moved to another ending keeps its name and the article's place.
fn is_original(address: &Url, fetched: &Url) -> bool {
    let (Some(host), path) = (address.host_str(), address.path()) else { return false };
    if is_home(address) || path.len() < PLACE {
        return false;
    }
    let place = format!("{}{}", edition_free(host), path.trim_end_matches('/'));
    let moved = path == fetched.path() && fetched.host_str().is_some_and(|other| label(other) == label(host));
    moved || fetched.path().contains(&place)
}

/// The name of a site before its ending: `bao` of `www.bao.com.example`.
fn label(host: &str) -> Option<&str> {
    edition_free(host).split('.').next().filter(|label| label.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_canonical_address_is_not_taken() {
        let fetched = "https://m.bao.example/kinh-te/gia-vang-123.html?utm_source=rss";
        for (named, expected, doubtful) in [
            (
                Some("https://bao.example/kinh-te/gia-vang-123.html"),
                "https://bao.example/kinh-te/gia-vang-123.html",
                false,
            ),
            (
                Some("/kinh-te/gia-vang-123.html#top"),
                "https://m.bao.example/kinh-te/gia-vang-123.html",
                false,
            ),
            (Some("https://khac.example/kinh-te/gia-vang-123.html"), fetched, true),
            (Some("https://bao.example/"), fetched, true),
            (Some("javascript:void(0)"), fetched, true),
            (Some("http://[bad"), fetched, true),
            (Some("  "), fetched, false),
            (None, fetched, false),
        ] {
            let url = Url::parse(fetched).unwrap();
            let (address, note) = address(named, &url, &url);
            assert_eq!((address.as_str(), note.is_some()), (expected, doubtful), "{named:?}");
        }
    }

    #[test]
    fn a_copy_that_carries_the_address_of_its_original_gives_way_to_it() {
        let original = "https://bao.example/kinh-te/gia-vang-123.html";
        for (fetched, taken) in [
            ("https://bao-example.cache.example.org/c/s/bao.example/kinh-te/gia-vang-123.html", true),
            ("https://amp.bao.example/kinh-te/gia-vang-123.amp.html", true),
            ("https://bao.example.net/kinh-te/gia-vang-123.html", true),
            ("http://localhost/", true),
            ("https://khac.example/kinh-te/gia-vang-123.html", false),
            ("https://khac.example/doc?url=bao.example/kinh-te/gia-vang-123.html", false),
        ] {
            let url = Url::parse(fetched).unwrap();
            let (address, note) = address(Some(original), &url, &url);
            assert_eq!((address == original, note.is_none()), (taken, taken), "{fetched}");
        }
    }
}
