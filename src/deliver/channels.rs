//! One door for everything that goes out.

use std::sync::Arc;

use super::dkim::Signer;
use super::folder::Folder;
use super::letter::{Letter, Sender};
use super::smtp::Smtp;
use super::webhook::Webhooks;
use super::{Attempt, Carrier, Outgoing, Probe, Settings, SettingsError};
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
    signer: Option<Signer>,
    post: Post,
    webhooks: Webhooks,
}

#[derive(Debug)]
enum Post {
    Smtp(Box<Smtp>),
    Folder(Folder),
}

impl Channels {
    /// Channels over these settings; nothing is connected or written yet.
    pub fn new(settings: Settings, client: http::Client) -> Result<Self, SettingsError> {
        let sender = Sender::parse(&settings.from)?;
        let signer = settings.dkim.map(Signer::new).transpose()?;
        let post = match settings.mail {
            Carrier::Smtp(smtp) => Post::Smtp(Box::new(Smtp::new(smtp)?)),
            Carrier::Folder(path) => Post::Folder(Folder::new(path)),
        };
        let webhooks = Webhooks::new(settings.webhooks, client);
        Ok(Self { inner: Arc::new(Inner { sender, signer, post, webhooks }) })
    }

    /// Makes one attempt to send a message. `now` is when, for signatures and dates in `Retry-After`.
    pub async fn send(&self, outgoing: Outgoing, now: Timestamp) -> Attempt {
        let inner = &self.inner;
        match outgoing {
            Outgoing::Webhook { id, name, body } => inner.webhooks.send(id, &name, body, now).await,
            mail @ Outgoing::Mail { .. } => match Letter::write(mail, &inner.sender, inner.signer.as_ref()) {
                Ok(letter) => inner.post.send(&letter).await,
                Err(why) => Attempt::GiveUp { why },
            },
        }
    }
}

impl Channels {
    /// Whether every channel could be used: logs in to the mail server and looks for the hosts of webhooks, and sends nothing.
    pub async fn probe(&self) -> Vec<Probe> {
        let mut probes = vec![Probe { what: "mail".to_owned(), result: self.inner.post.probe().await }];
        probes.extend(self.inner.webhooks.probe().await);
        probes
    }
}

impl Post {
    async fn probe(&self) -> Result<String, String> {
        match self {
            Self::Smtp(smtp) => smtp.probe().await,
            Self::Folder(folder) => folder.probe().await,
        }
    }

    async fn send(&self, letter: &Letter) -> Attempt {
        match self {
            Self::Smtp(smtp) => smtp.send(letter).await,
            Self::Folder(folder) => folder.send(letter).await,
        }
    }
}
