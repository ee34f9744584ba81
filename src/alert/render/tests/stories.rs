//! Articles of one event stand together.

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{alert, ascend, chinese, digest, licence, told_elsewhere};
use crate::alert::render::mail;
use crate::model::{AlsoAt, Item, Language, Message};

fn text(message: &Message) -> String {
    mail(message, Language::Vi, Ho_Chi_Minh).unwrap().text
}

#[test]
fn a_story_is_told_once_with_its_other_articles_below() {
    let elsewhere = [("Báo Một", "https://mot.example/a"), ("Báo Hai", "javascript:alert(1)")];
    let items = vec![told_elsewhere(ascend(), &elsewhere), chinese(), told_elsewhere(licence(), &elsewhere)];
    let text = text(&digest(items));
    assert!(text.contains("1. Huawei hẹn") && text.contains("2. 华为公布"), "{text}");
    assert!(!text.contains("3. "), "{text}");
    assert!(
        text.contains("Cùng sự kiện:\n- Export office & chip makers resume licence talks (The Example Wire)"),
        "{text}"
    );
    assert!(text.contains("- Báo Một: https://mot.example/a\n- Báo Hai\n- và 1 bài nữa"), "{text}");
    assert!(text.contains("5 bài"), "all are counted: {text}");
}

#[test]
fn an_alert_names_the_other_articles_of_its_story() {
    let item = told_elsewhere(ascend(), &[("Báo Một", "https://mot.example/a")]);
    assert!(
        text(&alert(vec![item])).contains("Cũng đăng tại:\n- Báo Một: https://mot.example/a\n- và 2 bài nữa")
    );
    let alone = told_elsewhere(ascend(), &[]);
    assert!(text(&alert(vec![alone])).contains("2 bài nữa cùng sự kiện"));
}

#[test]
fn what_says_something_of_its_own_stands_with_its_headline_and_its_names() {
    let mut item = told_elsewhere(
        ascend(),
        &[("Báo Một", "https://mot.example/a"), ("Báo Hai", "https://hai.example/b")],
    );
    let story = item.story.as_mut().unwrap();
    (story.articles, story.also[1].is_copy, story.also[1].title) =
        (3, false, "TSMC bác tin nhận đơn".to_owned());
    (story.also[1].entities, story.also[0].entities) =
        (vec!["Huawei".into(), "TSMC".into()], vec!["SMIC".into()]);
    // The same article by another of its feeds is no other place, at another address it is.
    let again = |url: &str| AlsoAt {
        id: item.id,
        url: url.to_owned(),
        source: "Cùng báo".to_owned(),
        ..story.also[0].clone()
    };
    let more = [again(&item.url), again("https://ban-sao.example/c")];
    story.also.extend(more);
    for message in [alert(vec![item.clone()]), digest(vec![item])] {
        let text = text(&message);
        assert!(
            text.contains("Cùng sự kiện:\n- TSMC bác tin nhận đơn (Báo Hai)\n  https://hai.example/b\n"),
            "{text}"
        );
        assert!(
            text.contains(
                "Cũng đăng tại:\n- Báo Một: https://mot.example/a\n- Cùng báo: https://ban-sao.example/c\n\n"
            ),
            "{text}"
        );
        assert!(text.contains("SMIC 1 lần, TSMC ở bài khác"), "{text}");
    }
}

#[test]
fn nothing_of_a_large_story_goes_missing_uncounted() {
    let items: Vec<Item> = (0..300)
        .map(|number| told_elsewhere(Item { title: format!("Bài-{number}"), ..ascend() }, &[]))
        .collect();
    let text = text(&digest(items));
    assert!(text.contains("302 bài") && text.contains("294 bài nữa cùng sự kiện"), "{text}");
}
