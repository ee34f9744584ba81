//! Copies, and what only looks like one.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

fn kinship(first: &str, second: &str) -> Kinship {
    compare(&Signature::of(first), &Signature::of(second))
}

fn are_candidates(first: &str, second: &str) -> bool {
    let (first, second) = (Signature::of(first), Signature::of(second));
    first.bands().iter().any(|band| second.bands().contains(band))
}

#[test]
fn a_copy_is_known_however_it_was_edited() {
    for text in [VIETNAMESE, ENGLISH, CHINESE] {
        let all = lines(text);
        let sidebar = "\nTin liên quan\nBảy cách giữ nhà mát trong mùa nóng\n12/03/2024\nWhat to see in the hills this spring\n11/03/2024";
        for (edit, copy) in [
            ("another headline", format!("Tin nóng trong ngày\n{}", all[1..].join("\n"))),
            (
                "another lead",
                format!(
                    "{}\nMột đoạn mở đầu khác hẳn, do ban biên tập viết.\n{}",
                    all[0],
                    all[2..].join("\n")
                ),
            ),
            ("its end cut off", all[..4].join("\n")),
            ("a paragraph left out", [&all[..2], &all[3..]].concat().join("\n")),
            (
                "a source line",
                format!("{text}\nTheo Hãng tin Mẫu. Mời bạn đọc theo dõi trang của chúng tôi."),
            ),
            ("links below", text.to_owned() + sidebar),
            ("paragraphs in another order", all.iter().rev().copied().collect::<Vec<_>>().join("\n")),
            ("blank lines and wide spaces", text.replace('\n', "\n\n").replace(' ', "  ")),
        ] {
            assert!(kinship(text, &copy).is_copy(), "{edit}: {:?}\n{copy}", kinship(text, &copy));
            assert!(are_candidates(text, &copy), "{edit}\n{copy}");
        }
    }
}

#[test]
fn a_corrected_number_leaves_a_copy() {
    for (text, from, to) in
        [(VIETNAMESE, "35%", "37%"), (ENGLISH, "38,000", "36,000"), (CHINESE, "48亿", "46亿")]
    {
        assert!(kinship(text, &text.replace(from, to)).is_copy(), "{from} -> {to}");
        assert_ne!(kinship(text, &text.replace(from, to)), Kinship::Exact);
    }
}

#[test]
fn the_same_words_are_exact_whatever_their_dress() {
    for text in [VIETNAMESE, ENGLISH, CHINESE, "Xem video tại đây."] {
        let decomposed: String = text.nfd().collect();
        for same in [decomposed, text.to_uppercase(), text.replace(", ", " – ").replace('\n', "\r\n\r\n")] {
            assert_eq!(kinship(text, &same), Kinship::Exact, "{same}");
        }
    }
    assert_eq!(kinship("Hoà bình và thuỷ điện", "Hòa bình và thủy điện"), Kinship::Exact);
    assert_eq!(kinship("", ""), Kinship::Unrelated);
    assert_ne!(kinship("Tăng 5 độ", "Tăng -5 độ"), Kinship::Exact);
}

#[test]
fn a_part_is_contained_in_the_whole_and_not_the_other_way() {
    for text in [VIETNAMESE, ENGLISH, CHINESE] {
        let part = lines(text)[..3].join("\n");
        assert!(matches!(kinship(&part, text), Kinship::Contained { share } if share > 0.9), "{part}");
        assert!(matches!(kinship(text, &part), Kinship::Contains { share } if share > 0.9), "{part}");
    }
}

/// Forms that newsrooms fill in each day; `¤` are the numbers.
const FORMS: [&str; 6] = [
    "Giá cà phê hôm nay ¤/¤: Giá trong nước đi ngang. Sáng ¤/¤, giá cà phê tại Đắk Lắk ở mức ¤ đồng/kg, tại Lâm Đồng ¤ đồng/kg, so với hôm qua thay đổi ¤ đồng. Trên sàn London, hợp đồng giao tháng tới đứng ở ¤ USD/tấn. Giới buôn cho rằng nguồn cung sẽ còn hạn chế cho tới vụ thu hoạch mới.",
    "Dự báo thời tiết Hà Nội: nhiều mây, có mưa rào và dông vài nơi, gió đông nam cấp ¤. Nhiệt độ thấp nhất từ ¤ độ, cao nhất từ ¤ độ. Người dân nên mang theo áo mưa khi ra đường và hạn chế đi qua những tuyến phố thường ngập.",
    "The company said revenue in the quarter rose ¤% from a year earlier to $¤ million, while net profit was $¤ million, or $¤ per share. Analysts had on average expected $¤ per share. Its shares were up ¤% in early trading in New York.",
    "Air quality in the city was moderate this morning, with the index at ¤ by the river and ¤ in the old town. Officials expect it to reach ¤ by the evening and advise people with asthma to keep their windows shut.",
    "今日人民币对美元汇率中间价报¤元，较前一交易日调整¤个基点。前一交易日在岸人民币收盘报¤元，夜盘收报¤元。分析人士认为，未来一段时间人民币汇率将在合理均衡水平上保持基本稳定。",
    "Kết quả xổ số miền Nam: giải đặc biệt ¤, giải nhất ¤, giải nhì ¤, giải ba ¤ và ¤. Người trúng thưởng mang vé và giấy tờ tùy thân tới các đại lý gần nhất trong vòng một tháng để làm thủ tục nhận giải theo quy định.",
];

fn filled(form: &str, seed: usize) -> String {
    let mut text = String::new();
    for (index, part) in form.split('¤').enumerate() {
        if index > 0 {
            text += &(11 + (index * 37 + seed * 101) % 88).to_string();
        }
        text += part;
    }
    text
}

#[test]
fn reports_of_one_kind_are_not_copies() {
    for form in FORMS {
        let first = filled(form, 1);
        for seed in 2..8 {
            let second = filled(form, seed);
            assert_eq!(kinship(&first, &second), Kinship::SameForm, "{first}\n{second}");
            let (first, second) = (facts(&first, &[]), facts(&second, &[]));
            assert!(!same_story(&first, &second), "{form}");
        }
        assert!(kinship(&first, &format!("{first}\nTheo Báo Mẫu.")).is_copy(), "{form}");
    }
}

#[test]
fn what_surrounds_articles_makes_no_kin_of_them() {
    let site = (0..40)
        .map(|n| format!("Tiêu đề của một bài khác trên trang, số {n}, để người đọc bấm vào\n{n}/03/2024\n"));
    let site = site.collect::<String>() + "Toà soạn giữ bản quyền mọi nội dung trên trang này.";
    for (first, second) in [(VIETNAMESE, ENGLISH), (ENGLISH, CHINESE), (VIETNAMESE, CHINESE)] {
        let pages = [format!("{first}\n{site}"), format!("{second}\n{site}")];
        assert_eq!(kinship(&pages[0], &pages[1]), Kinship::Unrelated);
        assert!(kinship(&pages[0], first).is_copy());
    }
    let headline = "Tiêu đề của một bài khác trên trang, số 12, để người đọc bấm vào";
    assert_eq!(kinship(headline, &format!("{VIETNAMESE}\n{site}")), Kinship::Unrelated);
}

#[test]
fn texts_of_a_few_words_are_kin_of_nothing() {
    for (first, second) in
        [("Video", "Video mới"), ("Tin nóng hôm nay", "Tin nóng hôm nay và ngày mai"), ("", VIETNAMESE)]
    {
        assert_eq!(kinship(first, second), Kinship::Unrelated, "{first} / {second}");
    }
}

#[test]
fn facts_survive_storing() {
    let facts = facts(VIETNAMESE, &["Sao Mai"]);
    let stored = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&stored).unwrap(), facts);
}

#[test]
fn a_signature_never_changes() {
    // The store keeps bands: another value here needs a migration that works them out anew.
    let bands = Signature::of(ENGLISH).bands().to_vec();
    assert_eq!(
        (bands.len(), bands.iter().fold(0_u64, |sum, band| sum.wrapping_add(*band))),
        (38, 9_007_593_620_822_590_042)
    );
}

proptest! {
    #[test]
    fn a_text_and_its_decomposed_form_have_one_signature(words in prop::collection::vec("[a-zđàảãáạêếơờưữ华为科技0-9]{1,6}", 0..60)) {
        let text = words.join(" ");
        prop_assert_eq!(Signature::of(&text), Signature::of(&text.nfd().collect::<String>()));
    }

    #[test]
    fn comparing_back_is_comparing_the_other_way(cut in 1_usize..6, from in 0_usize..5) {
        for text in [VIETNAMESE, ENGLISH, CHINESE] {
            let part = lines(text).into_iter().skip(from).take(cut).collect::<Vec<_>>().join("\n");
            let (first, second) = (Signature::of(text), Signature::of(&part));
            let (there, back) = (Comparison::of(&first, &second), Comparison::of(&second, &first));
            prop_assert_eq!((there.of_first, there.of_second), (back.of_second, back.of_first));
            prop_assert_eq!((there.same_numbers, there.other_numbers), (back.same_numbers, back.other_numbers));
            prop_assert_eq!(there.kinship().is_copy(), back.kinship().is_copy());
        }
    }

    #[test]
    fn any_text_has_facts(text in "\\PC{0,200}", other in "[\\n0-9a-zA-Zđ华. ,%$-]{0,200}") {
        let (first, second) = (facts(&text, &[]), facts(&other, &[]));
        prop_assert_eq!(same_story(&first, &second), same_story(&second, &first));
        prop_assert!(first.signature.bands().len() <= 40);
    }
}

#[test]
fn a_huge_text_is_cut_and_compared_by_a_sample() {
    let sentence = |n: usize| {
        format!("Câu số {n} nói về sự việc thứ w{} và người x{} ở làng y{}.\n", n * 7, n * 13, n * 29)
    };
    let long: String = (0..1_000).map(sentence).collect();
    let half: String = (0..500).map(sentence).collect();
    assert!(matches!(kinship(&half, &long), Kinship::Contained { share } if share > 0.95));
    let hostile = ["a ", "1 ", "华", "A.\n", "\u{301}"].map(|piece| piece.repeat(300_000));
    for text in hostile {
        assert!(facts(&text, &[]).numbers.len() <= 96);
    }
}
