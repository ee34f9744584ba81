//! What polls teach: moves, silence, the daily look at the whole document.

use url::Url;

use super::super::{Answer, Ended, News, Outcome, Visit, addresses, asks_whole, decide, wants_history};
use super::*;
use crate::model::{Moved, PollMemory};

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

const OLD: &str = "https://old.example/rss";
const NEW: &str = "https://new.example/rss";

/// Polls of one source, whose answers are told by hand.
struct Reader {
    configured: Url,
    memory: PollMemory,
    now: Timestamp,
}

impl Reader {
    fn of(configured: &str) -> Self {
        Self { configured: url(configured), memory: PollMemory::default(), now: NOW }
    }

    /// The addresses that the next poll asks, in order.
    fn asks(&self) -> Vec<String> {
        let asked = addresses(&self.configured, &self.memory.moved, self.now);
        asked.into_iter().map(Url::to_string).collect()
    }

    /// A poll whose last asked address is `asked`; `target` is where permanent redirects led.
    fn answered(&mut self, asked: &str, target: Option<&str>) -> Vec<News> {
        let answer = Answer { moved_to: target.map(url), brings_news: true, ..Answer::default() };
        self.end(asked, &Outcome::Answered(answer), &[])
    }

    fn failed(&mut self, asked: &str) {
        self.end(asked, &Outcome::Failed { failures: 1, retry_after: None, status: None }, &[]);
    }

    fn end(&mut self, asked: &str, outcome: &Outcome, history: &[Timestamp]) -> Vec<News> {
        let asks = self.asks();
        let before = asks.iter().take_while(|address| *address != asked).chain([&asks[0]]);
        let asked_configured =
            before.chain([&asked.to_owned()]).any(|address| *address == self.configured.as_str());
        let visit = Visit { asked: url(asked), asked_configured, whole: false };
        let ended = Ended {
            configured: &self.configured,
            pace: Pace { history, ..every(15 * MINUTE) },
            memory: &self.memory,
            visit: &visit,
            outcome,
        };
        let decision = decide(&ended, self.now, 0.5);
        self.memory = decision.memory;
        self.now = self.now.plus(15 * MINUTE);
        decision.news
    }

    fn moved(&mut self) {
        for _ in 0..3 {
            self.answered(OLD, Some(NEW));
        }
    }
}

#[test]
fn a_move_is_believed_after_three_good_answers_in_a_row() {
    let mut reader = Reader::of(OLD);
    assert_eq!(reader.answered(OLD, Some(NEW)), []);
    assert_eq!(reader.answered(OLD, Some(NEW)), []);
    reader.failed(OLD);
    assert_eq!(reader.answered(OLD, Some(NEW)), [], "the row was broken");
    assert_eq!(reader.answered(OLD, Some("https://third.example/rss")), [], "another address");
    assert_eq!(reader.answered(OLD, Some(NEW)), []);
    assert_eq!(reader.answered(OLD, None), [], "no move this time");
    assert_eq!(reader.answered(OLD, Some(NEW)), []);
    assert_eq!(reader.answered(OLD, Some(NEW)), []);
    assert_eq!(reader.asks(), [OLD]);
    assert_eq!(reader.answered(OLD, Some(NEW)), [News::Moved(url(NEW))]);
    assert_eq!(reader.asks(), [NEW, OLD]);
    assert_eq!(reader.answered(NEW, None), [], "told once");
}

#[test]
fn no_move_leads_from_https_to_http() {
    for (from, to, believed) in [
        (OLD, "http://new.example/rss", false),
        (OLD, "ftp://new.example/rss", false),
        ("http://old.example/rss", NEW, true),
        ("http://old.example/rss", "http://new.example/rss", true),
    ] {
        let mut reader = Reader::of(from);
        for _ in 0..5 {
            reader.answered(from, Some(to));
        }
        assert_eq!(reader.memory.moved.address.is_some(), believed, "{from} to {to}");
    }
}

#[test]
fn the_old_address_is_looked_at_each_week_and_may_take_the_move_back() {
    let mut reader = Reader::of(OLD);
    reader.moved();
    reader.now = reader.now.plus(7 * DAY);
    assert_eq!(reader.asks(), [OLD, NEW]);
    assert_eq!(reader.answered(OLD, Some(NEW)), [], "the move stands");
    assert_eq!(reader.asks(), [NEW, OLD]);
    reader.now = reader.now.plus(7 * DAY);
    assert_eq!(reader.answered(NEW, None), [], "the old one did not answer");
    assert_eq!(reader.asks(), [NEW, OLD], "which is no reason to ask it again before a week");
    reader.now = reader.now.plus(7 * DAY);
    assert_eq!(reader.answered(OLD, None), [News::MovedBack]);
    assert_eq!(reader.asks(), [OLD]);
    assert_eq!(reader.memory.moved, Moved::default());
}

#[test]
fn an_old_address_that_answers_where_the_new_one_fails_is_polled_again() {
    let mut reader = Reader::of(OLD);
    reader.moved();
    reader.failed(OLD);
    assert_eq!(reader.asks(), [NEW, OLD], "both failed: the move stands");
    assert_eq!(reader.answered(OLD, None), [News::MovedBack]);
}

#[test]
fn a_second_move_is_believed_like_the_first() {
    let third = "https://third.example/rss";
    let mut reader = Reader::of(OLD);
    reader.moved();
    assert_eq!(reader.answered(NEW, Some(third)), []);
    assert_eq!(reader.asks(), [OLD, NEW], "in doubt the address of the file is asked");
    assert_eq!(reader.answered(OLD, Some(third)), []);
    assert_eq!(reader.answered(NEW, Some(third)), [News::Moved(url(third))]);
    assert_eq!(reader.asks(), [third, OLD]);
    assert_eq!(reader.answered(third, Some(OLD)), [News::MovedBack], "a circle ends at the file's address");
}

#[test]
fn a_clock_that_was_put_back_leads_to_a_look_and_no_error() {
    let mut reader = Reader::of(OLD);
    reader.moved();
    reader.now = NOW.minus(400 * DAY);
    assert_eq!(reader.asks(), [OLD, NEW]);
    assert!(asks_whole("a", &PollMemory { whole_at: Some(NOW), ..PollMemory::default() }, reader.now));
}

#[test]
fn a_silent_source_is_told_once_and_its_return_once() {
    let published: Vec<Timestamp> = (0..30).map(|n| NOW.minus(DAY * n)).collect();
    let quiet = || Outcome::Answered(Answer::default());
    let mut reader = Reader::of(OLD);
    reader.end(OLD, &Outcome::Answered(Answer { brings_news: true, ..Answer::default() }), &published);
    for (days, news) in [(1, 0), (13, 0), (15, 1), (16, 0), (40, 0)] {
        reader.now = NOW.plus(DAY * days);
        let wanted = wants_history(&Cadence::Interval, &reader.memory, reader.now);
        assert_eq!(wanted, days == 15, "history is asked for where it can matter");
        let told = reader.end(OLD, &quiet(), if wanted { &published } else { &[] });
        assert_eq!(told.len(), news, "after {days} days");
        assert!(told.iter().all(|news| *news == News::Stale(NOW)));
    }
    assert_eq!(reader.answered(OLD, None), [News::Fresh]);
    assert_eq!(reader.answered(OLD, None), []);
}

#[test]
fn sources_that_publish_seldom_or_in_bursts_are_not_called_silent() {
    let bursts: Vec<Timestamp> =
        (0..4).flat_map(|burst| (0..3).map(move |n| NOW.minus(30 * DAY * burst + DAY * n))).collect();
    for (what, history, days, silent) in [
        ("daily", (0..12).map(|n| NOW.minus(DAY * n)).collect(), 15, true),
        ("weekly", (0..12).map(|n| NOW.minus(7 * DAY * n)).collect(), 30, false),
        ("weekly", (0..12).map(|n| NOW.minus(7 * DAY * n)).collect(), 36, true),
        ("in bursts", bursts.clone(), 40, false),
        ("in bursts", bursts, 60, true),
        ("too little known", vec![NOW, NOW.minus(DAY)], 400, false),
    ] {
        let memory = PollMemory { last_new_at: Some(NOW), ..PollMemory::default() };
        let mut reader = Reader { memory, ..Reader::of(OLD) };
        reader.now = NOW.plus(DAY * days);
        let history: Vec<Timestamp> = history;
        let told = reader.end(OLD, &Outcome::Answered(Answer::default()), &history);
        assert_eq!(!told.is_empty(), silent, "{what}, after {days} days");
    }
}

#[test]
fn the_whole_document_is_asked_for_once_a_day_at_a_time_of_each_sources_own() {
    let memory = PollMemory { whole_at: Some(NOW), ..PollMemory::default() };
    let names: Vec<String> = (0..100).map(|n| format!("source {n}")).collect();
    let asked =
        |after: Duration| names.iter().filter(|name| asks_whole(name, &memory, NOW.plus(after))).count();
    assert_eq!(asked(23 * HOUR), 0);
    assert!((30..70).contains(&asked(DAY + DAY / 20)), "{}", asked(DAY + DAY / 20));
    assert_eq!(asked(DAY + DAY / 10), 100);
    assert!(asks_whole("new", &PollMemory::default(), NOW));
}

#[test]
fn what_is_remembered_survives_being_stored() {
    let mut reader = Reader::of(OLD);
    reader.moved();
    reader.memory.hints =
        FeedHints { skip_days: vec![Weekday::Sun], ttl: Some(HOUR), ..FeedHints::default() };
    let text = serde_json::to_string(&reader.memory).unwrap();
    assert_eq!(serde_json::from_str::<PollMemory>(&text).unwrap(), reader.memory);
    assert_eq!(serde_json::from_str::<PollMemory>("{}").unwrap(), PollMemory::default());
}

#[test]
fn a_server_that_refuses_conditions_is_asked_without_them_for_a_week() {
    for (status, whole, refuses) in [
        (Some(412), false, true),
        (Some(431), false, true),
        (Some(400), true, false),
        (Some(500), false, false),
        (None, false, false),
    ] {
        let memory = PollMemory { whole_at: Some(NOW), ..PollMemory::default() };
        let visit = Visit { asked: url(OLD), asked_configured: true, whole };
        let outcome = Outcome::Failed { failures: 1, retry_after: None, status };
        let pace = every(15 * MINUTE);
        let ended = Ended { configured: &url(OLD), pace, memory: &memory, visit: &visit, outcome: &outcome };
        let memory = decide(&ended, NOW, 0.5).memory;
        let at = |days: u32| NOW.plus(DAY * days + HOUR);
        assert_eq!(asks_whole("a", &memory, at(0)), refuses, "{status:?} {whole}");
        let later = PollMemory { whole_at: Some(at(7)), ..memory };
        assert!(!asks_whole("a", &later, at(7)), "{status:?}: conditions are tried again");
    }
}
