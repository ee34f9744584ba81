//! When to do things next. Pure: outcome, history and `now` go in, a time and what to remember come out.

mod backoff;
mod cadence;
mod cron;
mod moved;
mod next;
mod poll;
mod recheck;
mod resume;
mod rhythm;
mod skipped;

pub use backoff::{next_attempt, next_delivery, when_welcome};
pub use cadence::{Cadence, Pace};
pub use cron::{Cron, CronError};
pub use moved::addresses;
pub use next::{Reply, next_poll};
pub use poll::{Answer, Decision, Ended, News, Outcome, Visit, asks_whole, decide, wants_history};
pub use recheck::{Age, Recheck, next_recheck};
pub use resume::{Waiting, is_gap, resume};

#[cfg(test)]
mod tests;
