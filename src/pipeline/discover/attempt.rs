//! Trying addresses out: a request each, within a budget, and what came back.

use std::collections::HashSet;

use url::Url;

use super::look::{Looked, look};
use super::rank::Rank;
use super::{Candidate, Scout, Seen};
use crate::feed::discover::{Lead, LeadOrigin, PageLeads, is_of_section};
use crate::feed::{Part, Sitemap};
use crate::fetch::{Cause, FailureClass, FetchError, Fetched, Kind, Page, Target, Validators};
use crate::model::{Feed, Robots, Route, SourceKind};
use crate::pipeline::sitemap::urgency;
use crate::text::address::canonical;

/// Hosts that fail so often are left alone.
const MOST_FAILURES: usize = 3;
/// Entries that tell one feed from another.
const TELLING_ENTRIES: usize = 5;
/// Indexes of sitemaps that may stand in each other, as in a poll.
const DEEPEST_INDEX: usize = 2;
/// Candidates kept, untried ones included.
const MOST_CANDIDATES: usize = 200;

/// What stood at an address.
pub(super) enum Outcome {
    Source(Candidate),
    Page(Found),
    Nothing,
}

/// A page that is no feed.
pub(super) struct Found {
    /// Where it came from.
    pub(super) url: Url,
    /// What it leads to.
    pub(super) leads: PageLeads,
    /// The page itself as a list of articles.
    pub(super) listing: Option<Candidate>,
}

/// A search under way.
pub(super) struct Search<'a> {
    scout: &'a Scout,
    address: &'a Url,
    budget: usize,
    requests: usize,
    failures: usize,
    tried: HashSet<String>,
    /// The first entries of each source, since many sites have one feed at several addresses.
    contents: HashSet<(SourceKind, Vec<String>)>,
    found: Vec<Candidate>,
    /// The part of the site that the page is of.
    pub(super) section: Option<String>,
    /// Feeds of a list that was come upon, to be tried.
    pub(super) index: Vec<Lead>,
    index_was_read: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(scout: &'a Scout, address: &'a Url, budget: usize) -> Self {
        Self {
            scout,
            address,
            budget,
            requests: 0,
            failures: 0,
            tried: HashSet::new(),
            contents: HashSet::new(),
            found: Vec::new(),
            section: None,
            index: Vec::new(),
            index_was_read: false,
        }
    }

    /// Requests made so far.
    pub(super) fn requests(&self) -> usize {
        self.requests
    }

    /// Requests that may still be made.
    pub(super) fn left(&self) -> usize {
        if self.failures >= MOST_FAILURES { 0 } else { self.budget - self.requests }
    }

    /// Whether a feed with entries was found.
    pub(super) fn has_feed(&self) -> bool {
        self.feeds().next().is_some()
    }

    /// Whether one was found whose address names the section.
    pub(super) fn has_section_feed(&self) -> bool {
        let slug = self.section.as_deref();
        slug.is_some_and(|slug| self.feeds().any(|feed| is_of_section(&feed.url, slug)))
    }

    /// Whether a rule about the host led to a feed: then there is nothing to guess.
    pub(super) fn host_is_known(&self) -> bool {
        self.feeds().any(|feed| feed.origin == LeadOrigin::Host)
    }

    fn feeds(&self) -> impl Iterator<Item = &Candidate> {
        let has_entries = |seen: &Seen| seen.entries > 0;
        self.found.iter().filter(move |candidate| {
            candidate.kind == SourceKind::Feed && candidate.seen.as_ref().is_some_and(has_entries)
        })
    }

    /// One request. Only the host that was asked about may be a private one.
    pub(super) async fn fetch(&mut self, url: &Url, kind: Kind) -> Result<Page, FetchError> {
        self.requests += 1;
        self.tried.insert(canonical(url.as_str()));
        let validators = Validators::default();
        let configured_host = self.address.host_str();
        let target = Target {
            url,
            validators: &validators,
            kind,
            configured_host,
            // A few addresses that a person asks about.
            robots: Robots::Ignore,
            private_headers: &[],
            route: &Route::Usual,
        };
        let error = match self.scout.fetcher.fetch(target, self.scout.clock.now()).await {
            Ok(Fetched::Page(page)) => return Ok(page),
            Ok(Fetched::NotModified { .. }) => FetchError {
                message: format!("{url} answered 304 to a first request."),
                class: FailureClass::Never,
                cause: Cause::Protocol,
                status: Some(304),
                page: None,
            },
            Err(error) => error,
        };
        tracing::debug!(%url, "{error}");
        match error.status {
            // Whoever says so is not asked again.
            Some(429) => self.failures = MOST_FAILURES,
            None if url.host_str() == self.address.host_str() => self.failures += 1,
            _ => {}
        }
        Err(error)
    }

    /// Fetches and reads an address once, and keeps it where it is a source.
    pub(super) async fn try_out(&mut self, lead: &Lead) {
        if self.left() == 0 || self.tried.contains(&canonical(lead.url.as_str())) {
            return;
        }
        let kind = if lead.kind == SourceKind::Sitemap { Kind::Sitemap } else { Kind::Feed };
        let Ok(page) = self.fetch(&lead.url, kind).await else { return };
        match self.read(page, lead).await {
            Outcome::Source(candidate) => self.keep(candidate),
            Outcome::Page(Found { leads, .. }) if !self.index_was_read && !leads.feeds.is_empty() => {
                // Feeds that a list names lie on pages of their own, what it announces is on every page.
                let linked = leads.feeds.into_iter().filter(|lead| lead.origin == LeadOrigin::Linked);
                self.index = linked.map(|lead| Lead { origin: LeadOrigin::Index, ..lead }).collect();
                self.index_was_read = !self.index.is_empty();
            }
            Outcome::Page(_) | Outcome::Nothing => {}
        }
    }

    /// What an answer is.
    pub(super) async fn read(&mut self, page: Page, lead: &Lead) -> Outcome {
        let Some((url, looked)) = self.look(page, lead).await else { return Outcome::Nothing };
        self.tried.insert(canonical(url.as_str()));
        let lead = Lead { url, ..lead.clone() };
        match looked {
            Looked::Feed(feed) => self.source(&Lead { kind: SourceKind::Feed, ..lead }, *feed),
            Looked::Sitemap(sitemap) => {
                let feed = self.followed(*sitemap, &lead).await;
                self.source(&Lead { kind: SourceKind::Sitemap, ..lead }, feed)
            }
            Looked::Page(leads, listing) => {
                let listing = listing.and_then(|feed| {
                    let lead = Lead { kind: SourceKind::Listing, ..lead.clone() };
                    self.candidate(&lead, *feed)
                });
                Outcome::Page(Found { url: lead.url, leads, listing })
            }
            Looked::Nothing => Outcome::Nothing,
        }
    }

    async fn look(&self, page: Page, lead: &Lead) -> Option<(Url, Looked)> {
        let (kind, origin) = (lead.kind, lead.origin);
        match self.scout.cores.run(move || look(&page, kind, origin)).await {
            Ok(read) => Some(read),
            Err(panic) => {
                tracing::error!(url = %lead.url, %panic, "reading failed unexpectedly; please report this");
                None
            }
        }
    }

    /// A sitemap with what it lists; of an index, what the part lists that a poll would ask for first.
    async fn followed(&mut self, sitemap: Sitemap, lead: &Lead) -> Feed {
        let Sitemap { mut feed, mut parts } = sitemap;
        for _ in 0..DEEPEST_INDEX {
            let Some(part) = parts.iter().min_by_key(|part| urgency(part)) else { break };
            if self.left() == 0 {
                break;
            }
            let Part { url, .. } = part.clone();
            let Ok(page) = self.fetch(&url, Kind::Sitemap).await else { break };
            let lead = Lead { url, kind: SourceKind::Sitemap, ..lead.clone() };
            let Some((_, Looked::Sitemap(inner))) = self.look(page, &lead).await else { break };
            feed.title = feed.title.or(inner.feed.title);
            feed.language = feed.language.or(inner.feed.language);
            feed.entries.extend(inner.feed.entries);
            parts = inner.parts;
        }
        feed
    }

    fn source(&mut self, lead: &Lead, feed: Feed) -> Outcome {
        self.candidate(lead, feed).map_or(Outcome::Nothing, Outcome::Source)
    }

    /// What was read, as a source; `None` where another address has the same.
    fn candidate(&mut self, lead: &Lead, feed: Feed) -> Option<Candidate> {
        let telling = feed.entries.iter().take(TELLING_ENTRIES);
        let telling: Vec<String> = telling.map(|entry| entry.key.as_str().to_owned()).collect();
        if !telling.is_empty() && !self.contents.insert((lead.kind, telling)) {
            return None;
        }
        let dates = feed.entries.iter().filter_map(|entry| entry.published.or(entry.updated));
        let seen = Seen {
            format: feed.format,
            entries: feed.entries.len(),
            newest: dates.max_by_key(|moment| moment.timestamp()),
            language: feed.language,
        };
        let rank = Rank::of_lead(lead, self.section.as_deref()).tried(&seen, feed.title.as_deref(), lead);
        let title = feed.title.or_else(|| lead.title.clone());
        let Lead { url, kind, origin, .. } = lead.clone();
        Some(Candidate { url, kind, origin, title, seen: Some(seen), rank })
    }

    /// Adds a source.
    pub(super) fn keep(&mut self, candidate: Candidate) {
        self.found.push(candidate);
    }

    /// Adds an address that is not tried.
    pub(super) fn mention(&mut self, lead: &Lead) {
        let is_known = self.tried.contains(&canonical(lead.url.as_str()));
        let is_listed = self.found.iter().any(|candidate| candidate.url == lead.url);
        if is_known || is_listed || self.found.len() >= MOST_CANDIDATES {
            return;
        }
        let rank = Rank::of_lead(lead, self.section.as_deref());
        let Lead { url, kind, origin, title } = lead.clone();
        self.found.push(Candidate { url, kind, origin, title, seen: None, rank });
    }

    /// Everything that was found, best first.
    pub(super) fn finish(mut self) -> Vec<Candidate> {
        self.found.sort_by_key(|candidate| candidate.rank);
        self.found
    }
}
