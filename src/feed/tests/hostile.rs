//! Feeds that were written to hurt: read in time that grows with their length, and never with a panic.

use std::fmt::Write;
use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::{read, read_bytes};

/// Reading is linear: this much text takes a fraction of a second even unoptimised, and minutes where it is not.
const BYTES: usize = 200_000;
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn text_full_of_openings_is_read_in_linear_time() {
    for piece in [
        "<![CDATA[",
        "<![CDATA[</a>",
        "<![CDATA[<item>",
        "]]>",
        "<!--",
        "<!--x>",
        "<!-- <item> ",
        "-->",
        "<?",
        "<?x>",
        "<?<item>",
        "<![>",
        "<!DOCTYPE [",
        "<",
        "<a '",
        "<a \"",
        "<a b=\"",
        "<a b='<",
        "<a b=\"'",
        "<a ",
        "<item ",
        "<item",
        "<title",
        "&",
        "&amp",
        "&#",
        "</b>",
        "</item>",
        "<b>",
        "<b/>",
        "<item>",
        "<item>x</item>",
        "<title>",
        "<author><name>",
        "<x:y xmlns:x='z'>",
        "<channel>",
        "<image>",
        "<link href='",
        "<description><![CDATA[x</description>",
        "< item >",
        "&lt;!--",
    ] {
        let inside = piece.repeat(BYTES / piece.len());
        for text in [
            format!("<rss version='2.0'><channel><item>{inside}"),
            format!("<rss version='2.0'><channel><item><title>{inside}</title></item></channel></rss>"),
            format!(
                "<rss version='2.0'><channel><item><description><![CDATA[{inside}]]></description></item>{inside}]]>--></rss>"
            ),
        ] {
            let start = Instant::now();
            let _outcome = read_bytes(text.as_bytes(), None);
            assert!(start.elapsed() < PATIENCE, "{:?} for {piece}", start.elapsed());
        }
    }
}

#[test]
fn deep_nesting_costs_nothing_but_itself() {
    let (open, close) = ("<a>".repeat(100_000), "</a>".repeat(100_000));
    let item = "<item><title>Chip</title></item>";
    for text in [
        format!("<rss><channel>{item}<item>{open}{close}<title>Chip</title></item>{item}</channel></rss>"),
        format!("<rss><channel>{item}<item><title>Chip</title>{open}</item>{item}</channel></rss>"),
        format!(
            "<rss><channel>{item}<item><title>Chip</title><description>{open}{close}</description></item>{item}</channel></rss>"
        ),
        format!("<rss><channel>{open}{item}{item}{item}</channel></rss>"),
    ] {
        let feed = read(&text);
        let titles: Vec<_> = feed.entries.iter().map(|entry| entry.title.as_deref()).collect();
        assert_eq!(titles, [Some("Chip"); 3]);
    }
}

#[test]
fn long_lists_and_long_texts_are_bounded() {
    let feed =
        read(&format!("<rss><channel>{}</channel></rss>", "<item><guid>x</guid></item>".repeat(10_050)));
    assert_eq!(feed.entries.len(), 10_000);
    assert!(feed.repairs.iter().any(|said| said.contains("10050 entries")), "{:?}", feed.repairs);
    let long = "dài ".repeat(2_000_000);
    let feed = read(&format!(
        "<rss><channel><item><title>{long}</title><description>{long}</description></item></channel></rss>"
    ));
    let entry = &feed.entries[0];
    assert!(entry.title.as_ref().unwrap().len() <= 4_000 && entry.summary.as_ref().unwrap().len() <= 1 << 20);
}

#[test]
fn what_is_looked_for_behind_every_sign_is_looked_for_once() {
    let ampersands = "&".repeat(2_000_000);
    let subsets = format!("{}]{}", "<!a[".repeat(200_000), "x".repeat(2_000_000));
    for hostile in [
        format!(
            "<rss><channel><item><link href=\"{ampersands}\"/><title>Chip</title></item></channel></rss>"
        ),
        format!(
            "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel><item><link>{ampersands}</link><title>Chip</title></item></channel></rss>"
        ),
        format!("<rss><channel><item><title>Chip</title></item>{subsets}"),
    ] {
        let start = Instant::now();
        let outcome = read_bytes(hostile.as_bytes(), None);
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
        assert_eq!(outcome.unwrap().entries[0].title.as_deref(), Some("Chip"));
    }
}

#[test]
fn declared_entities_are_expanded_within_bounds() {
    let mut declared = String::from(
        "<!ENTITY a \"0123456789\"><!ENTITY out SYSTEM \"file:///etc/passwd\"><!ENTITY % p \"x\">",
    );
    for (name, before) in ('b'..='z').zip('a'..='y') {
        let _written = write!(declared, "<!ENTITY {name} \"{}\">", format!("&{before};").repeat(10));
    }
    let feed = read(&format!(
        "<!DOCTYPE rss [{declared}]><rss><channel><item><title>&a; &out;</title><description>{}</description></item></channel></rss>",
        "&c;".repeat(10_000)
    ));
    assert_eq!(feed.entries[0].title.as_deref(), Some("0123456789 &out;"));
    assert!(feed.entries[0].summary.as_ref().unwrap().len() < 60_000);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _outcome = read_bytes(&bytes, None);
        let feed = [b"<rss><channel><item>".as_slice(), &bytes].concat();
        let _outcome = read_bytes(&feed, None);
    }

    #[test]
    fn no_markup_panics(parts in proptest::collection::vec("(<|>|</|/>|item|title|link|<item>|</item>|<title>|</title>|<guid>|<author><name>|&|;|\"|'|=| |ệ|x:|xmlns:x='y'|\\]\\]>|<!\\[CDATA\\[|<!--|-->|<\\?|@|a)", 0..60)) {
        let _outcome = read_bytes(format!("<rss><channel>{}", parts.concat()).as_bytes(), None);
    }
}

#[test]
fn files_that_are_no_feeds_are_named_and_packed_feeds_are_read() {
    for (bytes, said) in [
        (b"%PDF-1.7\n<x>".as_slice(), "a PDF document"),
        (b"\x89PNG\r\n\x1a\n<rss>", "a picture"),
        (b"PK\x03\x04<feed>", "an archive"),
        (b"\0\0\0\x18ftypmp42", "a film"),
        (b"\x28\xB5\x2F\xFD", "compressed"),
    ] {
        let error = read_bytes(bytes, Some("application/rss+xml")).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let gzip = |text: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    };
    let feed = gzip(b"<rss><channel><item><title>Chip</title></item></channel></rss>");
    for packed in [gzip(&feed), feed] {
        assert_eq!(read_bytes(&packed, None).unwrap().entries[0].title.as_deref(), Some("Chip"));
    }
    let bomb = gzip(&[b"<rss>".as_slice(), &vec![b' '; 20 << 20]].concat());
    assert!(read_bytes(&bomb, None).unwrap_err().to_string().contains("16 MiB"));
}
