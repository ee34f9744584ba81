//! Trying addresses out: a request each, within a budget, and what came back.

use std::collections::HashSet;

use chrono_tz::Tz;
use url::Url;

use super::rank::Rank;
use super::{Candidate, Scout, Seen};
use crate::feed::discover::{Lead, LeadKind, LeadOrigin, PageLeads, glance, is_of_section, of_page};
use crate::feed::{self, Origin};
use crate::fetch::{Cause, FailureClass, FetchError, Fetched, Kind, Page, Target, Validators};
use crate::model::{Feed, FeedFormat, Moment, Robots};
use crate::text::address::canonical;

/// Hosts that fail so often are left alone.
const MOST_FAILURES: usize = 3;
/// For dates without a zone; they are only shown.
const ZONE: Tz = Tz::Asia__Ho_Chi_Minh;
/// Entries that tell one feed from another.
const TELLING_ENTRIES: usize = 5;
/// Candidates kept, untried ones included.
const MOST_CANDIDATES: usize = 200;

/// What stood at an address.
pub(super) enum Outcome {
    Source(Candidate),
    /// A page, where it came from, and what it leads to.
    Page(Url, PageLeads),
    Nothing,
}

/// A search under way.
pub(super) struct Search<'a> {
    scout: &'a Scout,
    address: &'a Url,
    budget: usize,
    requests: usize,
    failures: usize,
    tried: HashSet<String>,
    /// The first entries of each feed, since many sites have one feed at several addresses.
    contents: HashSet<Vec<String>>,
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
            candidate.kind == LeadKind::Feed && candidate.seen.as_ref().is_some_and(has_entries)
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
        };
        let error = match self.scout.fetcher.fetch(target, self.scout.clock.now()).await {
            Ok(Fetched::Page(page)) => return Ok(page),
            Ok(Fetched::NotModified { .. }) => FetchError {
                message: format!("{url} answered 304 to a first request."),
                class: FailureClass::Never,
                cause: Cause::Protocol,
                status: Some(304),
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
        let Ok(page) = self.fetch(&lead.url, Kind::Feed).await else { return };
        match self.read(page, lead).await {
            Outcome::Source(candidate) => self.keep(candidate),
            Outcome::Page(_, leads) if !self.index_was_read && !leads.feeds.is_empty() => {
                // Feeds that a list names lie on pages of their own, what it announces is on every page.
                let linked = leads.feeds.into_iter().filter(|lead| lead.origin == LeadOrigin::Linked);
                self.index = linked.map(|lead| Lead { origin: LeadOrigin::Index, ..lead }).collect();
                self.index_was_read = !self.index.is_empty();
            }
            Outcome::Page(..) | Outcome::Nothing => {}
        }
    }

    /// What an answer is.
    pub(super) async fn read(&mut self, page: Page, lead: &Lead) -> Outcome {
        let wanted = lead.kind;
        let read = self.scout.cores.run(move || look(&page, wanted)).await;
        let (url, looked) = match read {
            Ok(read) => read,
            Err(panic) => {
                tracing::error!(url = %lead.url, %panic, "reading failed unexpectedly; please report this");
                return Outcome::Nothing;
            }
        };
        self.tried.insert(canonical(url.as_str()));
        let lead = Lead { url, ..lead.clone() };
        match looked {
            Looked::Feed(feed) => self.feed(&lead, *feed),
            Looked::Sitemap(seen) => {
                let lead = Lead { kind: LeadKind::Sitemap, ..lead };
                Outcome::Source(self.candidate(&lead, None, seen))
            }
            Looked::Page(leads) => Outcome::Page(lead.url, leads),
            Looked::Nothing => Outcome::Nothing,
        }
    }

    fn feed(&mut self, lead: &Lead, feed: Feed) -> Outcome {
        let telling = feed.entries.iter().take(TELLING_ENTRIES);
        let telling: Vec<String> = telling.map(|entry| entry.key.as_str().to_owned()).collect();
        if !telling.is_empty() && !self.contents.insert(telling) {
            return Outcome::Nothing;
        }
        let dates = feed.entries.iter().filter_map(|entry| entry.published.or(entry.updated));
        let seen = Seen {
            format: feed.format,
            entries: feed.entries.len(),
            newest: dates.max_by_key(|moment: &Moment| moment.timestamp()),
            language: feed.language,
        };
        Outcome::Source(self.candidate(lead, feed.title, seen))
    }

    fn candidate(&self, lead: &Lead, title: Option<String>, seen: Seen) -> Candidate {
        let rank = Rank::of_lead(lead, self.section.as_deref()).tried(&seen, title.as_deref(), lead);
        let title = title.or_else(|| lead.title.clone());
        Candidate {
            url: lead.url.clone(),
            kind: lead.kind,
            origin: lead.origin,
            title,
            seen: Some(seen),
            rank,
        }
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

    /// Adds the page itself as a list of articles.
    pub(super) fn keep_listing(&mut self, lead: &Lead, leads: &PageLeads) {
        let seen = Seen {
            format: FeedFormat::Listing,
            entries: leads.articles.unwrap_or(0),
            newest: None,
            language: leads.language.clone(),
        };
        let candidate = self.candidate(lead, None, seen);
        self.keep(candidate);
    }

    /// Everything that was found, best first.
    pub(super) fn finish(mut self) -> Vec<Candidate> {
        self.found.sort_by_key(|candidate| candidate.rank);
        self.found
    }
}

enum Looked {
    Feed(Box<Feed>),
    Sitemap(Seen),
    Page(PageLeads),
    Nothing,
}

/// Reads bytes as whatever they are. This is the place where sitemaps and listings are told: kinds of sources that are read
/// by a stage of their own are verified by it here.
fn look(page: &Page, wanted: LeadKind) -> (Url, Looked) {
    let content_type = page.content_type.as_deref();
    let url = page.url.clone();
    let origin = Origin { url: &page.url, content_type, timezone: ZONE };
    if let Some(glance) = glance(&page.bytes, content_type, ZONE) {
        let (entries, newest) = (glance.addresses, glance.newest);
        let seen = Seen { format: FeedFormat::Sitemap, entries, newest, language: None };
        return (url, Looked::Sitemap(seen));
    }
    if wanted == LeadKind::Sitemap {
        return (url, Looked::Nothing);
    }
    match feed::parse(&page.bytes, origin) {
        Ok(feed) => (url, Looked::Feed(Box::new(feed))),
        Err(feed::FeedError::Empty) => (url, Looked::Nothing),
        Err(_) => {
            let leads = of_page(&page.bytes, content_type, &page.url);
            (url, Looked::Page(leads))
        }
    }
}
