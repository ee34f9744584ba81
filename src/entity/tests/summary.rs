//! Prominence and snippets.

use super::*;

fn matcher() -> Matcher {
    let names = [("Huawei", "华为"), ("SMIC", "中芯国际"), ("Qwen", "千问"), ("Intel", "英特尔")];
    let entities: Vec<_> = names.iter().map(|(name, chinese)| entity(name, &[name, chinese])).collect();
    Matcher::new(&entities, &[]).unwrap()
}

#[test]
fn title_goes_before_lead_before_count() {
    let fields = [
        (Field::Body, "Intel, Intel và INTEL; Qwen, 千问 và Qwen; SMIC. Hua\u{AD}wei"),
        (Field::Lead, "SMIC tăng"),
        (Field::Title, "华为 và HUAWEI"),
    ];
    let found = prominence(&matcher().find("", &fields).mentions);
    let rows: Vec<_> =
        found.iter().map(|e| (e.name.as_str(), e.count, e.in_title, e.surfaces.join(" "))).collect();
    let wanted = [
        ("Huawei", 3, true, "华为 HUAWEI Huawei".to_owned()),
        ("SMIC", 2, false, "SMIC".to_owned()),
        ("Intel", 3, false, "Intel INTEL".to_owned()),
        ("Qwen", 3, false, "Qwen 千问".to_owned()),
    ];
    assert_eq!(rows, wanted);
}

#[test]
fn a_snippet_is_the_first_sentence_outside_the_title() {
    let fields = [
        (Field::Title, "Huawei vượt SMIC. Intel đứng ngoài"),
        (Field::Lead, "Mở đầu. Huawei  công bố chip mới. Hết."),
        (Field::Body, "Đoạn một.\nTheo ông J. Lee, SMIC tăng 3.5 lần. Huawei im lặng."),
        (Field::Captions, "Ảnh: SMIC"),
    ];
    let found = snippets(&matcher().find("", &fields).mentions, &fields);
    let rows: Vec<_> = found.iter().map(|s| (s.entity.as_str(), s.text.as_str())).collect();
    let wanted = [
        ("Huawei", "Huawei công bố chip mới."),
        ("SMIC", "Theo ông J. Lee, SMIC tăng 3.5 lần."),
        ("Intel", "Intel đứng ngoài"),
    ];
    assert_eq!(rows, wanted);
}

#[test]
fn long_sentences_are_cut_at_words() {
    let text = format!("{}Huawei {}", "một hai ba bốn ".repeat(40), "năm sáu bảy tám ".repeat(40));
    let fields = [(Field::Body, text.as_str())];
    let found = snippets(&matcher().find("", &fields).mentions, &fields);
    let snippet = &found[0].text;
    assert!(
        snippet.starts_with("… ") && snippet.ends_with(" …") && snippet.contains("bốn Huawei năm"),
        "{snippet}"
    );
    assert!((200..=300).contains(&snippet.chars().count()));
    let words = ["…", "một", "hai", "ba", "bốn", "Huawei", "năm", "sáu", "bảy", "tám"];
    assert!(snippet.split(' ').all(|word| words.contains(&word)), "{snippet}");
}

#[test]
fn chinese_and_decomposed_text_is_cut_between_letters() {
    for filler in ["芯片", "e\u{302}\u{301}"] {
        let text = format!("{}华为{}", filler.repeat(400), filler.repeat(400));
        let fields = [(Field::Body, text.as_str())];
        let snippet = snippets(&matcher().find("", &fields).mentions, &fields).remove(0).text;
        assert!(snippet.chars().count() <= 300 && snippet.contains("华为"));
        assert!(!snippet.trim_start_matches("… ").starts_with('\u{302}'), "{snippet}");
    }
}
