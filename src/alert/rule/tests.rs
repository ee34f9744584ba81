//! Rules at their door: what holds, what does not, and what is wrong where.

use super::*;
use crate::model::{Field, Mention, PhraseHit};

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
            [&huawei_and_smic, &huawei_phone, &nothing].map(|matches| rule.holds(matches)),
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
        assert_eq!(Rule::parse(rule, KNOWN).unwrap().root, Node::Entity(name.to_owned()), "{rule}");
    }
    let both = Rule::parse("Meta Platforms AND tập cận bình", KNOWN).unwrap();
    assert!(both.holds(&found(&["Meta Platforms", "Tập Cận Bình"], &[])));
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
        ("Huawei NEAR/10 SMIC", "NEAR/10", "do not know NEAR/10", None),
        ("Huawei SAME sentence SMIC", "SAME", "do not know SAME", None),
        ("count(Huawei) >= 3", "count(", "do not know count( )", None),
        ("SMIC AND title(Huawei)", "title(", "do not know title( )", None),
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
    fn any_text_is_a_rule_or_an_error_within_it(text in "([A-Za-zế\"“\\[\\]() ]|AND |OR |NOT |Huawei |SMIC ){0,40}") {
        if let Err(error) = Rule::parse(&text, KNOWN) {
            proptest::prop_assert!(text.get(error.start..error.end).is_some());
        }
    }
}
