//! What the robots.txt of each origin said last.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use super::robots::{PRODUCT_TOKEN, Rules};
use crate::http::{Fault, HttpError, Response};
use crate::model::Timestamp;

/// RFC 9309, 2.4.
const FRESH: Duration = Duration::from_hours(24);
/// A robots.txt that could not be read is asked for again after this.
const RETRY: Duration = Duration::from_mins(5);
/// How long rules that were read once hold where the file cannot be read again (RFC 9309, 2.3.1.4).
const OUTAGE: Duration = Duration::from_hours(30 * 24);
/// Beyond this many origins or bytes, the half that was read longest ago is forgotten.
const MOST_ORIGINS: usize = 10_000;
const MOST_WEIGHT: usize = 16 * 1024 * 1024;

/// A bounded memory of rules by origin.
#[derive(Debug, Default)]
pub(super) struct Permissions {
    known: Mutex<HashMap<String, Known>>,
}

/// Where an origin stands.
#[derive(Debug, Clone)]
pub(super) enum Standing {
    /// These rules hold.
    Ruled(Arc<Rules>),
    /// The rules could not be read, and why: nothing may be fetched.
    Unread(String),
}

#[derive(Debug)]
struct Known {
    standing: Standing,
    read_at: Timestamp,
    until: Timestamp,
}

impl Permissions {
    /// What is known of an origin and still fresh.
    pub(super) fn of(&self, url: &Url, now: Timestamp) -> Option<Standing> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known.get(&origin(url)).filter(|known| now < known.until);
        // A clock that was set back must not make it fresh for years.
        let found = found.filter(|known| known.until.since(now) <= FRESH);
        found.map(|known| known.standing.clone())
    }

    /// Remembers what became of asking an origin for its robots.txt, and returns what follows from it.
    pub(super) fn learn(&self, url: &Url, answer: Result<Response, HttpError>, now: Timestamp) -> Standing {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.remove(&origin(url));
        let patience = answer.as_ref().ok().and_then(|answer| answer.retry_after(now)).unwrap_or_default();
        let next = match read(answer) {
            Ok(rules) => {
                let standing = Standing::Ruled(Arc::new(rules));
                Known { standing, read_at: now, until: now.plus(FRESH) }
            }
            Err(why) => {
                let before = before.filter(|known| now.since(known.read_at) < OUTAGE);
                let (standing, read_at) = match before {
                    Some(Known { standing: Standing::Ruled(rules), read_at, .. }) => {
                        (Standing::Ruled(rules), read_at)
                    }
                    Some(_) | None => (Standing::Unread(why), now),
                };
                Known { standing, read_at, until: now.plus(patience.clamp(RETRY, FRESH)) }
            }
        };
        let standing = next.standing.clone();
        known.insert(origin(url), next);
        bound(&mut known);
        standing
    }
}

/// The rules that an answer means, or why it means that there is no telling (RFC 9309, 2.3.1).
///
/// A file that is not there, or that we may not see, rules nothing. "Too many requests" is no statement about the file, so it
/// counts as a failure of the server, as Google has it.
fn read(answer: Result<Response, HttpError>) -> Result<Rules, String> {
    match answer {
        Ok(response) => match response.status {
            200..=299 => Ok(Rules::parse(&response.body, PRODUCT_TOKEN)),
            429 => Err("it answered 429: it was asked too often".to_owned()),
            300..=499 => Ok(Rules::default()),
            status => Err(format!("it answered {status}")),
        },
        Err(HttpError { fault: Fault::RedirectLoop(_), .. }) => Ok(Rules::default()),
        Err(error) => Err(error.to_string()),
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn bound(known: &mut HashMap<String, Known>) {
    if known.len() <= MOST_ORIGINS && known.values().map(weight).sum::<usize>() <= MOST_WEIGHT {
        return;
    }
    let mut ages: Vec<Timestamp> = known.values().map(|known| known.read_at).collect();
    ages.sort_unstable();
    let Some(middle) = ages.get(ages.len() / 2).copied() else { return };
    known.retain(|_, known| known.read_at > middle);
}

fn weight(known: &Known) -> usize {
    match &known.standing {
        Standing::Ruled(rules) => rules.weight(),
        Standing::Unread(why) => why.len(),
    }
}
