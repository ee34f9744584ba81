//! The commands that look after recipients, as their user runs them.

#![expect(clippy::unwrap_used, reason = "what helps a test may fail as a test does")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A configuration without a mail server, with one webhook that nobody answers.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let text = format!(
        "[daemon]\nlanguage = \"en\"\n[fetch]\nallow_private = [\"127.0.0.0/8\"]\n\
         [[source]]\nname = \"Tin\"\nurl = \"https://tin.example/rss\"\n\
         [[webhook]]\nname = \"ops\"\nkind = \"mattermost\"\nurl = \"http://127.0.0.1:{port}/s3cret\"\n\
         [[entity]]\nname = \"Huawei\"\n\
         [[alert]]\nname = \"Chips\"\nrule = \"Huawei\"\nto = [\"mail:desk@example.org\", \"webhook:ops\"]\n"
    );
    fs::write(folder.path().join("sources.toml"), text).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    let Output { status, stdout, stderr } =
        command.args(arguments).current_dir(folder).env_clear().output().unwrap();
    let text = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    assert!(!text.contains("s3cret"), "{text}");
    (status.code(), text)
}

#[test]
fn a_test_says_what_each_recipient_answered() {
    let desk = desk();
    let (code, text) = run(desk.path(), &["send-test"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("mail:desk@example.org  written to"), "{text}");
    assert!(text.contains("webhook:ops  failed: The webhook \"ops\" did not take it"), "{text}");
    let (code, text) = run(desk.path(), &["--json", "send-test", "desk@example.org"]);
    assert_eq!((code, text.lines().count()), (Some(0), 1), "{text}");
    assert_eq!(fs::read_dir(desk.path().join("data/mail")).unwrap().count(), 2);
    let (code, text) = run(desk.path(), &["send-test", "nobody"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("no recipient \"nobody\"; there are mail:desk@example.org, webhook:ops"), "{text}");
}

#[test]
fn a_look_at_the_channels_sends_nothing() {
    let desk = desk();
    let (code, text) = run(desk.path(), &["check", "--connect"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("mail  mails are written to") && text.contains("webhook:ops  failed:"), "{text}");
    assert!(!desk.path().join("data/diemtin.db").exists(), "nothing but the file is looked at");
    assert_eq!(run(desk.path(), &["check"]).0, Some(0));
}

#[test]
fn only_who_is_kept_from_messages_is_sent_to_again() {
    let desk = desk();
    run(desk.path(), &["send-test", "mail:desk@example.org"]);
    for target in ["desk@example.org", "webhook:ops"] {
        let (code, text) = run(desk.path(), &["resubscribe", target]);
        assert_eq!(code, Some(1));
        assert!(text.contains("nothing keeps"), "{text}");
    }
}
