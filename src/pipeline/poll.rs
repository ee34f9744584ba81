//! One poll of one source: fetch, read, tell new entries from known ones, commit everything at once.

use sha2::{Digest as _, Sha256};

use super::Context;
use super::outcome::{Ending, settle};
use super::visit::visit;
use crate::alert::{Poll, admit_entry};
use crate::feed::{self, Origin};
use crate::fetch::{FailureClass, FetchError, Fetched, Page};
use crate::model::{Entry, Feed, Source, Timestamp};
use crate::schedule::Answer;
use crate::store::{ClaimedSource, NewEntry, StoreError};

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
    let Some(source) = context.plan.sources.get(&claimed.name) else { return Ok(Polled::Abandoned) };
    let (visit, fetched) = visit(context, source, claimed).await;
    let ending = match fetched {
        Ok(Fetched::NotModified { fresh_for, moved_to }) => {
            Ending::answered(Answer { fresh_for, moved_to, ..Answer::default() })
        }
        Ok(Fetched::Page(page)) => read(context, source, claimed, page).await?,
        Err(error) => Ending::failed(claimed, &error),
    };
    settle(context, source, claimed, (&visit, ending)).await
}

async fn read(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    page: Page,
) -> Result<Ending, StoreError> {
    let hash: [u8; 32] = Sha256::digest(&page.bytes).into();
    let validators = Some((page.validators.etag.clone(), page.validators.last_modified.clone(), hash));
    let (fresh_for, moved_to) = (page.fresh_for, page.moved_to.clone());
    let answer = Answer { fresh_for, moved_to, whole: true, ..Answer::default() };
    if claimed.body_hash == Some(hash) {
        return Ok(Ending { validators, ..Ending::answered(answer) });
    }
    let feed = match parse(context, page, source).await {
        Ok(feed) => feed,
        Err(message) => {
            let class = FailureClass::Later { after: None };
            return Ok(Ending::failed(claimed, &FetchError { message, class, status: None }));
        }
    };
    let entries = new_entries(context, source, claimed, feed.entries).await?;
    let answer = Answer { hints: Some(feed.hints), brings_news: !entries.is_empty(), ..answer };
    Ok(Ending { validators, entries, repairs: Some(feed.repairs), ..Ending::answered(answer) })
}

async fn parse(context: &Context, page: Page, source: &Source) -> Result<Feed, String> {
    let timezone = source.timezone;
    let parsed = context.cores.run(move || {
        let origin = Origin { url: &page.url, content_type: page.content_type.as_deref(), timezone };
        feed::parse(&page.bytes, origin)
    });
    match parsed.await {
        Ok(Ok(feed)) => Ok(feed),
        Ok(Err(error)) => Err(format!("{}: {error}", source.url)),
        Err(panic) => {
            Err(format!("{}: reading the feed failed unexpectedly ({panic}); please report this", source.url))
        }
    }
}

async fn new_entries(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    entries: Vec<Entry>,
) -> Result<Vec<NewEntry>, StoreError> {
    let keys = entries.iter().map(|entry| entry.key.as_str().to_owned()).collect();
    let known = context.store.known_keys(claimed.id, keys).await?;
    let poll = if claimed.answered_before { Poll::Later } else { Poll::First };
    let now = context.clock.now();
    let unknown = entries.into_iter().filter(|entry| !known.contains(entry.key.as_str()));
    Ok(unknown
        .map(|entry| NewEntry {
            host_key: host_of(&entry),
            held: admit_entry(&entry, source, poll, now),
            entry,
        })
        .collect())
}

fn host_of(entry: &Entry) -> Option<String> {
    let url = url::Url::parse(entry.url.as_deref()?).ok()?;
    url.host_str().map(str::to_owned)
}
