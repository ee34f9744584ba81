//! `[email]` and `[[webhook]]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::daemon::Language;
use super::{Located, Text};

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
    /// A file that holds an OAuth token instead of a password (XOAUTH2); it is read again for each connection.
    #[schemars(example = &"/run/secrets/smtp_token")]
    pub(crate) token_file: Text,
    /// An environment variable that holds an OAuth token instead of a password (XOAUTH2).
    #[schemars(example = &"SMTP_TOKEN")]
    pub(crate) token_env: Text,
    /// The sender: an address, or a name and an address.
    #[schemars(required, example = &"Điểm tin <bot@example.org>")]
    pub(crate) from: Text,
    /// A PEM file with the private key that mails are signed with (DKIM), RSA of 2048 bits or more, or Ed25519.
    #[schemars(example = &"/run/secrets/dkim.pem")]
    pub(crate) dkim_key_file: Text,
    /// An environment variable that holds that key.
    #[schemars(example = &"DKIM_KEY")]
    pub(crate) dkim_key_env: Text,
    /// Under which name the public key stands in the DNS: SELECTOR._domainkey.DOMAIN.
    #[schemars(example = &"diemtin")]
    pub(crate) dkim_selector: Text,
    /// The domain that signs; default: that of `from`.
    #[schemars(example = &"example.org")]
    pub(crate) dkim_domain: Text,
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
    /// Where messages are posted, http or https; this or `url_env`. Telegram and ntfy have addresses of their own.
    #[schemars(example = &"https://example.org/hook")]
    pub(crate) url: Text,
    /// An environment variable that holds the address.
    #[schemars(example = &"OPS_WEBHOOK")]
    pub(crate) url_env: Text,
    /// Which service receives the messages, and so how they are written.
    #[schemars(extend("default" = "generic"))]
    pub(crate) kind: Option<WebhookKind>,
    /// An environment variable that holds the signing secret of kind generic, `whsec_` and base64 of 24 to 64 bytes. Several, with
    /// spaces between them, all sign, so that a new one can be introduced.
    #[schemars(example = &"OPS_WEBHOOK_SECRET")]
    pub(crate) secret_env: Text,
    /// A file that holds the signing secret, or several; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/ops_webhook")]
    pub(crate) secret_file: Text,
    /// An environment variable that holds the token: of the bot of Telegram, of the application of Gotify, of a user of ntfy; any
    /// other is sent as `Authorization: Bearer`.
    #[schemars(example = &"TELEGRAM_BOT_TOKEN")]
    pub(crate) token_env: Text,
    /// A file that holds the token; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/telegram_bot")]
    pub(crate) token_file: Text,
    /// The chat that the bot of Telegram writes to: its number, or `@channel`.
    #[schemars(example = &"-1001234567890")]
    pub(crate) chat_id: Text,
    /// The number of a topic of a Telegram group, or of a thread of a Discord channel.
    #[schemars(example = &"42")]
    pub(crate) thread_id: Text,
    /// The topic of ntfy.
    #[schemars(example = &"diemtin-desk")]
    pub(crate) topic: Text,
    /// Further headers of each request.
    #[schemars(extend("default" = {}))]
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, Located<String>>,
    /// Makes the body of kind generic (Jinja), from `type`, `timestamp`, `data`, `subject` and `text`.
    #[schemars(example = &"{\"text\": {{ subject }}}")]
    pub(crate) template: Text,
    /// A file that holds the template; relative to the folder of this file.
    #[schemars(example = &"hook.json.j2")]
    pub(crate) template_file: Text,
    /// Of what it is sent; default: that of the alert or digest, else that of `[daemon]`.
    pub(crate) language: Option<Language>,
}

/// Which service receives the messages of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum WebhookKind {
    /// JSON as in Standard Webhooks, or what `template` makes of it.
    Generic,
    /// An incoming webhook of Slack.
    Slack,
    /// A webhook of a Discord channel.
    Discord,
    /// A bot of Telegram.
    Telegram,
    /// A workflow of Microsoft Teams that posts cards.
    Teams,
    /// An incoming webhook of Mattermost.
    Mattermost,
    /// A topic of ntfy.
    Ntfy,
    /// An application of Gotify.
    Gotify,
}
