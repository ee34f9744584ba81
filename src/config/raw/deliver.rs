//! `[email]` and `[[webhook]]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;

/// The mail server.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Email {
    /// `smtps://` (TLS, port 465), `starttls://` (port 587) or `smtp://` (plain, port 25), then host and port.
    #[schemars(required, example = &"smtps://mail.example.org:465")]
    pub(crate) smtp: Text,
    /// The user name, where the server wants one.
    #[schemars(example = &"bot@example.org")]
    pub(crate) user: Text,
    /// A file that holds the password; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/smtp")]
    pub(crate) password_file: Text,
    /// An environment variable that holds the password.
    #[schemars(example = &"SMTP_PASSWORD")]
    pub(crate) password_env: Text,
    /// The sender: an address, or a name and an address.
    #[schemars(required, example = &"Điểm tin <bot@example.org>")]
    pub(crate) from: Text,
    /// A folder of templates that replace those of the program by name; relative to the folder of this file.
    #[schemars(example = &"templates")]
    pub(crate) templates: Text,
}

/// A receiver of messages over HTTP.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Webhook {
    /// Unique; alerts name it as `webhook:NAME`.
    #[schemars(required, example = &"ops")]
    pub(crate) name: Text,
    /// Where messages are posted, http or https; this or `url_env`.
    #[schemars(example = &"https://example.org/hook")]
    pub(crate) url: Text,
    /// An environment variable that holds the address.
    #[schemars(example = &"OPS_WEBHOOK")]
    pub(crate) url_env: Text,
    /// What is posted.
    #[schemars(extend("default" = "generic"))]
    #[expect(dead_code, reason = "there is one kind so far; it is named so that a file can say it")]
    pub(crate) kind: Option<WebhookKind>,
    /// An environment variable that holds the signing secret, `whsec_` and base64 of 24 to 64 bytes.
    #[schemars(example = &"OPS_WEBHOOK_SECRET")]
    pub(crate) secret_env: Text,
    /// A file that holds the signing secret; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/ops_webhook")]
    pub(crate) secret_file: Text,
}

/// What is posted to a webhook.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WebhookKind {
    /// JSON as in Standard Webhooks.
    Generic,
}
