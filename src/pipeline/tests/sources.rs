//! A source that fails: recorded, told once, tried again, and no reason for the others to wait.

use super::*;
use crate::store::SourceState;

#[tokio::test]
async fn what_is_no_feed_is_a_failure_with_a_sentence() {
    for (status, body, expected) in [
        (200, "<!DOCTYPE html><html><body><p>Xin chào</p></body></html>", "HTML"),
        (200, "", "empty"),
        (404, "", "404"),
        (500, "", "500"),
    ] {
        let desk = Desk::open(&["/bad", "/good"]).await;
        desk.put("/bad", status, body);
        desk.publish("/good", &[("/a", "Huawei ra mắt chip mới")]);
        desk.round().await;
        let rows = desk.context.store.source_rows().await.unwrap();
        let [bad, good] = rows.try_into().unwrap();
        let error = bad.last_error.unwrap_or_default();
        assert!(error.contains(expected), "{status}: {error}");
        assert!(bad.next_poll_at > desk.now());
        assert_eq!(good.state, SourceState::Ok);
        assert_eq!(desk.hooked().len(), 1, "the good source is not held up");
    }
}

#[tokio::test]
async fn a_broken_source_is_told_once_and_its_recovery_once() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/rss", 500, "");
    for _ in 0..6 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    assert_eq!(desk.mails().len(), 1);
    desk.publish("/rss", &[]);
    for _ in 0..2 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    let subjects: Vec<String> = desk.mails().iter().filter_map(|mail| subject(mail)).collect();
    assert_eq!(subjects, ["Subject: Source failing: /rss", "Subject: Source works again: /rss"]);
}

#[tokio::test]
async fn a_source_that_is_gone_is_told_once_and_left_alone() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/rss", 410, "");
    for _ in 0..3 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    assert_eq!(desk.site.seen().iter().filter(|seen| seen.path == "/rss").count(), 1);
    assert_eq!(desk.mails().len(), 1);
}

fn subject(mail: &str) -> Option<String> {
    mail.lines().find(|line| line.starts_with("Subject: ")).map(str::to_owned)
}

#[tokio::test]
async fn a_page_that_robots_txt_forbids_leaves_the_feeds_own_text() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/robots.txt", 200, "User-agent: diemtin\nDisallow: /kin\n");
    desk.publish("/rss", &[("/kin/huawei", "Huawei kín"), ("/tin/huawei", "Huawei mở")]);
    desk.poll_due().await;
    desk.ingest_due().await;
    let asked: Vec<String> = desk.site.seen().into_iter().map(|seen| seen.path).collect();
    assert!(!asked.iter().any(|path| path.starts_with("/kin/")), "{asked:?}");
    let article = |path: &str| desk.context.store.article_by_url(desk.site.url(path).to_string());
    let forbidden = article("/kin/huawei").await.unwrap().unwrap().article;
    assert_eq!(forbidden.title, "Tin /kin/huawei");
    assert!(
        forbidden.notes.iter().any(|note| note.contains("blocked by robots.txt")),
        "{:?}",
        forbidden.notes
    );
    assert!(article("/tin/huawei").await.unwrap().unwrap().article.notes.is_empty());
}

#[tokio::test]
async fn a_network_that_fails_is_one_message() {
    let paths: Vec<String> = (0..40).map(|number| format!("/rss{number}")).collect();
    let desk = Desk::open(&paths.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for _ in 0..3 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    desk.flush_due().await;
    let mails = desk.mails();
    assert_eq!(mails.len(), 1);
    assert!(subject(&mails[0]).unwrap().contains("40 sources have changed"), "{}", mails[0]);
}

#[tokio::test]
async fn a_source_that_is_well_again_before_anyone_was_told_is_no_news() {
    let desk = Desk::open(&["/rss"]).await;
    for _ in 0..2 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    desk.poll_due().await;
    desk.publish("/rss", &[]);
    desk.context.store.make_due(vec![], desk.now()).await.unwrap();
    desk.poll_due().await;
    desk.pass(Duration::from_hours(1));
    desk.flush_due().await;
    assert!(desk.mails().is_empty());
}
