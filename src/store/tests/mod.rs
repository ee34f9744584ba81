//! The store at its door: queues, fencing, filing, the outbox, digests and copies, each on a real file.

mod digests;
mod finding;
mod ingest;
mod looking;
mod neighbours;
mod notices;
mod outbox;
mod queues;
mod recipients;
mod retention;
mod selection;
mod stories;
mod trends;
mod untracked;
mod upgrade;
mod writer;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::model::{
    Article, ArticleId, Entry, EntryKey, Extent, Item, PollMemory, Reason, Recipient, SourceId, Timestamp,
};

const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

impl Store {
    /// Changes the database in ways that no part of the product does.
    pub(crate) async fn alter(&self, sql: &'static str) {
        self.write(move |connection| Ok(connection.execute_batch(sql)?)).await.unwrap();
    }
}

/// A store of its own for one test.
struct Desk {
    store: Store,
    folder: TempDir,
}

impl Desk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: Store::open(folder.path()).unwrap(), folder }
    }

    async fn watch(&self, names: &[&str]) -> Vec<SourceId> {
        let watched = names.iter().map(|name| watched(name, &format!("https://{name}.example/rss")));
        let ids = self.store.watch_sources(watched.collect(), Holder::Daemon, NOW).await.unwrap();
        names.iter().map(|name| ids[*name]).collect()
    }

    async fn claim_sources(&self, now: Timestamp, per_host: usize) -> Vec<ClaimedSource> {
        self.store.claim_due_sources(lease(now), 100, slots(per_host), |_| true).await.unwrap().tasks
    }

    /// Lists entries in a source's feed and takes them off the queue.
    async fn list(&self, source: &str, entries: &[&str]) -> Vec<ClaimedEntry> {
        let claimed =
            self.claim_sources(NOW, 100).await.into_iter().find(|claimed| claimed.name == source).unwrap();
        let result =
            PollResult { entries: entries.iter().map(|key| new_entry(key)).collect(), ..answered(NOW) };
        assert!(self.store.commit_poll(&claimed, result).await.unwrap());
        self.claim_entries(NOW).await
    }

    async fn file(&self, entry: &ClaimedEntry, filing: Filing) -> ArticleId {
        match self.store.commit_ingest(entry, filing).await.unwrap() {
            Ingested::New(Fresh { id, .. }) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Files an article, with those that may be its kin.
    async fn file_seeing(&self, entry: &ClaimedEntry, filing: Filing) -> (ArticleId, Vec<Nearby>) {
        let seen: Arc<Mutex<Vec<Nearby>>> = Arc::default();
        let shown = seen.clone();
        let judge: Judge = Arc::new(move |nearby| {
            *shown.lock().unwrap() = nearby;
            vec![]
        });
        let kindred = Kindred { judge: Some(judge), ..filing.kindred };
        let id = self.file(entry, Filing { kindred, ..filing }).await;
        (id, seen.lock().unwrap().drain(..).collect())
    }

    async fn claim_entries(&self, now: Timestamp) -> Vec<ClaimedEntry> {
        self.store.claim_entries(lease(now), 100, slots(100), |_| true).await.unwrap().tasks
    }

    async fn next_entry_due(&self, now: Timestamp) -> Option<Timestamp> {
        self.store.claim_entries(lease(now), 0, slots(100), |_| true).await.unwrap().next_due
    }

    async fn claim_deliveries(&self, now: Timestamp) -> Vec<ClaimedDelivery> {
        self.store.claim_deliveries(lease(now), 100, slots(100)).await.unwrap().tasks
    }
}

fn watched(name: &str, url: &str) -> WatchedSource {
    WatchedSource {
        name: name.to_owned(),
        was: None,
        url: url.to_owned(),
        host_key: format!("{name}.example"),
        every: Duration::from_mins(15),
        asked_as: "feed".to_owned(),
    }
}

fn lease(now: Timestamp) -> Lease {
    Lease { holder: Holder::Daemon, from: now, until: now.plus(Duration::from_mins(1)) }
}

fn slots(per_host: usize) -> HostSlots {
    HostSlots { per_host, ..HostSlots::default() }
}

fn answered(at: Timestamp) -> PollResult {
    PollResult {
        at,
        state: SourceState::Ok,
        failures: 0,
        error: None,
        cause: None,
        repairs: None,
        left_out: Vec::new(),
        next_poll_at: Some(at.plus(Duration::from_mins(15))),
        host_key: "bao.example".to_owned(),
        memory: PollMemory::default(),
        answer: None,
        entries: Vec::new(),
        parts: Vec::new(),
        changes: Vec::new(),
    }
}

fn new_entry(key: &str) -> NewEntry {
    let entry = Entry {
        id: Some(key.to_owned()),
        key: EntryKey::new(key),
        url: Some(format!("https://bao.example/{key}")),
        title: Some(format!("Bài {key}")),
        authors: vec![],
        published: None,
        updated: None,
        summary: None,
        content: None,
        categories: vec![],
        shares_address: false,
    };
    NewEntry { entry, host_key: Some("bao.example".to_owned()), held: None }
}

fn filing(url: &str, text: &str) -> Filing {
    let article = Article {
        url: url.to_owned(),
        canonical_url: url.to_owned(),
        title: format!("Tiêu đề {url}"),
        paragraphs: vec![text.to_owned()],
        ..Article::default()
    };
    let mut hash = [0; 32];
    hash.iter_mut().zip(text.bytes()).for_each(|(slot, byte)| *slot = byte);
    Filing {
        url_keys: vec![url.to_owned()],
        content_hash: Some(hash),
        bands: vec![],
        restraints: Restraints::default(),
        kindred: Kindred::default(),
        entities: vec![],
        search_title: crate::text::normalise::search_form(&article.title),
        search_body: crate::text::normalise::search_form(text),
        held: None,
        if_new: Causes::default(),
        if_known: Causes::default(),
        item: item(&article),
        at: NOW,
        epoch: "1.-.-".to_owned(),
        lessons: Lessons::default(),
        track: None,
        article,
    }
}

fn item(article: &Article) -> Item {
    Item {
        alerts: vec![],
        reason: Reason::New,
        observed_at: NOW,
        id: ArticleId::new(NOW),
        url: article.url.clone(),
        canonical_url: article.canonical_url.clone(),
        title: article.title.clone(),
        authors: vec![],
        source: "bao".to_owned(),
        published: None,
        language: None,
        lead: String::new(),
        attribution: None,
        extent: Extent::Whole,
        entities: vec![],
        snippets: vec![],
        change: None,
        story: None,
    }
}

fn addressed(name: &str, recipient: &str) -> Addressed {
    Addressed { name: name.to_owned(), recipient: Recipient::parse(recipient).unwrap() }
}

fn alerts(list: &[(&str, &str)]) -> Causes {
    Causes { alerts: list.iter().map(|(name, to)| addressed(name, to)).collect(), digests: vec![] }
}

/// A search for these words, one behind the other, in the form that is compared.
fn words(words: &str) -> Search {
    Search { wanted: vec![vec![Phrase::Anywhere(words.to_owned())]], ..Search::default() }
}
