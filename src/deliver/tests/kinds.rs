//! Chat and push services: where their messages go, who they come from, and what their answers mean.

use std::time::Duration;

use super::{channels, folder, given_up, later, noon};
use crate::deliver::{Attempt, Outgoing, WebhookSettings};
use crate::http::loopback::{Seen, Site, answer};
use crate::model::{DeliveryId, WebhookKind};

const TOKEN: &str = "12345:s3cret-Token_1";
const BODY: &str = r#"{"text":"Huawei"}"#;

fn hook(site: &Site, kind: WebhookKind) -> WebhookSettings {
    let has_token = matches!(kind, WebhookKind::Telegram | WebhookKind::Gotify | WebhookKind::Ntfy);
    WebhookSettings {
        kind,
        token: has_token.then(|| TOKEN.to_owned()),
        thread_id: (kind == WebhookKind::Discord).then(|| "77".to_owned()),
        headers: vec![("x-team".to_owned(), "desk".to_owned())],
        ..WebhookSettings::generic("ops", site.url("/base?a=1"))
    }
}

async fn sent(webhook: WebhookSettings) -> Attempt {
    let id = DeliveryId::new(noon());
    let outgoing = Outgoing::Webhook { id, name: "ops".to_owned(), body: BODY.to_owned() };
    channels(folder("unused"), vec![webhook]).send(outgoing, noon()).await
}

#[tokio::test]
async fn each_service_is_called_where_and_as_it_wants() {
    for (kind, path, header) in [
        (WebhookKind::Slack, "/base?a=1", None),
        (WebhookKind::Teams, "/base?a=1", None),
        (WebhookKind::Mattermost, "/base?a=1", None),
        (WebhookKind::Discord, "/base?a=1&wait=true&thread_id=77", None),
        (WebhookKind::Telegram, "/base/bot12345:s3cret-Token_1/sendMessage?a=1", None),
        (WebhookKind::Gotify, "/base/message?a=1", Some(("x-gotify-key", TOKEN))),
        (WebhookKind::Ntfy, "/base?a=1", Some(("authorization", "Bearer 12345:s3cret-Token_1"))),
    ] {
        let site = Site::start(|_| answer(200, &[], r#"{"ok":true}"#)).await;
        assert_eq!(sent(hook(&site, kind)).await, Attempt::Sent, "{kind:?}");
        let seen: Seen = site.seen().remove(0);
        assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", path));
        assert_eq!(seen.body, BODY.as_bytes());
        assert_eq!(seen.header("content-type"), Some("application/json"));
        assert_eq!(seen.header("x-team"), Some("desk"));
        assert_eq!(seen.header("webhook-id"), None, "{kind:?} knows no Standard Webhooks");
        if let Some((name, value)) = header {
            assert_eq!(seen.header(name), Some(value));
        }
    }
}

#[tokio::test]
async fn too_fast_is_understood_in_every_dialect() {
    let seconds = Duration::from_secs_f64;
    for (kind, head, body, wanted) in [
        (WebhookKind::Slack, Some("7"), "rate_limited", seconds(7.0)),
        (
            WebhookKind::Discord,
            None,
            r#"{"message":"limited","retry_after":1.5,"global":false}"#,
            seconds(1.5),
        ),
        (WebhookKind::Discord, Some("3"), r#"{"retry_after":2.25}"#, seconds(2.25)),
        (WebhookKind::Telegram, None, r#"{"ok":false,"parameters":{"retry_after":35}}"#, seconds(35.0)),
        (WebhookKind::Ntfy, None, r#"{"code":42901}"#, seconds(30.0)),
        (WebhookKind::Slack, Some("2.5"), "rate_limited", seconds(3.0)),
        (WebhookKind::Telegram, None, r#"{"parameters":{"retry_after":-5}}"#, seconds(0.0)),
        (WebhookKind::Discord, None, r#"{"retry_after":1e300}"#, seconds(30.0)),
    ] {
        let headers: Vec<(&str, &str)> = head.map(|value| ("retry-after", value)).into_iter().collect();
        let headers = headers.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect::<Vec<_>>();
        let site = Site::start(move |_| {
            let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            answer(429, &headers, body)
        })
        .await;
        match sent(hook(&site, kind)).await {
            Attempt::Wait { after, .. } => assert_eq!(after, wanted, "{kind:?} {body}"),
            other => panic!("{kind:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn too_fast_is_understood_under_a_good_status_too() {
    for (kind, body, wanted) in [
        (WebhookKind::Telegram, r#"{"ok":false,"error_code":429,"parameters":{"retry_after":17}}"#, 17),
        (
            WebhookKind::Teams,
            "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId 1",
            30,
        ),
    ] {
        let site = Site::start(move |_| answer(200, &[], body)).await;
        let attempt = sent(hook(&site, kind)).await;
        let wanted = Duration::from_secs(wanted);
        assert!(matches!(attempt, Attempt::Wait { after, .. } if after == wanted), "{attempt:?}");
    }
}

#[tokio::test]
async fn what_services_say_when_they_took_it_is_no_failure() {
    for (kind, body) in [
        (WebhookKind::Slack, "ok"),
        (WebhookKind::Slack, ""),
        (WebhookKind::Slack, r#"{"result":"success","msg":""}"#),
        (WebhookKind::Teams, "1"),
        (WebhookKind::Discord, r#"{"id":"1"}"#),
        (WebhookKind::Generic, "<html>danke</html>"),
        (WebhookKind::Generic, "no_such_thing"),
    ] {
        let site = Site::start(move |_| answer(200, &[], body)).await;
        assert_eq!(sent(hook(&site, kind)).await, Attempt::Sent, "{kind:?} {body}");
    }
}

#[tokio::test]
async fn refusals_are_told_apart_in_the_services_own_words() {
    let cases = [
        (
            WebhookKind::Telegram,
            400,
            r#"{"ok":false,"description":"Bad Request: chat not found"}"#,
            "(Bad Request: chat not found): check chat_id",
        ),
        (
            WebhookKind::Telegram,
            403,
            r#"{"ok":false,"description":"Forbidden: bot was kicked"}"#,
            "bot was kicked): check the bot's token",
        ),
        (WebhookKind::Telegram, 200, r#"{"ok":false,"description":"odd"}"#, "did not pass the message on"),
        (WebhookKind::Slack, 400, "invalid_blocks", "(invalid_blocks): it does not understand the message"),
        (WebhookKind::Slack, 404, "channel_not_found", "(channel_not_found)"),
        (
            WebhookKind::Discord,
            400,
            r#"{"message":"Invalid Form Body","code":50035}"#,
            "(Invalid Form Body): check thread_id",
        ),
        (WebhookKind::Gotify, 401, r#"{"errorDescription":"bad token"}"#, "(bad token)"),
        (WebhookKind::Ntfy, 403, r#"{"error":"forbidden"}"#, "Check its token"),
        (
            WebhookKind::Teams,
            200,
            "Webhook message delivery failed with error: it is busy",
            "did not pass the message on",
        ),
        (WebhookKind::Mattermost, 400, r#"{"message":"Unable to parse"}"#, "(Unable to parse)"),
        (
            WebhookKind::Telegram,
            400,
            r#"{"ok":false,"description":"upgraded","parameters":{"migrate_to_chat_id":-100777}}"#,
            "(upgraded): write chat_id = \"-100777\"",
        ),
        (
            WebhookKind::Telegram,
            200,
            r#"{"ok":false,"error_code":403,"description":"kicked"}"#,
            "answered 403 (kicked): check the bot's token",
        ),
        (WebhookKind::Slack, 200, "invalid_payload", "(invalid_payload): it did not pass the message on"),
        (WebhookKind::Slack, 200, r#"{"ok":false,"error":"no_text"}"#, "did not pass the message on"),
        (WebhookKind::Mattermost, 200, r#"{"success":false}"#, "did not pass the message on"),
        (WebhookKind::Ntfy, 200, "\n<!doctype html><title>Login</title>", "answered 200: it is a web page"),
        (WebhookKind::Generic, 400, "12345:s3cret-Token_1", "it does not understand the message"),
        (
            WebhookKind::Telegram,
            401,
            r#"{"description":"no bot 12345:s3cret-Token_1\r\nX"}"#,
            "no bot ***  X",
        ),
    ];
    for (kind, status, body, said) in cases {
        let site = Site::start(move |_| answer(status, &[], body)).await;
        let (why, _) = later(sent(hook(&site, kind)).await);
        assert!(why.contains(said) && !why.contains("s3cret"), "{kind:?} {status}: {why}");
    }
}

#[tokio::test]
async fn what_was_deleted_there_is_gone_however_it_is_said() {
    for (kind, status, body) in [
        (WebhookKind::Discord, 404, r#"{"message":"Unknown Webhook","code":10015}"#),
        (WebhookKind::Slack, 404, "no_service"),
        (WebhookKind::Slack, 410, "channel_is_archived"),
        (WebhookKind::Generic, 410, ""),
    ] {
        let site = Site::start(move |_| answer(status, &[], body)).await;
        let attempt = sent(hook(&site, kind)).await;
        assert!(matches!(attempt, Attempt::Gone { .. }), "{kind:?}: {attempt:?}");
        assert!(given_up(attempt).contains("removed"));
    }
}

#[tokio::test]
async fn a_look_ahead_connects_and_sends_nothing() {
    let site = Site::start(|_| answer(200, &[], "")).await;
    let mut closed = hook(&site, WebhookKind::Generic);
    closed.name = "closed".to_owned();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    closed.url = format!("http://127.0.0.1:{port}/s3cret").parse().unwrap();
    let mut inside = closed.clone();
    inside.name = "inside".to_owned();
    inside.url = "http://10.1.2.3/s3cret".parse().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let all = vec![hook(&site, WebhookKind::Slack), closed, inside];
    let probes = channels(folder(dir.path().join("mail")), all).probe().await;
    let found: Vec<(String, bool)> =
        probes.iter().map(|probe| (probe.what.clone(), probe.result.is_ok())).collect();
    let wanted =
        [("mail", true), ("webhook:closed", false), ("webhook:inside", false), ("webhook:ops", true)];
    assert_eq!(found, wanted.map(|(what, well)| (what.to_owned(), well)), "{probes:?}");
    assert!(site.seen().is_empty());
    assert!(!format!("{probes:?}").contains("s3cret"), "{probes:?}");
}
