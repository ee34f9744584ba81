//! A message as each kind of channel shows it: a mail in Vietnamese or English, or the JSON of a webhook.
//!
//! Titles and sentences come from strangers. They are cleaned before anything else sees them, the
//! HTML escapes whatever is left, and only http(s) addresses become links.

mod change;
mod changed_line;
mod chat;
mod clean;
mod excerpt;
mod gathered;
mod group;
mod kinds;
mod letter;
mod payload;
mod problem;
mod room;
mod sample;
mod squeeze;
mod story;
mod subject;
mod tally;
mod template;
mod templates;
mod trend;
mod trial;
mod view;
mod webhook;
mod when;
mod words;
mod wrap;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chrono_tz::Tz;

pub use sample::sample;
pub use template::{TemplateProblem, check_template};
pub use templates::{TemplateFault, Templates};
pub use webhook::webhook_body;

use super::told_together;
use crate::model::{Language, Message, Notice, Timestamp, WebhookFormat};

/// The most articles that one alert message should hold; a storm becomes several messages of this many.
///
/// With 20, every article keeps its alerts, title and address in a webhook's 20 kB as long as addresses stay
/// below 400 bytes; beyond that the last ones may end up as a mere count (see [`webhook_body`]).
pub const MOST_ITEMS: usize = 20;

/// A rendered mail, without its headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
    /// Why templates of the user's were not used for it.
    pub fault: Option<String>,
}

/// Why a message cannot be shown. But for those of webhooks, templates are part of the program, and this is a fault of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be rendered: {0}")]
pub struct RenderError(String);

/// The message as a mail; times are shown in `zone`.
///
/// The HTML stays under 80 kB, so that no mail program clips it. Where the articles are too many for that, the
/// later ones lose their sentences first, then everything but the linked title; what has no room even so is
/// counted at the end.
pub fn mail(message: &Message, language: Language, zone: Tz) -> Result<Mail, RenderError> {
    Templates::default().mail(message, language, zone)
}

/// The message as people read it: what was held for a while tells each article once.
fn together(message: &Message) -> Cow<'_, Message> {
    match message {
        Message::Alert { items } if items.len() > 1 => {
            Cow::Owned(Message::Alert { items: told_together(items) })
        }
        _ => Cow::Borrowed(message),
    }
}

/// The bodies of the requests that bring the message to a webhook, in order; one of a generic webhook, up to five
/// of a chat or push service, whose messages are small. They are the same each time for the same message.
///
/// Only a template can fail.
pub fn webhook_posts(
    message: &Message,
    format: &WebhookFormat,
    (language, zone): (Language, Tz),
    timestamp: Timestamp,
) -> Result<Vec<String>, RenderError> {
    let desk = view::Desk::new(language, zone);
    if let Some(posts) = chat::posts(message, format, &desk) {
        return Ok(posts);
    }
    let body = match &format.template {
        Some(template) => template::fill(template, message, &desk, timestamp)?,
        None => webhook_body(message, timestamp)?,
    };
    Ok(vec![body])
}

/// What a message about the daemon itself says; `None` for messages about articles.
pub fn notice(message: &Message) -> Option<Notice> {
    match message {
        Message::Notice(notice) => Some(notice.clone()),
        Message::Sources { changes, omitted } => Some(gathered::notice(changes, *omitted)),
        Message::Alert { .. } | Message::Digest { .. } => None,
    }
}
