//! Keeping the store small: what is old is forgotten, and what an earlier version stored is packed.

use std::time::Duration;

use super::Context;
use crate::model::Timestamp;
use crate::store::{Bygone, StoreError};

/// So much is done in one change: it takes the writer some hundredths of a second.
const PORTION: usize = 64;

/// Between two changes the writer is free for everyone else.
const PAUSE: Duration = Duration::from_millis(100);

/// So long after its time is over an article may wait for its last look; one whose source is gone is never looked at.
const LAST_LOOK: Duration = Duration::from_hours(24);

/// How long things are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Articles, and what their sources listed.
    pub articles: Duration,
    /// Versions of articles and pages.
    pub revisions: Duration,
    /// Messages that were sent or dropped.
    pub deliveries: Duration,
}

/// Forgets all that is kept no longer, then packs all that is not packed. Whatever interrupts it, the next time goes on with the rest.
pub async fn tidy(context: &Context) -> Result<(), StoreError> {
    let (store, now, kept) = (&context.store, context.clock.now(), context.plan.retention);
    let bygone = Bygone { articles: now.minus(kept.articles), deliveries: now.minus(kept.deliveries) };
    while store.forget_tracks(now.minus(LAST_LOOK), PORTION).await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    let mut forgotten = forget_versions(context, now.minus(kept.revisions)).await?;
    loop {
        let some = store.forget_some(bygone, PORTION).await?;
        if some == 0 {
            break;
        }
        forgotten += some;
        tokio::time::sleep(PAUSE).await;
    }
    if forgotten > 0 {
        store.forget_bands().await?;
        tracing::info!(forgotten, "old articles, versions, entries and messages are forgotten");
    }
    while store.repack_some(PORTION).await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// What is told by a later version goes after it, so there is more to forget until nothing is found. Returns how many went.
async fn forget_versions(context: &Context, before: Timestamp) -> Result<usize, StoreError> {
    let mut forgotten = 0;
    loop {
        let some = context.store.forget_versions(before).await?;
        if some == 0 {
            return Ok(forgotten);
        }
        forgotten += some;
        tokio::time::sleep(PAUSE).await;
    }
}
