//! Where each kind of service wants its messages, and how it knows who sends them.

use url::Url;

use super::super::WebhookSettings;
use crate::model::WebhookKind;

/// The address that is posted to.
pub(super) fn of(webhook: &WebhookSettings) -> Url {
    let token = webhook.token.as_deref().unwrap_or_default();
    match webhook.kind {
        WebhookKind::Telegram => below(&webhook.url, &format!("bot{token}/sendMessage")),
        WebhookKind::Gotify => below(&webhook.url, "message"),
        WebhookKind::Discord => {
            let mut url = webhook.url.clone();
            // Without this Discord answers before it has looked at the message.
            url.query_pairs_mut().append_pair("wait", "true");
            if let Some(thread) = &webhook.thread_id {
                url.query_pairs_mut().append_pair("thread_id", thread);
            }
            url
        }
        _ => webhook.url.clone(),
    }
}

fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let whole = format!("{}/{path}", base.path().trim_end_matches('/'));
    url.set_path(&whole);
    url
}

/// The header that holds the token, where it stands in one.
pub(super) fn token_header(webhook: &WebhookSettings) -> Option<(String, String)> {
    let token = webhook.token.as_ref()?;
    match webhook.kind {
        WebhookKind::Telegram => None,
        WebhookKind::Gotify => Some(("x-gotify-key".to_owned(), token.clone())),
        _ => Some(("authorization".to_owned(), format!("Bearer {token}"))),
    }
}
