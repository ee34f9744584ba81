//! After a start, a reload or a pause: overdue sources get new times, so that they are no burst.

use super::Context;
use crate::model::FeedHints;
use crate::schedule::{Pace, Waiting, resume};
use crate::store::{Replanned, StoreError};

/// Plans the next polls anew where that is needed.
pub async fn spread_overdue(context: &Context) -> Result<(), StoreError> {
    let now = context.clock.now();
    let mut rows = context.store.waiting_sources(now).await?;
    rows.retain(|row| context.plan.sources.contains_key(&row.name));
    let every = |name: &str| context.plan.sources.get(name).map(|source| source.every).unwrap_or_default();
    let usual = FeedHints::default();
    let waiting: Vec<Waiting<'_>> = rows
        .iter()
        .map(|row| Waiting {
            name: &row.name,
            host: &row.host_key,
            pace: Pace { every: every(&row.name), cadence: context.plan.cadence(&row.name), history: &[] },
            last_polled_at: row.last_polled_at,
            next_poll_at: row.next_poll_at,
            hints: row.hints.as_deref().unwrap_or(&usual),
        })
        .collect();
    let times = resume(&waiting, now);
    let planned = rows.iter().zip(times).filter(|(row, at)| row.next_poll_at != *at);
    let replanned: Vec<Replanned> = planned
        .map(|(row, next_poll_at)| Replanned { id: row.id, planned: row.next_poll_at, next_poll_at })
        .collect();
    if replanned.is_empty() { Ok(()) } else { context.store.reschedule(replanned, now).await }
}
