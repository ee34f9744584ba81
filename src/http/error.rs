//! What can go wrong between here and an answer, as sentences that never hold more of an address than its host.

use std::error::Error;
use std::io::ErrorKind;
use std::time::Duration;

use url::Url;

use super::resolver::Blocked;

/// How much of another program's error text is passed on.
const LONGEST_CAUSE: usize = 300;

/// Why there is no complete answer.
///
/// Its text names the host alone, because the rest of an address may be a secret (that of a webhook is); a
/// caller that may show the address puts it in front.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{host} {fault}")]
pub struct HttpError {
    /// The host, with its port where that is not the scheme's own.
    pub host: String,
    /// The status, where the head of the answer had come before it went wrong.
    pub status: Option<u16>,
    /// What went wrong.
    pub fault: Fault,
}

/// What went wrong; each reads on from the name of a host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The guard does not let it through. It never will with this configuration.
    #[error("is not allowed: {0}")]
    Refused(String),
    /// It would take what is read and sent out of the protection of https.
    #[error("is not allowed: {0}")]
    Downgrade(String),
    /// Whoever was asked before a redirect was followed said no.
    #[error("{0}")]
    Declined(String),
    /// The answer is longer than the caller wanted.
    #[error("sent more than {} after decompression, which is the most that is read", size(*.limit))]
    TooLarge {
        /// The most decoded bytes that the caller wanted.
        limit: u64,
    },
    /// It took too long, redirects and body included.
    #[error("did not answer completely within {} s", .after.as_secs_f64())]
    Timeout {
        /// How long was waited.
        after: Duration,
    },
    /// Nothing came for too long.
    #[error("sent nothing for {} s", .after.as_secs_f64())]
    Silence {
        /// How long was waited.
        after: Duration,
    },
    /// No connection: the name, the network or the server.
    #[error("could not be reached: {0}")]
    Connect(String),
    /// No connection by way of a proxy: the proxy does not answer, or does not reach it.
    #[error("could not be reached through the proxy {proxy}: {why}")]
    Proxy {
        /// Its host and port.
        proxy: String,
        /// What went wrong.
        why: String,
    },
    /// No trust.
    #[error("did not prove who it is: {0}")]
    Tls(String),
    /// It sends us round in circles.
    #[error("only leads to further redirects: {0}")]
    RedirectLoop(String),
    /// The answer is no proper HTTP.
    #[error("answered in a way that is not understood: {0}")]
    Protocol(String),
}

impl HttpError {
    pub(super) fn new(url: &Url, fault: Fault) -> Self {
        Self { host: host_of(url), status: None, fault }
    }

    /// Whether it happened at the host of this address, and not where a redirect led.
    pub fn is_at(&self, url: &Url) -> bool {
        self.host == host_of(url)
    }

    pub(super) fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }
}

impl Fault {
    /// Sorts what reqwest reports by its causes; its own text is not used because it holds the address.
    pub(super) fn from_reqwest(error: &reqwest::Error) -> Self {
        let causes = causes(error);
        if let Some(blocked) = causes.iter().find_map(|cause| cause.downcast_ref::<Blocked>()) {
            return Self::Refused(blocked.to_string());
        }
        if let Some(tls) = causes.iter().find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
            return Self::Tls(tls_sentence(tls));
        }
        let cause =
            causes.last().map_or_else(|| "no cause is known".to_owned(), |cause| plain(&cause.to_string()));
        if error.is_dns() {
            return Self::Connect(format!(
                "its name could not be resolved ({cause}); check its spelling and the DNS"
            ));
        }
        if error.is_timeout() {
            return Self::Connect("the connection was not established in time".to_owned());
        }
        let broke_off =
            causes.iter().filter_map(|cause| cause.downcast_ref::<std::io::Error>()).any(|error| {
                matches!(
                    error.kind(),
                    ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe
                )
            });
        if error.is_connect() || broke_off {
            return Self::Connect(cause);
        }
        Self::Protocol(cause)
    }
}

/// Every error below this one, outermost first. An `io::Error` hides what it wraps from `source`, so it is asked too.
fn causes(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut found: Vec<&(dyn Error + 'static)> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        found.push(cause);
        let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    found
}

fn tls_sentence(error: &rustls::Error) -> String {
    use rustls::{CertificateError, Error};
    let cause = plain(&error.to_string());
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => format!(
            "{cause}; if its certificate is from an authority of your own, name that one's file in extra_ca under [fetch]"
        ),
        _ => cause,
    }
}

/// Another program's text on one line, cut where it rambles.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_CAUSE).collect()
}

/// The host and, where it is not the scheme's own, the port.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or("the address");
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    match bytes {
        _ if bytes >= MIB && bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes >= KIB && bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
        _ => format!("{bytes} bytes"),
    }
}
