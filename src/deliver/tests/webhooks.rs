//! Webhooks of kind `generic`.

use std::time::Duration;

use super::{channels, folder, given_up, later, noon};
use crate::deliver::{Attempt, Channels, Outgoing, WebhookSettings};
use crate::http::loopback::{Site, answer};
use crate::model::DeliveryId;

const ID: &str = "0196c8a0-1234-7abc-8def-0123456789ab";
const BODY: &str = r#"{"type":"notice","data":{"subject":"Tin mới"}}"#;
/// "diemtin-signing-key-0123" as a key, and the signature by Python's hmac of "ID.1795262400.BODY".
const KEY: &[u8] = b"diemtin-signing-key-0123";
const SIGNATURE: &str = "v1,D7xZi/A4zNtlznxSreJn7i5GVKA6Es56WEI9OBlB91o=";

fn message() -> Outgoing {
    let id: DeliveryId = ID.parse().unwrap();
    Outgoing::Webhook { id, name: "ops".to_owned(), body: BODY.to_owned() }
}

fn to(site: &Site, path: &str, key: Option<&[u8]>) -> Channels {
    let keys = key.into_iter().map(<[u8]>::to_vec).collect();
    let webhook = WebhookSettings { keys, ..WebhookSettings::generic("ops", site.url(path)) };
    assert!(!format!("{webhook:?}").contains("s3cret"));
    channels(folder("unused"), vec![webhook])
}

#[tokio::test]
async fn a_message_is_posted_signed_and_under_its_own_id() {
    let site = Site::start(|_| answer(204, &[], "")).await;
    for key in [Some(KEY), None] {
        assert_eq!(to(&site, "/hook?x=1", key).send(message(), noon()).await, Attempt::Sent);
    }
    let [signed, unsigned] = <[_; 2]>::try_from(site.seen()).unwrap();
    assert_eq!(
        (signed.method.as_str(), signed.path.as_str(), signed.body.as_slice()),
        ("POST", "/hook?x=1", BODY.as_bytes())
    );
    assert_eq!(signed.header("content-type"), Some("application/json"));
    assert_eq!(signed.header("webhook-id"), Some(ID));
    assert_eq!(signed.header("webhook-timestamp"), Some("1795262400"));
    assert_eq!(signed.header("webhook-signature"), Some(SIGNATURE));
    assert_eq!((unsigned.header("webhook-id"), unsigned.header("webhook-signature")), (Some(ID), None));
}

#[tokio::test]
async fn a_new_key_signs_beside_the_old_one() {
    let site = Site::start(|_| answer(204, &[], "")).await;
    let both = WebhookSettings {
        keys: vec![KEY.to_vec(), b"diemtin-signing-key-9876".to_vec()],
        ..WebhookSettings::generic("ops", site.url("/hook"))
    };
    assert_eq!(channels(folder("unused"), vec![both]).send(message(), noon()).await, Attempt::Sent);
    let seen = site.seen().remove(0);
    let signatures: Vec<&str> = seen.header("webhook-signature").unwrap().split(' ').collect();
    assert_eq!((signatures.len(), signatures[0]), (2, SIGNATURE));
    assert!(signatures[1].starts_with("v1,") && signatures[1] != SIGNATURE);
}

#[tokio::test]
async fn one_that_is_sent_too_much_is_left_alone_for_a_while_even_if_it_does_not_say_how_long() {
    let site = Site::start(|_| answer(429, &[], "")).await;
    let attempt = to(&site, "/hook", None).send(message(), noon()).await;
    assert!(
        matches!(attempt, Attempt::Wait { after, .. } if after >= Duration::from_secs(10)),
        "{attempt:?}"
    );
}

#[tokio::test]
async fn the_answer_decides_and_never_shows_the_address() {
    let minute = Some(Duration::from_mins(1));
    let cases = [
        (302, "Write the address it leads to", None),
        (400, "does not understand", None),
        (401, "Check its url and secret", None),
        (404, "nothing at its address", None),
        (405, "nothing takes messages", None),
        (413, "this size", None),
        (415, "this sort", None),
        (422, "does not understand", None),
        (429, "too much", minute),
        (500, "tried again", minute),
        (503, "tried again", minute),
    ];
    for (status, said, after) in cases {
        let site = Site::start(move |_| {
            let wait = if after.is_some() { "60" } else { "soon" };
            answer(status, &[("retry-after", wait), ("location", "http://127.0.0.1:1/")], "no")
        })
        .await;
        let (why, found) = later(to(&site, "/s3cret", None).send(message(), noon()).await);
        assert!(why.contains(said) && why.contains("\"ops\"") && !why.contains("s3cret"), "{why}");
        assert_eq!(found, after, "{status}");
        assert_eq!(site.seen().len(), 1);
    }
    let gone = Site::start(|_| answer(410, &[], "")).await;
    let why = given_up(to(&gone, "/s3cret", None).send(message(), noon()).await);
    assert!(why.contains("removed") && !why.contains("s3cret"), "{why}");
}

#[tokio::test]
async fn the_head_of_an_answer_counts_whatever_follows_it() {
    let site = Site::start(|asked| match asked.path.as_str() {
        "/long" => answer(200, &[], "x".repeat(70 * 1024)),
        "/long500" => answer(500, &[], "x".repeat(70 * 1024)),
        "/long410" => answer(410, &[], "x".repeat(70 * 1024)),
        "/long429" => answer(429, &[("retry-after", "60")], "x".repeat(70 * 1024)),
        "/bomb503" => answer(503, &[("retry-after", "60"), ("content-encoding", "gzip")], "broken"),
        _ => answer(200, &[("content-encoding", "gzip")], "broken"),
    })
    .await;
    assert_eq!(to(&site, "/long", None).send(message(), noon()).await, Attempt::Sent);
    assert_eq!(to(&site, "/broken", None).send(message(), noon()).await, Attempt::Sent);
    later(to(&site, "/long500", None).send(message(), noon()).await);
    let minute = Duration::from_mins(1);
    let attempt = to(&site, "/long429", None).send(message(), noon()).await;
    assert!(matches!(attempt, Attempt::Wait { after, .. } if after == minute), "{attempt:?}");
    let (_, after) = later(to(&site, "/bomb503", None).send(message(), noon()).await);
    assert_eq!(after, Some(minute));
    given_up(to(&site, "/long410", None).send(message(), noon()).await);
}

#[tokio::test]
async fn what_is_not_there_is_tried_again() {
    let site = Site::start(|_| answer(200, &[], "")).await;
    let renamed =
        Outgoing::Webhook { id: ID.parse().unwrap(), name: "old".to_owned(), body: BODY.to_owned() };
    let (why, _) = later(to(&site, "/s3cret", None).send(renamed, noon()).await);
    assert!(why.contains("sources.toml no longer defines the webhook \"old\""), "{why}");
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/s3cret").parse().unwrap();
    let closed = channels(folder("unused"), vec![WebhookSettings::generic("ops", url)]);
    let (why, _) = later(closed.send(message(), noon()).await);
    assert!(why.contains("could not be reached") && !why.contains("s3cret"), "{why}");
    let url = "http://10.1.2.3/s3cret".parse().unwrap();
    let inside = channels(folder("unused"), vec![WebhookSettings::generic("ops", url)]);
    let (why, _) = later(inside.send(message(), noon()).await);
    assert!(
        why.contains("allow_private = [\"10.0.0.0/8\"] under [fetch]") && !why.contains("s3cret"),
        "{why}"
    );
}
