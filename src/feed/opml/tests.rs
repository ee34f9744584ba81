//! Lists of feeds at their door.

use proptest::prelude::*;

use super::*;
use crate::model::Timestamp;

fn feeds(text: &str) -> Vec<(String, String, Vec<String>)> {
    let opml = read(text.as_bytes(), None).unwrap();
    opml.outlines.into_iter().map(|outline| (outline.name, outline.url, outline.tags)).collect()
}

fn feed(name: &str, url: &str, tags: &[&str]) -> (String, String, Vec<String>) {
    (name.to_owned(), url.to_owned(), tags.iter().map(|tag| (*tag).to_owned()).collect())
}

#[test]
fn folders_and_categories_become_tags() {
    let text = "<?xml version='1.0'?><opml version='2.0'><head><title>Tin</title></head><body>
        <outline text='Công nghệ' title='Công nghệ'>
          <outline text='AI'><outline type='rss' text='Báo A' xmlUrl='https://a.example/rss?x=1&amp;y=2' htmlUrl='https://a.example/'/></outline>
          <outline type='rss' text='B &amp;amp; B' xmlUrl='https://b.example/rss' category='/Chip/Mới,vi'></outline>
        </outline>
        <outline xmlUrl='https://c.example/rss'/></body></opml>";
    assert_eq!(
        feeds(text),
        [
            feed("Báo A", "https://a.example/rss?x=1&y=2", &["Công nghệ", "AI"]),
            feed("B &amp; B", "https://b.example/rss", &["Công nghệ", "Chip", "Mới", "vi"]),
            feed("", "https://c.example/rss", &[]),
        ]
    );
}

#[test]
fn damage_costs_no_more_than_what_it_hits() {
    let a = feed("A", "https://a.example/rss", &[]);
    for (text, found) in [
        ("<OPML><OUTLINE TEXT=\"A\" XMLURL=\"https://a.example/rss\"/></OPML>", vec![a.clone()]),
        ("<opml><body><outline title='A' xmlurl='https://a.example/rss'>", vec![a.clone()]),
        ("<opml><outline text=A xmlUrl=https://a.example/rss></opml>", vec![a.clone()]),
        (
            "<!-- <outline xmlUrl='x'/> --><opml><outline text='A' xmlUrl='https://a.example/rss' broken=/></outline></outline></opml>",
            vec![a.clone()],
        ),
        ("<outline text='A' xmlUrl='https://a.example/rss'/>", vec![a.clone()]),
        (
            "<opml><outline text='R & D' xmlUrl='https://d.example/?a=1&b=2'/>",
            vec![feed("R & D", "https://d.example/?a=1&b=2", &[])],
        ),
        (
            "<opml><outline text='A <new>' xmlUrl='https://d.example/'/>",
            vec![feed("A <new>", "https://d.example/", &[])],
        ),
        (
            "<opml><outline text=\"A xmlUrl=\"https://lost.example\"/><outline text='A' xmlUrl='https://a.example/rss'/>",
            vec![a.clone()],
        ),
        ("<opml><body/></opml>", vec![]),
    ] {
        assert_eq!(feeds(text), found, "{text}");
    }
    assert_eq!(read(b"<rss/>", None), None);
    assert_eq!(read(b"", None), None);
}

#[test]
fn other_encodings_are_read() {
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><opml><outline text=\"Caf\xE9\" xmlUrl=\"https://a.example/\"/></opml>";
    assert_eq!(read(latin, None).unwrap().outlines[0].name, "Café");
    let text = "<opml><outline text=\"Café\" xmlUrl=\"https://a.example/\"/></opml>";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(read(&utf16, None).unwrap().outlines[0].name, "Café");
}

#[test]
fn lists_are_bounded() {
    let long = "<outline text='F'><outline xmlUrl='https://a.example/'/>".repeat(20_000);
    let opml = read(format!("<opml>{long}").as_bytes(), None).unwrap();
    assert!(opml.is_cut);
    assert_eq!(opml.outlines.len(), 10_000);
    assert!(opml.outlines.iter().all(|outline| outline.tags.len() <= 32));
    for piece in
        ["<outline ", "<outline a='", "<!--", "<![CDATA[", "<a =", "</outline>", "<outline xmlUrl=\"a\" "]
    {
        let _outcome = read(piece.repeat(100_000).as_bytes(), None);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(name in "[\\PC&&[^\\s]]([\\PC ]{0,10}[\\PC&&[^\\s]])?", url in "https://[a-z]{1,5}\\.example/[a-z?&=%\"'<>]{0,9}", value in "[\\PC\\n\\t]{0,12}", tag in "[^,/\\s\\p{C}&]{1,8}") {
        let outline = Outline {
            name: crate::text::normalise::normalise(&name),
            url,
            html_url: None,
            tags: vec![crate::text::normalise::normalise(&tag)],
            language: None,
            keys: vec![("links".to_owned(), value)],
        };
        prop_assume!(!outline.name.is_empty() && !outline.tags.iter().any(String::is_empty));
        let text = write("Tin & <bài>", std::slice::from_ref(&outline), Timestamp::EPOCH);
        let opml = read(text.as_bytes(), None).unwrap();
        prop_assert_eq!(opml.outlines, vec![outline]);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _outcome = read(&[b"<opml><outline ".as_slice(), &bytes].concat(), None);
    }
}
