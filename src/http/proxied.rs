//! Clients that go through a proxy, each made when it is first needed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use reqwest::header::HeaderValue;

use super::client::usual;
use super::error::Fault;
use crate::model::Proxy;

/// The clients by proxy.
///
/// The proxy resolves names and connects, so what the guard can judge there is the address as it is written: one that is itself private
/// is refused as ever. Where the proxy may connect to is for whoever runs it to say.
#[derive(Debug)]
pub(super) struct Proxied {
    agent: HeaderValue,
    tls: rustls::ClientConfig,
    clients: Mutex<HashMap<Proxy, reqwest::Client>>,
}

impl Proxied {
    pub(super) fn new(agent: HeaderValue, tls: rustls::ClientConfig) -> Self {
        Self { agent, tls, clients: Mutex::default() }
    }

    /// The client that goes through `proxy`.
    pub(super) fn client(&self, proxy: &Proxy) -> Result<reqwest::Client, Fault> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(proxy) {
            return Ok(client.clone());
        }
        let unusable = |error: reqwest::Error| Fault::Proxy {
            proxy: proxy.to_string(),
            why: format!("it cannot be used ({})", error.without_url()),
        };
        let address = reqwest::Proxy::all(written(proxy)).map_err(unusable)?;
        let client = usual(self.agent.clone(), self.tls.clone()).proxy(address).build().map_err(unusable)?;
        clients.insert(proxy.clone(), client.clone());
        Ok(client)
    }
}

/// The address for reqwest: with SOCKS too, names are left to the proxy, as with HTTP.
fn written(proxy: &Proxy) -> String {
    let address = proxy.expose().as_str();
    address.strip_prefix("socks5://").map_or_else(|| address.to_owned(), |rest| format!("socks5h://{rest}"))
}

/// What failed at the proxy or behind it says so.
pub(super) fn blamed(proxy: &Proxy, fault: Fault) -> Fault {
    match fault {
        Fault::Connect(why) => Fault::Proxy { proxy: proxy.to_string(), why },
        other => other,
    }
}
