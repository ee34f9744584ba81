//! Finding the sources of a site: the page, what it announces, its list of feeds, usual places, sitemaps, in this order and
//! with few requests, each of which is really made and read.

mod attempt;
mod look;
mod rank;
#[cfg(test)]
mod tests;

use url::Url;

use super::Cores;
use crate::clock::Clock;
use crate::feed::discover::{
    Lead, LeadOrigin, PageLeads, by_host, is_of_section, is_of_whole_site, section_slug, sitemaps, well_known,
};
use crate::fetch::{FetchError, Fetcher, Kind};
use crate::model::{FeedFormat, Moment, SourceKind};
use attempt::{Outcome, Search};
use rank::Rank;

/// Requests in all.
const BUDGET: usize = 20;
/// Requests that are kept for what comes after announced and linked feeds.
const AFTER_LINKS: usize = 10;
/// Requests that are kept for what comes after a list of feeds.
const AFTER_INDEX: usize = 6;
/// Requests that are kept for robots.txt, the sitemaps it names and a part of one.
const FOR_SITEMAPS: usize = 4;
/// Sitemaps looked at.
const MOST_SITEMAPS: usize = 2;

/// What a search is made with.
#[derive(Debug, Clone)]
pub struct Scout {
    /// The way to publishers.
    pub fetcher: Fetcher,
    /// For reading what came.
    pub cores: Cores,
    /// The time.
    pub clock: Clock,
}

/// What was found, best first.
#[derive(Debug, Clone, Default)]
pub struct Discovered {
    /// Sources, and addresses that probably are some but were not tried.
    pub candidates: Vec<Candidate>,
    /// Requests made.
    pub requests: usize,
    /// Why the address itself could not be had, as a sentence.
    pub page_error: Option<String>,
}

/// A source that was found.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its address after redirects.
    pub url: Url,
    /// What `kind` it is in sources.toml.
    pub kind: SourceKind,
    /// Why it was looked for there.
    pub origin: LeadOrigin,
    /// Its own title, or what the page calls it.
    pub title: Option<String>,
    /// What was read there; `None` where there were too many to try all.
    pub seen: Option<Seen>,
    rank: Rank,
}

/// What stood at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The dialect.
    pub format: FeedFormat,
    /// How many entries.
    pub entries: usize,
    /// The date of the newest entry.
    pub newest: Option<Moment>,
    /// The language it names.
    pub language: Option<String>,
}

impl Discovered {
    /// The best candidates: one where the choice is clear, several where they are equally good, none where nothing was found.
    pub fn best(&self) -> Vec<&Candidate> {
        let Some(first) = self.candidates.first().filter(|first| first.seen.is_some()) else {
            return Vec::new();
        };
        self.candidates.iter().take_while(|candidate| candidate.rank == first.rank).collect()
    }
}

/// Looks for the sources of `address`. Fails only where its host cannot be reached at all.
pub async fn discover(scout: &Scout, address: &Url) -> Result<Discovered, FetchError> {
    let mut search = Search::new(scout, address, BUDGET);
    let mut found = Discovered::default();
    let page = match search.fetch(address, Kind::Page).await {
        Ok(page) => search.read(page, &Lead { kind: SourceKind::Feed, ..itself(address) }).await,
        Err(error) if error.status.is_none() => return Err(error),
        Err(error) => {
            found.page_error = Some(error.message);
            Outcome::Nothing
        }
    };
    match page {
        Outcome::Source(candidate) => search.keep(candidate),
        Outcome::Page(page) => {
            around(&mut search, &page.url, page.leads).await;
            if let Some(listing) = page.listing {
                search.keep(listing);
            }
        }
        Outcome::Nothing => around(&mut search, address, PageLeads::default()).await,
    }
    found.requests = search.requests();
    found.candidates = search.finish();
    Ok(found)
}

fn itself(address: &Url) -> Lead {
    Lead { url: address.clone(), kind: SourceKind::Feed, title: None, origin: LeadOrigin::Itself }
}

/// Everything that a page which is no feed itself leads to.
async fn around(search: &mut Search<'_>, page: &Url, leads: PageLeads) {
    search.section = section_slug(page);
    let mut first = by_host(page);
    first.extend(leads.feeds.iter().cloned());
    first.sort_by_key(|lead| (lead.origin, Rank::of_lead(lead, search.section.as_deref())));
    for lead in &first {
        if search.left() <= AFTER_LINKS {
            search.mention(lead);
            continue;
        }
        search.try_out(lead).await;
    }
    if search.host_is_known() {
        return;
    }
    if let Some(index) = leads.indexes.first() {
        let lead = Lead { origin: LeadOrigin::Linked, ..itself(index) };
        search.try_out(&lead).await;
    }
    follow_index(search).await;
    try_usual_places(search, page).await;
    // A usual place may be a list of feeds too.
    follow_index(search).await;
    try_sitemaps(search, page).await;
}

/// The feeds of the list that was come upon: those that fit the page are tried, the others only mentioned.
async fn follow_index(search: &mut Search<'_>) {
    let mut listed = std::mem::take(&mut search.index);
    let section = search.section.clone();
    listed.sort_by_key(|lead| Rank::of_lead(lead, section.as_deref()));
    for lead in &listed {
        let fits = section.as_deref().map_or_else(
            || is_of_whole_site(&lead.url),
            |slug| is_of_section(&lead.url, slug) || is_of_whole_site(&lead.url),
        );
        if search.left() > AFTER_INDEX && (fits || !search.has_feed()) {
            search.try_out(lead).await;
        } else {
            search.mention(lead);
        }
    }
}

/// Guesses, each kind only as long as nothing better is known.
async fn try_usual_places(search: &mut Search<'_>, page: &Url) {
    let section = search.section.clone();
    for lead in well_known(page).iter().filter(|lead| lead.kind == SourceKind::Feed) {
        let of_section = section.as_deref().is_some_and(|slug| is_of_section(&lead.url, slug));
        let is_wanted = if of_section { !search.has_section_feed() } else { !search.has_feed() };
        if is_wanted && search.index.is_empty() && search.left() > FOR_SITEMAPS {
            search.try_out(lead).await;
        }
    }
}

async fn try_sitemaps(search: &mut Search<'_>, page: &Url) {
    let Ok(robots) = page.join("/robots.txt") else { return };
    if search.left() == 0 {
        return;
    }
    let named = match search.fetch(&robots, Kind::Page).await {
        Ok(answer) => sitemaps(&answer.bytes, &answer.url),
        Err(_) => Vec::new(),
    };
    let named = named.into_iter().map(|url| Lead {
        kind: SourceKind::Sitemap,
        origin: LeadOrigin::Robots,
        ..itself(&url)
    });
    let mut leads: Vec<Lead> = named.collect();
    if leads.is_empty() {
        leads = well_known(page).into_iter().filter(|lead| lead.kind == SourceKind::Sitemap).collect();
    }
    for lead in leads.iter().take(MOST_SITEMAPS) {
        search.try_out(lead).await;
    }
}
