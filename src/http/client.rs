//! The client: one guarded hop after another until there is an answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::error::{Fault, HttpError};
use super::guard::{Guard, Reach};
use super::journey::Journey;
use super::proxied::{Proxied, blamed};
use super::resolver::Resolver;
use super::{Gate, Method, Redirects, Request, Response, Settings, body, resolver, silence, tls, unpack};
use crate::model::Proxy;

/// Long enough for a far or busy host, short enough to leave time for the answer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// An idle connection costs about 60 KB; two serve a feed and its articles.
const IDLE_PER_HOST: usize = 2;
/// Long enough from a feed to the articles it lists, with the pause that a host is given. A thousand hosts polled in half a minute would
/// otherwise hold 20 MB, since the pool looks only as often as this.
const IDLE_TIMEOUT: Duration = Duration::from_secs(2);
/// More headers than this are nobody's honest answer; hyper bounds their bytes (400 KiB) itself.
const MOST_HEADERS: usize = 256;
/// The same for HTTP/2, in bytes; hyper's 16 KiB is less than some sites' cookies.
const MOST_HEADER_BYTES: u32 = 128 * 1024;

/// Sends requests; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

/// Two clients, because reqwest asks its resolver for a name without saying for which request: whether a
/// private address is acceptable must be known from *which* client asks. It also keeps their connections
/// apart, so that a link never rides on a connection that was opened to a private address.
#[derive(Debug)]
struct Inner {
    public: reqwest::Client,
    configured: reqwest::Client,
    proxied: Proxied,
    guard: Arc<Guard>,
    timeout: Duration,
}

/// How one request behaves on its way.
struct Manner {
    configured_host: Option<String>,
    proxy: Option<Proxy>,
    redirects: Redirects,
    gate: Option<Gate>,
    silence: Option<Duration>,
}

/// Why there is no client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The user agent cannot be sent.
    #[error("the User-Agent {0:?} cannot be sent in a header; mend contact under [daemon]")]
    UserAgent(String),
    /// TLS does not start.
    #[error("TLS could not be set up: {0}")]
    Tls(String),
    /// reqwest does not start.
    #[error("the HTTP client could not be set up: {0}")]
    Client(String),
}

impl Client {
    /// A client; it fails only where the user agent is unfit for a header or TLS is broken, not for want of certificates.
    pub fn new(settings: Settings) -> Result<Self, BuildError> {
        let agent = HeaderValue::from_str(&settings.user_agent)
            .map_err(|_invalid| BuildError::UserAgent(settings.user_agent.clone()))?;
        let tls = tls::config(settings.extra_roots).map_err(|error| BuildError::Tls(error.to_string()))?;
        let guard = Arc::new(Guard::new(settings.allow_private));
        let build = |reach| {
            let resolver = Resolver { guard: Arc::clone(&guard), reach };
            let client = usual(agent.clone(), tls.clone()).dns_resolver(resolver).no_proxy().build();
            client.map_err(|error| BuildError::Client(error.to_string()))
        };
        let (public, configured) = (build(Reach::Public)?, build(Reach::Configured)?);
        let proxied = Proxied::new(agent, tls);
        Ok(Self { inner: Arc::new(Inner { public, configured, proxied, guard, timeout: settings.timeout }) })
    }

    /// Whether the host of `url` is written as an address in a network that the user opened, and so is the user's own.
    pub fn is_own(&self, url: &Url) -> bool {
        self.inner.guard.is_listed(url)
    }

    /// Resolves the host of `url`, which stands in sources.toml, and connects to it; nothing is sent. Returns the address that
    /// answered.
    pub async fn reach(&self, url: &Url, within: Duration) -> Result<SocketAddr, HttpError> {
        let guard = &self.inner.guard;
        let connect = async {
            guard.check_url(url, Reach::Configured).map_err(Fault::Refused)?;
            let port = url.port_or_known_default().unwrap_or(443);
            let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
            let found = resolver::addresses(host, port, guard).await?;
            let stream = tokio::net::TcpStream::connect(found.as_slice());
            stream
                .await
                .and_then(|stream| stream.peer_addr())
                .map_err(|error| Fault::Connect(error.to_string()))
        };
        let done = tokio::time::timeout(within, connect).await;
        done.unwrap_or(Err(Fault::Timeout { after: within })).map_err(|fault| HttpError::new(url, fault))
    }

    /// Sends a request and reads the answer, whatever its status.
    ///
    /// Fails where the guard refuses an address on the way, where no answer comes within the timeout, or where
    /// it is larger than `max_bytes`.
    pub async fn send(&self, request: Request) -> Result<Response, HttpError> {
        let after = request.timeout.map_or(self.inner.timeout, |asked| asked.min(self.inner.timeout));
        let deadline = Instant::now() + after;
        let bounds = body::Bounds {
            limit: request.max_bytes,
            excess: request.excess,
            silence: request.silence,
            deadline,
            after,
        };
        let manner = Manner {
            configured_host: request.configured_host.clone(),
            proxy: request.proxy.clone(),
            redirects: request.redirects,
            gate: request.gate.clone(),
            silence: request.silence,
        };
        let mut journey = Journey::start(request);
        let walk = self.walk(&mut journey, &manner);
        let head = timeout_at(deadline, walk).await.unwrap_or(Err(Fault::Timeout { after }));
        let mut answer = head.map_err(|fault| HttpError::new(&journey.url, fault))?;
        let status = answer.status().as_u16();
        let body = body::read(&mut answer, bounds)
            .await
            .map_err(|fault| HttpError::new(&journey.url, fault).with_status(status))?;
        let headers = plain_headers(answer.headers());
        Ok(Response { status, headers, body, url: journey.url, moved_to: journey.moved_to })
    }

    /// Hops until an answer is no redirect, or redirects are not wanted.
    async fn walk(&self, journey: &mut Journey, manner: &Manner) -> Result<reqwest::Response, Fault> {
        loop {
            let answer = self.hop(journey, manner).await?;
            if manner.redirects == Redirects::Refuse || !journey.go_on(&answer)? {
                return Ok(answer);
            }
            if let Some(gate) = &manner.gate {
                gate.ask(&journey.url).await.map_err(Fault::Declined)?;
            }
        }
    }

    /// One request, guarded three times: the address as written, the addresses it resolves to (in the
    /// resolver), and the one that the connection really goes to.
    async fn hop(&self, journey: &Journey, manner: &Manner) -> Result<reqwest::Response, Fault> {
        let reach = Reach::of(&journey.url, manner.configured_host.as_deref());
        self.inner.guard.check_url(&journey.url, reach).map_err(Fault::Refused)?;
        let client = match (&manner.proxy, reach) {
            (Some(proxy), _) => &self.inner.proxied.client(proxy)?,
            (None, Reach::Public) => &self.inner.public,
            (None, Reach::Configured) => &self.inner.configured,
        };
        let request = match journey.method {
            Method::Get => client.get(journey.url.clone()),
            Method::Post => client.post(journey.url.clone()).body(journey.body.clone()),
        };
        let mut headers = header_map(journey.headers())?;
        headers.entry(ACCEPT_ENCODING).or_insert(HeaderValue::from_static(unpack::ACCEPTED));
        let request = request.headers(headers);
        let sent = silence::within(manner.silence, request.send()).await;
        if let Some(proxy) = &manner.proxy {
            return sent.map_err(|fault| blamed(proxy, fault));
        }
        let answer = sent?;
        if let Some(address) = answer.remote_addr() {
            self.inner.guard.check_address(address.ip(), reach).map_err(Fault::Refused)?;
        }
        Ok(answer)
    }
}

/// As lenient towards headers as browsers and curl are, since publishers look at their sites with those.
pub(super) fn usual(agent: HeaderValue, tls: rustls::ClientConfig) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(agent)
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
        // Every request has an end of its own, and idle connections a short one.
        .tcp_keepalive(None)
        .tcp_keepalive_interval(None)
        .tcp_keepalive_retries(None)
        .pool_max_idle_per_host(IDLE_PER_HOST)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .http1_max_headers(MOST_HEADERS)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http2_max_header_list_size(MOST_HEADER_BYTES)
}

fn header_map<'a>(headers: impl Iterator<Item = &'a (String, String)>) -> Result<HeaderMap, Fault> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let unfit = || Fault::Protocol(format!("the header {name:?} cannot be sent with this value"));
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_invalid| unfit())?;
        map.append(key, HeaderValue::from_str(value).map_err(|_invalid| unfit())?);
    }
    Ok(map)
}

fn plain_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let plain = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    headers.iter().map(plain).collect()
}
