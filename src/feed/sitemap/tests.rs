//! Sitemaps as sites serve them: news, indexes, packed, damaged, and what is none.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn read(bytes: &[u8]) -> Result<Sitemap, FeedError> {
    let url: Url = "https://bao.example/maps/sitemap.xml".parse().unwrap();
    let origin = Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh };
    sitemap(bytes, origin)
}

fn urls(sitemap: &Sitemap) -> Vec<&str> {
    sitemap.feed.entries.iter().filter_map(|entry| entry.url.as_deref()).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

const NEWS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
  <url>
    <loc>https://bao.example/nha-may-chip-moi-4821.html</loc>
    <lastmod>2026-11-21T10:00:00+07:00</lastmod>
    <image:image><image:loc>https://anh.example/1.jpg</image:loc><image:title>Ảnh nhà máy</image:title></image:image>
    <video:video><video:title>Phim</video:title><video:publication_date>2020-01-01</video:publication_date></video:video>
    <news:news>
      <news:publication><news:name>Báo Mẫu</news:name><news:language>vi</news:language></news:publication>
      <news:publication_date>2026-11-21T09:30:00+07:00</news:publication_date>
      <news:title><![CDATA[Nhà máy chip "mới" & lớn]]></news:title>
      <news:keywords>chip, bán dẫn,</news:keywords>
    </news:news>
  </url>
  <url><loc>/tin/hai?id=2&amp;k=3</loc><lastmod>2026-11-20</lastmod></url>
</urlset>"#;

#[test]
fn a_news_sitemap_tells_headlines_and_dates() {
    let sitemap = read(NEWS.as_bytes()).unwrap();
    assert_eq!(sitemap.feed.format, FeedFormat::Sitemap);
    assert_eq!(
        (sitemap.feed.title.as_deref(), sitemap.feed.language.as_deref()),
        (Some("Báo Mẫu"), Some("vi"))
    );
    assert_eq!(sitemap.feed.repairs, Vec::<String>::new());
    let [first, second] = sitemap.feed.entries.as_slice() else { panic!("{sitemap:?}") };
    assert_eq!(first.key.as_str(), "link:https://bao.example/nha-may-chip-moi-4821.html");
    assert_eq!(first.title.as_deref(), Some("Nhà máy chip \"mới\" & lớn"));
    assert_eq!(first.published.map(|at| at.to_string()).as_deref(), Some("2026-11-21T09:30:00+07:00"));
    assert_eq!(first.updated.map(|at| at.to_string()).as_deref(), Some("2026-11-21T10:00:00+07:00"));
    assert_eq!(first.categories, ["chip", "bán dẫn"]);
    assert_eq!(second.url.as_deref(), Some("https://bao.example/tin/hai?id=2&k=3"));
    assert_eq!((second.title.as_deref(), second.published), (None, None));
    assert_eq!(second.updated.map(|at| at.to_string()).as_deref(), Some("2026-11-20"));
}

#[test]
fn an_index_lists_parts() {
    let sitemap = read(
        b"<sitemapindex><sitemap><loc>https://bao.example/a.xml.gz</loc><lastmod>2026-11-21T03:00:00Z</lastmod></sitemap>\
          <sitemap>\n<loc>\n b.xml \n</loc></sitemap></sitemapindex>",
    )
    .unwrap();
    let parts: Vec<_> =
        sitemap.parts.iter().map(|part| (part.url.as_str(), part.lastmod.is_some())).collect();
    assert_eq!(parts, [("https://bao.example/a.xml.gz", true), ("https://bao.example/maps/b.xml", false)]);
    assert!(sitemap.feed.entries.is_empty());
}

#[test]
fn what_is_damaged_is_read_as_far_as_it_goes() {
    for (text, expected, repair) in [
        ("<urlset><url><loc>https://a.example/1</loc></url>", vec!["https://a.example/1"], "breaks off"),
        (
            "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.exam",
            vec!["https://a.example/1"],
            "breaks off",
        ),
        (
            "<urlset><url><loc>https://a.example/1<url><loc>https://a.example/2</loc></urlset>",
            vec!["https://a.example/2"],
            "without a web address",
        ),
        (
            "<urlset><url><loc>https://a.example/?a=1&b=2</loc></url></urlset>",
            vec!["https://a.example/?a=1&b=2"],
            "",
        ),
        (
            "<x:urlset xmlns:x='urn:wrong'><x:url><x:loc>https://a.example/1</x:loc></x:url></x:urlset>",
            vec!["https://a.example/1"],
            "",
        ),
        ("<url><loc>https://a.example/1</loc></url></urlset>", vec!["https://a.example/1"], ""),
        ("<urlset><url><loc>mailto:a@a.example</loc></url></urlset>", vec![], "without a web address"),
        ("\u{feff}\n<!-- made > by hand --><urlset/>", vec![], ""),
    ] {
        let sitemap = read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(urls(&sitemap), expected, "{text}");
        let repairs = sitemap.feed.repairs.join("; ");
        assert!(repairs.contains(repair) && (repair.is_empty() == repairs.is_empty()), "{text}: {repairs}");
    }
}

#[test]
fn packed_files_are_unpacked_even_where_they_break_off() {
    let text =
        "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url></urlset>";
    let (start, end) = text.split_at(49);
    let whole = gzip(text);
    for packed in [whole.clone(), [gzip(start), gzip(end)].concat(), [whole.clone(), vec![0; 64]].concat()] {
        assert_eq!(urls(&read(&packed).unwrap()), ["https://a.example/1", "https://a.example/2"]);
    }
    let many: Vec<String> =
        (0..20_000).map(|id| format!("<url><loc>https://a.example/{}</loc></url>", id * 7919)).collect();
    let packed = gzip(&format!("<urlset>{}</urlset>", many.concat()));
    let sitemap = read(&packed[..packed.len() / 2]).unwrap();
    assert!(sitemap.feed.entries.len() > 1_000, "{}", sitemap.feed.entries.len());
    assert!(sitemap.feed.repairs.iter().any(|repair| repair.contains("gzip")), "{:?}", sitemap.feed.repairs);
    assert!(read(&[0x1F, 0x8B, 8, 0]).unwrap_err().to_string().contains("gzip"));
}

#[test]
fn a_bomb_is_cut() {
    let mut repairs = Vec::new();
    let spaces = gzip(&" ".repeat(1 << 20));
    assert_eq!(unpack::unpack(&spaces, 1_000, &mut repairs).unwrap().len(), 1_000);
    assert!(repairs[0].contains("longer than"), "{repairs:?}");
}

#[test]
fn plain_lists_and_feeds_are_sitemaps_too() {
    let lines = read("https://a.example/1\r\nhttps://a.example/2\n\nghi chú\n".as_bytes()).unwrap();
    assert_eq!(urls(&lines), ["https://a.example/1", "https://a.example/2"]);
    assert_eq!(lines.feed.repairs, ["1 lines that are no addresses were left out"]);
    let rss = "<rss version=\"2.0\"><channel><title>T</title><item><title>A</title><link>https://a.example/1</link></item></channel></rss>";
    let feed = read(rss.as_bytes()).unwrap().feed;
    assert_eq!((feed.format, feed.entries.len()), (FeedFormat::Rss, 1));
}

#[test]
fn no_more_is_read_than_the_protocol_allows() {
    let many: Vec<String> =
        (0..50_010).map(|id| format!("<url><loc>https://a.example/{id}</loc></url>")).collect();
    let sitemap = read(format!("<urlset>{}</urlset>", many.concat()).as_bytes()).unwrap();
    assert_eq!(sitemap.feed.entries.len(), 50_000);
    assert!(sitemap.feed.repairs[0].contains("50000"), "{:?}", sitemap.feed.repairs);
}

#[test]
fn what_is_no_sitemap_is_refused_with_a_sentence() {
    for (text, expected) in [
        ("", "empty"),
        ("   \n", "empty"),
        ("<!DOCTYPE html><html><body>404</body></html>", "HTML page"),
        ("<?xml version='1.0'?><error>no</error>", "<error>"),
        ("not found", "neither XML"),
        ("\u{0}\u{1}<<<<>>>>&&&", "neither XML"),
    ] {
        let refusal = read(text.as_bytes()).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{text}: {refusal}");
    }
}

#[test]
fn a_sitemap_is_told_from_a_feed() {
    assert!(is_sitemap(NEWS.as_bytes()));
    assert!(is_sitemap(&gzip(NEWS)));
    assert!(is_sitemap(b"<?xml version='1.0'?><!-- x --><sitemapindex>"));
    assert!(!is_sitemap(b"<rss><channel/></rss>"));
    assert!(!is_sitemap(b"{\"version\": 1}"));
}
