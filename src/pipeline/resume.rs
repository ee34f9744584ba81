//! After a start, a reload or a pause: overdue sources get new times, so that they are no burst.

use super::Context;
use crate::schedule::{Pace, Waiting, resume};
use crate::store::StoreError;

/// Plans the next polls anew where that is needed.
pub async fn spread_overdue(context: &Context) -> Result<(), StoreError> {
    let now = context.clock.now();
    let mut rows = context.store.waiting_sources(now).await?;
    rows.retain(|row| context.plan.sources.contains_key(&row.name));
    let every = |name: &str| context.plan.sources.get(name).map(|source| source.every).unwrap_or_default();
    let waiting: Vec<Waiting<'_>> = rows
        .iter()
        .map(|row| Waiting {
            name: &row.name,
            host: &row.host_key,
            pace: Pace { every: every(&row.name), cadence: context.plan.cadence(&row.name), history: &[] },
            last_polled_at: row.last_polled_at,
            next_poll_at: row.next_poll_at,
            hints: &row.memory.hints,
        })
        .collect();
    let times = resume(&waiting, now);
    let planned: Vec<_> = rows.into_iter().zip(times).filter(|(row, at)| row.next_poll_at != *at).collect();
    if planned.is_empty() { Ok(()) } else { context.store.reschedule(planned, now).await }
}
