//! Feeds that try to break out of the mail.

use chrono_tz::Asia::Ho_Chi_Minh;
use proptest::prelude::*;

use super::fixtures::{alert, ascend, at, digest, problem, told_elsewhere, with_edit};
use crate::alert::render::{Mail, mail, webhook_body};
use crate::model::{
    Attribution, ChangeKind, Extent, Item, Language, Message, Notice, Prominence, Snippet, Trend,
};

const TAGS: [&str; 19] = [
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "th", "p", "h1", "h2", "a",
    "b", "span", "del", "ins",
];

/// An article whose every text is this one.
fn saying(text: &str) -> Item {
    let said = || text.to_owned();
    Item {
        alerts: vec![said()],
        url: said(),
        canonical_url: said(),
        title: said(),
        authors: vec![said()],
        source: said(),
        language: Some(said()),
        lead: said(),
        attribution: Some(Attribution { name: said(), url: Some(said()) }),
        extent: Extent::Whole,
        entities: vec![Prominence { name: said(), count: 2, in_title: true, surfaces: vec![said()] }],
        snippets: vec![Snippet { entity: said(), text: format!("Câu có {text} ở giữa.") }],
        ..ascend()
    }
}

/// An edit that put this text in the place of a number.
fn editing(text: &str) -> Item {
    let (before, after) = (format!("Có 384 bộ. {text}"), format!("Có {text} bộ. {text}"));
    with_edit(
        saying(text),
        ChangeKind::NumberEdit,
        [&[&before, text], &[&after]],
        &[("384", text), (text, "")],
    )
}

pub(super) fn messages(text: &str) -> [Message; 3] {
    let Message::Digest { from, until, .. } = digest(Vec::new()) else { unreachable!() };
    [
        alert(vec![saying(text), told_elsewhere(saying(text), &[(text, text)]), editing(text)]),
        Message::Digest {
            name: text.into(),
            from,
            until,
            items: vec![
                told_elsewhere(saying(text), &[(text, text)]),
                told_elsewhere(saying(text), &[]),
                editing(text),
            ],
            omitted: 1,
            source_problems: vec![problem(text, text)],
            trends: vec![Trend { entity: text.into(), days: vec![0, 2, 1] }],
        },
        Message::Notice(Notice { subject: text.into(), text: text.into() }),
    ]
}

/// Every tag is one of ours, every link leads to the web, and no line leaves its place.
pub(super) fn harmless(mail: &Mail) {
    assert!(!mail.subject.chars().any(char::is_control), "{:?}", mail.subject);
    assert!(!mail.subject.is_empty());
    for tag in mail.html.split('<').skip(1) {
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let is_own = ["!doctype", "!--[if mso]>", "![endif]--"].iter().any(|own| tag.starts_with(own));
        assert!(TAGS.contains(&name.as_str()) || is_own, "<{tag}");
        assert!(!tag.split('>').next().unwrap().to_lowercase().contains(" on"), "<{tag}");
    }
    for link in mail.html.split("href=\"").skip(1) {
        assert!(link.starts_with("http://") || link.starts_with("https://"), "{link}");
    }
    for turning in "\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}".chars() {
        assert!(!format!("{}{}{}", mail.subject, mail.text, mail.html).contains(turning));
    }
    let opened = mail.text.matches('\u{2068}').count();
    assert_eq!(opened, mail.text.matches('\u{2069}').count(), "isolates are closed");
}

#[test]
fn known_tricks_come_to_nothing() {
    for trick in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></style><style>p{display:none}</style>",
        "--></td></tr></table><form action=//evil.example>",
        "javascript:alert(1)",
        "https://example.org/\" onclick=\"alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "Tin\r\nBcc: everyone@example.org\r\n\r\n<b>x</b>",
        "\u{202E}\u{2067}ngược \u{2066}chiều",
        "{{ 7 * 7 }}{% include 'x' %}",
        "&lt;script&gt;",
        "\u{0}\u{1}\u{1b}[31m",
        "",
    ] {
        for message in messages(trick) {
            let mail = mail(&message, Language::Vi, Ho_Chi_Minh).unwrap();
            harmless(&mail);
            assert!(!mail.html.contains("49"), "templates in titles are text");
        }
    }
}

#[test]
fn markup_in_a_title_is_shown_as_it_was_written() {
    let mail = mail(&alert(vec![saying("Thẻ <mark> & \"nháy\"")]), Language::Vi, Ho_Chi_Minh).unwrap();
    assert!(mail.html.contains("Thẻ &lt;mark&gt; &amp; &quot;nháy&quot;"));
    assert!(mail.text.contains("Thẻ <mark> & \"nháy\""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_text_breaks_out(text in "(?s).{0,400}") {
        for message in messages(&text) {
            harmless(&mail(&message, Language::En, Ho_Chi_Minh).unwrap());
            let body = webhook_body(&message, at("2026-11-21T11:10:00Z")).unwrap();
            prop_assert!(serde_json::from_str::<serde_json::Value>(&body).is_ok());
            prop_assert!(body.len() < 20_000);
        }
    }
}
