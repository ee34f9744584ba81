//! The matcher at its door: what counts as a mention and what does not.
#![expect(clippy::string_slice, reason = "the offsets are what is tested")]

mod explain;
mod naive;
mod summary;

use super::*;
use crate::model::{Alias, Boundary, CaseRule, Entity, Field, MarksRule, Matches, Scope, Separator};

pub(super) fn alias(text: &str, case: CaseRule) -> Alias {
    Alias { case, ..Alias::plain(text) }
}

/// `=` in front of an alias makes its case count.
fn entity(name: &str, aliases: &[&str]) -> Entity {
    let aliases = aliases.iter().map(|text| match text.strip_prefix('=') {
        Some(exact) => alias(exact, CaseRule::Exact),
        None => alias(text, CaseRule::Fold),
    });
    Entity { name: name.to_owned(), aliases: aliases.collect(), ..Entity::default() }
}

fn surfaces(aliases: &[&str], text: &str) -> Vec<String> {
    let matcher = Matcher::new(&[entity("it", aliases)], &[]).unwrap();
    let found = matcher.find("", &[(Field::Body, text)]);
    for mention in &found.mentions {
        assert_eq!(&text[mention.start..mention.end], mention.surface);
    }
    found.mentions.into_iter().map(|mention| mention.surface).collect()
}

/// Each row: aliases, text, the surfaces that count.
fn check(rows: &[(&[&str], &str, &[&str])]) {
    for (aliases, text, wanted) in rows {
        assert_eq!(surfaces(aliases, text), *wanted, "{aliases:?} in {text:?}");
    }
}

#[test]
fn names_stand_free_of_other_letters() {
    check(&[
        (
            &["Viettel"],
            "Viettel, Viettel’s (Viettel) Viettel-backed Viettelx xViettel Viettel_ Viettel5",
            &["Viettel"; 4],
        ),
        (&["An"], "An Nan Ann Ẩn Ăn an toàn", &["An", "an"]),
        (&["ổn"], "ổn tổn ổng O\u{302}\u{309}n o\u{302}\u{309}ng", &["ổn", "O\u{302}\u{309}n"]),
        (&["Ho"], "Ho\u{300} Ho Ho\u{338}", &["Ho"]),
        (&["C++"], "C++ C++20 xC++ C+", &["C++", "C++"]),
        (&[".vn"], "tên miền .vn và a.vn", &[".vn"]),
        (&["Kirin"], "⚡\u{FE0F}Kirin\u{FE0F} 1\u{FE0F}\u{20E3}Kirin Kirin² Kirin① ₂Kirin", &["Kirin"; 4]),
    ]);
}

#[test]
fn scripts_without_spaces_do_not_block() {
    check(&[
        (&["Kirin"], "麒麟Kirin芯片，Kirinの性能 Kirin은 Kirinชิป", &["Kirin"; 4]),
        (&["麒麟"], "新麒麟芯片和麒麟9000S", &["麒麟", "麒麟"]),
        (&["ソニー"], "ソニーTVとソニーの", &["ソニー", "ソニー"]),
        (&["삼성"], "삼성전자는 삼성SDI", &["삼성", "삼성"]),
        (&["麒麟"], "麒 麟 麒\n麟", &[]),
    ]);
}

#[test]
fn spellings_a_reader_takes_for_the_same_are_the_same() {
    check(&[
        (
            &["Điện tử"],
            "ĐIỆN TỬ Đie\u{323}\u{302}n tu\u{31B}\u{309} điện\u{A0}\u{2003}tử Dien tu",
            &["ĐIỆN TỬ", "Đie\u{323}\u{302}n tu\u{31B}\u{309}", "điện\u{A0}\u{2003}tử"],
        ),
        (&["Thúy Khoẻ"], "Thuý Khỏe thúy khoẻ THUÝ KHỎE Thùy Khoẻ", &["Thuý Khỏe", "thúy khoẻ", "THUÝ KHỎE"]),
        (
            &["Khánh Hoà"],
            "Khánh Hòa Kha\u{301}nh Hoa\u{300} Kha\u{301}nh Ho\u{300}a Khánh Hoa",
            &["Khánh Hòa", "Kha\u{301}nh Hoa\u{300}", "Kha\u{301}nh Ho\u{300}a"],
        ),
        (
            &["Ascend"],
            "As\u{AD}cend \u{FEFF}As\u{200B}cend\u{200D} ＡＳＣＥＮＤ",
            &["As\u{AD}cend", "As\u{200B}cend", "ＡＳＣＥＮＤ"],
        ),
        (
            &["DeepSeek-R1"],
            "DeepSeek‑R1 DeepSeek–R1 DeepSeek−R1 DeepSeek R1 DeepSeek—R1",
            &["DeepSeek‑R1", "DeepSeek–R1", "DeepSeek−R1"],
        ),
        (&["Moore's Law"], "Moore’s law", &["Moore’s law"]),
        (&["Straße"], "STRASSE straße STRAẞE", &["STRASSE", "straße", "STRAẞE"]),
        (&["Σίσυφος"], "ΣΊΣΥΦΟΣ", &["ΣΊΣΥΦΟΣ"]),
        (
            &["한국"],
            "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}",
            &["\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"],
        ),
        (&["Kadıköy"], "KADIKÖY Kadıköy", &["Kadıköy"]),
        (&["Ohm Å"], "ohm Å OHM A\u{30A}", &["ohm Å", "OHM A\u{30A}"]),
    ]);
}

#[test]
fn a_name_may_run_over_one_line_but_not_into_the_next_paragraph() {
    check(&[
        (&["Trung Quốc"], "Trung\nQuốc Trung \r\n Quốc", &["Trung\nQuốc", "Trung \r\n Quốc"]),
        (&["Trung Quốc"], "Trung\n\nQuốc Trung\n \u{200B}\nQuốc", &[]),
        (&[" Trung\n\tQuốc "], "Trung Quốc", &["Trung Quốc"]),
    ]);
}

#[test]
fn exact_case_is_the_case_of_the_original() {
    check(&[
        (&["=Meta"], "META meta Meta Ｍｅｔａ Me\u{AD}ta", &["Meta", "Ｍｅｔａ", "Me\u{AD}ta"]),
        (&["=Hòa Phát"], "HÒA PHÁT hoà phát Hoà Phát", &["Hoà Phát"]),
        (&["=HOÀ"], "Hoà HÒA HOÀ", &["HÒA", "HOÀ"]),
        (&["=Arm", "=ARM"], "arm Arm ARM aRM", &["Arm", "ARM"]),
        (&["=Gem", "gem stone"], "gem Gem stone", &["Gem stone"]),
    ]);
}

#[test]
fn of_one_entity_the_leftmost_longest_counts() {
    check(&[
        (
            &["Mate", "Mate 60", "Mate 60 Pro"],
            "Mate 60 Pro, Mate 60 Prox, Mate 600",
            &["Mate 60 Pro", "Mate 60", "Mate"],
        ),
        (&["A B", "B C", "C"], "a b c", &["a b", "c"]),
        (&["B C D", "A B", "C D E F"], "a b c d e f", &["a b", "c d e f"]),
        (&["la la"], "la la la la la", &["la la", "la la"]),
    ]);
}

#[test]
fn different_entities_and_phrases_may_overlap() {
    let entities = [entity("Đại học", &["Đại học Bách khoa"]), entity("Bách khoa", &["bách khoa"])];
    let matcher = Matcher::new(&entities, &["khoa học".to_owned(), "ĐẠI HỌC".to_owned()]).unwrap();
    let all = matcher.find("", &[(Field::Body, "Đại học Bách khoa Học"), (Field::Title, "Bách  Khoa")]);
    let found: Vec<_> = all.mentions.iter().map(|m| (m.field, m.entity.as_str(), m.start)).collect();
    let wanted =
        [(Field::Title, "Bách khoa", 0), (Field::Body, "Đại học", 0), (Field::Body, "Bách khoa", 13)];
    assert_eq!(found, wanted);
    let phrases: Vec<_> = all.phrases.iter().map(|hit| (hit.phrase.as_str(), hit.start, hit.end)).collect();
    assert_eq!(phrases, [("ĐẠI HỌC", 0, 12), ("khoa học", 19, 29)]);
    assert_eq!(all.mentions[2].alias, "bách khoa");
}

#[test]
fn names_inside_addresses_are_not_mentions() {
    check(&[
        (&["qwen"], "https://x.cn/qwen/a?b=qwen. Qwen (http://qwen.ai/) HTTPS://QWEN.AI", &["Qwen"]),
        (&["qwen"], "www.qwen.ai qwen.ai chat.qwen.ai/x tin@qwen.ai qwen@tin.vn qwen.com.vn.", &[]),
        (&["qwen"], "https://vi.wikipedia.org/wiki/Dòng-mô-hình-Qwen_(AI)-qwen)qwen", &["qwen"]),
        (&["千问", "qwen"], "见https://x.cn/qwen千问", &["千问"]),
        (
            &["Booking", "Agoda.com"],
            "Booking.com và Agoda.com, agoda.com",
            &["Booking", "Agoda.com", "agoda.com"],
        ),
        (&["https://qwen.ai"], "Xem https://qwen.ai. Xem https://qwen.ai/x", &["https://qwen.ai"]),
        (&["ASML", "NET"], "(ASML.AS) ASP.NET .NET a.b.NET", &["ASML", "NET", "NET", "NET"]),
        (&["R1"], "@R1 #R1 $R1 R1@ a:R1 R1://", &["R1"; 6]),
        (&["Huawei"], "[Huawei](https://h.vn/Huawei)Huawei<https://h.vn/Huawei>Huawei", &["Huawei"; 3]),
        (&["chip"], "Ra mắt chip.Theo chip.com", &["chip"]),
        (
            &["qwen"],
            "x.com/@qwen x.cn/~qwen/ x.vn/đọc-qwen x.vn/%C4%91-qwen x.vn/?q=qwen x.vn/“qwen” x.vn/ qwen",
            &["qwen"; 2],
        ),
        (
            &["Huawei"],
            "t.me/huawei, bit.ly/huawei?x, youtu.be/huawei; và.hp/Huawei, Mr.Li/Huawei",
            &["Huawei"; 2],
        ),
    ]);
}

#[test]
fn an_article_holds_a_word_also_in_the_plural() {
    let chips = Entity { with_any: vec!["chip".to_owned()], ..entity("Arm", &["Arm"]) };
    let fruit = Entity { without_any: vec!["apple tree".to_owned()], ..entity("Arm", &["Arm"]) };
    for (entity, text, found) in [
        (&chips, "Arm designs chips", 1),
        (&chips, "Arm’s CHIPS, and more", 1),
        (&chips, "Arm và chip", 1),
        (&chips, "Arm and chipsets", 0),
        (&chips, "Arm and microchips", 0),
        (&fruit, "Arm of the apple trees", 0),
        (&fruit, "Arm of the apple treesx", 1),
    ] {
        let matcher = Matcher::new(std::slice::from_ref(entity), &[]).unwrap();
        assert_eq!(matcher.find("", &[(Field::Body, text)]).mentions.len(), found, "{text}");
    }
    check(&[(&["Arm"], "Arms and Arm", &["Arm"])]);
}

#[test]
fn patterns_that_cannot_match_are_refused() {
    for text in ["", "  \n", "\u{200B}\u{FEFF}", &"x".repeat(301)] {
        assert!(check_pattern(text).is_err(), "{text:?}");
        assert!(Matcher::new(&[entity("it", &[text])], &[]).is_err());
        assert!(Matcher::new(&[], &[text.to_owned()]).is_err());
    }
    for text in ["x", "华", "🚀", &"ệ".repeat(300)] {
        assert_eq!(check_pattern(text), Ok(()));
    }
    assert_eq!(Matcher::new(&[], &[]).unwrap().find("", &[(Field::Body, "Huawei")]), Matches::default());
}

#[test]
fn a_page_that_repeats_a_name_hides_no_other() {
    let matcher = Matcher::new(&[entity("a", &["ab"]), entity("z", &["z"])], &[]).unwrap();
    let text = format!("{}z", "ab ".repeat(30_000));
    let found = prominence(&matcher.find("", &[(Field::Body, &text)]).mentions);
    assert_eq!(
        found.iter().map(|entity| (entity.name.as_str(), entity.count)).collect::<Vec<_>>(),
        [("a", 10_000), ("z", 1)]
    );
}
