//! What storing an article costs as the file grows: `cargo bench --bench growth [-- ARTICLES]`. It prints and judges nothing.
//!
//! Articles of 300 to 500 words go through the store's own door, as the daemon files them: listed by a poll, claimed, looked up among
//! possible copies, filed with what follows, 32 at a time. A fifth are copies of earlier ones with other addresses and words. A
//! million take about twenty minutes and 4 GB of the folder for temporary files.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::VecDeque;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use diemtin::model::{
    Article, ArticleId, Entry, EntryKey, Extent, Item, Moment, PollMemory, Prominence, Reason, SourceId,
    Timestamp,
};
use diemtin::store::{
    Causes, ClaimedEntry, ClaimedSource, Filing, Holder, HostSlots, Ingested, Kindred, Lease, Lessons,
    NewEntry, Phrase, PollResult, Restraints, Search, SourceState, Store, StoreError, WatchedSource,
};
use diemtin::text::normalise::search_form;
use tokio::task::JoinSet;

const ARTICLES: usize = 20_000;
const SOURCES: usize = 100;
/// Entries of a poll, which are then filed together.
const TOGETHER: usize = 32;
const BEGIN: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);
/// Candidates that a new article is compared with.
const NEAREST: usize = 16;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let articles = arguments.first().map_or(Ok(ARTICLES), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(fill(folder.path(), articles))?;
    runtime.block_on(ask(folder.path()))
}

/// Files so many articles and prints ten times what the last tenth cost.
async fn fill(folder: &Path, articles: usize) -> Outcome<()> {
    let store = Store::open(folder)?;
    let mut press = Press::new(store.clone()).await?;
    println!("{:>10} {:>14} {:>14} {:>14} {:>12}", "articles", "listing", "neighbours", "filing", "bytes");
    for tenth in 1..=10 {
        let spent = press.print_until(articles * tenth / 10).await?;
        let size = std::fs::metadata(folder.join("diemtin.db"))?.len();
        println!(
            "{:>10} {:>11.0} µs {:>11.0} µs {:>11.0} µs {:>12.0}",
            press.printed,
            spent.listing,
            spent.neighbours,
            spent.filing,
            size as f64 / press.printed as f64
        );
    }
    Ok(())
}

/// What a start and questions take.
async fn ask(folder: &Path) -> Outcome<()> {
    let begun = Instant::now();
    let store = Store::open(folder)?;
    let opened = begun.elapsed();
    store.claim_due_sources(lease(BEGIN), 100, slots(), |_| true).await?;
    println!("opened in {opened:.1?}, first sources claimed after {:.1?}", begun.elapsed());
    let words = Words::new();
    let [frequent, rare] = [words.at(0), words.at(5_000)].map(search_form);
    let phrase = search_form(&format!("{} {}", words.at(0), words.at(1)));
    for (what, query) in
        [("frequent word", &frequent), ("rare word", &rare), ("phrase of frequent words", &phrase)]
    {
        let begun = Instant::now();
        let search = Search { wanted: vec![vec![Phrase::Anywhere(query.clone())]], ..Search::default() };
        let found = store.search(search, i64::MAX, 20).await?.len();
        println!("search for a {what}: {found} found in {:.1?}", begun.elapsed());
    }
    Ok(())
}

/// Processor time for each article, in microseconds.
#[derive(Default)]
struct Spent {
    listing: f64,
    neighbours: f64,
    filing: f64,
}

/// Newsrooms that write without end.
struct Press {
    store: Store,
    source: SourceId,
    words: Words,
    chance: Chance,
    /// Bands of the latest articles, to copy some of.
    latest: VecDeque<Vec<u64>>,
    printed: usize,
}

impl Press {
    async fn new(store: Store) -> Outcome<Self> {
        let watched = (0..SOURCES).map(|number| WatchedSource {
            name: format!("Báo {number}"),
            was: None,
            url: format!("https://bao{number}.example/rss"),
            host_key: format!("bao{number}.example"),
            every: Duration::from_mins(15),
        });
        let ids = store.watch_sources(watched.collect(), Holder::Daemon, BEGIN).await?;
        let source = *ids.values().next().ok_or("no source")?;
        Ok(Self {
            store,
            source,
            words: Words::new(),
            chance: Chance(1),
            latest: VecDeque::new(),
            printed: 0,
        })
    }

    async fn print_until(&mut self, articles: usize) -> Outcome<Spent> {
        let (mut spent, begun) = (Spent::default(), self.printed);
        while self.printed < articles {
            self.print_some(&mut spent).await?;
        }
        let count = (self.printed - begun).max(1) as f64;
        let each = |seconds: f64| seconds * 1e6 / count;
        Ok(Spent {
            listing: each(spent.listing),
            neighbours: each(spent.neighbours),
            filing: each(spent.filing),
        })
    }

    /// One poll of a source, and its articles.
    async fn print_some(&mut self, spent: &mut Spent) -> Outcome<()> {
        let now = BEGIN.plus(Duration::from_secs(self.printed as u64 * 30));
        let due = self.store.claim_due_sources(lease(now), 1, slots(), |_| true).await?.tasks;
        let source = due.first().ok_or("no source is due")?.clone();
        self.source = source.id;
        let entries: Vec<NewEntry> = (0..TOGETHER).map(|number| self.entry(&source, number, now)).collect();
        let mut filings: VecDeque<Filing> =
            entries.iter().map(|new| self.filing(&new.entry, &source, now)).collect();
        let begun = processor_time()?;
        self.store.commit_poll(&source, polled(&source, now, entries)).await?;
        let claimed = self.store.claim_entries(lease(now), TOGETHER, slots(), |_| true).await?.tasks;
        let listed = processor_time()?;
        for filing in &mut filings {
            filing.judged_up_to = self.store.neighbours(filing.bands.clone(), NEAREST).await?.up_to;
        }
        let looked = processor_time()?;
        let mut filed = JoinSet::new();
        for (claimed, filing) in claimed.into_iter().zip(filings) {
            filed.spawn(file(self.store.clone(), claimed, filing));
        }
        for ended in filed.join_all().await {
            if let Ingested::New(_) = ended? {
                self.printed += 1;
            }
        }
        spent.listing += listed - begun;
        spent.neighbours += looked - listed;
        spent.filing += processor_time()? - looked;
        Ok(())
    }

    fn entry(&mut self, source: &ClaimedSource, number: usize, now: Timestamp) -> NewEntry {
        let url =
            format!("https://{}/tin-tuc/{}-{number}.htm", source.host_key, self.words.slug(&mut self.chance));
        let entry = Entry {
            id: Some(url.clone()),
            key: EntryKey::new(format!("link:{url}")),
            title: Some(self.words.text(&mut self.chance, 12)),
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

    fn filing(&mut self, entry: &Entry, source: &ClaimedSource, now: Timestamp) -> Filing {
        let url = entry.url.clone().unwrap_or_default();
        let count = 300 + self.chance.below(200);
        let paragraphs: Vec<String> = (0..8).map(|_| self.words.text(&mut self.chance, count / 8)).collect();
        let article = Article {
            canonical_url: url.clone(),
            url: url.clone(),
            title: entry.title.clone().unwrap_or_default(),
            authors: vec![self.words.text(&mut self.chance, 3)],
            published: entry.published,
            language: Some("vi".to_owned()),
            site: Some(source.name.clone()),
            image: Some(format!("https://cdn.{}/{}.jpg", source.host_key, self.words.slug(&mut self.chance))),
            lead: self.words.text(&mut self.chance, 30),
            paragraphs,
            ..Article::default()
        };
        let mut content_hash = [0; 32];
        for byte in &mut content_hash {
            *byte = self.chance.below(256) as u8;
        }
        let entities = ["Huawei", "SMIC"].map(|name| Prominence {
            name: name.to_owned(),
            count: 3,
            in_title: false,
            surfaces: vec![name.to_owned()],
        });
        Filing {
            kindred: Kindred::default(),
            url_keys: vec![url],
            content_hash: Some(content_hash),
            bands: self.bands(),
            judged_up_to: 0,
            entities: entities.into_iter().take(self.chance.below(3)).collect(),
            search_title: search_form(&article.title),
            search_body: search_form(&format!("{}\n{}", article.lead, article.text())),
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
        }
    }

    /// Those of a text of its own, or half of a copy's.
    fn bands(&mut self) -> Vec<u64> {
        let mut bands: Vec<u64> = (0..40).map(|_| self.chance.next()).collect();
        let copied = self.chance.below(self.latest.len().max(1) * 5);
        if let Some(original) = self.latest.get(copied) {
            bands.truncate(20);
            bands.extend(original.iter().take(20));
        }
        self.latest.push_front(bands.clone());
        self.latest.truncate(10_000);
        bands
    }
}

/// Files an article; where a copy came in between, after another look.
async fn file(store: Store, claimed: ClaimedEntry, mut filing: Filing) -> Result<Ingested, StoreError> {
    loop {
        match store.commit_ingest(&claimed, filing.clone()).await? {
            Ingested::Overtaken => {
                filing.judged_up_to = store.neighbours(filing.bands.clone(), NEAREST).await?.up_to;
            }
            filed => return Ok(filed),
        }
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

fn lease(now: Timestamp) -> Lease {
    Lease { holder: Holder::Daemon, from: now, until: now.plus(Duration::from_mins(5)) }
}

fn slots() -> HostSlots {
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

/// A vocabulary in which, as in any language, the n-th word is n times rarer than the first (Zipf 1949).
struct Words(Vec<String>);

const ONSETS: [&str; 22] = [
    "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th",
    "tr", "v", "x",
];
const VOWELS: [&str; 28] = [
    "a", "á", "à", "ả", "ă", "ắ", "â", "ấ", "ầ", "ậ", "e", "é", "ê", "ế", "ề", "i", "í", "o", "ó", "ô", "ố",
    "ộ", "ơ", "ờ", "u", "ư", "ươ", "iệ",
];
const ENDS: [&str; 10] = ["", "", "n", "ng", "nh", "t", "c", "p", "m", "i"];

impl Words {
    fn new() -> Self {
        let mut chance = Chance(7);
        let mut part = |of: &[&'static str]| of.get(chance.below(of.len())).copied().unwrap_or_default();
        Self((0..7_000).map(|_| [part(&ONSETS), part(&VOWELS), part(&ENDS)].concat()).collect())
    }

    fn at(&self, rank: usize) -> &str {
        self.0.get(rank).map_or("", String::as_str)
    }

    fn text(&self, chance: &mut Chance, words: usize) -> String {
        let mut text = String::new();
        for _ in 0..words {
            let share = chance.below(1 << 20) as f64 / f64::from(1 << 20);
            let rank = (self.0.len() as f64).powf(share) as usize - 1;
            let figure = chance.below(1_000);
            let end = ["", "", "", "", "", "", "", "", "", "", ",", "."]
                .get(chance.below(12))
                .copied()
                .unwrap_or_default();
            // Writing to a String cannot fail.
            let _written = match chance.below(40) {
                0 => write!(text, "{figure}{end} "),
                _ => write!(text, "{}{end} ", self.at(rank)),
            };
        }
        text
    }

    fn slug(&self, chance: &mut Chance) -> String {
        format!(
            "{}-{}",
            search_form(&self.text(chance, 6)).replace(|c: char| !c.is_alphanumeric(), "-"),
            chance.below(100_000_000)
        )
    }
}

/// `SplitMix64`.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
}

/// Of this process, in seconds: Linux keeps it for each thread in nanoseconds.
fn processor_time() -> Outcome<f64> {
    let mut nanoseconds = 0.0;
    for task in std::fs::read_dir("/proc/self/task")? {
        let spent = std::fs::read_to_string(task?.path().join("schedstat"))?;
        nanoseconds += spent.split(' ').next().unwrap_or_default().parse::<f64>()?;
    }
    Ok(nanoseconds / 1e9)
}
