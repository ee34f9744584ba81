//! One door for everything that goes out.

use std::sync::Arc;

use super::folder::Folder;
use super::letter::{Letter, Sender};
use super::smtp::Smtp;
use super::webhook::Webhooks;
use super::{Attempt, Carrier, Outgoing, Settings, SettingsError};
use crate::http;
use crate::model::Timestamp;

/// Sends messages; cheap to clone, and clones share their connections.
#[derive(Debug, Clone)]
pub struct Channels {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    sender: Sender,
    post: Post,
    webhooks: Webhooks,
}

#[derive(Debug)]
enum Post {
    Smtp(Smtp),
    Folder(Folder),
}

impl Channels {
    /// Channels over these settings; nothing is connected or written yet.
    pub fn new(settings: Settings, client: http::Client) -> Result<Self, SettingsError> {
        let sender = Sender::parse(&settings.from)?;
        let post = match settings.mail {
            Carrier::Smtp(smtp) => Post::Smtp(Smtp::new(smtp)?),
            Carrier::Folder(path) => Post::Folder(Folder::new(path)),
        };
        let webhooks = Webhooks::new(settings.webhooks, client);
        Ok(Self { inner: Arc::new(Inner { sender, post, webhooks }) })
    }

    /// Makes one attempt to send a message. `now` is when, for signatures and dates in `Retry-After`.
    pub async fn send(&self, outgoing: Outgoing, now: Timestamp) -> Attempt {
        let inner = &self.inner;
        match outgoing {
            Outgoing::Webhook { id, name, body } => inner.webhooks.send(id, &name, body, now).await,
            mail @ Outgoing::Mail { .. } => match Letter::write(mail, &inner.sender) {
                Ok(letter) => inner.post.send(&letter).await,
                Err(why) => Attempt::GiveUp { why },
            },
        }
    }
}

impl Post {
    async fn send(&self, letter: &Letter) -> Attempt {
        match self {
            Self::Smtp(smtp) => smtp.send(letter).await,
            Self::Folder(folder) => folder.send(letter).await,
        }
    }
}
