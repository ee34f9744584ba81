//! Queries as people type them.

use super::*;
use crate::model::Moment;

const NOW: Timestamp = Timestamp::from_micros(1_795_000_000_000_000);

fn parsed(text: &str) -> Query {
    Query::parse(text, NOW).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn forms(groups: &[Vec<Term>]) -> Vec<Vec<String>> {
    groups.iter().map(|group| group.iter().map(Term::form).collect()).collect()
}

fn arguments(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn words_phrases_and_what_is_not_wanted() {
    for (text, wanted, unwanted) in [
        ("chip AI", &[&["chip"][..], &["ai"]][..], &[][..]),
        ("\"Chip AI\" -Intel", &[&["chip ai"]], &["intel"]),
        ("chip AND AI NOT \"điện thoại\"", &[&["chip"], &["ai"]], &["dien thoai"]),
        ("chip OR GPU robot", &[&["chip", "gpu"], &["robot"]], &[]),
        ("华为芯片", &[&["华 为 芯 片"]], &[]),
        ("DeepSeek-R1 –", &[&["deepseek r1"]], &[]),
        ("“bán dẫn” 12:30", &[&["ban dan"], &["12 30"]], &[]),
        ("https://bao.example/tin", &[&["https bao example tin"]], &[]),
    ] {
        let query = parsed(text);
        assert_eq!(forms(&query.wanted), wanted, "{text}");
        let refused: Vec<String> = query.unwanted.iter().map(Term::form).collect();
        assert_eq!(refused, unwanted, "{text}");
    }
}

#[test]
fn names_and_times_stand_behind_colons() {
    let query = parsed(
        "entity:Huawei entity:SMIC OR entity:TSMC -entity:Intel source:\"VnExpress Số hóa\" lang:vi-VN title:\"Mô hình\" since:7d until:2026-11-18",
    );
    let names = |names: &[Name]| names.iter().map(|name| name.text.clone()).collect::<Vec<_>>();
    assert_eq!(
        query.entities.iter().map(|group| names(group)).collect::<Vec<_>>(),
        [vec!["Huawei"], vec!["SMIC", "TSMC"]]
    );
    assert_eq!(
        (names(&query.without_entities), names(&query.sources)),
        (vec!["Intel".to_owned()], vec!["VnExpress Số hóa".to_owned()])
    );
    assert_eq!((query.languages, query.wanted[0][0].within), (vec!["vi".to_owned()], Within::Title));
    assert_eq!(query.since, Some(NOW.minus(std::time::Duration::from_hours(7 * 24))));
    let next = Moment::Day(chrono::NaiveDate::from_ymd_opt(2026, 11, 19).unwrap()).timestamp();
    assert_eq!(query.until, Some(next), "the day itself is part of it");
}

#[test]
fn a_mistake_is_told_with_its_place() {
    for (text, wrong, advice) in [
        ("chip entiy:Huawei", "entiy:", "Did you mean entity:?"),
        ("author:An", "author:", "There are entity: source:"),
        ("chip \"điện thoại", "\"điện thoại", "never closed"),
        ("chip source:", "", "Nothing stands behind the colon"),
        ("since:yesterday", "yesterday", "24h or 7d"),
        ("lang:vietnamese", "vietnamese", "lang:vi"),
        ("chip OR entity:Huawei", "OR entity:Huawei", "one after the other"),
        ("OR chip", "OR", "in front of this"),
        ("chip OR", "OR", "behind this"),
        ("chip NOT", "NOT", "behind this NOT"),
        ("-since:7d", "7d", "stand before words"),
        ("-chip", "-chip", "only says what is not wanted"),
        ("–", "–", "There is no word"),
        ("", "", "There is no word"),
    ] {
        let error = Query::parse(text, NOW).unwrap_err();
        assert_eq!(text.get(error.start..error.end), Some(wrong), "{text}: {error}");
        assert!(error.message.contains(advice), "{text}: {error}");
    }
}

#[test]
fn what_the_shell_took_apart_is_put_together() {
    for (typed_words, query) in [
        (&["chip AI", "Huawei"][..], "\"chip AI\" Huawei"),
        (&["source:VnExpress Số hóa", "chip"], "source:\"VnExpress Số hóa\" chip"),
        (&["chip -Intel since:7d"], "chip -Intel since:7d"),
        (&["entity:Huawei chip since:7d"], "entity:Huawei chip since:7d"),
        (&["-chip AI", " "], "-\"chip AI\""),
        (&["chip NOT AI"], "chip NOT AI"),
        (&["\"chip AI\" robot"], "\"chip AI\" robot"),
        (&["-entity:Hoa Vi"], "-entity:\"Hoa Vi\""),
        (&["tên – tuổi"], "\"tên – tuổi\""),
    ] {
        assert_eq!(typed(&arguments(typed_words)), query);
    }
}

#[test]
fn marks_count_where_they_were_typed() {
    for (text, title, body, stands) in [
        ("dien thoai", "Điện thoại", "", true),
        ("\"điện thoại\"", "Điện  thoại", "", true),
        ("\"điện thoại\"", "dien thoai", "", false),
        ("hoà", "Hòa bình", "", true),
        ("hoà", "Hoa hậu", "hoả", false),
        ("\"tập Can\"", "", "Tập Cận Bình", true),
        ("title:hòa", "hoa", "hòa", false),
        ("ma OR mã", "ma", "", true),
        ("chip -má", "chip ma", "mà", true),
        ("chip -má", "chip", "má", false),
    ] {
        assert_eq!(parsed(text).is_as_typed(title, &[body]), stands, "{text} / {title} {body}");
    }
    assert!(
        parsed("hoà").has_marks()
            && parsed("chip -đa").has_marks()
            && !parsed("hoa \"chip AI\" 华为").has_marks()
    );
}

#[test]
fn places_are_whole_words() {
    for (query, text, found) in [
        ("chip ai", "Chip, CHIPS và AI", vec!["Chip", "AI"]),
        ("\"ban dan\" dan", "ngành bán dẫn, dân", vec!["bán dẫn", "dân"]),
        ("华为", "据华为称，华北", vec!["华为"]),
        ("viet", "Vie\u{323}\u{302}t\u{200B} Nam", vec!["Vie\u{323}\u{302}t\u{200B}"]),
        ("r1", "DeepSeek-R1", vec!["R1"]),
    ] {
        let places = parsed(query).places(text);
        assert_eq!(
            places.into_iter().filter_map(|place| text.get(place)).collect::<Vec<_>>(),
            found,
            "{query}"
        );
    }
}

#[test]
fn an_excerpt_shows_the_words_in_their_sentence() {
    let query = parsed("chip robot");
    let long = format!(
        "{} hãng ra chip mới\u{1B}[31m cho robot. {}",
        "mở đầu dài".repeat(40),
        "và còn nữa ".repeat(60)
    );
    let excerpt = query.excerpt(&["Một con chip.", &long]);
    assert!(excerpt.text.starts_with('…') && excerpt.text.ends_with('…'), "{}", excerpt.text);
    assert!(excerpt.text.chars().count() < 260 && !excerpt.text.contains('\u{1B}'), "{}", excerpt.text);
    let found: Vec<_> = excerpt.found.iter().filter_map(|place| excerpt.text.get(place.clone())).collect();
    assert_eq!(found, ["chip", "robot"]);
    let nothing = query.excerpt(&["", "Mở đầu.\nTiếp."]);
    assert_eq!((nothing.text.as_str(), nothing.found.len()), ("Mở đầu. Tiếp.", 0));
    assert_eq!(query.excerpt(&[]), Excerpt::default());
}
