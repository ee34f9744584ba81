//! Feeds that we write, read by our own reader.

use chrono::DateTime;
use chrono_tz::Tz;
use url::Url;

use super::*;
use crate::feed::{Origin, parse};
use crate::model::{Feed, FeedFormat};

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

fn article() -> Article {
    Article {
        url: "https://bao.example/chip?a=1&b=2".to_owned(),
        title: "Chip <mới> & \"rẻ\"".to_owned(),
        authors: vec!["Lê Văn Thử".to_owned()],
        published: Some(Moment::Instant(DateTime::parse_from_rfc3339("2026-11-20T08:00:00+07:00").unwrap())),
        language: Some("vi".to_owned()),
        lead: "Đoạn dẫn\u{1}.".to_owned(),
        paragraphs: vec!["Một <b> & hai.".to_owned(), "Ba.".to_owned()],
        ..Article::default()
    }
}

fn read(text: &str) -> Feed {
    let url = Url::parse("https://desk.example/feed").unwrap();
    parse(text.as_bytes(), Origin { url: &url, content_type: None, timezone: Tz::UTC }).unwrap()
}

#[test]
fn both_formats_say_what_the_article_says() {
    let (article, id) = (article(), ArticleId::new(NOW));
    let (entities, alerts) = (["Huawei".to_owned()], ["Chip & AI".to_owned()]);
    let bare = Article { url: "https://bao.example/2".to_owned(), ..Article::default() };
    let post =
        Post { id, article: &article, source: "Báo", filed_at: NOW, entities: &entities, alerts: &alerts };
    let posts = [post, Post { article: &bare, id: ArticleId::new(NOW), entities: &[], alerts: &[], ..post }];
    let channel = Channel { title: "Điểm tin: Huawei & SMIC", now: NOW };
    for (text, format) in
        [(atom(channel, &posts), FeedFormat::Atom), (json(channel, &posts), FeedFormat::Json)]
    {
        let feed = read(&text);
        assert_eq!((feed.format, feed.title.as_deref()), (format, Some(channel.title)), "{text}");
        assert!(feed.repairs.is_empty(), "{:?}", feed.repairs);
        let [first, second] = feed.entries.as_slice() else { panic!("{text}") };
        assert_eq!(first.id.as_deref(), Some(format!("urn:uuid:{id}").as_str()));
        assert_eq!(first.url.as_deref(), Some(article.url.as_str()));
        assert_eq!(first.title.as_deref(), Some(article.title.as_str()));
        assert_eq!(first.authors, article.authors);
        assert_eq!(first.published.unwrap().to_string(), "2026-11-20T08:00:00+07:00");
        assert!(
            first.content.as_deref().unwrap().contains("<p>Một &lt;b&gt; &amp; hai.</p><p>Ba.</p>"),
            "{text}"
        );
        assert_eq!(first.categories.first().map(String::as_str), Some("Huawei"));
        assert_eq!(second.title.as_deref(), Some("https://bao.example/2"));
    }
}

#[test]
fn the_same_feed_keeps_its_identity_and_an_empty_one_is_a_feed() {
    let channel = |title| Channel { title, now: NOW };
    assert_eq!(channel("A").id(), channel("A").id());
    assert_ne!(channel("A").id(), channel("B").id());
    assert!(read(&atom(channel("A"), &[])).entries.is_empty());
    assert!(read(&json(channel("A"), &[])).entries.is_empty());
}
