//! Sending, to servers on loopback.

mod folder;
mod kinds;
mod letters;
mod mail_server;
mod signatures;
mod smtp;
mod tokens;
mod webhooks;

use std::path::PathBuf;
use std::time::Duration;

use super::{Attempt, Carrier, Channels, Outgoing, Settings, WebhookSettings};
use crate::http;
use crate::model::{DeliveryId, Timestamp};

/// 2026-11-21T12:00:00Z
fn noon() -> Timestamp {
    Timestamp::from_micros(1_795_262_400_000_000)
}

thread_local! {
    /// Each test has a thread, and so a client, of its own; reading the system's certificates takes a while.
    static CLIENT: http::Client = {
        let allow_private = vec!["127.0.0.0/8".parse().unwrap()];
        let timeout = Duration::from_secs(5);
        http::Client::new(http::Settings {
            user_agent: "diemtin".to_owned(),
            timeout,
            allow_private,
            extra_roots: Vec::new(),
        }).unwrap()
    };
}

fn client() -> http::Client {
    CLIENT.with(http::Client::clone)
}

fn channels(mail: Carrier, webhooks: Vec<WebhookSettings>) -> Channels {
    let settings = Settings { from: "Điểm tin <bot@example.org>".to_owned(), mail, dkim: None, webhooks };
    Channels::new(settings, client()).unwrap()
}

fn folder(path: impl Into<PathBuf>) -> Carrier {
    Carrier::Folder(path.into())
}

fn mail() -> Outgoing {
    Outgoing::Mail {
        id: DeliveryId::new(noon()),
        to: "desk@example.net".to_owned(),
        date: noon(),
        subject: "Huawei ra mắt chip mới".to_owned(),
        text: "Huawei ra mắt chip mới.\n.\n.dot\nhttps://example.org/a".to_owned(),
        html: "<p>Huawei ra mắt chip mới.</p>\n".to_owned(),
        list: Some("Điểm tin sáng".to_owned()),
        unsubscribe: None,
        threads: vec!["story.s1".to_owned(), "article.a1\r\nBcc: x".to_owned()],
    }
}

fn id_of(outgoing: &Outgoing) -> DeliveryId {
    match outgoing {
        Outgoing::Mail { id, .. } | Outgoing::Webhook { id, .. } => *id,
    }
}

/// The sentence of an attempt that is to be repeated.
fn later(attempt: Attempt) -> (String, Option<Duration>) {
    match attempt {
        Attempt::TryLater { why, after } => (why, after),
        Attempt::Wait { why, after } => (why, Some(after)),
        other => panic!("{other:?} is not to be repeated"),
    }
}

/// The sentence of an attempt that ended it.
fn given_up(attempt: Attempt) -> String {
    match attempt {
        Attempt::GiveUp { why } | Attempt::Gone { why } => why,
        other => panic!("{other:?} did not end it"),
    }
}
