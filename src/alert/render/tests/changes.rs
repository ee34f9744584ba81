//! Edits: what stood there and what stands there now.

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{alert, changed_page, digest, licence, silent_edit, with_edit};
use crate::alert::render::{Mail, mail, webhook_posts};
use crate::model::{ChangeKind, Item, Language, Reason, Timestamp, WebhookFormat, WebhookKind};

fn told(item: Item) -> Mail {
    mail(&alert(vec![item]), Language::Vi, Ho_Chi_Minh).unwrap()
}

#[test]
fn an_edit_is_told_by_the_words_that_changed_in_their_place() {
    let edit = |kind, lines, words| told(with_edit(licence(), kind, lines, words)).text;
    let long = "và những điều khác được nhắc lại nhiều lần ".repeat(20);
    let (old, new) = (format!("{long} năm 2019 có 9 lỗi {long}"), format!("{long} năm 2019 có 7 lỗi {long}"));
    for (text, shown) in [
        (
            edit(ChangeKind::NumberEdit, [&["Bán 384 máy."], &["Bán 382 máy."]], &[("384", "382")]),
            "Bán [384 → 382] máy.",
        ),
        (
            edit(ChangeKind::Edit, [&["Hai bên gặp."], &["Hai bên sẽ gặp."]], &[("", "sẽ")]),
            "Hai bên [+ sẽ] gặp.",
        ),
        (
            edit(ChangeKind::Edit, [&["Hai bên đã gặp."], &["Hai bên gặp."]], &[("đã", "")]),
            "Hai bên [− đã] gặp.",
        ),
        (edit(ChangeKind::ParagraphAdded, [&[], &["Đoạn mới."]], &[]), "[+ Đoạn mới.]"),
        (edit(ChangeKind::ParagraphRemoved, [&["Đoạn cũ."], &[]], &[("Đoạn cũ.", "")]), "[− Đoạn cũ.]"),
        (edit(ChangeKind::NumberEdit, [&[&old], &[&new]], &[("9", "7")]), "năm 2019 có [9 → 7] lỗi"),
        (
            edit(ChangeKind::EntityEdit, [&["华为与三星合作。"], &["华为与小米合作。"]], &[("三星", "小米")]),
            "华为与[三星 → 小米]合作。",
        ),
        (edit(ChangeKind::TakenDown, [&[], &[]], &[]), "Đã bị gỡ"),
        (edit(ChangeKind::Edit, [&[], &[]], &[("cũ", "mới")]), "Sửa câu chữ: cũ → mới"),
    ] {
        assert!(text.replace("\n> ", " ").contains(shown), "{shown}: {text}");
    }
}

#[test]
fn a_line_that_was_replaced_is_not_told_twice() {
    let text = told(silent_edit()).text.replace("\n> ", " ");
    assert_eq!(text.matches("ba trung tâm dữ liệu").count(), 1, "{text}");
    assert!(text.contains("[384 → 382]") && text.contains("[1,2 → 1,1]"), "{text}");
}

#[test]
fn the_subject_begins_with_what_changed() {
    let gone = with_edit(licence(), ChangeKind::Edit, [&["a b"], &["a"]], &[("b", "")]);
    let wall = with_edit(licence(), ChangeKind::Truncated, [&["a b c"], &[]], &[("a b c", "")]);
    let untold = with_edit(licence(), ChangeKind::TakenDown, [&[], &[]], &[]);
    for (item, begin) in [
        (silent_edit(), "[Chips, Mô hình] 384 → 382, 1,2 → 1,1: Huawei hẹn"),
        (gone, "[Chips] − b: Export office"),
        (wall, "[Chips] Đã bị khóa sau đăng nhập hoặc trả phí: Export office"),
        (untold, "[Chips] Đã bị gỡ: Export office"),
        (changed_page(), "[Chips, Mô hình] + 昇腾 970"),
    ] {
        let subject = told(item).subject;
        assert!(subject.starts_with(begin), "{subject}");
    }
}

#[test]
fn names_that_came_and_went_are_told() {
    let mail = told(changed_page());
    assert!(
        mail.text.contains("Nay có nhắc: SMIC") && mail.text.contains("Không còn nhắc: Ascend"),
        "{}",
        mail.text
    );
}

#[test]
fn edits_and_pages_stand_under_headings_behind_what_is_new() {
    let message = digest(vec![changed_page(), silent_edit(), licence()]);
    let text = mail(&message, Language::Vi, Ho_Chi_Minh).unwrap().text;
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    let places =
        ["1. Export office", "=== Bài đã bị sửa", "2. Huawei", "=== Trang có thay đổi", "3. 华为"].map(place);
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("5 bài (1 bài bị sửa, 1 trang thay đổi)"), "{text}");
}

#[test]
fn a_rewritten_article_stays_short() {
    let lines =
        |word: &str| (0..500).map(|number| format!("{word} {number} ").repeat(200)).collect::<Vec<_>>();
    let (old, new) = (lines("cũ"), lines("mới"));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let words = vec![("cũ", "mới"); 5_000];
    let item = with_edit(licence(), ChangeKind::Edit, [&old, &new], &words);
    let mail = mail(&digest(vec![item; 40]), Language::Vi, Ho_Chi_Minh).unwrap();
    assert!(mail.html.len() < 80_000 && mail.text.len() < 80_000);
}

#[test]
fn a_change_made_in_ten_places_is_quoted_once_with_their_number() {
    let lines: Vec<String> = (0..10).map(|number| format!("Lô {number} có 384 máy.")).collect();
    let now: Vec<String> = lines.iter().map(|line| line.replace("384", "382")).collect();
    let [lines, now] = [&lines, &now].map(|lines| lines.iter().map(String::as_str).collect::<Vec<_>>());
    let words: Vec<(&str, &str)> = [("384", "382")].repeat(10).into_iter().chain([("hai", "ba")]).collect();
    let item = with_edit(licence(), ChangeKind::NumberEdit, [&lines, &now], &words);
    let mail = told(item.clone());
    assert!(mail.subject.contains("384 → 382 (×10), hai → ba: "), "{}", mail.subject);
    assert!(mail.text.contains("Sửa số liệu: 384 → 382 (×10), hai → ba"), "{}", mail.text);
    assert!(mail.html.contains("</ins> (×10), "), "{}", mail.html);
    let chat = WebhookFormat { kind: WebhookKind::Gotify, ..WebhookFormat::default() };
    let posts =
        webhook_posts(&alert(vec![item]), &chat, (Language::Vi, Ho_Chi_Minh), Timestamp::EPOCH).unwrap();
    assert_eq!(posts[0].matches("384").count(), 2, "once in the title and once below: {posts:?}");
    assert_eq!(posts[0].matches("(×10)").count(), 2, "{posts:?}");
}

#[test]
fn a_new_article_that_is_gone_again_is_told_with_what_it_said() {
    let gone = with_edit(licence(), ChangeKind::TakenDown, [&["SMIC sent its counsel."], &[]], &[]);
    let item = Item { reason: Reason::New, ..gone };
    let text = mail(&digest(vec![item]), Language::Vi, Ho_Chi_Minh).unwrap().text;
    assert!(text.contains("Đã bị gỡ") && text.contains("Talks that stalled"), "{text}");
    assert!(!text.contains("SMIC sent its counsel."), "what is gone is not quoted as a change: {text}");
}
