//! Discovery against sites on loopback.

use std::collections::HashMap;
use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::fetch::Settings;
use crate::http;
use crate::http::loopback::{Site, answer};
use crate::model::Timestamp;

const HEADLINE: &str = "Hãng chip mở nhà máy mới ở miền Bắc";

async fn site(pages: &[(&str, String)]) -> Site {
    let pages: HashMap<String, String> =
        pages.iter().map(|(path, body)| ((*path).to_owned(), body.clone())).collect();
    Site::start(move |seen| match pages.get(&seen.path) {
        Some(body) => answer(200, &[], body.clone()),
        None => answer(404, &[("content-type", "text/html")], "<h1>404</h1>"),
    })
    .await
}

fn scout() -> Scout {
    let settings = http::Settings {
        user_agent: "diemtin".to_owned(),
        timeout: Duration::from_secs(5),
        allow_private: vec!["127.0.0.0/8".parse().unwrap()],
        extra_roots: Vec::new(),
    };
    let limits = Settings {
        concurrency: 2,
        per_host: 1,
        per_host_delay: Duration::ZERO,
        silence: Duration::from_secs(5),
        max_feed: 1 << 20,
        max_page: 1 << 20,
    };
    Scout {
        fetcher: Fetcher::new(http::Client::new(settings).unwrap(), limits),
        cores: Cores::all(),
        clock: Clock::settable(Timestamp::from_micros(1_800_000_000_000_000)),
    }
}

fn rss(title: &str, entries: usize) -> String {
    let items = (0..entries).fold(String::new(), |items, n| {
        format!("{items}<item><title>{title} {n}</title><link>https://bao.example/{title}-{n}</link><pubDate>0{}/11/2026 08:00</pubDate></item>", n + 1)
    });
    format!(
        "<rss version='2.0'><channel><title>{title}</title><language>vi-vn</language>{items}</channel></rss>"
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// Kind, path and entries of what was found on a page; `?` for what was not tried.
async fn found(site: &Site, path: &str) -> Vec<String> {
    let found = discover(&scout(), &site.url(path)).await.unwrap();
    assert!(found.requests <= 20 && site.seen().len() <= found.requests, "{}", found.requests);
    let shown = found.candidates.iter().map(|candidate| {
        let entries = candidate.seen.as_ref().map_or("?".to_owned(), |seen| seen.entries.to_string());
        format!("{} {} {entries}", candidate.kind.as_str(), candidate.url.path())
    });
    shown.collect()
}

#[tokio::test]
async fn a_feed_is_its_own_answer() {
    let site = site(&[("/tin.rss", rss("Tin", 3))]).await;
    let found = discover(&scout(), &site.url("/tin.rss")).await.unwrap();
    assert_eq!((found.candidates.len(), found.requests), (1, 1));
    let candidate = &found.candidates[0];
    let seen = candidate.seen.as_ref().unwrap();
    assert_eq!((candidate.title.as_deref(), seen.language.as_deref()), (Some("Tin"), Some("vi-vn")));
    assert_eq!(seen.newest.unwrap().to_string(), "2026-11-03T08:00:00+07:00");
    assert_eq!(found.best().len(), 1);
}

#[tokio::test]
async fn announced_feeds_come_before_comments_empty_ones_and_guesses() {
    let head = "<link rel=alternate type=application/rss+xml href=/comments/feed title=Comments>
        <link rel=alternate type=application/rss+xml href=/empty.rss><link rel=alternate type=application/atom+xml href=/all.rss>
        <link rel=alternate type=application/rss+xml href=/gone.rss><link rel=alternate type=application/rss+xml href=/same.rss>";
    let site = site(&[
        ("/", head.to_owned()),
        ("/comments/feed", rss("Comments", 2)),
        ("/empty.rss", rss("Empty", 0)),
        ("/all.rss", rss("Tin", 4)),
        ("/same.rss", rss("Tin", 4)),
        ("/feed", rss("Guess", 1)),
    ])
    .await;
    assert_eq!(found(&site, "/").await, ["feed /all.rss 4", "feed /empty.rss 0", "feed /comments/feed 2"]);
}

#[tokio::test]
async fn a_list_of_feeds_is_followed_and_the_page_s_own_section_is_best() {
    let sections = ["trang-chu", "so-hoa", "khoa-hoc", "the-gioi", "giai-tri", "xe", "du-lich", "phap-luat"];
    let list = sections
        .iter()
        .fold(String::new(), |list, name| format!("{list}<li><a href=/rss/{name}.rss>Mục {name}</a></li>"));
    let mut pages = vec![
        ("/so-hoa".to_owned(), "<a href=/rss>RSS</a>".to_owned()),
        ("/".to_owned(), "<a href=/rss>RSS</a>".to_owned()),
        ("/rss".to_owned(), list),
    ];
    pages.extend(sections.iter().map(|name| (format!("/rss/{name}.rss"), rss(name, 2))));
    let pages: Vec<(&str, String)> = pages.iter().map(|(path, body)| (path.as_str(), body.clone())).collect();
    let of_section = site(&pages).await;
    let listed = found(&of_section, "/so-hoa").await;
    assert_eq!(listed[..2], ["feed /rss/so-hoa.rss 2", "feed /rss/trang-chu.rss 2"]);
    assert_eq!(listed.len(), sections.len());
    assert!(listed.contains(&"feed /rss/xe.rss ?".to_owned()), "{listed:?}");
    let home = site(&pages).await;
    assert_eq!(found(&home, "/").await[0], "feed /rss/trang-chu.rss 2");
}

#[tokio::test]
async fn a_silent_page_has_its_feed_in_a_usual_place() {
    let pages = [
        ("/so-hoa", "<p>Tin</p>".to_owned()),
        ("/rss/so-hoa.rss", rss("Số hóa", 2)),
        ("/feed", rss("Tất cả", 2)),
    ];
    assert_eq!(found(&site(&pages).await, "/so-hoa").await, ["feed /rss/so-hoa.rss 2"]);
    assert_eq!(found(&site(&pages).await, "/gone").await, ["feed /feed 2"]);
}

#[tokio::test]
async fn a_site_without_feeds_has_sitemaps_and_listings() {
    let headlines =
        (0..9).fold(String::new(), |page, n| format!("{page}<h3><a href=/bai-{n}>{HEADLINE} {n}</a></h3>"));
    let sitemap = "<urlset><url><loc>https://b.example/1</loc><lastmod>2026-11-02</lastmod></url><url><loc>https://b.example/2</loc><lastmod>2026-11-05</lastmod></url></urlset>";
    let robots = "Sitemap: /sitemap.xml\nSitemap: /sitemap_news.xml\n".to_owned();
    let pages = [
        ("/", headlines),
        ("/robots.txt", robots),
        ("/sitemap_news.xml", sitemap.to_owned()),
        ("/sitemap.xml", rss("x", 1)),
    ];
    let site = site(&pages).await;
    // A feed that serves as a sitemap is a feed.
    assert_eq!(
        found(&site, "/").await,
        ["feed /sitemap.xml 1", "sitemap /sitemap_news.xml 2", "listing / 9"]
    );
}

#[tokio::test]
async fn a_sitemap_is_shown_as_a_poll_reads_it() {
    let pages = |days: &[&str]| {
        days.iter().fold(String::new(), |pages, day| {
            format!("{pages}<url><loc>https://b.example/{day}</loc><lastmod>{day}</lastmod></url>")
        })
    };
    let urlset = |days: &[&str]| format!("<urlset>{}</urlset>", pages(days));
    let part =
        |path: &str, day: &str| format!("<sitemap><loc>{path}</loc><lastmod>{day}</lastmod></sitemap>");
    let index = part("/old.xml", "2025-01-02")
        + &part("/new.xml.gz", "2026-11-21")
        + &part("/gone.xml", "2024-01-01");
    let packed = gzip(&urlset(&["2026-11-20", "2026-11-21", "2026-11-19"]));
    let site = Site::start(move |seen| match seen.path.as_str() {
        "/index.xml" => answer(200, &[], format!("<sitemapindex>{index}</sitemapindex>")),
        "/new.xml.gz" => answer(200, &[("content-type", "application/x-gzip")], packed.clone()),
        "/list.txt" => answer(200, &[], "https://b.example/1\nhttps://b.example/2\n"),
        "/old.xml" => answer(200, &[], "<urlset/>"),
        _ => answer(404, &[], ""),
    })
    .await;
    for (path, entries, newest) in [
        ("/index.xml", 3, Some("2026-11-21")),
        ("/new.xml.gz", 3, Some("2026-11-21")),
        ("/list.txt", 2, None),
    ] {
        let found = discover(&scout(), &site.url(path)).await.unwrap();
        let [candidate] = found.candidates.as_slice() else { panic!("{path}: {:?}", found.candidates) };
        let seen = candidate.seen.as_ref().unwrap();
        assert_eq!((candidate.kind, seen.format), (SourceKind::Sitemap, FeedFormat::Sitemap), "{path}");
        assert_eq!(
            (seen.entries, seen.newest.map(|at| at.to_string()).as_deref()),
            (entries, newest),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_article_with_related_ones_is_no_listing() {
    let list = (0..9).fold(String::new(), |page, n| {
        format!("{page}<h3><a href=/chip-moi-{n}-4821{n}.html>{HEADLINE} {n}</a></h3>")
    });
    let pages = [
        ("/chip-moi-48219.html", list.clone()),
        ("/so-hoa", list),
        ("/lien-he", "<a href=/>Về trang chủ</a>".to_owned()),
    ];
    assert_eq!(found(&site(&pages).await, "/so-hoa").await, ["listing /so-hoa 9"]);
    for path in ["/chip-moi-48219.html", "/lien-he"] {
        assert_eq!(found(&site(&pages).await, path).await, [""; 0], "{path}");
    }
}

#[tokio::test]
async fn equally_good_sources_are_left_to_the_user() {
    let head = "<link rel=alternate type=application/rss+xml href=/a.rss><link rel=alternate type=application/rss+xml href=/b.rss>";
    let site = site(&[("/", head.to_owned()), ("/a.rss", rss("A", 1)), ("/b.rss", rss("B", 1))]).await;
    let found = discover(&scout(), &site.url("/")).await.unwrap();
    assert_eq!(found.best().len(), 2);
}

#[tokio::test]
async fn links_do_not_lead_into_private_networks() {
    let inside = site(&[("/a.rss", rss("Inside", 1))]).await;
    let link = format!("<link rel=alternate type=application/rss+xml href={}>", inside.named_url("/a.rss"));
    let outside = site(&[("/", link)]).await;
    assert!(found(&outside, "/").await.is_empty());
    assert!(inside.seen().is_empty());
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_or_turns_us_away_is_left_alone() {
    let closed = Url::parse("http://127.0.0.1:1/").unwrap();
    assert!(discover(&scout(), &closed).await.is_err());
    let busy = Site::start(|_| answer(429, &[], "later")).await;
    let found = discover(&scout(), &busy.url("/")).await.unwrap();
    assert_eq!((found.requests, found.candidates.len()), (1, 0));
    assert!(found.page_error.unwrap().contains("too often"));
}
