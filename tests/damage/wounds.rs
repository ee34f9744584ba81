//! Single wounds of a small feed, all of whose headlines survive, and what may surround a feed or be mixed into it.

use diemtin::model::Feed;

use super::read;

const WHOLE: &str = "<rss version='2.0'><channel><title>Báo</title>
    <item><title>Một</title><link>https://a.example/1</link><guid>1</guid><description><![CDATA[<p>a</p>]]></description></item>
    <item><title>Hai</title><link>https://a.example/2</link><guid>2</guid><description><![CDATA[<p>b</p>]]></description></item>
    <item><title>Ba</title><link>https://a.example/3</link><guid>3</guid><description><![CDATA[<p>c</p>]]></description></item>
    </channel></rss>";

fn feed(text: &str) -> Feed {
    read(text.as_bytes()).unwrap_or_else(|| panic!("not read: {text}"))
}

#[test]
fn every_item_outlives_one_wound() {
    for (from, to) in [
        ("<p>a</p>]]>", "<p>a</p>]]"),
        ("<![CDATA[", "<[CDATA["),
        ("<![CDATA[", "<![CDATA[<![CDATA["),
        ("</item>", "</itm>"),
        ("</title>", ""),
        ("</title>", "</titel>"),
        ("<title>Hai", "<title Hai"),
        ("<item><title>Hai", "<item<title>Hai"),
        ("<item><title>Hai", "<it\u{1}em><title>Hai"),
        ("<item>", "< item >"),
        ("<item>", "<Item class=x checked a='1' a=\"2\">"),
        ("<item>", "<item class='x>"),
        ("<item>", "<!-- lost <item>"),
        ("<item>", "<!-- lost ><item>"),
        ("<item>", "<?php echo 1 <item>"),
        ("<item>", "<image><title>Logo</title><item>"),
        ("<description>", "<image><url>x</url></description>"),
        ("<link>", "<link"),
        ("</link>", ""),
        ("<guid>", "<guid isPermaLink=\"false>"),
        ("item", "foo:item"),
        ("<rss version='2.0'>", ""),
        ("<rss version='2.0'>", "<RSS version='9' xmlns='http://x.example/'>"),
        ("<channel><title>", "<channel><item/></channel><channel><title>"),
        ("<title>", "<title>a < b & c <3 &bogus; "),
        ("<title>", "<title>]]> "),
        ("<title>", "<title><b>"),
    ] {
        let feed = feed(&WHOLE.replace(from, to));
        let titles: Vec<_> = feed.entries.iter().filter_map(|entry| entry.title.as_deref()).collect();
        for title in ["Một", "Hai", "Ba"] {
            assert!(titles.iter().any(|found| found.contains(title)), "{from} -> {to}: {titles:?}");
        }
    }
}

#[test]
fn a_feed_is_found_in_what_surrounds_it() {
    let escaped = WHOLE.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    for text in [
        format!("<html><body>{WHOLE}</body></html>"),
        format!("<!doctype html><HTML><head><title>x</title></head><body><pre>{WHOLE}</pre></body></HTML>"),
        format!("<html><body><pre>{escaped}</pre></body></html>"),
        escaped,
        format!("<?xml version='1.0'?>\u{FEFF}<?xml version='1.0'?>\n<!-- x -->{WHOLE}"),
        format!("Warning: x in y on line 3\n{WHOLE}<script>if (1 < 2) x()</script>"),
    ] {
        assert_eq!(feed(&text).entries.len(), 3, "{text}");
    }
    assert_eq!(feed(&format!("{WHOLE}{WHOLE}")).entries.len(), 6);
}

#[test]
fn what_is_whole_needs_no_repair() {
    for text in [
        WHOLE,
        "<feed xmlns='http://www.w3.org/2005/Atom'><!-- > --><entry><title type='xhtml'><div>a<br/>b</div></title></entry></feed>",
    ] {
        assert_eq!(feed(text).repairs, [""; 0], "{text}");
    }
}

#[test]
fn bytes_of_another_encoding_and_utf_32_are_read() {
    let pasted = WHOLE.replace("Hai", "Caf\u{1}").into_bytes();
    let pasted: Vec<u8> = pasted.into_iter().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect();
    let mixed = read(&pasted).unwrap();
    assert_eq!((mixed.title.as_deref(), mixed.entries[1].title.as_deref()), (Some("Báo"), Some("Café")));
    let wide: Vec<u8> = WHOLE.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    assert_eq!(read(&wide).unwrap().title.as_deref(), Some("Báo"));
}
