//! Following redirects, and where that ends.

use super::super::loopback::{Site, answer};
use super::super::{Fault, Method, Redirects, Request};
use super::{client, get};

/// `/PATH` redirects by a table of `(from, status, to)`; everything else answers with its own path.
async fn site_of(table: &'static [(&'static str, u16, &'static str)]) -> Site {
    Site::start(move |asked| match table.iter().find(|(from, _, _)| *from == asked.path) {
        Some((_, status, to)) => answer(*status, &[("location", to)], "moved"),
        None => answer(200, &[], asked.path.clone()),
    })
    .await
}

#[tokio::test]
async fn permanent_moves_are_told_up_to_the_first_temporary_one() {
    let site = site_of(&[
        ("/old", 301, "/older"),
        ("/older", 308, "new?x=1#part"),
        ("/temporary", 302, "/new"),
        ("/mixed", 301, "/temporary"),
        ("/late", 307, "/old"),
        ("/other", 303, "//127.0.0.1:1/"),
    ])
    .await;
    let cases = [
        ("/plain", "/plain", None),
        ("/old", "/new?x=1", Some("/new?x=1")),
        ("/older", "/new?x=1", Some("/new?x=1")),
        ("/temporary", "/new", None),
        ("/mixed", "/new", Some("/temporary")),
        ("/late", "/new?x=1", None),
    ];
    for (from, to, moved_to) in cases {
        let response = client().send(get(&site.url(from))).await.unwrap();
        assert_eq!(response.url, site.url(to), "{from}");
        assert_eq!(response.body, to.as_bytes(), "{from}");
        assert_eq!(response.moved_to, moved_to.map(|path| site.url(path)), "{from}");
    }
}

#[tokio::test]
async fn circles_and_endless_ways_end() {
    let circle = site_of(&[("/a", 302, "/b"), ("/b", 301, "/a"), ("/self", 302, "/self#again")]).await;
    let endless = Site::start(|asked| answer(302, &[("location", &format!("{}x", asked.path))], "")).await;
    for url in [circle.url("/a"), circle.url("/self"), endless.url("/")] {
        let error = client().send(get(&url)).await.unwrap_err();
        assert!(matches!(error.fault, Fault::RedirectLoop(_)), "{url}: {error:?}");
    }
    assert_eq!(endless.seen().len(), 11, "the first request and ten hops");
}

#[tokio::test]
async fn a_redirect_leads_to_no_inside_address() {
    let inside = Site::start(|_| answer(200, &[], "inside")).await;
    let port = inside.address().port();
    for host in ["localhost", "127.0.0.2", "2130706434", "[::ffff:127.0.0.2]", "0", "[::]"] {
        let target = format!("http://{host}:{port}/");
        let outside = Site::start(move |_| answer(302, &[("location", &target)], "")).await;
        let error = client().send(get(&outside.url("/"))).await.unwrap_err();
        assert!(matches!(error.fault, Fault::Refused(_)), "{host}: {error:?}");
    }
    for target in ["ftp://127.0.0.1/", "file:///etc/passwd", "http://u:p@127.0.0.1/", "javascript:1"] {
        let outside = Site::start(move |_| answer(302, &[("location", target)], "")).await;
        let error = client().send(get(&outside.url("/"))).await.unwrap_err();
        assert!(matches!(error.fault, Fault::Refused(_)), "{target}: {error:?}");
    }
    assert!(inside.seen().is_empty());
}

#[tokio::test]
async fn credentials_stay_at_their_origin() {
    let away = Site::start(|_| answer(200, &[], "away")).await;
    let target = away.url("/there").to_string();
    let home = Site::start(move |asked| match asked.path.as_str() {
        "/near" => answer(302, &[("location", "/here")], ""),
        "/far" => answer(302, &[("location", &target)], ""),
        _ => answer(200, &[], "home"),
    })
    .await;
    let secrets =
        [("Authorization", "Basic x"), ("Cookie", "id=1"), ("Referer", "http://a/"), ("X-Kept", "yes")];
    let headers = secrets.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let private_headers = vec![("X-Key".to_owned(), "hunter2".to_owned())];
    for path in ["/near", "/far"] {
        let (headers, private_headers) = (headers.clone(), private_headers.clone());
        client().send(Request { headers, private_headers, ..get(&home.url(path)) }).await.unwrap();
    }
    let near = home.seen().into_iter().find(|asked| asked.path == "/here").unwrap();
    let far = away.seen().remove(0);
    for name in ["authorization", "cookie", "referer", "x-key"] {
        assert!(near.header(name).is_some(), "{name} belongs to the same origin");
        assert_eq!(far.header(name), None, "{name} must not leave it");
    }
    assert_eq!(far.header("x-kept"), Some("yes"));
}

#[tokio::test]
async fn a_post_becomes_a_get_where_browsers_do_so() {
    let site = site_of(&[
        ("/302", 302, "/end"),
        ("/303", 303, "/end"),
        ("/307", 307, "/end"),
        ("/308", 308, "/end"),
    ])
    .await;
    for (path, method, body) in
        [("/302", "GET", ""), ("/303", "GET", ""), ("/307", "POST", "news"), ("/308", "POST", "news")]
    {
        let post = Request { method: Method::Post, body: b"news".to_vec(), ..get(&site.url(path)) };
        client().send(post).await.unwrap();
        let last = site.seen().pop().unwrap();
        assert_eq!((last.method.as_str(), last.body.as_slice()), (method, body.as_bytes()), "{path}");
    }
}

#[tokio::test]
async fn redirects_that_are_not_wanted_or_not_usable_are_the_answer() {
    let site = Site::start(|asked| match asked.path.as_str() {
        "/away" => answer(302, &[("location", "http://127.0.0.2:1/")], "text"),
        "/nowhere" => answer(301, &[], "text"),
        _ => answer(304, &[("location", "/x")], ""),
    })
    .await;
    let refused = Request { redirects: Redirects::Refuse, ..get(&site.url("/away")) };
    assert_eq!(client().send(refused).await.unwrap().status, 302);
    assert_eq!(client().send(get(&site.url("/nowhere"))).await.unwrap().status, 301);
    assert_eq!(client().send(get(&site.url("/same"))).await.unwrap().status, 304);
}
