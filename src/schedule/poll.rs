//! One poll, from what to ask to what follows: the next time, what to remember, what to tell.

use std::time::Duration;

use url::Url;

use super::next::{Reply, next_poll};
use super::resume::{CLOCK_DRIFT, share};
use super::{Cadence, Pace, moved, rhythm};
use crate::model::{FeedHints, PollMemory, Timestamp};

/// However often a server says that nothing changed, the whole document is asked for this often: some say it for ever.
const WHOLE: Duration = Duration::from_hours(24);

/// A server that refuses conditional requests is asked without conditions for so long.
const UNCONDITIONAL: Duration = Duration::from_hours(7 * 24);

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The address that was asked last.
    pub asked: Url,
    /// Whether the address in sources.toml was asked as well.
    pub asked_configured: bool,
    /// Whether it was asked without validators.
    pub whole: bool,
}

/// How a poll ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With a good feed, or the word that it is as before.
    Answered(Answer),
    /// It failed.
    Failed {
        /// How many times in a row, this one included.
        failures: u32,
        /// What the server asked for.
        retry_after: Option<Duration>,
        /// The status, where there was one.
        status: Option<u16>,
    },
    /// The server says that it is gone for good.
    Gone,
}

/// A good answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// How long it stays fresh (`Cache-Control`, `Expires`).
    pub fresh_for: Option<Duration>,
    /// Where permanent redirects led, where there were no others.
    pub moved_to: Option<Url>,
    /// Whether it held the whole document.
    pub whole: bool,
    /// What the feed says about polling, where it was read.
    pub hints: Option<FeedHints>,
    /// Whether it lists something new.
    pub brings_news: bool,
}

/// A poll that has ended.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// The address in sources.toml.
    pub configured: &'a Url,
    /// How often the user wants it polled.
    pub pace: Pace<'a>,
    /// What earlier polls taught.
    pub memory: &'a PollMemory,
    /// What was asked.
    pub visit: &'a Visit,
    /// How it ended.
    pub outcome: &'a Outcome,
}

/// What follows from a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// When to poll next; `None`: not until someone asks for it.
    pub next_poll_at: Option<Timestamp>,
    /// What to remember.
    pub memory: PollMemory,
    /// What changed, for those who look after the daemon.
    pub news: Vec<News>,
}

/// A change that is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// From now on this address is polled.
    Moved(Url),
    /// The address in sources.toml answers by itself again and is polled.
    MovedBack,
    /// It answers, and has listed nothing new since then, which is much longer than usual.
    Stale(Timestamp),
    /// It lists new entries after all.
    Fresh,
}

/// Whether to ask for the whole document, without validators: once a day, at a time of each source's own, and for a week where
/// its server refuses conditions.
pub fn asks_whole(name: &str, memory: &PollMemory, now: Timestamp) -> bool {
    let after = WHOLE + (WHOLE / 10).mul_f64(share(name));
    memory.whole_at.is_none_or(|at| now.since(at) >= after || at > now.plus(CLOCK_DRIFT))
        || memory.unconditional_since.is_some_and(|since| now.since(since) < UNCONDITIONAL)
}

/// Whether a status refuses what is asked along with the address: conditions that are not liked, or a head that is too long.
fn refuses_conditions(status: u16) -> bool {
    matches!(status, 400 | 406 | 412 | 413 | 416 | 417 | 422 | 431)
}

/// Whether [`decide`] needs to know when the latest entries appeared.
pub fn wants_history(cadence: &Cadence, memory: &PollMemory, now: Timestamp) -> bool {
    let silent = memory.last_new_at.is_some_and(|since| rhythm::may_be_stale(since, now));
    *cadence == Cadence::Auto || (silent && !memory.stale)
}

/// What follows from a poll that ended `now`; `jitter` is a random number of `0.0..1.0`.
pub fn decide(ended: &Ended<'_>, now: Timestamp, jitter: f64) -> Decision {
    let (memory, news) = match ended.outcome {
        Outcome::Answered(answer) => after_answer(ended, answer, now),
        Outcome::Failed { .. } | Outcome::Gone => (after_failure(ended, now), Vec::new()),
    };
    let reply = match ended.outcome {
        Outcome::Answered(answer) => Reply::Answered { fresh_for: answer.fresh_for },
        Outcome::Failed { failures, retry_after, .. } => {
            Reply::Failed { failures: *failures, retry_after: *retry_after }
        }
        Outcome::Gone => Reply::Gone,
    };
    let next_poll_at = next_poll(&ended.pace, &memory.hints, reply, now, jitter);
    Decision { next_poll_at, memory, news }
}

fn after_answer(ended: &Ended<'_>, answer: &Answer, now: Timestamp) -> (PollMemory, Vec<News>) {
    let (before, visit) = (ended.memory, ended.visit);
    let asked = (&visit.asked, answer.moved_to.as_ref());
    let (mut moved, told) = moved::after_answer(ended.configured, &before.moved, asked, now);
    if visit.asked_configured && moved.address.is_some() {
        moved.looked_back_at = Some(now);
    }
    let last_new_at = before.last_new_at.filter(|at| !answer.brings_news && *at <= now).unwrap_or(now);
    let stale =
        !answer.brings_news && (before.stale || rhythm::is_stale(ended.pace.history, last_new_at, now));
    let memory = PollMemory {
        hints: answer.hints.clone().unwrap_or_else(|| before.hints.clone()),
        whole_at: if visit.whole || answer.whole { Some(now) } else { before.whole_at },
        last_new_at: Some(last_new_at),
        stale,
        moved,
        unconditional_since: before.unconditional_since,
        read_as: before.read_as.clone(),
        asked_as: before.asked_as.clone(),
    };
    let turned = match (before.stale, stale) {
        (false, true) => Some(News::Stale(last_new_at)),
        (true, false) => Some(News::Fresh),
        _ => None,
    };
    (memory, told.into_iter().chain(turned).collect())
}

fn after_failure(ended: &Ended<'_>, now: Timestamp) -> PollMemory {
    let (before, visit) = (ended.memory, ended.visit);
    let mut moved = moved::after_failure(&before.moved);
    if visit.asked_configured && moved.address.is_some() {
        moved.looked_back_at = Some(now);
    }
    let whole_at = if visit.whole { Some(now) } else { before.whole_at };
    let refused = match ended.outcome {
        Outcome::Failed { status: Some(status), .. } => !visit.whole && refuses_conditions(*status),
        _ => false,
    };
    let unconditional_since = if refused { Some(now) } else { before.unconditional_since };
    PollMemory { whole_at, moved, unconditional_since, ..before.clone() }
}
