//! One poll of one source: fetch, read, tell new entries from known ones, commit everything at once.

use std::time::Instant;

use sha2::{Digest as _, Sha256};

use super::outcome::{Ending, settle};
use super::read::{self, Reading, Unreadable};
use super::visit::visit;
use super::{Context, instead, watch};
use crate::feed;
use crate::fetch::{FailureClass, FetchError, Fetched, Page};
use crate::metrics::PollEnd;
use crate::model::{Source, SourceKind, Timestamp};
use crate::schedule::Answer;
use crate::store::{ClaimedSource, StoreError};

/// How a poll went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    /// Nothing new; the same bytes, or 304.
    Unchanged,
    /// The feed was read; so many of its entries were not known.
    Read {
        /// New entries whose articles will be fetched.
        new: usize,
        /// New entries that are only recorded.
        held: usize,
    },
    /// It failed; why, and when it is tried again.
    Failed {
        /// A sentence.
        why: String,
        /// When; `None`: not until someone asks for it.
        next: Option<Timestamp>,
    },
    /// The lease was lost, or the source is no longer configured; nothing was changed.
    Abandoned,
}

/// Polls a claimed source and commits what follows.
pub async fn poll(context: &Context, claimed: &ClaimedSource) -> Result<Polled, StoreError> {
    let begun = Instant::now();
    let polled = attempt(context, claimed).await?;
    let end = match &polled {
        Polled::Unchanged => PollEnd::Unchanged,
        Polled::Read { .. } => PollEnd::Read,
        Polled::Failed { .. } => PollEnd::Failed,
        Polled::Abandoned => PollEnd::Abandoned,
    };
    context.metrics.polled(end, begun.elapsed());
    if let Polled::Read { new, held } = polled {
        context.metrics.listed(new, held);
    }
    Ok(polled)
}

async fn attempt(context: &Context, claimed: &ClaimedSource) -> Result<Polled, StoreError> {
    let Some(source) = context.plan.sources.get(&claimed.name) else { return Ok(Polled::Abandoned) };
    let (visit, fetched) = visit(context, source, claimed).await;
    let ending = match fetched {
        Ok(Fetched::NotModified { fresh_for, moved_to }) => {
            let answer = Answer { fresh_for, moved_to, ..Answer::default() };
            match source.kind {
                SourceKind::Page => watch::unchanged(context, source, claimed, answer).await?,
                SourceKind::Feed | SourceKind::Listing | SourceKind::Sitemap => Ending::answered(answer),
            }
        }
        Ok(Fetched::Page(page)) if source.kind == SourceKind::Page => {
            let copy = instead::copy(&page);
            let ending = watch::read(context, source, claimed, page).await?;
            instead::told(context, source, ending, copy).await
        }
        Ok(Fetched::Page(page)) => read(context, source, claimed, page).await?,
        Err(error) => {
            let error = instead::named(context, source, error).await;
            match source.kind {
                SourceKind::Page => watch::refused(context, source, claimed, &error).await?,
                SourceKind::Feed | SourceKind::Listing | SourceKind::Sitemap => {
                    Ending::failed(claimed, &error)
                }
            }
        }
    };
    settle(context, source, claimed, (&visit, ending)).await
}

/// Tells an answer that lists what the last one did. What else a feed says is read with its next entry.
fn content_hash(source: &Source, bytes: &[u8]) -> [u8; 32] {
    let listed = if source.kind == SourceKind::Feed { feed::listed_part(bytes) } else { bytes };
    Sha256::digest(listed).into()
}

async fn read(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    page: Page,
) -> Result<Ending, StoreError> {
    let hash = content_hash(source, &page.bytes);
    let validators = Some((page.validators.etag.clone(), page.validators.last_modified.clone(), hash));
    let (fresh_for, moved_to) = (page.fresh_for, page.moved_to.clone());
    let answer = Answer { fresh_for, moved_to, whole: true, ..Answer::default() };
    if claimed.body_hash == Some(hash) && read::reads_alike(source, claimed) {
        return Ok(Ending { validators, ..Ending::answered(answer) });
    }
    let reading = match read::read(context, source, claimed, page).await? {
        Ok(reading) => reading,
        Err(Unreadable { why, cause, patience, parts }) => {
            let class = FailureClass::Later { after: patience };
            let error = FetchError { message: why, class, cause, status: None, page: None };
            return Ok(Ending { parts, ..Ending::failed(claimed, &error) });
        }
    };
    let Reading { entries, parts, hints, repairs, left_out, patience, is_partial } = reading;
    let fresh_for = answer.fresh_for.max(patience);
    let answer = Answer { hints: Some(hints), brings_news: !entries.is_empty(), fresh_for, ..answer };
    // A later 304 would hide what is left.
    let validators = validators.filter(|_| !is_partial);
    Ok(Ending { validators, entries, parts, repairs: Some(repairs), left_out, ..Ending::answered(answer) })
}
