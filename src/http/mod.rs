//! The only home of the HTTP client: TLS, resolver, guard, redirects, caps, decoding.

mod body;
mod client;
mod error;
mod freshness;
mod gate;
mod guard;
mod journey;
#[cfg(test)]
pub(crate) mod loopback;
mod proxied;
mod resolver;
mod silence;
#[cfg(test)]
mod tests;
mod tls;
mod unpack;

use std::time::Duration;

use ipnet::IpNet;
use url::Url;

pub use client::{BuildError, Client};
pub use error::{Fault, HttpError};
pub use gate::Gate;

use crate::model::Proxy;

/// How the client behaves; the same for every request.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Honest, with a contact.
    pub user_agent: String,
    /// The whole request, redirects and body included.
    pub timeout: Duration,
    /// Private networks that configured hosts may stand in.
    pub allow_private: Vec<IpNet>,
    /// Authorities of the user's own that are trusted beside the system's: certificates in DER.
    pub extra_roots: Vec<Vec<u8>>,
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
    /// Those that only the origin of `url` may see; a redirect elsewhere leaves them behind.
    pub private_headers: Vec<(String, String)>,
    /// What is posted.
    pub body: Vec<u8>,
    /// The most decoded bytes that are read.
    pub max_bytes: u64,
    /// What becomes of an answer that is not read as a whole.
    pub excess: Excess,
    /// The longest this one may take, where that is less than the client's own timeout.
    pub timeout: Option<Duration>,
    /// The longest that the server may send nothing at all; without it, the timeout alone ends the wait.
    pub silence: Option<Duration>,
    /// The one host that may stand in an `allow_private` network: that of the source or webhook in sources.toml.
    pub configured_host: Option<String>,
    /// The proxy that it goes through; the environment's are never used.
    pub proxy: Option<Proxy>,
    /// Whether redirects are followed.
    pub redirects: Redirects,
    /// Who is asked before a redirect is followed.
    pub gate: Option<Gate>,
}

impl Request {
    /// A request without headers and body that follows redirects, with the client's own timeout, to the public internet alone.
    pub fn new(method: Method, url: Url, max_bytes: u64) -> Self {
        Self {
            method,
            url,
            headers: Vec::new(),
            private_headers: Vec::new(),
            body: Vec::new(),
            max_bytes,
            excess: Excess::Refuse,
            timeout: None,
            silence: None,
            configured_host: None,
            proxy: None,
            redirects: Redirects::Follow,
            gate: None,
        }
    }
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
}

/// What becomes of an answer that is longer than wanted, or breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// It is an error.
    Refuse,
    /// Of a longer one what came first is the answer; one that breaks off is an error.
    Cut,
    /// What came is the answer, down to nothing but its head.
    Salvage,
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
