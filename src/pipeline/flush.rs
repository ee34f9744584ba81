//! One message of the outbox: rendered, sent, marked.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Context, notices};
use crate::alert::render::{self, RenderError};
use crate::deliver::{Attempt, Outgoing};
use crate::metrics::{AttemptEnd, Channel};
use crate::model::{Delivery, DeliveryId, Message, Notice, Recipient, Timestamp, WebhookFormat};
use crate::schedule::next_delivery;
use crate::store::{ClaimedDelivery, Fate, Progress, StoreError};

/// A receiver that always says "too fast" is given up like any other once a message is older than this.
const PATIENCE: Duration = Duration::from_hours(4 * 24);

/// Who asks for no time at all, or for one that has passed, is left alone this long all the same.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

/// Who asks for patience again and again and takes nothing is left alone for this part of the time that this has gone on.
const PART_OF_TROUBLE: u32 = 4;

/// No receiver makes us wait longer than this.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);

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
    /// The recipient is gone; the message waits until someone wakes it.
    SwitchedOff {
        /// Why.
        why: String,
    },
    /// The recipient has left the list; the message is dropped.
    Unsubscribed,
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
    let (flushed, fate) = if let Some(attempt) = attempt(context, claimed).await? {
        let attempt = with_patience(context, &delivery.recipient, attempt).await?;
        judge(attempt, delivery, context.clock.now())
    } else {
        let why = "its recipient has left the list; `diemtin resubscribe` undoes that".to_owned();
        (Flushed::Unsubscribed, Fate::Dropped { why })
    };
    let notices = match &flushed {
        Flushed::Dead { why } => of_first_dead_letter(context, delivery, why).await?,
        Flushed::SwitchedOff { why } => notices::of_switched_off(context, &delivery.recipient, why),
        _ => Vec::new(),
    };
    log(delivery, &flushed);
    count(context, &delivery.recipient, &flushed);
    let committed = context.store.finish_attempt(claimed, fate, notices, context.clock.now()).await?;
    Ok(if committed { flushed } else { Flushed::Abandoned })
}

/// Sends a message that stands on no outbox, once.
pub async fn send_once(context: &Context, recipient: Recipient, message: Message) -> Attempt {
    let now = context.clock.now();
    let delivery = Delivery { id: DeliveryId::new(now), recipient, message, created_at: now, attempts: 0 };
    let lists = lists_of(&delivery.message);
    let requests = match rendered(context, &delivery, lists.first()) {
        Ok(requests) => requests,
        Err(error) => return Attempt::GiveUp { why: error.to_string() },
    };
    for request in requests {
        match context.channels.send(request, context.clock.now()).await {
            Attempt::Sent => {}
            failed => return failed,
        }
    }
    Attempt::Sent
}

/// Sends what of the message was not taken before; `None` where its recipient has left all of its lists. Each request
/// that is taken is noted before the next, so that a failure or a crash repeats one at most.
async fn attempt(context: &Context, claimed: &ClaimedDelivery) -> Result<Option<Attempt>, StoreError> {
    let delivery = &claimed.delivery;
    let lists = lists_of(&delivery.message);
    let kept = kept_of(context, &delivery.recipient, &lists).await?;
    if kept.is_empty() && !lists.is_empty() {
        return Ok(None);
    }
    let requests = match rendered(context, delivery, kept.first()) {
        Ok(requests) => requests,
        Err(error) => return Ok(Some(unwritten(context, delivery, &error))),
    };
    let of = requests.len();
    let sent_before = claimed.progress.within(of);
    for (place, request) in requests.into_iter().enumerate().skip(sent_before) {
        match context.channels.send(request, context.clock.now()).await {
            Attempt::Sent if place + 1 < of => {
                context.store.note_progress(claimed, Progress { sent: place + 1, of }).await?;
            }
            ended => return Ok(Some(ended)),
        }
    }
    Ok(Some(Attempt::Sent))
}

/// Those of the lists that the recipient has not left, in the same order.
async fn kept_of(
    context: &Context,
    recipient: &Recipient,
    lists: &[String],
) -> Result<Vec<String>, StoreError> {
    match recipient {
        Recipient::Mail(address) => context.store.kept_lists(address.clone(), lists.to_vec()).await,
        Recipient::Webhook(_) => Ok(lists.to_vec()),
    }
}

/// A template of the user's can be mended while the message waits; one of ours cannot.
fn unwritten(context: &Context, delivery: &Delivery, error: &RenderError) -> Attempt {
    let Recipient::Webhook(name) = &delivery.recipient else {
        return Attempt::GiveUp { why: error.to_string() };
    };
    match context.plan.webhooks.get(name) {
        Some(WebhookFormat { template: Some(_), .. }) => {
            let why = format!("{error}. Mend the template of [[webhook]] {name:?}; it is tried again.");
            Attempt::TryLater { why, after: None }
        }
        _ => Attempt::GiveUp { why: error.to_string() },
    }
}

/// Some answer "too fast" to whatever they are sent, however slowly: they are asked ever more rarely.
async fn with_patience(
    context: &Context,
    recipient: &Recipient,
    attempt: Attempt,
) -> Result<Attempt, StoreError> {
    let Attempt::Wait { why, after } = attempt else { return Ok(attempt) };
    let since = context.store.asking_since(recipient.clone(), context.clock.now()).await?;
    let trouble = since.map(|since| context.clock.now().since(since)).unwrap_or_default();
    Ok(Attempt::Wait { why, after: after.max(SHORTEST_PAUSE).max(trouble / PART_OF_TROUBLE) })
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

fn judge(attempt: Attempt, delivery: &Delivery, now: Timestamp) -> (Flushed, Fate) {
    match attempt {
        Attempt::Sent => (Flushed::Sent, Fate::Sent),
        Attempt::GiveUp { why } => (Flushed::Dead { why: why.clone() }, Fate::Dead { why }),
        Attempt::Gone { why } => (Flushed::SwitchedOff { why: why.clone() }, Fate::SwitchedOff { why }),
        Attempt::Wait { why, after } if now.since(delivery.created_at) < PATIENCE => {
            let until = now.plus(after.min(LONGEST_PAUSE));
            (Flushed::Later { why: why.clone(), next: until }, Fate::Throttled { until, why })
        }
        Attempt::Wait { why, after } => later(why, Some(after), delivery, now),
        Attempt::TryLater { why, after } => later(why, after, delivery, now),
    }
}

/// By the schedule; who asks for time is left alone by all messages for so long.
fn later(why: String, after: Option<Duration>, delivery: &Delivery, now: Timestamp) -> (Flushed, Fate) {
    let Some(at) = next_delivery(now, delivery.attempts + 1, after, fastrand::f64()) else {
        return (Flushed::Dead { why: why.clone() }, Fate::Dead { why });
    };
    let flushed = Flushed::Later { why: why.clone(), next: at };
    match after {
        Some(after) => (flushed, Fate::Busy { at, until: now.plus(after.min(LONGEST_PAUSE)), why }),
        None => (flushed, Fate::Retry { at, why }),
    }
}

/// The requests that bring the message to its recipient, in order; a mail can be unsubscribed from `list`.
fn rendered(
    context: &Context,
    delivery: &Delivery,
    list: Option<&String>,
) -> Result<Vec<Outgoing>, RenderError> {
    let language = context.plan.languages.of(&delivery.recipient, &delivery.message);
    let reader = (language, context.plan.timezone);
    match &delivery.recipient {
        Recipient::Webhook(name) => {
            // One that sources.toml no longer defines is told by the channels.
            let format = context.plan.webhooks.get(name).cloned().unwrap_or_default();
            let bodies =
                render::webhook_posts(&delivery.message, &format, reader, delivery.created_at)?.into_iter();
            Ok(bodies.map(|body| Outgoing::Webhook { id: delivery.id, name: name.clone(), body }).collect())
        }
        Recipient::Mail(address) => {
            let plan = &context.plan;
            let mail = plan.templates.mail(&delivery.message, reader.0, reader.1)?;
            if let Some(fault) = &mail.fault {
                tracing::warn!(delivery = %delivery.id, "written with the embedded templates, because one of yours failed: {fault}");
            }
            let links = plan.unsubscribe.as_ref();
            Ok(vec![Outgoing::Mail {
                id: delivery.id,
                to: address.clone(),
                date: delivery.created_at,
                subject: mail.subject,
                text: mail.text,
                html: mail.html,
                unsubscribe: links.zip(list).map(|(links, list)| links.link(address, list)),
                list: list.and_then(|list| list.split_once(':')).map(|(_, name)| name.to_owned()),
                threads: threads_of(&delivery.message),
            }])
        }
    }
}

/// What the message can be unsubscribed from, `alert:NAME` or `digest:NAME`; mail programs file it under the first that is not left.
fn lists_of(message: &Message) -> Vec<String> {
    match message {
        Message::Alert { items } => {
            let mut lists = Vec::new();
            for alert in items.iter().flat_map(|item| &item.alerts).map(|alert| format!("alert:{alert}")) {
                if !lists.contains(&alert) {
                    lists.push(alert);
                }
            }
            lists
        }
        Message::Digest { name, .. } => vec![format!("digest:{name}")],
        Message::Notice(_) | Message::Sources { .. } => Vec::new(),
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
        Flushed::Later { .. } | Flushed::SwitchedOff { .. } => AttemptEnd::Retried,
        Flushed::Dead { .. } => AttemptEnd::Dead,
        Flushed::Abandoned | Flushed::Unsubscribed => return,
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
        Flushed::SwitchedOff { why } => {
            let recipient = &delivery.recipient;
            tracing::error!(delivery = %id, %recipient, "called no more until sources.toml changes or `diemtin resubscribe`: {why}");
        }
        Flushed::Unsubscribed => tracing::info!(delivery = %id, "dropped, its recipient has left the list"),
        Flushed::Sent | Flushed::Abandoned => tracing::debug!(delivery = %id, attempts, "delivered"),
    }
}
