//! Feeds at their door: bytes in, entries out.

mod dialects;
mod hostile;
mod identity;
mod listed;

use chrono_tz::Tz;
use url::Url;

use super::{FeedError, Origin, parse};
use crate::model::{Entry, Feed, FeedFormat};

const ADDRESS: &str = "https://tin.example.vn/rss/so-hoa.xml";

fn read_bytes(bytes: &[u8], content_type: Option<&str>) -> Result<Feed, FeedError> {
    let url = Url::parse(ADDRESS).unwrap();
    parse(bytes, Origin { url: &url, content_type, timezone: Tz::Asia__Ho_Chi_Minh })
}

fn read(text: &str) -> Feed {
    read_bytes(text.as_bytes(), None).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn rss(items: &str) -> Feed {
    read(&format!("<rss version=\"2.0\"><channel><title>Số hóa</title>{items}</channel></rss>"))
}

fn only(feed: Feed) -> Entry {
    assert_eq!(feed.entries.len(), 1);
    feed.entries.into_iter().next().unwrap()
}

#[test]
fn rss_is_read() {
    let feed = read(
        "<?xml version='1.0' encoding='utf-8'?>
        <rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>
        <channel><title>Báo Thử &amp; Nghiệm</title><link>/</link><language>vi-VN</language><ttl>30</ttl>
        <item><title><![CDATA[Chip <b>mới</b> &amp; rẻ]]></title><link>/chip-moi.html?utm_source=rss</link>
        <guid isPermaLink='false'>7</guid><pubDate>Thứ Tư, 5/3/2025 09:07 (GMT+7)</pubDate>
        <dc:creator>Lê Văn Thử</dc:creator><category>Số hóa</category><category>Số hóa</category>
        <description><![CDATA[<p>Tóm tắt &nbsp;ngắn</p>]]></description>
        <content:encoded><![CDATA[<p>Toàn văn</p>]]></content:encoded></item>
        <item><title>Ngày không giờ</title><link>https://tin.example.vn/b</link><pubDate>05/03/2025</pubDate></item>
        </channel></rss>",
    );
    assert_eq!((feed.format, feed.title.as_deref()), (FeedFormat::Rss, Some("Báo Thử & Nghiệm")));
    assert_eq!(feed.link.as_deref(), Some("https://tin.example.vn/"));
    assert_eq!(feed.language.as_deref(), Some("vi-VN"));
    assert_eq!(feed.hints.ttl.map(|ttl| ttl.as_secs()), Some(1800));
    assert!(feed.repairs.is_empty(), "{:?}", feed.repairs);
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
    assert_eq!(first.id.as_deref(), Some("7"));
    assert_eq!(first.key.as_str(), "link:https://tin.example.vn/chip-moi.html");
    assert_eq!(first.url.as_deref(), Some("https://tin.example.vn/chip-moi.html?utm_source=rss"));
    assert_eq!(first.title.as_deref(), Some("Chip mới & rẻ"));
    assert_eq!(first.authors, ["Lê Văn Thử"]);
    assert_eq!(first.categories, ["Số hóa"]);
    assert_eq!(first.published.unwrap().to_string(), "2025-03-05T09:07:00+07:00");
    assert_eq!(first.updated, None);
    assert_eq!(first.summary.as_deref(), Some("<p>Tóm tắt &nbsp;ngắn</p>"));
    assert_eq!(first.content.as_deref(), Some("<p>Toàn văn</p>"));
    assert_eq!(
        (second.id.as_deref(), second.published.unwrap().to_string()),
        (None, "2025-03-05".to_owned())
    );
}

#[test]
fn the_other_dialects_are_read() {
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://a.example/x/'>
        <title>A</title><author><name>Ann</name></author><link rel='self' href='feed'/><link href='.'/>
        <entry><id>tag:a,1</id><title type='html'>&lt;i&gt;One&lt;/i&gt; &amp;amp; two</title>
        <link rel='enclosure' href='a.mp3'/><link href='one'/><published>2025-03-05T09:07:00-05:00</published>
        <updated>2025-03-06T00:00:00Z</updated><content type='xhtml'><div><p>Text</p></div></content></entry></feed>";
    let draft = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>A</title><author><name>Ann</name></author>
        <entry><id>tag:a,1</id><title mode='escaped' type='text/html'>&lt;i&gt;One&lt;/i&gt; &amp;amp; two</title>
        <link rel='alternate' type='text/html' href='https://a.example/x/one'/><issued>2025-03-05T09:07:00-05:00</issued>
        <modified>2025-03-06T00:00:00Z</modified><content type='text/html' mode='escaped'>&lt;p&gt;Text&lt;/p&gt;</content>
        </entry></feed>";
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [{"id": "tag:a,1",
        "url": "https://a.example/x/one", "title": "One & two", "authors": [{"name": "Ann"}],
        "date_published": "2025-03-05T09:07:00-05:00", "date_modified": "2025-03-06T00:00:00Z", "content_html": "<p>Text</p>"}]}"#;
    let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
        xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>
        <channel rdf:about='https://a.example/'><title>A</title></channel>
        <item rdf:about='tag:a,1'><title>One &amp;amp; two</title><link>https://a.example/x/one</link><dc:creator>Ann</dc:creator>
        <dc:date>2025-03-05T09:07:00-05:00</dc:date><content:encoded>&lt;p&gt;Text&lt;/p&gt;</content:encoded></item></rdf:RDF>";
    for (text, format) in [
        (atom, FeedFormat::Atom),
        (draft, FeedFormat::Atom),
        (json, FeedFormat::Json),
        (rdf, FeedFormat::Rdf),
    ] {
        let feed = read(text);
        assert_eq!((feed.format, feed.title.as_deref()), (format, Some("A")), "{text}");
        let entry = only(feed);
        assert_eq!(entry.id.as_deref(), Some("tag:a,1"), "{text}");
        assert_eq!(entry.url.as_deref(), Some("https://a.example/x/one"), "{text}");
        assert_eq!(entry.title.as_deref(), Some("One & two"), "{text}");
        assert_eq!(entry.authors, ["Ann"], "{text}");
        assert_eq!(entry.published.unwrap().to_string(), "2025-03-05T09:07:00-05:00", "{text}");
        let updated = entry.updated.map(|at| at.to_string());
        assert!(format == FeedFormat::Rdf || updated.as_deref() == Some("2025-03-06T00:00:00Z"), "{text}");
        assert_eq!(entry.content.as_deref(), Some("<p>Text</p>"), "{text}");
    }
}

#[test]
fn damage_is_mended_and_told() {
    let item = "<item><title>Chip</title><link>https://a.example/1</link></item>";
    for (text, title, repair) in [
        (format!("<rss><channel><title>A</title>{item}</channel></rss>"), "Chip", ""),
        (format!("\u{FEFF}\n\n<rss version='2.0'><channel>{item}</channel></rss>"), "Chip", ""),
        (
            format!("<br />Warning in x.php\n<rss version='2.0'><channel>{item}</channel></rss>"),
            "Chip",
            "before",
        ),
        (format!("<rss version='2.0'><channel>{item}"), "Chip", "breaks off"),
        (format!("<rss version='2.0'><channel>{item}<item><title><![CDATA[B"), "Chip", "breaks off"),
        (format!("<rss version='2.0'>{item}<channel><title>A</title></channel></rss>"), "Chip", ""),
        (
            format!("<RSS version='0.94' xmlns='http://x.example/rss'><channel>{item}</channel></RSS>"),
            "Chip",
            "",
        ),
    ] {
        let feed = read(&text);
        assert_eq!(feed.entries[0].title.as_deref(), Some(title), "{text}");
        assert!(
            feed.repairs.iter().any(|said| said.contains(repair)) || repair.is_empty(),
            "{:?}",
            feed.repairs
        );
    }
    for (title, plain, repair) in [
        ("A & B", "A & B", "&"),
        ("A < B", "A < B", "<"),
        ("A\u{1}B", "AB", "forbids"),
        ("A &#0;&#146;&nbsp;B &eacute; &unknown;", "A ’ B é &unknown;", "&"),
        ("R&amp;D &amp;lt;b&amp;gt;", "R&D <b>", ""),
        ("Vec&lt;u8&gt; &lt;b&gt;nhanh&lt;/b&gt;", "Vec<u8> nhanh", ""),
        ("<![CDATA[A & B < C]]>", "A & B < C", ""),
    ] {
        let feed = rss(&format!("<item><title>{title}</title></item>"));
        assert_eq!(feed.entries[0].title.as_deref(), Some(plain), "{title}");
        assert!(
            feed.repairs.iter().any(|said| said.contains(repair)) || repair.is_empty(),
            "{:?}",
            feed.repairs
        );
    }
}

#[test]
fn encodings_are_decoded_before_parsing() {
    let text = "<?xml version=\"1.0\" encoding=\"ENC\"?><rss version='2.0'><channel><title>Việt</title></channel></rss>";
    let utf16 = |mark: &[u8]| {
        let units = text.replace("ENC", "utf-16");
        [mark, &units.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
    };
    let twice = format!("{}{}", text.split_once("<rss").unwrap().0, text).replace("ENC", "utf-8");
    let legacy: Vec<u8> = "<?xml version='1.0' encoding='windows-1252'?><rss version='2.0'><channel><title>Caf\u{1}</title></channel></rss>"
        .bytes()
        .map(|byte| if byte == 1 { 0xE9 } else { byte })
        .collect();
    for (bytes, content_type, title) in [
        (utf16(&[0xFF, 0xFE]), None, "Việt"),
        (utf16(&[]), None, "Việt"),
        (text.replace("ENC", "iso-8859-1").into_bytes(), Some("text/xml; charset=us-ascii"), "Việt"),
        (twice.into_bytes(), None, "Việt"),
        (format!("{}{}", "\n".repeat(200), text.replace("ENC", "utf-8")).into_bytes(), None, "Việt"),
        (legacy, None, "Café"),
        (text.replace("ENC", "utf-16").into_bytes(), Some("text/xml; charset=utf-16"), "Việt"),
    ] {
        let feed = read_bytes(&bytes, content_type).unwrap();
        assert_eq!(feed.title.as_deref(), Some(title));
    }
}

#[test]
fn a_guid_that_is_an_address_is_the_link_and_no_id_is_invented() {
    let entry = only(rss("<item><guid>https://a.example/7</guid></item>"));
    assert_eq!(entry.url.as_deref(), Some("https://a.example/7"));
    let entry = only(rss("<item><title>Chip</title><link>javascript:alert(1)</link></item>"));
    assert_eq!((entry.id, entry.url), (None, None));
}

#[test]
fn what_is_no_feed_is_explained() {
    for (bytes, wanted) in [
        (" \n", "empty"),
        ("", "empty"),
        ("<!doctype html><html><body>Tin</body></html>", "HTML"),
        ("<!-- x --><HTML></HTML>", "HTML"),
        ("<urlset><url/></urlset>", "sitemap"),
        ("<opml/>", "OPML"),
        ("<note>Hi</note>", "<note>"),
        ("just words", "neither XML nor JSON"),
        ("{\"a\": 1}", "JSON"),
    ] {
        let error = read_bytes(bytes.as_bytes(), None).unwrap_err().to_string();
        assert!(error.contains(wanted), "{bytes}: {error}");
    }
}

#[test]
fn a_name_beside_an_address_does_not_cost_the_feed() {
    let feed = rss("<item><title>Tin</title><author>bien-tap@a.example（编辑）</author></item>");
    assert_eq!(feed.entries[0].title.as_deref(), Some("Tin"));
    assert!(feed.entries[0].authors[0].contains("编辑"), "{:?}", feed.entries[0].authors);
}
