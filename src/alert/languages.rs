//! In which language each message is written.

use std::collections::HashMap;

use crate::model::{Language, Message, Recipient};

/// What was said of languages: of all messages, of those to a webhook, of those of an alert or a digest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Languages {
    /// Of what nothing else is said of, and of notices.
    pub usual: Language,
    /// By the name of the webhook.
    pub webhooks: HashMap<String, Language>,
    /// By the name of the alert.
    pub alerts: HashMap<String, Language>,
    /// By the name of the digest.
    pub digests: HashMap<String, Language>,
}

impl Languages {
    /// The language of a message to this recipient: the webhook's own, else that of the digest or of the first alert in the message
    /// that has one, else the usual one.
    pub fn of(&self, recipient: &Recipient, message: &Message) -> Language {
        let own = match recipient {
            Recipient::Webhook(name) => self.webhooks.get(name),
            Recipient::Mail(_) => None,
        };
        let of_message = || match message {
            Message::Digest { name, .. } => self.digests.get(name),
            Message::Alert { items } => {
                items.iter().flat_map(|item| &item.alerts).find_map(|alert| self.alerts.get(alert))
            }
            Message::Notice(_) | Message::Sources { .. } => None,
        };
        own.or_else(of_message).copied().unwrap_or(self.usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::render::sample;
    use crate::model::{DeliveryKind, Timestamp};

    #[test]
    fn the_recipients_own_language_goes_first_then_that_of_the_list() {
        let messages = [DeliveryKind::Alert, DeliveryKind::Digest, DeliveryKind::Notice]
            .map(|kind| sample(kind, Language::Vi, Timestamp::EPOCH));
        let name_of = |message: &Message| match message {
            Message::Alert { items } => items[0].alerts[0].clone(),
            Message::Digest { name, .. } => name.clone(),
            _ => String::new(),
        };
        let english = |message: &Message| HashMap::from([(name_of(message), Language::En)]);
        let languages = Languages {
            usual: Language::Vi,
            webhooks: HashMap::from([("bàn tin".to_owned(), Language::Vi)]),
            alerts: english(&messages[0]),
            digests: english(&messages[1]),
        };
        for (recipient, expected) in [
            (Recipient::Mail("desk@example.org".to_owned()), [Language::En, Language::En, Language::Vi]),
            (Recipient::Webhook("khác".to_owned()), [Language::En, Language::En, Language::Vi]),
            (Recipient::Webhook("bàn tin".to_owned()), [Language::Vi; 3]),
        ] {
            let told = messages.each_ref().map(|message| languages.of(&recipient, message));
            assert_eq!(told, expected, "{recipient}");
        }
    }
}
