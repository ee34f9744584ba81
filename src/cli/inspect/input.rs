//! Where the bytes to inspect come from: a file, standard input, or the network as the daemon would fetch it.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use url::Url;

use crate::app;
use crate::cli::Session;
use crate::clock::Clock;
use crate::config::edit;
use crate::config::{self, Config};
use crate::fetch::{Fetched, Fetcher, Kind, Settings, Target, Validators};
use crate::http;
use crate::model::{Robots, Route};

/// Caps of inspected files and pages; the same as the defaults of sources.toml.
const MAX_FEED: u64 = 16 << 20;
const MAX_PAGE: u64 = 8 << 20;
const TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes and what is known of them.
pub(in crate::cli) struct Input {
    pub(in crate::cli) bytes: Vec<u8>,
    pub(in crate::cli) url: Option<Url>,
    pub(in crate::cli) content_type: Option<String>,
}

/// Reads a file or `-`, or fetches an address as the configuration says (or, without one, as its defaults say).
pub(super) async fn read(session: &Session, path: &str, kind: Kind) -> anyhow::Result<Input> {
    read_with(path, kind, || fetcher(session)).await
}

/// As [`read`], also where the configuration is not right yet.
pub(in crate::cli) async fn read_in_any_case(
    session: &Session,
    path: &str,
    kind: Kind,
) -> anyhow::Result<Input> {
    read_with(path, kind, || fetcher_in_any_case(session)).await
}

async fn read_with(
    path: &str,
    kind: Kind,
    fetcher: impl FnOnce() -> anyhow::Result<Fetcher>,
) -> anyhow::Result<Input> {
    if path.starts_with("http://") || path.starts_with("https://") {
        let url = path.parse().with_context(|| format!("{path} is no address"))?;
        return fetch(&fetcher()?, url, kind).await;
    }
    Ok(Input { bytes: file(path)?, url: None, content_type: None })
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn file(path: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
        return Ok(bytes);
    }
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_FEED).read_to_end(&mut bytes))
        .with_context(|| format!("{path} cannot be read"))?;
    Ok(bytes)
}

async fn fetch(fetcher: &Fetcher, url: Url, kind: Kind) -> anyhow::Result<Input> {
    let validators = Validators::default();
    let target = Target {
        url: &url,
        validators: &validators,
        kind,
        configured_host: url.host_str(),
        // One page that a person asks for, as with a browser.
        robots: Robots::Ignore,
        private_headers: &[],
        route: &Route::Usual,
    };
    match fetcher.fetch(target, Clock::System.now()).await? {
        Fetched::Page(page) => {
            Ok(Input { bytes: page.bytes, url: Some(page.url), content_type: page.content_type })
        }
        Fetched::NotModified { .. } => Err(anyhow!("{url} answered 304 to a first request")),
    }
}

fn fetcher(session: &Session) -> anyhow::Result<Fetcher> {
    fetcher_of(if session.config_path().exists() { Some(session.config()?) } else { None })
}

/// A fetcher as the configuration says, also where it names no source yet; as its defaults say where it is missing or wrong.
pub(in crate::cli) fn fetcher_in_any_case(session: &Session) -> anyhow::Result<Fetcher> {
    let config = session.config().ok().or_else(|| fetch_alone(session));
    if config.is_none() && session.config_path().exists() {
        tracing::warn!(
            "[fetch] of {} is not used, because it cannot be read; see `diemtin check`",
            session.config_path().display()
        );
    }
    fetcher_of(config)
}

/// What the file says of fetching, whatever else is wrong with it.
fn fetch_alone(session: &Session) -> Option<Config> {
    let path = session.config_path();
    let text = edit::fetch_alone(&std::fs::read_to_string(&path).ok()?)?;
    let base_dir = path.parent().unwrap_or(Path::new(""));
    config::parse(&text, &path.to_string_lossy(), base_dir, &|_| None).ok()
}

fn fetcher_of(config: Option<Config>) -> anyhow::Result<Fetcher> {
    let client = match &config {
        Some(config) => app::http_client(config)?,
        None => http::Client::new(http::Settings {
            user_agent: app::user_agent(None),
            timeout: TIMEOUT,
            allow_private: Vec::new(),
            extra_roots: Vec::new(),
        })?,
    };
    let proxy = config.as_ref().and_then(|config| config.fetch.proxy.clone());
    let (max_feed, max_page) =
        config.map_or((MAX_FEED, MAX_PAGE), |config| (config.fetch.max_feed, config.fetch.max_page));
    Ok(Fetcher::new(
        client,
        Settings {
            concurrency: 4,
            per_host: 2,
            per_host_delay: Duration::ZERO,
            silence: TIMEOUT,
            max_feed,
            max_page,
        },
    )
    .through(proxy))
}
