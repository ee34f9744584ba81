//! Where the bytes to inspect come from: a file, standard input, or the network as the daemon would fetch it.

use std::io::Read;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use url::Url;

use crate::app;
use crate::cli::Session;
use crate::clock::Clock;
use crate::fetch::{Fetched, Fetcher, Kind, Settings, Target, Validators};
use crate::http;
use crate::model::Robots;

/// Caps of inspected files and pages; the same as the defaults of sources.toml.
const MAX_FEED: u64 = 16 << 20;
const MAX_PAGE: u64 = 8 << 20;
const TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes and what is known of them.
pub(super) struct Input {
    pub(super) bytes: Vec<u8>,
    pub(super) url: Option<Url>,
    pub(super) content_type: Option<String>,
}

/// Reads a file or `-`, or fetches an address as the configuration says (or, without one, as its defaults say).
pub(super) async fn read(session: &Session, path: &str, kind: Kind) -> anyhow::Result<Input> {
    if path.starts_with("http://") || path.starts_with("https://") {
        return fetch(session, path.parse().with_context(|| format!("{path} is no address"))?, kind).await;
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

async fn fetch(session: &Session, url: Url, kind: Kind) -> anyhow::Result<Input> {
    let fetcher = fetcher(session)?;
    let validators = Validators::default();
    let target = Target {
        url: &url,
        validators: &validators,
        kind,
        configured_host: url.host_str(),
        // One page that a person asks for, as with a browser.
        robots: Robots::Ignore,
        private_headers: &[],
    };
    match fetcher.fetch(target, Clock::System.now()).await? {
        Fetched::Page(page) => {
            Ok(Input { bytes: page.bytes, url: Some(page.url), content_type: page.content_type })
        }
        Fetched::NotModified { .. } => Err(anyhow!("{url} answered 304 to a first request")),
    }
}

fn fetcher(session: &Session) -> anyhow::Result<Fetcher> {
    let config = if session.config_path().exists() { Some(session.config()?) } else { None };
    let client = match &config {
        Some(config) => app::http_client(config)?,
        None => http::Client::new(http::Settings {
            user_agent: app::user_agent(None),
            timeout: TIMEOUT,
            allow_private: Vec::new(),
            extra_roots: Vec::new(),
        })?,
    };
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
    ))
}
