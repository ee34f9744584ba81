//! Logging in with a token, and looking whether a login works.

use std::path::PathBuf;
use std::time::Duration;

use super::mail_server::{Line, MailServer, Reply};
use super::{later, mail, noon};
use crate::deliver::{Attempt, Carrier, Channels, Security, SmtpSettings, Token, TokenPlace};

/// `user=bot`, `auth=Bearer s3cret-token` and the separators of XOAUTH2, in base64.
const SHOWN: &str = "AUTH XOAUTH2 dXNlcj1ib3QBYXV0aD1CZWFyZXIgczNjcmV0LXRva2VuAQE=";

fn channels_to(port: u16, place: TokenPlace) -> Channels {
    let settings = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        login: None,
        token: Some(Token { user: "bot".to_owned(), place }),
        hello: Some("news.example.org".to_owned()),
        timeout: Duration::from_secs(5),
    };
    super::channels(Carrier::Smtp(settings), Vec::new())
}

fn value(token: &str) -> TokenPlace {
    TokenPlace::Value(token.to_owned())
}

#[tokio::test]
async fn a_token_is_shown_and_read_again_for_each_connection() {
    let server =
        MailServer::start(|line| if line.text == "RSET" { Reply::HangUp } else { Reply::Usual }).await;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("token");
    std::fs::write(&file, "s3cret-token\n").unwrap();
    let channels = channels_to(server.port, TokenPlace::File(file.clone()));
    assert_eq!(channels.send(mail(), noon()).await, Attempt::Sent);
    std::fs::write(&file, "renewed").unwrap();
    assert_eq!(channels.send(mail(), noon()).await, Attempt::Sent);
    let shown: Vec<String> = server
        .book()
        .lines
        .into_iter()
        .map(|line| line.text)
        .filter(|text| text.starts_with("AUTH"))
        .collect();
    assert_eq!(shown.len(), 2);
    assert_eq!(shown[0], SHOWN);
    assert_ne!(shown[0], shown[1]);
}

#[tokio::test]
async fn a_token_that_ran_out_is_named_with_the_servers_reason_and_never_shown() {
    // {"status":"401","why":"s3cret-token"} in base64.
    let script = |line: &Line| match line.text.as_str() {
        text if text.starts_with("AUTH") => {
            Reply::Say("334 eyJzdGF0dXMiOiI0MDEiLCJ3aHkiOiJzM2NyZXQtdG9rZW4ifQ==")
        }
        "" => Reply::Say("535 5.7.8 bad token dXNlcj1ib3QBYXV0aD1CZWFyZXIgczNjcmV0LXRva2VuAQE="),
        _ => Reply::Usual,
    };
    let server = MailServer::start(script).await;
    let (why, _) = later(channels_to(server.port, value("s3cret-token")).send(mail(), noon()).await);
    assert!(why.contains("token_file (or token_env)") && why.contains("\"401\""), "{why}");
    assert!(!why.contains("s3cret") && !why.contains("dXNlcj1"), "{why}");
}

#[tokio::test]
async fn a_token_that_is_not_there_is_said() {
    let server = MailServer::start(|_| Reply::Usual).await;
    let place = TokenPlace::File(PathBuf::from("/nowhere/token"));
    let (why, _) = later(channels_to(server.port, place).send(mail(), noon()).await);
    assert!(why.contains("/nowhere/token cannot be read"), "{why}");
}

#[tokio::test]
async fn a_look_ahead_logs_in_and_takes_leave() {
    let server = MailServer::start(|_| Reply::Usual).await;
    let probes = channels_to(server.port, value("s3cret-token")).probe().await;
    let found = probes[0].result.clone().unwrap();
    assert!(found.contains("lets us log in"), "{found}");
    let lines: Vec<String> = server.book().lines.into_iter().map(|line| line.text).collect();
    assert_eq!(lines, ["hello", "EHLO news.example.org", SHOWN, "QUIT"]);
    let refusing = MailServer::start(|line| {
        if line.text.starts_with("AUTH") { Reply::Say("535 5.7.8 no") } else { Reply::Usual }
    })
    .await;
    let why = channels_to(refusing.port, value("s3cret-token")).probe().await[0].result.clone().unwrap_err();
    assert!(why.contains("does not accept the login (535") && !why.contains("tried again"), "{why}");
}
