//! Which parts of an index are to be asked for.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::time::Duration;

use super::Walk;
use crate::alert::Poll;
use crate::feed::{Part, is_of_news};
use crate::model::{MaxAge, Moment, Timestamp};
use crate::store::SitemapPart;

/// Of them, those chosen because they have waited longest, so that none waits for ever.
const LONGEST_WAITING: usize = 3;
/// One of so many is one that could not be had when it was asked for last.
const SHARE_OF_FAILED: usize = 4;
/// Stands for the hash of a part's bytes where it could not be had when it was asked for last; no bytes have it.
pub(super) const FAILED: [u8; 32] = [0; 32];
/// Parts of one index that are remembered.
const MOST_KNOWN: usize = 10_000;
/// A day ends this much later in the westernmost time zone than in UTC.
const WESTERNMOST: Duration = Duration::from_hours(12);

impl Walk<'_> {
    /// The parts, each once. Those that an index lists when it is first read are marked as such, and where they were last changed
    /// too long ago for any of their entries to alert, they count as read.
    pub(super) fn remembered(&mut self, parts: Vec<Part>, poll: Poll) -> Vec<Part> {
        let mut unique = HashSet::new();
        let mut parts = parts;
        parts.retain(|part| unique.insert(part.url.clone()) && part.url != self.source.url);
        if parts.len() > MOST_KNOWN {
            let message =
                format!("an index names {} sitemaps; only the newest {MOST_KNOWN} count", parts.len());
            self.reading.left_out.push(message);
            parts.sort_by_key(|part| Reverse(changed(part)));
            parts.truncate(MOST_KNOWN);
        }
        if poll == Poll::First {
            for part in
                parts.iter().filter(|part| !self.known.contains_key(part.url.as_str())).collect::<Vec<_>>()
            {
                let lastmod = self.is_past(part).then(|| lastmod(part)).flatten();
                let seen = SitemapPart { lastmod, ..unread(part.url.as_str(), true) };
                self.known.insert(seen.url.clone(), seen.clone());
                self.reading.parts.push(seen);
            }
        }
        parts
    }

    fn is_past(&self, part: &Part) -> bool {
        let MaxAge::Within(span) = self.source.max_age else { return false };
        let now = self.context.clock.now();
        changed(part).is_some_and(|changed| now.since(changed) > span)
    }

    /// The parts to ask for now: news and the newest first, and some that have waited longest. Those that failed when they were
    /// asked for last come behind them and in turn, so that one that always fails is in nobody's way.
    pub(super) fn chosen(&self, parts: &[Part], most: usize) -> Vec<Part> {
        let (mut failed, mut due): (Vec<&Part>, Vec<&Part>) = parts
            .iter()
            .filter(|part| !self.is_done(part) && !self.asked.contains(part.url.as_str()))
            .partition(|part| self.has_failed(part));
        let tried =
            |part: &&Part| self.known.get(part.url.as_str()).map_or(Timestamp::EPOCH, |known| known.tried_at);
        failed.sort_by_key(|part| (tried(part), urgency(part)));
        failed.truncate(most.saturating_sub(due.len()).max(most.div_ceil(SHARE_OF_FAILED)));
        let most = most.saturating_sub(failed.len());
        due.sort_by_key(|part| (urgency(part), tried(part)));
        if due.len() > most {
            let waiting = most.min(LONGEST_WAITING);
            let rest = due.split_off(most - waiting);
            let mut rest: Vec<&Part> = rest;
            rest.sort_by_key(tried);
            due.extend(rest.into_iter().take(waiting));
        }
        due.into_iter().chain(failed).cloned().collect()
    }

    fn has_failed(&self, part: &Part) -> bool {
        self.known.get(part.url.as_str()).is_some_and(|known| known.body_hash == Some(FAILED))
    }

    /// Whether a part was read to its end in the state that its index tells of.
    pub(super) fn is_done(&self, part: &Part) -> bool {
        let Some(known) = self.known.get(part.url.as_str()) else { return false };
        // A day that is not over may bring more without another `lastmod`.
        let settled = match part.lastmod {
            None => false,
            Some(Moment::Instant(_)) => true,
            Some(Moment::Day(_)) => {
                let over = changed(part).map(|end| end.plus(WESTERNMOST));
                known.tried_at == Timestamp::EPOCH || over.is_some_and(|over| known.tried_at >= over)
            }
        };
        settled && known.lastmod == lastmod(part)
    }
}

pub(super) fn unread(url: &str, baseline: bool) -> SitemapPart {
    SitemapPart {
        url: url.to_owned(),
        lastmod: None,
        baseline,
        tried_at: Timestamp::EPOCH,
        etag: None,
        last_modified: None,
        body_hash: None,
    }
}

pub(super) fn lastmod(part: &Part) -> Option<String> {
    part.lastmod.map(|at| at.to_string())
}

/// The last instant that a part's `lastmod` can mean.
fn changed(part: &Part) -> Option<Timestamp> {
    part.lastmod.map(|at| match at {
        Moment::Instant(_) => at.timestamp(),
        Moment::Day(day) => {
            let end = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
            end.map_or(at.timestamp(), |end| end.and_utc().into())
        }
    })
}

/// Less for what is asked for first: news, then what changed last.
pub(in crate::pipeline) fn urgency(part: &Part) -> impl Ord + use<> {
    (!is_of_news(&part.url), Reverse(changed(part)))
}
