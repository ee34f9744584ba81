//! Each kind of mail in both languages.

use chrono_tz::Asia::Ho_Chi_Minh;

use super::fixtures::{
    alert, ascend, chinese, digest, edited, licence, notice, page_change, quiet_digest, taken_down,
    told_elsewhere,
};
use crate::alert::render::{Mail, mail};
use crate::model::{Item, Language, Message, Notice, Snippet, SourceChange, Topic, Turn};

fn vietnamese(message: &Message) -> Mail {
    mail(message, Language::Vi, Ho_Chi_Minh).unwrap()
}

#[test]
fn every_kind_of_mail_reads_well_in_both_languages() {
    for (kind, message) in [
        ("alert", alert(vec![ascend()])),
        ("storm", alert(vec![ascend(), licence(), chinese()])),
        ("digest", digest(vec![ascend(), licence(), chinese()])),
        ("quiet_digest", quiet_digest()),
        ("edit", alert(vec![edited()])),
        ("taken_down", alert(vec![taken_down()])),
        ("page", alert(vec![page_change()])),
        ("edits_digest", digest(vec![edited(), licence(), page_change()])),
        ("stories_digest", digest(stories())),
        ("notice", notice()),
    ] {
        for (tag, language) in [("vi", Language::Vi), ("en", Language::En)] {
            let Mail { subject, text, html, .. } = mail(&message, language, Ho_Chi_Minh).unwrap();
            insta::assert_snapshot!(format!("{kind}_{tag}"), format!("Subject: {subject}\n\n{text}"));
            insta::assert_snapshot!(format!("{kind}_{tag}_html"), html);
        }
    }
}

/// An article that stands elsewhere too, and one of the same event.
fn stories() -> Vec<Item> {
    let elsewhere = [("Báo Công Nghệ", "https://bcn.example/2"), ("示例新闻", "https://xinwen.example/3")];
    vec![told_elsewhere(ascend(), &elsewhere), told_elsewhere(licence(), &elsewhere), chinese()]
}

#[test]
fn the_subject_names_alert_entities_and_title() {
    let without_entities = Item { entities: Vec::new(), ..licence() };
    let untitled = Item { title: " \u{202E}\n".into(), ..without_entities.clone() };
    let many = Item { alerts: ["A", "B", "C", "D"].map(str::to_owned).to_vec(), ..without_entities.clone() };
    let title = "Export office & chip makers resume licence talks";
    for (items, subject) in [
        (vec![licence()], format!("[Chips] SMIC: {title}")),
        (vec![without_entities], format!("[Chips] {title}")),
        (vec![untitled], "[Chips] https://wire.example/2026/licence-talks".to_owned()),
        (vec![many], format!("[A, B, C, …] {title}")),
        (vec![licence(), ascend()], format!("[Chips, Mô hình] 2 bài: {title}")),
        (Vec::new(), "[Cảnh báo]".to_owned()),
    ] {
        assert_eq!(vietnamese(&alert(items)).subject, subject);
    }
}

#[test]
fn a_digest_counts_everything_in_its_subject() {
    assert_eq!(vietnamese(&digest(vec![ascend()])).subject, "Điểm tin sáng · 3 bài · 21/11/2026");
    assert_eq!(vietnamese(&quiet_digest()).subject, "Điểm tin sáng · không có tin mới · 21/11/2026");
}

#[test]
fn a_notice_without_a_subject_still_has_one() {
    let notice = Message::Notice(Notice { subject: "\r\n".into(), text: "Đĩa sắp đầy.".into() });
    assert_eq!(vietnamese(&notice).subject, "Thông báo");
}

#[test]
fn names_are_marked_in_both_forms() {
    let mail = vietnamese(&alert(vec![ascend()]));
    assert!(mail.text.contains("Đại diện *Huawei* (*华为*) nói"), "{}", mail.text);
    assert!(mail.html.contains(">Huawei</span> (<span"), "{}", mail.html);
}

#[test]
fn a_sentence_is_told_once() {
    let mail = vietnamese(&alert(vec![ascend(), licence()]));
    assert_eq!(mail.text.matches("từ chối bình luận").count(), 1);
    assert_eq!(mail.text.matches("general counsel").count(), 1, "it stands in the lead");
}

#[test]
fn a_sentence_that_the_lead_begins_is_not_quoted_below_it() {
    let sentence = format!("Huawei cho biết {}", "hệ thống mới chạy ổn định suốt nửa năm qua, ".repeat(12));
    let cut = format!("{}…", sentence.chars().take(200).collect::<String>());
    let snippet = Snippet { entity: "Huawei".into(), text: cut };
    let item = Item { lead: sentence, snippets: vec![snippet], ..ascend() };
    let mail = vietnamese(&digest(vec![item]));
    assert_eq!(mail.text.matches("cho biết").count(), 1, "{}", mail.text);
}

#[test]
fn a_right_to_left_title_keeps_to_itself() {
    let item = Item {
        title: "هواوي تعلن عن شريحة".into(), authors: vec!["سارة".into()], ..licence()
    };
    let mail = vietnamese(&alert(vec![item]));
    assert_eq!(mail.subject, "[Chips] SMIC: \u{2068}هواوي تعلن عن شريحة\u{2069}");
    assert!(mail.text.contains("\u{2068}سارة\u{2069}"), "{}", mail.text);
}

#[test]
fn the_same_message_is_always_the_same_mail() {
    let message = digest(vec![ascend(), licence()]);
    assert_eq!(vietnamese(&message), vietnamese(&message));
}

fn trouble(source: &str, language: Language) -> SourceChange {
    let subject = match language {
        Language::Vi => format!("Nguồn đang lỗi: {source}"),
        Language::En => format!("Source failing: {source}"),
    };
    let text = format!("https://{source}.example/rss failed 3 times in a row.\nNext attempt: soon.");
    SourceChange {
        source: source.to_owned(),
        topic: Topic::Answers,
        turn: Turn::Trouble,
        language,
        notice: Notice { subject, text },
        restless: false,
    }
}

#[test]
fn one_source_is_told_in_full_and_many_in_short() {
    let names: Vec<String> = (0..100).map(|number| format!("bao{number}")).collect();
    for (language, subject, counted) in [
        (Language::Vi, "200 nguồn có thay đổi: bao0, bao1, bao2, …", "… và 170 nguồn nữa"),
        (Language::En, "200 sources have changed: bao0, bao1, bao2, …", "… and 170 more sources"),
    ] {
        let changes: Vec<_> = names.iter().map(|name| trouble(name, language)).collect();
        let one = Message::Sources { changes: changes[..1].to_vec(), omitted: 0 };
        let alone = mail(&one, language, Ho_Chi_Minh).unwrap();
        assert_eq!(alone.subject, changes[0].notice.subject);
        assert!(alone.text.contains("Next attempt: soon."));
        let many = mail(&Message::Sources { changes, omitted: 100 }, language, Ho_Chi_Minh).unwrap();
        assert_eq!(many.subject, subject);
        assert!(many.text.contains("bao29") && !many.text.contains("bao30"), "{}", many.text);
        assert!(many.text.contains(counted) && many.text.contains("DNS"), "{}", many.text);
    }
}

#[test]
fn who_is_told_of_a_source_for_the_last_time_today_learns_so() {
    let change = SourceChange { restless: true, ..trouble("a", Language::En) };
    for changes in [vec![change.clone()], vec![change, trouble("b", Language::En)]] {
        let message = Message::Sources { changes, omitted: 0 };
        let text = mail(&message, Language::En, Ho_Chi_Minh).unwrap().text;
        assert_eq!(text.matches("for a day").count(), 1, "{text}");
    }
}
