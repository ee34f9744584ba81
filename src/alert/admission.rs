//! Which entries and articles may alert at all, by their age.

use crate::model::{Backfill, Entry, HeldBack, MaxAge, Moment, Source, Timestamp};

/// Whether a source has answered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poll {
    /// This is its first answer.
    First,
    /// It has.
    Later,
}

/// Why an entry that its source lists for the first time is only recorded; `None` lets it through.
pub fn admit_entry(entry: &Entry, source: &Source, poll: Poll, now: Timestamp) -> Option<HeldBack> {
    let published = first_believable(&[entry.published, entry.updated], now);
    if poll == Poll::First
        && let Backfill::Within(span) = source.backfill
        && published.is_none_or(|at| now.since(at) > span)
    {
        return Some(HeldBack::Backfill);
    }
    too_old(published, source.max_age, now)
}

/// Why an article must not alert, now that its page has told its date; `None` lets it through. Of `told`, the first
/// date that can be believed counts.
pub fn admit_article(told: &[Option<Moment>], source: &Source, now: Timestamp) -> Option<HeldBack> {
    too_old(first_believable(told, now), source.max_age, now)
}

fn too_old(published: Option<Timestamp>, max_age: MaxAge, now: Timestamp) -> Option<HeldBack> {
    let MaxAge::Within(span) = max_age else { return None };
    published.filter(|at| now.since(*at) > span).map(|_| HeldBack::TooOld)
}

fn first_believable(told: &[Option<Moment>], now: Timestamp) -> Option<Timestamp> {
    told.iter().flatten().find_map(|moment| moment.believable(now))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::model::{EntryKey, FullText, SourceKind};

    const DAY: Duration = Duration::from_hours(24);
    const NOW: Timestamp = Timestamp::from_micros(1_795_000_000_000_000);

    fn source(backfill: Backfill, max_age: MaxAge) -> Source {
        Source {
            name: "Báo Mẫu".to_owned(),
            url: "https://bao.example/rss".parse().unwrap(),
            kind: SourceKind::Feed,
            links: None,
            every: DAY,
            tags: vec![],
            full_text: FullText::Page,
            language: "vi".to_owned(),
            timezone: chrono_tz::Asia::Ho_Chi_Minh,
            backfill,
            max_age,
            tracking: crate::model::Tracking::Off,
            robots: crate::model::Robots::Obey,
            access: crate::model::Access::default(),
            route: crate::model::Route::default(),
        }
    }

    fn entry(age: Option<Duration>) -> Entry {
        let published = age.map(|age| Moment::Instant(NOW.minus(age).to_utc().fixed_offset()));
        Entry {
            id: None,
            key: EntryKey::new("k"),
            url: None,
            title: None,
            authors: vec![],
            published,
            updated: None,
            summary: None,
            content: None,
            categories: vec![],
            shares_address: false,
        }
    }

    #[test]
    fn the_first_poll_lets_through_what_is_recent_and_dated() {
        let usual = source(Backfill::Within(2 * DAY), MaxAge::Within(30 * DAY));
        for (age, poll, held) in [
            (Some(DAY), Poll::First, None),
            (Some(3 * DAY), Poll::First, Some(HeldBack::Backfill)),
            (None, Poll::First, Some(HeldBack::Backfill)),
            (Some(3 * DAY), Poll::Later, None),
            (None, Poll::Later, None),
            (Some(31 * DAY), Poll::Later, Some(HeldBack::TooOld)),
            (Some(40_000 * DAY), Poll::Later, None),
        ] {
            assert_eq!(admit_entry(&entry(age), &usual, poll, NOW), held, "{age:?} {poll:?}");
        }
    }

    #[test]
    fn everything_passes_where_the_user_says_so() {
        let open = source(Backfill::All, MaxAge::Off);
        for age in [None, Some(DAY), Some(400 * DAY)] {
            assert_eq!(admit_entry(&entry(age), &open, Poll::First, NOW), None);
        }
    }

    #[test]
    fn a_page_that_tells_an_old_date_is_held_back() {
        let usual = source(Backfill::All, MaxAge::Within(30 * DAY));
        let old = Moment::Instant(NOW.minus(60 * DAY).to_utc().fixed_offset());
        let future = Moment::Instant(NOW.plus(60 * DAY).to_utc().fixed_offset());
        assert_eq!(admit_article(&[Some(old)], &usual, NOW), Some(HeldBack::TooOld));
        assert_eq!(admit_article(&[Some(future)], &usual, NOW), None);
        assert_eq!(admit_article(&[None], &usual, NOW), None);
        // An absurd date of the feed does not hide the page's.
        assert_eq!(admit_article(&[Some(future), None, Some(old)], &usual, NOW), Some(HeldBack::TooOld));
    }

    #[test]
    fn an_absurd_date_does_not_hide_a_believable_one() {
        let usual = source(Backfill::Within(2 * DAY), MaxAge::Within(30 * DAY));
        let at = |at: Timestamp| Some(Moment::Instant(at.to_utc().fixed_offset()));
        for absurd in [at(NOW.plus(27_000 * DAY)), at(Timestamp::EPOCH)] {
            for (age, poll, held) in [
                (DAY, Poll::First, None),
                (31 * DAY, Poll::First, Some(HeldBack::Backfill)),
                (31 * DAY, Poll::Later, Some(HeldBack::TooOld)),
            ] {
                let mut entry = entry(Some(age));
                entry.updated = std::mem::replace(&mut entry.published, absurd);
                assert_eq!(admit_entry(&entry, &usual, poll, NOW), held, "{absurd:?} {age:?} {poll:?}");
            }
        }
    }
}
