//! Folding at its door, offsets included.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

#[test]
fn spellings_fold_to_one() {
    for (folded, spellings) in [
        ("huawei", vec!["Huawei", "HUAWEI", "ＨＵＡＷＥＩ", "Hua\u{AD}wei", "\u{FEFF}huawei\u{200B}"]),
        (
            "điện tử",
            vec![
                "ĐIỆN TỬ",
                "Đie\u{302}\u{323}n tu\u{31B}\u{309}",
                "đie\u{323}\u{302}n\u{3000}tử",
                "điện\r\ntử",
            ],
        ),
        ("hòa", vec!["hoà", "HÒA", "Hoa\u{300}", "Ho\u{300}a", "ho\u{AD}à", "Ho\u{200B}a\u{200B}\u{300}"]),
        ("khỏe thủy", vec!["khoẻ thuỷ", "KHOẺ THUỶ", "Khỏe Thủy"]),
        ("hóan", vec!["hoán", "HÓAN"]),
        ("strasse", vec!["Straße", "STRASSE", "STRAẞE"]),
        ("i\u{307}stanbul", vec!["İstanbul", "I\u{307}STANBUL"]),
        ("k Å".to_lowercase().as_str(), vec!["\u{212A} \u{212B}", "K A\u{30A}"]),
        ("a-b'c", vec!["A‐B’C", "a−b'c", "a–b’c"]),
        ("한국", vec!["한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}", "하\u{11AB}국"]),
        ("华为", vec!["华为", "华\u{FEFF}为"]),
    ] {
        for spelling in spellings {
            assert_eq!(key(spelling), folded, "{spelling:?}");
        }
    }
}

#[test]
fn different_words_stay_different() {
    for (one, other) in [
        ("hoa", "hoà"),
        ("húy", "huy"),
        ("tân", "tận"),
        ("đa", "da"),
        ("của", "cuả"),
        ("ı", "i"),
        ("a—b", "a-b"),
        ("a b", "ab"),
    ] {
        assert_ne!(key(one), key(other));
    }
}

#[test]
fn paragraphs_stay_apart() {
    for (text, folded) in
        [("a\nb", "a b"), ("a \n \nb", "a\nb"), ("a\r\nb", "a b"), ("a\u{200B}\n\u{200B}\nb", "a\nb")]
    {
        assert_eq!(fold(text, Case::Fold).as_str(), folded, "{text:?}");
    }
}

#[test]
fn case_can_be_kept() {
    for (text, folded) in [("Hoà ＭｅＴａ", "Hòa MeTa"), ("HOÀ", "HÒA"), ("UÝ", "ÚY"), ("Straße", "Straße")]
    {
        assert_eq!(key_with_case(text), folded);
    }
}

#[test]
fn the_way_back_leads_to_the_same_word() {
    let text =
        "\u{FEFF}Ô  nhỏ: Ｈoa\u{300}n\u{AD}g \u{200B}hoà ẞ Đie\u{323}\u{302}n \r\n\r\n 华为📌x\u{200B}";
    let folded = fold(text, Case::Fold);
    for (word, original) in [
        ("ô", "Ô"),
        ("nhỏ:", "nhỏ:"),
        ("hòang", "Ｈoa\u{300}n\u{AD}g"),
        ("hòa ss", "hoà ẞ"),
        ("ò", "o"),
        ("điện", "Đie\u{323}\u{302}n"),
        ("\n", " \r\n\r\n "),
        ("为📌", "为📌"),
        ("x", "x"),
    ] {
        let at = folded.as_str().find(word).unwrap();
        assert_eq!(text.get(folded.original(at..at + word.len())), Some(original), "{word}");
    }
}

#[test]
fn a_letter_that_becomes_longer_leads_back_to_itself() {
    let text = "\u{FB43}\u{F93}\n";
    let folded = fold(text, Case::Fold);
    for (index, c) in folded.as_str().char_indices() {
        let original = folded.original(index..index + c.len_utf8());
        assert!(original.start <= original.end && original.end <= text.len(), "{c:?}: {original:?}");
    }
}

#[test]
fn endless_marks_are_survived() {
    let text = format!("a{}b", "\u{301}\u{AD}".repeat(20_000));
    assert!(fold(&text, Case::Fold).as_str().ends_with('b'));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn composed_and_decomposed_fold_alike(text in "\\PC{0,30}|[aouyAOUY\u{300}-\u{303}\u{306}\u{309}\u{31b}\u{323}\u{1ea0}-\u{1ef9} ]{0,20}") {
        // The only letters that are composed of letters, not of a letter and marks; no text we read is written in them.
        proptest::prop_assume!(!text.contains(|c| ('\u{16D40}'..='\u{16D7F}').contains(&c)));
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        for case in [Case::Fold, Case::Keep] {
            let [text, composed, decomposed] = [&text, &composed, &decomposed].map(|text| fold(text, case));
            prop_assert_eq!(composed.as_str(), decomposed.as_str());
            prop_assert_eq!(composed.as_str(), text.as_str());
        }
    }

    #[test]
    fn folding_what_is_folded_changes_nothing(text in "\\PC{0,40}") {
        let once = key(&text);
        prop_assert_eq!(key(&once), once);
    }

    #[test]
    fn every_part_leads_back_into_the_text(text in "([a-zA-Z ]|\\PC|[\\n\u{ad}\u{200b}\u{301}àýß]){0,40}") {
        let folded = fold(&text, Case::Fold);
        let edges: Vec<usize> = folded.as_str().char_indices().map(|(index, _)| index).chain([folded.as_str().len()]).collect();
        for pair in edges.windows(2) {
            let original = folded.original(pair[0]..pair[1]);
            prop_assert!(original.start <= original.end && original.end <= text.len());
        }
    }
}
