//! The routes at their door, over loopback.

use std::net::SocketAddr;

use tempfile::TempDir;

use super::*;
use crate::http::{Client, Method, Redirects, Request, Settings};
use crate::metrics::{CONTENT_TYPE, PollEnd};
use crate::pipeline::{UNSUBSCRIBE_KEY, Unsubscribe};

/// A daemon's door, and a visitor.
struct Door {
    address: SocketAddr,
    visitor: Client,
    vitals: Vitals,
    _folder: TempDir,
}

impl Door {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::System;
        let vitals = Vitals {
            store: Store::open(folder.path()).unwrap(),
            pulse: Arc::default(),
            metrics: Metrics::new(clock.now()),
            clock,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(serve(listener, vitals.clone()));
        let visitor = Client::new(Settings {
            user_agent: "visitor".to_owned(),
            timeout: Duration::from_secs(5),
            allow_private: vec![address.ip().into()],
            extra_roots: Vec::new(),
        });
        Self { address, visitor: visitor.unwrap(), vitals, _folder: folder }
    }

    async fn ask(&self, method: Method, path: &str) -> (u16, Option<String>, String) {
        let url = format!("http://{}{path}", self.address).parse().unwrap();
        let request = Request {
            configured_host: Some(self.address.ip().to_string()),
            redirects: Redirects::Refuse,
            ..Request::new(method, url, 1 << 20)
        };
        let answer = self.visitor.send(request).await.unwrap();
        let content_type = answer.header("content-type").map(str::to_owned);
        (answer.status, content_type, String::from_utf8(answer.body).unwrap())
    }
}

#[tokio::test]
async fn only_what_is_served_is_answered() {
    let door = Door::open().await;
    for (method, path, status) in [
        (Method::Get, "/health", 200),
        (Method::Get, "/metrics", 200),
        (Method::Get, "/", 404),
        (Method::Get, "/metrics/", 404),
        (Method::Get, "/metrics/../health/x", 404),
        (Method::Post, "/metrics", 405),
        (Method::Post, "/health", 405),
    ] {
        assert_eq!(door.ask(method, path).await.0, status, "{path}");
    }
}

#[tokio::test]
async fn figures_come_as_openmetrics_text() {
    let door = Door::open().await;
    door.vitals.metrics.polled(PollEnd::Read, Duration::from_millis(20));
    let (status, content_type, text) = door.ask(Method::Get, "/metrics").await;
    assert_eq!((status, content_type.as_deref()), (200, Some(CONTENT_TYPE)));
    for line in ["diemtin_polls_total{outcome=\"read\"} 1", "diemtin_healthy 1", "diemtin_pending_entries 0"]
    {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
    assert!(text.ends_with("\n# EOF\n"));
}

#[tokio::test]
async fn who_asks_again_at_once_gets_the_same_answer() {
    let door = Door::open().await;
    let (_, _, first) = door.ask(Method::Get, "/metrics").await;
    door.vitals.metrics.polled(PollEnd::Read, Duration::from_millis(20));
    let (_, _, second) = door.ask(Method::Get, "/metrics").await;
    assert_eq!(first, second, "the database is not asked for every request");
}

/// A link by which desk@example.org leaves a digest, as `path?query`.
async fn link(door: &Door) -> String {
    let key = door.vitals.store.own_key(UNSUBSCRIBE_KEY, [7; 32], door.vitals.clock.now()).await.unwrap();
    let links = Unsubscribe::new("https://tin.example".parse().unwrap(), key);
    links.link("desk@example.org", "digest:Sáng <b>").strip_prefix("https://tin.example").unwrap().to_owned()
}

impl Door {
    async fn post(&self, path: &str, body: &str) -> (u16, String) {
        let url = format!("http://{}{path}", self.address).parse().unwrap();
        let request = Request {
            configured_host: Some(self.address.ip().to_string()),
            redirects: Redirects::Refuse,
            headers: vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
            body: body.as_bytes().to_vec(),
            ..Request::new(Method::Post, url, 1 << 20)
        };
        let answer = self.visitor.send(request).await.unwrap();
        (answer.status, String::from_utf8(answer.body).unwrap())
    }
}

#[tokio::test]
async fn a_list_is_left_by_asking_and_not_by_looking() {
    let door = Door::open().await;
    let path = link(&door).await;
    let (status, content_type, page) = door.ask(Method::Get, &path).await;
    assert_eq!((status, content_type.as_deref()), (200, Some("text/html; charset=utf-8")));
    assert!(page.contains("desk@example.org") && page.contains("Sáng &lt;b&gt;"), "{page}");
    assert!(page.contains("<form method=\"post\">"), "{page}");
    assert!(
        door.vitals.store.suppressions().await.unwrap().is_empty(),
        "a scanner that looks changes nothing"
    );
    assert_eq!(door.post(&path, "").await.0, 400);
    assert!(door.vitals.store.suppressions().await.unwrap().is_empty());
    for _ in 0..2 {
        assert_eq!(door.post(&path, "List-Unsubscribe=One-Click").await.0, 200);
    }
    let left = door.vitals.store.suppressions().await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].address.as_str(), left[0].list.as_str()), ("desk@example.org", "digest:Sáng <b>"));
}

/// What was logged while this is held.
#[derive(Clone, Default)]
struct Logged(Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Logged {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_the_list_that_was_left_and_nobody() {
    let logged = Logged::default();
    let writer = logged.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _kept = tracing::subscriber::set_default(subscriber);
    let door = Door::open().await;
    let path = link(&door).await;
    assert_eq!(door.post(&path, "List-Unsubscribe=One-Click").await.0, 200);
    let text = String::from_utf8(logged.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("digest:Sáng <b>"), "{text}");
    assert!(!text.contains("example.org"), "{text}");
}

#[tokio::test]
async fn a_link_that_nobody_signed_opens_nothing() {
    let door = Door::open().await;
    assert_eq!(door.ask(Method::Get, "/unsubscribe?t=AAAA").await.0, 404, "there is no key yet");
    let path = link(&door).await;
    let short = path.get(..path.len() - 3).unwrap();
    for bad in ["/unsubscribe", "/unsubscribe?t=", "/unsubscribe?t=%FF", short] {
        assert_eq!(door.ask(Method::Get, bad).await.0, 404, "{bad}");
        assert_eq!(door.post(bad, "List-Unsubscribe=One-Click").await.0, 404, "{bad}");
    }
    assert_eq!(door.post(&path, &"x".repeat(100_000)).await.0, 413);
    assert!(door.vitals.store.suppressions().await.unwrap().is_empty());
}
