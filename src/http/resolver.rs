//! Names to addresses, with those dropped that may not be reached.

use std::net::SocketAddr;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::error::Fault;
use super::guard::{Guard, Reach};

/// The system's resolver behind the guard, for requests of one reach.
#[derive(Debug)]
pub(super) struct Resolver {
    pub(super) guard: Arc<Guard>,
    pub(super) reach: Reach,
}

/// A name all of whose addresses are refused; travels through reqwest's errors and is found there again.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Blocked(String);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.guard);
        let reach = self.reach;
        Box::pin(async move {
            // getaddrinfo on tokio's blocking threads: a slow name holds up nothing but itself.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let (open, refusal) = sift(found, &guard, reach);
            match refusal {
                Some(why) if open.is_empty() => Err(Box::new(Blocked(why)) as _),
                _ => Ok(Box::new(open.into_iter()) as Addrs),
            }
        })
    }
}

/// The addresses of a host of sources.toml that may be reached; at least one.
pub(super) async fn addresses(host: &str, port: u16, guard: &Guard) -> Result<Vec<SocketAddr>, Fault> {
    let found = tokio::net::lookup_host((host, port)).await.map_err(|error| {
        Fault::Connect(format!("its name could not be resolved ({error}); check its spelling and the DNS"))
    })?;
    match sift(found, guard, Reach::Configured) {
        (open, Some(why)) if open.is_empty() => Err(Fault::Refused(why)),
        (open, _) => Ok(open),
    }
}

/// The addresses that may be reached, and why the first other one may not.
fn sift(
    found: impl Iterator<Item = SocketAddr>,
    guard: &Guard,
    reach: Reach,
) -> (Vec<SocketAddr>, Option<String>) {
    let mut refusal = None;
    let mut open = Vec::new();
    for address in found {
        match guard.check_address(address.ip(), reach) {
            Ok(()) => open.push(address),
            Err(why) => refusal = refusal.or(Some(why)),
        }
    }
    (open, refusal)
}
