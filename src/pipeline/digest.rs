//! Digest periods that have ended become messages.

use std::cmp::Reverse;

use super::amount::sums;
use super::health::health_of;
use super::notices::FAILURES_WORTH_A_NOTICE;
use super::{Context, ScheduledDigest};
use crate::alert::{Digest, Period, compose_digest, most_named, trend_days};
use crate::model::{
    Condition, Item, Message, Recipient, SourceHealth, SourceProblem, Standing, Timestamp, Trend,
};
use crate::store::{Addressed, DigestWindow, SourceRow, StoreError};

/// Ends every period whose time has come, and returns how many. A period missed while down is made up once: however many
/// ends were missed, the latest counts. A digest that fails keeps no other waiting; of several failures the first is told.
pub async fn close_due_digests(context: &Context) -> Result<usize, StoreError> {
    let mut closed = Ok(0);
    for scheduled in &context.plan.digests {
        let of_digest = close_where_due(context, scheduled).await;
        closed = closed.and_then(|others| of_digest.map(|some| some + others));
    }
    closed
}

async fn close_where_due(context: &Context, scheduled: &ScheduledDigest) -> Result<usize, StoreError> {
    let now = context.clock.now();
    let mut closed = 0;
    for window in windows(context, &scheduled.digest, now).await? {
        if let Some(until) = scheduled.cron.latest_between(window.opened_at, now) {
            closed += usize::from(close(context, scheduled, window, until).await?);
        } else if has_lost_an_end(scheduled, &window, now) {
            context.store.begin_digest_anew(window, now).await?;
        }
    }
    Ok(closed)
}

/// Whether the clock was set back so far that the period would begin after its next end: nothing would be sent until the clock has
/// caught up. By less than that it only comes to an end again that has been told.
fn has_lost_an_end(scheduled: &ScheduledDigest, window: &DigestWindow, now: Timestamp) -> bool {
    scheduled.cron.next_after(now).is_some_and(|next| next < window.opened_at)
}

/// Ends the current periods of one digest before their time, and returns how many ended.
pub async fn close_digest_now(context: &Context, scheduled: &ScheduledDigest) -> Result<usize, StoreError> {
    let now = context.clock.now();
    let mut closed = 0;
    for window in windows(context, &scheduled.digest, now).await? {
        closed += usize::from(close(context, scheduled, window, context.clock.now()).await?);
    }
    Ok(closed)
}

async fn close(
    context: &Context,
    scheduled: &ScheduledDigest,
    window: DigestWindow,
    until: Timestamp,
) -> Result<bool, StoreError> {
    let digest = scheduled.digest.clone();
    let period = Period { from: window.opened_at, until };
    let problems = source_problems(&context.store.source_rows().await?);
    let items = context.store.open_items(window.digest.clone(), window.recipient.clone()).await?;
    let trends = trends(context, &items, until).await?;
    let sums = sums(context, &items).await?;
    let compose = Box::new(move |items| {
        let message = compose_digest(&digest, period, items, &sums, problems.clone())?;
        Some(with_trends(message, trends.clone()))
    });
    context.store.close_digest(window, until, context.clock.now(), compose).await
}

/// Begins the first period of every digest and recipient that has none yet.
pub async fn open_digest_periods(context: &Context) -> Result<(), StoreError> {
    for scheduled in &context.plan.digests {
        windows(context, &scheduled.digest, context.clock.now()).await?;
    }
    Ok(())
}

/// What the digest would say if its period ended now, for its first recipient, or of everything since then; `None` where nothing
/// would be sent.
pub async fn preview_digest(
    context: &Context,
    digest: &Digest,
    since: Option<Timestamp>,
) -> Result<Option<Message>, StoreError> {
    let now = context.clock.now();
    let Some(recipient) = digest.to.first().cloned() else { return Ok(None) };
    let (from, items) = if let Some(since) = since {
        (since, context.store.items_since(digest.name.clone(), recipient, since).await?)
    } else {
        let opened_at = windows(context, digest, now).await?.first().map(|window| window.opened_at);
        (opened_at.unwrap_or(now), context.store.open_items(digest.name.clone(), recipient).await?)
    };
    let problems = source_problems(&context.store.source_rows().await?);
    let trends = trends(context, &items, now).await?;
    let sums = sums(context, &items).await?;
    let message = compose_digest(digest, Period { from, until: now }, items, &sums, problems);
    Ok(message.map(|message| with_trends(message, trends)))
}

/// How often the entities of these articles were in the news until then.
async fn trends(context: &Context, items: &[Item], until: Timestamp) -> Result<Vec<Trend>, StoreError> {
    let entities = most_named(items);
    let days = trend_days(until, context.plan.timezone);
    let counts = context.store.articles_naming(entities.clone(), days).await?;
    Ok(entities.into_iter().zip(counts).map(|(entity, days)| Trend { entity, days }).collect())
}

fn with_trends(mut message: Message, of_digest: Vec<Trend>) -> Message {
    if let Message::Digest { trends, .. } = &mut message {
        *trends = of_digest;
    }
    message
}

async fn windows(
    context: &Context,
    digest: &Digest,
    now: Timestamp,
) -> Result<Vec<DigestWindow>, StoreError> {
    let addressed =
        |recipient: &Recipient| Addressed { name: digest.name.clone(), recipient: recipient.clone() };
    context.store.digest_windows(digest.to.iter().map(addressed).collect(), now).await
}

/// Sources that have been failing for a while or are gone, the latest trouble first, then those that answer and need a look.
fn source_problems(rows: &[SourceRow]) -> Vec<SourceProblem> {
    let healths = rows.iter().map(|row| (row, health_of(row)));
    let mut broken: Vec<(&SourceRow, SourceHealth)> =
        healths.filter(|(_, health)| is_worth_telling(health)).collect();
    broken.sort_by_key(|(_, health)| (!health.condition.is_failure(), Reverse(health.since)));
    broken.into_iter().map(|(row, health)| problem(row.name.clone(), health)).collect()
}

fn problem(source: String, health: SourceHealth) -> SourceProblem {
    let SourceHealth { condition, since, cause, why, moved_to, next, .. } = health;
    let new_address = moved_to.filter(|_| condition == Condition::Moved).map(String::from);
    SourceProblem {
        source,
        why: why.or(new_address).unwrap_or_default(),
        standing: Some(Standing { condition, cause, since, next }),
    }
}

/// A source that failed once or twice may well be back before the digest is read.
fn is_worth_telling(health: &SourceHealth) -> bool {
    match health.condition {
        Condition::Failing | Condition::Blocked => health.failures >= FAILURES_WORTH_A_NOTICE,
        condition => condition.is_problem(),
    }
}
