//! Digest periods that have ended become messages.

use std::cmp::Reverse;

use super::health::health_of;
use super::notices::FAILURES_WORTH_A_NOTICE;
use super::{Context, ScheduledDigest};
use crate::alert::{Digest, Period, compose_digest};
use crate::model::{Condition, Message, Recipient, SourceHealth, SourceProblem, Standing, Timestamp};
use crate::store::{Addressed, DigestWindow, SourceRow, StoreError};

/// Ends every period whose time has come, and returns how many. A period missed while down is made up once: however many
/// ends were missed, the latest counts.
pub async fn close_due_digests(context: &Context) -> Result<usize, StoreError> {
    let now = context.clock.now();
    let mut closed = 0;
    for scheduled in &context.plan.digests {
        for window in windows(context, &scheduled.digest, now).await? {
            let Some(until) = scheduled.cron.latest_between(window.opened_at, now) else { continue };
            closed += usize::from(close(context, scheduled, window, until).await?);
        }
    }
    Ok(closed)
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
    let compose = Box::new(move |items| compose_digest(&digest, period, items, problems.clone()));
    context.store.close_digest(window, until, context.clock.now(), compose).await
}

/// Begins the first period of every digest and recipient that has none yet.
pub async fn open_digest_periods(context: &Context) -> Result<(), StoreError> {
    for scheduled in &context.plan.digests {
        windows(context, &scheduled.digest, context.clock.now()).await?;
    }
    Ok(())
}

/// What the digest would say if its period ended now, for its first recipient; `None` where nothing would be sent.
pub async fn preview_digest(context: &Context, digest: &Digest) -> Result<Option<Message>, StoreError> {
    let now = context.clock.now();
    let Some(recipient) = digest.to.first().cloned() else { return Ok(None) };
    let from = windows(context, digest, now).await?.first().map_or(now, |window| window.opened_at);
    let items = context.store.open_items(digest.name.clone(), recipient).await?;
    let problems = source_problems(&context.store.source_rows().await?);
    Ok(compose_digest(digest, Period { from, until: now }, items, problems))
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
