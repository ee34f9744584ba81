//! `[daemon]`, `[web]`, `[fetch]` and `[store]`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Count, Located, Text};

/// The daemon itself.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Daemon {
    /// IANA time zone of digests and of the times shown in mails.
    #[schemars(extend("default" = "Asia/Ho_Chi_Minh"), example = &"Asia/Ho_Chi_Minh")]
    pub(crate) timezone: Text,
    /// Language of mails and pages.
    #[schemars(extend("default" = "vi"))]
    pub(crate) language: Option<Language>,
    /// Where the database and mails are kept; relative to the folder of this file.
    #[schemars(extend("default" = "data"), example = &"data")]
    pub(crate) data_dir: Text,
    /// A web or mail address for site owners; it goes into the User-Agent.
    #[schemars(example = &"https://example.org/bot")]
    pub(crate) contact: Text,
    /// Who is told about the daemon itself: gone or broken sources, dead letters, rejected reloads.
    #[schemars(extend("default" = []), example = ["mail:ops@example.org"])]
    #[serde(default)]
    pub(crate) notices: Vec<Located<String>>,
}

/// The language of mails and pages.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// The web listener.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Web {
    /// IP address and port where health is served.
    #[schemars(extend("default" = "127.0.0.1:8080"), example = &"127.0.0.1:8080")]
    pub(crate) listen: Text,
    /// Where others reach that listener, http or https: mails then have a link by which their recipient leaves a list.
    #[schemars(example = &"https://news.example.org")]
    pub(crate) public_url: Text,
}

/// Limits of fetching.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fetch {
    /// Requests at once, over all hosts.
    #[schemars(extend("default" = 32), range(min = 1, max = 1024), example = 32)]
    pub(crate) concurrency: Count,
    /// Requests at once to one host.
    #[schemars(extend("default" = 2), range(min = 1, max = 32), example = 2)]
    pub(crate) per_host: Count,
    /// Between the starts of two requests to one host; 0s to 10m. Hosts in `allow_private` that are written as addresses, and localhost, need none.
    #[schemars(extend("default" = "1s"), example = &"1s")]
    pub(crate) per_host_delay: Text,
    /// The most that a whole request may take, redirects and body included; 1s to 10m.
    #[schemars(extend("default" = "30s"), example = &"30s")]
    pub(crate) timeout: Text,
    /// The most bytes of a feed after decompression; 1KiB to 1GiB.
    #[schemars(extend("default" = "16MiB"), example = &"16MiB")]
    pub(crate) max_feed: Text,
    /// The most bytes of a page after decompression; 1KiB to 1GiB.
    #[schemars(extend("default" = "8MiB"), example = &"8MiB")]
    pub(crate) max_page: Text,
    /// Private networks (CIDR) that sources and webhooks written in this file may stand in.
    #[schemars(extend("default" = []), example = ["10.0.0.0/8"])]
    #[serde(default)]
    pub(crate) allow_private: Vec<Located<String>>,
    /// A PEM file of certificates of your own authority, trusted beside the system's; relative to the folder of this file.
    #[schemars(example = &"/etc/ssl/own-ca.pem")]
    pub(crate) extra_ca: Text,
    /// What sources are reached through: `http://`, `https://` or `socks5://`, a host and a port; proxies of the environment are not used.
    #[schemars(example = &"socks5://127.0.0.1:1080")]
    pub(crate) proxy: Text,
    /// An environment variable that holds that address, with `USER:PASSWORD@` before the host.
    #[schemars(example = &"PROXY")]
    pub(crate) proxy_env: Text,
    /// A file that holds it; relative to the folder of this file.
    #[schemars(example = &"/run/secrets/proxy")]
    pub(crate) proxy_file: Text,
    /// No source is polled more often than this, whatever its `every` says; 1s to 365d.
    #[schemars(extend("default" = "1m"), example = &"1m")]
    pub(crate) min_every: Text,
}
