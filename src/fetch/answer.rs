//! What an answer, or its absence, means for the one who asked.

use std::time::Duration;

use url::Url;

use super::{FailureClass, FetchError, Fetched, Kind, Page, Target, Validators};
use crate::http::{Fault, HttpError, Response};
use crate::model::Timestamp;

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
            Err(FetchError { message, class, status: Some(status) })
        }
    }
}

fn page(response: Response, now: Timestamp) -> Page {
    let header = |name| response.header(name).map(str::to_owned);
    Page {
        content_type: header("content-type"),
        validators: Validators { etag: header("etag"), last_modified: header("last-modified") },
        fresh_for: response.fresh_for(now),
        bytes: response.body,
        url: response.url,
        moved_to: response.moved_to,
    }
}

/// What a status says about trying again, and a sentence for the user.
fn meaning(response: &Response, now: Timestamp) -> (&'static str, FailureClass) {
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

/// No answer: whether another try could end differently, and which line of sources.toml could help.
pub(super) fn failed(error: &HttpError, target: Target<'_>) -> FetchError {
    let later = FailureClass::Later { after: None };
    let (class, hint) = match (&error.fault, target.kind) {
        (Fault::Refused(_), _) => (FailureClass::Never, ""),
        (Fault::TooLarge { .. }, Kind::Feed) => {
            (FailureClass::Never, "; raise max_feed under [fetch] if it is meant")
        }
        (Fault::TooLarge { .. }, Kind::Page) => {
            (FailureClass::Never, "; raise max_page under [fetch] if it is meant")
        }
        (Fault::Timeout { .. }, _) => (later, "; it is tried again, and timeout under [fetch] may be raised"),
        (Fault::Connect(_) | Fault::Tls(_) | Fault::RedirectLoop(_) | Fault::Protocol(_), _) => {
            (later, "; it is tried again")
        }
    };
    let message = format!("{} could not be fetched: {error}{hint}.", shown(target.url));
    FetchError { message, class, status: error.status }
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
