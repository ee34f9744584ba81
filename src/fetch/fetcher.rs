//! The fetcher: one polite, conditional request at a time per place.

use std::sync::Arc;

use super::hosts::Hosts;
use super::{FetchError, Fetched, Kind, Settings, Target, answer};
use crate::http;
use crate::model::Timestamp;

/// Feeds first, but servers that only know `*/*` are asked politely too.
const ACCEPT_FEED: &str = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, \
    application/rdf+xml;q=0.8, application/xml;q=0.7, text/xml;q=0.7, */*;q=0.1";
const ACCEPT_SITEMAP: &str = "application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.8, \
    application/rss+xml;q=0.7, application/atom+xml;q=0.7, */*;q=0.1";
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8";

/// Fetches feeds and pages; cheap to clone, and clones share their limits.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: http::Client,
    hosts: Arc<Hosts>,
    settings: Settings,
}

impl Fetcher {
    /// A fetcher with these limits; a limit of zero counts as one.
    pub fn new(client: http::Client, settings: Settings) -> Self {
        let hosts = Arc::new(Hosts::new(settings.concurrency, settings.per_host));
        Self { client, hosts, settings }
    }

    /// Fetches a target, waiting for its turn first; the wait does not count towards the timeout.
    ///
    /// `now` is what dates in `Retry-After` and `Expires` are seen from. A redirect to another host is
    /// followed within the turn at the first one.
    pub async fn fetch(&self, target: Target<'_>, now: Timestamp) -> Result<Fetched, FetchError> {
        let host = target.url.host_str().unwrap_or_default();
        let _turn = self.hosts.turn(host).await;
        let response = self.client.send(self.request(target)).await;
        let response = response.map_err(|error| answer::failed(&error, target))?;
        answer::read(response, target, now)
    }

    fn request(&self, target: Target<'_>) -> http::Request {
        let (accept, max_bytes) = match target.kind {
            Kind::Feed => (ACCEPT_FEED, self.settings.max_feed),
            Kind::Sitemap => (ACCEPT_SITEMAP, self.settings.max_feed),
            Kind::Page | Kind::Listing => (ACCEPT_PAGE, self.settings.max_page),
        };
        let validators = [
            ("if-none-match", &target.validators.etag),
            ("if-modified-since", &target.validators.last_modified),
        ];
        let conditions = validators.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let headers = conditions.chain([("accept", accept)]);
        http::Request {
            method: http::Method::Get,
            url: target.url.clone(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: Vec::new(),
            max_bytes,
            timeout: None,
            configured_host: target.configured_host.map(str::to_owned),
            redirects: http::Redirects::Follow,
        }
    }

    #[cfg(test)]
    pub(super) fn known_hosts(&self) -> usize {
        self.hosts.known()
    }
}
