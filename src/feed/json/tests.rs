//! JSON Feeds at their door: text in, entries out.

mod properties;

use chrono_tz::Tz;
use url::Url;

use super::super::{FeedError, Origin, parse};
use crate::model::{Entry, Feed, FeedFormat};

fn read_bytes(bytes: &[u8]) -> Result<Feed, FeedError> {
    let url = Url::parse("https://tin.example.vn/feed/json").unwrap();
    parse(
        bytes,
        Origin { url: &url, content_type: Some("application/json"), timezone: Tz::Asia__Ho_Chi_Minh },
    )
}

fn read(text: &str) -> Feed {
    read_bytes(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The entry of an item with these members.
fn item(members: &str) -> Entry {
    let feed =
        read(&format!(r#"{{"version": "https://jsonfeed.org/version/1.1", "items": [{{{members}}}]}}"#));
    assert_eq!(feed.entries.len(), 1, "{members}");
    feed.entries.into_iter().next().unwrap()
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_deref().unwrap_or_default()).collect()
}

#[test]
fn a_feed_of_the_standard_is_read_without_repairs() {
    let feed = read(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Báo Thử &amp; Nghiệm", "home_page_url": "/",
        "language": "vi", "authors": [{"name": "Ban biên tập"}], "items": [
        {"id": "7", "url": "/chip-moi.html", "external_url": "https://khac.example/x", "title": "Chip <b>mới</b>",
         "date_published": "2025-03-05T09:07:00+07:00", "date_modified": "2025-03-06T00:00:00Z",
         "content_html": "<p>Toàn văn</p>", "content_text": "Toàn văn", "summary": "Ngắn & gọn", "tags": ["Số hóa", "Chip"],
         "attachments": [{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg"}]},
        {"id": "8", "url": "https://tin.example.vn/b", "content_text": "Một\n\nHai < ba", "author": {"name": "Lê Văn Thử"}}]}"#,
    );
    assert!(feed.repairs.is_empty(), "{:?}", feed.repairs);
    assert_eq!((feed.format, feed.title.as_deref()), (FeedFormat::Json, Some("Báo Thử & Nghiệm")));
    assert_eq!(
        (feed.link.as_deref(), feed.language.as_deref()),
        (Some("https://tin.example.vn/"), Some("vi"))
    );
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
    assert_eq!(first.id.as_deref(), Some("7"));
    assert_eq!(first.key.as_str(), "link:https://tin.example.vn/chip-moi.html");
    assert_eq!(first.url.as_deref(), Some("https://tin.example.vn/chip-moi.html"));
    assert_eq!(first.title.as_deref(), Some("Chip mới"));
    assert_eq!(first.authors, ["Ban biên tập"]);
    assert_eq!(first.published.unwrap().to_string(), "2025-03-05T09:07:00+07:00");
    assert_eq!(first.updated.unwrap().to_string(), "2025-03-06T00:00:00Z");
    assert_eq!(first.categories, ["Số hóa", "Chip"]);
    assert_eq!(first.content.as_deref(), Some("<p>Toàn văn</p>"));
    assert_eq!(first.summary.as_deref(), Some("Ngắn &amp; gọn"));
    assert_eq!(second.content.as_deref(), Some("<p>Một</p><p>Hai &lt; ba</p>"));
    assert_eq!(second.authors, ["Lê Văn Thử"]);
}

#[test]
fn wrong_types_are_read_for_what_they_mean() {
    for (members, id, title) in [
        (r#""id": 42, "title": 1984"#, Some("42"), Some("1984")),
        (r#""id": 12345678901234567890, "title": true"#, Some("12345678901234567890"), Some("true")),
        (
            r##""id": {"#text": "a"}, "title": {"rendered": "Chip &amp; <i>AI</i>"}"##,
            Some("a"),
            Some("Chip & AI"),
        ),
        (r#""id": null, "title": null"#, None, None),
        (r#""id": ["a"], "title": ["b"]"#, Some("a"), Some("b")),
        (r#""ID": " a ", "Title": "b""#, Some("a"), Some("b")),
        (r#""id": "a", "id": null, "title": "b", "title": "c""#, Some("a"), Some("c")),
        (r#""id": "", "title": "  ""#, None, None),
    ] {
        let entry = item(members);
        assert_eq!((entry.id.as_deref(), entry.title.as_deref()), (id, title), "{members}");
    }
    for (members, url) in [
        (r#""url": "b?x=1""#, Some("https://tin.example.vn/feed/b?x=1")),
        (r#""url": null, "external_url": "https://a.example/1""#, Some("https://a.example/1")),
        (r#""url": "", "id": "https://a.example/1""#, Some("https://a.example/1")),
        (r#""link": {"href": "https://a.example/1"}"#, Some("https://a.example/1")),
        (r#""url": "javascript:x()", "id": "7""#, None),
        (r#""url": 7, "id": "tag:a""#, Some("https://tin.example.vn/feed/7")),
    ] {
        assert_eq!(item(members).url.as_deref(), url, "{members}");
    }
    for (members, names) in [
        (r#""author": "Ann""#, &["Ann"][..]),
        (r#""author": {"name": "Ann"}"#, &["Ann"]),
        (r#""authors": {"name": "Ann"}"#, &["Ann"]),
        (r#""authors": "Ann""#, &["Ann"]),
        (
            r#""authors": ["Ann", {"name": "Bob"}, null, {"email": "c@a.example"}]"#,
            &["Ann", "Bob", "c@a.example"],
        ),
        (r#""authors": [], "author": [{"name": "Ann"}]"#, &["Ann"]),
        (r#""authors": [{"url": null}]"#, &[]),
    ] {
        assert_eq!(item(members).authors, names, "{members}");
    }
    for (members, tags) in [
        (r#""tags": "chip, AI""#, &["chip", "AI"][..]),
        (r#""tags": [1, "AI", {"name": "Chip"}, null, "AI"]"#, &["1", "AI", "Chip"]),
        (r#""tags": null, "categories": ["AI"]"#, &["AI"]),
    ] {
        assert_eq!(item(members).categories, tags, "{members}");
    }
}

#[test]
fn dates_of_any_type_are_read() {
    for (date, wanted) in [
        ("1741140450", Some("2025-03-05T02:07:30Z")),
        ("1741140450123", Some("2025-03-05T02:07:30.123Z")),
        ("1.74114045e9", Some("2025-03-05T02:07:30Z")),
        ("\"1741140450\"", Some("2025-03-05T02:07:30Z")),
        ("\"05/03/2025 09:07\"", Some("2025-03-05T09:07:00+07:00")),
        ("\"Wed, 05 Mar 2025 09:07:30 GMT\"", Some("2025-03-05T09:07:30Z")),
        ("\"hôm qua\"", None),
        ("{}", None),
    ] {
        let published = item(&format!(r#""id": 1, "date_published": {date}"#)).published;
        assert_eq!(published.map(|at| at.to_string()).as_deref(), wanted, "{date}");
    }
}

#[test]
fn feeds_in_wrappers_and_bare_lists_are_found() {
    let list = r#"[{"id": 1, "title": "A"}, {"id": 2, "title": "B"}]"#;
    for text in [
        format!(r#"{{"items": {list}}}"#),
        format!(r#"{{"feed": {{"title": "F", "items": {list}}}}}"#),
        format!(r#"{{"status": "ok", "data": {{"items": {list}}}}}"#),
        format!(r#"{{"rss": {{"channel": {{"item": {list}}}}}}}"#),
        format!(r#"{{"articles": {list}}}"#),
        list.to_owned(),
        format!(r#"[{{"title": "F", "items": {list}}}]"#),
        format!(r#"{{"status": "ok"}}{{"items": {list}}}"#),
        format!(r#"{{"items": {list}}}{{"items": []}}"#),
        format!(r#"{{"items": {list}, "items": null}}"#),
        r#"{"items": {"a": {"id": 1, "title": "A"}, "b": {"id": 2, "title": "B"}}}"#.to_owned(),
        r#"{"items": [{"id": 1, "title": "A"}], "items": [{"id": 2, "title": "B"}]}"#.to_owned(),
        format!("/**/goi({{\"items\": {list}}});"),
        format!("var feed = {{\"items\": {list}}};"),
        format!(")]}}',\n{{\"items\": {list}}}"),
        format!("\u{FEFF}\n{{\"items\": {list}}}"),
        format!("<br />\n<b>Warning</b>: [x] in y.php\n{{\"items\": {list}}}"),
        format!("{{\"items\": {list}}}\n<!-- 0.2 s -->"),
    ] {
        assert_eq!(titles(&read(&text)), ["A", "B"], "{text}");
    }
    let single = read(r#"{"items": {"id": 1, "title": "A"}}"#);
    assert_eq!(titles(&single), ["A"]);
    for empty in [
        r#"{"version": "https://jsonfeed.org/version/1"}"#,
        r#"{"title": "F", "items": []}"#,
        r#"{"items": []}"#,
    ] {
        assert!(read(empty).entries.is_empty(), "{empty}");
    }
}

#[test]
fn damaged_json_is_mended_and_told() {
    for (damaged, repair) in [
        (r#"[{"id": 1, "title": "A",}, {"id": 2, "title": "B"},]"#, "commas too many"),
        (r#"[{"id": 1 "title": "A"} {"id": 2, "title": "B"}]"#, "missing commas"),
        ("[{\"id\": 1, \"title\": \"A\"}, // x\n {\"id\": 2, /* y */ \"title\": \"B\"}]", "comments"),
        (r#"[{id: 1, title: "A"}, {'id': 2, 'title': 'B'}]"#, "unquoted"),
        ("[{\"id\": 1, \"title\": \"A\u{1}\"}, {\"id\": 2, \"title\": \"\nB\"}]", "control characters"),
        (r#"[{"id": 1, "title": "\A"}, {"id": 2, "title": "B"}]"#, "escapes"),
        (r#"[{"id": NaN, "title": "A"}, {"id": , "title": "B"}]"#, "missing values"),
        (r#"[{"id": 1, "title": "A", "x": {"y": [1, 2}}, {"id": 2, "title": "B"}]"#, "balanced"),
        (r#"[{"id": 1, "title": "A"}}, {"id": 2, "title": "B"}}]"#, "balanced"),
        (r#"[{"id": 1, "title": "A"}, {"id": 2, "title": "B"}"#, "breaks off"),
        (r#"[{"id": 1, "title": "A"}, {"id": 2, "title": "B"#, "breaks off"),
        (r#"[{"id": 1, "title": "A"}, {"id": 2, "title": "B", "url": "https://a.exa"#, "breaks off"),
        (r#"[{"id": 1, "title": "A"}, {"id": 2, "title": "B"}, {"ur"#, "breaks off"),
        (r#"[{"id": 1, "title": "A"}, {"id": 2, "title": "B"}, {"id": 3"#, "breaks off"),
    ] {
        let end = if repair == "breaks off" { "" } else { "}" };
        let feed =
            read(&format!(r#"{{"version": "https://jsonfeed.org/version/1", "items": {damaged}{end}"#));
        assert_eq!(titles(&feed), ["A", "B"], "{damaged}");
        assert!(feed.repairs.iter().any(|said| said.contains(repair)), "{damaged}: {:?}", feed.repairs);
        let cut = feed.entries.iter().any(|entry| entry.url.is_some());
        assert!(!cut, "half an address is another address: {damaged}");
    }
    for (title, plain) in [
        (r#"Ông nói "Không" với báo, "Có" với đài"#, r#"Ông nói "Không" với báo, "Có" với đài"#),
        (r"\ud83d\ude00 \u1ec7", "😀 ệ"),
        (r"\ud83d x \ude00", "\u{FFFD} x \u{FFFD}"),
        (r"C\u00", r"C\u00"),
        ("Hai\ndòng", "Hai dòng"),
        (r#"\"A\" \/ \\ B\t"#, r#""A" / \ B"#),
    ] {
        assert_eq!(
            item(&format!(r#""id": 1, "title": "{title}", "url": "/1""#)).title.as_deref(),
            Some(plain)
        );
    }
}

#[test]
fn what_is_no_feed_is_explained() {
    for (text, wanted) in [
        ("{}", "no items"),
        ("[]", "no items"),
        ("{", "no items"),
        ("[1, 2, 3]", "JSON"),
        (r#"{"error": "rate limit"}"#, "rate limit"),
        (r#"{"error": {"code": 7, "message": "no such page"}}"#, "no such page"),
        (r#"{"data": {"items": [1, 2]}}"#, "no items"),
        (r#"{"name": "x", "dependencies": {"version": "1"}}"#, "no items"),
        (r#"[{"name": "x"}, {"name": "y"}]"#, "no items"),
    ] {
        let error = read_bytes(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(wanted), "{text}: {error}");
    }
}

#[test]
fn deep_and_endless_json_is_bounded() {
    let deep = format!(
        r#"{{"items": [{{"id": 1, "title": "A", "x": {}}}]}}"#,
        "[".repeat(200_000) + &"]".repeat(200_000)
    );
    assert_eq!(titles(&read(&deep)), ["A"]);
    for piece in [
        "[",
        "{",
        "{\"a\":",
        "\"",
        "\\",
        "{\"a\":\"b\" ",
        "[\"",
        ",",
        "}",
        "]",
        "/*",
        "//",
        "{\"items\":[",
        "\" \"",
        "{a",
    ] {
        let _outcome = read_bytes(format!(r#"{{"items": [{}"#, piece.repeat(50_000)).as_bytes());
        let _outcome = read_bytes(piece.repeat(50_000).as_bytes());
    }
    let many = format!(r#"{{"items": [{}]}}"#, r#"{"id": 1, "title": "A"},"#.repeat(10_001));
    let feed = read(&many);
    assert_eq!(feed.entries.len(), 10_000);
    assert!(feed.repairs.iter().any(|said| said.contains("only the first 10000")), "{:?}", feed.repairs);
    let long = item(&format!(r#""content_html": "{}""#, "ệ".repeat(1 << 20)));
    assert!(long.content.unwrap().len() <= 1 << 20);
}
