//! What stands in a mail.

use tempfile::TempDir;

use super::{channels, client, folder, id_of, mail, noon};
use crate::deliver::{Attempt, Channels, Outgoing, Settings, SettingsError};

/// The mail as a file.
async fn written(outgoing: Outgoing, from: &str) -> String {
    let dir = TempDir::new().unwrap();
    let settings =
        Settings { from: from.to_owned(), mail: folder(dir.path()), dkim: None, webhooks: Vec::new() };
    let channels = Channels::new(settings, client()).unwrap();
    assert_eq!(channels.send(outgoing, noon()).await, Attempt::Sent);
    let file = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap();
    std::fs::read_to_string(file.path()).unwrap()
}

fn with(change: impl FnOnce(&mut Parts)) -> Outgoing {
    let Outgoing::Mail { id, to, date, subject, text, html, list, unsubscribe, threads } = mail() else {
        unreachable!()
    };
    let mut parts = Parts { to, subject, text, html, list, unsubscribe };
    change(&mut parts);
    let Parts { to, subject, text, html, list, unsubscribe } = parts;
    Outgoing::Mail { id, to, date, subject, text, html, list, unsubscribe, threads }
}

struct Parts {
    to: String,
    subject: String,
    text: String,
    html: String,
    list: Option<String>,
    unsubscribe: Option<String>,
}

/// The header lines, unfolded.
fn headers(mail: &str) -> Vec<String> {
    let head = mail.split("\r\n\r\n").next().unwrap();
    head.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n").map(str::to_owned).collect()
}

fn header(mail: &str, name: &str) -> String {
    let found: Vec<_> =
        headers(mail).into_iter().filter(|line| line.starts_with(&format!("{name}: "))).collect();
    assert_eq!(found.len(), 1, "{name} in {mail}");
    found[0].clone()
}

#[tokio::test]
async fn a_mail_has_the_headers_that_mail_programs_want() {
    let outgoing = mail();
    let id = id_of(&outgoing);
    let mail = written(outgoing, "Điểm tin <bot@example.org>").await;
    assert_eq!(header(&mail, "Message-ID"), format!("Message-ID: <{id}@example.org>"));
    assert_eq!(header(&mail, "Date"), "Date: Sat, 21 Nov 2026 12:00:00 +0000");
    assert_eq!(header(&mail, "To"), "To: desk@example.net");
    assert_eq!(header(&mail, "Auto-Submitted"), "Auto-Submitted: auto-generated");
    assert!(header(&mail, "From").starts_with("From: =?utf-8?b?"), "{mail}");
    assert!(header(&mail, "From").ends_with(" <bot@example.org>"));
    assert!(header(&mail, "Subject").contains("=?utf-8?b?"));
    assert!(header(&mail, "List-Id").ends_with(" <diem-tin-sang.example.org>"), "{mail}");
    assert_eq!(
        header(&mail, "References"),
        "References: <story.s1@example.org> <article.a1Bccx@example.org>"
    );
    assert!(header(&mail, "Content-Type").starts_with("Content-Type: multipart/alternative;"));
    let (plain, html) =
        (mail.find("text/plain; charset=utf-8").unwrap(), mail.find("text/html; charset=utf-8").unwrap());
    assert!(plain < html, "the last part is the one that is shown");
}

#[tokio::test]
async fn a_mail_of_a_list_can_be_left_by_one_click() {
    let link = format!("https://tin.example/unsubscribe?t={}", "Ab_-9".repeat(60));
    let mail = written(with(|mail| mail.unsubscribe = Some(link.clone())), "bot@example.org").await;
    assert_eq!(header(&mail, "List-Unsubscribe"), format!("List-Unsubscribe: <{link}>"));
    assert_eq!(header(&mail, "List-Unsubscribe-Post"), "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
}

#[tokio::test]
async fn nothing_in_a_mail_can_add_a_header_or_a_command() {
    let evil = "x\r\nBcc: all@example.net\r\n\r\n<h1>\n.\r\nMAIL FROM:<a@b>\u{0}\u{85}\u{2028}y";
    let outgoing = with(|mail| {
        mail.subject = evil.to_owned();
        mail.list = Some(evil.to_owned());
    });
    let mail = written(outgoing, "\"Evil\r\nBcc: all@example.net\" <bot@example.org>").await;
    let names: Vec<String> =
        headers(&mail).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    let mut sorted = names.clone();
    sorted.sort();
    let wanted = [
        "Auto-Submitted",
        "Content-Type",
        "Date",
        "From",
        "List-Id",
        "MIME-Version",
        "Message-ID",
        "References",
        "Subject",
        "To",
    ];
    assert_eq!(sorted, wanted, "{mail}");
    assert!(!mail.contains('\0'));
}

#[tokio::test]
async fn no_line_is_longer_than_998_octets_and_none_ends_without_cr() {
    let long = "Hu\u{e1}wei ".repeat(2000);
    let outgoing = with(|mail| {
        mail.subject = "tiêu đề rất dài ".repeat(100);
        mail.text = format!("{}\n{}\rz\n", "x".repeat(5000), long);
        mail.html = format!("<p>{long}</p>");
        mail.list = Some("đ".repeat(500));
    });
    let mail = written(outgoing, "bot@example.org").await;
    assert!(mail.is_ascii());
    assert!(mail.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
}

#[tokio::test]
async fn lists_keep_apart() {
    let names = ["Chips", "chips 2", "Điểm tin sáng", "C", "C++", "C#", "华为", "華為", "???", "a.b", "a b"];
    let mut labels = Vec::new();
    for name in names {
        let mail = written(with(|mail| mail.list = Some(name.to_owned())), "bot@example.org").await;
        let line = header(&mail, "List-Id");
        labels.push(line.rsplit('<').next().unwrap().trim_end_matches(".example.org>").to_owned());
    }
    assert_eq!(labels[..4], ["chips", "chips-2", "diem-tin-sang", "c"]);
    let mut apart = labels.clone();
    apart.sort();
    apart.dedup();
    assert_eq!(apart.len(), names.len(), "{labels:?}");
    assert!(
        labels.iter().flat_map(|label| label.chars()).all(|c| c.is_ascii_alphanumeric() || c == '-'),
        "{labels:?}"
    );
    let none = written(with(|mail| mail.list = None), "bot@example.org").await;
    assert!(!none.contains("List-Id"));
}

#[tokio::test]
async fn addresses_of_the_world_are_written_in_ascii_where_there_is_a_way() {
    let outgoing = with(|mail| mail.to = "toà.soạn@bản-tin.example".to_owned());
    let mail = written(outgoing, "bot@điểmtin.example").await;
    assert!(header(&mail, "From").starts_with("From: bot@xn--"), "{mail}");
    assert!(header(&mail, "To").contains("@xn--"), "{mail}");
}

#[test]
fn a_sender_is_a_name_and_an_address() {
    let good = [
        "bot@example.org",
        "<bot@example.org>",
        "Bot <bot@example.org>",
        "\"A, B\" <bot@example.org> ",
        "bot@localhost",
    ];
    for from in good {
        assert!(Channels::new(settings(from), client()).is_ok(), "{from}");
    }
    for from in
        ["", "Bot", "Bot <bot>", "Bot <bot@example.org", "bot@example.org>", "a@b@", "a@example.org\r\nX: y"]
    {
        let error = Channels::new(settings(from), client()).unwrap_err();
        assert!(matches!(error, SettingsError::Sender(_)), "{from:?}");
    }
}

fn settings(from: &str) -> Settings {
    Settings { from: from.to_owned(), mail: folder("unused"), dkim: None, webhooks: Vec::new() }
}

#[tokio::test]
async fn every_attempt_writes_the_same_bytes() {
    let outgoing = mail();
    let first = written(outgoing.clone(), "bot@example.org").await;
    assert_eq!(written(outgoing, "bot@example.org").await, first);
    let dir = TempDir::new().unwrap();
    drop(channels(folder(dir.path().join("never")), Vec::new()));
    assert!(!dir.path().join("never").exists(), "nothing is made before there is a mail");
}
