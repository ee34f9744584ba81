//! A month of 200 feeds, hour by hour, on the functions that the daemon uses: a machine that sleeps, restarts and has its clock set,
//! and publishers that want, fail, move and end. Every poll is held against the rules.

mod publisher;
mod rules;
mod watched;

use std::collections::HashMap;

use fastrand::Rng;

use self::publisher::Publisher;
use self::rules::Clocks;
use self::watched::Watched;
use super::*;
use crate::schedule::{Waiting, is_gap, resume};

const FEEDS: usize = 200;
const MONTH: Duration = Duration::from_hours(30 * 24);

/// What happens to the machine.
#[derive(Debug, Clone, Copy)]
enum Event {
    Sleeps(Duration),
    Restarts(Duration),
    ClockGoesForward(Duration),
    ClockGoesBack(Duration),
}

struct World {
    sources: Vec<Watched>,
    rng: Rng,
    clocks: Clocks,
    last_look: Timestamp,
    events: Vec<(Timestamp, Event)>,
    clock_went_back: Option<Timestamp>,
    per_minute: HashMap<(usize, i64), usize>,
}

fn events(rng: &mut Rng) -> Vec<(Timestamp, Event)> {
    let kinds = [
        Event::Sleeps(8 * HOUR),
        Event::Sleeps(10 * MINUTE),
        Event::Sleeps(3 * DAY),
        Event::Restarts(Duration::from_secs(20)),
        Event::Restarts(Duration::from_secs(20)),
        Event::Restarts(5 * HOUR),
        Event::ClockGoesForward(2 * HOUR),
        Event::ClockGoesForward(DAY),
        Event::ClockGoesBack(HOUR),
        Event::ClockGoesBack(DAY),
        Event::ClockGoesBack(Duration::from_secs(30)),
    ];
    let mut moment = || NOW.plus(Duration::from_secs(rng.u64(3_600..29 * 86_400)));
    let mut events: Vec<_> = kinds.into_iter().map(|kind| (moment(), kind)).collect();
    events.sort_by_key(|(at, _)| *at);
    events
}

impl World {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let sources = (0..FEEDS).map(|number| Watched::new(Publisher::new(number, &mut rng))).collect();
        let events = events(&mut rng);
        let clocks = Clocks { real: NOW, wall: NOW };
        let mut world = Self {
            sources,
            rng,
            clocks,
            last_look: NOW,
            events,
            clock_went_back: None,
            per_minute: HashMap::new(),
        };
        world.resume();
        world
    }

    fn run(&mut self) {
        while self.clocks.real < NOW.plus(MONTH) {
            let due = self.sources.iter().filter_map(|source| source.next).min().unwrap();
            // As the daemon does: until the next is due, a minute at most.
            self.pass(due.since(self.clocks.wall).min(MINUTE));
            self.happen();
            if is_gap(self.last_look, self.clocks.wall) {
                self.resume();
            }
            self.last_look = self.clocks.wall;
            let due = |source: &Watched| source.next.is_some_and(|next| next <= self.clocks.wall);
            let due: Vec<usize> = (0..FEEDS).filter(|number| due(&self.sources[*number])).collect();
            for number in due {
                self.poll(number);
            }
        }
    }

    fn pass(&mut self, span: Duration) {
        self.clocks = Clocks { real: self.clocks.real.plus(span), wall: self.clocks.wall.plus(span) };
    }

    fn happen(&mut self) {
        let Some((at, event)) = self.events.first().copied() else { return };
        if at > self.clocks.real {
            return;
        }
        self.events.remove(0);
        let added = match event {
            Event::Sleeps(span) | Event::Restarts(span) => {
                self.pass(span);
                span
            }
            Event::ClockGoesForward(span) => {
                self.clocks.wall = self.clocks.wall.plus(span);
                Duration::ZERO
            }
            Event::ClockGoesBack(span) => {
                self.clocks.wall = self.clocks.wall.minus(span);
                self.clock_went_back = Some(self.clocks.real);
                span
            }
        };
        for promise in self.sources.iter_mut().filter_map(|source| source.promise.as_mut()) {
            promise.pause(added);
        }
        if let Event::Restarts(_) = event {
            self.resume();
        }
    }

    fn resume(&mut self) {
        let now = self.clocks.wall;
        let hosts: Vec<String> = self.sources.iter().map(|source| source.feed.host.to_string()).collect();
        let waiting: Vec<Waiting<'_>> = self
            .sources
            .iter()
            .zip(&hosts)
            .filter_map(|(source, host)| {
                Some(Waiting {
                    name: &source.feed.name,
                    host,
                    pace: Pace { every: source.feed.every, cadence: &source.feed.cadence, history: &[] },
                    last_polled_at: source.last,
                    next_poll_at: source.next?,
                    hints: &source.memory.hints,
                })
            })
            .collect();
        let mut times = resume(&waiting, now).into_iter();
        for source in self.sources.iter_mut().filter(|source| source.next.is_some()) {
            source.next = times.next();
            source.last = source.last.map(|last| last.min(now));
        }
    }

    fn poll(&mut self, number: usize) {
        let (clocks, rng) = (self.clocks, &mut self.rng);
        let source = &mut self.sources[number];
        let minute = clocks.real.micros() / 60_000_000;
        *self.per_minute.entry((source.feed.host, minute)).or_default() += 1;
        if let Some(promise) = &source.promise {
            promise.hold(&source.feed, clocks);
        }
        let (visit, ended) = source.visit(clocks, rng);
        if source.polls > 0 {
            let went_back =
                self.clock_went_back.is_some_and(|at| source.whole.is_some_and(|whole| at > whole.real));
            source.hold_whole(&visit, clocks, went_back);
        }
        if visit.whole {
            source.whole = Some(clocks);
        }
        source.settle(&visit, &ended, clocks, rng.f64());
    }
}

#[test]
fn a_month_of_two_hundred_feeds_keeps_every_rule() {
    for seed in [1, 2, 3] {
        let mut world = World::new(seed);
        world.run();
        for source in &world.sources {
            let starved = source.promise.as_ref().unwrap().is_starved(world.clocks);
            assert!(!starved, "{} waits for ever", source.feed.name);
            source.hold_news();
        }
        let most = |big: bool| {
            let of = world.per_minute.iter().filter(|((host, _), _)| (*host == 0) == big);
            of.map(|(_, count)| *count).max().unwrap()
        };
        let polls: usize = world.sources.iter().map(|source| source.polls).sum();
        let silent = world.sources.iter().filter(|source| source.memory.stale).count();
        let moved = world.sources.iter().filter(|source| source.redirected >= 3).count();
        println!(
            "seed {seed}: {polls} polls; a minute's most {} of 40 feeds on a host, {} of 5; {silent} called silent, {moved} moved",
            most(true),
            most(false)
        );
        assert!(most(true) <= 16 && most(false) <= 5);
    }
}
