//! Recipients that are left alone, messages of several requests, and who left a list.

use super::*;
use crate::model::Notice;

const MINUTE: Duration = Duration::from_mins(1);

fn to(text: &str) -> Recipient {
    Recipient::parse(text).unwrap()
}

impl Desk {
    async fn tell(&self, recipient: &str, count: usize) {
        let notice = Notice { subject: "x".to_owned(), text: String::new() };
        self.store.notify(vec![(to(recipient), notice); count], NOW).await.unwrap();
    }

    async fn due(&self, now: Timestamp) -> Vec<String> {
        let slots = slots(4);
        let taken = self.store.claim_deliveries(lease(now), 100, slots).await.unwrap().tasks;
        taken.iter().map(|task| task.delivery.recipient.to_string()).collect()
    }
}

fn throttled(until: Timestamp) -> Fate {
    Fate::Throttled { until, why: "429".to_owned() }
}

#[tokio::test]
async fn one_message_that_is_asked_to_wait_makes_all_to_its_recipient_wait() {
    let desk = Desk::open();
    desk.tell("webhook:ops", 3).await;
    desk.tell("webhook:desk", 1).await;
    // Of messages queued at one moment any may come first.
    let claimed = desk.claim_deliveries(NOW).await;
    let first = claimed.into_iter().find(|one| one.delivery.recipient == to("webhook:ops")).unwrap();
    assert!(desk.store.finish_attempt(&first, throttled(NOW.plus(MINUTE)), vec![], NOW).await.unwrap());
    desk.store.release_leases(Holder::Daemon).await.unwrap();
    assert_eq!(desk.due(NOW).await, ["webhook:desk"]);
    let quiet = desk.store.quiet_targets(NOW).await.unwrap();
    assert_eq!((quiet.len(), quiet[0].waiting, quiet[0].until), (1, 3, Some(NOW.plus(MINUTE))));
    let next = desk.store.claim_deliveries(lease(NOW), 0, slots(4)).await.unwrap().next_due;
    assert_eq!(next, Some(NOW.plus(MINUTE)), "the queue wakes when the recipient may be called");
    let due = desk.due(NOW.plus(MINUTE)).await;
    assert_eq!(due.iter().filter(|one| *one == "webhook:ops").count(), 1, "{due:?}");
    let rows = desk.store.outbox(Finished::Hidden).await.unwrap();
    let row = rows.iter().find(|row| row.delivery.id == first.delivery.id).unwrap();
    assert_eq!(row.delivery.attempts, 0, "being told to wait is no failure");
}

#[tokio::test]
async fn who_asks_for_patience_over_and_over_has_done_so_since_the_first_time() {
    let desk = Desk::open();
    desk.tell("webhook:ops", 2).await;
    let since = async |now| desk.store.asking_since(to("webhook:ops"), now).await.unwrap();
    assert_eq!(since(NOW).await, None);
    for minute in 0..3 {
        let now = NOW.plus(minute * MINUTE);
        let claimed = desk.claim_deliveries(now).await.remove(0);
        desk.store.finish_attempt(&claimed, throttled(now.plus(MINUTE)), vec![], now).await.unwrap();
        assert_eq!(since(now).await, Some(NOW));
    }
    let now = NOW.plus(3 * MINUTE);
    let claimed = desk.claim_deliveries(now).await.remove(0);
    desk.store.finish_attempt(&claimed, Fate::Sent, vec![], now).await.unwrap();
    assert_eq!(since(now).await, None, "it took one");
    let claimed = desk.claim_deliveries(now).await.remove(0);
    desk.store
        .finish_attempt(&claimed, throttled(now.plus(2 * MINUTE)), vec![], now.plus(MINUTE))
        .await
        .unwrap();
    assert_eq!(since(now.plus(MINUTE)).await, Some(now.plus(MINUTE)));
    let long_after = now.plus(100 * MINUTE);
    assert_eq!(since(long_after).await, None, "it was asked for nothing since");
    let claimed = desk.claim_deliveries(long_after).await.remove(0);
    let pause = throttled(long_after.plus(MINUTE));
    desk.store.finish_attempt(&claimed, pause, vec![], long_after).await.unwrap();
    assert_eq!(since(long_after).await, Some(long_after));
}

#[tokio::test]
async fn recipients_that_hang_leave_room_for_the_others() {
    let desk = Desk::open();
    for recipient in ["webhook:a", "webhook:b", "mail:x@example.org", "mail:y@example.org"] {
        desk.tell(recipient, 20).await;
    }
    let mut due = desk.due(NOW).await;
    due.sort();
    let count = |wanted: &str| due.iter().filter(|one| one.starts_with(wanted)).count();
    assert_eq!((count("webhook:a"), count("webhook:b"), count("mail:")), (1, 1, 4), "{due:?}");
}

#[tokio::test]
async fn one_that_is_gone_is_called_no_more_until_the_file_or_a_command_says_so() {
    let desk = Desk::open();
    let known = |print: &str| vec![(to("webhook:ops"), print.to_owned())];
    desk.store.settle_targets(known("old")).await.unwrap();
    desk.tell("webhook:ops", 3).await;
    let gone = || Fate::SwitchedOff { why: "410".to_owned() };
    let told =
        || vec![(to("mail:ops@example.org"), Notice { subject: "gone".to_owned(), text: String::new() })];
    let mut claimed = desk.store.claim_deliveries(lease(NOW), 1, slots(4)).await.unwrap().tasks;
    claimed.extend(desk.store.claim_deliveries(lease(NOW), 1, slots(4)).await.unwrap().tasks);
    for task in &claimed {
        assert!(desk.store.finish_attempt(task, gone(), told(), NOW).await.unwrap());
    }
    assert_eq!(desk.due(NOW).await, ["mail:ops@example.org"], "told once, and nothing goes to the webhook");
    desk.store.settle_targets(known("old")).await.unwrap();
    assert!(desk.due(NOW.plus(100 * 24 * 60 * MINUTE)).await.iter().all(|one| !one.starts_with("webhook")));
    assert_eq!(desk.store.quiet_targets(NOW).await.unwrap()[0].until, None);
    desk.store.settle_targets(known("new")).await.unwrap();
    assert_eq!(desk.due(NOW.plus(MINUTE)).await.iter().filter(|one| one.starts_with("webhook")).count(), 1);

    let again = desk.claim_deliveries(NOW.plus(2 * MINUTE)).await.remove(0);
    assert!(desk.store.finish_attempt(&again, gone(), vec![], NOW).await.unwrap());
    assert!(desk.store.wake_target(to("webhook:ops"), NOW).await.unwrap());
    assert!(!desk.store.wake_target(to("webhook:ops"), NOW).await.unwrap());
}

#[tokio::test]
async fn what_waits_for_one_that_is_left_alone_is_not_overdue() {
    let desk = Desk::open();
    desk.tell("webhook:ops", 2).await;
    let overdue = async |now: Timestamp| desk.store.levels(now).await.unwrap().oldest_due_delivery;
    let claimed = desk.claim_deliveries(NOW).await.remove(0);
    assert_eq!(overdue(NOW).await, Some(NOW));
    let fate = Fate::SwitchedOff { why: "410".to_owned() };
    desk.store.finish_attempt(&claimed, fate, vec![], NOW).await.unwrap();
    let later = NOW.plus(100 * MINUTE);
    assert_eq!(overdue(later).await, None);
    desk.tell("webhook:desk", 1).await;
    assert_eq!(overdue(later).await, Some(NOW), "one that is called as ever");
}

#[tokio::test]
async fn one_that_the_file_no_longer_names_is_left_alone_no_more() {
    let desk = Desk::open();
    let named = |names: &[&str]| names.iter().map(|name| (to(name), "x".to_owned())).collect::<Vec<_>>();
    desk.store.settle_targets(named(&["webhook:ops", "webhook:desk"])).await.unwrap();
    for recipient in ["webhook:ops", "webhook:desk", "mail:a@b.example"] {
        desk.tell(recipient, 1).await;
    }
    for claimed in desk.claim_deliveries(NOW).await {
        let fate = match &claimed.delivery.recipient {
            Recipient::Mail(_) => throttled(NOW.plus(60 * MINUTE)),
            Recipient::Webhook(_) => Fate::SwitchedOff { why: "410".to_owned() },
        };
        desk.store.finish_attempt(&claimed, fate, vec![], NOW).await.unwrap();
    }
    desk.store.settle_targets(named(&["webhook:desk"])).await.unwrap();
    assert_eq!(desk.due(NOW.plus(MINUTE)).await, ["webhook:ops"], "its messages are answered");
    let quiet = desk.store.quiet_targets(NOW.plus(MINUTE)).await.unwrap();
    let quiet: Vec<String> = quiet.iter().map(|one| one.recipient.to_string()).collect();
    assert_eq!(quiet, ["mail:a@b.example", "webhook:desk"]);
}

#[tokio::test]
async fn retrying_a_message_wakes_its_recipient() {
    let desk = Desk::open();
    desk.tell("webhook:ops", 1).await;
    let claimed = desk.claim_deliveries(NOW).await.remove(0);
    let fate = Fate::SwitchedOff { why: "410".to_owned() };
    desk.store.finish_attempt(&claimed, fate, vec![], NOW).await.unwrap();
    assert!(desk.due(NOW).await.is_empty());
    desk.store.retry_delivery(claimed.delivery.id, NOW).await.unwrap();
    assert_eq!(desk.due(NOW).await, ["webhook:ops"]);
}

#[tokio::test]
async fn what_was_taken_of_a_message_is_remembered() {
    let desk = Desk::open();
    desk.tell("webhook:ops", 1).await;
    let claimed = desk.claim_deliveries(NOW).await.remove(0);
    assert_eq!(claimed.progress.within(3), 0);
    desk.store.note_progress(&claimed, Progress { sent: 2, of: 3 }).await.unwrap();
    desk.store.release_leases(Holder::Daemon).await.unwrap();
    let again = desk.claim_deliveries(NOW).await.remove(0);
    for (of, done) in [(3, 2), (2, 0), (4, 0), (1, 0)] {
        assert_eq!(again.progress.within(of), done, "cut into {of}");
    }
}

#[tokio::test]
async fn who_left_a_list_stays_off_it_until_put_back() {
    let desk = Desk::open();
    let lists = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let kept = async |address: &str, names: &[&str]| {
        desk.store.kept_lists(address.to_owned(), lists(names)).await.unwrap()
    };
    let leave = async |address: &str, list: &str| {
        desk.store.unsubscribe(address.to_owned(), list.to_owned(), NOW).await.unwrap()
    };
    assert_eq!(kept("a@b.example", &["alert:C"]).await, ["alert:C"]);
    assert!(leave("a@B.example", "alert:C").await && !leave("A@b.example", "alert:C").await);
    for (names, expected) in [
        (&["alert:C"][..], &[][..]),
        (&["alert:C", "alert:D"], &["alert:D"]),
        (&["alert:D", "alert:C", "alert:E"], &["alert:D", "alert:E"]),
        (&["digest:C"], &["digest:C"]),
        (&[], &[]),
    ] {
        for address in ["a@b.example", "A@b.Example"] {
            assert_eq!(kept(address, names).await, expected, "{address} {names:?}");
        }
    }
    assert_eq!(kept("c@b.example", &["alert:C"]).await, ["alert:C"]);
    assert_eq!(desk.store.suppressions().await.unwrap().len(), 1);
    assert_eq!(desk.store.resubscribe("A@B.example".to_owned()).await.unwrap(), ["alert:C"]);
    assert_eq!(kept("a@b.example", &["alert:C"]).await, ["alert:C"]);
}

#[tokio::test]
async fn the_key_of_this_database_is_made_once() {
    let desk = Desk::open();
    assert_eq!(desk.store.find_key("unsubscribe").await.unwrap(), None);
    assert_eq!(desk.store.own_key("unsubscribe", [1; 32], NOW).await.unwrap(), [1; 32]);
    assert_eq!(desk.store.own_key("unsubscribe", [2; 32], NOW).await.unwrap(), [1; 32]);
    assert_eq!(desk.store.find_key("unsubscribe").await.unwrap(), Some([1; 32]));
}
