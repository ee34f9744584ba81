//! Webhooks of kind `generic`: Standard Webhooks (<https://www.standardwebhooks.com>).

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Attempt, WebhookSettings};
use crate::http::{self, HttpError, Method, Redirects, Request, Response};
use crate::model::{DeliveryId, Timestamp};

/// The specification advises 15 to 30 s.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Nothing in the answer is of use but its head.
const MOST_ANSWER: u64 = 64 * 1024;

/// Every webhook by its name.
#[derive(Debug)]
pub(super) struct Webhooks {
    by_name: HashMap<String, WebhookSettings>,
    client: http::Client,
}

impl Webhooks {
    pub(super) fn new(webhooks: Vec<WebhookSettings>, client: http::Client) -> Self {
        let by_name = webhooks.into_iter().map(|webhook| (webhook.name.clone(), webhook)).collect();
        Self { by_name, client }
    }

    pub(super) async fn send(&self, id: DeliveryId, name: &str, body: String, now: Timestamp) -> Attempt {
        let Some(webhook) = self.by_name.get(name) else {
            let why = format!(
                "sources.toml no longer defines the webhook {name:?}; write its [[webhook]] again, or drop what waits for it."
            );
            return Attempt::TryLater { why, after: None };
        };
        match self.client.send(request(webhook, id, body, now)).await {
            Ok(response) => meaning(name, &response, now),
            Err(error) => failed(name, &error),
        }
    }
}

fn request(webhook: &WebhookSettings, id: DeliveryId, body: String, now: Timestamp) -> Request {
    let (id, timestamp) = (id.to_string(), now.micros().div_euclid(1_000_000).to_string());
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    if let Some(signature) = webhook.key.as_deref().and_then(|key| sign(key, &id, &timestamp, &body)) {
        headers.push(("webhook-signature".to_owned(), signature));
    }
    headers.push(("webhook-id".to_owned(), id));
    headers.push(("webhook-timestamp".to_owned(), timestamp));
    Request {
        headers,
        body: body.into_bytes(),
        timeout: Some(TIMEOUT),
        configured_host: webhook.url.host_str().map(str::to_owned),
        redirects: Redirects::Refuse,
        ..Request::new(Method::Post, webhook.url.clone(), MOST_ANSWER)
    }
}

/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. HMAC takes keys of any length, so this is never `None`.
fn sign(key: &[u8], id: &str, timestamp: &str, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

fn meaning(name: &str, response: &Response, now: Timestamp) -> Attempt {
    let host = response.url.host_str().unwrap_or("it");
    let status = response.status;
    let later = |why: &str| Attempt::TryLater {
        why: format!("The webhook {name:?} ({host}) answered {status}: {why}"),
        after: response.retry_after(now),
    };
    match status {
        200..=299 => Attempt::Sent,
        410 => Attempt::GiveUp {
            why: format!(
                "The webhook {name:?} ({host}) answered 410: it was removed. Give [[webhook]] a new url."
            ),
        },
        300..=399 => later("it redirects, which is not followed. Write the address it leads to as its url."),
        401 | 403 => later("it does not accept the message. Check its url and secret."),
        404 => later("there is nothing at its address. Check its url."),
        429 => later("it was sent too much. It is tried again."),
        _ => later("it is tried again."),
    }
}

/// Where the head of a good answer had come, the message is delivered, whatever then became of the body.
fn failed(name: &str, error: &HttpError) -> Attempt {
    if error.status.is_some_and(|status| (200..300).contains(&status)) {
        return Attempt::Sent;
    }
    if error.status == Some(410) {
        let why = format!(
            "The webhook {name:?} ({}) answered 410: it was removed. Give [[webhook]] a new url.",
            error.host
        );
        return Attempt::GiveUp { why };
    }
    Attempt::TryLater {
        why: format!("The webhook {name:?} could not be reached: {error}. It is tried again."),
        after: None,
    }
}
