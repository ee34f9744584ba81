//! A source that fails: recorded, told once, tried again, and no reason for the others to wait.

use super::*;
use crate::fetch::Cause;
use crate::model::{Proxy, Route};
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
        assert!(bad.next_poll_at > Some(desk.now()));
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

const PATIENCE: Duration = Duration::from_hours(25);

/// What `/old` redirects to, by status.
fn redirect(desk: &Desk, status: u16, to: &str) {
    desk.put("/old", status, desk.site.url(to).as_str());
}

async fn moved_to(desk: &Desk) -> Option<String> {
    desk.context.store.source_rows().await.unwrap().remove(0).moved_to.map(String::from)
}

async fn rounds(desk: &Desk, count: u32) {
    for _ in 0..count {
        desk.round().await;
        desk.pass(PATIENCE);
    }
}

#[tokio::test]
async fn a_permanent_redirect_is_remembered_told_once_and_polled() {
    let desk = Desk::open(&["/old"]).await;
    desk.publish("/new", &[("/a", "Huawei ra mắt chip mới")]);
    redirect(&desk, 301, "/new");
    rounds(&desk, 5).await;
    assert_eq!(moved_to(&desk).await, Some(desk.site.url("/new").to_string()));
    let asked = |path: &str| desk.site.seen().iter().filter(|seen| seen.path == path).count();
    assert_eq!((asked("/old"), asked("/new")), (3, 5));
    let told: Vec<String> = desk
        .mails()
        .iter()
        .filter_map(|mail| subject(mail))
        .filter(|subject| subject.contains("moved"))
        .collect();
    assert_eq!(told, ["Subject: Source has moved: /old"]);
    // The new address vanishes and the old one is a feed again.
    desk.put("/new", 404, "");
    desk.publish("/old", &[("/b", "Tin khác")]);
    rounds(&desk, 1).await;
    assert_eq!(moved_to(&desk).await, None);
}

#[tokio::test]
async fn no_temporary_redirect_and_none_to_a_page_is_remembered() {
    for (status, path) in [(302, "/new"), (307, "/new"), (301, "/page"), (308, "/nothing")] {
        let desk = Desk::open(&["/old"]).await;
        desk.publish("/new", &[("/a", "Huawei ra mắt chip mới")]);
        desk.put("/page", 200, "<!DOCTYPE html><html><body><p>Trang chủ</p></body></html>");
        redirect(&desk, status, path);
        rounds(&desk, 5).await;
        assert_eq!(moved_to(&desk).await, None, "{status} to {path}");
    }
}

#[tokio::test]
async fn the_whole_feed_is_asked_for_once_a_day_although_it_says_that_nothing_changed() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[]);
    for _ in 0..4 * 60 {
        desk.poll_due().await;
        desk.pass(16 * MINUTE);
    }
    let seen = desk.site.seen();
    let whole = seen.iter().filter(|seen| seen.header("if-none-match").is_none()).count();
    assert!((60..=240).contains(&seen.len()), "{}", seen.len());
    assert_eq!(whole, 3, "the first, and one in each of two and a half days");
}

#[tokio::test]
async fn a_source_that_is_gone_is_told_once_and_left_alone() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/rss", 410, "");
    for _ in 0..3 {
        desk.round().await;
        desk.pass(Duration::from_hours(25));
    }
    desk.pass(Duration::from_hours(24 * 365));
    desk.round().await;
    let asked = || desk.site.seen().iter().filter(|seen| seen.path == "/rss").count();
    assert_eq!((asked(), desk.mails().len()), (1, 1));
    desk.context.store.make_due(vec!["/rss".to_owned()], desk.now()).await.unwrap();
    desk.round().await;
    assert_eq!((asked(), desk.mails().len()), (2, 1), "asked for by hand, and nothing new to tell");
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

const CHALLENGE: &str =
    "<html><title>Just a moment...</title><body><script>window._cf_chl_opt={}</script></body></html>";
const LOGIN: &str = "<html><title>Đăng nhập</title><body><form><input type=password></form></body></html>";

#[tokio::test]
async fn what_stands_in_the_place_of_a_source_is_told_by_its_name() {
    let maintenance = "<html><title>Bảo trì</title><body>Hệ thống đang bảo trì</body></html>";
    let lost = "<html><title>Không tìm thấy trang</title><body><h1>404</h1></body></html>";
    let parked = "<html><title>bao.example is for sale</title><body><h1>Buy this domain</h1></body></html>";
    let plain = "<!DOCTYPE html><html><body><p>Xin chào</p></body></html>";
    for (status, body, cause, said) in [
        (200, CHALLENGE, Cause::BotWall, "check for robots (Cloudflare)"),
        (403, CHALLENGE, Cause::BotWall, "answered 403"),
        (503, CHALLENGE, Cause::BotWall, "check for robots (Cloudflare)"),
        (200, LOGIN, Cause::Login, "login form"),
        (200, maintenance, Cause::Server, "being mended"),
        (503, maintenance, Cause::Server, "overloaded"),
        (200, lost, Cause::NotFound, "no such page"),
        (404, CHALLENGE, Cause::NotFound, "answered 404"),
        (200, parked, Cause::NotFound, "no site here"),
        (200, plain, Cause::Unreadable, ""),
        (403, plain, Cause::Forbidden, "answered 403"),
    ] {
        for kind in [SourceKind::Feed, SourceKind::Sitemap, SourceKind::Listing, SourceKind::Page] {
            let mut desk = Desk::open(&["/rss"]).await;
            let mut changed = plan(&desk.site, &["/rss"]);
            changed.sources.values_mut().for_each(|source| source.kind = kind);
            desk.context.plan = Arc::new(changed);
            desk.put("/rss", status, body);
            desk.poll_due().await;
            let row = desk.context.store.source_rows().await.unwrap().remove(0);
            if kind == SourceKind::Page && body == plain && status == 200 {
                assert_eq!(row.state, SourceState::Ok);
                continue;
            }
            let error = row.last_error.unwrap_or_default();
            assert_eq!(row.last_cause, Some(cause), "{kind:?} {status} {error}");
            assert!(error.contains(said) && error.contains("/rss"), "{kind:?} {error}");
        }
    }
}

#[tokio::test]
async fn a_part_of_a_sitemap_that_asks_for_patience_ends_the_poll_and_puts_off_the_next() {
    for readable in [true, false] {
        let mut desk = Desk::open(&["/list"]).await;
        let mut changed = plan(&desk.site, &["/list"]);
        changed.sources.values_mut().for_each(|source| source.kind = SourceKind::Sitemap);
        desk.context.plan = Arc::new(changed);
        let own = if readable { "<url><loc>http://127.0.0.1/tin</loc></url>" } else { "" };
        let part = |n: i32| format!("<sitemap><loc>{}</loc></sitemap>", desk.site.url(&format!("/{n}.xml")));
        let parts = (0..5).map(part).collect::<Vec<String>>().concat();
        desk.put("/list", 200, &format!("<sitemapindex>{own}{parts}</sitemapindex>"));
        for n in 0..5 {
            desk.put(&format!("/{n}.xml"), 429, "7200");
        }
        desk.poll_due().await;
        let asked = desk.site.seen().len();
        assert_eq!(asked, 2, "the index and the first of its parts");
        desk.pass(119 * MINUTE);
        assert!(desk.poll_due().await.is_empty(), "not before two hours are over");
        let row = desk.context.store.source_rows().await.unwrap().remove(0);
        assert_eq!(row.last_cause, (row.state == SourceState::Failing).then_some(Cause::Throttled));
    }
}

#[tokio::test]
async fn a_source_that_was_corrected_while_nothing_ran_is_due_at_the_start() {
    let corrections: [fn(&mut Source); 4] = [
        |source| source.kind = SourceKind::Listing,
        |source| source.robots = Robots::Ignore,
        |source| source.links = Some("h3 a".to_owned()),
        |source| source.tags = vec!["tech".to_owned()],
    ];
    for (correct, due) in corrections.into_iter().zip([true, true, true, false]) {
        let desk = Desk::open(&["/rss"]).await;
        desk.put("/rss", 500, "");
        desk.poll_due().await;
        desk.pass(MINUTE);
        let mut corrected = source(&desk.site, "/rss");
        correct(&mut corrected);
        let watched = WatchedSource {
            name: "/rss".to_owned(),
            was: None,
            url: corrected.url.to_string(),
            host_key: "127.0.0.1".to_owned(),
            every: 15 * MINUTE,
            asked_as: corrected.asked_as(),
        };
        desk.context.store.watch_sources(vec![watched], Holder::Daemon, desk.now()).await.unwrap();
        assert_eq!(desk.poll_due().await.len(), usize::from(due), "{}", corrected.asked_as());
    }
}

#[tokio::test]
async fn how_a_source_is_asked_is_the_same_line_in_every_release() {
    let desk = Desk::open(&["/rss"]).await;
    let plain = source(&desk.site, "/rss");
    assert_eq!(plain.asked_as(), "feed Obey Usual [] ");
    let proxy = Proxy::new("http://bot:hunter2@proxy.example:3128".parse().unwrap());
    let access =
        Access::new(vec![("cookie".to_owned(), "1".to_owned()), ("x-key".to_owned(), "2".to_owned())]);
    let other = Source {
        kind: SourceKind::Listing,
        links: Some("h3 a".to_owned()),
        robots: Robots::Ignore,
        route: Route::Through(proxy),
        access,
        ..plain
    };
    assert_eq!(
        other.asked_as(),
        "listing Ignore Through(Proxy(proxy.example:3128)) [\"cookie\", \"x-key\"] h3 a"
    );
}
