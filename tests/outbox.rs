//! `diemtin outbox` as it is typed: what it says a message waits for, until when, and what to do.

#![expect(clippy::expect_used, reason = "what helps a test may fail as a test does")]

use std::time::Duration;

use assert_cmd::Command;
use diemtin::clock::Clock;
use diemtin::model::{Notice, Recipient};
use diemtin::store::{Fate, Holder, HostSlots, Lease, Store};
use serde_json::Value;
use tempfile::TempDir;

const HOUR: Duration = Duration::from_hours(1);

/// Recipients and how the first attempt at a message to each ended; without an end it was not made.
fn fates() -> Vec<(&'static str, Option<Fate>)> {
    let (now, why) = (Clock::System.now(), |why: &str| why.to_owned());
    vec![
        ("mail:new@example.org", None),
        ("mail:full@example.org", Some(Fate::Retry { at: now.plus(2 * HOUR), why: why("452 mailbox full") })),
        ("mail:nobody@example.org", Some(Fate::Dead { why: why("550 no\u{1b}[31m such user") })),
        ("webhook:busy", Some(Fate::Throttled { until: now.plus(HOUR), why: why("429") })),
        ("webhook:gone", Some(Fate::SwitchedOff { why: why("410") })),
        ("mail:left@example.org", Some(Fate::Dropped { why: why("left") })),
    ]
}

async fn outbox(language: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (store, now) = (Store::open(folder.path()).expect("a store"), Clock::System.now());
    for (recipient, fate) in fates() {
        let notice = Notice { subject: format!("tin cho {recipient}"), text: String::new() };
        let to = Recipient::parse(recipient).expect("a recipient");
        let Some(fate) = fate else {
            store.notify(vec![(to, notice)], now.plus(HOUR)).await.expect("a message");
            continue;
        };
        store.notify(vec![(to, notice)], now).await.expect("a message");
        let lease = Lease { holder: Holder::Command, from: now, until: now.plus(HOUR) };
        let slots = HostSlots { per_host: 9, ..HostSlots::default() };
        let claimed = store.claim_deliveries(lease, 1, slots).await.expect("it is due").tasks.remove(0);
        store.finish_attempt(&claimed, fate, Vec::new(), now).await.expect("the end");
    }
    let text = format!(
        "[daemon]\nlanguage = \"{language}\"\ndata_dir = \".\"\n[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\n"
    );
    std::fs::write(folder.path().join("sources.toml"), text).expect("a file");
    folder
}

fn shown(folder: &TempDir, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    let output = command.args(arguments).current_dir(folder.path()).env_clear().output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What is said of the message to this recipient.
fn said_of<'a>(text: &'a str, recipient: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("tin cho {recipient}\n")).unwrap_or_else(|| panic!("{text}"));
    rest.split("\n0").next().unwrap_or_default()
}

#[tokio::test]
async fn every_message_says_what_it_waits_for_and_what_can_be_done() {
    for (language, phrases) in [
        (
            "en",
            [
                ("mail:full@example.org", "attempts that failed: 1; the next: "),
                ("mail:full@example.org", "(in 2 h)\n  452 mailbox full"),
                ("mail:nobody@example.org", "after 1 attempts. Mend the cause, then: diemtin outbox retry "),
                ("webhook:busy", "webhook:busy asks to be left alone"),
                ("webhook:gone", "diemtin resubscribe webhook:gone"),
                ("mail:new@example.org", "held until"),
                ("mail:left@example.org", "dropped "),
            ],
        ),
        (
            "vi",
            [
                ("mail:full@example.org", "đã gửi không được 1 lần; lần tới: "),
                ("mail:full@example.org", "(sau 2 giờ)\n  452 mailbox full"),
                ("mail:nobody@example.org", "Sửa nguyên nhân rồi chạy: diemtin outbox retry "),
                ("webhook:busy", "webhook:busy xin được để yên"),
                ("webhook:gone", "diemtin resubscribe webhook:gone"),
                ("mail:new@example.org", "giữ lại đến"),
                ("mail:left@example.org", "đã bỏ "),
            ],
        ),
    ] {
        let folder = outbox(language).await;
        let text = shown(&folder, &["outbox", "list", "--all"]);
        assert!(!text.contains('\u{1b}'), "{text}");
        for (recipient, phrase) in phrases {
            let said = said_of(&text, recipient);
            assert!(said.contains(phrase), "{recipient}: {phrase}\n{said}");
        }
        let status = shown(&folder, &["status"]);
        let phrases = if language == "en" {
            [
                "many at once): 1, the next goes out in 60 min",
                "not delivered yet: 1, the next is tried in 2 h: 452",
            ]
        } else {
            ["cùng lúc): 1 tin, tin tới gửi sau 60 phút", "chưa gửi được: 1 tin, lần thử tới sau 2 giờ: 452"]
        };
        for phrase in phrases {
            assert!(status.contains(phrase), "{phrase}\n{status}");
        }
    }
}

#[tokio::test]
async fn programs_are_told_the_same() {
    let text = shown(&outbox("en").await, &["outbox", "list", "--json"]);
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let waits = |recipient: &str| {
        let row = rows.iter().find(|row| row["recipient"] == recipient).expect("it is listed");
        (row["waits_for"].as_str().unwrap_or_default().to_owned(), row["until"].is_string())
    };
    for (recipient, waits_for, has_end) in [
        ("mail:full@example.org", "retry", true),
        ("mail:nobody@example.org", "nothing", false),
        ("webhook:busy", "recipient", true),
        ("webhook:gone", "resubscribe", false),
        ("mail:new@example.org", "company", true),
    ] {
        assert_eq!(waits(recipient), (waits_for.to_owned(), has_end), "{recipient}");
    }
}
