//! What every step is given: the edges, the clock, and the compiled plan.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use chrono_tz::Tz;

use super::{Backups, Cores, Retention, Unsubscribe};
use crate::alert::render::Templates;
use crate::alert::{Digest, InstantAlert, Languages};
use crate::clock::Clock;
use crate::deliver::Channels;
use crate::entity::Matcher;
use crate::extract::{Rules, View};
use crate::fetch::{FetchError, Fetched, Fetcher, Kind, Target};
use crate::metrics::{Fetching, Metrics};
use crate::model::{Language, Recipient, Source, Timestamp, WebhookFormat};
use crate::revision::Options;
use crate::schedule::{Cadence, Cron};
use crate::store::{Restraints, Store};

/// The edges and the plan. A reload makes a new one; work that is under way keeps the one it began with.
#[derive(Debug, Clone)]
pub struct Context {
    /// The database.
    pub store: Store,
    /// The way to publishers.
    pub fetcher: Fetcher,
    /// The way to recipients.
    pub channels: Channels,
    /// The machine's cores, for reading feeds and pages.
    pub cores: Cores,
    /// The time.
    pub clock: Clock,
    /// What is counted; a reload goes on with the same.
    pub metrics: Metrics,
    /// What is watched and who is told.
    pub plan: Arc<Plan>,
}

impl Context {
    /// Fetches a target and counts it.
    pub(super) async fn fetch(&self, target: Target<'_>) -> Result<Fetched, FetchError> {
        let what = match target.kind {
            Kind::Feed => Fetching::Feed,
            Kind::Sitemap => Fetching::Sitemap,
            Kind::Listing => Fetching::Listing,
            Kind::Page | Kind::Watched => Fetching::Page,
        };
        let begun = Instant::now();
        let fetched = self.fetcher.fetch(target, self.clock.now()).await;
        let bytes = match &fetched {
            Ok(Fetched::Page(page)) => page.bytes.len(),
            Ok(Fetched::NotModified { .. }) | Err(_) => 0,
        };
        self.metrics.fetched(what, bytes, begun.elapsed());
        fetched
    }
}

/// What sources.toml asks for, compiled.
#[derive(Debug)]
pub struct Plan {
    /// Sources by name.
    pub sources: HashMap<String, Source>,
    /// How the polls of sources are planned that are not polled at an interval, by name.
    pub cadences: HashMap<String, Cadence>,
    /// Where things stand on the pages of sources that say so, by name.
    pub rules: HashMap<String, Rules>,
    /// What sources of kind "page" watch, by name.
    pub pages: HashMap<String, Watch>,
    /// Finds every alias and every phrase of the rules.
    pub matcher: Matcher,
    /// `[[alert]]`
    pub alerts: Vec<InstantAlert>,
    /// `[[digest]]`
    pub digests: Vec<ScheduledDigest>,
    /// Who is told about the daemon itself.
    pub notices: Vec<Recipient>,
    /// How long things are kept.
    pub retention: Retention,
    /// Copies of the database that are made by the clock.
    pub backups: Option<Backups>,
    /// How the messages of each webhook are written, by name.
    pub webhooks: HashMap<String, WebhookFormat>,
    /// Makes the links by which recipients leave a list; `None` where the daemon's web page has no public address.
    pub unsubscribe: Option<Unsubscribe>,
    /// How mails look.
    pub templates: Templates,
    /// Of notices, and of what is told where nothing else is said.
    pub language: Language,
    /// Of each message.
    pub languages: Languages,
    /// Of times in mails.
    pub timezone: Tz,
}

impl Plan {
    /// How the polls of a source are planned.
    pub fn cadence(&self, source: &str) -> &Cadence {
        self.cadences.get(source).unwrap_or(&Cadence::Interval)
    }

    /// What keeps alerts from being told at once.
    pub fn restraints(&self, now: Timestamp) -> Restraints {
        let kept =
            self.alerts.iter().filter_map(|alert| Some((alert.name.clone(), alert.pace.restraint(now)?)));
        kept.collect()
    }
}

/// What a source of kind "page" watches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Watch {
    /// What of the page is compared.
    pub view: View,
    /// What counts as a change.
    pub options: Options,
}

/// A digest and when its periods end.
#[derive(Debug, Clone)]
pub struct ScheduledDigest {
    /// What it holds.
    pub digest: Digest,
    /// When its periods end.
    pub cron: Cron,
}
