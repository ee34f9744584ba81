//! What holds for any JSON.

use proptest::prelude::*;

use super::super::parser::Parser;
use super::super::string::Place;
use super::super::value::Value;
use super::{read, read_bytes};

/// The same tree in serde's types.
fn plain(value: &Value<'_>) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => serde_json::from_str(number).unwrap(),
        Value::Text(text) | Value::Cut(text) => text.as_ref().into(),
        Value::List(elements) => elements.iter().map(plain).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.as_ref().to_owned(), plain(value))).collect()
        }
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<i32>().prop_map(|eighths| (f64::from(eighths) / 8.0).into()),
        "[a-z\"\\\\ ,:{}\\[\\]/ệ😀'\n\t]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::btree_map("[a-z\",: ]{1,8}", inner, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn valid_json_is_read_as_the_standard_says(json in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
        let mut parser = Parser::new(&text);
        prop_assert_eq!(plain(&parser.value(Place::Element)), json, "{}", text);
        prop_assert!(parser.notes.is_empty() && !parser.cut, "{:?}: {}", parser.notes, text);
    }

    #[test]
    fn no_text_panics(parts in proptest::collection::vec("(\\{|\\}|\\[|\\]|\"|'|,|:|/\\*|\\*/|//|\\\\|\\\\u|d83d|\n|items|\"items\":|\"id\":|1|-|e|null|NaN|ệ|\u{FEFF}| )", 0..60)) {
        let _outcome = read_bytes(parts.concat().as_bytes());
        let _outcome = read_bytes(format!(r#"{{"items": [{{{}"#, parts.concat()).as_bytes());
    }

    #[test]
    fn every_item_before_a_cut_is_kept(length in 60_usize..400) {
        let item = |n: usize| format!(r#"{{"id": "{n}", "title": "Tin số {n}"}}"#);
        let whole = format!(r#"{{"version": "https://jsonfeed.org/version/1", "items": [{}]}}"#, (0..12).map(item).collect::<Vec<_>>().join(", "));
        let cut = whole.get(..whole.floor_char_boundary(length)).unwrap();
        let complete = cut.matches("\"}").count();
        prop_assert!(read(cut).entries.len() >= complete);
    }
}
