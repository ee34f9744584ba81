//! What is counted for monitoring, and the `OpenMetrics` text of it. The only home of the metrics library.
//!
//! Counters are kept here, by whoever makes things happen (`pipeline`); levels are read from the store when someone asks.

mod levels;
mod process;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::model::{Levels, Timestamp};

/// What the text of [`Metrics::text`] is served as.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper ends in seconds: from a 304 by a server next door to the longest `timeout` that is sensible.
const SECONDS: [f64; 11] = [0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];

/// Names and values of labels. The values are few and ours; what users or publishers write is no label here.
type Labels<const N: usize> = [(&'static str, &'static str); N];
type Counters<const N: usize> = Family<Labels<N>, Counter>;
type Durations = Family<Labels<1>, Histogram, fn() -> Histogram>;

/// The counters of this process. Cheap to clone; clones count together.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    registry: Registry,
    started: Timestamp,
    polls: Counters<1>,
    poll_duration: Histogram,
    fetch_bytes: Counters<1>,
    fetch_duration: Durations,
    entries: Counters<1>,
    articles: Counter,
    alerts: Counter,
    deliveries: Counters<2>,
}

/// How a poll ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollEnd {
    /// Nothing new.
    Unchanged,
    /// The answer was read.
    Read,
    /// No answer, or none that could be read.
    Failed,
    /// The lease was lost.
    Abandoned,
}

/// What is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetching {
    /// A feed.
    Feed,
    /// A sitemap or a part of one.
    Sitemap,
    /// A page that lists articles.
    Listing,
    /// An article.
    Page,
}

/// What carries a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Mails.
    Mail,
    /// Webhooks.
    Webhook,
}

/// How one attempt at a message ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptEnd {
    /// The other side took it.
    Sent,
    /// It is tried again.
    Retried,
    /// It was given up.
    Dead,
}

impl Metrics {
    /// Counters at zero, for a process that began at `started`.
    pub fn new(started: Timestamp) -> Self {
        let mut inner = Inner {
            registry: Registry::default(),
            started,
            polls: Counters::default(),
            poll_duration: durations(),
            fetch_bytes: Counters::default(),
            fetch_duration: Durations::new_with_constructor(durations),
            entries: Counters::default(),
            articles: Counter::default(),
            alerts: Counter::default(),
            deliveries: Counters::default(),
        };
        inner.start_at_zero();
        inner.register();
        Self(Arc::new(inner))
    }

    /// Counts a poll and how long it took, waiting for its host's turn included.
    pub fn polled(&self, end: PollEnd, took: Duration) {
        self.0.polls.get_or_create(&[("outcome", end.word())]).inc();
        self.0.poll_duration.observe(took.as_secs_f64());
    }

    /// Counts the decoded bytes of an answer, none where there was none, and how long it took.
    pub fn fetched(&self, what: Fetching, bytes: usize, took: Duration) {
        let labels = [("kind", what.word())];
        self.0.fetch_bytes.get_or_create(&labels).inc_by(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.0.fetch_duration.get_or_create(&labels).observe(took.as_secs_f64());
    }

    /// Counts entries that a source listed for the first time: those whose articles are read, and those held back.
    pub fn listed(&self, new: usize, held: usize) {
        for (word, count) in [("new", new), ("held", held)] {
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            self.0.entries.get_or_create(&[("admission", word)]).inc_by(count);
        }
    }

    /// Counts an article that was filed, and the alerts that it fired.
    pub fn filed(&self, alerts: usize) {
        self.0.articles.inc();
        self.0.alerts.inc_by(u64::try_from(alerts).unwrap_or(u64::MAX));
    }

    /// Counts an attempt at a message.
    pub fn attempted(&self, channel: Channel, end: AttemptEnd) {
        self.0.deliveries.get_or_create(&[("channel", channel.word()), ("outcome", end.word())]).inc();
    }

    /// Everything as `OpenMetrics` text; without `levels`, where the store could not be asked, only what is counted here.
    pub fn text(&self, well: bool, levels: Option<&Levels>, now: Timestamp) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode_registry(&mut text, &self.0.registry)?;
        let mut current = Registry::default();
        levels::health(&mut current, well);
        if let Some(levels) = levels {
            levels::register(&mut current, levels, now);
        }
        process::register(&mut current, self.0.started);
        encode_registry(&mut text, &current)?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

impl Inner {
    /// A series that exists from the start shows its first event as an increase.
    fn start_at_zero(&self) {
        for end in [PollEnd::Unchanged, PollEnd::Read, PollEnd::Failed, PollEnd::Abandoned] {
            drop(self.polls.get_or_create(&[("outcome", end.word())]));
        }
        for what in [Fetching::Feed, Fetching::Sitemap, Fetching::Listing, Fetching::Page] {
            drop(self.fetch_bytes.get_or_create(&[("kind", what.word())]));
            drop(self.fetch_duration.get_or_create(&[("kind", what.word())]));
        }
        for word in ["new", "held"] {
            drop(self.entries.get_or_create(&[("admission", word)]));
        }
        for channel in [Channel::Mail, Channel::Webhook] {
            for end in [AttemptEnd::Sent, AttemptEnd::Retried, AttemptEnd::Dead] {
                drop(self.deliveries.get_or_create(&[("channel", channel.word()), ("outcome", end.word())]));
            }
        }
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("diemtin_build", "What runs", build);
        registry.register("diemtin_polls", "Polls of sources, by how they ended", self.polls.clone());
        let help = "How long a poll took, waiting for the turn of its host included";
        registry.register_with_unit("diemtin_poll_duration", help, Unit::Seconds, self.poll_duration.clone());
        let help = "Decoded bytes of answers";
        registry.register("diemtin_fetch_bytes", help, self.fetch_bytes.clone());
        let help = "How long a request took, waiting for its host's turn included";
        registry.register_with_unit(
            "diemtin_fetch_duration",
            help,
            Unit::Seconds,
            self.fetch_duration.clone(),
        );
        let help = "Entries listed for the first time: new ones are read, held ones only recorded";
        registry.register("diemtin_entries", help, self.entries.clone());
        registry.register("diemtin_articles", "Articles filed", self.articles.clone());
        let help = "Alerts fired by new articles, one for each article and rule";
        registry.register("diemtin_alerts", help, self.alerts.clone());
        let help = "Attempts at messages, by channel and by how they ended";
        registry.register("diemtin_deliveries", help, self.deliveries.clone());
    }
}

fn durations() -> Histogram {
    Histogram::new(SECONDS)
}

impl PollEnd {
    fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }
}

impl Fetching {
    fn word(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
            Self::Page => "page",
        }
    }
}

impl Channel {
    fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }
}

impl AttemptEnd {
    fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Retried => "retried",
            Self::Dead => "dead",
        }
    }
}
