//! How the messages of a `[[webhook]]` are written.

use super::Language;

/// What sort of service receives them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum WebhookKind {
    /// JSON as in Standard Webhooks, or whatever a template makes of it.
    #[default]
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

impl WebhookKind {
    /// The word for it in sources.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Slack => "slack",
            Self::Discord => "discord",
            Self::Telegram => "telegram",
            Self::Teams => "teams",
            Self::Mattermost => "mattermost",
            Self::Ntfy => "ntfy",
            Self::Gotify => "gotify",
        }
    }
}

/// What the body of a webhook's messages depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebhookFormat {
    /// Who reads it.
    pub kind: WebhookKind,
    /// The chat of a Telegram bot: a number, or `@channel`.
    pub chat_id: Option<String>,
    /// The topic of a Telegram group. (Discord takes its thread in the address.)
    pub thread_id: Option<String>,
    /// The topic of ntfy.
    pub topic: Option<String>,
    /// Makes the body of a generic webhook.
    pub template: Option<String>,
    /// Of what it is sent, where it is not that of the alert or digest.
    pub language: Option<Language>,
}
