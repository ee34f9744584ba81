//! Which addresses may be reached: the public internet, and private networks only where sources.toml says so.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

/// Decides about addresses; knows `allow_private`.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    allow_private: Vec<IpNet>,
}

/// How far a request may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Public addresses only: links, redirects, and whatever else others wrote.
    Public,
    /// Also `allow_private`: the host that the user wrote into sources.toml.
    Configured,
}

impl Reach {
    /// Private networks are open for the configured host alone, whatever it links or redirects to.
    pub(super) fn of(url: &Url, configured_host: Option<&str>) -> Self {
        let Some((host, configured)) = url.host_str().zip(configured_host) else {
            return Self::Public;
        };
        if bare(host).eq_ignore_ascii_case(bare(configured)) { Self::Configured } else { Self::Public }
    }
}

/// A host without the brackets of IPv6 and without the dot of the DNS root.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.')
}

impl Guard {
    pub(super) fn new(allow_private: Vec<IpNet>) -> Self {
        Self { allow_private }
    }

    /// What of an address can be judged before anything is resolved: scheme, credentials, and hosts that are
    /// addresses themselves (which no resolver ever sees). `Url` has by then read all their spellings, from
    /// `0x7f.1` to full-width digits.
    pub(super) fn check_url(&self, url: &Url, reach: Reach) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("only http and https are fetched, not {}", url.scheme()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the address holds a user name or password, which are not sent".to_owned());
        }
        if let Some(port) = url.port().filter(|port| BAD_PORTS.contains(port)) {
            return Err(format!("port {port} belongs to another protocol than HTTP, as browsers see it too"));
        }
        match url.host() {
            Some(Host::Ipv4(address)) => self.check_address(address.into(), reach),
            Some(Host::Ipv6(address)) => self.check_address(address.into(), reach),
            Some(Host::Domain(_)) => Ok(()),
            None => Err("the address names no host".to_owned()),
        }
    }

    /// Whether the host is an address in `allow_private`, or this machine's name where that lists its loopback.
    pub(super) fn is_listed(&self, url: &Url) -> bool {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::from(address),
            Some(Host::Ipv6(address)) => IpAddr::from(address).to_canonical(),
            Some(Host::Domain("localhost")) => IpAddr::from(Ipv4Addr::LOCALHOST),
            Some(Host::Domain(_)) | None => return false,
        };
        self.allow_private.iter().any(|allowed| allowed.contains(&address))
    }

    /// Whether this address may be connected to; if not, why, and what to write to allow it.
    pub(super) fn check_address(&self, address: IpAddr, reach: Reach) -> Result<(), String> {
        let Some((what, net)) = special(address) else {
            return Ok(());
        };
        let plain = address.to_canonical();
        let listed = self.allow_private.iter().any(|allowed| allowed.contains(&plain));
        match (reach, listed) {
            (Reach::Configured, true) => Ok(()),
            (Reach::Configured, false) => Err(format!(
                "{address} is {what}; if it is meant, write allow_private = [\"{net}\"] under [fetch]"
            )),
            (Reach::Public, _) => Err(format!(
                "{address} is {what}, and only a host that stands in sources.toml itself may be at one, not a link or redirect"
            )),
        }
    }
}

/// What is special about an address and the network it belongs to; `None` for the public internet.
///
/// An IPv4 address inside an IPv6 one (mapped, or NAT64 of RFC 6052, which is how an IPv6-only machine reaches
/// public IPv4 hosts) is judged as the IPv4 address that it stands for.
fn special(address: IpAddr) -> Option<(&'static str, IpNet)> {
    match address.to_canonical() {
        IpAddr::V4(v4) => special_v4(v4),
        IpAddr::V6(v6) => match nat64(v6) {
            Some(v4) => special_v4(v4).map(|(what, _)| (what, IpNet::from(address))),
            None => special_v6(v6),
        },
    }
}

fn nat64(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = address.segments() else {
        return None;
    };
    Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
}

fn special_v4(address: Ipv4Addr) -> Option<(&'static str, IpNet)> {
    SPECIAL_V4.iter().find(|(_, net)| net.contains(&address)).map(|(what, net)| (*what, IpNet::V4(*net)))
}

/// Everything outside `2000::/3` is special, and a few networks inside.
fn special_v6(address: Ipv6Addr) -> Option<(&'static str, IpNet)> {
    if let Some((what, net)) = SPECIAL_V6.iter().find(|(_, net)| net.contains(&address)) {
        return Some((what, IpNet::V6(*net)));
    }
    let global_unicast = address.segments()[0] & 0xe000 == 0x2000;
    (!global_unicast).then(|| ("not an address of the public internet", IpNet::from(IpAddr::V6(address))))
}

/// The ports that no browser sends HTTP to (Fetch Standard, 2.9), because what listens there could take a request for its own
/// protocol.
#[rustfmt::skip]
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
    113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548,
    554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665,
    6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// IANA IPv4 Special-Purpose Address Registry, without the entries that are globally reachable; plus multicast.
const SPECIAL_V4: [(&str, Ipv4Net); 15] = [
    ("an address of this machine (loopback)", v4([127, 0, 0, 0], 8)),
    ("a private address", v4([10, 0, 0, 0], 8)),
    ("a private address", v4([172, 16, 0, 0], 12)),
    ("a private address", v4([192, 168, 0, 0], 16)),
    ("a link-local address", v4([169, 254, 0, 0], 16)),
    ("a carrier's shared address", v4([100, 64, 0, 0], 10)),
    ("an unspecified address", v4([0, 0, 0, 0], 8)),
    ("a protocol address", v4([192, 0, 0, 0], 24)),
    ("a documentation address", v4([192, 0, 2, 0], 24)),
    ("a documentation address", v4([198, 51, 100, 0], 24)),
    ("a documentation address", v4([203, 0, 113, 0], 24)),
    ("a 6to4 relay address", v4([192, 88, 99, 0], 24)),
    ("a benchmarking address", v4([198, 18, 0, 0], 15)),
    ("a multicast address", v4([224, 0, 0, 0], 4)),
    ("a reserved address", v4([240, 0, 0, 0], 4)),
];

/// IANA IPv6 Special-Purpose Address Registry; `2001::/23` holds Teredo, ORCHID and benchmarking, and no websites.
const SPECIAL_V6: [(&str, Ipv6Net); 9] = [
    ("an address of this machine (loopback)", v6(0, 1, 128)),
    ("an unspecified address", v6(0, 0, 128)),
    ("a private address (unique local)", v6(0xfc00_0000, 0, 7)),
    ("a link-local address", v6(0xfe80_0000, 0, 10)),
    ("a multicast address", v6(0xff00_0000, 0, 8)),
    ("a protocol or tunnel address", v6(0x2001_0000, 0, 23)),
    ("a documentation address", v6(0x2001_0db8, 0, 32)),
    ("a tunnel address (6to4)", v6(0x2002_0000, 0, 16)),
    ("a documentation address", v6(0x3fff_0000, 0, 20)),
];

const fn v4([a, b, c, d]: [u8; 4], prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

/// The network of this length at an address of these first and last 32 bits.
const fn v6(high: u32, low: u32, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::from_bits(((high as u128) << 96) | low as u128), prefix)
}
