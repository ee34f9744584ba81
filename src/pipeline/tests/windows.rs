//! Two months of digests: whatever happens to the machine and its clock, each item is in exactly one digest of each recipient.

use std::collections::BTreeMap;

use chrono_tz::Europe::Berlin;
use chrono_tz::Tz;
use fastrand::Rng;

use super::*;
use crate::model::{
    Addressed, Article, ArticleId, Entry, EntryKey, Extent, HeldBack, Item, Message, PollMemory,
};
use crate::store::{
    Causes, ClaimedEntry, Filing, Finished, Ingested, Kindred, Lessons, NewEntry, PollResult, Restraints,
    SourceState,
};

const ITEMS: usize = 120;
const SPAN: Duration = Duration::from_hours(60 * 24);
const HOUR: Duration = Duration::from_hours(1);

/// The digests: name, cron line, recipients.
const DIGESTS: [(&str, &str, &[&str]); 3] = [
    ("Sáng", "30 7 * * *", &["desk@example.org", "chief@example.org"]),
    ("Tối", "0 17 * * *", &["chief@example.org"]),
    ("Tuần", "15 2 * * 1", &["desk@example.org"]),
];

/// What happens to the machine.
#[derive(Debug, Clone, Copy)]
enum Event {
    Restarts,
    IsDown(Duration),
    ClockGoesForward(Duration),
    ClockGoesBack(Duration),
    ZoneBecomes(Tz),
}

/// A machine, the items that it has yet to file, and what it filed.
struct World {
    desk: Desk,
    rng: Rng,
    waiting: Vec<ClaimedEntry>,
    filed: Vec<ArticleId>,
    /// How many digests the looks at each end closed.
    closed: usize,
}

fn scheduled(zone: Tz) -> Vec<ScheduledDigest> {
    let digest = |(name, cron, to): (&str, &str, &[&str])| ScheduledDigest {
        digest: Digest {
            name: name.to_owned(),
            entities: BTreeSet::new(),
            rule: None,
            sources: SourceFilter::default(),
            to: to.iter().map(|address| Recipient::Mail((*address).to_owned())).collect(),
            max_items: 500,
            empty: EmptyDigest::Send,
            language: None,
        },
        cron: Cron::parse(cron, zone).unwrap(),
    };
    DIGESTS.into_iter().map(digest).collect()
}

fn events(rng: &mut Rng) -> Vec<(Duration, Event)> {
    let kinds = [
        Event::Restarts,
        Event::Restarts,
        Event::IsDown(20 * MINUTE),
        Event::IsDown(9 * HOUR),
        Event::IsDown(4 * DAY),
        Event::IsDown(9 * DAY),
        Event::ClockGoesForward(40 * MINUTE),
        Event::ClockGoesForward(3 * DAY),
        Event::ClockGoesForward(30 * DAY),
        Event::ClockGoesBack(Duration::from_secs(20)),
        Event::ClockGoesBack(HOUR),
        Event::ClockGoesBack(2 * DAY),
        Event::ClockGoesBack(29 * DAY),
        Event::ZoneBecomes(Berlin),
        Event::ZoneBecomes(ZONE),
        Event::ZoneBecomes(Berlin),
    ];
    let mut moment = || Duration::from_secs(rng.u64(..SPAN.as_secs()));
    let mut events: Vec<_> = kinds.into_iter().map(|kind| (moment(), kind)).collect();
    events.sort_by_key(|(at, _)| *at);
    events
}

fn listed(number: usize) -> NewEntry {
    let entry = Entry {
        id: None,
        key: EntryKey::new(number.to_string()),
        url: None,
        title: None,
        authors: Vec::new(),
        published: None,
        updated: None,
        summary: None,
        content: None,
        categories: Vec::new(),
        shares_address: false,
    };
    NewEntry { entry, host_key: None, held: None::<HeldBack> }
}

/// A store that has listed all items and filed none.
async fn world(seed: u64, start: Timestamp) -> World {
    let mut desk = Desk::open(&["/rss"]).await;
    desk.context.clock.set(start);
    Arc::get_mut(&mut desk.context.plan).unwrap().digests = scheduled(ZONE);
    desk.watch(&["/rss"]).await;
    let lease = Lease { holder: Holder::Daemon, from: start.plus(200 * DAY), until: start.plus(400 * DAY) };
    let slots = || HostSlots { per_host: 9_999, ..HostSlots::default() };
    let source = desk.context.store.claim_due_sources(lease, 9, slots(), |_| true).await.unwrap().tasks;
    let result = PollResult {
        at: start,
        state: SourceState::Ok,
        failures: 0,
        error: None,
        cause: None,
        repairs: None,
        left_out: Vec::new(),
        next_poll_at: None,
        host_key: String::new(),
        memory: PollMemory::default(),
        answer: None,
        entries: (0..ITEMS).map(listed).collect(),
        parts: Vec::new(),
        changes: Vec::new(),
    };
    assert!(desk.context.store.commit_poll(&source[0], result).await.unwrap());
    let waiting = desk.context.store.claim_entries(lease, ITEMS, slots(), |_| true).await.unwrap().tasks;
    assert_eq!(waiting.len(), ITEMS);
    open_digest_periods(&desk.context).await.unwrap();
    World { desk, rng: Rng::with_seed(seed), waiting, filed: Vec::new(), closed: 0 }
}

impl World {
    /// Lets time pass, with all that it brings.
    async fn run(&mut self) {
        let mut events = events(&mut self.rng).into_iter().peekable();
        let mut gone = Duration::ZERO;
        let mut arrival = self.pause();
        while gone < SPAN {
            let now = self.desk.now();
            let end = self.next_end(now).since(now);
            let event = events.peek().map_or(SPAN, |(at, _)| at.saturating_sub(gone));
            let step = end.min(event).min(arrival);
            gone += step;
            arrival -= step;
            self.desk.pass(step);
            if arrival.is_zero() {
                self.file().await;
                arrival = self.pause();
            }
            if step == event
                && let Some((_, event)) = events.next()
            {
                self.undergo(event).await;
            } else if step == end {
                self.end().await;
            }
        }
        // The longest period ends, too.
        self.desk.pass(8 * DAY);
        self.look().await;
    }

    /// Until the next item comes.
    fn pause(&mut self) -> Duration {
        Duration::from_secs(self.rng.u64(1..2 * SPAN.as_secs() / ITEMS as u64))
    }

    fn next_end(&self, now: Timestamp) -> Timestamp {
        let digests = self.desk.context.plan.digests.iter();
        digests.filter_map(|scheduled| scheduled.cron.next_after(now)).min().unwrap()
    }

    /// The very second of a cron line: the daemon looks, looks late, restarts, or two daemons look at once.
    async fn end(&mut self) {
        match self.rng.u8(..8) {
            0 => self.restart(),
            1 => self.desk.pass(Duration::from_secs(self.rng.u64(..120))),
            2 => {
                let other = Context {
                    store: Store::open(self.desk.folder.path()).unwrap(),
                    ..self.desk.context.clone()
                };
                let (one, two) =
                    tokio::join!(close_due_digests(&self.desk.context), close_due_digests(&other));
                self.closed += one.unwrap() + two.unwrap();
            }
            _ => {}
        }
        if self.rng.u8(..4) == 0 {
            self.file().await;
        }
        self.look().await;
    }

    async fn undergo(&mut self, event: Event) {
        let now = self.desk.now();
        match event {
            Event::Restarts => self.restart(),
            Event::IsDown(span) => {
                self.desk.pass(span);
                self.restart();
                let before = self.closed;
                self.look().await;
                assert!(self.closed - before <= 4, "what was missed is made up once");
            }
            Event::ClockGoesForward(span) => self.desk.pass(span),
            Event::ClockGoesBack(span) => self.desk.context.clock.set(now.minus(span)),
            Event::ZoneBecomes(zone) => {
                Arc::get_mut(&mut self.desk.context.plan).unwrap().digests = scheduled(zone);
            }
        }
        self.look().await;
    }

    fn restart(&mut self) {
        self.desk.context.store = Store::open(self.desk.folder.path()).unwrap();
    }

    /// What the daemon does each minute; nothing is left of it to do, and no digest waits beyond its next end.
    async fn look(&mut self) {
        let context = &self.desk.context;
        self.closed += close_due_digests(context).await.unwrap();
        assert_eq!(close_due_digests(context).await.unwrap(), 0);
        let now = context.clock.now();
        for ScheduledDigest { digest, cron } in &context.plan.digests {
            let of = |to: &Recipient| Addressed { name: digest.name.clone(), recipient: to.clone() };
            let windows =
                context.store.digest_windows(digest.to.iter().map(of).collect(), now).await.unwrap();
            let next = cron.next_after(now).unwrap();
            assert!(windows.iter().all(|window| window.opened_at <= next), "{windows:?} at {now}");
        }
    }

    /// Files the next item for every digest.
    async fn file(&mut self) {
        let Some(entry) = self.waiting.pop() else { return };
        let at = self.desk.now();
        let context = &self.desk.context;
        let filed = context.store.commit_ingest(&entry, filing(&context.plan, self.waiting.len(), at)).await;
        let Ingested::New(fresh) = filed.unwrap() else { panic!("the item is new") };
        self.filed.push(fresh.id);
    }

    /// The items of all messages, by digest and recipient.
    async fn told(&self) -> BTreeMap<(String, String), Vec<ArticleId>> {
        let mut told: BTreeMap<(String, String), Vec<ArticleId>> = BTreeMap::new();
        for row in self.desk.context.store.outbox(Finished::Shown).await.unwrap() {
            let Message::Digest { name, items, omitted: 0, .. } = row.delivery.message else {
                panic!("digests alone are sent")
            };
            let of = told.entry((name, row.delivery.recipient.to_string())).or_default();
            of.extend(items.iter().map(|item| item.id));
        }
        told
    }
}

fn filing(plan: &Plan, number: usize, at: Timestamp) -> Filing {
    let url = format!("https://bao.example/{number}");
    let article = Article { url: url.clone(), title: format!("Bài {number}"), ..Article::default() };
    let to = |digest: &Digest| -> Vec<Addressed> {
        let of = |to: &Recipient| Addressed { name: digest.name.clone(), recipient: to.clone() };
        digest.to.iter().map(of).collect()
    };
    let digests = plan.digests.iter().flat_map(|scheduled| to(&scheduled.digest)).collect();
    Filing {
        url_keys: vec![url.clone()],
        content_hash: None,
        bands: Vec::new(),
        kindred: Kindred::default(),
        entities: Vec::new(),
        search_title: String::new(),
        search_body: String::new(),
        held: None,
        if_new: Causes { alerts: Vec::new(), digests },
        if_known: Causes::default(),
        restraints: Restraints::default(),
        item: Item {
            alerts: Vec::new(),
            reason: Reason::New,
            observed_at: at,
            id: ArticleId::new(at),
            url: url.clone(),
            canonical_url: url,
            title: article.title.clone(),
            authors: Vec::new(),
            source: "/rss".to_owned(),
            published: None,
            language: None,
            lead: String::new(),
            attribution: None,
            extent: Extent::Whole,
            entities: Vec::new(),
            snippets: Vec::new(),
            change: None,
            story: None,
        },
        at,
        epoch: String::new(),
        lessons: Lessons::default(),
        track: None,
        article,
    }
}

#[tokio::test]
async fn each_item_is_in_exactly_one_digest_of_each_recipient() {
    // The autumn and the spring in which clocks are changed in Berlin.
    for (seed, start) in [(1, "2026-09-28T03:00:00Z"), (2, "2027-03-01T17:00:00Z")] {
        let start = start.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into();
        let mut world = world(seed, start).await;
        world.run().await;
        let mut filed = world.filed.clone();
        filed.sort_unstable();
        assert!(filed.len() > ITEMS / 2, "{} were filed", filed.len());
        let told = world.told().await;
        assert_eq!(told.len(), 4);
        for (of, mut items) in told {
            items.sort_unstable();
            assert_eq!(items, filed, "seed {seed}, {of:?}");
        }
    }
}
