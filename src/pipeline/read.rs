//! What a poll's answer lists: read by the source's kind, and told apart from what is known.

use std::collections::HashSet;
use std::time::Duration;

use super::{Context, instead, sitemap};
use crate::alert::{Poll, admit_entry};
use crate::feed::{self, FeedError, LinkSelector, Origin, Sitemap};
use crate::fetch::{Cause, Kind, Page};
use crate::model::{Entry, Feed, FeedHints, Source, SourceKind};
use crate::store::{ClaimedSource, NewEntry, SitemapPart, StoreError};

/// What an answer brings.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The entries that were not known.
    pub(super) entries: Vec<NewEntry>,
    /// What was learnt of sitemaps.
    pub(super) parts: Vec<SitemapPart>,
    /// What the publisher says about polling.
    pub(super) hints: FeedHints,
    /// What had to be mended, one sentence each.
    pub(super) repairs: Vec<String>,
    /// What could not be had or read, one sentence each.
    pub(super) left_out: Vec<String>,
    /// For how long a server that it led to wants to be left alone.
    pub(super) patience: Option<Duration>,
    /// Whether some of it is left for the next poll, which must not be told then that nothing changed.
    pub(super) is_partial: bool,
}

/// An answer that cannot be read: why, and what was learnt all the same.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// A sentence that names its address.
    pub(super) why: String,
    /// The same for programs.
    pub(super) cause: Cause,
    /// For how long a server that it led to wants to be left alone.
    pub(super) patience: Option<Duration>,
    /// What was learnt of sitemaps.
    pub(super) parts: Vec<SitemapPart>,
}

impl Unreadable {
    fn new(why: String, cause: Cause) -> Self {
        Self { why, cause, patience: None, parts: Vec::new() }
    }
}

/// What is asked for.
pub(super) fn kind(source: &Source) -> Kind {
    match source.kind {
        SourceKind::Feed => Kind::Feed,
        SourceKind::Sitemap => Kind::Sitemap,
        SourceKind::Listing => Kind::Listing,
        SourceKind::Page => Kind::Watched,
    }
}

/// All of sources.toml that decides what the answer of a source is read as.
pub(super) fn read_as(source: &Source) -> String {
    let links = source.links.as_deref().unwrap_or_default();
    format!("{} {} {links}", source.kind.as_str(), source.timezone)
}

/// Whether the last answer was read as it would be read now.
pub(super) fn reads_alike(source: &Source, claimed: &ClaimedSource) -> bool {
    claimed.memory.read_as.as_ref().is_none_or(|before| *before == read_as(source))
}

/// Reads the answer of a source.
pub(super) async fn read(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    page: Page,
) -> Result<Result<Reading, Unreadable>, StoreError> {
    let parsed = match source.kind {
        SourceKind::Sitemap => {
            return match parse_sitemap(context, source, page).await {
                Ok(sitemap) => sitemap::read(context, source, claimed, sitemap).await,
                Err(unreadable) => Ok(Err(unreadable)),
            };
        }
        SourceKind::Feed => {
            parse(context, source, page, |page, origin, _| feed::parse(&page.bytes, origin)).await
        }
        SourceKind::Listing => parse(context, source, page, parse_listing).await,
        // A page has no entries: what it says is compared, not listed.
        SourceKind::Page => return Ok(Ok(Reading::default())),
    };
    let Feed { entries, hints, repairs, .. } = match parsed {
        Ok(feed) => feed,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let poll = if claimed.answered_before { Poll::Later } else { Poll::First };
    let entries = new_entries(context, source, claimed, entries, poll).await?;
    Ok(Ok(Reading { entries, hints, repairs, ..Reading::default() }))
}

/// Reads a sitemap.
pub(super) async fn parse_sitemap(
    context: &Context,
    source: &Source,
    page: Page,
) -> Result<Sitemap, Unreadable> {
    parse(context, source, page, |page, origin, _| feed::sitemap(&page.bytes, origin)).await
}

fn parse_listing(page: &Page, origin: Origin<'_>, source: &Source) -> Result<Feed, FeedError> {
    let links = source.links.as_deref().map(LinkSelector::parse).transpose();
    let links = links.map_err(|error| FeedError::Listing(error.to_string()))?;
    feed::listing(&page.bytes, links.as_ref(), origin)
}

async fn parse<T: Send + 'static>(
    context: &Context,
    source: &Source,
    page: Page,
    read: fn(&Page, Origin<'_>, &Source) -> Result<T, FeedError>,
) -> Result<T, Unreadable> {
    let (url, source) = (page.url.clone(), source.clone());
    let parsed = context.cores.run(move || {
        let origin =
            Origin { url: &page.url, content_type: page.content_type.as_deref(), timezone: source.timezone };
        read(&page, origin, &source).map_err(|error| unreadable(&page, &source, &error))
    });
    parsed.await.unwrap_or_else(|panic| {
        let why = format!("{url}: reading it failed unexpectedly ({panic}); please report this");
        Err(Unreadable::new(why, Cause::Unreadable))
    })
}

/// Why an answer is not what was asked for: a wall is told by its name.
fn unreadable(page: &Page, source: &Source, error: &FeedError) -> Unreadable {
    match instead::of_page(page, source) {
        Some(found) => Unreadable::new(found.sentence(source), found.cause),
        None => Unreadable::new(format!("{}: {error}", page.url), Cause::Unreadable),
    }
}

/// Those of the entries that the source has not listed before, each once.
pub(super) async fn new_entries(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    entries: Vec<Entry>,
    poll: Poll,
) -> Result<Vec<NewEntry>, StoreError> {
    let keys = entries.iter().map(|entry| entry.key.as_str().to_owned()).collect();
    let known = context.store.known_keys(claimed.id, keys).await?;
    let now = context.clock.now();
    let mut listed = HashSet::new();
    let mut unknown = entries;
    unknown.retain(|entry| !known.contains(entry.key.as_str()) && listed.insert(entry.key.clone()));
    Ok(unknown
        .into_iter()
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
