//! What addresses tell: where sites usually keep their feeds, and which of them belongs to a section.

use url::Url;

use super::{Lead, LeadOrigin, feed};
use crate::model::SourceKind;

/// Where many sites keep the feed of everything, the most usual first: most publishing systems, Vietnamese
/// papers, static site generators.
const WHOLE_SITE: [&str; 11] = [
    "/feed",
    "/rss",
    "/rss/home.rss",
    "/rss/tin-moi-nhat.rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed/",
    "/rss.html",
    "/feed.json",
];
/// Where sitemaps lie that robots.txt does not name.
const SITEMAPS: [&str; 2] = ["/sitemap_news.xml", "/sitemap.xml"];
/// Bytes of a longer name are a headline's.
const LONGEST_SECTION: usize = 40;
/// Digits by which articles are numbered; sections have fewer.
const SHORTEST_ARTICLE_NUMBER: usize = 5;
/// Names of a feed of everything among those of sections.
const EVERYTHING: [&str; 14] = [
    "tin-moi-nhat",
    "tin-moi",
    "trang-chu",
    "home",
    "index",
    "latest",
    "all",
    "news",
    "feed",
    "rss",
    "main",
    "atom",
    "tin-tuc",
    "top-stories",
];
/// Ends of addresses that name a format or a program.
const ENDINGS: [&str; 9] = [".html", ".htm", ".chn", ".aspx", ".php", ".rss", ".xml", ".atom", ".json"];

/// Addresses to try where the page names none: of its section first, then of the whole site, then sitemaps.
pub fn well_known(page: &Url) -> Vec<Lead> {
    let mut leads: Vec<Lead> = Vec::new();
    let mut add = |path: &str, kind: SourceKind| {
        if let Ok(url) = page.join(path)
            && leads.iter().all(|lead| lead.url != url)
        {
            leads.push(Lead { kind, ..feed(url, LeadOrigin::WellKnown) });
        }
    };
    if let Some(slug) = section_slug(page) {
        let folder = page.path().trim_end_matches('/');
        let folder = ENDINGS.iter().find_map(|ending| folder.strip_suffix(ending)).unwrap_or(folder);
        for path in [
            format!("/rss/{slug}.rss"),
            format!("{folder}.rss"),
            format!("{folder}/feed"),
            format!("{folder}/rss"),
        ] {
            add(&path, SourceKind::Feed);
        }
    }
    for path in WHOLE_SITE {
        add(path, SourceKind::Feed);
    }
    for path in SITEMAPS {
        add(path, SourceKind::Sitemap);
    }
    leads
}

/// The last part of a page's path without its ending: `so-hoa` of `/so-hoa.htm`; none for a home page or an article.
pub fn section_slug(page: &Url) -> Option<String> {
    let last = last_part(page)?;
    let number = last.rsplit('-').next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_article = last.len() > LONGEST_SECTION
        || number.is_some_and(|number| number.len() >= SHORTEST_ARTICLE_NUMBER || number == last);
    (!is_article && !EVERYTHING.contains(&last.as_str())).then_some(last)
}

/// Whether a feed's address names the section.
pub fn is_of_section(feed: &Url, slug: &str) -> bool {
    let Some(parts) = feed.path_segments() else { return false };
    parts.map(bare).any(|part| part == slug || without_number(&part) == without_number(slug))
}

/// Whether a feed's address says that it is about everything.
pub fn is_of_whole_site(feed: &Url) -> bool {
    last_part(feed).is_none_or(|name| EVERYTHING.contains(&name.as_str()))
}

/// Whether a feed is of readers' comments.
pub fn is_comments(url: &Url, title: Option<&str>) -> bool {
    let path = url.path().to_ascii_lowercase();
    let title = title.unwrap_or_default().to_lowercase();
    path.contains("/comments") || ["comment", "bình luận", "评论"].iter().any(|word| title.contains(word))
}

fn last_part(url: &Url) -> Option<String> {
    let last = url.path_segments()?.rfind(|part| !part.is_empty())?;
    Some(bare(last))
}

/// A part of a path in lower case without its ending.
fn bare(part: &str) -> String {
    let part = part.to_ascii_lowercase();
    let stem = ENDINGS.iter().find_map(|ending| part.strip_suffix(ending)).filter(|stem| !stem.is_empty());
    stem.map(str::to_owned).unwrap_or(part)
}

/// Some sites number sections: `khoa-hoc-109` is `khoa-hoc`.
fn without_number(slug: &str) -> &str {
    match slug.rsplit_once('-') {
        Some((name, number)) if !name.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => slug,
    }
}
