//! Articles in several parts: the address of the part that follows.
//!
//! A link alone proves little: "next" mostly leads to the next article. So an address counts only where it is this
//! page's own address with the number of the next part in one of the places where sites write it.

use url::Url;

use super::dom::{Id, Page};
use super::hints::Hints;

/// More parts than any article has: larger numbers are those of articles.
const MOST_PARTS: u32 = 60;
/// Parameters that carry the number of a part.
const PARAMETERS: [&str; 8] = ["page", "p", "trang", "pageno", "pagenum", "pg", "part", "paged"];
/// What stands between the address of an article and the number of a part, before an ending such as `.html`.
const MARKS: [&str; 12] =
    ["/page/", "/trang/", "/page-", "/trang-", "/p", "/", "-page-", "-trang-", "-page", "-trang", "_", "-p"];
/// Those that say that a page is meant: an article may itself be number one of a series.
const SPOKEN: [&str; 8] = ["/page/", "/trang/", "/page-", "/trang-", "-page-", "-trang-", "-page", "-trang"];
/// Longest address that is looked at, in bytes.
const LONGEST: usize = 2_000;
/// Most links with the wanted number that are looked at.
const MOST_LINKS: usize = 200;
/// How addresses end behind the number.
const ENDINGS: [&str; 6] = [".html", ".htm", ".shtml", ".chn", ".aspx", ".php"];

/// Which part of an article a page is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The address of the first part.
    pub first: &'a Url,
    /// Counted from 1.
    pub number: u32,
}

/// The address of the part after this one, where the page links to one.
pub(super) fn next(page: &Page<'_>, place: Place<'_>, base: &Url) -> Option<Url> {
    if place.first.path().trim_matches('/').is_empty() || place.first.as_str().len() > LONGEST {
        return None;
    }
    let wanted = place.number + 1;
    let articles: Vec<String> = readings(place.first, &SPOKEN)
        .into_iter()
        .filter(|(_, number)| *number == 1)
        .map(|(stem, _)| stem)
        .collect();
    let links = page.elements().filter(|(id, node)| node.name() == "a" || is_next(page, *id));
    let hrefs = links.filter_map(|(id, node)| Some((id, node.attribute("href")?)));
    let short = hrefs.filter(|(_, href)| href.len() <= LONGEST);
    let numbered = short.filter(|(id, href)| holds(href, wanted) && !is_of_comments(page, *id));
    numbered.take(MOST_LINKS).find_map(|(_, href)| {
        let mut address = base.join(href.trim()).ok()?;
        address.set_fragment(None);
        let is_wanted = |(stem, number): &(String, u32)| *number == wanted && articles.contains(stem);
        let follows = is_at(&address, place.first) && readings(&address, &MARKS).iter().any(is_wanted);
        follows.then_some(address)
    })
}

fn is_next(page: &Page<'_>, id: Id) -> bool {
    let rel = page.attribute(id, "rel").unwrap_or_default();
    page.node(id).name() == "link"
        && rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next"))
}

/// Whether this number stands in an address on its own: most links are done with here.
fn holds(href: &str, number: u32) -> bool {
    href.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() <= 2 && digits.parse() == Ok(number))
}

/// Comments have pages of their own.
fn is_of_comments(page: &Page<'_>, id: Id) -> bool {
    page.ancestors(id).any(|at| page.node(at).hints.any(Hints::COMMENTS))
}

fn is_at(address: &Url, first: &Url) -> bool {
    address.scheme() == first.scheme()
        && address.host_str() == first.host_str()
        && address.port_or_known_default() == first.port_or_known_default()
}

/// The ways to read an address as an article and the number of its part; the whole address is the first part of itself.
fn readings(address: &Url, marks: &[&str]) -> Vec<(String, u32)> {
    let mut readings = vec![(stem(address.path(), address, None), 1)];
    let numbered = address.query_pairs().find_map(|(name, value)| {
        number(&value).filter(|_| PARAMETERS.contains(&name.as_ref())).map(|number| (name, number))
    });
    if let Some((name, number)) = numbered {
        readings.push((stem(address.path(), address, Some(&name)), number));
    }
    let path = address.path();
    let ending = ENDINGS.iter().find(|ending| path.ends_with(**ending)).copied().unwrap_or("");
    let place = path.strip_suffix(ending).unwrap_or(path).trim_end_matches('/');
    for mark in marks {
        let Some((before, after)) = place.rsplit_once(mark) else { continue };
        if let Some(number) = number(after).filter(|_| !before.is_empty()) {
            readings.push((stem(&format!("{before}{ending}"), address, None), number));
        }
    }
    readings
}

fn number(text: &str) -> Option<u32> {
    let plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| plain && (1..=MOST_PARTS).contains(number))
}

/// A path without its last slash, and the query without the number of the part.
fn stem(path: &str, address: &Url, part: Option<&str>) -> String {
    let mut stem = path.trim_end_matches('/').to_owned();
    for (name, value) in address.query_pairs().filter(|(name, _)| Some(name.as_ref()) != part) {
        if !name.starts_with("utm_") {
            stem.extend(["?", &*name, "=", &*value]);
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    #[test]
    fn the_next_part_is_told_from_the_next_article() {
        let at = |path: &str| Url::parse("https://bao.example").unwrap().join(path).unwrap();
        for (first, number, link, is_part) in [
            ("/a-123.html", 1, "/a-123.html?page=2", true),
            ("/a-123.html", 1, "?page=2", true),
            ("/a-123.html?page=1", 1, "/a-123.html?page=2", true),
            ("/a-123.html", 2, "/a-123.html?page=3", true),
            ("/a-123.html", 2, "/a-123.html?page=4", false),
            ("/a-123.html", 2, "/a-123.html", false),
            ("/a-123.html?utm_source=rss", 1, "/a-123.html?trang=2", true),
            ("/a-123.html", 1, "/a-123-page-2.html", true),
            ("/a-123.html", 1, "/a-123-trang-2.html", true),
            ("/content_123456.htm", 1, "/content_123456_2.htm", true),
            ("/content_123456.htm", 2, "/content_123456_3.htm", true),
            ("/2026/11/a-long-read/", 1, "/2026/11/a-long-read/2/", true),
            ("/2026/11/a-long-read", 1, "/2026/11/a-long-read/page/2/", true),
            ("/content_123456.htm", 1, "/content_123457.htm", false),
            ("/bai-1.html", 1, "/bai-2.html", false),
            ("/tin/12", 1, "/tin/13", false),
            ("/posts/1", 1, "/posts/2", false),
            ("/bai_1.html", 1, "/bai_2.html", false),
            ("/a-long-read/page/1", 1, "/a-long-read/page/2", true),
            ("/a-123.html", 1, "/b-124.html?page=2", false),
            ("/a-123.html", 1, "/a-123.html?comment-page=2", false),
            ("/a-123/", 1, "/a-123/comment-page-2/", false),
            ("/", 1, "/?page=2", false),
            ("/a-123.html", 1, "https://khac.example/a-123.html?page=2", false),
        ] {
            let document = Html::parse_document(&format!("<a href='{link}'>2</a>"));
            let first = at(first);
            let found = next(&Page::new(&document), Place { first: &first, number }, &first);
            assert_eq!(found.is_some(), is_part, "{first} {number} -> {link}");
        }
        let document = Html::parse_document("<div class=comments><a href='?page=2'>2</a></div>");
        let first = at("/a-123.html");
        assert_eq!(next(&Page::new(&document), Place { first: &first, number: 1 }, &first), None);
    }
}
