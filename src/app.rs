//! Composition: a checked configuration becomes the edges and the plan that everything else is given.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;

use crate::clock::Clock;
use crate::config::{self, Config, Email, Problems, SmtpSecurity};
use crate::deliver::{
    self, Carrier, Channels, DkimSettings, Login, Security, SmtpSettings, Token, TokenPlace, WebhookSettings,
};
use crate::entity::Matcher;
use crate::fetch::{self, Fetcher};
use crate::http;
use crate::metrics::Metrics;
use crate::model::{Recipient, Timestamp};
use crate::pipeline::{
    Context, Cores, Plan, Retention, ScheduledDigest, UNSUBSCRIBE_KEY, Unsubscribe, Watch,
    open_digest_periods, spread_overdue,
};
use crate::store::{Holder, Store, WatchedSource};

/// The sender of mails that are only written to a folder.
const LOCAL_SENDER: &str = "diemtin <diemtin@localhost>";

/// One attempt at one mail; RFC 5321 lets a server take minutes for its answer after the text.
const SMTP_PATIENCE: Duration = Duration::from_mins(1);

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
        self.context = context.clone();
        Ok(context)
    }
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

/// The ways to recipients that `config` asks for.
pub fn channels(config: &Config, client: http::Client) -> anyhow::Result<Channels> {
    let mail = match &config.email {
        Some(email) => Carrier::Smtp(smtp_settings(email)),
        None => Carrier::Folder(config.daemon.data_dir.join("mail")),
    };
    let from = config.email.as_ref().map_or_else(|| LOCAL_SENDER.to_owned(), |email| email.from.clone());
    let dkim = config.email.as_ref().and_then(|email| email.dkim.as_ref()).map(|dkim| DkimSettings {
        selector: dkim.selector.clone(),
        domain: dkim.domain.clone(),
        key: dkim.key.expose().clone(),
    });
    let webhooks = webhook_settings(config).collect();
    Ok(Channels::new(deliver::Settings { from, mail, dkim, webhooks }, client)?)
}

fn webhook_settings(config: &Config) -> impl Iterator<Item = WebhookSettings> {
    config.webhooks.iter().map(|webhook| WebhookSettings {
        name: webhook.name.clone(),
        kind: webhook.format.kind,
        url: webhook.url.expose().clone(),
        keys: webhook.secrets.expose().clone(),
        token: webhook.token.as_ref().map(|token| token.expose().clone()),
        thread_id: webhook.format.thread_id.clone(),
        headers: webhook.headers.expose().clone(),
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

fn smtp_settings(email: &Email) -> SmtpSettings {
    SmtpSettings {
        host: email.host.clone(),
        port: email.port,
        security: match email.security {
            SmtpSecurity::Plain => Security::Plain,
            SmtpSecurity::StartTls => Security::StartTls,
            SmtpSecurity::Tls => Security::Tls,
        },
        login: email
            .login
            .as_ref()
            .map(|(user, password)| Login { user: user.clone(), password: password.expose().clone() }),
        token: email.token.as_ref().map(|(user, place)| Token {
            user: user.clone(),
            place: match place {
                config::TokenPlace::Value(token) => TokenPlace::Value(token.expose().clone()),
                config::TokenPlace::File(path) => TokenPlace::File(path.clone()),
            },
        }),
        hello: None,
        timeout: SMTP_PATIENCE,
    }
}

/// The HTTP client that `config` asks for.
pub fn http_client(config: &Config) -> anyhow::Result<http::Client> {
    http::Client::new(http::Settings {
        user_agent: user_agent(config.daemon.contact.as_deref()),
        timeout: config.fetch.timeout,
        allow_private: config.fetch.allow_private.clone(),
        extra_roots: config.fetch.extra_ca.clone(),
    })
    .context("the HTTP client cannot be set up")
}

/// Honest: the product, its version and how to reach whoever runs it.
pub fn user_agent(contact: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let contact = contact.unwrap_or("self-hosted news monitor");
    format!("diemtin/{version} (+{contact})")
}

/// What `config` asks for, compiled.
pub fn plan(config: &Config) -> anyhow::Result<Plan> {
    let of_alerts = config.alerts.iter().filter_map(|alert| alert.rule.as_ref());
    let of_digests = config.digests.iter().filter_map(|scheduled| scheduled.digest.rule.as_ref());
    let phrases: Vec<String> = of_alerts.chain(of_digests).flat_map(crate::alert::Rule::phrases).collect();
    Ok(Plan {
        sources: config.sources.iter().map(|source| (source.name.clone(), source.clone())).collect(),
        cadences: config.cadences.clone(),
        rules: config.rules.clone(),
        pages: config
            .pages
            .iter()
            .map(|(name, page)| {
                (name.clone(), Watch { view: page.view.clone(), options: page.options.clone() })
            })
            .collect(),
        matcher: Matcher::new(&config.entities, &phrases)?,
        alerts: config.alerts.clone(),
        digests: config
            .digests
            .iter()
            .map(|scheduled| ScheduledDigest {
                digest: scheduled.digest.clone(),
                cron: scheduled.cron.clone(),
            })
            .collect(),
        notices: config.daemon.notices.clone(),
        retention: Retention {
            articles: config.store.keep_articles,
            revisions: config.store.keep_revisions,
            deliveries: config.store.keep_deliveries,
        },
        webhooks: config
            .webhooks
            .iter()
            .map(|webhook| (webhook.name.clone(), webhook.format.clone()))
            .collect(),
        unsubscribe: None,
        templates: config.templates.clone(),
        language: config.daemon.language,
        timezone: config.daemon.timezone,
    })
}

async fn watch_sources(context: &Context, config: &Config, holder: Holder) -> anyhow::Result<()> {
    let now = context.clock.now();
    let watched = config.sources.iter().map(|source| WatchedSource {
        name: source.name.clone(),
        url: source.url.to_string(),
        host_key: source.url.host_str().unwrap_or_default().to_owned(),
        every: context.plan.cadence(&source.name).shortest(source.every),
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

    #[test]
    fn the_user_agent_names_the_product_and_its_contact() {
        let agent = user_agent(Some("https://example.org/bot"));
        assert!(agent.starts_with("diemtin/") && agent.ends_with("(+https://example.org/bot)"), "{agent}");
    }
}
