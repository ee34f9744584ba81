//! Signs of life of the loops, for health checks.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::model::Timestamp;

/// A loop that has not turned for this long is stuck: each turns at least once a minute.
const LONGEST_SILENCE: Duration = Duration::from_mins(3);

/// When each loop last turned.
#[derive(Debug, Default)]
pub struct Pulse {
    sources: AtomicI64,
    entries: AtomicI64,
    checks: AtomicI64,
    deliveries: AtomicI64,
    digests: AtomicI64,
}

/// The loops of the daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Sources,
    Entries,
    Checks,
    Deliveries,
    Digests,
}

impl Pulse {
    pub(super) fn beat(&self, part: Part, now: Timestamp) {
        self.of(part).store(now.micros(), Ordering::Relaxed);
    }

    /// The loops that seem to be stuck.
    pub fn stuck(&self, now: Timestamp) -> Vec<&'static str> {
        let parts = [
            ("polling", Part::Sources),
            ("fetching articles", Part::Entries),
            ("looking at articles again", Part::Checks),
            ("delivering", Part::Deliveries),
            ("digests", Part::Digests),
        ];
        let silent = |part: Part| {
            let last = Timestamp::from_micros(self.of(part).load(Ordering::Relaxed));
            last > Timestamp::EPOCH && now.since(last) > LONGEST_SILENCE
        };
        parts.into_iter().filter(|(_, part)| silent(*part)).map(|(name, _)| name).collect()
    }

    fn of(&self, part: Part) -> &AtomicI64 {
        match part {
            Part::Sources => &self.sources,
            Part::Entries => &self.entries,
            Part::Checks => &self.checks,
            Part::Deliveries => &self.deliveries,
            Part::Digests => &self.digests,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_that_is_silent_for_minutes_is_stuck() {
        let (pulse, start) = (Pulse::default(), Timestamp::from_micros(1_000_000));
        assert!(pulse.stuck(start).is_empty(), "nothing has begun yet");
        pulse.beat(Part::Sources, start);
        pulse.beat(Part::Digests, start.plus(LONGEST_SILENCE));
        let later = start.plus(LONGEST_SILENCE + Duration::from_secs(1));
        assert_eq!(pulse.stuck(later), ["polling"]);
    }
}
