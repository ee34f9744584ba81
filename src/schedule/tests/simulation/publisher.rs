//! Publishers as they are: with wishes, outages, moves, and an end.

use std::time::Duration;

use fastrand::Rng;
use url::Url;

use super::super::{DAY, HOUR, MINUTE, NOW};
use crate::model::{FeedHints, Timestamp};
use crate::schedule::{Answer, Cadence, Cron};

/// What a publisher does with its feed's address, and from when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing.
    Stays,
    /// A permanent redirect to a new address.
    Moves,
    /// The same, and back ten days later.
    MovesAndReturns,
    /// A permanent redirect, and a week later the old address is switched off.
    MovesAndBurns,
    /// A redirect that is not permanent.
    Detours,
    /// A permanent redirect from https to http.
    Downgrades,
    /// 410.
    Ends,
    /// It goes on answering and publishes nothing.
    FallsSilent,
}

/// A feed, its publisher and what the user wrote about it.
#[derive(Debug)]
pub(super) struct Publisher {
    pub(super) name: String,
    pub(super) host: usize,
    pub(super) every: Duration,
    pub(super) cadence: Cadence,
    pub(super) hints: FeedHints,
    pub(super) fate: Fate,
    pub(super) turn: Timestamp,
    pub(super) old: Url,
    pub(super) new: Url,
    gap: Duration,
    pub(super) published: Vec<Timestamp>,
    outage: (Timestamp, Timestamp),
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Gone,
    Failed(Option<Duration>),
}

fn one<T: Clone>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())].clone()
}

fn fate(number: usize) -> Fate {
    match number % 20 {
        0 => Fate::Moves,
        1 => Fate::MovesAndReturns,
        2 => Fate::MovesAndBurns,
        3 => Fate::Detours,
        4 => Fate::Downgrades,
        5 => Fate::Ends,
        6 => Fate::FallsSilent,
        _ => Fate::Stays,
    }
}

impl Publisher {
    /// The first 40 share one host, the others are five to a host.
    pub(super) fn new(number: usize, rng: &mut Rng) -> Self {
        let cron = |line: &str| Cadence::Cron(Cron::parse(line, chrono_tz::Asia::Ho_Chi_Minh).unwrap());
        let (every, cadence) = match rng.u8(..10) {
            0..6 => (
                one(rng, &[5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, 2 * DAY]),
                Cadence::Interval,
            ),
            6..8 => (MINUTE, Cadence::Auto),
            8 => (MINUTE, cron("*/15 6-22 * * *")),
            _ => (MINUTE, cron(one(rng, &["30 7 * * *", "5 */4 * * MON-FRI"]))),
        };
        let hints = FeedHints {
            ttl: one(rng, &[None, None, Some(5 * MINUTE), Some(HOUR), Some(3 * DAY)]),
            update_period: one(rng, &[None, None, None, Some(HOUR), Some(7 * DAY)]),
            skip_hours: one(
                rng,
                &[vec![], vec![], vec![0, 1, 2, 3, 4, 5], (1..24).collect(), (0..24).collect()],
            ),
            skip_days: one(rng, &[vec![], vec![], vec![chrono::Weekday::Sat, chrono::Weekday::Sun]]),
        };
        let outage = NOW.plus(rng.u32(0..28) * DAY);
        let address =
            |scheme: &str, host: &str| Url::parse(&format!("{scheme}://{host}{number}.example/rss")).unwrap();
        let fate = fate(number);
        let gap = one(rng, &[10 * MINUTE, 3 * HOUR, DAY]);
        Self {
            name: format!("Nguồn {number}"),
            host: if number < 40 { 0 } else { number / 5 },
            every,
            cadence,
            hints,
            fate,
            turn: NOW.plus(if fate == Fate::FallsSilent { 3 } else { rng.u32(1..10) } * DAY),
            old: address("https", "old"),
            new: address(if fate == Fate::Downgrades { "http" } else { "https" }, "new"),
            gap,
            published: (1..6).rev().map(|n| NOW.minus(gap * n)).collect(),
            outage: (outage, outage.plus(rng.u32(1..60) * HOUR)),
        }
    }

    /// Publishes until `true_time`; returns whether there is something new.
    pub(super) fn publish(&mut self, true_time: Timestamp, rng: &mut Rng) -> bool {
        let before = self.published.len();
        let until = if self.fate == Fate::FallsSilent { true_time.min(self.turn) } else { true_time };
        while let Some(next) =
            self.published.last().map(|last| last.plus(self.gap.mul_f64(0.2 + 1.6 * rng.f64())))
            && next <= until
        {
            self.published.push(next);
        }
        if before == 5 && self.published.len() == 5 {
            return false;
        }
        self.published.len() > before
    }

    /// What `address` says to a request.
    pub(super) fn answer(
        &self,
        address: &Url,
        true_time: Timestamp,
        rng: &mut Rng,
    ) -> Result<Answer, Refusal> {
        if (self.outage.0..self.outage.1).contains(&true_time) || rng.u8(..100) < 3 {
            return Err(Refusal::Failed(one(rng, &[None, None, Some(MINUTE), Some(HOUR), Some(3 * DAY)])));
        }
        let turned = true_time >= self.turn;
        let late = true_time >= self.turn.plus(10 * DAY);
        let permanent = match self.fate {
            Fate::Ends if turned => return Err(Refusal::Gone),
            Fate::MovesAndBurns if true_time >= self.turn.plus(7 * DAY) && *address == self.old => {
                return Err(Refusal::Failed(None));
            }
            Fate::MovesAndReturns => turned && !late,
            Fate::Moves | Fate::MovesAndBurns | Fate::Downgrades => turned,
            _ => false,
        };
        let moved_to = Some(self.new.clone()).filter(|_| permanent && *address == self.old);
        let fresh_for =
            one(rng, &[None, None, Some(MINUTE), Some(20 * MINUTE), Some(2 * HOUR), Some(30 * DAY)]);
        Ok(Answer { fresh_for, moved_to, ..Answer::default() })
    }
}
