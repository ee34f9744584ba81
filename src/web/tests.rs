//! The routes at their door, over loopback.

use std::net::SocketAddr;

use tempfile::TempDir;

use super::*;
use crate::http::{Client, Method, Redirects, Request, Settings};
use crate::metrics::{CONTENT_TYPE, PollEnd};

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
