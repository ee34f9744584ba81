//! Conditional, polite fetching over `http`.

mod answer;
mod backlog;
mod fetcher;
mod hosts;
mod permissions;
pub mod robots;
#[cfg(test)]
mod tests;

use std::time::Duration;

use url::Url;

pub use backlog::{Backlog, Pending};
pub use fetcher::Fetcher;

pub use crate::model::Cause;
use crate::model::{Robots, Route};

/// How much is fetched at once, and how much of it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Requests at once, over all hosts.
    pub concurrency: usize,
    /// Requests at once to one host.
    pub per_host: usize,
    /// Between the starts of two requests to one host; none to hosts of the user's own network, more where a site asks for it.
    pub per_host_delay: Duration,
    /// The longest that a server may send nothing at all.
    pub silence: Duration,
    /// The most decoded bytes of a feed.
    pub max_feed: u64,
    /// The most decoded bytes of a page.
    pub max_page: u64,
}

/// What is fetched.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Its address.
    pub url: &'a Url,
    /// What the last answer said about itself.
    pub validators: &'a Validators,
    /// What is expected.
    pub kind: Kind,
    /// The host of the source in sources.toml that led here; the only one that may be private.
    pub configured_host: Option<&'a str>,
    /// Whether robots.txt is asked first.
    pub robots: Robots,
    /// Headers that only the origin of `url` may see.
    pub private_headers: &'a [(String, String)],
    /// By which way its host is reached, those of redirects too.
    pub route: &'a Route,
}

/// What is expected of an answer; it decides the cap and the `Accept` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A feed.
    Feed,
    /// A sitemap.
    Sitemap,
    /// A page that lists articles.
    Listing,
    /// An article page.
    Page,
    /// A page that is watched.
    Watched,
}

/// An answer's validators, byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`
    pub etag: Option<String>,
    /// `Last-Modified`
    pub last_modified: Option<String>,
}

/// A good answer.
#[derive(Debug, Clone)]
pub enum Fetched {
    /// 304: what is known is still true.
    NotModified {
        /// How long the publisher wants to be left alone.
        fresh_for: Option<Duration>,
        /// The address that every redirect up to here was permanent to, where the first one was.
        moved_to: Option<Url>,
    },
    /// 200 with a body.
    Page(Page),
}

/// A body and what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Decoded bytes.
    pub bytes: Vec<u8>,
    /// `Content-Type`
    pub content_type: Option<String>,
    /// Where it came from, after redirects.
    pub url: Url,
    /// For the next request.
    pub validators: Validators,
    /// How long the publisher wants to be left alone (`Cache-Control: max-age`, `Expires`).
    pub fresh_for: Option<Duration>,
    /// The address that every redirect up to here was permanent to, where the first one was.
    pub moved_to: Option<Url>,
}

/// Why there is no answer: a sentence for the user, and what class of failure it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FetchError {
    /// What failed and why, with what the user can do where there is something.
    pub message: String,
    /// What to do about it.
    pub class: FailureClass,
    /// The same for programs, finer.
    pub cause: Cause,
    /// The HTTP status, where there was one.
    pub status: Option<u16>,
    /// The page that came with that status, where it is small enough to be a wall: it may tell more than the status.
    pub page: Option<Box<Page>>,
}

/// What to do about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureClass {
    /// Try again later, not before `after` where the server named a time.
    Later {
        /// `Retry-After`
        after: Option<Duration>,
    },
    /// Nothing was sent, so nothing failed: its host asked to be left alone.
    Unsent {
        /// For so much longer.
        left: Duration,
    },
    /// This address will not answer better: 404, forbidden by robots.txt, refused by the guard, too large.
    Never,
    /// 410: gone for good.
    Gone,
}
