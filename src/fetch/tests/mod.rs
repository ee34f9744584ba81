//! Fetching, against sites on loopback.

mod permissions;
mod turns;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::HeaderValue;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};
use url::Url;

use super::{Cause, FailureClass, FetchError, Fetched, Fetcher, Kind, Page, Settings, Target, Validators};
use crate::http;
use crate::http::loopback::{Site, answer};
use crate::model::{Robots, Route, Timestamp};

const SETTINGS: Settings = Settings {
    concurrency: 8,
    per_host: 2,
    per_host_delay: Duration::from_secs(1),
    silence: Duration::from_secs(5),
    max_feed: 2000,
    max_page: 1000,
};

thread_local! {
    /// Each test has a thread, and so a client, of its own; reading the system's certificates takes a while.
    static CLIENT: http::Client = {
        let allow_private = vec!["127.0.0.0/8".parse().unwrap()];
        let timeout = Duration::from_secs(5);
        http::Client::new(http::Settings {
            user_agent: "diemtin".to_owned(),
            timeout,
            allow_private,
            extra_roots: Vec::new(),
        }).unwrap()
    };
}

fn fetcher(settings: Settings) -> Fetcher {
    Fetcher::new(CLIENT.with(http::Client::clone), settings)
}

fn noon() -> Timestamp {
    Timestamp::from_micros(1_795_262_400_000_000)
}

async fn fetch(url: &Url, validators: &Validators, kind: Kind) -> Result<Fetched, FetchError> {
    let target = Target {
        url,
        validators,
        kind,
        configured_host: url.host_str(),
        robots: Robots::Ignore,
        private_headers: &[],
        route: &Route::Usual,
    };
    fetcher(SETTINGS).fetch(target, noon()).await
}

async fn page(url: &Url) -> Page {
    match fetch(url, &Validators::default(), Kind::Feed).await.unwrap() {
        Fetched::Page(page) => page,
        Fetched::NotModified { .. } => panic!("not a page"),
    }
}

#[tokio::test]
async fn validators_come_back_byte_for_byte() {
    let etag = "W/\"a b,\u{e9}\" ";
    let modified = "sat, 21 nov 2026 11:00 (ICT)";
    let site = Site::start(move |asked| match asked.header("if-none-match") {
        Some(_) => answer(304, &[("cache-control", "max-age=60")], ""),
        None => answer(
            200,
            &[("etag", etag), ("last-modified", modified), ("content-type", "text/xml")],
            "<rss/>",
        ),
    })
    .await;
    let first = page(&site.url("/rss")).await;
    assert_eq!(first.bytes, b"<rss/>");
    assert_eq!(first.content_type.as_deref(), Some("text/xml"));
    assert_eq!(first.validators.etag.as_deref(), Some(etag.trim_end()));
    let second = fetch(&site.url("/rss"), &first.validators, Kind::Feed).await.unwrap();
    assert!(matches!(second, Fetched::NotModified { fresh_for: Some(span), .. } if span.as_secs() == 60));
    let seen = site.seen();
    assert_eq!((seen[0].header("if-none-match"), seen[0].header("if-modified-since")), (None, None));
    assert_eq!(seen[1].header("if-none-match"), Some(etag.trim_end()));
    assert_eq!(seen[1].header("if-modified-since"), Some(modified));
}

#[tokio::test]
async fn a_validator_that_cannot_go_back_as_it_came_is_left_alone() {
    for etag in ["", " ", "caf\u{e9}", &format!("\"{}\"", "e".repeat(12_000))] {
        let value = HeaderValue::from_bytes(&etag.chars().map(|c| c as u8).collect::<Vec<u8>>()).unwrap();
        let site = Site::start(move |_| {
            let mut response = answer(200, &[("last-modified", "Sat, 21 Nov 2026 12:00:00 GMT")], "x");
            response.headers_mut().insert("etag", value.clone());
            response
        })
        .await;
        let validators = page(&site.url("/")).await.validators;
        assert_eq!((validators.etag, validators.last_modified.is_some()), (None, true), "{etag:.20}");
    }
}

#[tokio::test]
async fn a_wall_tells_itself_by_its_header_and_is_kept_to_be_looked_at() {
    for (status, header) in [(202, "x-amzn-waf-action"), (403, "cf-mitigated"), (503, "x-datadome")] {
        let site = Site::start(move |_| answer(status, &[(header, "challenge")], "<p>wall</p>")).await;
        let error = fetch(&site.url("/"), &Validators::default(), Kind::Feed).await.unwrap_err();
        assert_eq!(error.cause, Cause::BotWall, "{status}");
        assert_eq!(error.page.unwrap().bytes, b"<p>wall</p>");
    }
}

#[tokio::test]
async fn feeds_and_pages_are_asked_for_by_name() {
    let site = Site::start(|_| answer(200, &[], "")).await;
    for kind in [Kind::Feed, Kind::Page] {
        fetch(&site.url("/"), &Validators::default(), kind).await.unwrap();
    }
    let seen = site.seen();
    assert!(seen[0].header("accept").unwrap().starts_with("application/atom+xml"));
    assert!(seen[1].header("accept").unwrap().starts_with("text/html"));
}

#[tokio::test]
async fn a_status_says_whether_to_come_back() {
    let later = FailureClass::Later { after: None };
    let in_two_minutes = FailureClass::Later { after: Some(Duration::from_mins(2)) };
    let cases = [
        (204, None, later, Cause::Status, "not a document"),
        (300, None, FailureClass::Never, Cause::Redirects, "redirect"),
        (304, None, later, Cause::Status, "nothing changed"),
        (400, None, FailureClass::Never, Cause::Status, "check the address"),
        (401, None, later, Cause::Login, "login"),
        (403, None, later, Cause::Forbidden, "turns this program away"),
        (404, None, FailureClass::Never, Cause::NotFound, "nothing at this address"),
        (404, Some("120"), in_two_minutes, Cause::NotFound, "nothing at this address"),
        (413, Some("120"), in_two_minutes, Cause::Status, "refuses"),
        (410, None, FailureClass::Gone, Cause::Gone, "for good"),
        (418, None, FailureClass::Never, Cause::Status, "refuses"),
        (429, Some("120"), in_two_minutes, Cause::Throttled, "too often"),
        (429, None, later, Cause::Throttled, "too often"),
        (451, None, later, Cause::Withheld, "legal"),
        (500, None, later, Cause::Server, "failed"),
        (503, Some("Sat, 21 Nov 2026 12:02:00 GMT"), in_two_minutes, Cause::Server, "overloaded"),
        (520, Some("120"), in_two_minutes, Cause::Server, "failed"),
    ];
    for (status, retry_after, class, cause, said) in cases {
        let site = Site::start(move |_| match retry_after {
            Some(value) => answer(status, &[("retry-after", value)], ""),
            None => answer(status, &[], ""),
        })
        .await;
        let url = site.url("/rss?page=1");
        let error = fetch(&url, &Validators::default(), Kind::Feed).await.unwrap_err();
        assert_eq!((error.class, error.cause, error.status), (class, cause, Some(status)), "{status}");
        assert!(error.message.contains(said) && error.message.contains(url.as_str()), "{}", error.message);
    }
}

#[tokio::test]
async fn what_brings_no_answer_is_sorted_too() {
    let site = Site::start(|asked| match asked.path.as_str() {
        "/big" => answer(200, &[], "x".repeat(1500)),
        "/circle" => answer(302, &[("location", "/circle")], ""),
        _ => answer(302, &[("location", "http://localhost:1/")], ""),
    })
    .await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let later = FailureClass::Later { after: None };
    let cases = [
        (site.url("/big"), FailureClass::Never, "raise max_page under [fetch]"),
        (site.url("/circle"), later, "further redirects"),
        (site.url("/inside"), FailureClass::Never, "localhost:1 is not allowed"),
        (Url::parse(&format!("http://{closed}/")).unwrap(), later, "could not be reached"),
        (Url::parse("http://me:hunter2@127.0.0.1/").unwrap(), FailureClass::Never, "user name or password"),
    ];
    for (url, class, said) in cases {
        let error = fetch(&url, &Validators::default(), Kind::Page).await.unwrap_err();
        assert_eq!(error.class, class, "{url}");
        assert!(error.message.contains(said) && !error.message.contains("hunter2"), "{}", error.message);
    }
    assert!(
        fetch(&site.url("/big"), &Validators::default(), Kind::Feed).await.is_ok(),
        "feeds may be larger"
    );
}

#[tokio::test]
async fn a_page_tells_where_it_came_from_and_moved_to() {
    let times = [("date", "Sat, 21 Nov 2026 12:00:00 GMT"), ("expires", "Sat, 21 Nov 2026 13:00:00 GMT")];
    let site = Site::start(move |asked| match asked.path.as_str() {
        "/old" => answer(301, &[("location", "/new")], ""),
        _ => answer(200, &times, ""),
    })
    .await;
    let page = page(&site.url("/old")).await;
    assert_eq!((page.url, page.moved_to), (site.url("/new"), Some(site.url("/new"))));
    assert_eq!(page.fresh_for, Some(Duration::from_hours(1)));
}

/// A site that lets nobody go before it is told to, and knows the largest number it held at once.
struct Gate {
    url: Url,
    open: Arc<Semaphore>,
    most: Arc<AtomicUsize>,
    arrivals: mpsc::UnboundedReceiver<()>,
}

async fn gate() -> Gate {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let (open, most, held) =
        (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (arrived, arrivals) = mpsc::unbounded_channel();
    let (gate, peak) = (Arc::clone(&open), Arc::clone(&most));
    let app = Router::new().fallback(move || {
        let (gate, peak, held, arrived) =
            (Arc::clone(&gate), Arc::clone(&peak), Arc::clone(&held), arrived.clone());
        async move {
            peak.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            arrived.send(()).unwrap();
            gate.acquire().await.unwrap().forget();
            held.fetch_sub(1, Ordering::SeqCst);
            "ok"
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    Gate { url, open, most, arrivals }
}

#[tokio::test]
async fn no_host_gets_more_than_its_share_and_a_busy_one_blocks_nobody() {
    let mut busy = gate().await;
    let other = Site::start(|_| answer(200, &[], "other")).await;
    let fetcher = fetcher(Settings { concurrency: 3, per_host: 2, ..SETTINGS });
    let mut under_way = Vec::new();
    for _ in 0..10 {
        let (fetcher, url) = (fetcher.clone(), busy.url.clone());
        under_way.push(tokio::spawn(async move {
            let validators = Validators::default();
            let target = Target {
                url: &url,
                validators: &validators,
                kind: Kind::Page,
                configured_host: url.host_str(),
                robots: Robots::Ignore,
                private_headers: &[],
                route: &Route::Usual,
            };
            fetcher.fetch(target, noon()).await.is_ok()
        }));
    }
    busy.arrivals.recv().await.unwrap();
    busy.arrivals.recv().await.unwrap();
    // Ten wait at 127.0.0.1, two of them inside; the third place is still free for another host.
    let named = other.named_url("/");
    let validators = Validators::default();
    let target = Target {
        url: &named,
        validators: &validators,
        kind: Kind::Page,
        configured_host: named.host_str(),
        robots: Robots::Ignore,
        private_headers: &[],
        route: &Route::Usual,
    };
    assert!(fetcher.fetch(target, noon()).await.is_ok());
    busy.open.add_permits(10);
    for fetch in under_way {
        assert!(fetch.await.unwrap());
    }
    assert_eq!(busy.most.load(Ordering::SeqCst), 2);
    assert_eq!(fetcher.known_hosts(), 0, "idle hosts are forgotten");
}

#[tokio::test]
async fn waiting_for_a_turn_does_not_count_towards_the_timeout_and_may_be_given_up() {
    let mut busy = gate().await;
    let fetcher = fetcher(Settings { per_host: 1, ..SETTINGS });
    let (first, url) = (fetcher.clone(), busy.url.clone());
    let held = tokio::spawn(async move {
        let validators = Validators::default();
        let target = Target {
            url: &url,
            validators: &validators,
            kind: Kind::Page,
            configured_host: url.host_str(),
            robots: Robots::Ignore,
            private_headers: &[],
            route: &Route::Usual,
        };
        first.fetch(target, noon()).await.is_ok()
    });
    busy.arrivals.recv().await.unwrap();
    let validators = Validators::default();
    let target = Target {
        url: &busy.url,
        validators: &validators,
        kind: Kind::Page,
        configured_host: busy.url.host_str(),
        robots: Robots::Ignore,
        private_headers: &[],
        route: &Route::Usual,
    };
    let waited = tokio::time::timeout(Duration::from_millis(50), fetcher.fetch(target, noon())).await;
    assert!(waited.is_err(), "it waits for its turn");
    assert_eq!(fetcher.known_hosts(), 1);
    busy.open.add_permits(1);
    assert!(held.await.unwrap());
    assert_eq!(fetcher.known_hosts(), 0);
}

#[tokio::test]
async fn a_connection_that_nothing_follows_on_is_not_kept() {
    let site = Site::start(|_| answer(200, &[], "<rss/>")).await;
    let known = Validators { etag: Some("\"a\"".to_owned()), last_modified: None };
    for (kind, validators, closes) in [
        (Kind::Feed, Validators::default(), true),
        (Kind::Watched, Validators::default(), true),
        (Kind::Page, Validators::default(), false),
        (Kind::Page, known, true),
    ] {
        fetch(&site.url("/"), &validators, kind).await.unwrap();
        let asked = site.seen().pop().unwrap();
        assert_eq!(asked.header("connection") == Some("close"), closes, "{kind:?} {validators:?}");
    }
}
