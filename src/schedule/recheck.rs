//! When an article is looked at again for silent edits: most are made within the first hours.

use std::time::Duration;

use super::backoff::{DAY, doubled, spread};
use crate::model::Timestamp;

/// An article is looked at again after so large a part of its age, once that is more than its first interval. With 15 minutes and
/// seven days that is 60 times in all: every 15 minutes for three hours, every two hours after a day, twice a day in the end.
const SHARE_OF_AGE: u32 = 12;

/// An article that is tracked for edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recheck {
    /// When it was filed.
    pub since: Timestamp,
    /// Until when it is tracked.
    pub until: Timestamp,
    /// After what time it is looked at first.
    pub first: Duration,
    /// How often in a row it could not be had.
    pub failures: u32,
    /// How long its server wants to be left alone.
    pub asked: Duration,
}

/// When the article is looked at next; `None` where it is tracked no longer. The last look is at the end of its time.
pub fn next_recheck(recheck: &Recheck, now: Timestamp, jitter: f64) -> Option<Timestamp> {
    if now >= recheck.until {
        return None;
    }
    let usual = recheck.first.max(now.since(recheck.since) / SHARE_OF_AGE);
    let wait = doubled(usual, recheck.failures).min(DAY).max(recheck.asked.min(DAY));
    Some(now.plus(spread(wait, jitter)).min(recheck.until))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);
    const START: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

    fn tracked() -> Recheck {
        Recheck {
            since: START,
            until: START.plus(7 * DAY),
            first: HOUR / 4,
            failures: 0,
            asked: Duration::ZERO,
        }
    }

    #[test]
    fn an_article_is_looked_at_the_rarer_the_older_it_is() {
        for (age, wait) in [
            (Duration::ZERO, HOUR / 4),
            (2 * HOUR, HOUR / 4),
            (12 * HOUR, HOUR),
            (2 * DAY, 4 * HOUR),
            (7 * DAY - HOUR, HOUR),
        ] {
            let now = START.plus(age);
            assert_eq!(next_recheck(&tracked(), now, 0.0), Some(now.plus(wait)), "{age:?}");
        }
        assert_eq!(next_recheck(&tracked(), START.plus(7 * DAY), 0.0), None);
    }

    #[test]
    fn a_week_of_looking_takes_some_sixty_requests() {
        let (mut now, mut looks) = (START, 0);
        while let Some(next) = next_recheck(&tracked(), now, 0.5) {
            now = next;
            looks += 1;
        }
        assert!((50..=65).contains(&looks), "{looks}");
        assert_eq!(now, START.plus(7 * DAY), "the last look is at the end");
    }

    #[test]
    fn a_server_in_trouble_is_left_alone() {
        let after = |failures, asked| next_recheck(&Recheck { failures, asked, ..tracked() }, START, 0.0);
        assert_eq!(after(2, Duration::ZERO), Some(START.plus(HOUR)));
        assert!(after(60, Duration::ZERO).is_some_and(|at| at > START.plus(20 * HOUR)), "a day at most");
        assert_eq!(after(0, 3 * HOUR), Some(START.plus(3 * HOUR)));
    }
}
