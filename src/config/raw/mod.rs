//! sources.toml as it is written. These structs are the one definition of its keys: serde reads them, the
//! published schema and the shape check come from them, and the comments on fields are what editors show.

mod daemon;
mod deliver;
mod entity;
mod page;
mod select;
mod source;
mod store;

use schemars::JsonSchema;
use serde::Deserialize;

use super::located::Located;
pub(super) use daemon::{Daemon, Fetch, Language, Web};
pub(super) use deliver::{Email, Webhook, WebhookKind};
pub(super) use entity::{Alias, AliasTable, Boundary, Case, Entity, Include, Marks, Scope, Sep};
pub(super) use page::{Mode, NumberFormat, Side};
pub(super) use select::{Alert, Digest, Empty, Kind, Occasion, Within};
pub(super) use source::{Defaults, Robots, Source, SourceKind};
pub(super) use store::Store;

pub(super) type Text = Option<Located<String>>;
type Count = Option<Located<u32>>;

/// The configuration of diemtin: what to watch, what to look for, whom to tell.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "sources.toml of diemtin")]
pub(crate) struct File {
    /// The daemon itself.
    pub(crate) daemon: Option<Daemon>,
    /// The web listener.
    pub(crate) web: Option<Web>,
    /// Limits of fetching.
    pub(crate) fetch: Option<Fetch>,
    /// How long what was found is kept.
    pub(crate) store: Option<Store>,
    /// What holds for every source unless it says otherwise.
    pub(crate) defaults: Option<Defaults>,
    /// What is polled; one table for each source.
    #[serde(default)]
    pub(crate) source: Vec<Located<Source>>,
    /// Who and what is tracked; one table for each.
    #[serde(default)]
    pub(crate) entity: Vec<Located<Entity>>,
    /// Takes over a catalogue of entities that comes with the program.
    #[serde(default)]
    pub(crate) include: Vec<Located<Include>>,
    /// The mail server. Absent: mails are written to `mail/` in the data directory.
    pub(crate) email: Option<Located<Email>>,
    /// A receiver of messages over HTTP; alerts name it as `webhook:NAME`.
    #[serde(default)]
    pub(crate) webhook: Vec<Located<Webhook>>,
    /// Tells at once about each new article that matches.
    #[serde(default)]
    pub(crate) alert: Vec<Located<Alert>>,
    /// Sends a round-up at the times of a cron line.
    #[serde(default)]
    pub(crate) digest: Vec<Located<Digest>>,
}
