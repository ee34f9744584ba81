//! Webhooks: Standard Webhooks (<https://www.standardwebhooks.com>), and what chat and push services want instead.

mod address;
mod verdict;

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Attempt, Probe, WebhookSettings};
use crate::http::{self, Excess, Method, Redirects, Request};
use crate::model::{DeliveryId, Timestamp, WebhookKind};

/// The specification advises 15 to 30 s.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Nothing in the answer is of use but its head and a few words.
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
            Ok(response) => verdict::meaning(webhook, &response, now),
            Err(error) => verdict::failed(webhook, &error),
        }
    }

    /// Whether each can be reached, by name; nothing is sent.
    pub(super) async fn probe(&self) -> Vec<Probe> {
        let mut webhooks: Vec<&WebhookSettings> = self.by_name.values().collect();
        webhooks.sort_by(|one, other| one.name.cmp(&other.name));
        let mut probes = Vec::new();
        for webhook in webhooks {
            let host = webhook.url.host_str().unwrap_or_default().to_owned();
            let reached = self.client.reach(&webhook.url, TIMEOUT).await;
            let result = reached.map(|address| format!("{host} is at {address}")).map_err(|e| e.to_string());
            probes.push(Probe { what: format!("webhook:{}", webhook.name), result });
        }
        probes
    }
}

fn request(webhook: &WebhookSettings, id: DeliveryId, body: String, now: Timestamp) -> Request {
    let mut headers = Vec::new();
    if !webhook.headers.iter().any(|(name, _)| name == "content-type") {
        headers.push(("content-type".to_owned(), content_type(&body).to_owned()));
    }
    if webhook.kind == WebhookKind::Generic {
        headers.extend(signatures(webhook, id, &body, now));
    }
    headers.extend(address::token_header(webhook));
    headers.extend(webhook.headers.iter().cloned());
    Request {
        headers,
        body: body.into_bytes(),
        timeout: Some(TIMEOUT),
        configured_host: webhook.url.host_str().map(str::to_owned),
        redirects: Redirects::Refuse,
        // Its head says what became of the message, whatever then becomes of the body.
        excess: Excess::Salvage,
        ..Request::new(Method::Post, address::of(webhook), MOST_ANSWER)
    }
}

/// A template may make something other than JSON.
fn content_type(body: &str) -> &'static str {
    if body.trim_start().starts_with(['{', '[']) { "application/json" } else { "text/plain; charset=utf-8" }
}

/// The headers of Standard Webhooks; a signature by each key, so that the receiver may go over from one to the next.
fn signatures(
    webhook: &WebhookSettings,
    id: DeliveryId,
    body: &str,
    now: Timestamp,
) -> Vec<(String, String)> {
    let (id, timestamp) = (id.to_string(), now.micros().div_euclid(1_000_000).to_string());
    let signed: Vec<String> =
        webhook.keys.iter().filter_map(|key| sign(key, &id, &timestamp, body)).collect();
    let signature = (!signed.is_empty()).then(|| ("webhook-signature".to_owned(), signed.join(" ")));
    let stamps = [("webhook-id".to_owned(), id), ("webhook-timestamp".to_owned(), timestamp)];
    signature.into_iter().chain(stamps).collect()
}

/// `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. HMAC takes keys of any length, so this is never `None`.
fn sign(key: &[u8], id: &str, timestamp: &str, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}
