//! Rendered messages to the outside: SMTP, a folder of mails, webhooks.

mod channels;
mod dkim;
mod folder;
mod letter;
mod settings;
mod smtp;
#[cfg(test)]
mod tests;
mod webhook;

use std::time::Duration;

use crate::model::{DeliveryId, Timestamp};

pub use channels::Channels;
pub use settings::{
    Carrier, DkimSettings, Login, Security, Settings, SettingsError, SmtpSettings, Token, TokenPlace,
    WebhookSettings,
};

/// A rendered message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outgoing {
    /// For `mail:` recipients.
    Mail {
        /// Becomes the `Message-ID`, the same on each attempt.
        id: DeliveryId,
        /// The one address.
        to: String,
        /// The `Date` header: when it was queued.
        date: Timestamp,
        /// One line.
        subject: String,
        /// The plain text.
        text: String,
        /// The HTML.
        html: String,
        /// `List-Id`: the alert's or digest's name, where it has one.
        list: Option<String>,
        /// The address where the recipient leaves that list (`List-Unsubscribe`, RFC 8058).
        unsubscribe: Option<String>,
        /// What it belongs to, the widest first; each becomes an id in `References`, the same for all mails that name it.
        threads: Vec<String>,
    },
    /// For `webhook:` recipients.
    Webhook {
        /// Becomes the `webhook-id`, the same on each attempt.
        id: DeliveryId,
        /// The `[[webhook]]`'s name.
        name: String,
        /// The body, JSON but for some templates.
        body: String,
    },
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The other side took it.
    Sent,
    /// It may work later; unknown failures count here.
    TryLater {
        /// What happened, as a sentence.
        why: String,
        /// What the other side asked for.
        after: Option<Duration>,
    },
    /// It was sent too fast; its recipient is to be left alone for a while.
    Wait {
        /// What happened, as a sentence.
        why: String,
        /// For how long.
        after: Duration,
    },
    /// Its recipient does not exist any more and is not to be called again.
    Gone {
        /// What happened and what to do, as a sentence.
        why: String,
    },
    /// It will not work without someone's help.
    GiveUp {
        /// What happened and what to do, as a sentence.
        why: String,
    },
}

/// Whether a channel could be used, without sending anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Which channel: `mail` or `webhook:NAME`.
    pub what: String,
    /// What was found, or what is wrong, as a sentence.
    pub result: Result<String, String>,
}
