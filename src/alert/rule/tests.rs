//! Rules at their door: what holds, what does not, and what is wrong where.

mod naive;

use super::*;
use crate::model::{Field, Matches, Mention, PhraseHit};

const KNOWN: &[&str] = &[
    "Huawei",
    "SMIC",
    "Ascend",
    "Tập Cận Bình",
    "Meta Platforms",
    "DeepSeek-R1",
    "C++",
    "Research AND Development",
];

fn found(entities: &[&str], phrases: &[&str]) -> Matches {
    let mention = |name: &&str| Mention {
        entity: (*name).to_owned(),
        alias: String::new(),
        surface: String::new(),
        start: 0,
        end: 0,
        field: Field::Body,
    };
    let hit =
        |phrase: &&str| PhraseHit { phrase: (*phrase).to_owned(), start: 0, end: 0, field: Field::Body };
    Matches { mentions: entities.iter().map(mention).collect(), phrases: phrases.iter().map(hit).collect() }
}

#[test]
fn rules_hold_as_they_read() {
    let huawei_and_smic = found(&["Huawei", "SMIC"], &[]);
    let huawei_phone = found(&["Huawei"], &["điện thoại"]);
    let nothing = found(&[], &[]);
    for (rule, holds) in [
        ("Huawei AND SMIC", [true, false, false]),
        ("huawei OR smic", [true, true, false]),
        ("Huawei AND (SMIC OR Ascend) AND NOT \"điện thoại\"", [true, false, false]),
        ("NOT \"điện thoại\"", [true, false, true]),
        ("NOT Huawei OR Huawei AND SMIC", [true, false, true]),
        ("NOT (Huawei OR Huawei) AND SMIC", [false, false, false]),
        ("SMIC OR Huawei AND “điện thoại”", [true, true, false]),
        ("NOT NOT huawei", [true, true, false]),
        ("[Tập Cận Bình]", [false, false, false]),
    ] {
        let rule = Rule::parse(rule, KNOWN).unwrap();
        assert_eq!(
            [&huawei_and_smic, &huawei_phone, &nothing]
                .map(|matches| rule.holds(&Evidence::of(matches, &[]))),
            holds,
            "{rule:?}"
        );
    }
}

#[test]
fn names_are_found_however_they_are_written() {
    for (rule, name) in [
        ("HUAWEI", "Huawei"),
        ("tập  cận bình", "Tập Cận Bình"),
        ("[ TẬP CẬN BÌNH ]", "Tập Cận Bình"),
        ("Ta\u{323}\u{302}p Ca\u{323}\u{302}n Bi\u{300}nh", "Tập Cận Bình"),
        ("Meta Platforms", "Meta Platforms"),
        ("deepseek-r1", "DeepSeek-R1"),
        ("c++", "C++"),
        ("[Research AND Development]", "Research AND Development"),
        ("((Ascend))", "Ascend"),
    ] {
        assert_eq!(
            Rule::parse(rule, KNOWN).unwrap().root,
            Node::Found(Target::Entity(name.to_owned())),
            "{rule}"
        );
    }
    let both = Rule::parse("Meta Platforms AND tập cận bình", KNOWN).unwrap();
    assert!(both.holds(&Evidence::of(&found(&["Meta Platforms", "Tập Cận Bình"], &[]), &[])));
}

#[test]
fn each_phrase_is_asked_for_once() {
    let rule = Rule::parse("\"chip AI\" AND (NOT \" lệnh cấm \" OR Huawei AND \"chip AI\")", KNOWN).unwrap();
    assert_eq!(rule.phrases(), ["chip AI", "lệnh cấm"]);
}

#[test]
fn errors_point_at_the_place_and_say_what_to_write() {
    for (rule, place, says, suggestion) in [
        ("Huawei and SMIC", "and", "AND in capitals", Some("AND")),
        ("\"chip\" or SMIC", "or", "OR in capitals", Some("OR")),
        ("Huawei và SMIC", "và", "AND in capitals", Some("AND")),
        ("Huawie AND SMIC", "Huawie", "Did you mean Huawei?", Some("Huawei")),
        ("SMIC OR Tap Can Bin", "Tap Can Bin", "Tập Cận Bình", Some("[Tập Cận Bình]")),
        ("[Deepseek R1]", "[Deepseek R1]", "no entity", Some("DeepSeek-R1")),
        ("Xiaomi", "Xiaomi", "Add an [[entity]]", None),
        (
            "Huawei Meta Platforms",
            "Huawei Meta Platforms",
            "Nothing stands between",
            Some("Huawei AND [Meta Platforms]"),
        ),
        ("Huawei (SMIC)", "(", "AND or OR is missing", None),
        ("Huawei NOT SMIC", "NOT", "AND or OR is missing", None),
        ("(Huawei OR SMIC", "(", "never closed", None),
        ("Huawei)", ")", "closes none", None),
        ("Huawei ]", "]", "closes none", None),
        ("AND Huawei", "AND", "missing here", None),
        ("Huawei AND", "", "missing behind AND", None),
        ("NOT", "", "missing behind NOT", None),
        ("()", ")", "missing behind the parenthesis", None),
        ("\"chip", "\"chip", "never closed", Some("\"chip\"")),
        ("[SMIC", "[SMIC", "never closed", Some("[SMIC]")),
        ("Huawei AND \" \"", "\" \"", "empty", None),
        ("   ", "   ", "empty", None),
        ("Huawei NEAR SMIC", "NEAR", "from 1 to 1000", Some("NEAR/10")),
        ("Huawei NEAR/x SMIC", "NEAR/x", "from 1 to 1000", Some("NEAR/10")),
        ("Huawei NEAR/0 SMIC", "NEAR/0", "from 1 to 1000", Some("NEAR/10")),
        ("Huawei near SMIC", "near", "NEAR/10 in capitals", Some("NEAR/10")),
        ("Huawei NEAR/10", "", "missing behind NEAR", None),
        ("Huawei NEAR/10 NOT SMIC", "NOT", "cannot stand here", None),
        ("Huawei NEAR/10 (SMIC AND Ascend)", "(SMIC AND Ascend)", "with OR between", None),
        ("title(Huawei) NEAR/10 SMIC", "title(Huawei)", "with OR between", None),
        ("Huawei NEAR/10 (SMIC OR huawei)", "(SMIC OR huawei)", "name the same", None),
        ("Huawei NEAR/10 SMIC NEAR/5 Ascend", "NEAR/5", "compare two sides", None),
        ("Huawei SAME SMIC", "SAME", "the same what", Some("SAME sentence")),
        ("Huawei SAME sentence SMIC SAME paragraph Ascend", "paragraph", "cannot mix", None),
        ("Huawei SAME sentence", "", "missing", None),
        ("count(Huawei)", "count", "needs a number", None),
        ("count(Huawei) >= many", "many", "no number", None),
        ("count(Huawei) >=", ">=", "A number is missing", None),
        ("count(NOT Huawei) > 1", "count(NOT Huawei)", "with OR between", None),
        ("SMIC title(Huawei)", "title", "AND or OR is missing", None),
        ("SMIC AND body(Huawei)", "body(", "do not know body( )", None),
        ("title(Huawie)", "Huawie", "Did you mean Huawei?", Some("Huawei")),
        ("title()", ")", "missing behind the parenthesis", None),
    ] {
        let error = Rule::parse(rule, KNOWN).unwrap_err();
        assert_eq!(rule.get(error.start..error.end), Some(place), "{rule}");
        assert!(error.message.contains(says), "{rule}: {}", error.message);
        assert_eq!(error.suggestion.as_deref(), suggestion, "{rule}");
    }
}

#[test]
fn absurd_rules_are_refused_not_followed() {
    for rule in ["(".repeat(5_000), "NOT ".repeat(1_500), "Huawei AND ".repeat(900), "\u{300}".repeat(300)] {
        let error = Rule::parse(&rule, KNOWN).unwrap_err();
        assert!(rule.get(error.start..error.end).is_some());
    }
    let wide = vec!["Huawei"; 700].join(" OR ");
    assert!(Rule::parse(&wide, KNOWN).is_ok());
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_a_rule_or_an_error_within_it(text in "([A-Za-zế\"“\\[\\]() ]|AND |OR |NOT |NEAR/3 |SAME sentence |count\\(|title\\(|>= 2|Huawei |SMIC ){0,40}") {
        if let Err(error) = Rule::parse(&text, KNOWN) {
            proptest::prop_assert!(text.get(error.start..error.end).is_some());
        }
    }
}

/// The alert's own test of places: names and phrases are found as plain text.
fn holds(rule: &str, fields: &[(Field, &str)]) -> bool {
    let parsed = Rule::parse(rule, KNOWN).unwrap();
    let mut matches = Matches::default();
    for (field, text) in fields {
        for name in KNOWN {
            matches.mentions.extend(text.match_indices(name).map(|(start, surface)| Mention {
                entity: (*name).to_owned(),
                alias: surface.to_owned(),
                surface: surface.to_owned(),
                start,
                end: start + surface.len(),
                field: *field,
            }));
        }
        for phrase in parsed.phrases() {
            matches.phrases.extend(text.match_indices(&phrase).map(|(start, _)| PhraseHit {
                phrase: phrase.clone(),
                start,
                end: start + phrase.len(),
                field: *field,
            }));
        }
    }
    parsed.holds(&Evidence::of(&matches, fields))
}

#[test]
fn distances_are_words_between_within_one_part() {
    for (rule, body, wanted) in [
        ("Huawei NEAR/3 SMIC", "Huawei builds chips at SMIC", true),
        ("Huawei NEAR/2 SMIC", "Huawei builds chips at SMIC", false),
        ("SMIC NEAR/3 Huawei", "Huawei builds chips at SMIC", true),
        ("Huawei NEAR/2 SMIC", "SMIC làm cho Huawei, rồi rất lâu sau nữa thì SMIC", true),
        ("Huawei NEAR/4 SMIC", "Huawei发布新芯SMIC", true),
        ("Huawei NEAR/3 SMIC", "Huawei发布新芯SMIC", false),
        ("Huawei NEAR/1 (SMIC OR \"điện thoại\")", "SMIC và một hãng nữa: điện thoại của Huawei", true),
        ("Huawei NEAR/3 \"Huawei Cloud\"", "Huawei Cloud mở cửa", false),
        ("Huawei NEAR/3 \"Huawei Cloud\"", "Huawei và Huawei Cloud", true),
        ("NOT Huawei NEAR/1 SMIC", "Huawei và SMIC", false),
        ("Huawei NEAR/1 SMIC AND Ascend", "Huawei và SMIC", false),
        ("[DeepSeek-R1] NEAR/5 Huawei", "DeepSeek-R1 a b c d e f g. Huawei a b DeepSeek-R1", true),
    ] {
        assert_eq!(holds(rule, &[(Field::Body, body)]), wanted, "{rule} in {body}");
    }
    let apart = [(Field::Title, "Huawei"), (Field::Body, "SMIC")];
    assert!(!holds("Huawei NEAR/100 SMIC", &apart));
    assert!(holds("Huawei AND SMIC", &apart));
}

#[test]
fn sentences_and_paragraphs_are_shared_or_not() {
    let body = "Huawei ra chip. Ông J. Smith của SMIC khen TP. Thủ Đức và Ascend.\nDòng sau có Meta Platforms.\n\nĐoạn sau: DeepSeek-R1.";
    for (rule, wanted) in [
        ("SMIC SAME sentence Ascend", true),
        ("Huawei SAME sentence SMIC", false),
        ("Huawei SAME paragraph SMIC", true),
        ("Huawei SAME paragraph SMIC SAME paragraph [Meta Platforms]", true),
        ("Huawei SAME sentence SMIC SAME sentence Ascend", false),
        ("Huawei SAME Paragraph [DeepSeek-R1]", false),
        ("(Huawei OR [DeepSeek-R1]) SAME sentence \"Đoạn sau\"", true),
        ("\"Đoạn\" SAME paragraph (Ascend OR \"Dòng\")", false),
    ] {
        assert_eq!(holds(rule, &[(Field::Body, body)]), wanted, "{rule}");
    }
}

#[test]
fn counts_titles_and_leads_are_asked_for() {
    let fields = [
        (Field::Title, "Huawei và SMIC"),
        (Field::Lead, "Ascend của Huawei"),
        (Field::Body, "Huawei, SMIC.\n\nC++"),
    ];
    for (rule, wanted) in [
        ("count(Huawei) >= 3", true),
        ("count(Huawei) > 3", false),
        ("count(Huawei)=3", true),
        ("count(Huawei) => 3", true),
        ("count(Huawei) =< 2", false),
        ("count(Huawei) <= 2", false),
        ("count(Huawei) < 4 AND SMIC", true),
        ("COUNT(Huawei OR SMIC)>=5", true),
        ("count([Tập Cận Bình]) = 0", true),
        ("title(SMIC)", true),
        ("title(Ascend)", false),
        ("lead(Ascend)", true),
        ("lead(SMIC)", false),
        ("title(Huawei AND NOT Ascend)", true),
        ("title(count(Huawei) >= 2)", false),
        ("title(Huawei NEAR/1 SMIC)", true),
        ("NOT lead(SMIC) AND title(SMIC)", true),
    ] {
        assert_eq!(holds(rule, &fields), wanted, "{rule}");
    }
    // Without a lead of its own the first paragraph is the lead.
    let fields = [(Field::Title, ""), (Field::Body, "\nHuawei, SMIC.\n\nAscend")];
    assert!(holds("lead(SMIC)", &fields) && !holds("lead(Ascend)", &fields));
}
