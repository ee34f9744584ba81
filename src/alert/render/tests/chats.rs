//! Messages as chat and push services get them: their formats, their limits, and nothing of a feed's own in between.

use chrono_tz::Asia::Ho_Chi_Minh;
use proptest::prelude::*;
use serde_json::Value;

use super::fixtures::{alert, ascend, at, chinese, corrected, digest, licence, notice, quiet_digest};
use super::hostile::messages;
use crate::alert::render::webhook_posts;
use crate::model::{ArticleId, Item, Language, Message, Notice, WebhookFormat, WebhookKind};

pub(super) const KINDS: [WebhookKind; 7] = [
    WebhookKind::Slack,
    WebhookKind::Discord,
    WebhookKind::Telegram,
    WebhookKind::Teams,
    WebhookKind::Mattermost,
    WebhookKind::Ntfy,
    WebhookKind::Gotify,
];

pub(super) fn posts(message: &Message, kind: WebhookKind) -> Vec<Value> {
    let format = WebhookFormat {
        kind,
        chat_id: (kind == WebhookKind::Telegram).then(|| "-1001234".to_owned()),
        thread_id: (kind == WebhookKind::Telegram).then(|| "42".to_owned()),
        topic: (kind == WebhookKind::Ntfy).then(|| "ban-tin".to_owned()),
        template: None,
        language: None,
    };
    let reader = (Language::Vi, Ho_Chi_Minh);
    let bodies = webhook_posts(message, &format, reader, at("2026-11-21T11:10:00Z")).unwrap();
    bodies
        .iter()
        .map(|body| {
            within_limits(kind, body);
            serde_json::from_str(body).unwrap()
        })
        .collect()
}

/// What each service takes at most, by its own documentation.
fn within_limits(kind: WebhookKind, body: &str) {
    let json: Value = serde_json::from_str(body).unwrap();
    let units = |text: &Value| text.as_str().unwrap_or_default().encode_utf16().count();
    let empty = Vec::new();
    match kind {
        WebhookKind::Slack => {
            let blocks = json["blocks"].as_array().unwrap();
            assert!(blocks.len() <= 50 && units(&json["text"]) <= 40_000);
            assert!(
                blocks.iter().all(|block| (1..=3_000).contains(&units(&block["text"]["text"]))),
                "{body}"
            );
        }
        WebhookKind::Discord => {
            let embeds = json["embeds"].as_array().unwrap();
            assert!(embeds.len() <= 10 && units(&json["content"]) <= 2_000);
            assert!(embeds.iter().all(|embed| units(&embed["title"]) <= 256), "{body}");
            assert!(embeds.iter().all(|embed| units(&embed["description"]) <= 4_096), "{body}");
            let all = embeds.iter().map(|embed| units(&embed["title"]) + units(&embed["description"]));
            assert!(all.sum::<usize>() <= 6_000, "{body}");
            assert_eq!(json["allowed_mentions"]["parse"].as_array(), Some(&empty));
        }
        WebhookKind::Telegram => {
            let read = seen(json["text"].as_str().unwrap());
            assert!((1..=4_096).contains(&read.encode_utf16().count()), "{body}");
        }
        WebhookKind::Teams => assert!(body.len() <= 28_000, "{}", body.len()),
        WebhookKind::Mattermost => assert!((1..=16_383).contains(&units(&json["text"])), "{body}"),
        WebhookKind::Ntfy => assert!(body.len() <= 4_096, "{}", body.len()),
        WebhookKind::Gotify => assert!(units(&json["message"]) <= 16_000),
        WebhookKind::Generic => unreachable!(),
    }
}

/// HTML as its reader sees it; tags and entities are all of ours.
fn seen(html: &str) -> String {
    let mut text = String::new();
    for (number, part) in html.split('<').enumerate() {
        let shown = if number == 0 { part } else { part.split_once('>').unwrap().1 };
        assert!(!shown.contains('>'), "{html}");
        text.push_str(shown);
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every text of a JSON value, with the key it stands under.
pub(super) fn texts(value: &Value, key: &str) -> Vec<(String, String)> {
    match value {
        Value::String(text) => vec![(key.to_owned(), text.clone())],
        Value::Array(all) => all.iter().flat_map(|one| texts(one, key)).collect(),
        Value::Object(fields) => fields.iter().flat_map(|(key, one)| texts(one, key)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn each_service_gets_its_own_format() {
    for kind in KINDS {
        let shown = |message: &Message| {
            let all: Vec<String> =
                posts(message, kind).iter().map(|post| serde_json::to_string_pretty(post).unwrap()).collect();
            all.join("\n\n")
        };
        let messages = [
            alert(vec![corrected()]),
            alert(vec![ascend(), chinese()]),
            digest(vec![licence()]),
            quiet_digest(),
            notice(),
        ];
        let all: Vec<String> = messages.iter().map(shown).collect();
        insta::assert_snapshot!(format!("chat_{}", kind.as_str()), all.join("\n\n=====\n\n"));
    }
}

#[test]
fn what_changed_is_named_and_told_without_what_was_always_there() {
    for kind in KINDS {
        let post = posts(&alert(vec![corrected()]), kind).remove(0).to_string();
        let place = |what: &str| post.find(what).unwrap_or_else(|| panic!("{what} in {post}"));
        assert!(place("Sửa số liệu") < place("384"), "{kind:?}");
        assert!(place("384") < place("382"), "{kind:?}");
        assert!(!post.contains("nội bộ"), "{kind:?}: {post}");
    }
}

fn many(count: usize, title: &str) -> Vec<Item> {
    let numbered = |number: usize| {
        let mut id = [0; 16];
        id[..8].copy_from_slice(&number.to_le_bytes());
        Item { id: ArticleId::from_bytes(id), title: format!("Bài-{number}. {title}"), ..ascend() }
    };
    (1..=count).map(numbered).collect()
}

#[test]
fn a_long_message_is_split_before_anything_is_cut() {
    for kind in KINDS {
        let few = posts(&alert(many(20, "Huawei")), kind);
        assert!(few.len() <= 5, "{kind:?}");
        let all: String = few.iter().map(Value::to_string).collect();
        for number in 1..=20 {
            assert!(all.contains(&format!("Bài-{number}. ")), "{kind:?} lacks {number}");
        }
        if few.len() > 1 {
            assert!(all.contains(&format!("1/{}", few.len())), "{kind:?}: {all}");
        }
    }
}

#[test]
fn what_has_no_room_is_counted() {
    for kind in KINDS {
        let all = posts(&alert(many(400, &"rất dài ".repeat(40))), kind);
        assert!(all.len() <= 5, "{kind:?}: {}", all.len());
        let text: String = all.iter().map(Value::to_string).collect();
        let shown = (1..=400).filter(|number| text.contains(&format!("Bài-{number}. "))).count();
        assert!(shown >= 30, "{kind:?} shows {shown}");
        let counted = format!("và {} bài nữa", 400 - shown);
        assert!(shown == 400 || text.contains(&counted), "{kind:?} shows {shown}");
    }
}

#[test]
fn no_text_is_too_much_for_any_service() {
    for sign in ["tin tức ", "\"", "&", "<", "*_~`", "芯", "😀", "a\u{301}", "@", ":x:", "\\"] {
        let text = sign.repeat(4_000);
        let long = Item { url: format!("https://tin.example/{}", "a".repeat(6_000)), ..ascend() };
        for message in messages(&text) {
            for kind in KINDS {
                assert!(!posts(&message, kind).is_empty());
            }
        }
        for kind in KINDS {
            assert!(!posts(&alert(vec![Item { title: text.clone(), ..long.clone() }; 30]), kind).is_empty());
        }
    }
}

/// Nothing calls anyone, nothing leads anywhere but to the web, and nothing looks as its author wanted.
pub(super) fn harmless(kind: WebhookKind, post: &Value) {
    for (key, text) in texts(post, "") {
        for call in ["@everyone", "@here", "@channel"] {
            assert!(!text.contains(call), "{kind:?} {key}: {text}");
        }
        assert!(kind != WebhookKind::Slack || !text.contains("<!"), "{text}");
        if matches!(key.as_str(), "url" | "click") {
            assert!(text.starts_with("https://") || text.starts_with("http://"), "{text}");
        }
        match (kind, key.as_str()) {
            (WebhookKind::Telegram, "text") => {
                for tag in text.split('<').skip(1) {
                    let good = ["b>", "/b>", "s>", "/s>", "/a>", "a href=\"https://", "a href=\"http://"];
                    assert!(good.iter().any(|good| tag.starts_with(good)), "<{tag}");
                }
            }
            (WebhookKind::Slack, "text") => {
                for link in text.split('<').skip(1) {
                    assert!(link.starts_with("https://") || link.starts_with("http://"), "<{link}");
                }
            }
            (
                WebhookKind::Discord | WebhookKind::Mattermost,
                "text" | "title" | "description" | "content",
            ) => {
                for part in text.split("](").skip(1) {
                    assert!(part.starts_with("https://") || part.starts_with("http://"), "{text}");
                }
                assert_eq!(text.matches('<').count(), text.matches("\\<").count(), "{text}");
            }
            _ => {}
        }
        assert!(!text.contains("javascript:a") && !text.contains("tg://"), "{kind:?} {key}: {text}");
    }
}

#[test]
fn tricks_come_to_nothing() {
    for trick in [
        "@everyone @here <!channel> <!here|x> <@U123> <#C1>",
        "[bấm](javascript:alert(1)) tg://user?id=1",
        "</b><a href=\"javascript:alert(1)\">x</a>",
        "<https://evil.example|vnexpress.net>",
        "*đậm* _nghiêng_ ~gạch~ `mã` ```khối``` **hai** __hai__ ||ẩn||",
        "> trích\n# đề mục\n- mục",
        "<at>everyone</at> {{DATE(2026-01-01T00:00:00Z,LONG)}}",
        "![x](http://evil.example/a.png)",
        "\\[x\\](javascript:alert(1))",
        "&lt;!channel&gt; &amp;",
        "\u{202E}ngược\u{0}\u{1b}[31m",
        "",
    ] {
        for message in messages(trick) {
            for kind in KINDS {
                for post in posts(&message, kind) {
                    harmless(kind, &post);
                }
            }
        }
    }
}

#[test]
fn a_long_notice_keeps_its_lines_and_its_end() {
    let lines: Vec<String> =
        (1..=60).map(|number| format!("Dòng {number}: sources.toml có lỗi ở đây")).collect();
    let message =
        Message::Notice(Notice { subject: "sources.toml có 60 lỗi".into(), text: lines.join("\n") });
    for kind in KINDS {
        let all: String = posts(&message, kind).iter().map(Value::to_string).collect();
        assert!(all.contains("Dòng 1:") && all.contains("Dòng 60:"), "{kind:?}: {all}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_breaks_out_of_a_chat(text in "(?s).{0,300}") {
        for message in messages(&text) {
            for kind in KINDS {
                for post in posts(&message, kind) {
                    harmless(kind, &post);
                }
            }
        }
    }

    #[test]
    fn no_signs_break_out_of_a_chat(text in "[-<>\\[\\]()@!|*_~`:/&#\\\\a-c {}\\n\"]{0,120}") {
        for message in messages(&text) {
            for kind in KINDS {
                for post in posts(&message, kind) {
                    harmless(kind, &post);
                }
            }
        }
    }
}
