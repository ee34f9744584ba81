//! The fetcher: polite, conditional requests.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use url::Url;

use super::hosts::{Hosts, Visit};
use super::permissions::{Permissions, Standing};
use super::{Backlog, FetchError, Fetched, Kind, Settings, Target, answer, robots};
use crate::http::{self, Excess, Fault, Gate, Method};
use crate::model::{Proxy, Robots, Route, Timestamp};

/// Feeds first, but servers that only know `*/*` are asked politely too.
const ACCEPT_FEED: &str = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, \
    application/rdf+xml;q=0.8, application/xml;q=0.7, text/xml;q=0.7, */*;q=0.1";
const ACCEPT_SITEMAP: &str = "application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.8, \
    application/rss+xml;q=0.7, application/atom+xml;q=0.7, */*;q=0.1";
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8";

/// A site that asks for a longer pause is left alone this long between two pages; at ten minutes, a day's news would be late.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_mins(1);

/// Fetches feeds and pages; cheap to clone, and clones share their limits and what they know of hosts.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: http::Client,
    hosts: Arc<Hosts>,
    permissions: Arc<Permissions>,
    settings: Settings,
    proxy: Option<Proxy>,
    backlog: Backlog,
}

/// How far and by which way the requests for a target may go.
#[derive(Debug, Clone)]
struct Way {
    configured_host: Option<String>,
    proxy: Option<Proxy>,
}

impl Fetcher {
    /// A fetcher with these limits; a limit of zero counts as one.
    pub fn new(client: http::Client, settings: Settings) -> Self {
        let hosts = Arc::new(Hosts::new(settings.concurrency, settings.per_host));
        Self {
            client,
            hosts,
            permissions: Arc::default(),
            settings,
            proxy: None,
            backlog: Backlog::default(),
        }
    }

    /// This one, with a proxy for all targets that have no way of their own.
    #[must_use]
    pub fn through(self, proxy: Option<Proxy>) -> Self {
        Self { proxy, ..self }
    }

    /// This one, which fetches nothing while too much of this waits to be worked off.
    #[must_use]
    pub fn paced_by(self, backlog: Backlog) -> Self {
        Self { backlog, ..self }
    }

    /// This one, with what `before` knows of hosts and its number of requests at once.
    #[must_use]
    pub fn succeeding(self, before: &Self) -> Self {
        Self { hosts: Arc::clone(&before.hosts), permissions: Arc::clone(&before.permissions), ..self }
    }

    /// Fetches a target, waiting for its turn first; the wait does not count towards the timeout.
    ///
    /// Where robots.txt is obeyed, it is read before the first page of an origin and once a day, and again for whatever origin a
    /// redirect leads to. `now` is what dates in `Retry-After` and `Expires` are seen from. A redirect to another host is
    /// followed within the turn at the first one. A host that asked for patience is asked for no article meanwhile, whichever
    /// article or feed it was that it said so of; each feed has its own time to come back.
    pub async fn fetch(&self, target: Target<'_>, now: Timestamp) -> Result<Fetched, FetchError> {
        let visit = self.hosts.visit(target.url.host_str().unwrap_or_default()).await;
        let own_pause =
            if self.client.is_own(target.url) { Duration::ZERO } else { self.settings.per_host_delay };
        let asked_pause = match target.robots {
            Robots::Ignore => Duration::ZERO,
            Robots::Obey => self.permitted(target, &visit, now).await?,
        };
        let backlog = Some(&self.backlog).filter(|_| brings_page(target));
        spare(&visit, target, now)?;
        let place = visit.start(own_pause.max(asked_pause), backlog).await;
        spare(&visit, target, now)?;
        let mut request = self.request(target);
        if is_single(target) && visit.is_last() {
            request.headers.push(("connection".to_owned(), "close".to_owned()));
        }
        let refusal = Arc::new(OnceLock::new());
        if target.robots == Robots::Obey {
            request.gate = Some(self.gate(self.way(target), now, &refusal));
        }
        let sent = Box::pin(self.client.send(request));
        let response = place.hold(sent).await;
        let refusal = refusal.get().cloned();
        let response = response.map_err(|error| refusal.unwrap_or_else(|| answer::failed(&error, target)))?;
        if let Some(wait) = answer::patience(&response, now) {
            visit.be_patient(wait, now);
        }
        answer::read(response, target, now)
    }

    /// The pause that the site asks for, where its robots.txt lets the target be fetched.
    async fn permitted(
        &self,
        target: Target<'_>,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<Duration, FetchError> {
        if let Some(standing) = self.permissions.of(target.url, now) {
            return judge(&standing, target.url);
        }
        let _alone = visit.alone().await;
        // Whoever was before us may have asked meanwhile.
        if let Some(standing) = self.permissions.of(target.url, now) {
            return judge(&standing, target.url);
        }
        let place = visit.place().await;
        let standing = place.hold(Box::pin(self.ask(target.url, self.way(target), now))).await;
        judge(&standing, target.url)
    }

    /// Asks an origin for its rules.
    async fn ask(&self, url: &Url, way: Way, now: Timestamp) -> Standing {
        let mut file = url.clone();
        file.set_path("/robots.txt");
        file.set_query(None);
        let mut request = http::Request::new(Method::Get, file, robots::MOST_BYTES as u64);
        request.excess = Excess::Cut;
        request.silence = Some(self.settings.silence);
        request.configured_host = way.configured_host;
        request.proxy = way.proxy;
        match self.client.send(request).await {
            // The guard will say so of the page itself, and in better words.
            Err(error) if error.is_at(url) && matches!(error.fault, Fault::Refused(_)) => {
                Standing::Ruled(Arc::default())
            }
            answer => self.permissions.learn(url, answer, now),
        }
    }

    /// Asks the robots.txt of each address that a redirect leads to; what it forbids is left in `refusal`.
    fn gate(&self, way: Way, now: Timestamp, refusal: &Arc<OnceLock<FetchError>>) -> Gate {
        let (fetcher, refusal) = (self.clone(), Arc::clone(refusal));
        Gate::new(move |url: Url| {
            let (fetcher, refusal) = (fetcher.clone(), Arc::clone(&refusal));
            let way = way.clone();
            async move {
                let standing = match fetcher.permissions.of(&url, now) {
                    Some(standing) => standing,
                    None => fetcher.ask(&url, way, now).await,
                };
                let Err(error) = judge(&standing, &url) else { return Ok(()) };
                let why = error.message.clone();
                // The first refusal ends the way, so there is no second one to be lost.
                refusal.set(error).unwrap_or_default();
                Err(why)
            }
        })
    }

    fn way(&self, target: Target<'_>) -> Way {
        let proxy = match target.route {
            Route::Usual => self.proxy.clone(),
            Route::Direct => None,
            Route::Through(proxy) => Some(proxy.clone()),
        };
        Way { configured_host: target.configured_host.map(str::to_owned), proxy }
    }

    fn request(&self, target: Target<'_>) -> http::Request {
        let way = self.way(target);
        let (accept, max_bytes) = match target.kind {
            Kind::Feed => (ACCEPT_FEED, self.settings.max_feed),
            Kind::Sitemap => (ACCEPT_SITEMAP, self.settings.max_feed),
            Kind::Page | Kind::Watched | Kind::Listing => (ACCEPT_PAGE, self.settings.max_page),
        };
        let validators = [
            ("if-none-match", &target.validators.etag),
            ("if-modified-since", &target.validators.last_modified),
        ];
        let conditions = validators.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
        let headers = conditions.chain(Some(("accept", accept)).filter(|(name, _)| !names(target, name)));
        http::Request {
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            private_headers: target.private_headers.to_vec(),
            silence: Some(self.settings.silence),
            configured_host: way.configured_host,
            proxy: way.proxy,
            ..http::Request::new(Method::Get, target.url.clone(), max_bytes)
        }
    }

    #[cfg(test)]
    pub(super) fn known_hosts(&self) -> usize {
        self.hosts.known()
    }
}

/// Leaves an article for later while its host wants to be left alone.
fn spare(visit: &Visit, target: Target<'_>, now: Timestamp) -> Result<(), FetchError> {
    match visit.patience(now).filter(|_| target.kind == Kind::Page) {
        Some(left) => Err(answer::left_alone(target.url, left)),
        None => Ok(()),
    }
}

/// Whether the answer is a page that is read on a core. Feeds are polled whatever waits there: most of them bring nothing.
fn brings_page(target: Target<'_>) -> bool {
    matches!(target.kind, Kind::Page | Kind::Watched) && !is_conditional(target)
}

fn is_conditional(target: Target<'_>) -> bool {
    target.validators.etag.is_some() || target.validators.last_modified.is_some()
}

/// Whether nothing follows at its host as a rule: a look at what is mostly as it was. Its connection would only lie idle, here and there,
/// with 60 KB here; where there is news after all, another one is opened for the articles.
fn is_single(target: Target<'_>) -> bool {
    is_conditional(target) || matches!(target.kind, Kind::Feed | Kind::Sitemap | Kind::Watched)
}

/// Whether the target brings this header itself.
fn names(target: Target<'_>, name: &str) -> bool {
    target.private_headers.iter().any(|(own, _)| own == name)
}

/// The pause that a site asks for, where it lets `url` be fetched.
fn judge(standing: &Standing, url: &Url) -> Result<Duration, FetchError> {
    match standing {
        Standing::Ruled(rules) if rules.allows(url) => {
            Ok(rules.crawl_delay().unwrap_or_default().min(LONGEST_CRAWL_DELAY))
        }
        Standing::Ruled(_) => Err(answer::forbidden(url)),
        Standing::Unread(why) => Err(answer::unruled(url, why)),
    }
}
