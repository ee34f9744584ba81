//! robots.txt before pages.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use url::Url;

use super::super::{Cause, FailureClass, FetchError, Fetched, Fetcher, Kind, Target, Validators};
use super::{SETTINGS, fetcher, noon};
use crate::http::loopback::{Site, answer};
use crate::model::{Robots, Route, Timestamp};

async fn obeying(fetcher: &Fetcher, url: &Url, now: Timestamp) -> Result<Fetched, FetchError> {
    let validators = Validators::default();
    let target = Target {
        url,
        validators: &validators,
        kind: Kind::Page,
        configured_host: Some("127.0.0.1"),
        robots: Robots::Obey,
        private_headers: &[],
        route: &Route::Usual,
    };
    fetcher.fetch(target, now).await
}

/// What the site was asked for, without its robots.txt.
fn pages(site: &Site) -> Vec<String> {
    site.seen().into_iter().map(|seen| seen.path).filter(|path| path != "/robots.txt").collect()
}

fn robots_read(site: &Site) -> usize {
    site.seen().len() - pages(site).len()
}

async fn site_with(status: u16, robots: &'static str) -> Site {
    Site::start(move |asked| match asked.path.as_str() {
        "/robots.txt" => answer(status, &[], robots),
        "/open" => answer(302, &[("location", "/private/open")], ""),
        path => answer(200, &[], path.to_owned()),
    })
    .await
}

#[tokio::test]
async fn what_robots_txt_forbids_is_not_fetched_and_its_reason_named() {
    let site = site_with(200, "User-agent: diemtin\nDisallow: /private\n").await;
    let fetcher = fetcher(SETTINGS);
    assert!(obeying(&fetcher, &site.url("/tin"), noon()).await.is_ok());
    for path in ["/private/1", "/open"] {
        let error = obeying(&fetcher, &site.url(path), noon()).await.unwrap_err();
        assert_eq!((error.class, error.cause), (FailureClass::Never, Cause::Robots), "{path}");
        assert!(error.message.contains("blocked by robots.txt of 127.0.0.1"), "{}", error.message);
    }
    assert_eq!(pages(&site), ["/tin", "/open"], "not even a redirect leads there");
    assert_eq!(robots_read(&site), 1, "it is read once");
}

#[tokio::test]
async fn a_redirect_to_another_site_is_under_that_ones_rules() {
    let other = site_with(200, "User-agent: *\nDisallow: /private\n").await;
    let target = other.url("/private/2").to_string();
    let site = Site::start(move |asked| match asked.path.as_str() {
        "/robots.txt" => answer(404, &[], ""),
        _ => answer(302, &[("location", &target)], ""),
    })
    .await;
    let error = obeying(&fetcher(SETTINGS), &site.url("/tin"), noon()).await.unwrap_err();
    assert_eq!(error.cause, Cause::Robots, "{}", error.message);
    assert!(pages(&other).is_empty());
}

#[tokio::test]
async fn the_status_of_robots_txt_decides_where_there_are_no_rules() {
    for (status, allowed) in [
        (204, true),
        (301, true),
        (401, true),
        (403, true),
        (404, true),
        (410, true),
        (429, false),
        (500, false),
        (503, false),
    ] {
        let site = site_with(status, "").await;
        let fetched = obeying(&fetcher(SETTINGS), &site.url("/tin"), noon()).await;
        assert_eq!(fetched.is_ok(), allowed, "{status}");
        assert_eq!(pages(&site).len(), usize::from(allowed), "{status}");
        if let Err(error) = fetched {
            let later = FailureClass::Later { after: None };
            assert_eq!((error.class, error.cause), (later, Cause::RobotsUnread), "{status}");
            assert!(error.message.contains(&status.to_string()), "{}", error.message);
        }
    }
}

#[tokio::test]
async fn rules_hold_for_a_day_and_over_an_outage() {
    let status = Arc::new(Mutex::new(200));
    let shown = Arc::clone(&status);
    let site = Site::start(move |asked| match asked.path.as_str() {
        "/robots.txt" => answer(*shown.lock().unwrap(), &[], "User-agent: *\nDisallow: /private\n"),
        _ => answer(200, &[], ""),
    })
    .await;
    let (fetcher, hour) = (fetcher(SETTINGS), Duration::from_hours(1));
    let (private, open) = (site.url("/private"), site.url("/tin"));
    let steps = [
        (200, 0, 1, "first"),
        (500, 23, 1, "still fresh"),
        (500, 25, 2, "the outage begins"),
        (500, 25, 2, "not asked again at once"),
        (500, 26, 3, "asked again later"),
        (404, 27, 4, "gone: nothing is forbidden any more"),
    ];
    for (now_answers, hours, asked, why) in steps {
        *status.lock().unwrap() = now_answers;
        let now = noon().plus(hour * hours);
        assert!(obeying(&fetcher, &open, now).await.is_ok(), "{why}");
        assert_eq!(obeying(&fetcher, &private, now).await.is_ok(), now_answers == 404, "{why}");
        assert_eq!(robots_read(&site), asked, "{why}");
    }
}

#[tokio::test]
async fn endless_robots_files_and_redirects_end() {
    let hops = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&hops);
    let site = Site::start(move |asked| {
        let long = format!("User-agent: *\nDisallow: /private\n{}", "#\n".repeat(400_000));
        match asked.path.as_str() {
            "/robots.txt" => answer(302, &[("location", "/robots-0")], ""),
            "/robots-4" => answer(200, &[], long),
            path if path.starts_with("/robots-") => {
                let next = format!("/robots-{}", counted.fetch_add(1, Ordering::SeqCst) + 1);
                answer(302, &[("location", &next)], "")
            }
            _ => answer(200, &[], ""),
        }
    })
    .await;
    let fetcher = fetcher(SETTINGS);
    let error = obeying(&fetcher, &site.url("/private"), noon()).await.unwrap_err();
    assert_eq!(error.cause, Cause::Robots, "five redirects are followed, 500 KiB are read");
    assert!(obeying(&fetcher, &site.url("/tin"), noon()).await.is_ok());
}

#[tokio::test]
async fn visitors_of_one_host_share_its_robots_txt_and_keep_its_pause() {
    let site = site_with(200, "User-agent: *\nCrawl-delay: 0.2\n").await;
    let fetcher = fetcher(SETTINGS);
    let started = Instant::now();
    let mut under_way = tokio::task::JoinSet::new();
    for number in 0..3 {
        let (fetcher, url) = (fetcher.clone(), site.url(&format!("/{number}")));
        under_way.spawn(async move { obeying(&fetcher, &url, noon()).await.is_ok() });
    }
    assert!(under_way.join_all().await.into_iter().all(|fine| fine));
    assert!(started.elapsed() >= Duration::from_millis(400), "two pauses between three pages");
    assert_eq!(robots_read(&site), 1);
}

#[tokio::test]
async fn what_the_guard_refuses_is_not_put_down_to_robots_txt() {
    let inside = site_with(200, "").await;
    let target = inside.named_url("/tin").to_string();
    let site = Site::start(move |_| answer(302, &[("location", &target)], "")).await;
    let fetcher = fetcher(SETTINGS);
    for url in [
        inside.named_url("/tin"),
        "file:///etc/passwd".parse().unwrap(),
        "http://[::1]:9999/".parse().unwrap(),
    ] {
        let error = obeying(&fetcher, &url, noon()).await.unwrap_err();
        assert_eq!((error.class, error.cause), (FailureClass::Never, Cause::Refused), "{}", error.message);
    }
    let error = obeying(&fetcher, &site.url("/tin"), noon()).await.unwrap_err();
    assert_eq!(error.cause, Cause::RobotsUnread, "its robots.txt leads inside: {}", error.message);
    assert!(inside.seen().is_empty());
}

#[tokio::test]
async fn a_sources_own_headers_go_to_its_pages_and_not_to_where_they_lead() {
    let other = site_with(404, "").await;
    let target = other.url("/tin").to_string();
    let site = Site::start(move |asked| match asked.path.as_str() {
        "/away" => answer(302, &[("location", &target)], ""),
        _ => answer(200, &[], ""),
    })
    .await;
    let own = [("user-agent", "Reader"), ("accept", "text/plain"), ("cookie", "id=1")];
    let own = own.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (url, validators) = (site.url("/away"), Validators::default());
    let target = Target {
        url: &url,
        validators: &validators,
        kind: Kind::Page,
        configured_host: url.host_str(),
        robots: Robots::Ignore,
        private_headers: &own,
        route: &Route::Usual,
    };
    fetcher(SETTINGS).fetch(target, noon()).await.unwrap();
    let (shown, led) = (&site.seen()[0], &other.seen()[0]);
    let accepts = shown.headers.iter().filter(|(name, _)| name == "accept").count();
    assert_eq!(
        (shown.header("user-agent"), shown.header("accept"), accepts),
        (Some("Reader"), Some("text/plain"), 1)
    );
    assert_eq!((shown.header("cookie"), led.header("cookie")), (Some("id=1"), None));
    assert_eq!(led.header("user-agent"), Some("diemtin"));
}

#[tokio::test]
async fn a_host_that_asks_for_patience_is_asked_for_no_article_until_then() {
    for (status, told, told_of, wait) in [
        (429, Some("600"), "/tin/1", 600),
        (503, Some("600"), "/tin/1", 600),
        (429, Some("600"), "/rss", 600),
        (429, None, "/tin/1", 30),
        (429, Some("999999999"), "/tin/1", 24 * 3600),
    ] {
        let site = Site::start(move |asked| match (asked.path.as_str(), told) {
            ("/robots.txt", _) => answer(404, &[], ""),
            (path, Some(told)) if path == told_of => answer(status, &[("retry-after", told)], ""),
            (path, None) if path == told_of => answer(status, &[], ""),
            _ => answer(200, &[], ""),
        })
        .await;
        let fetcher = fetcher(SETTINGS);
        let at = |seconds| noon().plus(Duration::from_secs(seconds));
        let article = async |path, now| obeying(&fetcher, &site.url(path), now).await;
        assert!(article(told_of, noon()).await.is_err());
        let error = article("/tin/2", at(wait - 10)).await.unwrap_err();
        let left = FailureClass::Unsent { left: Duration::from_secs(10) };
        assert_eq!((error.class, error.cause), (left, Cause::Throttled), "{}", error.message);
        assert_eq!(pages(&site), [told_of], "{status} {told:?}: nothing is sent");
        assert!(article("/tin/2", at(wait + 1)).await.is_ok());
    }
}

#[tokio::test]
async fn a_robots_txt_that_is_asked_for_too_often_is_left_alone_for_as_long_as_it_says() {
    let site = Site::start(|_| answer(429, &[("retry-after", "900")], "")).await;
    let fetcher = fetcher(SETTINGS);
    for (minutes, read) in [(0, 1), (6, 1), (14, 1), (16, 2)] {
        let now = noon().plus(Duration::from_mins(minutes));
        assert!(obeying(&fetcher, &site.url("/tin"), now).await.is_err());
        assert_eq!(robots_read(&site), read, "after {minutes} minutes");
    }
}
