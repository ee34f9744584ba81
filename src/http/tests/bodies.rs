//! Bodies: decoding, caps, slowness, and errors that keep secrets.

use std::io::Write;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use flate2::{Compression, GzBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use super::super::loopback::{Site, answer};
use super::super::{BuildError, Client, Excess, Fault, Request, Settings};
use super::{client, client_with, get};

/// "Tin mới" forty times over, by gzip.
const GZIP: &str = "H4sIAAAAAAACAwvJzFPIfbh7diZXyChrELAA2nrgzZABAAA=";

/// A zstd frame of `blocks` times 128 KiB of zeros, four bytes each (RFC 8878, RLE blocks).
fn zstd_bomb(blocks: usize) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    for block in 1..=blocks {
        let header: u32 = ((128 * 1024) << 3) | (1 << 1) | u32::from(block == blocks);
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(0);
    }
    frame
}

#[tokio::test]
async fn compressed_bodies_arrive_decoded() {
    let site = Site::start(|asked| match asked.path.as_str() {
        "/gzip" => answer(200, &[("content-encoding", "gzip")], STANDARD.decode(GZIP).unwrap()),
        _ => answer(200, &[("content-encoding", "zstd")], zstd_bomb(2)),
    })
    .await;
    let gzip = client().send(get(&site.url("/gzip"))).await.unwrap();
    assert_eq!(String::from_utf8(gzip.body).unwrap(), "Tin mới\n".repeat(40));
    let zstd = client().send(get(&site.url("/zstd"))).await.unwrap();
    assert_eq!(zstd.body.len(), 2 * 128 * 1024);
    let accepted = site.seen().remove(0).header("accept-encoding").unwrap().to_owned();
    for encoding in ["gzip", "br", "zstd", "deflate"] {
        assert!(accepted.contains(encoding), "{accepted}");
    }
}

/// A text packed by gzip, with a name in its head.
fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packer = GzBuilder::new().filename("tin.xml").write(Vec::new(), Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn deflate(text: &[u8]) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn packed_bodies_are_read_however_servers_pack_and_call_them() {
    let text = "<rss>Tin mới</rss>\n".repeat(5000).into_bytes();
    let (head, tail) = text.split_at(30_000);
    for (what, coding, body) in [
        ("in capitals", "GZIP", gzip(&text)),
        ("by its old name", "x-gzip", gzip(&text)),
        ("in two members", "gzip", [gzip(head), gzip(tail)].concat()),
        ("with something behind it", "gzip", [gzip(&text), b"\0\0<!-- -->".to_vec()].concat()),
        ("twice", "gzip, gzip", gzip(&gzip(&text))),
        ("in two ways", "deflate, gzip", gzip(&zlib(&text))),
        ("as the standard says", "deflate", zlib(&text)),
        ("without a head", "deflate", deflate(&text)),
        ("not at all", "gzip", text.clone()),
        ("not at all, either", "deflate", text.clone()),
        ("by no coding", "utf-8", text.clone()),
    ] {
        let site = Site::start(move |_| answer(200, &[("content-encoding", coding)], body.clone())).await;
        let response =
            client().send(get(&site.url("/"))).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(response.body == text, "{what}: {}", response.body.len());
    }
}

#[tokio::test]
async fn packed_bodies_that_are_damaged_or_not_understood_are_an_error() {
    let text = "<rss>Tin mới</rss>\n".repeat(5000).into_bytes();
    let cut = |packed: Vec<u8>, kept: usize| packed[..packed.len() * kept / 100].to_vec();
    let mut wrong_sum = gzip(&text);
    let end = wrong_sum.len();
    wrong_sum[end - 8..].fill(0);
    for (what, coding, body, said) in [
        ("half of it", "gzip", cut(gzip(&text), 50), "breaks off"),
        ("nearly all of it", "gzip", cut(gzip(&text), 99), "breaks off"),
        ("a head", "gzip", gzip(&text)[..5].to_vec(), "breaks off"),
        ("half of the other", "deflate", cut(zlib(&text), 50), "breaks off"),
        ("a wrong checksum", "gzip", wrong_sum, "checksum"),
        ("noise", "gzip", [&gzip(&text)[..60], &[0xFF; 99]].concat(), "damaged"),
        ("capitals", "BR", text.clone(), "not known (br)"),
        ("three times", "gzip,gzip,gzip", text.clone(), "more than 2 times"),
        ("nothing, again and again", "gzip", gzip(b"").repeat(2_000), "more than 1000 members"),
    ] {
        let site = Site::start(move |_| answer(200, &[("content-encoding", coding)], body.clone())).await;
        let error = client().send(get(&site.url("/"))).await.unwrap_err();
        assert!(matches!(&error.fault, Fault::Protocol(why) if why.contains(said)), "{what}: {error}");
    }
}

#[tokio::test]
async fn a_bomb_within_a_bomb_costs_no_more_than_is_wanted() {
    let bomb = gzip(&gzip(&vec![b' '; 64 << 20]));
    let site = Site::start(move |_| answer(200, &[("content-encoding", "gzip, gzip")], bomb.clone())).await;
    let error = client().send(Request { max_bytes: 1000, ..get(&site.url("/")) }).await.unwrap_err();
    assert_eq!(error.fault, Fault::TooLarge { limit: 1000 });
    let cut = Request { max_bytes: 1000, excess: Excess::Cut, ..get(&site.url("/")) };
    assert_eq!(client().send(cut).await.unwrap().body.len(), 1000);
}

#[tokio::test]
async fn a_bomb_that_gives_nothing_ends_where_one_that_gives_something_does() {
    // Empty blocks that nothing follows (RFC 1951, 3.2.4), members without a byte, and what stands behind an end.
    let blocks = [0, 0, 0, 0xFF, 0xFF].repeat(2 << 20);
    let members = gzip(b"").repeat(900);
    let behind = [gzip(b""), vec![0; 8 << 20]].concat();
    for (what, coding, inner) in [
        ("blocks", "deflate, gzip", blocks),
        ("members", "gzip, gzip", members),
        ("what is no part of it", "gzip, gzip", behind),
    ] {
        let bomb = gzip(&inner);
        assert!(bomb.len() < 1 << 20, "{what}: {}", bomb.len());
        let site = Site::start(move |_| answer(200, &[("content-encoding", coding)], bomb.clone())).await;
        let error =
            client().send(Request { max_bytes: 10_000, ..get(&site.url("/")) }).await.expect_err(what);
        assert_eq!(error.fault, Fault::TooLarge { limit: 10_000 }, "{what}");
    }
}

#[tokio::test]
async fn an_empty_body_is_empty_whatever_its_encoding_claims() {
    let site = Site::start(|asked| {
        let (status, encoding) = asked.path.trim_start_matches('/').split_once('/').unwrap();
        answer(status.parse().unwrap(), &[("content-encoding", encoding)], "")
    })
    .await;
    for encoding in ["gzip", "br", "zstd", "deflate", "identity", "utf-8"] {
        for status in [200, 304, 404] {
            let response = client().send(get(&site.url(&format!("/{status}/{encoding}")))).await;
            let response = response.unwrap_or_else(|error| panic!("{status} {encoding}: {error}"));
            assert_eq!((response.status, response.body.len()), (status, 0), "{encoding}");
        }
    }
}

#[tokio::test]
async fn headers_that_browsers_forgive_are_forgiven() {
    let heads = [
        "X-Folded: a\r\n  b",
        "X Space: a",
        "Content-Type : text/xml",
        "Étag: x",
        "no colon at all",
        "X-Latin: caf\u{e9}",
    ];
    for head in heads {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 4096];
            assert!(stream.read(&mut asked).await.unwrap() > 0);
            let text = format!("HTTP/1.1 200 OK\r\n{head}\r\nETag: \"1\"\r\ncontent-length: 2\r\n\r\nok");
            stream.write_all(text.as_bytes()).await.unwrap();
        });
        let response = client().send(get(&url)).await.unwrap_or_else(|error| panic!("{head}: {error}"));
        assert_eq!(
            (response.body.as_slice(), response.header("etag")),
            (b"ok".as_slice(), Some("\"1\"")),
            "{head}"
        );
        server.await.unwrap();
    }
}

#[tokio::test]
async fn more_bytes_than_wanted_are_an_error_however_they_are_wrapped() {
    let site = Site::start(|asked| match asked.path.as_str() {
        "/bomb" => answer(200, &[("content-encoding", "zstd")], zstd_bomb(64 * 1024)),
        "/plain" => answer(500, &[], "x".repeat(1001)),
        _ => answer(200, &[], "x".repeat(1000)),
    })
    .await;
    for (path, status) in [("/bomb", 200), ("/plain", 500)] {
        let error = client().send(Request { max_bytes: 1000, ..get(&site.url(path)) }).await.unwrap_err();
        assert_eq!(error.fault, Fault::TooLarge { limit: 1000 }, "{path}");
        assert_eq!(error.status, Some(status), "{path}");
    }
    let cut = Request { max_bytes: 1000, excess: Excess::Cut, ..get(&site.url("/bomb")) };
    assert_eq!(client().send(cut).await.unwrap().body.len(), 1000, "or what came first");
    let exact = client().send(Request { max_bytes: 1000, ..get(&site.url("/exact")) }).await.unwrap();
    assert_eq!(exact.body.len(), 1000);
}

/// A server that answers every connection with these bytes and then a further one every 5 ms, for ever.
async fn dripping(head: &'static str) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut asked = [0; 1024];
                let mut beat = tokio::time::interval(Duration::from_millis(5));
                assert!(stream.read(&mut asked).await.unwrap() > 0);
                stream.write_all(head.as_bytes()).await.unwrap();
                while stream.write_all(b"x").await.is_ok() {
                    beat.tick().await;
                }
            });
        }
    });
    url
}

#[tokio::test]
async fn a_drip_feed_ends_with_the_timeout_wherever_it_drips() {
    let cases = [
        ("", None),
        ("HTTP/1.1 200 OK\r\nX-Slow: ", None),
        ("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", Some(200)),
    ];
    for (head, status) in cases {
        let url = dripping(head).await;
        let begun = Instant::now();
        let error = client_with("150ms", &["127.0.0.0/8"]).send(get(&url)).await.unwrap_err();
        assert_eq!(error.status, status, "{head:?}");
        let slow = matches!(error.fault, Fault::Timeout { .. });
        assert!(slow || head.is_empty(), "{head:?}: {error:?}");
        assert!(begun.elapsed() < Duration::from_secs(3), "{head:?}");
    }
}

#[tokio::test]
async fn the_shorter_of_two_timeouts_counts() {
    let url = dripping("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n").await;
    let short = Duration::from_millis(100);
    let error = client().send(Request { timeout: Some(short), ..get(&url) }).await.unwrap_err();
    assert_eq!(error.fault, Fault::Timeout { after: short });
}

#[tokio::test]
async fn errors_say_what_failed_and_never_the_path() {
    let broken = Site::start(|_| answer(200, &[("content-encoding", "gzip")], vec![0x1F, 0x8B, 8])).await;
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let plain = Site::start(|_| answer(200, &[], "")).await;
    let loops = Site::start(|asked| answer(302, &[("location", &asked.path)], "")).await;
    let secret = "/hooks/s3cret?token=s3cret";
    let cases = [
        (broken.url(secret), "not understood"),
        (Url::parse(&format!("http://{closed}{secret}")).unwrap(), "could not be reached"),
        (Url::parse(&format!("https://{}{secret}", plain.address())).unwrap(), "127.0.0.1:"),
        (Url::parse(&format!("http://no-such-host.invalid{secret}")).unwrap(), "could not be resolved"),
        (loops.url(secret), "further redirects"),
    ];
    for (url, said) in cases {
        let error = client().send(get(&url)).await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = [0; 4096];
        for _ in 0..3 {
            let length = stream.read(&mut asked).await.unwrap();
            assert!(asked[..length].starts_with(b"GET /"));
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
        }
    });
    let client = client();
    for _ in 0..3 {
        assert_eq!(client.send(get(&url)).await.unwrap().body, b"ok");
    }
    server.await.unwrap();
}

#[tokio::test]
async fn the_user_agent_is_ours_and_a_bad_one_is_an_error() {
    let site = Site::start(|_| answer(200, &[], "")).await;
    client().send(get(&site.url("/"))).await.unwrap();
    assert_eq!(site.seen().remove(0).header("user-agent"), Some("diemtin/0 (+https://example.org/bot)"));
    let settings = Settings {
        user_agent: "a\r\nb".to_owned(),
        timeout: Duration::from_secs(1),
        allow_private: vec![],
        extra_roots: vec![],
    };
    assert!(matches!(Client::new(settings), Err(BuildError::UserAgent(_))));
}
