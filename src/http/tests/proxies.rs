//! Requests that go through a proxy of the user's.

use super::*;
use crate::http::Fault;
use crate::http::loopback::{Site, answer};
use crate::model::Proxy;

fn through(url: &str, proxy: &str) -> Request {
    let proxy = Some(Proxy::new(proxy.parse().unwrap()));
    Request { proxy, ..linked(&url.parse().unwrap()) }
}

#[tokio::test]
async fn a_proxy_is_asked_for_the_name_and_shown_the_login() {
    let proxy = Site::start(|seen| answer(200, &[], format!("for {}", seen.path))).await;
    let address = format!("http://bot:hunter2@{}", proxy.address());
    let got = client().send(through("http://news.example.org/rss?a=1", &address)).await.unwrap();
    assert_eq!(got.body, b"for /rss?a=1");
    let asked = &proxy.seen()[0];
    assert_eq!(asked.header("host"), Some("news.example.org"));
    assert_eq!(asked.header("proxy-authorization"), Some("Basic Ym90Omh1bnRlcjI="));
}

#[tokio::test]
async fn what_is_written_as_a_private_address_is_refused_behind_a_proxy_too() {
    let proxy = Site::start(|_| answer(302, &[("location", "http://169.254.169.254/latest")], "")).await;
    let address = format!("http://{}", proxy.address());
    for url in ["http://10.0.0.5/", "http://[::1]/", "http://2130706433/", "http://news.example.org/"] {
        let error = client().send(through(url, &address)).await.unwrap_err();
        assert!(matches!(error.fault, Fault::Refused(_)), "{url}: {error}");
    }
    assert_eq!(proxy.seen().len(), 1, "the redirect alone got as far as the proxy");
}

#[tokio::test]
async fn a_proxy_that_cannot_be_reached_is_named_without_its_password() {
    let dead = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    for scheme in ["http", "socks5"] {
        let address = format!("{scheme}://bot:hunter2@{dead}");
        for url in ["http://news.example.org/", "https://news.example.org/"] {
            let error = client().send(through(url, &address)).await.unwrap_err();
            let said = error.to_string();
            let named = format!("news.example.org could not be reached through the proxy {dead}: ");
            assert!(said.starts_with(&named) && !said.contains("hunter2"), "{scheme} {url}: {said}");
        }
    }
}

#[tokio::test]
async fn names_are_left_to_a_socks_proxy() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("socks5://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).await.unwrap();
        stream.write_all(&[5, 0]).await.unwrap();
        let mut wanted = [0; 5];
        stream.read_exact(&mut wanted).await.unwrap();
        let mut name = vec![0; usize::from(wanted[4]) + 2];
        stream.read_exact(&mut name).await.unwrap();
        stream.write_all(&[5, 4, 0, 1, 0, 0, 0, 0, 0, 0]).await.unwrap();
        (wanted[3], name)
    });
    let error = client().send(through("http://news.example.org/rss", &address)).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Proxy { .. }), "{error}");
    let (kind, name) = server.await.unwrap();
    assert_eq!((kind, &name[..]), (3, &b"news.example.org\x00\x50"[..]), "a name and a port");
}
