//! News about sources: gathered, never repeated, and not about what nobody heard of.

use super::*;
use crate::model::{Language, Message, Notice, SourceChange, Topic, Turn};

const OPS: &str = "mail:ops@example.org";
const HOUR: Duration = Duration::from_hours(1);

fn change(source: &str, turn: Turn) -> SourceChange {
    let notice = Notice { subject: format!("{turn:?} {source}"), text: String::new() };
    let (source, language) = (source.to_owned(), Language::En);
    SourceChange { source, topic: Topic::Answers, turn, language, notice, restless: false }
}

impl Desk {
    /// A poll of a source ends with this news for the operator.
    async fn turn(&self, source: &str, turn: Turn, now: Timestamp) {
        self.change(change(source, turn), now).await;
    }

    /// A poll ends with this news.
    async fn change(&self, change: SourceChange, now: Timestamp) {
        let recipient = Recipient::parse(OPS).unwrap();
        let wanted = change.source.clone();
        self.store.make_due(vec![wanted.clone()], now).await.unwrap();
        let claimed = self
            .store
            .claim_due_sources(lease(now), 1, slots(100), move |name| name == wanted)
            .await
            .unwrap()
            .tasks
            .remove(0);
        let result = PollResult { changes: vec![(recipient, change)], ..answered(now) };
        assert!(self.store.commit_poll(&claimed, result).await.unwrap());
    }

    /// What the operator receives: for each message the sources that it names, and how many it only counts.
    async fn received(&self, now: Timestamp) -> Vec<(Vec<String>, usize)> {
        let mut received = Vec::new();
        for claimed in self.claim_deliveries(now).await {
            let Message::Sources { changes, omitted } = claimed.delivery.message.clone() else { panic!() };
            received.push((changes.into_iter().map(|change| change.notice.subject).collect(), omitted));
            assert!(self.store.finish_attempt(&claimed, Fate::Sent, vec![], now).await.unwrap());
        }
        received
    }
}

fn told(subjects: &[&str]) -> (Vec<String>, usize) {
    (subjects.iter().map(|subject| (*subject).to_owned()).collect(), 0)
}

#[tokio::test]
async fn sources_that_turn_together_are_one_message() {
    let desk = Desk::open();
    let names: Vec<String> = (0..120).map(|number| format!("báo {number:03}")).collect();
    desk.watch(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    for name in &names {
        desk.turn(name, Turn::Trouble, NOW).await;
    }
    assert!(desk.received(NOW).await.is_empty(), "news wait for company");
    let received = desk.received(NOW.plus(HOUR)).await;
    let [(sources, omitted)] = received.as_slice() else { panic!("{received:?}") };
    assert_eq!((sources.len(), *omitted), (100, 20), "the rest is counted");
}

#[tokio::test]
async fn the_next_message_keeps_its_distance() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    desk.turn("a", Turn::Trouble, NOW).await;
    let later = NOW.plus(Duration::from_mins(3));
    assert_eq!(desk.received(later).await, [told(&["Trouble a"])]);
    desk.turn("b", Turn::Trouble, later).await;
    assert!(desk.received(later.plus(Duration::from_mins(25))).await.is_empty());
    assert_eq!(desk.received(later.plus(Duration::from_mins(31))).await, [told(&["Trouble b"])]);
}

#[tokio::test]
async fn trouble_that_passed_before_it_was_told_is_no_news() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    for (source, turn) in [("a", Turn::Trouble), ("b", Turn::Trouble), ("a", Turn::Recovery)] {
        desk.turn(source, turn, NOW).await;
    }
    assert_eq!(desk.received(NOW.plus(HOUR)).await, [told(&["Trouble b"])]);
    desk.turn("b", Turn::Recovery, NOW.plus(HOUR)).await;
    assert_eq!(desk.received(NOW.plus(2 * HOUR)).await, [told(&["Recovery b"])]);
    for turn in [Turn::Trouble, Turn::Recovery] {
        desk.turn("a", turn, NOW.plus(2 * HOUR)).await;
    }
    assert!(desk.received(NOW.plus(3 * HOUR)).await.is_empty());
}

#[tokio::test]
async fn whoever_was_told_of_trouble_is_told_when_it_has_passed() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    desk.turn("a", Turn::Trouble, NOW).await;
    assert_eq!(desk.received(NOW.plus(Duration::from_mins(3))).await, [told(&["Trouble a"])]);
    // It comes and goes while the next message keeps its distance.
    for (minutes, turn) in [(4, Turn::Recovery), (5, Turn::Trouble), (6, Turn::Recovery)] {
        desk.turn("a", turn, NOW.plus(Duration::from_mins(minutes))).await;
    }
    assert_eq!(desk.received(NOW.plus(HOUR)).await, [told(&["Recovery a"])]);
}

#[tokio::test]
async fn what_passes_takes_back_its_own_trouble_and_no_other() {
    use Topic::{Address, Answers, Entries};
    use Turn::{Recovery, Trouble};
    for (told_of, expected) in [
        // A source fails, answers, and is found to have moved: the move is still news.
        (&[(Answers, Trouble), (Address, Trouble), (Answers, Recovery)][..], &["Address Trouble"][..]),
        (&[(Entries, Trouble), (Answers, Recovery)], &["Entries Trouble", "Answers Recovery"]),
        (&[(Entries, Trouble), (Address, Trouble), (Entries, Recovery)], &["Address Trouble"]),
        (&[(Address, Trouble), (Entries, Trouble), (Address, Recovery)], &["Entries Trouble"]),
        // It moved on before anybody heard of the first move.
        (&[(Address, Trouble), (Address, Trouble)], &["Address Trouble"]),
    ] {
        let desk = Desk::open();
        desk.watch(&["a"]).await;
        for (topic, turn) in told_of {
            let subject = format!("{topic:?} {turn:?}");
            let notice = Notice { subject, text: String::new() };
            desk.change(SourceChange { topic: *topic, notice, ..change("a", *turn) }, NOW).await;
        }
        assert_eq!(desk.received(NOW.plus(HOUR)).await, [told(expected)]);
    }
}

#[tokio::test]
async fn a_message_that_was_tried_does_not_grow() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    desk.turn("a", Turn::Trouble, NOW).await;
    let later = NOW.plus(HOUR);
    let tried = desk.claim_deliveries(later).await.remove(0);
    desk.turn("b", Turn::Trouble, later).await;
    let fate = Fate::Retry { at: later.plus(HOUR), why: "no route".to_owned() };
    assert!(desk.store.finish_attempt(&tried, fate, vec![], later).await.unwrap());
    desk.turn("b", Turn::Trouble, later).await;
    let received = desk.received(later.plus(2 * HOUR)).await;
    assert_eq!(received, [told(&["Trouble b"]), told(&["Trouble a"])]);
}

#[tokio::test]
async fn a_source_that_comes_and_goes_is_told_of_a_few_times_a_day() {
    let desk = Desk::open();
    desk.watch(&["a"]).await;
    let mut received = 0;
    for hour in 0..23 {
        let now = NOW.plus(hour * HOUR);
        let turn = if hour % 2 == 0 { Turn::Trouble } else { Turn::Recovery };
        desk.turn("a", turn, now).await;
        received += desk.received(now.plus(HOUR / 2)).await.len();
    }
    assert_eq!(received, 5);
    desk.turn("a", Turn::Trouble, NOW.plus(48 * HOUR)).await;
    assert_eq!(desk.received(NOW.plus(49 * HOUR)).await.len(), 1, "the next day it is news again");
}

#[tokio::test]
async fn a_restart_neither_loses_nor_hurries_what_is_held() {
    let desk = Desk::open();
    desk.watch(&["a", "b"]).await;
    desk.turn("a", Turn::Trouble, NOW).await;
    desk.store.release_leases(Holder::Daemon).await.unwrap();
    desk.store.retry_waiting(NOW).await.unwrap();
    assert!(desk.received(NOW).await.is_empty());
    desk.turn("b", Turn::Trouble, NOW).await;
    assert_eq!(desk.received(NOW.plus(HOUR)).await, [told(&["Trouble a", "Trouble b"])]);
}
