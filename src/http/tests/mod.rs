//! Tests at the door of the client, against servers on loopback.

mod addresses;
mod bodies;
mod proxies;
mod redirects;
mod time;

use std::time::Duration;

use url::Url;

use super::{Client, Method, Request, Settings};

thread_local! {
    /// Each test has a thread, and so a client, of its own; reading the system's certificates takes a while.
    static CLIENT: Client = client_with("5s", &["127.0.0.0/8"]);
}

/// A client for which loopback is an allowed private network.
fn client() -> Client {
    CLIENT.with(Client::clone)
}

fn client_with(timeout: &str, allow_private: &[&str]) -> Client {
    let timeout = match timeout.strip_suffix("ms") {
        Some(millis) => Duration::from_millis(millis.parse().unwrap()),
        None => Duration::from_secs(timeout.trim_end_matches('s').parse().unwrap()),
    };
    let allow_private = allow_private.iter().map(|net| net.parse().unwrap()).collect();
    Client::new(Settings {
        user_agent: "diemtin/0 (+https://example.org/bot)".to_owned(),
        timeout,
        allow_private,
        extra_roots: Vec::new(),
    })
    .unwrap()
}

/// A GET by a source whose own host it is.
fn get(url: &Url) -> Request {
    Request {
        configured_host: url.host_str().map(str::to_owned),
        ..Request::new(Method::Get, url.clone(), 1 << 20)
    }
}

/// A GET by a link in somebody's feed.
fn linked(url: &Url) -> Request {
    Request { configured_host: Some("news.example.org".to_owned()), ..get(url) }
}
