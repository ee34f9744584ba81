//! Leads at their door: pages, addresses and robots.txt in, addresses out.

use url::Url;

use super::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn of(html: &str) -> PageLeads {
    of_page(html.as_bytes(), None, &url("https://bao.example/so-hoa"))
}

fn feeds(html: &str) -> Vec<String> {
    of(html).feeds.iter().map(|lead| lead.url.to_string()).collect()
}

#[test]
fn announced_feeds_are_found_however_they_are_written() {
    for (head, found) in [
        (
            "<link rel=alternate type=application/rss+xml href=/rss/so-hoa.rss>",
            vec!["https://bao.example/rss/so-hoa.rss"],
        ),
        (
            "<LINK REL='Alternate nofollow' TYPE='Application/Atom+XML; charset=utf-8' HREF=' a.atom '>",
            vec!["https://bao.example/a.atom"],
        ),
        (
            "<link rel=alternate type=application/feed+json href=//cdn.example/f.json>",
            vec!["https://cdn.example/f.json"],
        ),
        ("<link rel=alternate type=application/json href=/tin.json>", vec!["https://bao.example/tin.json"]),
        ("<link rel=alternate type=application/json href=/wp-json/wp/v2/posts/7>", vec![]),
        ("<link rel=alternate type=text/xml href=/tin.rss>", vec!["https://bao.example/tin.rss"]),
        ("<link rel=alternate href=/tin.xml>", vec!["https://bao.example/tin.xml"]),
        ("<link rel=alternate hreflang=en href=/en><link rel=stylesheet href=/a.xml>", vec![]),
        (
            "<base href='https://goc.example/x/'><link rel=alternate type=application/rss+xml href=feed>",
            vec!["https://goc.example/x/feed"],
        ),
        (
            "<link rel=alternate type=application/rss+xml href=/a#x><link rel=alternate type=application/rss+xml href=/a>",
            vec!["https://bao.example/a"],
        ),
        (
            "<link rel=alternate type=application/rss+xml href='feed:https://f.example/a'>",
            vec!["https://f.example/a"],
        ),
        (
            "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'><link rel=alternate type=application/rss+xml>",
            vec![],
        ),
    ] {
        assert_eq!(feeds(head), found, "{head}");
    }
}

#[test]
fn links_that_look_like_feeds_and_indexes_of_feeds_are_told_apart() {
    let page = of("<title> Số hóa </title><html lang=vi><a href='/rss/ai.rss'>AI</a><a href=/tin.xml>x</a><a href=/blog/feed/>f</a>
        <a href='?feed=rss2'>f</a><a href=/sitemap.xml>s</a><a href='/rss'>RSS</a><a href=/kenh-tin>Kênh RSS</a>
        <a href=https://other.example/x>RSS</a><a href=/gioi-thieu>Giới thiệu</a>");
    let found: Vec<&str> = page.feeds.iter().map(|lead| lead.url.path()).collect();
    assert_eq!(found, ["/rss/ai.rss", "/tin.xml", "/blog/feed/", "/so-hoa"]);
    assert_eq!(page.feeds[0].title.as_deref(), Some("AI"));
    assert_eq!(page.indexes, [url("https://bao.example/rss"), url("https://bao.example/kenh-tin")]);
    assert_eq!((page.title.as_deref(), page.language.as_deref()), (Some("Số hóa"), Some("vi")));
}

#[test]
fn hosts_with_rules_are_known() {
    for (page, found) in [
        (
            "https://github.com/rust-lang/rust",
            vec![
                "/rust-lang/rust/releases.atom",
                "/rust-lang/rust/tags.atom",
                "/rust-lang/rust/commits.atom",
            ],
        ),
        (
            "https://github.com/a/b/tree/dev",
            vec!["/a/b/commits/dev.atom", "/a/b/releases.atom", "/a/b/tags.atom"],
        ),
        ("https://github.com/a/b/tags", vec!["/a/b/tags.atom", "/a/b/releases.atom", "/a/b/commits.atom"]),
        ("https://www.reddit.com/r/hardware/new/", vec!["/r/hardware/.rss"]),
        ("https://news.ycombinator.com/", vec!["/rss"]),
        ("https://medium.com/@ai/x-1", vec!["/feed/@ai"]),
        ("https://tin.substack.com/p/x", vec!["/feed"]),
        ("https://tin.blogspot.com/2026/x.html", vec!["/feeds/posts/default"]),
        ("https://social.example/@bao", vec!["/@bao.rss"]),
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            vec!["/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"],
        ),
        ("https://www.youtube.com/playlist?list=PLx-1", vec!["/feeds/videos.xml?playlist_id=PLx-1"]),
        ("https://www.youtube.com/user/bao/videos", vec!["/feeds/videos.xml?user=bao"]),
        ("https://www.youtube.com/channel/UCx", vec![]),
        ("https://bao.example/so-hoa", vec![]),
    ] {
        let leads = by_host(&url(page));
        let paths: Vec<String> = leads
            .iter()
            .map(|lead| lead.url.as_str().splitn(4, '/').nth(3).map(|rest| format!("/{rest}")).unwrap())
            .collect();
        assert_eq!(paths, found, "{page}");
    }
}

#[test]
fn a_youtube_page_names_its_channel() {
    let address = url("https://www.youtube.com/@bao");
    for html in [
        "<link rel=canonical href=https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv>",
        "<script>{\"externalId\":\"UCabcdefghijklmnopqrstuv\"}</script>",
        "<meta itemprop=identifier content=UCabcdefghijklmnopqrstuv>",
    ] {
        let leads = of_page(html.as_bytes(), None, &address);
        assert_eq!(leads.feeds[0].url.query(), Some("channel_id=UCabcdefghijklmnopqrstuv"), "{html}");
    }
}

#[test]
fn usual_places_begin_with_those_of_the_section() {
    let paths =
        |page: &str| well_known(&url(page)).iter().map(|lead| lead.url.path().to_owned()).collect::<Vec<_>>();
    assert_eq!(
        paths("https://bao.example/so-hoa.htm")[..5],
        ["/rss/so-hoa.rss", "/so-hoa.rss", "/so-hoa/feed", "/so-hoa/rss", "/feed"]
    );
    assert_eq!(paths("https://bao.example/")[0], "/feed");
    assert_eq!(paths("https://bao.example/a/b/")[..2], ["/rss/b.rss", "/a/b.rss"]);
}

#[test]
fn feeds_of_a_section_and_of_everything_are_known_by_their_addresses() {
    for (feed, slug, section) in [
        ("https://b.example/rss/so-hoa.rss", "so-hoa", true),
        ("https://b.example/rss/so-hoa-109.rss", "so-hoa", true),
        ("https://b.example/so-hoa/feed/", "so-hoa", true),
        ("https://b.example/rss/so-hoa-moi.rss", "so-hoa", false),
    ] {
        assert_eq!(is_of_section(&url(feed), slug), section, "{feed}");
    }
    for (feed, whole) in [
        ("https://b.example/rss/tin-moi-nhat.rss", true),
        ("https://b.example/feed/", true),
        ("https://b.example/rss/ai.rss", false),
    ] {
        assert_eq!(is_of_whole_site(&url(feed)), whole, "{feed}");
    }
    for (page, slug) in [
        ("https://b.example/so-hoa/", Some("so-hoa")),
        ("https://b.example/khoa-hoc-109.htm", Some("khoa-hoc-109")),
        ("https://b.example/", None),
        ("https://b.example/trang-chu.html", None),
        ("https://b.example/hang-chip-mo-nha-may-4821733.html", None),
        ("https://b.example/bai/000.html", None),
    ] {
        assert_eq!(section_slug(&url(page)).as_deref(), slug, "{page}");
    }
    assert!(is_comments(&url("https://b.example/comments/feed/"), None));
    assert!(is_comments(&url("https://b.example/x"), Some("Bình luận cho: Tin")));
}

#[test]
fn robots_names_sitemaps_and_those_of_news_come_first() {
    let robots = "\u{FEFF}User-agent: *\nDisallow: /x\nSitemap: https://b.example/sitemap.xml\nSITEMAP:/google-news-sitemap.xml # news\nSitemap:\nSitemap: ftp://b.example/x";
    let found = sitemaps(robots.as_bytes(), &url("https://b.example/robots.txt"));
    assert_eq!(
        found,
        [url("https://b.example/google-news-sitemap.xml"), url("https://b.example/sitemap.xml")]
    );
}

#[test]
fn hostile_pages_are_read_to_their_end() {
    for piece in
        ["<a href=/x.rss>", "<link rel=alternate type=application/rss+xml href=/", "<div>", "<base href=x>"]
    {
        let _leads = of(&piece.repeat(30_000));
    }
}
