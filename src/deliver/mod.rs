//! Rendered messages to the outside: SMTP, a folder of mails, webhooks.

mod channels;
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
pub use settings::{Carrier, Login, Security, Settings, SettingsError, SmtpSettings, WebhookSettings};

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
        /// What it belongs to, the widest first; each becomes an id in `References`, the same for all mails that name it.
        threads: Vec<String>,
    },
    /// For `webhook:` recipients.
    Webhook {
        /// Becomes the `webhook-id`, the same on each attempt.
        id: DeliveryId,
        /// The `[[webhook]]`'s name.
        name: String,
        /// The JSON body.
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
    /// It will not work without someone's help.
    GiveUp {
        /// What happened and what to do, as a sentence.
        why: String,
    },
}
