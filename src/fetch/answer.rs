//! What an answer, or its absence, means for the one who asked.

use std::time::Duration;

use url::Url;

use super::{Cause, FailureClass, FetchError, Fetched, Kind, Page, Target, Validators};
use crate::http::{Fault, HttpError, Response};
use crate::model::Timestamp;

/// Walls are small; what is larger than this is not kept of a refusal.
const LARGEST_WALL: usize = 256 * 1024;
/// A longer validator would fill the head of each request, which servers bound at 8 KiB and more.
const LONGEST_VALIDATOR: usize = 2 * 1024;

/// "Too many requests" without a time: until the article that was told so is tried again.
const UNTOLD_PATIENCE: Duration = Duration::from_secs(30);

/// Sorts an answer by its status.
pub(super) fn read(response: Response, target: Target<'_>, now: Timestamp) -> Result<Fetched, FetchError> {
    let conditional = target.validators.etag.is_some() || target.validators.last_modified.is_some();
    match response.status {
        200 | 203 => Ok(Fetched::Page(page(response, now))),
        304 if conditional => {
            Ok(Fetched::NotModified { fresh_for: response.fresh_for(now), moved_to: response.moved_to })
        }
        status => {
            let (meaning, class) = meaning(&response, now);
            let message = format!("{} answered {status}: {meaning}", shown(target.url));
            let cause = cause(&response);
            let page =
                (1..=LARGEST_WALL).contains(&response.body.len()).then(|| Box::new(page(response, now)));
            Err(FetchError { message, class, cause, status: Some(status), page })
        }
    }
}

fn page(response: Response, now: Timestamp) -> Page {
    Page {
        content_type: response.header("content-type").map(str::to_owned),
        validators: Validators {
            etag: validator(&response, "etag"),
            last_modified: validator(&response, "last-modified"),
        },
        fresh_for: response.fresh_for(now),
        bytes: response.body,
        url: response.url,
        moved_to: response.moved_to,
    }
}

/// A validator that can go back byte for byte; an empty one, one of absurd length and one that is no UTF-8 are left alone.
fn validator(response: &Response, name: &str) -> Option<String> {
    let value = response.header(name)?;
    let is_usable =
        (1..=LONGEST_VALIDATOR).contains(&value.trim().len()) && !value.contains(char::REPLACEMENT_CHARACTER);
    is_usable.then(|| value.to_owned())
}

/// What a status says about trying again, and a sentence for the user. Who names a time to come back is asked then, whatever
/// else the status says.
fn meaning(response: &Response, now: Timestamp) -> (&'static str, FailureClass) {
    match (by_status(response, now), response.retry_after(now)) {
        ((words, FailureClass::Never), after @ Some(_)) => (words, FailureClass::Later { after }),
        (meaning, _) => meaning,
    }
}

fn by_status(response: &Response, now: Timestamp) -> (&'static str, FailureClass) {
    let later = |after: Option<Duration>| FailureClass::Later { after };
    let patience = later(response.retry_after(now));
    match response.status {
        401 | 407 => (
            "it wants a login, which cannot be given here; it is tried again in case that changes.",
            patience,
        ),
        403 => ("it turns this program away; it is tried again, as such walls often lift.", patience),
        451 => ("it is withheld for legal reasons; it is tried again in case that changes.", patience),
        404 => ("there is nothing at this address; check whether it has changed.", FailureClass::Never),
        410 => ("it was removed for good.", FailureClass::Gone),
        408 | 425 => ("the server wants to be asked again.", patience),
        429 => ("it was asked too often; the next try waits as long as the server wants.", patience),
        503 => ("the server is overloaded or being mended; it is tried again.", patience),
        304 => ("that nothing changed, although it was not asked that; it is tried again.", patience),
        500..=599 => ("the server failed; it is tried again.", patience),
        201..=299 => ("that is not a document; it is tried again.", patience),
        300..=399 => {
            ("a redirect that leads nowhere; check whether the address has changed.", FailureClass::Never)
        }
        400..=499 => ("the server refuses this request; check the address.", FailureClass::Never),
        _ => ("that is no status of HTTP; it is tried again.", patience),
    }
}

/// For how long the whole host wants to be left alone: what 429 and 503 say of one of its addresses is mostly meant for all.
pub(super) fn patience(response: &Response, now: Timestamp) -> Option<Duration> {
    match (response.status, response.retry_after(now)) {
        (429 | 503, after @ Some(_)) => after,
        (429, None) => Some(UNTOLD_PATIENCE),
        _ => None,
    }
}

fn cause(response: &Response) -> Cause {
    // How the walls in front of many sites mark a challenge, whatever status they give it.
    let walled = ["cf-mitigated", "x-datadome", "x-amzn-waf-action"]
        .iter()
        .any(|name| response.header(name).is_some());
    match response.status {
        201..=299 | 403 | 405 | 429 | 503 if walled => Cause::BotWall,
        401 | 407 => Cause::Login,
        403 => Cause::Forbidden,
        404 => Cause::NotFound,
        410 => Cause::Gone,
        429 => Cause::Throttled,
        451 => Cause::Withheld,
        300..=399 if response.status != 304 => Cause::Redirects,
        500..=599 => Cause::Server,
        _ => Cause::Status,
    }
}

/// robots.txt forbids this address.
pub(super) fn forbidden(url: &Url) -> FetchError {
    FetchError {
        message: format!(
            "{} was not fetched: blocked by robots.txt of {}; robots = \"ignore\" at the source fetches it all the same.",
            shown(url),
            url.host_str().unwrap_or("its site")
        ),
        class: FailureClass::Never,
        cause: Cause::Robots,
        status: None,
        page: None,
    }
}

/// Nobody knows what robots.txt says, which forbids everything for now.
pub(super) fn unruled(url: &Url, why: &str) -> FetchError {
    FetchError {
        message: format!(
            "{} was not fetched, because robots.txt of its site could not be read ({why}); it is tried again.",
            shown(url)
        ),
        class: FailureClass::Later { after: None },
        cause: Cause::RobotsUnread,
        status: None,
        page: None,
    }
}

/// Its site asked to be left alone for a while.
pub(super) fn left_alone(url: &Url, left: Duration) -> FetchError {
    FetchError {
        message: format!(
            "{} was not fetched: its site asked to be left alone, for {} s more.",
            shown(url),
            left.as_secs().max(1)
        ),
        class: FailureClass::Unsent { left },
        cause: Cause::Throttled,
        status: None,
        page: None,
    }
}

/// No answer: whether another try could end differently, and which line of sources.toml could help.
pub(super) fn failed(error: &HttpError, target: Target<'_>) -> FetchError {
    let later = FailureClass::Later { after: None };
    let again = "; it is tried again";
    let (class, cause, hint) = match &error.fault {
        Fault::Refused(_) | Fault::Downgrade(_) => (FailureClass::Never, Cause::Refused, ""),
        Fault::Declined(_) => (FailureClass::Never, Cause::Robots, ""),
        Fault::TooLarge { .. } => (FailureClass::Never, Cause::TooLarge, raise(target.kind)),
        Fault::Timeout { .. } | Fault::Silence { .. } => {
            (later, Cause::Timeout, "; it is tried again, and timeout under [fetch] may be raised")
        }
        Fault::Connect(_) | Fault::Proxy { .. } => (later, Cause::Network, again),
        Fault::Tls(_) => (later, Cause::Tls, again),
        Fault::RedirectLoop(_) => (later, Cause::Redirects, again),
        Fault::Protocol(_) => (later, Cause::Protocol, again),
    };
    let message = format!("{} could not be fetched: {error}{hint}.", shown(target.url));
    FetchError { message, class, cause, status: error.status, page: None }
}

fn raise(kind: Kind) -> &'static str {
    match kind {
        Kind::Feed | Kind::Sitemap => "; raise max_feed under [fetch] if it is meant",
        Kind::Page | Kind::Watched | Kind::Listing => "; raise max_page under [fetch] if it is meant",
    }
}

/// The address without credentials.
fn shown(url: &Url) -> String {
    if url.username().is_empty() && url.password().is_none() {
        return url.to_string();
    }
    let mut shown = url.clone();
    // Only addresses without a host refuse this, and those hold no credentials.
    let cleared = shown.set_username("").and_then(|()| shown.set_password(None));
    if cleared.is_err() { "The address".to_owned() } else { shown.to_string() }
}
