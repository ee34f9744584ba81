//! What an answer means for the message, in the words of the service that gave it.

use std::time::Duration;

use serde_json::Value;

use super::super::{Attempt, WebhookSettings};
use crate::http::{HttpError, Response};
use crate::model::{Timestamp, WebhookKind};

/// How much of the service's words is passed on.
const LONGEST_WORDS: usize = 200;
/// How long one is left alone that was sent too much and does not say for how long.
const BREATH: Duration = Duration::from_secs(30);
/// Discord's number for a webhook that someone deleted.
const UNKNOWN_WEBHOOK: u64 = 10_015;

/// What the answer means.
pub(super) fn meaning(webhook: &WebhookSettings, response: &Response, now: Timestamp) -> Attempt {
    let answer = Answer::read(webhook, response);
    let status = match response.status {
        good @ 200..=299 => answer.meant_status().unwrap_or(good),
        other => other,
    };
    let after = answer.retry_after().or_else(|| response.retry_after(now));
    let name = &webhook.name;
    let host = response.url.host_str().unwrap_or("it");
    let words = answer.words().map(|words| format!(" ({words})")).unwrap_or_default();
    let said = format!("The webhook {name:?} ({host}) answered {status}{words}: ");
    let later = |why: &str| Attempt::TryLater { why: format!("{said}{why}"), after };
    match status {
        200..=299 if answer.is_page() => later("it is a web page that answers there. Check its url."),
        200..=299 if answer.is_failure() => later("it did not pass the message on. It is tried again."),
        200..=299 => Attempt::Sent,
        410 => gone(&said),
        _ if answer.is_deleted() => gone(&said),
        300..=399 => later("it redirects, which is not followed. Write the address it leads to as its url."),
        400 | 422 => later(&answer.misunderstanding()),
        401 | 403 => later(answer.distrust()),
        404 => later("there is nothing at its address. Check its url."),
        405 => later("nothing takes messages at its address. Check its url."),
        413 => later("it takes no messages of this size. Raise its limit."),
        415 => later("it takes no messages of this sort. Check its kind, or headers = { Content-Type = … }."),
        429 => Attempt::Wait {
            why: format!("{said}it was sent too much. It goes on by itself."),
            after: after.unwrap_or(BREATH),
        },
        _ => later("it is tried again."),
    }
}

fn gone(said: &str) -> Attempt {
    Attempt::Gone { why: format!("{said}it was removed. Give [[webhook]] a new url.") }
}

/// There was no answer, not even its head.
pub(super) fn failed(webhook: &WebhookSettings, error: &HttpError) -> Attempt {
    let why = format!("The webhook {:?} did not take it: {error}. It is tried again.", webhook.name);
    Attempt::TryLater { why, after: None }
}

/// What a known service says beside its status.
struct Answer<'a> {
    webhook: &'a WebhookSettings,
    text: String,
    json: Value,
}

impl<'a> Answer<'a> {
    fn read(webhook: &'a WebhookSettings, response: &Response) -> Self {
        let text = String::from_utf8_lossy(&response.body).into_owned();
        let json = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        Self { webhook, text, json }
    }

    /// How long it asks for in its body: Discord in seconds with a fraction, Telegram in whole ones.
    fn retry_after(&self) -> Option<Duration> {
        let seconds = match self.webhook.kind {
            WebhookKind::Discord => self.json.get("retry_after")?.as_f64()?,
            WebhookKind::Telegram => self.json.pointer("/parameters/retry_after")?.as_f64()?,
            _ => return None,
        };
        Duration::try_from_secs_f64(seconds.max(0.0)).ok()
    }

    /// Its reason on one line. Of a generic webhook nothing is passed on: it may repeat what it was sent.
    fn words(&self) -> Option<String> {
        let field = |name: &str| self.json.get(name).and_then(Value::as_str);
        let words = match self.webhook.kind {
            WebhookKind::Generic => None,
            _ if self.is_page() => None,
            // One word, such as `invalid_blocks`.
            WebhookKind::Slack => Some(self.text.as_str()).filter(|text| text.len() < 100),
            WebhookKind::Discord | WebhookKind::Mattermost => field("message"),
            WebhookKind::Telegram => field("description"),
            WebhookKind::Ntfy => field("error"),
            WebhookKind::Gotify => field("errorDescription"),
            WebhookKind::Teams => self.json.pointer("/error/message").and_then(Value::as_str),
        };
        let plain: String =
            words?.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_WORDS).collect();
        let plain = self.webhook.hide_in(plain.trim());
        (!plain.is_empty()).then_some(plain)
    }

    /// The status that it gives in its body, where it failed under a good one: Telegram may, and older connectors of
    /// Teams do ("Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 …").
    fn meant_status(&self) -> Option<u16> {
        let status = match self.webhook.kind {
            WebhookKind::Telegram => self.json.get("error_code")?.as_u64()?.try_into().ok()?,
            WebhookKind::Teams if self.is_failure() => {
                let (_, rest) = self.text.split_once("HTTP error ")?;
                rest.get(..3)?.parse().ok()?
            }
            _ => return None,
        };
        (400..600).contains(&status).then_some(status)
    }

    /// Whether it failed under a good status.
    fn is_failure(&self) -> bool {
        match self.webhook.kind {
            WebhookKind::Generic => false,
            WebhookKind::Teams => self.text.starts_with("Webhook message delivery failed"),
            // Slack takes with "ok" and refuses with one word, such as `invalid_payload`; those who speak like it say it in JSON.
            _ => {
                let text = self.text.trim();
                let is_word = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                let denies = |field| self.json.get(field) == Some(&Value::Bool(false));
                denies("ok") || denies("success") || (is_word && text.contains('_'))
            }
        }
    }

    /// Whether a person is meant to read it: no service answers so, but a login, a proxy or a wrong address does.
    fn is_page(&self) -> bool {
        self.webhook.kind != WebhookKind::Generic && self.text.trim_start().starts_with('<')
    }

    /// Whether it was deleted there, which not every service says with 410.
    fn is_deleted(&self) -> bool {
        match self.webhook.kind {
            WebhookKind::Discord => self.json.get("code").and_then(Value::as_u64) == Some(UNKNOWN_WEBHOOK),
            WebhookKind::Slack => matches!(self.text.trim(), "no_service" | "no_team"),
            _ => false,
        }
    }

    fn misunderstanding(&self) -> String {
        // A group of Telegram that grew has a new identity.
        if let Some(chat) = self.json.pointer("/parameters/migrate_to_chat_id").and_then(Value::as_i64) {
            return format!("write chat_id = \"{chat}\".");
        }
        let what = match self.webhook.kind {
            WebhookKind::Telegram => "check chat_id and thread_id, and that the bot may write there.",
            WebhookKind::Discord => "check thread_id and that the url is that of a webhook.",
            WebhookKind::Ntfy => "check url and topic.",
            WebhookKind::Generic => "it does not understand the message; it is tried again.",
            _ => "it does not understand the message. Check its url and kind.",
        };
        what.to_owned()
    }

    fn distrust(&self) -> &'static str {
        match self.webhook.kind {
            WebhookKind::Telegram => {
                "check the bot's token, and that the bot is a member of the chat and may write there."
            }
            WebhookKind::Ntfy | WebhookKind::Gotify => "it does not accept the message. Check its token.",
            WebhookKind::Generic => "it does not accept the message. Check its url and secret.",
            _ => "it does not accept the message. Check its url.",
        }
    }
}
