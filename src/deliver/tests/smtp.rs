//! SMTP: what reaches the server, and what its answers mean.

use std::time::Duration;

use super::mail_server::{Line, MailServer, Reply};
use super::{Channels, given_up, id_of, later, mail, noon};
use crate::deliver::{Attempt, Carrier, Login, Outgoing, Security, SmtpSettings};

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        login: None,
        token: None,
        hello: Some("news.example.org".to_owned()),
        timeout: Duration::from_secs(5),
    }
}

fn channels_to(port: u16) -> Channels {
    super::channels(Carrier::Smtp(settings(port)), Vec::new())
}

fn logged_in(port: u16) -> Channels {
    let login = Login { user: "bot".to_owned(), password: "hunter2".to_owned() };
    super::channels(Carrier::Smtp(SmtpSettings { login: Some(login), ..settings(port) }), Vec::new())
}

/// A script that says this to commands that begin so, and the usual to all others.
fn saying(command: &'static str, says: &'static str) -> impl Fn(&Line) -> Reply {
    move |line| if line.text.starts_with(command) { Reply::Say(says) } else { Reply::Usual }
}

#[tokio::test]
async fn a_mail_arrives_whole_with_its_dots() {
    let server = MailServer::start(|_| Reply::Usual).await;
    let mail = mail();
    assert_eq!(channels_to(server.port).send(mail.clone(), noon()).await, Attempt::Sent);
    let book = server.book();
    let lines: Vec<&str> = book.lines.iter().map(|line| line.text.as_str()).collect();
    let wanted = [
        "hello",
        "EHLO news.example.org",
        "MAIL FROM:<bot@example.org>",
        "RCPT TO:<desk@example.net>",
        "DATA",
        ".",
    ];
    assert_eq!(lines, wanted);
    assert!(book.mails[0].contains(&format!("Message-ID: <{}@example.org>\r\n", id_of(&mail))));
    assert!(book.mails[0].contains("\r\n..\r\n..dot\r\n"), "{}", book.mails[0]);
}

#[tokio::test]
async fn one_connection_carries_many_mails() {
    let server = MailServer::start(|_| Reply::Usual).await;
    let channels = channels_to(server.port);
    for _ in 0..5 {
        assert_eq!(channels.send(mail(), noon()).await, Attempt::Sent);
    }
    assert_eq!((server.connections(), server.book().mails.len()), (1, 5));
}

#[tokio::test]
async fn a_connection_that_is_gone_or_used_up_is_replaced() {
    let scripts: [fn(&Line) -> Reply; 4] = [
        |line| if line.mails_before == 1 && line.text == "RSET" { Reply::HangUp } else { Reply::Usual },
        |line| {
            if line.mails_before == 1 && line.text == "RSET" {
                Reply::Say("421 too long idle")
            } else {
                Reply::Usual
            }
        },
        |line| {
            let used_up = line.mails_before == 1 && line.text.starts_with("MAIL");
            if used_up { Reply::Say("452 too many messages on this connection") } else { Reply::Usual }
        },
        |line| {
            if line.mails_before == 1 && line.text.starts_with("RCPT") { Reply::HangUp } else { Reply::Usual }
        },
    ];
    for (number, script) in scripts.into_iter().enumerate() {
        let server = MailServer::start(script).await;
        let channels = channels_to(server.port);
        for _ in 0..3 {
            assert_eq!(channels.send(mail(), noon()).await, Attempt::Sent, "script {number}");
        }
        assert_eq!((server.connections(), server.book().mails.len()), (3, 3), "script {number}");
    }
}

/// As `OpenSMTPD` does: it says 452 to the recipient of the mail after the hundredth.
#[tokio::test]
async fn a_server_that_takes_a_hundred_mails_on_a_connection_gets_all_of_them() {
    let server = MailServer::start(|line| {
        let used_up = line.mails_before == 100 && line.text.starts_with("RCPT");
        if used_up { Reply::Say("452 4.5.3 Too many messages sent") } else { Reply::Usual }
    })
    .await;
    let channels = channels_to(server.port);
    for _ in 0..250 {
        assert_eq!(channels.send(mail(), noon()).await, Attempt::Sent);
    }
    assert_eq!((server.connections(), server.book().mails.len()), (3, 250));
}

#[tokio::test]
async fn answers_that_time_or_the_user_can_mend_are_tried_again() {
    let cases = [
        ("hello", "421 busy", "wants the mail later (421 busy)"),
        ("hello", "554 go away", "does not serve us"),
        ("MAIL", "451 greylisted", "451 greylisted"),
        ("RCPT", "450 4.2.0 mailbox busy", "450 4.2.0 mailbox busy"),
        (".", "452 disk full", "452 disk full"),
        ("MAIL", "530 5.7.0 Authentication required", "write user and password_file under [email]"),
        ("RCPT", "554 5.7.1 <a@b>: Relay access denied", "write user and password_file under [email]"),
        (
            "RCPT",
            "554 5.7.1 <a@b>: Recipient address rejected: Access denied",
            "write user and password_file under [email]",
        ),
        ("RCPT", "550 5.7.60 Client was not authenticated", "write user and password_file under [email]"),
        ("MAIL", "553 5.7.1 Sender address rejected", "does not accept the sender"),
    ];
    for (command, says, expected) in cases {
        let server = MailServer::start(saying(command, says)).await;
        let (why, after) = later(channels_to(server.port).send(mail(), noon()).await);
        assert!(why.contains(expected), "{command} {says}: {why}");
        assert_eq!(after, None);
    }
}

#[tokio::test]
async fn a_permanent_no_to_this_mail_ends_it() {
    let cases = [
        ("RCPT", "550 5.1.1 no such user"),
        ("RCPT", "551 moved"),
        (".", "554 5.7.1 looks like spam"),
        ("DATA", "552 too big"),
    ];
    for (command, says) in cases {
        let server = MailServer::start(saying(command, says)).await;
        let why = given_up(channels_to(server.port).send(mail(), noon()).await);
        assert!(why.contains(says) && why.contains("desk@example.net"), "{why}");
    }
}

#[tokio::test]
async fn a_refused_login_names_the_keys_and_not_the_password() {
    let cases: [(&str, &str); 7] = [
        ("AUTH", "535 5.7.8 bad credentials"),
        ("AUTH", "535 bad command AUTH PLAIN AGJvdABodW50ZXIy"),
        ("AUTH", "535 not the password of bot: hunter2"),
        ("AUTH", "535 not the password: aHVudGVyMg=="),
        ("AUTH", "454 4.7.0 temporary failure"),
        ("AUTH", "504 no such mechanism"),
        ("EHLO", "250-mail.example.org\r\n250 8BITMIME"),
    ];
    for (command, says) in cases {
        let server = MailServer::start(saying(command, says)).await;
        let (why, _) = later(logged_in(server.port).send(mail(), noon()).await);
        assert!(why.contains("user and password_file (or password_env) under [email]"), "{why}");
        let told =
            ["hunter2", "AGJvdABodW50ZXIy", "aHVudGVyMg=="].into_iter().find(|form| why.contains(form));
        assert_eq!(told, None, "{why}");
    }
    assert!(!format!("{:?}", logged_in(1)).contains("hunter2"));
}

#[tokio::test]
async fn both_ways_of_logging_in_work() {
    let plain = MailServer::start(|_| Reply::Usual).await;
    assert_eq!(logged_in(plain.port).send(mail(), noon()).await, Attempt::Sent);
    assert!(plain.book().lines.iter().any(|line| line.text == "AUTH PLAIN AGJvdABodW50ZXIy"));
    let login = MailServer::start(|line| match line.text.as_str() {
        "AUTH LOGIN" => Reply::Say("334 VXNlcm5hbWU6"),
        "Ym90" => Reply::Say("334 UGFzc3dvcmQ6"),
        "aHVudGVyMg==" => Reply::Say("235 welcome"),
        text if text.starts_with("EHLO") => Reply::Say("250-mail.example.org\r\n250 AUTH LOGIN"),
        _ => Reply::Usual,
    })
    .await;
    assert_eq!(logged_in(login.port).send(mail(), noon()).await, Attempt::Sent);
}

#[tokio::test]
async fn nothing_is_sent_where_starttls_is_missing() {
    let server = MailServer::start(|_| Reply::Usual).await;
    let login = Some(Login { user: "bot".to_owned(), password: "hunter2".to_owned() });
    for security in [Security::StartTls, Security::Tls] {
        let timeout = Duration::from_millis(300);
        let secure = SmtpSettings { security, login: login.clone(), timeout, ..settings(server.port) };
        let (why, _) = later(super::channels(Carrier::Smtp(secure), Vec::new()).send(mail(), noon()).await);
        assert!(why.contains("under [email]") || why.contains("took longer"), "{why}");
    }
    let sent = |line: &Line| line.text.starts_with("AUTH") || line.text.starts_with("MAIL");
    assert!(!server.book().lines.iter().any(sent));
}

#[tokio::test]
async fn an_uncertain_end_is_repeated_and_never_mistaken_for_another_mails() {
    let hung_up = MailServer::start(|line| match (line.connection, line.text.as_str()) {
        (1, ".") => Reply::HangUp,
        _ => Reply::Usual,
    })
    .await;
    let silent = MailServer::start(|line| match (line.connection, line.text.as_str()) {
        (1, ".") => Reply::Silence,
        _ => Reply::Usual,
    })
    .await;
    for server in [hung_up, silent] {
        let impatient = SmtpSettings { timeout: Duration::from_millis(300), ..settings(server.port) };
        let channels = super::channels(Carrier::Smtp(impatient), Vec::new());
        let mail = mail();
        let (why, _) = later(channels.send(mail.clone(), noon()).await);
        assert!(why.contains("did not say whether it has the mail"), "{why}");
        assert_eq!(channels.send(mail, noon()).await, Attempt::Sent);
        assert_eq!(server.connections(), 2, "the first connection must not be used again");
    }
}

#[tokio::test]
async fn nobody_listening_is_a_reason_to_wait() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (why, _) = later(channels_to(port).send(mail(), noon()).await);
    assert!(why.contains("cannot be reached") && why.contains("[email]"), "{why}");
}

#[tokio::test]
async fn a_recipient_that_is_no_address_never_reaches_the_server() {
    let server = MailServer::start(|_| Reply::Usual).await;
    let channels = channels_to(server.port);
    let bad = [
        "desk",
        "@example.net",
        "desk@",
        "a@example.net\r\nRCPT TO:<b@example.net>",
        "a@example.net\nBcc: b@example.net",
        "\"a\r\n\"@example.net",
        "a b@example.net",
        "a@example.net,b@example.net",
        "<a@example.net>",
    ];
    for to in bad {
        let Outgoing::Mail { id, date, subject, text, html, list, unsubscribe, threads, .. } = mail() else {
            unreachable!()
        };
        let outgoing =
            Outgoing::Mail { id, to: to.to_owned(), date, subject, text, html, list, unsubscribe, threads };
        assert!(given_up(channels.send(outgoing, noon()).await).contains("is not a mail address"), "{to:?}");
    }
    assert_eq!(server.connections(), 0);
}
