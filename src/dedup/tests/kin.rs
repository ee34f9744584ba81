//! What an article is to those filed before it.

use super::*;
use crate::model::{Attribution, Timestamp};

fn text_of(lines: &[&str]) -> String {
    lines.join("\n")
}

fn contained(copy: &str, original: &str) -> bool {
    is_contained(copy, &Signature::of(copy), &Signature::of(original))
}

#[test]
fn a_copy_is_contained_unless_it_has_a_number_or_a_paragraph_of_its_own() {
    for (original, number, other, credit, news) in [
        (
            VIETNAMESE,
            "1.250",
            "1.350",
            "Theo Báo Sông Lam, mời bạn đọc theo dõi thêm trên trang của chúng tôi.",
            "Chiều cùng ngày, hội đồng tỉnh bất ngờ hoãn lễ trao giấy phép vì cư dân quanh khu công nghiệp gửi đơn kiến nghị.",
        ),
        (
            ENGLISH,
            "$2.4",
            "$2.9",
            "Source: The Example Wire, follow our page for more of these stories.",
            "Hours after the vote a court in the capital suspended the decision because residents had not been heard at all.",
        ),
        (
            CHINESE,
            "48",
            "53",
            "来源：示例新闻，更多精彩内容请关注我们的公众号。",
            "当天晚些时候，法院以未听取居民意见为由暂停了这一决定，并要求公司在一个月之内重新提交环境影响评估报告。",
        ),
    ] {
        let lines = lines(original);
        let with = |line: &str| format!("{original}\n{line}");
        let shuffled = text_of(&[lines[0], lines[1], lines[4], lines[2], lines[3], lines[5]]);
        let headed = text_of(&[&["Một đầu đề khác hẳn"], &lines[1..]].concat());
        for (what, copy, is_in) in [
            ("itself", original.to_owned(), true),
            ("cut", text_of(&lines[..4]), true),
            ("another order", shuffled, true),
            ("another headline", headed, true),
            ("a credit", with(credit), true),
            ("another number", original.replacen(number, other, 1), false),
            ("a paragraph more", with(news), false),
        ] {
            assert_eq!(contained(&copy, original), is_in, "{what}: {copy}");
        }
        assert!(!contained(original, &text_of(&lines[..3])), "the whole says more than its half");
    }
}

#[test]
fn what_is_put_in_or_turned_is_news_and_other_words_for_the_same_are_not() {
    for (what, original, from, to, is_in) in [
        (
            "a sentence behind",
            VIETNAMESE,
            "xưởng mạ.",
            "xưởng mạ. Sáng nay, một bể chứa đã bị tràn khiến hai công nhân phải nhập viện.",
            false,
        ),
        ("a short sentence behind", VIETNAMESE, "biến động.", "biến động. Dự án đã bị tạm treo.", false),
        (
            "a clause between",
            ENGLISH,
            "promised that",
            "promised after two tense nights in the flooded town hall that",
            false,
        ),
        ("a turn", ENGLISH, "has agreed", "has never agreed", false),
        ("a turn", VIETNAMESE, "hứa hoàn thành", "hứa không hoàn thành", false),
        ("a figure put in", VIETNAMESE, "tuyến đường nối ra cảng", "tuyến đường 14 km nối ra cảng", false),
        ("another speaker", ENGLISH, "Mayor Ruth Okafor", "Mayor Victor Hale", false),
        ("other words", VIETNAMESE, "Giới phân tích cho rằng", "Các nhà quan sát nhận định", true),
        ("other words", ENGLISH, "would report on the ground", "would look at the subsoil", true),
        ("a day", ENGLISH, "late on Monday", "late on March 3", true),
        (
            "a dateline",
            ENGLISH,
            "The council of Port",
            "PORT ELLERY, March 3 (Example Wire) - The council of Port",
            true,
        ),
        ("another style book", CHINESE, "公司负责人", "公司总裁", true),
    ] {
        let copy = original.replace(from, to);
        assert_eq!(contained(&copy, original), is_in, "{what}: {to}");
    }
}

#[test]
fn a_short_line_of_its_own_is_news_unless_it_is_a_credit_or_a_caption() {
    for (original, line, is_in) in [
        (VIETNAMESE, "Dự án bị thu hồi.", false),
        (VIETNAMESE, "CẬP NHẬT: Lễ trao giấy phép đã bị hủy.", false),
        (VIETNAMESE, "Theo công an, một bể chứa bị tràn khiến hai công nhân bị thương.", false),
        (VIETNAMESE, "Mới đây, một bể chứa bị tràn khiến hai công nhân bị thương.", false),
        (VIETNAMESE, "Theo Báo Sông Lam, Hải Vân bị cấm.", false),
        (ENGLISH, "Source: the plant was shut after a fire this morning.", false),
        (ENGLISH, "The vote was cancelled.", false),
        (CHINESE, "据示例通讯社，公司被调查。", false),
        (VIETNAMESE, "Theo Báo Sông Lam, The Example Wire.", true),
        (VIETNAMESE, "Theo Sông Lam / Phóng viên A tổng hợp.", true),
        (VIETNAMESE, "Nguồn: songlam.example", true),
        (VIETNAMESE, "Theo Sông Lam. Mời bạn đọc theo dõi trang của chúng tôi.", true),
        (VIETNAMESE, "Cảng Bắc nhìn từ trên cao. Ảnh: Sông Lam.", true),
        (VIETNAMESE, "Khu công nghiệp", true),
        (CHINESE, "来源：示例新闻", true),
    ] {
        let at_the_end = format!("{original}\n{line}");
        assert_eq!(contained(&at_the_end, original), is_in, "{line}");
    }
}

#[test]
fn another_amount_or_direction_is_news() {
    for (line, from, to) in [
        (
            "Giá thép tăng mạnh trong quý này, theo số liệu mà hiệp hội ngành thép vừa đưa ra ở hội nghị.",
            "tăng",
            "giảm",
        ),
        (
            "Hợp đồng trị giá năm trăm triệu đồng được hai bên ký ngay sau lễ khai trương cầu cảng mới.",
            "triệu",
            "tỷ",
        ),
        (
            "The group will build three more plants along the river, its chairman told the town hall.",
            "three",
            "seven",
        ),
        ("公司表示，明年将在河边再建三座工厂，以满足客户不断增加的需求。", "三", "七"),
    ] {
        let [body, other] =
            [line.to_owned(), line.replacen(from, to, 1)].map(|line| format!("{VIETNAMESE}\n{line}"));
        assert!(!contained(&other, &body), "{line}: {to}");
    }
}

/// Forms in which only the names change; `¤` are the names.
const NAMED: [(&str, [&str; 2], [&str; 2]); 3] = [
    (
        "Bắt tạm giam ông ¤ về hành vi đưa hối lộ\nCơ quan điều tra vừa khởi tố và bắt tạm giam ông ¤, giám đốc công ty ¤, để làm rõ hành vi đưa hối lộ.\nKhám xét nơi làm việc của ông ¤, lực lượng chức năng thu giữ nhiều tài liệu có liên quan và đang tiếp tục mở rộng vụ án để thu hồi tài sản.",
        ["Lê Văn Tám", "Thiên Phúc"],
        ["Trần Hữu Chín", "Hưng Thịnh Phát"],
    ),
    (
        "Award night: ¤ wins the prize for young software firms\nThe jury gave this year's prize for young software firms to ¤ at a dinner in the harbour hall, praising its tool for ¤ as the most useful on show.\nA speaker for ¤ said that the prize would help the team to hire and to look for customers abroad in the months to come.",
        ["Lanternworks", "Bakers"],
        ["Quillbridge", "Farmers"],
    ),
    (
        "¤发布新一代¤芯片\n周四，¤在深圳举行发布会，正式推出新一代¤芯片，面向数据中心和智能汽车等场景，性能较上一代有明显提升。\n公司负责人表示，首批产品将于年底前交付客户，目前已经与多家云服务商和汽车厂商达成合作意向。",
        ["星河科技", "天枢"],
        ["海岳电气", "昆仑"],
    ),
];

#[test]
fn the_same_form_about_others_is_no_copy() {
    for (form, names, others) in NAMED {
        let filled = |[first, second]: [&str; 2]| {
            let mut parts = form.split('¤');
            let mut text = parts.next().unwrap_or_default().to_owned();
            let places = form.matches('¤').count();
            for (at, part) in parts.enumerate() {
                let is_second = if form.starts_with('¤') { at % 2 == 1 } else { at + 2 == places };
                text += if is_second { second } else { first };
                text += part;
            }
            text
        };
        let (first, second) = (filled(names), filled(others));
        assert!(contained(&first, &first), "{form}");
        assert!(!contained(&second, &first), "{second}");
        assert!(!contained(&first, &second), "{first}");
    }
}

#[test]
fn short_texts_under_different_headlines_are_different() {
    let form = "Buổi họp báo sáng nay kéo dài hai giờ và có nhiều câu hỏi từ phóng viên các báo.";
    let first = format!("Hãng Sao Mai ra mắt chip mới\n{form}");
    assert!(contained(&first, &first));
    assert!(!contained(&format!("Hãng Sao Mai mở nhà máy\n{form}"), &first));
}

#[test]
fn facts_are_the_same_after_packing_but_for_the_signature() {
    for text in [VIETNAMESE, ENGLISH, CHINESE, "", "Ngày 26/7, thứ 3, âm -5%, 2025"] {
        let facts = Facts { published: Some(Timestamp::from_micros(-7)), ..facts(text, &["Sao Mai"]) };
        let packed = facts.packed();
        assert!(packed.len() < 1_000, "{} bytes", packed.len());
        assert_eq!(Facts::unpacked(&packed), Some(Facts { signature: Signature::default(), ..facts }));
        for end in 0..packed.len() {
            assert_eq!(Facts::unpacked(&packed[..end]), None, "cut at {end}");
        }
    }
    assert_eq!(Facts::unpacked(&[9, 0, 0]), None);
}

#[test]
fn the_original_stands_before_those_that_name_it() {
    let named =
        |name: &str, url: Option<&str>| Attribution { name: name.to_owned(), url: url.map(str::to_owned) };
    let telling = |url, source, filed| Telling {
        url,
        source,
        site: None,
        attribution: None,
        filed: Timestamp::from_micros(filed),
    };
    let retelling = telling("https://song-lam.example/1", "Sông Lam", 1);
    for (attribution, original, first) in [
        (named("Reuters", None), telling("https://www.reuters.example/x", "Wire feed", 2), 1),
        (named("Reuters", None), telling("https://a.example/x", "Reuters Breakingviews", 2), 1),
        (named("Hà Thành", None), telling("https://b.example/x", "Báo Hà Thành", 2), 1),
        (named("the paper", Some("https://www.b.example/x")), telling("https://b.example/y", "B", 2), 1),
        (named("AP", None), telling("https://apnews.example/x", "Apple news", 2), 0),
        (named("Sông Lam", None), telling("https://b.example/x", "B", 2), 0),
    ] {
        let tellings = [Telling { attribution: Some(&attribution), ..retelling }, original];
        assert_eq!(originals_first(&tellings)[0], first, "{attribution:?} {original:?}");
    }
}

#[test]
fn a_round_up_makes_no_story_of_its_parts() {
    let parts: Vec<Facts> = [VIETNAMESE, ENGLISH].iter().map(|text| facts(text, &[])).collect();
    let all = format!("Điểm tin\n{VIETNAMESE}\n{ENGLISH}");
    let whole = facts(&all, &[]);
    let bonds: Vec<(Bond, &Facts)> = parts
        .iter()
        .map(|part| {
            let known = Known { facts: Some(part), signature: Some(&part.signature) };
            (bond(&whole, &all, known).unwrap(), part)
        })
        .collect();
    assert!(bonds.iter().all(|(bond, _)| !bond.is_contained));
    assert_eq!(tied(&bonds), [true, false]);
    assert!(tied(&[]).is_empty());
}
