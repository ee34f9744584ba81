//! Mail servers, webhooks and what must not be shown.

use std::fs;

use super::{problems, read};
use crate::config::{load, parse};

const EMAIL: &str = "[email]\nsmtp = \"smtps://mail.example\"\nfrom = \"Tin <bot@b.example>\"\n";

#[test]
fn mail_servers() {
    for (text, problem) in [
        ("[email]\nfrom = \"a@b.example\"", "1:1: [email] needs \"smtp\""),
        (
            "[email]\nfrom = \"a@b.example\"\nsmtp = \"mail.example\"",
            "3:8: \"smtp\" must be smtps://HOST:PORT (TLS), starttls://HOST:PORT or smtp://HOST:PORT (not encrypted)",
        ),
        (
            "[email]\nfrom = \"a@b.example\"\nsmtp = \"smtps://u:hunter2@mail.example\"",
            "3:8: \"smtp\" must not hold a login; use \"user\" with \"password_file\" or \"password_env\"",
        ),
        (
            "[email]\nsmtp = \"smtp://mail.example\"\nfrom = \"Tin bot\"",
            "3:8: \"Tin bot\" is not a mail address such as name@example.org",
        ),
    ] {
        assert_eq!(problems(text), [problem], "{text}");
    }
    for (rest, problem) in [
        ("user = \"u\"", "4:8: a \"user\" needs \"password_file\" or \"password_env\""),
        ("password_env = \"WORD\"", "1:1: [email] has a password and needs a \"user\""),
        (
            "user = \"u\"\npassword_env = \"WORD\"\npassword_file = \"f\"",
            "5:16: give either \"password_file\" or \"password_env\", not both",
        ),
        ("user = \"u\"\npassword_env = \"EMPTY\"", "5:16: the environment variable EMPTY is empty"),
        (
            "user = \"u\"\npassword_file = \"nowhere\"",
            "5:17: there is no file /etc/diemtin/nowhere; create it, or with Compose list it under secrets of the service",
        ),
        ("user = \"u\"\npassword = \"hunter2\"", "5:1: unknown key \"password\" -> password_env"),
    ] {
        assert_eq!(problems(&format!("{EMAIL}{rest}")), [problem], "{rest}");
    }
}

#[test]
fn webhooks() {
    for (rest, problem) in [
        ("", "1:1: [[webhook]] needs \"url\" or \"url_env\""),
        (
            "url = \"https://h.example\"\nurl_env = \"HOOK\"",
            "4:11: give either \"url\" or \"url_env\", not both",
        ),
        ("url = \"mailto:a@b.example\"", "3:7: the address must begin with https:// or http://"),
        (
            "url_env = \"WORD\"",
            "3:11: this is not an address such as \"https://example.org/feed\": relative URL without a base",
        ),
        (
            "url_env = \"HOOK\"\nsecret_env = \"KEY\"\nsecret_file = \"f\"",
            "4:14: give either \"secret_file\" or \"secret_env\", not both",
        ),
        (
            "url_env = \"HOOK\"\nsecret_env = \"WORD\"",
            "4:14: the signing secret must be whsec_ and base64 of 24 to 64 bytes; make one with `echo whsec_$(openssl rand -base64 32)`",
        ),
        (
            "url_env = \"HOOK\"\nkind = \"slak\"",
            "4:8: \"kind\" must be \"generic\" or \"slack\" or \"discord\" or \"telegram\" or \"teams\" or \"mattermost\" or \"ntfy\" or \"gotify\" -> slack",
        ),
    ] {
        assert_eq!(problems(&format!("[[webhook]]\nname = \"ops\"\n{rest}")), [problem], "{rest}");
    }
}

#[test]
fn secrets_are_never_shown() {
    for text in [
        "[email]\nsmtp = \"smtps://bot:hunter2@mail.example\"",
        "[email]\npassword = \"hunter2\"",
        "[email]\npassword = 'hunter2",
        "[email]\npass = hunter2",
        "email = { password = \"hunter2\", smtp = 1 }",
        "webhook = [{ name = \"x\", url = \"hunter2\", kind = 1 }]",
        "[[webhook]]\nname = \"x\"\nurl = \"https://u:hunter2@h.example\"",
        "[[webhook]]\nname = \"x\"\nurl = 'hook/hunter2'",
        "[[webhook]]\nname = \"x\"\nsecret = \"hunter2\"",
        "[[webhook]]\nname = \"x\"\nurl_env = \"WORD\"\nsecret_env = \"WORD\"",
        "[[source]]\nname = \"x\"\nurl = \"https://u:hunter2@a.example\"",
        "password = \"hunter2\"",
    ] {
        let problems = read(text).unwrap_err();
        assert!(!problems.to_string().contains("hunter2"), "{problems}");
        assert!(!format!("{problems:?}").contains("hunter2"), "{problems}");
    }
    let good = format!(
        "{EMAIL}user = \"u\"\npassword_env = \"WORD\"\n[[webhook]]\nname = \"ops\"\nurl_env = \"HOOK\"\nsecret_env = \"KEY\""
    );
    let config = read(&good).unwrap();
    assert_eq!(config.email.as_ref().unwrap().login.as_ref().unwrap().1.expose(), "hunter2");
    assert_eq!(config.webhooks[0].secrets.expose()[0].len(), 32);
    let shown = format!("{config:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("T0") && !shown.contains("whsec"), "{shown}");
}

#[test]
fn secrets_are_read_from_files_beside_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("word"), "hunter2\r\n").unwrap();
    let text = format!("{EMAIL}user = \"u\"\npassword_file = \"word\"\n{}", super::SOURCE);
    let config = parse(&text, "sources.toml", folder.path(), &|_| None).unwrap();
    assert_eq!(config.email.unwrap().login.unwrap().1.expose(), "hunter2");

    fs::write(folder.path().join("word"), " \n").unwrap();
    let path = folder.path().join("sources.toml");
    fs::write(&path, text).unwrap();
    let problems = load(&path, &|_| None).unwrap_err().to_string();
    assert!(problems.contains("sources.toml:5:17: ") && problems.contains("is empty"), "{problems}");
}

#[test]
fn a_file_that_cannot_be_read_is_a_problem_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let missing = load(&folder.path().join("sources.toml"), &|_| None).unwrap_err().to_string();
    assert!(
        missing.ends_with("there is no such file; name yours with --config FILE or DIEMTIN_CONFIG"),
        "{missing}"
    );
    let is_folder = load(folder.path(), &|_| None).unwrap_err().to_string();
    assert!(is_folder.contains("this is a folder"), "{is_folder}");
    let path = folder.path().join("latin1.toml");
    fs::write(&path, b"# ok\n# \xE9\n").unwrap();
    let latin = load(&path, &|_| None).unwrap_err().to_string();
    assert!(latin.ends_with("line 2 is not UTF-8; save the file as UTF-8"), "{latin}");
}
