//! What a sitemap lists, and what an index of sitemaps leads to.
//!
//! A part of an index is asked for where it is new or its `lastmod` changed, a few at each poll, and is known as read only in the
//! transaction that records its entries. What it listed when the source was first polled is no news, whenever it is read.

mod due;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use url::Url;

use super::Context;
use super::read::{Reading, Unreadable, new_entries, parse_sitemap};
use crate::alert::{Poll, admit_entry};
use crate::feed::{Part, Sitemap};
use crate::fetch::{FailureClass, Fetched, Kind, Page, Target, Validators};
use crate::model::{Entry, HeldBack, Robots, Source, Timestamp};
use crate::store::{ClaimedSource, NewEntry, SitemapPart, StoreError};

pub(super) use due::urgency;
use due::{FAILED, lastmod, unread};

/// Parts that are asked for at one poll, in all.
const MOST_PARTS: usize = 8;
/// After this long no further part is asked for at one poll, so that its lease outlives it.
const LONGEST_WALK: Duration = Duration::from_mins(5);
/// Parts of an index within an index that are asked for when that is read.
const MOST_INNER: usize = 3;
/// Entries recorded at one poll; what is beyond is recorded at the next.
const MOST_ENTRIES: usize = 10_000;

/// Reads a source's sitemap and as many of the parts that it leads to as one poll may.
pub(super) async fn read(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    sitemap: Sitemap,
) -> Result<Result<Reading, Unreadable>, StoreError> {
    let known = context.store.sitemap_parts(claimed.id).await?;
    let root = known.get(source.url.as_str()).cloned();
    let mut walk = Walk {
        context,
        source,
        claimed,
        begun: context.clock.now(),
        known,
        asked: HashSet::from([source.url.to_string()]),
        listed: HashSet::new(),
        spared: HashSet::new(),
        read: 0,
        failure: None,
        reading: Reading { hints: sitemap.feed.hints.clone(), ..Reading::default() },
    };
    walk.root(root, sitemap).await?;
    Ok(walk.end())
}

struct Walk<'a> {
    context: &'a Context,
    source: &'a Source,
    claimed: &'a ClaimedSource,
    begun: Timestamp,
    known: HashMap<String, SitemapPart>,
    /// Addresses asked for at this poll.
    asked: HashSet<String>,
    /// Keys of entries that were found to be new at this poll.
    listed: HashSet<String>,
    /// Hosts that asked to be left alone at this poll.
    spared: HashSet<String>,
    /// Parts that answered, or needed not be asked.
    read: usize,
    /// Why the first of those that did not answer did not.
    failure: Option<Unreadable>,
    reading: Reading,
}

/// How reading one part ended.
enum Outcome {
    Unchanged,
    Read(Box<Sitemap>, Answer),
    Failed,
}

impl Walk<'_> {
    async fn root(&mut self, known: Option<SitemapPart>, sitemap: Sitemap) -> Result<(), StoreError> {
        let first = known.as_ref().is_none_or(|root| root.baseline);
        let poll = if first { Poll::First } else { Poll::Later };
        self.reading.repairs.extend(sitemap.feed.repairs);
        let whole = self.admit(sitemap.feed.entries, poll).await?;
        let mut root = known.unwrap_or_else(|| unread(self.source.url.as_str(), false));
        // The parts that were there at first are marked one by one, so an index itself is not.
        (root.baseline, root.tried_at) = (first && !whole, self.context.clock.now());
        self.reading.parts.push(root);
        let whole = self.index(sitemap.parts, poll).await? && whole;
        self.reading.is_partial = !whole;
        Ok(())
    }

    fn has_asked_enough(&self) -> bool {
        let took = self.context.clock.now().since(self.begun);
        self.asked.len() > MOST_PARTS || took > LONGEST_WALK
    }

    /// Whether the part's host named a time to come back at this poll, and so is asked for nothing more at it.
    fn spares(&self, part: &Part) -> bool {
        part.url.host_str().is_some_and(|host| self.spared.contains(host))
    }

    /// Asks for parts of the source's index; whether nothing of them is left to be asked for.
    async fn index(&mut self, parts: Vec<Part>, poll: Poll) -> Result<bool, StoreError> {
        let parts = self.remembered(parts, poll);
        self.read += parts.iter().filter(|part| self.is_done(part)).count();
        for part in self.chosen(&parts, MOST_PARTS) {
            if self.has_asked_enough() {
                break;
            }
            if self.spares(&part) {
                continue;
            }
            let inner = self.part(&part).await?;
            if let Some((inner, answer, poll)) = inner {
                let whole = self.inner_index(inner, poll).await?;
                self.settle(&part, answer.filter(|_| whole), false);
            }
        }
        Ok(parts.iter().all(|part| self.is_done(part)))
    }

    /// Asks for parts of an index within the index.
    async fn inner_index(&mut self, parts: Vec<Part>, poll: Poll) -> Result<bool, StoreError> {
        let parts = self.remembered(parts, poll);
        for part in self.chosen(&parts, MOST_INNER) {
            if self.has_asked_enough() {
                break;
            }
            if self.spares(&part) {
                continue;
            }
            if let Some((_, answer, _)) = self.part(&part).await? {
                let deeper =
                    format!("{} is an index within an index within an index; it is not followed", part.url);
                self.reading.left_out.push(deeper);
                self.settle(&part, answer, false);
            }
        }
        Ok(parts.iter().all(|part| self.is_done(part)))
    }

    /// Asks for one part and takes its entries. Where it is an index, it is returned, and left to be settled.
    async fn part(&mut self, part: &Part) -> Result<Option<(Vec<Part>, Option<Answer>, Poll)>, StoreError> {
        let baseline = self.known.get(part.url.as_str()).is_some_and(|known| known.baseline);
        let poll = if baseline { Poll::First } else { Poll::Later };
        match self.fetch(&part.url).await {
            Outcome::Failed => self.settle_failed(part, baseline),
            Outcome::Unchanged => self.settle_unchanged(part),
            Outcome::Read(sitemap, answer) => {
                let repairs = sitemap.feed.repairs.into_iter();
                self.reading.repairs.extend(repairs.map(|repair| format!("{}: {repair}", part.url)));
                let whole = self.admit(sitemap.feed.entries, poll).await?;
                let answer = Some(answer).filter(|_| whole);
                if !sitemap.parts.is_empty() {
                    return Ok(Some((sitemap.parts, answer, poll)));
                }
                self.settle(part, answer, baseline && !whole);
            }
        }
        Ok(None)
    }

    async fn fetch(&mut self, url: &Url) -> Outcome {
        self.asked.insert(url.to_string());
        let known = self.known.get(url.as_str());
        let validators = known
            .map(|known| Validators { etag: known.etag.clone(), last_modified: known.last_modified.clone() });
        let target = Target {
            url,
            validators: &validators.unwrap_or_default(),
            kind: Kind::Sitemap,
            configured_host: self.source.url.host_str(),
            robots: Robots::Ignore,
            private_headers: self.source.access.to(url, &self.source.url),
            route: &self.source.route,
        };
        let before = known.and_then(|known| known.body_hash);
        let page = match self.context.fetch(target).await {
            Ok(Fetched::Page(page)) => page,
            Ok(Fetched::NotModified { .. }) => {
                self.read += 1;
                return Outcome::Unchanged;
            }
            Err(error) => {
                let patience = match error.class {
                    FailureClass::Later { after } => after,
                    FailureClass::Unsent { left } => Some(left),
                    FailureClass::Never | FailureClass::Gone => None,
                };
                let host = url.host_str().filter(|_| matches!(error.status, Some(429 | 503)));
                self.spared.extend(host.filter(|_| patience.is_some()).map(str::to_owned));
                let (why, cause) = (error.message, error.cause);
                return self.failed(Unreadable { why, cause, patience, parts: Vec::new() });
            }
        };
        let hash: [u8; 32] = Sha256::digest(&page.bytes).into();
        if before == Some(hash) {
            self.read += 1;
            return Outcome::Unchanged;
        }
        self.parse(page, hash).await
    }

    async fn parse(&mut self, page: Page, hash: [u8; 32]) -> Outcome {
        let validators = page.validators.clone();
        match parse_sitemap(self.context, self.source, page).await {
            Ok(sitemap) => {
                self.read += 1;
                Outcome::Read(Box::new(sitemap), Answer { validators, hash })
            }
            Err(unreadable) => self.failed(unreadable),
        }
    }

    fn failed(&mut self, unreadable: Unreadable) -> Outcome {
        self.reading.left_out.push(unreadable.why.clone());
        self.reading.patience = self.reading.patience.max(unreadable.patience);
        self.failure.get_or_insert(unreadable);
        Outcome::Failed
    }

    /// Takes the entries that are new, those that may alert first; whether there was room for all.
    async fn admit(&mut self, mut entries: Vec<Entry>, poll: Poll) -> Result<bool, StoreError> {
        let now = self.context.clock.now();
        // What is too old by its own date will be too old by it again, and needs no row to be told by.
        let is_old =
            |entry: &Entry| admit_entry(entry, self.source, Poll::Later, now) == Some(HeldBack::TooOld);
        entries.retain(|entry| !is_home(entry) && !is_old(entry));
        let mut new = new_entries(self.context, self.source, self.claimed, entries, poll).await?;
        new.retain(|entry| self.listed.insert(entry.entry.key.as_str().to_owned()));
        new.sort_by_key(|entry| entry.held.is_some());
        let room = MOST_ENTRIES.saturating_sub(self.reading.entries.len());
        let whole = new.len() <= room;
        let beyond: Vec<NewEntry> = new.split_off(room.min(new.len()));
        for entry in &beyond {
            self.listed.remove(entry.entry.key.as_str());
        }
        self.reading.entries.extend(new);
        Ok(whole)
    }

    /// Records how asking for a part ended; `answer` where it was read to its end.
    fn settle(&mut self, part: &Part, answer: Option<Answer>, baseline: bool) {
        let known = self.known.get(part.url.as_str()).cloned();
        let mut known = known.unwrap_or_else(|| unread(part.url.as_str(), false));
        (known.baseline, known.tried_at) = (baseline, self.context.clock.now());
        // Without a whole answer it stays to be asked for, whatever it was before.
        known.lastmod = answer.as_ref().and_then(|_| lastmod(part));
        if let Some(Answer { validators, hash }) = answer {
            (known.etag, known.last_modified) = (validators.etag, validators.last_modified);
            known.body_hash = Some(hash);
        }
        self.keep(known);
    }

    /// Records that a part could not be had, so that it stands behind others at the next poll. Its validators go: that nothing
    /// changed since would not tell that it can be had again.
    fn settle_failed(&mut self, part: &Part, baseline: bool) {
        let (url, tried_at) = (part.url.as_str(), self.context.clock.now());
        self.keep(SitemapPart { tried_at, body_hash: Some(FAILED), ..unread(url, baseline) });
    }

    fn settle_unchanged(&mut self, part: &Part) {
        let Some(known) = self.known.get(part.url.as_str()) else { return };
        let (lastmod, tried_at) = (lastmod(part), self.context.clock.now());
        self.keep(SitemapPart { lastmod, tried_at, ..known.clone() });
    }

    fn keep(&mut self, part: SitemapPart) {
        self.known.insert(part.url.clone(), part.clone());
        self.reading.parts.push(part);
    }

    /// Where not one part of an index can be had, the source fails; what was learnt is kept all the same.
    fn end(self) -> Result<Reading, Unreadable> {
        match self.failure {
            Some(failure) if self.read == 0 && self.reading.entries.is_empty() => {
                Err(Unreadable { parts: self.reading.parts, ..failure })
            }
            _ => Ok(self.reading),
        }
    }
}

/// What tells an answer from the next one.
struct Answer {
    validators: Validators,
    hash: [u8; 32],
}

/// A home page is no article.
fn is_home(entry: &Entry) -> bool {
    let url = entry.url.as_deref().and_then(|url| Url::parse(url).ok());
    url.is_some_and(|url| url.path() == "/" && url.query().is_none())
}
