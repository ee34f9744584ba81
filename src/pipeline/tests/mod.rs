//! The pipeline at its door: a real site on loopback, a real store, a clock that is set by hand.

mod alerts;
mod amounts;
mod assembly;
mod deliveries;
mod digests;
mod edits;
mod kinds;
mod looking;
mod pacing;
mod sites;
mod sources;
mod stories;
mod walls;
mod watched;
mod windows;

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use tempfile::TempDir;

use super::*;
use crate::alert::{Digest, EditFilter, EmptyDigest, InstantAlert, Languages, Pace, Rule, SourceFilter};
use crate::clock::Clock;
use crate::deliver::{self, Carrier, Channels, WebhookSettings};
use crate::entity::Matcher;
use crate::fetch::{self, Fetcher};
use crate::http;
use crate::http::loopback::{Seen, Site};
use crate::metrics::Metrics;
use crate::model::{
    Access, Alias, Backfill, DiskSpace, Entity, FullText, Language, MaxAge, Message, Reason, Recipient,
    Robots, Source, SourceKind, Timestamp, Tracking,
};
use crate::schedule::Cron;
use crate::store::{Check, Holder, HostSlots, Lease, Store, WatchedSource};

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Ho_Chi_Minh;
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// What the site answers, by path: a status and a body.
type Pages = Arc<Mutex<HashMap<String, (u16, String)>>>;

/// A small newsroom, and a diemtin that watches it.
struct Desk {
    site: Site,
    pages: Pages,
    /// How long the site takes for each answer.
    slowness: Arc<Mutex<Duration>>,
    context: Context,
    folder: TempDir,
}

impl Desk {
    /// Sources at these paths; every article that names Huawei alerts the webhook `/hook` and a mail folder.
    async fn open(feeds: &[&str]) -> Self {
        let pages: Pages = Arc::default();
        let slowness: Arc<Mutex<Duration>> = Arc::default();
        let clock = noon();
        let (shown, wanted, hand) = (pages.clone(), slowness.clone(), clock.clone());
        let site = Site::start(move |seen| {
            let taken = *wanted.lock().unwrap();
            if !taken.is_zero() {
                hand.set(hand.now().plus(taken));
            }
            answer(&shown, seen)
        })
        .await;
        let folder = tempfile::tempdir().unwrap();
        let context = Context { clock, ..context(&site, &folder, plan(&site, feeds)) };
        let desk = Self { site, pages, slowness, context, folder };
        desk.put("/hook", 204, "");
        desk.watch(feeds).await;
        desk
    }

    async fn watch(&self, feeds: &[&str]) {
        let watched = feeds.iter().map(|path| WatchedSource {
            name: (*path).to_owned(),
            was: None,
            url: self.site.url(path).to_string(),
            host_key: "127.0.0.1".to_owned(),
            every: 15 * MINUTE,
            asked_as: source(&self.site, path).asked_as(),
        });
        self.context.store.watch_sources(watched.collect(), Holder::Daemon, self.now()).await.unwrap();
    }

    fn put(&self, path: &str, status: u16, body: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), (status, body.to_owned()));
    }

    /// Puts articles on the site and lists them in a feed, newest first.
    fn publish(&self, feed: &str, articles: &[(&str, &str)]) {
        let items: String = articles.iter().map(|(path, _)| self.listed(path)).collect();
        self.put(feed, 200, &rss(&items));
        for (path, text) in articles {
            self.put(path, 200, &page(text));
        }
    }

    fn listed(&self, path: &str) -> String {
        let (link, date) = (self.site.url(path), self.now().to_utc().to_rfc2822());
        format!(
            "<item><title>Tin {path}</title><link>{link}?utm_source=rss</link><guid>{path}</guid><pubDate>{date}</pubDate></item>"
        )
    }

    fn now(&self) -> Timestamp {
        self.context.clock.now()
    }

    fn pass(&self, span: Duration) {
        self.context.clock.set(self.now().plus(span));
    }

    fn lease(&self) -> Lease {
        Lease { holder: Holder::Daemon, from: self.now(), until: self.now().plus(MINUTE) }
    }

    async fn poll_due(&self) -> Vec<Polled> {
        let slots = HostSlots { per_host: 99, ..HostSlots::default() };
        let claimed =
            self.context.store.claim_due_sources(self.lease(), 99, slots, |_| true).await.unwrap().tasks;
        let mut polled = Vec::new();
        for source in claimed {
            polled.push(poll(&self.context, &source).await.unwrap());
        }
        polled
    }

    async fn ingest_due(&self) -> Vec<Filed> {
        let slots = HostSlots { per_host: 99, ..HostSlots::default() };
        let claimed =
            self.context.store.claim_entries(self.lease(), 99, slots, |_| true).await.unwrap().tasks;
        let mut filed = Vec::new();
        for entry in claimed {
            filed.push(ingest(&self.context, &entry).await.unwrap());
        }
        filed
    }

    /// Looks at every article again that is due, and ends the waits that are over.
    async fn recheck_due(&self) -> Vec<Rechecked> {
        let slots = HostSlots { per_host: 99, ..HostSlots::default() };
        let claimed = self.context.store.claim_checks(self.lease(), 99, slots, |_| true).await.unwrap().tasks;
        let mut rechecked = Vec::new();
        for check in claimed {
            match check {
                Check::Again(check) => rechecked.push(recheck(&self.context, &check).await.unwrap()),
                Check::Settled(hold) => drop(settle_change(&self.context, &hold).await.unwrap()),
            }
        }
        rechecked
    }

    async fn flush_due(&self) -> Vec<Flushed> {
        let slots = HostSlots { per_host: 99, ..HostSlots::default() };
        let mut flushed = Vec::new();
        loop {
            let due = self.context.store.claim_deliveries(self.lease(), 99, slots.clone()).await.unwrap();
            if due.tasks.is_empty() {
                return flushed;
            }
            for delivery in due.tasks {
                flushed.push(flush(&self.context, &delivery).await.unwrap());
            }
        }
    }

    /// Everything that is due, in order.
    async fn round(&self) {
        self.poll_due().await;
        self.ingest_due().await;
        self.flush_due().await;
    }

    /// What the webhook was sent: the identity and the titles of each message.
    fn hooked(&self) -> Vec<(String, serde_json::Value)> {
        let posts = self.site.seen().into_iter().filter(|seen| seen.path == "/hook");
        posts
            .map(|seen| {
                let id = seen.header("webhook-id").unwrap().to_owned();
                (id, serde_json::from_slice(&seen.body).unwrap())
            })
            .collect()
    }

    fn mails(&self) -> Vec<String> {
        let Ok(folder) = std::fs::read_dir(self.folder.path().join("mail")) else { return Vec::new() };
        let mut mails: Vec<_> = folder.map(|file| file.unwrap().path()).collect();
        mails.sort();
        mails.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }
}

/// Noon in Vietnam.
fn noon() -> Clock {
    Clock::settable("2026-11-21T05:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into())
}

fn answer(pages: &Pages, seen: &Seen) -> Response<Body> {
    let path = seen.path.split('?').next().unwrap_or_default();
    let (status, body) = pages.lock().unwrap().get(path).cloned().unwrap_or((404, String::new()));
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(&(status, &body), &mut hasher);
    let etag = format!("\"{}\"", std::hash::Hasher::finish(&hasher));
    if status == 200 && seen.header("if-none-match") == Some(&etag) {
        return Response::builder().status(304).body(Body::empty()).unwrap();
    }
    let told = match status {
        300..=399 => ("location", body.clone()),
        429 => ("retry-after", body.clone()),
        _ => ("etag", etag),
    };
    Response::builder().status(status).header(told.0, told.1).body(Body::from(body)).unwrap()
}

fn rss(items: &str) -> String {
    format!(
        "<rss version=\"2.0\"><channel><title>Báo Mẫu</title><link>http://bao.example/</link><description/>{items}</channel></rss>"
    )
}

fn page(text: &str) -> String {
    let filler =
        "Buổi họp báo sáng nay kéo dài hai giờ và có nhiều câu hỏi từ phóng viên các báo. ".repeat(4);
    format!(
        "<!DOCTYPE html><html lang=\"vi\"><head><title>{text}</title></head><body><nav>Trang chủ</nav>\
         <article><h1>{text}</h1><p>{text}.</p><p>{filler}</p><p>{filler} {text}</p></article></body></html>"
    )
}

fn context(site: &Site, folder: &TempDir, plan: Plan) -> Context {
    let client = http::Client::new(http::Settings {
        user_agent: "diemtin/test".to_owned(),
        timeout: Duration::from_secs(5),
        allow_private: vec!["127.0.0.0/8".parse().unwrap()],
        extra_roots: Vec::new(),
    })
    .unwrap();
    let settings = deliver::Settings {
        from: "Điểm tin <bot@example.org>".to_owned(),
        mail: Carrier::Folder(folder.path().join("mail")),
        dkim: None,
        webhooks: vec![WebhookSettings {
            keys: vec![vec![7; 32]],
            ..WebhookSettings::generic("ops", site.url("/hook"))
        }],
    };
    Context {
        store: Store::open(folder.path()).unwrap(),
        fetcher: Fetcher::new(
            client.clone(),
            fetch::Settings {
                concurrency: 8,
                per_host: 8,
                per_host_delay: Duration::ZERO,
                silence: Duration::from_secs(5),
                max_feed: 1 << 20,
                max_page: 1 << 20,
            },
        ),
        channels: Channels::new(settings, client).unwrap(),
        cores: Cores::all(),
        clock: noon(),
        metrics: Metrics::new(Timestamp::EPOCH),
        plan: Arc::new(plan),
    }
}

fn plan(site: &Site, feeds: &[&str]) -> Plan {
    let huawei =
        Entity { name: "Huawei".to_owned(), aliases: vec![Alias::plain("Huawei")], ..Entity::default() };
    let recipients =
        vec![Recipient::Webhook("ops".to_owned()), Recipient::Mail("desk@example.org".to_owned())];
    let alert = InstantAlert {
        name: "Chips".to_owned(),
        rule: Some(Rule::parse("Huawei", &["Huawei"]).unwrap()),
        sources: SourceFilter::default(),
        on: vec![Reason::New, Reason::Edit, Reason::Page],
        edits: EditFilter::default(),
        to: recipients,
        pace: Pace::default(),
        language: None,
    };
    let digest = Digest {
        name: "Sáng".to_owned(),
        entities: BTreeSet::new(),
        rule: None,
        sources: SourceFilter::default(),
        to: vec![Recipient::Mail("team@example.org".to_owned())],
        max_items: 40,
        empty: EmptyDigest::Skip,
        language: None,
    };
    Plan {
        sources: feeds.iter().map(|path| ((*path).to_owned(), source(site, path))).collect(),
        rules: HashMap::new(),
        cadences: HashMap::new(),
        pages: HashMap::new(),
        matcher: Matcher::new(&[huawei], &[]).unwrap(),
        alerts: vec![alert],
        digests: vec![ScheduledDigest { digest, cron: Cron::parse("30 7 * * *", ZONE).unwrap() }],
        notices: vec![Recipient::Mail("ops@example.org".to_owned())],
        backups: None,
        retention: Retention { articles: DAY * 400, revisions: DAY * 400, deliveries: DAY * 90 },
        webhooks: HashMap::new(),
        unsubscribe: None,
        templates: crate::alert::render::Templates::default(),
        language: Language::En,
        languages: Languages { usual: Language::En, ..Languages::default() },
        timezone: ZONE,
    }
}

fn source(site: &Site, path: &str) -> Source {
    Source {
        name: path.to_owned(),
        url: site.url(path),
        kind: SourceKind::Feed,
        links: None,
        every: 15 * MINUTE,
        tags: vec![],
        full_text: FullText::Page,
        language: "vi".to_owned(),
        timezone: ZONE,
        backfill: Backfill::Within(Duration::from_hours(48)),
        max_age: MaxAge::Within(Duration::from_hours(720)),
        tracking: Tracking::For { span: Duration::from_hours(168), first: 15 * MINUTE },
        robots: Robots::Obey,
        access: Access::default(),
        route: crate::model::Route::default(),
    }
}
