//! By which way a site is reached.

use std::fmt;

use url::Url;

/// How requests for a source leave this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Route {
    /// As `[fetch]` says.
    #[default]
    Usual,
    /// Without a proxy.
    Direct,
    /// Through this one.
    Through(Proxy),
}

impl fmt::Display for Route {
    /// One word, which is kept from one release to the next.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => f.write_str("Usual"),
            Self::Direct => f.write_str("Direct"),
            Self::Through(proxy) => write!(f, "Through(Proxy({proxy}))"),
        }
    }
}

/// A proxy that the user named; its address may hold a password, so only its host is ever shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Proxy(Url);

impl Proxy {
    /// The proxy at an address of scheme `http`, `https`, `socks5` or `socks5h`.
    pub fn new(address: Url) -> Self {
        Self(address)
    }

    /// The whole address, for the one place that connects to it.
    pub fn expose(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.host_str().unwrap_or_default())?;
        self.0.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_shown_without_its_password() {
        let proxy = Proxy::new("http://bot:hunter2@proxy.example:3128".parse().unwrap());
        assert_eq!(
            (proxy.to_string(), format!("{proxy:?}")),
            ("proxy.example:3128".to_owned(), "Proxy(proxy.example:3128)".to_owned())
        );
    }
}
