//! The only home of the HTTP client: TLS, resolver, guard, redirects, caps, decoding.

mod body;
mod client;
mod error;
mod freshness;
mod guard;
mod journey;
#[cfg(test)]
pub(crate) mod loopback;
mod resolver;
#[cfg(test)]
mod tests;
mod tls;

use std::time::Duration;

use ipnet::IpNet;
use url::Url;

pub use client::{BuildError, Client};
pub use error::{Fault, HttpError};

/// How the client behaves; the same for every request.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Honest, with a contact.
    pub user_agent: String,
    /// The whole request, redirects and body included.
    pub timeout: Duration,
    /// Private networks that configured hosts may stand in.
    pub allow_private: Vec<IpNet>,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Beyond those that the client sets itself.
    pub headers: Vec<(String, String)>,
    /// What is posted.
    pub body: Vec<u8>,
    /// The most decoded bytes that are read.
    pub max_bytes: u64,
    /// The longest this one may take, where that is less than the client's own timeout.
    pub timeout: Option<Duration>,
    /// The one host that may stand in an `allow_private` network: that of the source or webhook in sources.toml.
    pub configured_host: Option<String>,
    /// Whether redirects are followed.
    pub redirects: Redirects,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
}

/// What to do with 3xx.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redirects {
    /// Up to ten hops, each guarded.
    Follow,
    /// The 3xx is the answer.
    Refuse,
}

/// An answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status of the last hop.
    pub status: u16,
    /// The headers of the last hop, names in lower case, values as sent (lossily decoded).
    pub headers: Vec<(String, String)>,
    /// Decoded bytes.
    pub body: Vec<u8>,
    /// Where the answer came from.
    pub url: Url,
    /// The address that every redirect up to here was permanent to, where the first one was.
    pub moved_to: Option<Url>,
}

impl Response {
    /// The first header of this (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}
