//! Articles that a feed carries itself.

use chrono_tz::Asia::Ho_Chi_Minh;
use url::Url;

use super::super::{Origin, from_entry};
use super::{FIRST, SECOND};
use crate::model::{Article, Entry, EntryKey, Verdict};

fn of_entry(summary: &str, content: &str) -> Article {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let entry = Entry {
        id: None,
        key: EntryKey::new("k"),
        url: Some("https://bao.example/a.html".to_owned()),
        title: Some("Chip  mới ra mắt".to_owned()),
        authors: vec!["Hà Anh".to_owned()],
        published: None,
        updated: None,
        summary: text(summary),
        content: text(content),
        categories: Vec::new(),
        shares_address: false,
    };
    let url = Url::parse("https://bao.example/rss.xml").unwrap();
    from_entry(&entry, Origin { url: &url, content_type: None, timezone: Ho_Chi_Minh, language: "vi" })
}

#[test]
fn the_longer_text_is_the_body() {
    let html = format!(
        "<p>{FIRST}</p><figure><img src=a.jpg><figcaption>Ảnh: Lan</figcaption></figure><p>{SECOND}</p>"
    );
    let picture = format!("<a href=/a><img src=a.jpg></a><br>{FIRST}");
    let other = "Một câu tóm tắt do tòa soạn viết riêng cho bản tin, nói điều khác với bài.";
    let advertised =
        format!("<p>{FIRST}</p><p>The post <a href=/a>Chip</a> appeared first on <a href=/>Báo</a>.</p>");
    for (what, summary, content, lead, paragraphs) in [
        ("content", "", html.as_str(), "", vec![FIRST, SECOND]),
        ("summary alone", picture.as_str(), "", "", vec![FIRST]),
        ("summary repeats the content", FIRST, html.as_str(), "", vec![FIRST, SECOND]),
        ("summary says something else", other, html.as_str(), other, vec![FIRST, SECOND]),
        (
            "plain text",
            "Dòng một &amp; hai.\n\nDòng ba: 3 < 4.",
            "",
            "",
            vec!["Dòng một & hai.", "Dòng ba: 3 < 4."],
        ),
        ("blog software", "", advertised.as_str(), "", vec![FIRST]),
    ] {
        let article = of_entry(summary, content);
        assert_eq!(
            (article.lead.as_str(), article.paragraphs),
            (lead, paragraphs.into_iter().map(str::to_owned).collect()),
            "{what}"
        );
    }
}

#[test]
fn what_the_feed_says_of_the_entry_is_kept() {
    let article = of_entry(FIRST, "");
    assert_eq!(
        (article.title.as_str(), article.canonical_url.as_str()),
        ("Chip mới ra mắt", "https://bao.example/a.html")
    );
    assert_eq!((article.authors, article.language.as_deref()), (vec!["Hà Anh".to_owned()], Some("vi")));
    assert_eq!(of_entry("", "").verdict, Verdict::Empty);
}
