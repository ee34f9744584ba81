//! The papers as a reader with a browser, or a monitor, meets them.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::story::{self, Appears, Story};
use super::{Effect, Newsroom, Paper};
use crate::clock::Clock;
use crate::model::Timestamp;

const TRACKED: [&str; 8] = ["Huawei", "Hoa Vi", "华为", "SMIC", "中芯国际", "DeepSeek", "Nvidia", "ốp lưng"];
const RSS: &str = "/vi/rss.xml";
const ATOM: &str = "/en/feed.atom";

/// A newsroom whose time stands still until it is moved.
struct Visit {
    clock: Clock,
    opened_at: Timestamp,
    newsroom: Newsroom,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Visit {
    async fn at_speed(speed: u32) -> Self {
        let opened_at = Timestamp::from_micros(1_795_260_600_000_000); // Saturday, 2026-11-21, 18:30 in Vietnam
        let clock = Clock::settable(opened_at);
        let newsroom = Newsroom::start(clock.clone(), speed).await.unwrap();
        Self { clock, opened_at, newsroom }
    }

    fn wait_until(&self, seconds: u64) {
        self.clock.set(self.opened_at.plus(Duration::from_secs(seconds)));
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, "").await
    }

    async fn get_with(&self, path: &str, headers: &str) -> Answer {
        let host = self.newsroom.base_url().strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(host).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    /// The headlines of a feed, newest first.
    async fn headlines(&self, feed: &str) -> Vec<String> {
        let body = self.get(feed).await.body;
        let titles = body.split("<title>").skip(2).filter_map(|rest| rest.split("</title>").next());
        titles.map(str::to_owned).collect()
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn story(slug: &str) -> &'static Story {
    story::all().find(|story| story.slug == slug).unwrap()
}

/// Everything that belongs to the article itself.
fn own_text(story: &Story) -> String {
    [story.title, story.lead, story.caption, &story.paragraphs.join("\n")].join("\n")
}

fn names_in(text: &str) -> Vec<&'static str> {
    TRACKED.into_iter().filter(|name| text.contains(name)).collect()
}

#[tokio::test]
async fn articles_appear_by_the_script_newest_first() {
    let visit = Visit::at_speed(1).await;
    assert_eq!(visit.headlines(RSS).await.len(), 2);
    assert!(visit.headlines(ATOM).await.is_empty());

    visit.wait_until(10);
    let vietnamese = visit.headlines(RSS).await;
    assert_eq!(
        vietnamese.first().map(String::as_str),
        Some("Huawei mở phòng thí nghiệm chip chạy bằng thủy triều ở Hòn Mây")
    );
    assert_eq!(
        visit.headlines(ATOM).await,
        ["DeepSeek trains a model to forecast tides from harbour gossip"]
    );

    visit.wait_until(60);
    let everything = visit.headlines(RSS).await.len() + visit.headlines(ATOM).await.len();
    assert_eq!(everything, story::all().count());
}

#[tokio::test]
async fn a_faster_newsroom_plays_the_same_script_sooner() {
    let visit = Visit::at_speed(4).await;
    visit.wait_until(15);
    assert_eq!(visit.headlines(RSS).await.len() + visit.headlines(ATOM).await.len(), story::all().count());
    assert!(visit.newsroom.script().iter().all(|scene| scene.at <= Duration::from_secs(15)));
}

#[tokio::test]
async fn an_unchanged_feed_answers_304_until_something_appears() {
    let visit = Visit::at_speed(1).await;
    for (feed, quiet, news) in [(RSS, 4, 5), (ATOM, 9, 10)] {
        visit.wait_until(0);
        let first = visit.get(feed).await;
        let known = format!("If-None-Match: \"other\", W/{}\r\n", first.header("etag").unwrap());

        visit.wait_until(quiet);
        let second = visit.get_with(feed, &known).await;
        assert_eq!(
            (second.status, second.body.as_str(), second.header("etag")),
            (304, "", first.header("etag"))
        );

        visit.wait_until(news);
        assert_eq!(visit.get_with(feed, &known).await.status, 200);
    }
}

#[tokio::test]
async fn an_article_cannot_be_read_before_it_is_published() {
    let visit = Visit::at_speed(1).await;
    visit.wait_until(60);
    for story in story::all() {
        if let Appears::After(seconds @ 1..) = story.appears {
            visit.wait_until(seconds - 1);
            assert_eq!(visit.get(&story.path()).await.status, 404, "{}", story.slug);
            visit.wait_until(seconds);
        }
        let page = visit.get(&story.path()).await;
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
        for text in [story.title, story.lead, story.author, story.caption].iter().chain(story.paragraphs) {
            assert!(page.body.contains(text), "{} lacks {text}", story.slug);
        }
    }
}

#[tokio::test]
async fn other_addresses_are_missing_or_plain() {
    let visit = Visit::at_speed(1).await;
    for (path, status) in [
        ("/robots.txt", 200),
        ("/anh/minh-hoa.svg", 200),
        ("/vi/", 200),
        ("/en/", 200),
        ("/fr/", 404),
        ("/vi/khong-co.html", 404),
        ("/vi/..%2fen%2f", 404),
        ("/", 404),
    ] {
        assert_eq!(visit.get(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn one_number_changes_without_a_word_in_the_feed() {
    let visit = Visit::at_speed(1).await;
    let edited = story::all().find(|story| story.edit.is_some()).unwrap();
    let edit = edited.edit.unwrap();
    visit.wait_until(edit.at - 1);
    let (feed, before) = (visit.get(RSS).await.body, visit.get(&edited.path()).await);
    visit.wait_until(edit.at);
    let after = visit.get(&edited.path()).await;

    assert_eq!(visit.get(RSS).await.body, feed);
    assert_eq!(before.body.replace(edit.from, edit.to), after.body);
    assert_ne!(before.body, after.body);
    assert_ne!(before.header("etag"), after.header("etag"));
}

#[test]
fn the_republished_article_is_the_same_word_for_word() {
    let copy = story::all().find(|story| story.credit.is_some()).unwrap();
    let original = story::all().find(|story| story.title == copy.title && story.credit.is_none()).unwrap();
    assert_eq!((original.lead, original.paragraphs), (copy.lead, copy.paragraphs));
    assert_ne!(original.paper, copy.paper);
    assert_ne!(original.path(), copy.path());
}

#[tokio::test]
async fn silent_articles_name_tracked_things_only_around_them() {
    let visit = Visit::at_speed(1).await;
    visit.wait_until(60);
    for slug in ["robot-phan-loai-ca-hon-may", "lighthouse-keeper-solves-chess"] {
        let story = story(slug);
        assert_eq!(names_in(&own_text(story)), Vec::<&str>::new(), "{slug}");
        assert!(names_in(&visit.get(&story.path()).await.body).len() >= 3, "{slug}");
    }
}

#[test]
fn what_the_script_expects_follows_from_the_texts() {
    for story in story::all() {
        let names = names_in(&own_text(story));
        let in_rule = names.iter().any(|name| !matches!(*name, "Nvidia" | "ốp lưng"));
        let excluded = names.contains(&"ốp lưng");
        let is_first = story.credit.is_none() && matches!(story.appears, Appears::After(_));
        let effect = match (is_first && !names.is_empty(), in_rule && !excluded) {
            (false, _) => Effect::Silence,
            (true, true) => Effect::Alert,
            (true, false) => Effect::Digest,
        };
        assert_eq!(story.effect, effect, "{} names {names:?}", story.slug);
    }
}

#[tokio::test]
async fn the_script_tells_everything_in_order() {
    let scenes = Visit::at_speed(1).await.newsroom.script();
    assert!(scenes.is_sorted_by_key(|scene| scene.at));
    assert_eq!(scenes.len(), story::all().count() + 1);
    assert!(scenes.last().is_some_and(|scene| scene.at < Duration::from_mins(1)));
    for scene in &scenes {
        assert!(scene.happens.starts_with(scene.paper.name()) && !scene.expect.is_empty(), "{scene:?}");
    }
    let alerts = scenes.iter().filter(|scene| scene.effect == Effect::Alert).count();
    assert_eq!(alerts, 5);
}

#[tokio::test]
async fn the_pages_say_when_and_by_whom_in_the_papers_own_way() {
    let visit = Visit::at_speed(1).await;
    visit.wait_until(10);
    let vietnamese = visit.get("/vi/huawei-mo-phong-thi-nghiem-thuy-trieu.html").await.body;
    assert!(vietnamese.contains("<span class=\"detail-time\">Thứ Bảy, 21/11/2026 18:30 (GMT+7)</span>"));
    assert!(visit.get(RSS).await.body.contains("<pubDate>Sat, 21 Nov 2026 18:30:05 +0700</pubDate>"));
    assert!(visit.get(ATOM).await.body.contains("<published>2026-11-21T18:30:10+07:00</published>"));
    let english = visit.get("/en/deepseek-tide-model-reads-gossip.html").await.body;
    assert!(
        english
            .contains("<time datetime=\"2026-11-21T18:30:10+07:00\">November 21, 2026, 18:30 GMT+7</time>")
    );
    assert!(english.contains("\"datePublished\":\"2026-11-21T18:30:10+07:00\""));
}

#[tokio::test]
async fn the_settings_watch_both_papers() {
    let visit = Visit::at_speed(1).await;
    let text = visit.newsroom.sources_toml(Path::new("/srv/a \"quoted\" \\ folder"));
    let settings: toml::Table = toml::from_str(&text).unwrap();

    assert_eq!(settings["daemon"]["data_dir"].as_str(), Some("/srv/a \"quoted\" \\ folder"));
    let sections: BTreeSet<&str> = settings.keys().map(String::as_str).collect();
    let known = ["alert", "daemon", "defaults", "digest", "entity", "fetch", "source", "web"];
    assert_eq!(sections, BTreeSet::from(known));
    let urls: Vec<&str> =
        settings["source"].as_array().unwrap().iter().filter_map(|source| source["url"].as_str()).collect();
    for (url, paper) in urls.into_iter().zip([Paper::CanhDieu, Paper::LanternWire]) {
        assert_eq!(url, format!("{}{}", visit.newsroom.base_url(), paper.feed_path()));
        assert_eq!(visit.get(paper.feed_path()).await.status, 200);
    }
}
