//! Composition: a checked configuration becomes the edges and the plan that everything else is given.

mod edges;
mod plan;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::{self, Config, Problems};
use crate::fetch::{self, Fetcher};
use crate::metrics::Metrics;
use crate::model::{Recipient, Source, Timestamp};
use crate::pipeline::{
    Context, Cores, Plan, UNSUBSCRIBE_KEY, Unsubscribe, open_digest_periods, spread_overdue,
};
use crate::store::{Holder, Store, WatchedSource};

pub use edges::{channels, http_client, user_agent};
pub use plan::plan;

use edges::webhook_settings;

/// What the command line or the environment says instead of sources.toml.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Instead of `[daemon] data_dir`.
    pub data_dir: Option<PathBuf>,
    /// Instead of `[web] listen`.
    pub listen: Option<std::net::SocketAddr>,
}

/// Everything a command or the daemon works with.
#[derive(Debug, Clone)]
pub struct App {
    /// The file that was read, and is read again at a reload.
    pub config_path: PathBuf,
    /// What stands above the file.
    pub overrides: Overrides,
    /// Where the database and mails lie, for as long as this runs.
    pub data_dir: PathBuf,
    /// Where health and metrics are served.
    pub listen: std::net::SocketAddr,
    /// How much is done at once.
    pub slots: Slots,
    /// The edges and the plan.
    pub context: Context,
}

/// How many requests are made at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots {
    /// Over all hosts.
    pub concurrency: usize,
    /// To one host.
    pub per_host: usize,
}

/// Reads and checks `path`, and puts `overrides` above it.
pub fn load(path: &Path, overrides: &Overrides) -> Result<Config, Problems> {
    let mut config = config::load(path, &|name| std::env::var(name).ok())?;
    if let Some(data_dir) = &overrides.data_dir {
        config.daemon.data_dir.clone_from(data_dir);
    }
    if let Some(listen) = overrides.listen {
        config.web.listen = listen;
    }
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    Ok(config)
}

impl App {
    /// Opens the store of `config` and builds everything on it, for the daemon or for a command beside it.
    pub async fn build(
        config_path: &Path,
        overrides: Overrides,
        config: &Config,
        holder: Holder,
    ) -> anyhow::Result<Self> {
        let store = Store::open(&config.daemon.data_dir)?;
        let store = if holder == Holder::Daemon { store.waiting_for_space() } else { store };
        let clock = Clock::System;
        let metrics = Metrics::new(clock.now());
        let plan = Plan { unsubscribe: unsubscribe(config, &store, clock.now()).await?, ..plan(config)? };
        let context = context(config, plan, store, (Cores::all(), clock, metrics))?;
        settle_targets(&context, config).await?;
        watch_sources(&context, config, holder).await?;
        // A digest tells of everything since it was first asked for.
        open_digest_periods(&context).await?;
        Ok(Self {
            config_path: config_path.to_owned(),
            overrides,
            data_dir: config.daemon.data_dir.clone(),
            listen: config.web.listen,
            slots: Slots { concurrency: config.fetch.concurrency, per_host: config.fetch.per_host },
            context,
        })
    }

    /// Reads the configuration again and returns the context it asks for. The data folder, the listening address and
    /// the number of requests at once stay as they were at the start.
    pub async fn reload(&mut self) -> anyhow::Result<Context> {
        let (path, overrides) = (self.config_path.clone(), self.overrides.clone());
        // A large catalogue takes seconds to compile, and nothing else waits for it.
        let compile = move || {
            let config = load(&path, &overrides)?;
            anyhow::Ok((plan(&config)?, config))
        };
        let (plan, mut config) = tokio::task::spawn_blocking(compile).await??;
        config.daemon.data_dir.clone_from(&self.data_dir);
        let Context { store, fetcher, cores, clock, metrics, .. } = self.context.clone();
        let plan = Plan { unsubscribe: unsubscribe(&config, &store, clock.now()).await?, ..plan };
        let mut context = context(&config, plan, store, (cores, clock, metrics))?;
        settle_targets(&context, &config).await?;
        context.fetcher = context.fetcher.succeeding(&fetcher);
        watch_sources(&context, &config, Holder::Daemon).await?;
        let corrected = corrected(&self.context.plan, &context.plan);
        if !corrected.is_empty() {
            context.store.make_due(corrected, context.clock.now()).await?;
        }
        self.context = context.clone();
        Ok(context)
    }
}

/// The sources that are reached or read in another way now: whoever wrote that wants to see whether it works.
fn corrected(before: &Plan, now: &Plan) -> Vec<String> {
    let is_corrected = |source: &&Source| {
        before.sources.get(&source.name).is_some_and(|old| {
            old.asked_as() != source.asked_as()
                || (&old.route, &old.access) != (&source.route, &source.access)
                || before.pages.get(&source.name) != now.pages.get(&source.name)
        })
    };
    now.sources.values().filter(is_corrected).map(|source| source.name.clone()).collect()
}

fn context(
    config: &Config,
    plan: Plan,
    store: Store,
    (cores, clock, metrics): (Cores, Clock, Metrics),
) -> anyhow::Result<Context> {
    let client = http_client(config)?;
    let settings = fetch::Settings {
        concurrency: config.fetch.concurrency,
        per_host: config.fetch.per_host,
        per_host_delay: config.fetch.per_host_delay,
        silence: config.fetch.timeout / 2,
        max_feed: config.fetch.max_feed,
        max_page: config.fetch.max_page,
    };
    let fetcher = Fetcher::new(client.clone(), settings).through(config.fetch.proxy.clone());
    Ok(Context {
        store,
        fetcher: fetcher.paced_by(cores.backlog().clone()),
        channels: channels(config, client)?,
        cores,
        clock,
        metrics,
        plan: Arc::new(plan),
    })
}

/// A webhook that was switched off is called again once sources.toml says something new of it.
async fn settle_targets(context: &Context, config: &Config) -> anyhow::Result<()> {
    let known = webhook_settings(config)
        .map(|webhook| (Recipient::Webhook(webhook.name.clone()), webhook.fingerprint()));
    Ok(context.store.settle_targets(known.collect()).await?)
}

/// Links by which recipients of mails leave a list, where the web page has a public address.
async fn unsubscribe(config: &Config, store: &Store, now: Timestamp) -> anyhow::Result<Option<Unsubscribe>> {
    let Some(public_url) = &config.web.public_url else { return Ok(None) };
    let mut fresh = [0; 32];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut fresh).map_err(|_refused| anyhow::anyhow!("the system gives no random numbers"))?;
    let key = store.own_key(UNSUBSCRIBE_KEY, fresh, now).await?;
    Ok(Some(Unsubscribe::new(public_url.clone(), key)))
}

async fn watch_sources(context: &Context, config: &Config, holder: Holder) -> anyhow::Result<()> {
    let now = context.clock.now();
    let watched = config.sources.iter().map(|source| WatchedSource {
        name: source.name.clone(),
        was: config.renamed.get(&source.name).cloned(),
        url: source.url.to_string(),
        host_key: source.url.host_str().unwrap_or_default().to_owned(),
        every: context.plan.cadence(&source.name).shortest(source.every),
        asked_as: source.asked_as(),
    });
    context.store.watch_sources(watched.collect(), holder, now).await?;
    // A command polls what it was asked for at once.
    if holder == Holder::Daemon {
        spread_overdue(context).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::PollMemory;
    use crate::store::{ClaimedSource, HostSlots, Lease, PollResult, SourceState, Taken};

    const HOUR: Duration = Duration::from_hours(1);

    async fn take(app: &App, now: Timestamp, limit: usize) -> Taken<ClaimedSource> {
        let lease = Lease { holder: Holder::Daemon, from: now, until: now.plus(HOUR) };
        let slots = HostSlots { per_host: 1, ..HostSlots::default() };
        app.context.store.claim_due_sources(lease, limit, slots, |_| true).await.unwrap()
    }

    async fn poll_of(app: &App, every: Duration) {
        let now = app.context.clock.now().plus(HOUR);
        let claimed = take(app, now, 1).await.tasks.remove(0);
        let result = PollResult {
            at: now,
            state: SourceState::Ok,
            failures: 0,
            error: None,
            cause: None,
            repairs: None,
            left_out: Vec::new(),
            next_poll_at: Some(now.plus(every)),
            host_key: "bao.example".to_owned(),
            memory: PollMemory::default(),
            answer: None,
            entries: Vec::new(),
            parts: Vec::new(),
            changes: Vec::new(),
        };
        assert!(app.context.store.commit_poll(&claimed, result).await.unwrap());
    }

    #[tokio::test]
    async fn a_shorter_interval_takes_effect_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sources.toml");
        let write = |every: &str| {
            let source = "[[source]]\nname = \"Báo\"\nurl = \"https://bao.example/rss\"";
            let text = format!("[daemon]\ndata_dir = {:?}\n{source}\nevery = \"{every}\"\n", folder.path());
            std::fs::write(&file, text).unwrap();
        };
        write("7d");
        let overrides = Overrides::default();
        let config = load(&file, &overrides).unwrap();
        let mut app = App::build(&file, overrides, &config, Holder::Daemon).await.unwrap();
        poll_of(&app, 7 * 24 * HOUR).await;
        for (every, soon) in [("8d", false), ("10m", true)] {
            write(every);
            app.reload().await.unwrap();
            let now = app.context.clock.now();
            let due = take(&app, now, 0).await.next_due.unwrap();
            assert_eq!(due <= now.plus(Duration::from_secs(5)), soon, "{every}");
        }
    }

    #[tokio::test]
    async fn a_source_that_is_reached_or_read_in_another_way_is_polled_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sources.toml");
        let write = |rest: &str| {
            let source = "[[source]]\nname = \"Báo\"\nurl = \"https://bao.example/rss\"";
            let text = format!("[daemon]\ndata_dir = {:?}\n{source}\n{rest}\n", folder.path());
            std::fs::write(&file, text).unwrap();
        };
        write("");
        let overrides = Overrides::default();
        let config = load(&file, &overrides).unwrap();
        let mut app = App::build(&file, overrides, &config, Holder::Daemon).await.unwrap();
        poll_of(&app, 24 * HOUR).await;
        for (rest, soon) in [
            ("tags = [\"vi\"]", false),
            ("kind = \"sitemap\"", true),
            ("kind = \"sitemap\"\nproxy = \"http://127.0.0.1:3128\"", true),
        ] {
            write(rest);
            app.reload().await.unwrap();
            let now = app.context.clock.now();
            let due = take(&app, now, 0).await.next_due.unwrap();
            assert_eq!(due <= now, soon, "{rest}");
        }
    }

    /// On a runtime of one thread, which a compilation on it would stop.
    #[tokio::test]
    async fn compiling_a_large_catalogue_stops_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sources.toml");
        let head = format!(
            "[daemon]\ndata_dir = {:?}\n[[source]]\nname = \"Báo\"\nurl = \"https://bao.example/rss\"\n",
            folder.path()
        );
        std::fs::write(&file, &head).unwrap();
        let config = load(&file, &Overrides::default()).unwrap();
        let mut app = App::build(&file, Overrides::default(), &config, Holder::Daemon).await.unwrap();
        let aliases: Vec<String> = (0..20_000).map(|number| format!("\"tên {number}\"")).collect();
        let entity = format!("[[entity]]\nname = \"Nhiều\"\naliases = [{}]\n", aliases.join(", "));
        std::fs::write(&file, head + &entity).unwrap();
        let mut turns = 0_u64;
        let reload = app.reload();
        tokio::pin!(reload);
        let context = loop {
            tokio::select! {
                biased;
                context = &mut reload => break context.unwrap(),
                () = tokio::task::yield_now() => turns += 1,
            }
        };
        assert!(turns > 100, "only {turns} turns of anything else");
        let found = context.plan.matcher.find("Báo", &[(crate::model::Field::Title, "Tên 19999")]);
        assert_eq!(found.mentions.len(), 1);
    }
}
