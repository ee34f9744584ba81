//! Pairs of versions of pages: what must be told, what must be kept silent, and which lines and words are shown.

use std::collections::BTreeMap;
use std::path::Path;

use diemtin::config::{self, WatchedPage};
use diemtin::extract::{Answer, Guide, Origin};
use diemtin::model::Change;
use diemtin::pipeline::snapshot;
use diemtin::revision::{Comparison, Names, compare};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use url::Url;

/// Options that the cases call otherwise than sources.toml.
const NAMES: [(&str, &str); 8] = [
    ("select_css", "select"),
    ("remove_css", "remove"),
    ("ignore_lines_regex", "ignore_lines"),
    ("alert_if_added_matches", "alert_if_added"),
    ("alert_if_removed_matches", "alert_if_removed"),
    ("extract_regex", "extract"),
    ("only_lines_new_to_history", "only_new_lines"),
    ("fold_vietnamese_tone_placement", "fold_tone_placement"),
];
/// The least cases of each level that have to be right in every respect.
const MUST: f64 = 1.0;
const GOAL: f64 = 0.8;

#[test]
fn changes_are_told_and_noise_is_not() {
    let Some(folder) = crate::corpus("watch") else { return };
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(folder.join("case.json")) else { continue };
        let case: Value = serde_json::from_str(&text).unwrap();
        // CSS says the same.
        if case["config"].get("select_xpath").is_some() {
            continue;
        }
        let wrong = complaints(&case, &change(&case, &folder));
        let count = counts.entry(case["level"].as_str().unwrap().to_owned()).or_default();
        *count = (count.0 + usize::from(wrong.is_empty()), count.1 + 1);
        if !wrong.is_empty() {
            println!("{} {}: {wrong:?}", case["id"], case["title"]);
        }
    }
    for (level, floor) in [("must", MUST), ("goal", GOAL)] {
        let (right, all) = counts[level];
        println!("{level}: {right} of {all}");
        assert!(right as f64 >= floor * all as f64, "{level}: {right} of {all}");
    }
}

fn change(case: &Value, folder: &Path) -> Change {
    let page = watched(case);
    let url = Url::parse("https://example.com/page").unwrap();
    let read = |name: &str, served: bool| {
        let bytes = crate::read(&folder.join(name));
        let of = |key: &str| case.get(key).filter(|_| served);
        let origin = Origin {
            url: &url,
            content_type: of("content_type").and_then(Value::as_str),
            timezone: chrono_tz::Asia::Ho_Chi_Minh,
            language: "vi",
        };
        let status = of("status_after").and_then(Value::as_u64).unwrap_or(200);
        let announced = of("content_length_after").and_then(Value::as_u64);
        let answer = Answer { bytes: &bytes, status: u16::try_from(status).unwrap(), announced, origin };
        snapshot(answer, &page.view, Guide::default())
    };
    let history: Vec<_> = texts(&case["history"]).iter().map(|name| read(name, false)).collect();
    compare(&Comparison {
        before: &read("before.html", false),
        after: &read("after.html", true),
        history: &history,
        raised: None,
        options: &page.options,
        names: &Names::default(),
    })
}

/// The options of a case, read as sources.toml.
fn watched(case: &Value) -> WatchedPage {
    let mut table = toml::Table::new();
    for (key, value) in case["config"].as_object().unwrap() {
        let name = NAMES.iter().find(|(own, _)| own == key).map_or(key.as_str(), |(_, name)| name);
        table.insert(name.to_owned(), toml::Value::try_from(value).unwrap());
    }
    let text =
        format!("[[source]]\nname = \"A\"\nurl = \"https://example.com/page\"\nkind = \"page\"\n{table}");
    let mut config = config::parse(&text, "case", Path::new(""), &|_| None).unwrap();
    config.pages.remove("A").unwrap()
}

fn complaints(case: &Value, change: &Change) -> Vec<String> {
    let normal = |text: &str| text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let (added, removed) = (normal(&change.added.join("\n")), normal(&change.removed.join("\n")));
    let mut wrong = Vec::new();
    if case["expect_changed"] != change.changed {
        wrong.push(format!("changed = {}", change.changed));
    }
    for (key, shown, side) in [("expect_added", true, &added), ("expect_removed", true, &removed)]
        .into_iter()
        .chain([("expect_not_in_diff", false, &added), ("expect_not_in_diff", false, &removed)])
    {
        let misplaced = texts(&case[key]).into_iter().filter(|text| side.contains(&normal(text)) != shown);
        wrong.extend(misplaced.map(|text| format!("{key}: {text}")));
    }
    for pair in case["expect_word_changes"].as_array().into_iter().flatten() {
        if !change
            .words
            .iter()
            .any(|word| pair["from"] == word.from.as_str() && pair["to"] == word.to.as_str())
        {
            wrong.push(format!("no word change {pair}"));
        }
    }
    let kind = serde_json::to_value(change.kind).unwrap();
    if case.get("expect_kind").is_some_and(|expected| *expected != kind) {
        wrong.push(format!("kind {kind}"));
    }
    wrong
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}
