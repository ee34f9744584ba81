//! Permanent redirects: when a source's new address is remembered, and when it is doubted again.

use std::time::Duration;

use url::Url;

use super::News;
use crate::model::{Moved, Timestamp};

/// So many good answers in a row must be redirected to one address before it is polled itself: a mistake in a server's configuration
/// is mended sooner.
const GOOD_ANSWERS: u32 = 3;
/// A remembered address makes way for the one in sources.toml this often, in case the publisher took the move back.
const LOOK_BACK: Duration = Duration::from_hours(7 * 24);

/// The addresses to ask, in order; a later one only where the one before it failed without naming a time to come back.
pub fn addresses<'a>(configured: &'a Url, moved: &'a Moved, now: Timestamp) -> Vec<&'a Url> {
    let Some(address) = &moved.address else { return vec![configured] };
    let looked_back = moved.looked_back_at.filter(|at| *at <= now && now.since(*at) < LOOK_BACK);
    if moved.candidate.is_some() || looked_back.is_none() {
        vec![configured, address]
    } else {
        vec![address, configured]
    }
}

/// What is known after a good answer of `asked` that was permanently redirected to `target`, or not.
pub(super) fn after_answer(
    configured: &Url,
    before: &Moved,
    (asked, target): (&Url, Option<&Url>),
    now: Timestamp,
) -> (Moved, Option<News>) {
    let settled = Moved { candidate: None, answers: 0, ..before.clone() };
    let target = target.filter(|target| is_believed(asked, target));
    match target {
        None if asked != configured => (settled, None),
        None => taken_back(before),
        Some(target) if target == configured => taken_back(before),
        Some(target) if before.address.as_ref() == Some(target) => (settled, None),
        Some(target) => counted(before, settled, target, now),
    }
}

/// What is known after a failure of all addresses: the row of good answers is broken.
pub(super) fn after_failure(before: &Moved) -> Moved {
    Moved { candidate: None, answers: 0, ..before.clone() }
}

/// The address of sources.toml answers by itself again.
fn taken_back(before: &Moved) -> (Moved, Option<News>) {
    (Moved::default(), before.address.as_ref().map(|_| News::MovedBack))
}

fn counted(before: &Moved, settled: Moved, target: &Url, now: Timestamp) -> (Moved, Option<News>) {
    let again = before.candidate.as_ref() == Some(target);
    let answers = if again { before.answers.saturating_add(1) } else { 1 };
    if answers < GOOD_ANSWERS {
        return (Moved { candidate: Some(target.clone()), answers, ..settled }, None);
    }
    let address = Some(target.clone());
    let moved = Moved { address, moved_at: Some(now), looked_back_at: Some(now), ..settled };
    (moved, Some(News::Moved(target.clone())))
}

/// No move leads from https to http, or to what is no web address.
fn is_believed(asked: &Url, target: &Url) -> bool {
    target.scheme() == "https" || (target.scheme() == "http" && asked.scheme() == "http")
}
