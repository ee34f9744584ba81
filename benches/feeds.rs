//! What reading a feed costs, beside feed-rs on the same bytes: `cargo bench --bench feeds`.

#![expect(clippy::print_stdout, clippy::expect_used, reason = "a benchmark says what it measured, or stops")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use diemtin::feed::{Origin, parse};
use url::Url;

/// Small feeds, as feeds are: each is read within one time slice of a busy machine.
const FEEDS: u64 = 12;
const ITEMS: usize = 120;
const ROUNDS: usize = 40;
const WORDS: [&str; 24] = [
    "chip", "máy", "tính", "bán", "dẫn", "công", "nghệ", "mới", "ra", "mắt", "tại", "Hà", "Nội", "hôm",
    "nay", "the", "factory", "ships", "wafers", "after", "long", "delay", "芯片", "R&amp;D",
];

/// A seeded source of words: the same feed on every machine.
struct Writer(u64);

impl Writer {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % below
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> =
            (0..count).map(|_| WORDS.get(self.next(WORDS.len())).copied().unwrap_or_default()).collect();
        words.join(" ")
    }

    fn html(&mut self) -> String {
        let paragraphs = (0..6).map(|number| {
            format!(
                "<p>{} <a href=\"https://tin.example.vn/{number}\">{}</a></p>",
                self.words(30),
                self.words(4)
            )
        });
        paragraphs.collect()
    }
}

fn rss(seed: u64) -> String {
    let mut writer = Writer(seed);
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Báo Thử</title><link>https://tin.example.vn/</link>",
    );
    for number in 0..ITEMS {
        let (title, lead, body) = (writer.words(9), writer.words(30), writer.html());
        let _written = write!(
            feed,
            "<item><title>{title}</title><link>https://tin.example.vn/{number}.html</link><guid isPermaLink=\"false\">{number}</guid>\
             <pubDate>Wed, 05 Mar 2025 09:07:00 +0700</pubDate><dc:creator>Lê Thử</dc:creator><category>Số hóa</category>\
             <description>{lead}</description><content:encoded><![CDATA[{body}]]></content:encoded></item>"
        );
    }
    feed + "</channel></rss>"
}

fn atom(seed: u64) -> String {
    let mut writer = Writer(seed);
    let mut feed = String::from(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Báo Thử</title><id>tag:tin.example.vn,2025:1</id>",
    );
    for number in 0..ITEMS {
        let (title, body) = (writer.words(9), writer.html().replace('<', "&lt;"));
        let _written = write!(
            feed,
            "<entry><id>tag:tin.example.vn,2025:{number}</id><title>{title}</title><link href=\"https://tin.example.vn/{number}.html\"/>\
             <published>2025-03-05T09:07:00+07:00</published><updated>2025-03-05T10:07:00+07:00</updated>\
             <author><name>Lê Thử</name></author><content type=\"html\">{body}</content></entry>"
        );
    }
    feed + "</feed>"
}

/// The quickest of several rounds over each feed, in milliseconds a megabyte.
fn cost(feeds: &[String], read: impl Fn(&[u8]) -> usize) -> f64 {
    let once = |feed: &String| {
        let start = Instant::now();
        assert_eq!(read(feed.as_bytes()), ITEMS, "not every item was read");
        start.elapsed()
    };
    let quickest = |feed| (0..ROUNDS).map(|_| once(feed)).min().unwrap_or(Duration::ZERO);
    let spent: Duration = feeds.iter().map(quickest).sum();
    spent.as_secs_f64() * 1e3 / megabytes(feeds)
}

fn megabytes(feeds: &[String]) -> f64 {
    feeds.iter().map(String::len).sum::<usize>() as f64 / 1e6
}

fn main() {
    let url = Url::parse("https://tin.example.vn/rss").expect("an address");
    for (name, write) in [("RSS", rss as fn(u64) -> String), ("Atom", atom)] {
        let feeds: Vec<String> = (0..FEEDS).map(write).collect();
        let ours = cost(&feeds, |bytes| {
            let origin = Origin { url: &url, content_type: None, timezone: chrono_tz::Asia::Ho_Chi_Minh };
            parse(bytes, origin).map_or(0, |feed| feed.entries.len())
        });
        let theirs = cost(&feeds, |bytes| feed_rs::parser::parse(bytes).map_or(0, |feed| feed.entries.len()));
        let size = megabytes(&feeds);
        println!(
            "{name:5} {size:.1} MB: {ours:.2} ms/MB, feed-rs {theirs:.2} ms/MB, ratio {:.2}",
            ours / theirs
        );
    }
}
