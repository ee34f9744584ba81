//! Asking a source: at which address, and whether for the whole document.

use url::Url;

use super::{Context, read};
use crate::fetch::{FailureClass, FetchError, Fetched, Target, Validators};
use crate::model::{Robots, Source, SourceKind};
use crate::schedule::{Visit, addresses, asks_whole};
use crate::store::ClaimedSource;

/// Asks a source at its usual address, and where that fails and it has moved, at its other one. Returns what was asked and how it
/// answered.
pub(super) async fn visit(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
) -> (Visit, Result<Fetched, FetchError>) {
    let moved = &claimed.memory.moved;
    let addresses = addresses(&source.url, moved, context.clock.now());
    let [first, other] = addresses.as_slice() else {
        return ask(context, source, claimed, &source.url).await;
    };
    let (first_visit, first_answer) = ask(context, source, claimed, first).await;
    let Err(first_failure) = first_answer else { return (first_visit, first_answer) };
    // Who names a time to come back is not asked again by another name.
    if matches!(first_failure.class, FailureClass::Later { after: Some(_) }) {
        return (first_visit, Err(first_failure));
    }
    let (other_visit, other_answer) = ask(context, source, claimed, other).await;
    let both = Visit { asked_configured: true, whole: first_visit.whole || other_visit.whole, ..other_visit };
    let answer = other_answer.map_err(|other_failure| match first_failure.class {
        FailureClass::Gone => other_failure,
        _ => first_failure,
    });
    (both, answer)
}

async fn ask(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    address: &Url,
) -> (Visit, Result<Fetched, FetchError>) {
    let now = context.clock.now();
    let known = Validators { etag: claimed.etag.clone(), last_modified: claimed.last_modified.clone() };
    // What one address said of its document means nothing at another.
    let usual = claimed.memory.moved.address.as_ref().unwrap_or(&source.url);
    let whole = known == Validators::default()
        || address != usual
        || !read::reads_alike(source, claimed)
        || asks_whole(&claimed.name, &claimed.memory, now);
    let validators = if whole { Validators::default() } else { known };
    let target = Target {
        url: address,
        validators: &validators,
        kind: read::kind(source),
        configured_host: source.url.host_str(),
        robots: robots_of(source),
        private_headers: source.access.to(address, &source.url),
        route: &source.route,
    };
    let answer = context.fetch(target).await;
    (Visit { asked: address.clone(), asked_configured: *address == source.url, whole }, answer)
}

/// Feeds and sitemaps are made to be polled, and whoever wrote their address here asks for them; pages are under the
/// site's rules.
fn robots_of(source: &Source) -> Robots {
    match source.kind {
        SourceKind::Feed | SourceKind::Sitemap => Robots::Ignore,
        SourceKind::Listing | SourceKind::Page => source.robots,
    }
}
