//! Sizes stay bounded, and nothing goes missing without being counted.

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{alert, ascend, at, digest, licence};
use crate::alert::render::{MOST_ITEMS, mail, webhook_body};
use crate::model::{Item, Language, Message, Notice, Prominence, Snippet};

/// An article with a number in its title and far too much text, each character `sign`.
fn long(number: usize, sign: &str) -> Item {
    let text = sign.repeat(2_000);
    let name = sign.repeat(120);
    Item {
        title: format!("Bài-{number}. {}", sign.repeat(10_000)),
        url: format!("https://tinmoi.example/{number}/{}", "a".repeat(370)),
        canonical_url: format!("https://tinmoi.example/{number}/{}", "a".repeat(370)),
        authors: vec![name.clone(); 20],
        source: name.clone(),
        lead: text.clone(),
        entities: vec![
            Prominence {
                name: name.clone(),
                count: 3,
                in_title: false,
                surfaces: vec![name.clone(); 5]
            };
            60
        ],
        snippets: vec![Snippet { entity: name, text }; 12],
        ..ascend()
    }
}

fn ordinary(count: usize) -> Vec<Item> {
    (1..=count)
        .map(|number| Item { title: format!("Bài-{number}. {}", licence().title), ..ascend() })
        .collect()
}

const SIGNS: [&str; 6] = ["tin tức ", "\"", "&", "芯", "😀", "a\u{301}"];

#[test]
fn mails_stay_under_eighty_kilobytes() {
    for sign in SIGNS {
        let items = |count| -> Vec<Item> { (1..=count).map(|number| long(number, sign)).collect() };
        for message in [alert(items(1)), alert(items(MOST_ITEMS)), digest(items(60))] {
            let mail = mail(&message, Language::Vi, Ho_Chi_Minh).unwrap();
            assert!(mail.html.len() < 80_000, "{sign}: {}", mail.html.len());
            assert!(mail.text.len() < 80_000, "{sign}: {}", mail.text.len());
            assert!(mail.subject.chars().count() < 450, "{}", mail.subject);
        }
    }
}

#[test]
fn notices_stay_under_eighty_kilobytes_too() {
    for sign in SIGNS {
        let notice = Message::Notice(Notice { subject: sign.repeat(10_000), text: sign.repeat(100_000) });
        assert!(mail(&notice, Language::Vi, Ho_Chi_Minh).unwrap().html.len() < 80_000, "{sign}");
        assert!(webhook_body(&notice, at("2026-11-21T11:10:00Z")).unwrap().len() < 20_000, "{sign}");
    }
}

#[test]
fn a_full_digest_keeps_every_article_and_shortens_the_last() {
    for count in [100, 200] {
        let mail = mail(&digest(ordinary(count)), Language::Vi, Ho_Chi_Minh).unwrap();
        assert!(mail.html.len() < 80_000, "{}", mail.html.len());
        for number in 1..=count {
            assert!(
                mail.html.contains(&format!("Bài-{number}. ")),
                "article {number} of {count} in the HTML"
            );
            assert!(
                mail.text.contains(&format!("\n{number}. Bài-{number}. ")),
                "{number} of {count} in the text"
            );
        }
        assert!(mail.text.contains("… và 2 bài nữa"));
        let (first, last) = (mail.text.find("Đại diện"), mail.text.rfind("Đại diện"));
        assert!(count > 100 || first.unwrap() < mail.text.len() / 10, "the first article is told whole");
        assert!(last.is_none_or(|last| last < mail.text.len() * 9 / 10), "the last one is not");
    }
}

#[test]
fn what_has_no_room_is_counted() {
    let mail = mail(&digest(ordinary(800)), Language::Vi, Ho_Chi_Minh).unwrap();
    let shown = mail.html.matches(">Bài-").count() - 1;
    assert!(mail.html.contains(&format!("… và {} bài nữa", 802 - shown)), "{shown} shown");
    assert!(mail.subject.contains("802 bài"));
}

#[test]
fn a_storm_in_a_webhook_keeps_alerts_titles_and_addresses() {
    for sign in SIGNS {
        let items: Vec<Item> = (1..=MOST_ITEMS).map(|number| long(number, sign)).collect();
        let body = webhook_body(&alert(items.clone()), at("2026-11-21T11:10:00Z")).unwrap();
        assert!(body.len() < 20_000, "{sign}: {}", body.len());
        let read: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert!(read["data"].get("omitted").is_none());
        for (told, item) in read["data"]["items"].as_array().unwrap().iter().zip(&items) {
            assert_eq!(told["article"]["url"], item.url.as_str());
            assert_eq!(told["article"]["id"], item.id.to_string());
            assert_eq!(told["alerts"], serde_json::json!(["Chips", "Mô hình"]));
            assert!(told["article"]["title"].as_str().unwrap().starts_with("Bài-"));
        }
    }
}

#[test]
fn a_webhook_counts_what_has_no_room() {
    let body = webhook_body(&alert(ordinary(500)), at("2026-11-21T11:10:00Z")).unwrap();
    let read: serde_json::Value = serde_json::from_str(&body).unwrap();
    let shown = read["data"]["items"].as_array().unwrap().len();
    assert_eq!(read["data"]["omitted"], 500 - shown);
    assert!(body.len() < 20_000 && shown > 50, "{shown} in {}", body.len());
}
