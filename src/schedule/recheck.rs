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
    /// From when its age is counted.
    pub age: Age,
    /// Until when it is tracked.
    pub until: Timestamp,
    /// After what time it is looked at first.
    pub first: Duration,
    /// How often in a row it could not be had.
    pub failures: u32,
    /// How long its server wants to be left alone.
    pub asked: Duration,
}

/// From when the age of an article is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// It was published then.
    Since(Timestamp),
    /// It tells no date that can be believed, and may be as old as its site.
    Unknown {
        /// Since when it is known to have said what it says.
        seen: Timestamp,
    },
}

impl Age {
    /// How long the article is left alone, as far as this goes.
    fn pause(self, now: Timestamp) -> Duration {
        match self {
            Self::Since(born) => now.since(born) / SHARE_OF_AGE,
            // Twice as long each time, as long as a look brings nothing new.
            Self::Unknown { seen } => now.since(seen),
        }
    }
}

/// When the article is looked at next; `None` where it is tracked no longer. The last look is at the end of its time.
pub fn next_recheck(recheck: &Recheck, now: Timestamp, jitter: f64) -> Option<Timestamp> {
    if now >= recheck.until {
        return None;
    }
    let usual = recheck.first.max(recheck.age.pause(now));
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
            age: Age::Since(START),
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
            (Duration::from_hours(167), HOUR),
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
    fn an_article_of_unknown_age_is_looked_at_half_as_often_each_time_that_it_says_the_same() {
        let undated = Recheck { age: Age::Unknown { seen: START }, ..tracked() };
        let mut looks = vec![START];
        while let Some(next) = looks.last().and_then(|now| next_recheck(&undated, *now, 0.0)) {
            looks.push(next);
        }
        let hours: Vec<u64> = looks.iter().map(|at| at.since(START).as_secs() / 3600).collect();
        assert_eq!(hours, [0, 0, 0, 1, 2, 4, 8, 16, 32, 56, 80, 104, 128, 152, 168]);
        // Whoever edits once may edit again.
        let now = START.plus(2 * DAY);
        let changed = Recheck { age: Age::Unknown { seen: now }, ..undated };
        assert_eq!(next_recheck(&changed, now, 0.0), Some(now.plus(HOUR / 4)));
    }

    #[test]
    fn a_server_in_trouble_is_left_alone() {
        let after = |failures, asked| next_recheck(&Recheck { failures, asked, ..tracked() }, START, 0.0);
        assert_eq!(after(2, Duration::ZERO), Some(START.plus(HOUR)));
        assert!(after(60, Duration::ZERO).is_some_and(|at| at > START.plus(20 * HOUR)), "a day at most");
        assert_eq!(after(0, 3 * HOUR), Some(START.plus(3 * HOUR)));
    }
}
