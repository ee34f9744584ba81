//! What each dialect calls its things.

use std::time::Duration;

use chrono::Weekday;

use super::{only, read, rss};
use crate::model::FeedFormat;

fn item(fields: &str) -> crate::model::Entry {
    only(rss(&format!("<item>{fields}</item>")))
}

#[test]
fn old_and_rare_dialects_are_read() {
    for (text, format, url) in [
        (
            "<CHANNEL HREF='https://a.example/'><TITLE>A</TITLE><ITEM HREF='/1' LASTMOD='2025-03-05T09:07'><TITLE>Chip</TITLE>
             <ABSTRACT>Tóm tắt</ABSTRACT></ITEM></CHANNEL>",
            FeedFormat::Cdf,
            "https://tin.example.vn/1",
        ),
        (
            "<CHANNEL><TITLE>A</TITLE><ITEM><A HREF='https://a.example/1'>x</A><TITLE>Chip</TITLE></ITEM></CHANNEL>",
            FeedFormat::Cdf,
            "https://a.example/1",
        ),
        (
            "<Channel xmlns='http://purl.net/net/rss1.1#'><title>A</title><items><item rdf:about='https://a.example/1'><title>Chip</title>
             <link>https://a.example/1</link></item></items></Channel>",
            FeedFormat::Rdf,
            "https://a.example/1",
        ),
        (
            "<rdf:RDF xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>A</title></channel><image><title>L</title></image>
             <item><title>Chip</title><link>https://a.example/1</link></item></rdf:RDF>",
            FeedFormat::Rdf,
            "https://a.example/1",
        ),
        (
            "<x:rss><x:channel><x:title>A</x:title><x:item><x:title>Chip</x:title><x:link>https://a.example/1</x:link></x:item></x:channel></x:rss>",
            FeedFormat::Rss,
            "https://a.example/1",
        ),
        (
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>A</a:title><a:entry><a:title>Chip</a:title><a:link href='https://a.example/1'/></a:entry></a:feed>",
            FeedFormat::Atom,
            "https://a.example/1",
        ),
        ("<entry><title>Chip</title><link href='https://a.example/1'/></entry>", FeedFormat::Atom, "https://a.example/1"),
    ] {
        let feed = read(text);
        assert_eq!((feed.format, feed.title.as_deref().unwrap_or("A")), (format, "A"), "{text}");
        let entry = only(feed);
        assert_eq!((entry.title.as_deref(), entry.url.as_deref()), (Some("Chip"), Some(url)), "{text}");
    }
}

#[test]
fn other_vocabularies_stand_behind_the_core() {
    let entry = item(
        "<media:group><media:title>Ảnh</media:title><media:description>Chú thích</media:description></media:group>
         <itunes:title>Tập 1</itunes:title><itunes:author>Đài</itunes:author><foo:title>Lạ</foo:title><atom:link rel='self' href='/feed'/>
         <dc:title>Phụ</dc:title><title>Chip</title><atom:link href='/atom'/><link>/1</link><enclosure url='/1.mp3'/>
         <source url='https://b.example/rss'>Nơi khác</source><dc:identifier>d</dc:identifier><guid isPermaLink='false'>g</guid>
         <author>an@a.example (An Thử)</author><dc:creator>Bình</dc:creator><dc:creator>Chi</dc:creator>
         <dc:subject>Số hóa</dc:subject><category domain='x'>Chip</category><media:keywords>một, hai</media:keywords>
         <itunes:summary>Dài</itunes:summary><description>Tóm tắt</description><dc:date>2025-03-04</dc:date>
         <pubDate>hôm nọ</pubDate><dcterms:modified>2025-03-06T00:00:00Z</dcterms:modified>
         <content><![CDATA[<p>Toàn văn</p>]]></content>",
    );
    assert_eq!(entry.title.as_deref(), Some("Chip"));
    assert_eq!(entry.url.as_deref(), Some("https://tin.example.vn/1"));
    assert_eq!(entry.id.as_deref(), Some("g"));
    assert_eq!(entry.authors, ["Bình", "Chi"]);
    assert_eq!(entry.categories, ["Số hóa", "Chip", "một", "hai"]);
    assert_eq!(
        (entry.summary.as_deref(), entry.content.as_deref()),
        (Some("Tóm tắt"), Some("<p>Toàn văn</p>"))
    );
    assert_eq!(entry.published.unwrap().to_string(), "2025-03-04");
    assert_eq!(entry.updated.unwrap().to_string(), "2025-03-06T00:00:00Z");
    assert_eq!(
        item("<media:title>Ảnh</media:title><author>an@a.example (An Thử)</author>").authors,
        ["An Thử"]
    );
    assert_eq!(
        item("<media:description>Chú thích</media:description>").summary.as_deref(),
        Some("Chú thích")
    );
}

#[test]
fn a_known_namespace_counts_more_than_its_prefix() {
    let text = "<rss xmlns:x='http://purl.org/dc/elements/1.1/' xmlns:dc='http://nobody.example/'><channel>
        <item><x:creator>An</x:creator><dc:title>Chip</dc:title><rdf:Description>x</rdf:Description></item></channel></rss>";
    let entry = only(read(text));
    assert_eq!(
        (entry.authors.as_slice(), entry.title.as_deref(), entry.summary),
        (["An".to_owned()].as_slice(), Some("Chip"), None)
    );
}

#[test]
fn texts_are_what_their_type_says() {
    for (content, html) in [
        ("<content type='text'>a &lt; b</content>", "a &lt; b"),
        ("<content>&lt;p&gt;a&lt;/p&gt;</content>", "<p>a</p>"),
        ("<content type='html'>&lt;p&gt;R&amp;amp;D&lt;/p&gt;</content>", "<p>R&amp;D</p>"),
        ("<content type='text/html' mode='escaped'><![CDATA[<p>a</p>]]></content>", "<p>a</p>"),
        ("<content mode='base64' type='text/html'>PHA+YTwvcD4=</content>", "<p>a</p>"),
        (
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>R&amp;D &lt;</p></div></content>",
            "<p>R&amp;D &lt;</p>",
        ),
        ("<content type='xhtml'><x:div><x:p class='a'>a</x:p></x:div></content>", "<p class='a'>a</p>"),
        ("<content type='xhtml'><div>a</div><div>b</div></content>", "<div>a</div><div>b</div>"),
        ("<content type='html'><p>a</p></content>", "<p>a</p>"),
        ("<content type='xhtml'>&lt;p>a&lt;/p></content>", "<p>a</p>"),
    ] {
        let entry = only(read(&format!("<feed><entry>{content}</entry></feed>")));
        assert_eq!(entry.content.as_deref(), Some(html), "{content}");
    }
    assert_eq!(item("<description>a <b>b</b> <link>c</description>").summary.as_deref(), Some("a <b>b</b>"));
}

#[test]
fn links_are_resolved_where_they_stand() {
    let atom = "<feed xml:base='https://b.example/x/'><link href='.'/><entry xml:base='y/'>
        <link rel='http://www.iana.org/assignments/relation/alternate' xml:base='z/' href='1'/></entry>
        <entry><link rel='enclosure' href='a.mp3'/><link rel='alternate' type='application/pdf' href='a.pdf'/><link href='a'/></entry>
        <entry><content src='s'/></entry><entry><id>urn:x:1</id></entry></feed>";
    let feed = read(atom);
    assert_eq!(feed.link.as_deref(), Some("https://b.example/x/"));
    let urls: Vec<_> = feed.entries.iter().map(|entry| entry.url.as_deref()).collect();
    assert_eq!(
        urls,
        [
            Some("https://b.example/x/y/z/1"),
            Some("https://b.example/x/a"),
            Some("https://b.example/x/s"),
            None
        ]
    );
    assert_eq!(item("<guid isPermaLink='true'>/7</guid>").url.as_deref(), Some("https://tin.example.vn/7"));
    assert_eq!(item("<guid>7</guid>").url, None);
}

#[test]
fn wishes_about_polling_are_read_and_absurd_ones_are_not() {
    let hints = |fields: &str| rss(fields).hints;
    let wishes = hints(
        "<ttl> 30 </ttl><skipHours><hour>24</hour><hour>5</hour><hour>5</hour><hour>77</hour></skipHours>
         <skipDays><day>Sunday</day><day>Someday</day></skipDays><sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
         <item><ttl>7</ttl></item>",
    );
    assert_eq!(wishes.ttl, Some(Duration::from_mins(30)));
    assert_eq!((wishes.skip_hours, wishes.skip_days), (vec![0, 5], vec![Weekday::Sun]));
    assert_eq!(wishes.update_period, Some(Duration::from_hours(6)));
    let every_hour = (0..24).map(|hour| format!("<hour>{hour}</hour>")).collect::<Vec<_>>().concat();
    let absurd = hints(&format!(
        "<ttl>-1</ttl><ttl>99999999999999999999</ttl><skipHours>{every_hour}</skipHours><sy:updateFrequency>9</sy:updateFrequency>"
    ));
    assert_eq!(absurd, crate::model::FeedHints::default());
}
