//! sources.toml: raw (serde) to checked, with every problem at its line.
//!
//! ```text
//! text -> syntax -> shape (unknown keys, types; what is wrong is taken out) -> raw -> check -> Config
//! ```
//!
//! Each step reports what is wrong and goes on with the rest, so that one run names everything.

mod check;
pub mod edit;
mod load;
mod located;
mod packs;
mod problem;
mod raw;
mod report;
mod save;
mod schema;
mod secret;
mod secret_text;
mod shape;
mod suggest;
mod syntax;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use ipnet::IpNet;
use url::Url;

use crate::alert::render::Templates;
use crate::alert::{Digest, InstantAlert};
use crate::extract::{Rules, View};
use crate::model::{Entity, Language, Recipient, Source};
use crate::revision::Options;
use crate::schedule::{Cadence, Cron};
pub use load::{Env, catalogue, data_dir, load, parse, schema};
pub use packs::{PACKS, Pack};
pub use problem::{Problem, Problems};
pub use save::{SaveError, Saved, replace};
pub use secret::Secret;

/// A checked sources.toml; nothing in it can fail later.
#[derive(Debug, Clone)]
pub struct Config {
    /// `[daemon]`
    pub daemon: Daemon,
    /// `[web]`
    pub web: Web,
    /// `[fetch]`
    pub fetch: Fetch,
    /// `[store]`
    pub store: Store,
    /// `[[source]]`, with `[defaults]` applied
    pub sources: Vec<Source>,
    /// How the polls of sources are planned that are not polled at an interval, by name.
    pub cadences: HashMap<String, Cadence>,
    /// Where things stand on the pages of sources that say so, by name.
    pub rules: HashMap<String, Rules>,
    /// What sources of kind "page" watch, by name.
    pub pages: HashMap<String, WatchedPage>,
    /// `[[entity]]`
    pub entities: Vec<Entity>,
    /// `[email]`; absent: mails are written to `data_dir/mail`
    pub email: Option<Email>,
    /// How mails look.
    pub templates: Templates,
    /// What is wrong beside the file and does not keep it from being used, such as a broken template.
    pub warnings: Vec<Problem>,
    /// `[[webhook]]`
    pub webhooks: Vec<Webhook>,
    /// `[[alert]]`
    pub alerts: Vec<InstantAlert>,
    /// `[[digest]]`
    pub digests: Vec<ScheduledDigest>,
}

/// What a source of kind "page" watches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WatchedPage {
    /// What of the page is compared.
    pub view: View,
    /// What counts as a change.
    pub options: Options,
}

impl WatchedPage {
    /// How the articles of a source with these rules are watched.
    pub fn of_articles(rules: Rules) -> Self {
        Self { view: View::of_article(rules), options: Options::default() }
    }
}

/// What a file of entities and alerts alone says; its alerts may name sources that it does not define.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// `[[entity]]`
    pub entities: Vec<Entity>,
    /// `[[alert]]`
    pub alerts: Vec<InstantAlert>,
}

/// `[daemon]`
#[derive(Debug, Clone)]
pub struct Daemon {
    /// For digests and shown times.
    pub timezone: Tz,
    /// Of mails and pages.
    pub language: Language,
    /// Where diemtin.db and mail/ lie; relative to the folder of sources.toml.
    pub data_dir: PathBuf,
    /// Goes into the User-Agent.
    pub contact: Option<String>,
    /// Who is told about the daemon itself.
    pub notices: Vec<Recipient>,
}

/// `[web]`
#[derive(Debug, Clone)]
pub struct Web {
    /// Where health is served.
    pub listen: std::net::SocketAddr,
}

/// `[fetch]`
#[derive(Debug, Clone)]
pub struct Fetch {
    /// Requests at once, over all hosts.
    pub concurrency: usize,
    /// Requests at once to one host.
    pub per_host: usize,
    /// Between the starts of two requests to one host.
    pub per_host_delay: Duration,
    /// The whole request.
    pub timeout: Duration,
    /// Decoded bytes of a feed.
    pub max_feed: u64,
    /// Decoded bytes of a page.
    pub max_page: u64,
    /// Private networks that sources and webhooks of this file may stand in.
    pub allow_private: Vec<IpNet>,
    /// Certificates in DER of authorities that are trusted beside the system's.
    pub extra_ca: Vec<Vec<u8>>,
}

/// `[store]`
#[derive(Debug, Clone, Copy)]
pub struct Store {
    /// How long older versions of articles and pages are kept.
    pub keep_revisions: Duration,
}

/// `[email]`
#[derive(Debug, Clone)]
pub struct Email {
    /// The server's host name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: SmtpSecurity,
    /// User name and password, where the server wants them.
    pub login: Option<(String, Secret)>,
    /// The `From` header, `Name <address>`.
    pub from: String,
}

/// How an SMTP connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// `smtp://`: not at all.
    Plain,
    /// `starttls://`: upgraded, or refused.
    StartTls,
    /// `smtps://`: from the first byte.
    Tls,
}

/// `[[webhook]]`
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Unique.
    pub name: String,
    /// Where messages are posted; may itself be a secret.
    pub url: Secret<Url>,
    /// `whsec_…`, decoded: the key that signs them.
    pub secret: Option<Secret<Vec<u8>>>,
}

/// A digest and its clock.
#[derive(Debug, Clone)]
pub struct ScheduledDigest {
    /// What it holds.
    pub digest: Digest,
    /// When its period ends.
    pub cron: Cron,
}
