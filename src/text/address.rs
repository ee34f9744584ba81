//! One form of an article's address, so that the same article is recognised under each of its spellings.

use std::fmt::Write;

use url::{Host, Url};

/// Parameters that tell where a reader came from. Campaign prefixes first, then the click numbers and share marks of
/// networks, mailers and newsrooms.
const TRACKING_PREFIXES: [&str; 15] = [
    "utm_",
    "mtm_",
    "pk_",
    "piwik_",
    "itm_",
    "hsa_",
    "oly_",
    "vero_",
    "zalo",
    "vn_",
    "at_medium",
    "at_campaign",
    "at_custom",
    "at_link",
    "wt_",
];
const TRACKING: [&str; 40] = [
    "fbclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_source",
    "gclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "dclid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "gidzl",
    "zarsrc",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "__hstc",
    "__hssc",
    "__twitter_impression",
    "ncid",
    "cmpid",
    "smid",
    "s_cid",
    "soc_src",
    "soc_trk",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "spm",
    "scm",
];

/// The key of an address: what stays the same however it is spelt. It is for comparing, not for fetching.
///
/// Host in lower case, default port, credentials, fragment and tracking parameters dropped; other parameters in
/// their order; escapes normalised. Fragments that are routes (`#!…`, `#/…`) stay, and so does a trailing slash,
/// because with it some sites mean another page. `http` counts as `https` where a public name stands alone: feeds
/// list both for one article, and hardly any site serves different articles there. With a port or a bare IP address
/// the two are different services and stay apart. What is no web address is returned as it is.
pub fn canonical(address: &str) -> String {
    let address = address.trim();
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    if !matches!(url.scheme(), "http" | "https") {
        return address.to_owned();
    }
    if is_plain(&url) {
        return url.into();
    }
    let query = kept_query(&url);
    let path = normal_escapes(url.path());
    let route = url.fragment().filter(|fragment| fragment.starts_with(['!', '/'])).map(str::to_owned);
    let settled = (!is_public_name(&url) || url.set_scheme("https").is_ok())
        && url.set_username("").is_ok()
        && url.set_password(None).is_ok();
    if !settled {
        return address.to_owned();
    }
    url.set_path(&path);
    url.set_query(query.as_deref());
    url.set_fragment(route.as_deref());
    url.into()
}

/// Whether it has none of what is dropped or normalised, as most have: setting each part costs several times as much as reading all.
fn is_plain(url: &Url) -> bool {
    (url.scheme() == "https" || !is_public_name(url)) && !url.as_str().contains(['?', '#', '@', '%'])
}

fn is_public_name(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Domain(name)) if name.contains('.')) && url.port().is_none()
}

/// The parameters that belong to the article, or `None` where there are none.
fn kept_query(url: &Url) -> Option<String> {
    let kept: Vec<String> = url
        .query()?
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair))
        .map(normal_escapes)
        .collect();
    (!kept.is_empty()).then(|| kept.join("&"))
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    // Feeds that escape twice leave `&amp;` between parameters.
    let name = name.strip_prefix("amp;").unwrap_or(&name);
    TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || TRACKING.contains(&name)
}

/// Escapes of letters, digits, `-`, `.`, `_` and `~` are undone, all others are written in capitals (RFC 3986, 6.2.2).
fn normal_escapes(part: &str) -> String {
    let mut normal = String::with_capacity(part.len());
    let mut pieces = part.split('%');
    normal.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (Some(byte), Some(rest)) = (byte, piece.get(2..)) else {
            // A percent sign of its own is one, lest it join what an escape leaves behind it.
            normal.push_str("%25");
            normal.push_str(piece);
            continue;
        };
        let plain = char::from(byte);
        if plain.is_ascii_alphanumeric() || matches!(plain, '-' | '.' | '_' | '~') {
            normal.push(plain);
        } else {
            // Writing to a String cannot fail.
            let _written = write!(normal, "%{byte:02X}");
        }
        normal.push_str(rest);
    }
    normal
}

/// Whether this is the front page of a site.
pub fn is_home(address: &Url) -> bool {
    address.path().trim_matches('/').is_empty() && address.query().is_none()
}

/// The same host, whatever its edition (`www.`, `m.`, `amp.`), or one of them under the other.
pub fn same_site(one: &Url, other: &Url) -> bool {
    let (Some(one), Some(other)) = (one.host_str(), other.host_str()) else { return false };
    let (one, other) = (edition_free(one), edition_free(other));
    one == other || is_under(one, other) || is_under(other, one)
}

/// A host without the name of its edition.
pub fn edition_free(host: &str) -> &str {
    ["www.", "m.", "amp.", "mobile."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host)
}

fn is_under(host: &str, site: &str) -> bool {
    site.contains('.') && host.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_address_are_one() {
        for (spelling, key) in [
            ("HTTPS://News.Example.VN:443/Chip-Moi.html#binh-luan", "https://news.example.vn/Chip-Moi.html"),
            ("http://news.example.vn/a?utm_source=rss&id=7&fbclid=x", "https://news.example.vn/a?id=7"),
            ("https://news.example.vn/a?b=2&a=1&a=0", "https://news.example.vn/a?b=2&a=1&a=0"),
            ("https://news.example.vn/a?gidzl=Q&amp;utm_medium=zalo", "https://news.example.vn/a"),
            ("https://news.example.vn/a?id=7&amp;utm_medium=zalo", "https://news.example.vn/a?id=7"),
            ("https://news.example.vn/a?", "https://news.example.vn/a"),
            ("https://news.example.vn", "https://news.example.vn/"),
            ("https://news.example.vn/a/", "https://news.example.vn/a/"),
            (
                "https://news.example.vn/%7eb/%e1%BB%87?q=%41%2f",
                "https://news.example.vn/~b/%E1%BB%87?q=A%2F",
            ),
            ("https://news.example.vn/ệ", "https://news.example.vn/%E1%BB%87"),
            ("https://me:pass@news.example.vn/x/../a", "https://news.example.vn/a"),
            ("https://news.example.vn/#!/tin/7", "https://news.example.vn/#!/tin/7"),
            ("https://news.example.vn/amp/a?page=2", "https://news.example.vn/amp/a?page=2"),
            ("https://news.example.vn/100%?q=%4%31", "https://news.example.vn/100%25?q=%2541"),
            ("http://127.0.0.1:8080/a#b", "http://127.0.0.1:8080/a"),
            ("http://127.0.0.1/a", "http://127.0.0.1/a"),
            ("http://localhost/a", "http://localhost/a"),
            ("http://news.example.vn:8080/a", "http://news.example.vn:8080/a"),
            (" tag:example.vn,2025:7 ", "tag:example.vn,2025:7"),
            ("not an address", "not an address"),
            ("", ""),
        ] {
            assert_eq!(canonical(spelling), key, "{spelling}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(path in "[a-z%0-9/.~ệ]{0,20}", query in "[a-z=&%0-9;_]{0,30}") {
            let key = canonical(&format!("http://news.example.vn/{path}?{query}"));
            prop_assert_eq!(canonical(&key), key);
        }
    }
}
