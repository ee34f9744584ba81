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
use crate::alert::{Digest, InstantAlert, Languages};
use crate::extract::{Rules, View};
use crate::model::{Entity, Language, Proxy, Recipient, Source, WebhookFormat};
use crate::revision::Options;
use crate::schedule::{Cadence, Cron};
pub use load::{Env, catalogue, data_dir, language, load, parse, schema};
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
    /// What sources were called before that have a new name, by the new one.
    pub renamed: HashMap<String, String>,
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
    /// `[[webhook]]`
    pub webhooks: Vec<Webhook>,
    /// `[[alert]]`
    pub alerts: Vec<InstantAlert>,
    /// `[[digest]]`
    pub digests: Vec<ScheduledDigest>,
    /// What does not keep the file from being used and is likely a mistake: a rule that can never hold, a broken template.
    pub warnings: Vec<Problem>,
}

impl Config {
    /// In which language each message is written.
    pub fn languages(&self) -> Languages {
        let webhooks = self.webhooks.iter().map(|hook| (&hook.name, hook.format.language));
        let alerts = self.alerts.iter().map(|alert| (&alert.name, alert.language));
        let digests = self.digests.iter().map(|scheduled| &scheduled.digest);
        let digests = digests.map(|digest| (&digest.name, digest.language));
        let said = |(name, language): (&String, Option<Language>)| Some((name.clone(), language?));
        Languages {
            usual: self.daemon.language,
            webhooks: webhooks.filter_map(said).collect(),
            alerts: alerts.filter_map(said).collect(),
            digests: digests.filter_map(said).collect(),
        }
    }
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
    /// Where others reach it.
    pub public_url: Option<Url>,
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
    /// What all sources are reached through that do not say otherwise.
    pub proxy: Option<Proxy>,
}

/// `[store]`
#[derive(Debug, Clone)]
pub struct Store {
    /// How long articles and what their sources listed are kept.
    pub keep_articles: Duration,
    /// How long messages that were sent or dropped are kept.
    pub keep_deliveries: Duration,
    /// How long older versions of articles and pages are kept.
    pub keep_revisions: Duration,
    /// Copies of the database that are made by the clock.
    pub backups: Option<Backups>,
}

/// When the database is copied, and how many copies are kept.
#[derive(Debug, Clone)]
pub struct Backups {
    /// When.
    pub cron: Cron,
    /// The newest so many stay.
    pub keep: usize,
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
    /// User name and OAuth token, where the server wants that instead.
    pub token: Option<(String, TokenPlace)>,
    /// The `From` header, `Name <address>`.
    pub from: String,
    /// What mails are signed with.
    pub dkim: Option<Dkim>,
}

/// Where a token is.
#[derive(Debug, Clone)]
pub enum TokenPlace {
    /// Here.
    Value(Secret),
    /// In a file that whoever renews it writes.
    File(PathBuf),
}

/// DKIM (RFC 6376).
#[derive(Debug, Clone)]
pub struct Dkim {
    /// Under which name the public key stands in the DNS.
    pub selector: String,
    /// The domain that signs.
    pub domain: String,
    /// The private key in DER: RSA or Ed25519.
    pub key: Secret<Vec<u8>>,
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
    /// How they are written.
    pub format: WebhookFormat,
    /// `whsec_…`, decoded: the keys that sign them.
    pub secrets: Secret<Vec<Vec<u8>>>,
    /// What the service knows us by.
    pub token: Option<Secret>,
    /// Further headers, names in lower case.
    pub headers: Secret<Vec<(String, String)>>,
}

/// A digest and its clock.
#[derive(Debug, Clone)]
pub struct ScheduledDigest {
    /// What it holds.
    pub digest: Digest,
    /// When its period ends.
    pub cron: Cron,
}
