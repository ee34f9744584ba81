//! Newsrooms that write without end, and the way of an article into the store.

use std::collections::VecDeque;
use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diemtin::dedup::{Bond, Facts, Known, Parts, Signature, bond, canonical_url, content_hash, tied};
use diemtin::model::{
    Article, ArticleId, Entry, EntryKey, Extent, Item, Moment, PollMemory, Prominence, Reason, SourceId,
    Timestamp, Withheld,
};
use diemtin::store::{
    Causes, ClaimedEntry, ClaimedSource, Filing, Holder, HostSlots, Ingested, Judge, Kin, Kindred, Lease,
    Lessons, Nearby, NewEntry, PollResult, Restraints, SourceState, Store, StoreError, WatchedSource, Weigh,
};
use diemtin::text::normalise::search_form;
use tokio::task::JoinSet;

use crate::chance::Chance;
use crate::words::Words;
use crate::{BEGIN, Outcome};

const SOURCES: usize = 100;
/// Entries of a poll, which are then filed together …
const TOGETHER: usize = 32;
/// … and where nobody measures.
const TOGETHER_QUICKLY: usize = 512;
/// Paragraphs of an article …
const PARAGRAPHS: usize = 8;
/// … of which a copy brings so many of its own.
const OWN: usize = 2;
/// Of so many articles one names `RARE`.
const SELDOM: usize = 500;
/// An entity that hardly any article names.
pub(crate) const RARE: &str = "Ferrovale";

/// How articles are brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// To fill the file: with bands that nothing else has, and without a look at others.
    Quick,
    /// As the pipeline does.
    Usual,
}

/// Processor time for each article, in microseconds.
#[derive(Default)]
pub(crate) struct Spent {
    /// A poll lists it, and it is claimed.
    pub(crate) listing: f64,
    /// Its hash, its names and numbers, its words as the index has them.
    pub(crate) reading: f64,
    /// It is filed with what follows: those that may be kin are looked up and compared with it on the way.
    pub(crate) filing: f64,
    pub(crate) articles: usize,
}

pub(crate) struct Press {
    store: Store,
    source: SourceId,
    words: Words,
    chance: Chance,
    /// Texts of the latest articles, to copy some of.
    latest: VecDeque<Vec<String>>,
    pub(crate) printed: usize,
    tally: Tally,
}

/// What articles at the usual pace came to.
#[derive(Default)]
pub(crate) struct Tally {
    /// So many had kin.
    pub(crate) joined: usize,
    /// What they have in common with others.
    pub(crate) keys: usize,
    /// Others that were compared with them.
    pub(crate) compared: usize,
}

impl Press {
    /// Goes on behind the articles that are there.
    pub(crate) async fn new(store: Store) -> Outcome<Self> {
        let printed = usize::try_from(store.counts().await?.articles)?;
        let watched = (0..SOURCES).map(|number| WatchedSource {
            name: format!("Báo {number}"),
            was: None,
            url: format!("https://bao{number}.example/rss"),
            host_key: format!("bao{number}.example"),
            every: Duration::from_mins(15),
            asked_as: String::new(),
        });
        let ids = store.watch_sources(watched.collect(), Holder::Daemon, BEGIN).await?;
        let source = *ids.values().next().ok_or("no source")?;
        Ok(Self {
            store,
            source,
            words: Words::new(),
            chance: Chance(printed as u64),
            latest: VecDeque::new(),
            printed,
            tally: Tally::default(),
        })
    }

    pub(crate) async fn fill_until(&mut self, articles: usize) -> Outcome<()> {
        while self.printed + TOGETHER_QUICKLY <= articles {
            self.print_some(Pace::Quick, &mut Spent::default()).await?;
        }
        Ok(())
    }

    pub(crate) async fn print_until(&mut self, articles: usize) -> Outcome<(Spent, Tally)> {
        let (mut spent, begun) = (Spent::default(), self.printed);
        self.tally = Tally::default();
        while self.printed < articles {
            self.print_some(Pace::Usual, &mut spent).await?;
        }
        let count = (self.printed - begun).max(1) as f64;
        let each = |seconds: f64| seconds * 1e6 / count;
        let spent = Spent {
            listing: each(spent.listing),
            reading: each(spent.reading),
            filing: each(spent.filing),
            articles: self.printed - begun,
        };
        Ok((spent, std::mem::take(&mut self.tally)))
    }

    /// One poll of a source, and its articles.
    async fn print_some(&mut self, pace: Pace, spent: &mut Spent) -> Outcome<()> {
        let now = BEGIN.plus(Duration::from_secs(self.printed as u64 * 30));
        let together = if pace == Pace::Quick { TOGETHER_QUICKLY } else { TOGETHER };
        let due = self.store.claim_due_sources(lease(now), 1, slots(), |_| true).await?.tasks;
        let source = due.first().ok_or("no source is due")?.clone();
        self.source = source.id;
        let entries: Vec<NewEntry> = (0..together).map(|number| self.entry(&source, number, now)).collect();
        let articles: Vec<(Article, Vec<Prominence>)> =
            entries.iter().map(|new| self.article(&new.entry, &source)).collect();
        let begun = processor_time()?;
        self.store.commit_poll(&source, polled(&source, now, entries)).await?;
        let claimed = self.store.claim_entries(lease(now), together, slots(), |_| true).await?.tasks;
        let listed = processor_time()?;
        let mut drafts = Vec::new();
        for (article, entities) in articles {
            let facts = match pace {
                Pace::Quick => Facts::default(),
                Pace::Usual => facts(&article),
            };
            drafts.push(Draft::of(article, facts, entities, now));
        }
        let read = processor_time()?;
        if pace == Pace::Quick {
            for draft in &mut drafts {
                draft.stay_apart(&mut self.chance);
            }
        }
        let mut filed = JoinSet::new();
        for (claimed, draft) in claimed.into_iter().zip(drafts) {
            filed.spawn(draft.file(self.store.clone(), claimed));
        }
        for ended in filed.join_all().await {
            let (ended, tally) = ended?;
            self.printed += usize::from(matches!(ended, Ingested::New(_)));
            self.tally.add(&tally);
        }
        spent.listing += listed - begun;
        spent.reading += read - listed;
        spent.filing += processor_time()? - read;
        Ok(())
    }

    fn entry(&mut self, source: &ClaimedSource, number: usize, now: Timestamp) -> NewEntry {
        let url =
            format!("https://{}/tin-tuc/{}-{number}.htm", source.host_key, self.words.slug(&mut self.chance));
        let entry = Entry {
            id: Some(url.clone()),
            key: EntryKey::new(format!("link:{url}")),
            title: Some(self.words.opening(&mut self.chance, 12)),
            url: Some(url),
            authors: vec![],
            published: moment(now),
            updated: None,
            summary: Some(self.words.text(&mut self.chance, 40)),
            content: None,
            categories: vec![],
            shares_address: false,
        };
        NewEntry { entry, host_key: Some(source.host_key.clone()), held: None }
    }

    fn article(&mut self, entry: &Entry, source: &ClaimedSource) -> (Article, Vec<Prominence>) {
        let url = entry.url.clone().unwrap_or_default();
        let names = ["Huawei", "SMIC"].into_iter().take(self.chance.below(3));
        let seldom = (self.chance.below(SELDOM) == 0).then_some(RARE);
        let entities = names.chain(seldom).map(|name| Prominence {
            name: name.to_owned(),
            count: 3,
            in_title: false,
            surfaces: vec![name.to_owned()],
        });
        let entities = entities.collect();
        let article = Article {
            canonical_url: url.clone(),
            url,
            title: entry.title.clone().unwrap_or_default(),
            authors: vec![self.words.text(&mut self.chance, 3)],
            published: entry.published,
            language: Some("vi".to_owned()),
            site: Some(source.name.clone()),
            image: Some(format!("https://cdn.{}/{}.jpg", source.host_key, self.words.slug(&mut self.chance))),
            lead: self.words.opening(&mut self.chance, 30),
            paragraphs: self.paragraphs(),
            ..Article::default()
        };
        (article, entities)
    }

    /// Those of a text of its own, or most of them an earlier article's.
    fn paragraphs(&mut self) -> Vec<String> {
        let count = (300 + self.chance.below(200)) / PARAGRAPHS;
        let mut paragraphs: Vec<String> =
            (0..PARAGRAPHS).map(|_| self.words.text(&mut self.chance, count)).collect();
        let copied = self.chance.below(self.latest.len().max(1) * 5);
        if let Some(original) = self.latest.get(copied) {
            paragraphs.truncate(OWN);
            paragraphs.extend(original.iter().skip(OWN).cloned());
        }
        self.latest.push_front(paragraphs.clone());
        self.latest.truncate(10_000);
        paragraphs
    }
}

/// An article on its way, and what it comes to.
struct Draft {
    filing: Filing,
    tally: Arc<Mutex<Tally>>,
}

/// What kin are judged by.
struct Sketch {
    facts: Facts,
    text: String,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.joined += other.joined;
        self.keys += other.keys;
        self.compared += other.compared;
    }
}

fn facts(article: &Article) -> Facts {
    Facts::of(Parts {
        title: &article.title,
        lead: &article.lead,
        text: &article.text(),
        mentions: &[],
        published: article.published.map(Moment::timestamp),
    })
}

impl Draft {
    /// As `pipeline::ingest` prepares it.
    fn of(article: Article, facts: Facts, entities: Vec<Prominence>, now: Timestamp) -> Self {
        let body = article.text();
        let (bands, keys) = (facts.signature.bands().to_vec(), facts.keys());
        let packed = if keys.is_empty() { vec![] } else { facts.packed() };
        let tally = Arc::new(Mutex::new(Tally { keys: keys.len(), ..Tally::default() }));
        let text = format!("{}\n{}\n{body}", article.title, article.lead);
        let (sketch, told) = (Sketch { facts, text }, tally.clone());
        let judge: Judge = Arc::new(move |nearby| {
            let compared = nearby.len();
            let kin = sketch.judge(nearby);
            if let Ok(mut tally) = told.lock() {
                tally.compared += compared;
                tally.joined += usize::from(!kin.is_empty());
            }
            kin
        });
        let weigh: Weigh = Arc::new(|_| Withheld::default());
        let kindred = Kindred { keys, facts: packed, judge: Some(judge), weigh: Some(weigh) };
        let filing = Filing {
            kindred,
            url_keys: vec![canonical_url(&article.url)],
            content_hash: content_hash(&article),
            bands,
            entities,
            search_title: search_form(&article.title),
            search_body: search_form(&format!("{}\n{body}\n", article.lead)),
            held: None,
            if_new: Causes::default(),
            if_known: Causes::default(),
            restraints: Restraints::default(),
            item: item(&article, now),
            at: now,
            epoch: "12.0a1b2c3d.4e5f6071".to_owned(),
            lessons: Lessons::default(),
            track: None,
            article,
        };
        Self { filing, tally }
    }

    /// With bands that nothing else has, and nobody to judge who is kin.
    fn stay_apart(&mut self, chance: &mut Chance) {
        self.filing.bands = (0..40).map(|_| chance.next()).collect();
        self.filing.kindred.judge = None;
    }

    async fn file(self, store: Store, claimed: ClaimedEntry) -> Result<(Ingested, Tally), StoreError> {
        for key in &self.filing.url_keys {
            store.listed_article_by_url(key.clone()).await?;
        }
        let filed = store.commit_ingest(&claimed, self.filing).await?;
        let tally = self.tally.lock().map(|mut tally| std::mem::take(&mut *tally)).unwrap_or_default();
        Ok((filed, tally))
    }
}

impl Sketch {
    fn judge(&self, nearby: Vec<Nearby>) -> Vec<Kin> {
        let mut kin: Vec<_> = nearby.into_iter().filter_map(|nearby| self.judge_one(&nearby)).collect();
        kin.sort_by(|(_, one, _), (_, other, _)| other.share.total_cmp(&one.share));
        let bonds: Vec<_> = kin.iter().map(|(_, bond, facts)| (*bond, facts)).collect();
        let ties = tied(&bonds);
        kin.iter()
            .zip(ties)
            .map(|((id, bond, _), is_tied)| Kin { id: *id, holds_all: bond.is_contained, is_tied })
            .collect()
    }

    fn judge_one(&self, nearby: &Nearby) -> Option<(ArticleId, Bond, Facts)> {
        let facts = nearby.facts.as_deref().and_then(Facts::unpacked);
        let whole = |article: &Article| {
            Signature::of(&format!("{}\n{}\n{}", article.title, article.lead, article.paragraphs.join("\n")))
        };
        let signature = nearby.article.as_ref().map(whole);
        let known = Known { facts: facts.as_ref(), signature: signature.as_ref() };
        let bond = bond(&self.facts, &self.text, known)?;
        Some((nearby.id, bond, facts.unwrap_or_default()))
    }
}

fn item(article: &Article, now: Timestamp) -> Item {
    Item {
        alerts: vec![],
        reason: Reason::New,
        observed_at: now,
        id: ArticleId::new(now),
        url: article.url.clone(),
        canonical_url: article.canonical_url.clone(),
        title: article.title.clone(),
        authors: vec![],
        source: "Báo".to_owned(),
        published: article.published,
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

fn moment(at: Timestamp) -> Option<Moment> {
    let at = chrono::DateTime::from_timestamp(at.micros() / 1_000_000, 0)?;
    Some(Moment::Instant(at.into()))
}

pub(crate) fn lease(now: Timestamp) -> Lease {
    Lease { holder: Holder::Daemon, from: now, until: now.plus(Duration::from_mins(5)) }
}

pub(crate) fn slots() -> HostSlots {
    HostSlots { per_host: 1_000, ..HostSlots::default() }
}

fn polled(source: &ClaimedSource, now: Timestamp, entries: Vec<NewEntry>) -> PollResult {
    PollResult {
        at: now,
        state: SourceState::Ok,
        failures: 0,
        error: None,
        cause: None,
        repairs: None,
        left_out: Vec::new(),
        next_poll_at: Some(now.plus(Duration::from_mins(15))),
        host_key: source.host_key.clone(),
        memory: PollMemory::default(),
        answer: None,
        entries,
        parts: Vec::new(),
        changes: Vec::new(),
    }
}

/// Of this process, in seconds: Linux keeps it for each thread in nanoseconds.
pub(crate) fn processor_time() -> Result<f64, Box<dyn Error>> {
    let mut nanoseconds = 0.0;
    for task in std::fs::read_dir("/proc/self/task")? {
        let spent = std::fs::read_to_string(task?.path().join("schedstat"))?;
        nanoseconds += spent.split(' ').next().unwrap_or_default().parse::<f64>()?;
    }
    Ok(nanoseconds / 1e9)
}
