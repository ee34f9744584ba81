//! Texts of feeds that try to break out, in every place of every message to every channel.

use chrono_tz::Asia::Ho_Chi_Minh;
use serde_json::Value;
use unicode_normalization::char::is_combining_mark;

use super::fixtures::at;
use super::{chats, hostile};
use crate::alert::render::{mail, webhook_body, webhook_posts};
use crate::model::{Language, Message, WebhookFormat, WebhookKind};

/// What is tried, by what it aims at.
fn tricks() -> Vec<(&'static str, String)> {
    let short = [
        ("a header", "Tin\r\nBcc: everyone@example.org\r\nContent-Type: text/html\r\n\r\n<b>x</b>"),
        ("a folded header", "Tin\r\n Bcc: everyone@example.org"),
        ("next line", "Tin\u{85}Bcc: everyone@example.org\u{85}\u{85}<b>x</b>"),
        ("line separators", "Tin\u{2028}Bcc: everyone@example.org\u{2029}x\u{B}y\u{C}z"),
        ("an encoded word", "=?utf-8?B?PHNjcmlwdD4=?= =?utf-8?Q?=0D=0ABcc:_a@b.example?="),
        ("a script", "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>"),
        ("an attribute", "https://example.org/\" onclick=\"alert(1)\" x='y"),
        ("the frame", "</title></style></td></tr></table></body></html><form action=//evil.example>"),
        ("a comment", "--><![endif]--><!--[if mso]><script>alert(1)</script><![endif]-->"),
        ("entities", "&lt;script&gt; &#60;script&#62; &amp;lt; &quot;"),
        ("a template", "{{ 7 * 7 }}{% include 'parts.txt.j2' %}{# x #}{{ subject }}${7*7}#{7*7}"),
        ("a script address", "javascript:alert(1)"),
        ("a hidden script address", " \u{1}java\tscript:alert(1)//https://example.org"),
        ("a data address", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="),
        ("a file address", "file:///etc/passwd"),
        ("overrides", "\u{202E}gpj.exe\u{202D} \u{202B}x\u{202A}"),
        ("isolates", "\u{2067}ngược \u{2066}chiều \u{2068}nữa \u{206E}\u{206A}"),
        ("ends of isolates", "\u{2069}\u{2069}\u{202C}\u{202C} הנה هنا \u{200F}"),
        ("emoji", "🚀👩‍💻👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇻🇳🇻 1️⃣ \u{200D}\u{FE0F}"),
        ("control characters", "\u{0}\u{1}\u{8}\u{1b}[31mđỏ\u{1b}[0m\u{7f}\u{9b}x"),
        ("marks on nothing", "\u{301}\u{302}\u{20DD} \u{301}"),
        ("annotations", "\u{FFF9}a\u{FFFA}b\u{FFFB}\u{FEFF}\u{FFFE}\u{E0001}"),
        ("a mention", "@everyone @here <!channel> <@U1> <at>all</at> [x](tg://user?id=1)"),
        ("a quoted string", "\", \"injected\": \"\\"),
        ("dots of SMTP", "\r\n.\r\nMAIL FROM:<a@b.example>\r\n"),
        ("nothing", ""),
        ("spaces", " \u{A0}\u{3000}\t\n "),
    ];
    let long = [
        ("a long title", "Tiêu đề rất dài ".repeat(625)),
        ("a long word", "đ".repeat(10_000)),
        ("zalgo", format!("Z{}a{}", "\u{36F}".repeat(2_000), "\u{489}".repeat(2_000))),
        ("many families", "👨‍👩‍👧‍👦".repeat(1_400)),
        ("a long address", format!("https://example.org/{}", "%22%3E".repeat(2_000))),
    ];
    short.into_iter().map(|(aim, text)| (aim, text.to_owned())).chain(long).collect()
}

/// One line, or lines of ours: no control character, no direction left open, no heap of marks.
fn assert_readable(text: &str, aim: &str) {
    let mut marks = 0;
    for c in text.chars() {
        assert!(!c.is_control() || c == '\n', "{aim}: {c:?} in {text}");
        assert!(!"\u{85}\u{2028}\u{2029}".contains(c), "{aim}: {c:?} in {text}");
        assert!(
            !('\u{202A}'..='\u{202E}').contains(&c) && !('\u{206A}'..='\u{206F}').contains(&c),
            "{aim}: {c:?}"
        );
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        assert!(marks <= 6, "{aim}: {text}");
    }
    let opened = text.matches(['\u{2066}', '\u{2067}', '\u{2068}']).count();
    assert_eq!(opened, text.matches('\u{2069}').count(), "{aim}: {text}");
}

#[test]
fn nothing_breaks_out_of_a_mail() {
    for (aim, text) in tricks() {
        for (message, language) in
            hostile::messages(&text).iter().zip([Language::Vi, Language::En, Language::Vi])
        {
            let mail = mail(message, language, Ho_Chi_Minh).unwrap();
            hostile::harmless(&mail);
            for shown in [&mail.subject, &mail.text, &mail.html] {
                assert_readable(shown, aim);
            }
            assert!(!mail.subject.contains('\n') && mail.subject.chars().count() < 450, "{aim}");
            assert!(mail.html.len() < 80_000 && mail.text.len() < 80_000, "{aim}");
            assert!(!mail.html.contains(">49"), "{aim}");
        }
    }
}

#[test]
fn nothing_breaks_out_of_a_chat_or_a_push_message() {
    for (aim, text) in tricks() {
        for message in hostile::messages(&text) {
            let of_kind = |kind| chats::posts(&message, kind).into_iter().map(move |post| (kind, post));
            for (kind, post) in chats::KINDS.into_iter().flat_map(of_kind) {
                chats::harmless(kind, &post);
                for (_, text) in chats::texts(&post, "") {
                    assert_readable(&text, aim);
                }
            }
        }
    }
}

#[test]
fn nothing_breaks_out_of_a_webhook_or_its_template() {
    let made = |template: &str, message: &Message| {
        let template = Some(template.to_owned());
        let format = WebhookFormat { kind: WebhookKind::Generic, template, ..WebhookFormat::default() };
        webhook_posts(message, &format, (Language::Vi, Ho_Chi_Minh), at("2026-11-21T11:10:00Z"))
            .unwrap()
            .remove(0)
    };
    let line = "{{ subject }}|{% for item in data['items'] | default([]) %}{{ item.article.title }} {{ item.article.url }};{% endfor %}";
    for (aim, text) in tricks() {
        for message in hostile::messages(&text) {
            let body = webhook_body(&message, at("2026-11-21T11:10:00Z")).unwrap();
            assert!(body.len() < 20_000, "{aim}");
            let card = made(
                "{\"text\": {{ subject }}, \"all\": {{ text }}, \"data\": {{ data | tojson }}}",
                &message,
            );
            for json in [&body, &card] {
                let json: Value = serde_json::from_str(json).unwrap();
                assert!(json.get("injected").is_none(), "{aim}");
                for (key, text) in chats::texts(&json, "") {
                    assert_readable(&text, aim);
                    assert!(key != "url" || text.is_empty() || text.starts_with("http"), "{aim}: {text}");
                }
            }
            let plain = made(line, &message);
            assert_readable(&plain, aim);
            assert!(!plain.contains('\n'), "{aim}: {plain}");
        }
    }
}
