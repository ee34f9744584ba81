//! Which addresses belong to the page's own site and can be articles at all.

use url::{Host, Url};

/// Second-level names below which sites are registered, as in `com.vn` and `co.uk`.
const SHARED: [&str; 12] = ["com", "co", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "info", "biz"];

/// Words in paths of what is never an article.
const NOT_ARTICLES: [&str; 34] = [
    "tag",
    "tags",
    "tu-khoa",
    "topic",
    "topics",
    "chu-de",
    "dong-su-kien",
    "author",
    "authors",
    "tac-gia",
    "user",
    "users",
    "profile",
    "member",
    "members",
    "login",
    "logout",
    "register",
    "signin",
    "signup",
    "dang-nhap",
    "dang-ky",
    "search",
    "tim-kiem",
    "category",
    "categories",
    "chuyen-muc",
    "rss",
    "feed",
    "page",
    "trang",
    "archive",
    "archives",
    "account",
];

/// Parameters that turn pages.
const PAGE_PARAMETERS: [&str; 10] =
    ["page", "paged", "pg", "trang", "pageindex", "pageno", "page_no", "start", "offset", "pagenumber"];

/// Files that are no pages.
const FILES: [&str; 20] = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".zip",
    ".mp3", ".mp4", ".xml", ".rss", ".css", ".js", ".apk", ".ico",
];

/// Whether both addresses are of one registered name, sub-domains included.
pub(super) fn is_same(one: &Url, other: &Url) -> bool {
    match (one.host(), other.host()) {
        (Some(Host::Domain(one)), Some(Host::Domain(other))) => registered(one) == registered(other),
        (one, other) => one == other,
    }
}

/// The name that was registered; a good guess without the public suffix list.
fn registered(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    let labels: Vec<&str> = host.rsplit('.').take(3).collect();
    let below_shared =
        matches!(labels.as_slice(), [country, shared, _] if country.len() == 2 && SHARED.contains(shared));
    let wanted = if below_shared { 3 } else { 2 };
    let length: usize = labels.iter().take(wanted).map(|label| label.len() + 1).sum();
    host.get(host.len().saturating_sub(length.saturating_sub(1))..).unwrap_or(host)
}

/// Whether an address can be that of an article: not a home page, a next page, a tag, a login, a file.
pub(super) fn may_be_article(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    if path == "/" && url.query().is_none() && url.fragment().is_none() {
        return false;
    }
    let listed = path.split('/').any(|segment| {
        NOT_ARTICLES.contains(&segment) || is_page_number(segment.split('.').next().unwrap_or(segment))
    });
    let turns = url.query_pairs().any(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let small = value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
        small && PAGE_PARAMETERS.contains(&name.as_str())
    });
    let file = FILES.iter().any(|ending| path.ends_with(ending));
    !(listed || turns || file || ends_with_page(&path))
}

/// `trang-2`, `page2`, `p3`
fn is_page_number(segment: &str) -> bool {
    ["trang-", "page-", "trang", "page", "p"].iter().any(|name| {
        let number = segment.strip_prefix(name);
        number.is_some_and(|number| {
            (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

/// `kinh-doanh-p2.htm`, `the-thao/trang-3`, `index_2.html`
fn ends_with_page(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = last.split('.').next().unwrap_or(last);
    let tail = stem.rsplit_once(['-', '_']);
    tail.is_some_and(|(name, tail)| {
        let numbered = tail.len() <= 3 && !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_digit());
        is_page_number(tail)
            || numbered && ["index", "list", "page", "trang"].iter().any(|word| name.ends_with(word))
    })
}
