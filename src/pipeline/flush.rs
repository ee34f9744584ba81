//! One message of the outbox: rendered, sent, marked.

use std::collections::BTreeSet;

use super::{Context, notices};
use crate::alert::render::{self, RenderError};
use crate::deliver::{Attempt, Outgoing};
use crate::metrics::{AttemptEnd, Channel};
use crate::model::{Delivery, Message, Notice, Recipient, Timestamp};
use crate::schedule::next_delivery;
use crate::store::{ClaimedDelivery, Fate, StoreError};

/// How an attempt went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flushed {
    /// The other side took it.
    Sent,
    /// It is tried again.
    Later {
        /// Why.
        why: String,
        /// When.
        next: Timestamp,
    },
    /// It was given up and stays on the outbox.
    Dead {
        /// Why.
        why: String,
    },
    /// Someone else has it now.
    Abandoned,
}

/// Makes one attempt at a claimed message and writes down how it ended.
pub async fn flush(context: &Context, claimed: &ClaimedDelivery) -> Result<Flushed, StoreError> {
    let delivery = &claimed.delivery;
    let attempt = match rendered(context, delivery) {
        Ok(outgoing) => context.channels.send(outgoing, context.clock.now()).await,
        Err(error) => Attempt::GiveUp { why: error.to_string() },
    };
    let now = context.clock.now();
    let flushed = judge(attempt, delivery, now);
    let (fate, notices) = match &flushed {
        Flushed::Sent | Flushed::Abandoned => (Fate::Sent, Vec::new()),
        Flushed::Later { why, next } => (Fate::Retry { at: *next, why: why.clone() }, Vec::new()),
        Flushed::Dead { why } => {
            (Fate::Dead { why: why.clone() }, of_first_dead_letter(context, delivery, why).await?)
        }
    };
    log(delivery, &flushed);
    count(context, &delivery.recipient, &flushed);
    let committed = context.store.finish_attempt(claimed, fate, notices, now).await?;
    Ok(if committed { flushed } else { Flushed::Abandoned })
}

/// One notice a recipient: the messages given up after it say nothing new.
async fn of_first_dead_letter(
    context: &Context,
    delivery: &Delivery,
    why: &str,
) -> Result<Vec<(Recipient, Notice)>, StoreError> {
    if context.store.is_given_up(delivery.recipient.clone()).await? {
        return Ok(Vec::new());
    }
    Ok(notices::of_dead_letter(context, delivery, why))
}

fn judge(attempt: Attempt, delivery: &Delivery, now: Timestamp) -> Flushed {
    match attempt {
        Attempt::Sent => Flushed::Sent,
        Attempt::GiveUp { why } => Flushed::Dead { why },
        Attempt::TryLater { why, after } => {
            match next_delivery(now, delivery.attempts + 1, after, fastrand::f64()) {
                Some(next) => Flushed::Later { why, next },
                None => Flushed::Dead { why },
            }
        }
    }
}

fn rendered(context: &Context, delivery: &Delivery) -> Result<Outgoing, RenderError> {
    Ok(match &delivery.recipient {
        Recipient::Webhook(name) => Outgoing::Webhook {
            id: delivery.id,
            name: name.clone(),
            body: render::webhook_body(&delivery.message, delivery.created_at)?,
        },
        Recipient::Mail(address) => {
            let plan = &context.plan;
            let mail = plan.templates.mail(&delivery.message, plan.language, plan.timezone)?;
            if let Some(fault) = &mail.fault {
                tracing::warn!(delivery = %delivery.id, "written with the embedded templates, because one of yours failed: {fault}");
            }
            Outgoing::Mail {
                id: delivery.id,
                to: address.clone(),
                date: delivery.created_at,
                subject: mail.subject,
                text: mail.text,
                html: mail.html,
                list: list_of(&delivery.message),
                threads: threads_of(&delivery.message),
            }
        }
    })
}

/// The name that mail programs file the message under.
fn list_of(message: &Message) -> Option<String> {
    match message {
        Message::Alert { items } => items.first().and_then(|item| item.alerts.first()).cloned(),
        Message::Digest { name, .. } => Some(name.clone()),
        Message::Notice(_) | Message::Sources { .. } => None,
    }
}

/// What the message belongs to for mail programs that show threads: the story, then the article, so that edits join what was said of
/// it before there was a story. A message about several stories belongs to none.
fn threads_of(message: &Message) -> Vec<String> {
    let Message::Alert { items } = message else { return Vec::new() };
    let stories: BTreeSet<_> = items.iter().map(|item| item.story.as_ref().map(|story| story.id)).collect();
    let articles: BTreeSet<_> = items.iter().map(|item| item.id).collect();
    let story = stories.first().copied().flatten().filter(|_| stories.len() == 1);
    let article = articles.first().filter(|_| articles.len() == 1);
    let story = story.map(|id| format!("story.{id}"));
    story.into_iter().chain(article.map(|id| format!("article.{id}"))).collect()
}

fn count(context: &Context, recipient: &Recipient, flushed: &Flushed) {
    let channel = match recipient {
        Recipient::Mail(_) => Channel::Mail,
        Recipient::Webhook(_) => Channel::Webhook,
    };
    let end = match flushed {
        Flushed::Sent => AttemptEnd::Sent,
        Flushed::Later { .. } => AttemptEnd::Retried,
        Flushed::Dead { .. } => AttemptEnd::Dead,
        Flushed::Abandoned => return,
    };
    context.metrics.attempted(channel, end);
}

fn log(delivery: &Delivery, flushed: &Flushed) {
    let (id, attempts) = (delivery.id, delivery.attempts + 1);
    match flushed {
        Flushed::Later { why, next } => {
            tracing::warn!(delivery = %id, attempts, next_attempt = %next, "not delivered: {why}");
        }
        Flushed::Dead { why } => {
            tracing::error!(delivery = %id, attempts, "given up, kept on the outbox: {why}");
        }
        Flushed::Sent | Flushed::Abandoned => tracing::debug!(delivery = %id, attempts, "delivered"),
    }
}
