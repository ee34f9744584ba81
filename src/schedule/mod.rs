//! When to do things next. Pure: outcome, history and `now` go in, a time comes out.

mod backoff;
mod cron;

pub use backoff::{Outcome, next_attempt, next_delivery, next_poll};
pub use cron::{Cron, CronError};

#[cfg(test)]
mod tests;
