//! Keeping the store small: what is old is forgotten, and what an earlier version stored is packed.

use std::time::Duration;

use super::Context;
use super::settle::LONGEST_ABSENCE;
use super::tracking::{of_known, rhythm_of_known};
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

/// Forgets all that is kept no longer, then packs all that is not packed, then looks again at
/// articles that nobody looked at. Whatever interrupts it, the next time goes on with the rest.
pub async fn tidy(context: &Context) -> Result<(), StoreError> {
    let (store, now, kept) = (&context.store, context.clock.now(), context.plan.retention);
    let bygone = Bygone { articles: now.minus(kept.articles), deliveries: now.minus(kept.deliveries) };
    while store.forget_tracks(now.minus(LAST_LOOK), PORTION).await? > 0 {
        tokio::time::sleep(PAUSE).await;
    }
    store.drop_holds(now.minus(LONGEST_ABSENCE)).await?;
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
    track_earlier(context).await
}

/// Looks again at articles that are young enough and were filed when nobody did: by an earlier version, or before their source had
/// `track_edits`. What the page says when it is fetched next is what later ones are compared with.
async fn track_earlier(context: &Context) -> Result<(), StoreError> {
    let now = context.clock.now();
    let wanted = context.plan.sources.values().filter_map(|source| {
        let (span, _) = rhythm_of_known(source)?;
        Some((source.name.clone(), now.minus(span)))
    });
    let wanted: Vec<_> = wanted.collect();
    let mut after = 0;
    while let Some(page) = context.store.untracked_articles(wanted.clone(), after, PORTION).await? {
        after = page.last;
        let tracks = page.articles.iter().filter_map(|stored| {
            let source = context.plan.sources.get(&stored.source)?;
            Some((stored.id, of_known(source, stored, now, fastrand::f64())?))
        });
        let tracks: Vec<_> = tracks.collect();
        if !tracks.is_empty() {
            context.store.track_again(tracks, now).await?;
        }
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
