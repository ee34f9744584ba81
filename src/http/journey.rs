//! A request on its way through redirects.

use reqwest::header::LOCATION;
use url::Url;

use super::error::{Fault, host_of};
use super::{Method, Request};

/// The most redirects that are followed; browsers stop at 20, feed readers at 5 to 10.
const MOST_HOPS: usize = 10;
/// A longer address is refused before it is parsed.
const LONGEST_LOCATION: usize = 16 * 1024;

/// Where a request stands: its present address and what it still carries there.
#[derive(Debug)]
pub(super) struct Journey {
    pub(super) url: Url,
    pub(super) method: Method,
    headers: Vec<(String, String)>,
    /// Dropped at the border of the first origin.
    private_headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// The address that the unbroken run of permanent redirects from the first one led to.
    pub(super) moved_to: Option<Url>,
    visited: Vec<Url>,
    only_permanent: bool,
}

impl Journey {
    pub(super) fn start(request: Request) -> Self {
        let mut url = request.url;
        url.set_fragment(None);
        Self {
            url,
            method: request.method,
            headers: request.headers,
            private_headers: request.private_headers,
            body: request.body,
            moved_to: None,
            visited: Vec::new(),
            only_permanent: true,
        }
    }

    /// What is sent at this point of the way.
    pub(super) fn headers(&self) -> impl Iterator<Item = &(String, String)> {
        self.headers.iter().chain(&self.private_headers)
    }

    /// Goes where the answer points; `false` where it does not point anywhere.
    pub(super) fn go_on(&mut self, answer: &reqwest::Response) -> Result<bool, Fault> {
        let status = answer.status().as_u16();
        let redirects = matches!(status, 301 | 302 | 303 | 307 | 308);
        let Some(location) = answer.headers().get(LOCATION).filter(|_| redirects) else {
            return Ok(false);
        };
        let next = self.target(location.as_bytes())?;
        self.check_progress(&next)?;
        self.lighten(status, &next);
        self.only_permanent &= matches!(status, 301 | 308);
        if self.only_permanent {
            self.moved_to = Some(next.clone());
        }
        self.visited.push(std::mem::replace(&mut self.url, next));
        Ok(true)
    }

    fn target(&self, location: &[u8]) -> Result<Url, Fault> {
        if location.len() > LONGEST_LOCATION {
            return Err(Fault::Protocol("it redirects to an address of absurd length".to_owned()));
        }
        let text = String::from_utf8_lossy(location);
        let mut next = self.url.join(text.trim()).map_err(|error| {
            Fault::Protocol(format!("it redirects to something that is no address ({error})"))
        })?;
        next.set_fragment(None);
        Ok(next)
    }

    fn check_progress(&self, next: &Url) -> Result<(), Fault> {
        if self.url.scheme() == "https" && next.scheme() != "https" {
            return Err(Fault::Downgrade(format!(
                "it redirects from https to {}, where anyone on the way can read and change what is sent",
                next.scheme()
            )));
        }
        if *next == self.url || self.visited.contains(next) {
            return Err(Fault::RedirectLoop(format!(
                "they come back to an address on {} seen before",
                host_of(next)
            )));
        }
        if self.visited.len() >= MOST_HOPS {
            return Err(Fault::RedirectLoop(format!("{MOST_HOPS} were followed without an answer")));
        }
        Ok(())
    }

    /// Leaves behind what must not go there: credentials at an origin's border, the body where POST becomes GET.
    fn lighten(&mut self, status: u16, next: &Url) {
        if self.url.origin() != next.origin() {
            self.private_headers.clear();
            self.drop_headers(&["authorization", "proxy-authorization", "cookie", "referer"]);
        }
        if matches!(status, 301..=303) && self.method == Method::Post {
            self.method = Method::Get;
            self.body.clear();
            self.drop_headers(&["content-type", "content-length", "content-encoding"]);
        }
    }

    fn drop_headers(&mut self, names: &[&str]) {
        self.headers.retain(|(name, _)| !names.iter().any(|dropped| name.eq_ignore_ascii_case(dropped)));
    }
}
