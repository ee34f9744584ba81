//! One source: asked and settled as the pipeline does it, and held against what may be told and asked in whole.

use fastrand::Rng;

use super::super::*;
use super::MONTH;
use super::publisher::{Fate, Publisher, Refusal};
use super::rules::{Clocks, Promise};
use crate::model::PollMemory;
use crate::schedule::{Answer, Ended, News, Outcome, Visit, addresses, asks_whole, decide, wants_history};

/// One source as the store keeps it, and what is watched about it.
pub(super) struct Watched {
    pub(super) feed: Publisher,
    pub(super) memory: PollMemory,
    pub(super) next: Option<Timestamp>,
    pub(super) last: Option<Timestamp>,
    pub(super) failures: u32,
    pub(super) promise: Option<Promise>,
    pub(super) whole: Option<Clocks>,
    pub(super) news: Vec<News>,
    pub(super) redirected: u32,
    pub(super) polls: usize,
}

impl Watched {
    /// A source that was never polled and is due.
    pub(super) fn new(feed: Publisher) -> Self {
        Self {
            feed,
            memory: PollMemory::default(),
            next: Some(NOW),
            last: None,
            failures: 0,
            promise: None,
            whole: None,
            news: Vec::new(),
            redirected: 0,
            polls: 0,
        }
    }

    /// As `pipeline` asks: a second address only where the first failed without naming a time.
    pub(super) fn visit(&mut self, clocks: Clocks, rng: &mut Rng) -> (Visit, Result<Answer, Refusal>) {
        let new = self.feed.publish(clocks.real, rng);
        let usual = self.memory.moved.address.clone().unwrap_or_else(|| self.feed.old.clone());
        let daily = self.polls == 0 || asks_whole(&self.feed.name, &self.memory, clocks.wall);
        let mut visit = Visit { asked: usual.clone(), asked_configured: false, whole: false };
        let mut ended = Err(Refusal::Failed(None));
        for address in addresses(&self.feed.old, &self.memory.moved, clocks.wall) {
            visit = Visit {
                asked: address.clone(),
                asked_configured: visit.asked_configured || *address == self.feed.old,
                whole: visit.whole || daily || *address != usual,
            };
            ended = self.feed.answer(address, clocks.real, rng);
            if !matches!(ended, Err(Refusal::Failed(None) | Refusal::Gone)) {
                break;
            }
        }
        let read =
            |answer: Answer| Answer { hints: Some(self.feed.hints.clone()), brings_news: new, ..answer };
        (visit, ended.map(read))
    }

    /// At most once a day without validators, and as often as that.
    pub(super) fn hold_whole(&self, visit: &Visit, clocks: Clocks, clock_went_back: bool) {
        let usual = self.memory.moved.address.as_ref().unwrap_or(&self.feed.old);
        let Some(before) = self.whole.filter(|_| visit.asked == *usual && !clock_went_back) else { return };
        let since = clocks.wall.since(before.wall).max(clocks.real.since(before.real));
        let alone = self.memory.moved.address.is_none();
        assert!(!alone || !visit.whole || since >= DAY, "{}: {since:?}", self.feed.name);
        assert!(visit.whole || since <= DAY.mul_f64(1.1), "{}: {since:?}", self.feed.name);
    }

    pub(super) fn settle(
        &mut self,
        visit: &Visit,
        ended: &Result<Answer, Refusal>,
        clocks: Clocks,
        jitter: f64,
    ) {
        let failures = self.failures + 1;
        let outcome = match ended {
            Ok(answer) => Outcome::Answered(answer.clone()),
            Err(Refusal::Failed(retry_after)) => {
                Outcome::Failed { failures, retry_after: *retry_after, status: None }
            }
            Err(Refusal::Gone) => Outcome::Gone,
        };
        let latest = self.feed.published.len().saturating_sub(100);
        let wanted = wants_history(&self.feed.cadence, &self.memory, clocks.wall);
        let history = if wanted { &self.feed.published[latest..] } else { &[] };
        let pace = Pace { every: self.feed.every, cadence: &self.feed.cadence, history };
        let (configured, memory) = (&self.feed.old, &self.memory);
        let ended_poll = Ended { configured, pace, memory, visit, outcome: &outcome };
        let decision = decide(&ended_poll, clocks.wall, jitter);
        self.failures = if ended.is_ok() { 0 } else { failures };
        self.memory = decision.memory;
        self.news.extend(decision.news);
        // Good answers in a row; the first three tell.
        self.redirected = match ended {
            _ if self.redirected >= 3 => self.redirected,
            Ok(Answer { moved_to: Some(_), .. }) => self.redirected + 1,
            _ => 0,
        };
        self.promise = Some(Promise::of(&self.feed, clocks, &self.memory.hints, (ended, self.failures)));
        (self.next, self.last, self.polls) = (decision.next_poll_at, Some(clocks.wall), self.polls + 1);
    }

    /// Whether the month ends before the old address must have been tried again.
    fn looks_back_soon(&self) -> bool {
        self.memory.moved.looked_back_at.is_some_and(|at| at.plus(10 * DAY) > NOW.plus(MONTH))
    }

    /// What was told in a month.
    pub(super) fn hold_news(&self) {
        let moved = News::Moved(self.feed.new.clone());
        let told: Vec<&News> =
            self.news.iter().filter(|news| !matches!(news, News::Stale(_) | News::Fresh)).collect();
        let silent = self.news.iter().filter(|news| matches!(news, News::Stale(_))).count();
        let (name, fate) = (&self.feed.name, self.feed.fate);
        match fate {
            Fate::Moves | Fate::MovesAndBurns | Fate::MovesAndReturns if self.redirected < 3 => {
                assert!(told.is_empty(), "{name} was not asked often enough: {told:?}");
            }
            Fate::Moves | Fate::MovesAndBurns => assert_eq!(told, [&moved], "{name} {fate:?}"),
            // The old address is tried once a week, at a poll, which may be days after it is due.
            Fate::MovesAndReturns if self.looks_back_soon() => assert_eq!(told[0], &moved, "{name}"),
            Fate::MovesAndReturns => assert_eq!(told, [&moved, &News::MovedBack], "{name}"),
            _ => assert!(told.is_empty(), "{name} {fate:?}: {told:?}"),
        }
        let last_new_at = self.memory.last_new_at.unwrap_or(NOW);
        let silent_long = fate == Fate::FallsSilent && last_new_at.plus(16 * DAY) < NOW.plus(MONTH);
        assert!(
            silent <= 1 && (silent == 0 || fate == Fate::FallsSilent),
            "{name} {fate:?}: {:?}",
            self.news
        );
        assert!(silent == 1 || !silent_long, "{name} has listed nothing since {last_new_at}");
        assert_eq!(self.next.is_none(), fate == Fate::Ends, "{name}");
    }
}
