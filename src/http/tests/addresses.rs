//! What the guard lets through.

use std::net::IpAddr;

use url::Url;

use super::super::guard::{Guard, Reach};
use super::super::loopback::{Site, answer};
use super::super::{Client, Fault, Request};
use super::{client, client_with, get, linked};

async fn refusal(client: &Client, request: Request) -> String {
    let error = client.send(request).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Refused(_)), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn a_link_reaches_no_inside_address_however_it_is_spelt() {
    let site = Site::start(|_| answer(200, &[], "inside")).await;
    let port = site.address().port();
    let hosts = [
        "127.0.0.1",
        "127.1",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "0x7f000001",
        "127.0.0.1.",
        "127%2e0%2e0%2e1",
        "１２７.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[fe80::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "localhost",
        "LOCALHOST",
    ];
    let client = client();
    for host in hosts {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let said = refusal(&client, linked(&url)).await;
        assert!(said.contains("only a host that stands in sources.toml"), "{host}: {said}");
    }
    assert!(site.seen().is_empty(), "nothing may have arrived");
}

#[test]
fn the_public_internet_is_open_to_everyone() {
    let guard = Guard::new(Vec::new());
    let addresses = [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2001:200::1",
        "2400:cb00::1",
        "64:ff9b::101:101",
        "::ffff:1.1.1.1",
    ];
    for address in addresses {
        let ip: IpAddr = address.parse().unwrap();
        assert_eq!(guard.check_address(ip, Reach::Public), Ok(()), "{address}");
    }
}

#[tokio::test]
async fn the_configured_host_may_be_inside_an_allowed_network_only() {
    let site = Site::start(|_| answer(200, &[], "inside")).await;
    let allowed = client_with("5s", &["127.0.0.0/8", "::1/128"]);
    for url in [site.url("/"), site.named_url("/")] {
        assert_eq!(allowed.send(get(&url)).await.unwrap().body, b"inside", "{url}");
    }
    let elsewhere = client_with("5s", &["10.0.0.0/8"]);
    for url in [site.url("/"), site.named_url("/")] {
        let said = refusal(&elsewhere, get(&url)).await;
        assert!(said.contains("write allow_private = [\""), "{said}");
        assert!(said.contains("/8\"] under [fetch]") || said.contains("/128\"] under [fetch]"), "{said}");
    }
    assert_eq!(site.seen().len(), 2);
}

#[tokio::test]
async fn one_sources_private_host_is_closed_to_the_links_of_another() {
    let site = Site::start(|_| answer(200, &[], "inside")).await;
    let client = client();
    client.send(get(&site.named_url("/feed"))).await.unwrap();
    refusal(&client, linked(&site.named_url("/feed"))).await;
    assert_eq!(site.seen().len(), 1, "the kept-alive connection must not be lent to the link");
}

#[tokio::test]
async fn only_http_without_credentials_is_fetched() {
    let cases = [
        ("ftp://files.example.org/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("data:text/html,x", "only http and https"),
        ("https://bot:hunter2@example.org/", "user name or password"),
        ("https://bot@example.org/", "user name or password"),
        ("http://example.org:22/", "port 22 belongs to another protocol"),
        ("http://example.org:6379@example.org:25/", "user name or password"),
        ("https://example.org:6667/", "port 6667 belongs to another protocol"),
    ];
    for (url, why) in cases {
        let said = refusal(&client(), linked(&Url::parse(url).unwrap())).await;
        assert!(said.contains(why), "{url}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}
