//! One poll of one source: fetch, read, tell new entries from known ones, commit everything at once.

use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use super::read::{self, Reading};
use super::{Context, notices};
use crate::fetch::{Cause, FailureClass, FetchError, Fetched, Page, Target, Validators};
use crate::metrics::PollEnd;
use crate::model::{Robots, Source, SourceKind, Timestamp};
use crate::schedule::{Outcome, next_poll};
use crate::store::{ClaimedSource, PollResult, SitemapPart, SourceState, StoreError};

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
        /// When.
        next: Timestamp,
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
    let validators = Validators { etag: claimed.etag.clone(), last_modified: claimed.last_modified.clone() };
    let target = Target {
        url: &source.url,
        validators: &validators,
        kind: read::kind(source),
        configured_host: source.url.host_str(),
        robots: robots_of(source),
        private_headers: source.access.to(&source.url, &source.url),
    };
    match context.fetch(target).await {
        Ok(Fetched::NotModified { fresh_for }) => unchanged(context, source, claimed, fresh_for, None).await,
        Ok(Fetched::Page(page)) => read(context, source, claimed, page).await,
        Err(error) => failed(context, source, claimed, (&error, Vec::new())).await,
    }
}

/// Feeds and sitemaps are made to be polled, and whoever wrote their address here asks for them; pages are under the
/// site's rules.
pub(super) fn robots_of(source: &Source) -> Robots {
    match source.kind {
        SourceKind::Feed | SourceKind::Sitemap => Robots::Ignore,
        SourceKind::Listing => source.robots,
    }
}

async fn read(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    page: Page,
) -> Result<Polled, StoreError> {
    let hash: [u8; 32] = Sha256::digest(&page.bytes).into();
    let answer = (page.validators.etag.clone(), page.validators.last_modified.clone(), hash);
    if claimed.body_hash == Some(hash) {
        return unchanged(context, source, claimed, page.fresh_for, Some(answer)).await;
    }
    let fresh_for = page.fresh_for;
    let Reading { entries, parts, hints, repairs, is_partial } =
        match read::read(context, source, claimed, page).await? {
            Ok(reading) => reading,
            Err(read::Unreadable { why, parts }) => {
                let class = FailureClass::Later { after: None };
                let error = FetchError { message: why, class, cause: Cause::Unreadable, status: None };
                return failed(context, source, claimed, (&error, parts)).await;
            }
        };
    let held = entries.iter().filter(|entry| entry.held.is_some()).count();
    let polled = Polled::Read { new: entries.len() - held, held };
    let fresh_for = fresh_for.max(hints.ttl);
    let mut result = answered(context, source, fresh_for);
    (result.entries, result.parts, result.repairs) = (entries, parts, Some(repairs));
    // A later 304 would hide what is left.
    result.answer = Some(answer).filter(|_| !is_partial);
    commit(context, source, claimed, result, polled).await
}

async fn unchanged(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    fresh_for: Option<Duration>,
    answer: Option<(Option<String>, Option<String>, [u8; 32])>,
) -> Result<Polled, StoreError> {
    let result = PollResult { answer, ..answered(context, source, fresh_for) };
    commit(context, source, claimed, result, Polled::Unchanged).await
}

async fn failed(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    (error, parts): (&FetchError, Vec<SitemapPart>),
) -> Result<Polled, StoreError> {
    let failures = claimed.failures.saturating_add(1);
    let (state, outcome) = match error.class {
        FailureClass::Gone => (SourceState::Gone, Outcome::Gone),
        FailureClass::Later { after } => {
            (SourceState::Failing, Outcome::Failed { failures, retry_after: after })
        }
        FailureClass::Never => (SourceState::Failing, Outcome::Failed { failures, retry_after: None }),
    };
    let at = context.clock.now();
    let next_poll_at = next_poll(at, source.every, outcome, fastrand::f64());
    let result = PollResult {
        at,
        state,
        failures,
        error: Some(error.message.clone()),
        repairs: None,
        next_poll_at,
        answer: None,
        entries: Vec::new(),
        parts,
        changes: Vec::new(),
    };
    let polled = Polled::Failed { why: error.message.clone(), next: next_poll_at };
    commit(context, source, claimed, result, polled).await
}

/// A good answer that brings nothing yet.
fn answered(context: &Context, source: &Source, fresh_for: Option<Duration>) -> PollResult {
    let at = context.clock.now();
    PollResult {
        at,
        state: SourceState::Ok,
        failures: 0,
        error: None,
        repairs: None,
        next_poll_at: next_poll(at, source.every, Outcome::Answered { fresh_for }, fastrand::f64()),
        answer: None,
        entries: Vec::new(),
        parts: Vec::new(),
        changes: Vec::new(),
    }
}

async fn commit(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    mut result: PollResult,
    polled: Polled,
) -> Result<Polled, StoreError> {
    let end = (result.state, result.failures, result.error.as_deref(), result.next_poll_at);
    result.changes = notices::of_poll(context, source, claimed, end);
    log_change(source, claimed, &result);
    let committed = context.store.commit_poll(claimed, result).await?;
    Ok(if committed { polled } else { Polled::Abandoned })
}

/// A failing source is logged when its state changes, not at every attempt.
fn log_change(source: &Source, claimed: &ClaimedSource, result: &PollResult) {
    if claimed.state == result.state {
        return;
    }
    let (name, error) = (&source.name, result.error.as_deref().unwrap_or_default());
    match result.state {
        SourceState::Ok if claimed.state != SourceState::New => {
            tracing::info!(source = %name, "source works again");
        }
        SourceState::Failing => {
            tracing::warn!(source = %name, next_attempt = %result.next_poll_at, "source is failing: {error}");
        }
        SourceState::Gone => tracing::warn!(source = %name, "source is gone for good: {error}"),
        SourceState::Ok | SourceState::New => {}
    }
}
