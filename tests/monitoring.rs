//! What is shipped for monitoring speaks of metrics that `/metrics` really has: the alert rules, the dashboard and the page
//! that explains them.

#![expect(clippy::expect_used, reason = "what helps a test may fail as a test does")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use diemtin::metrics::Metrics;
use diemtin::model::{Condition, Levels, Timestamp};
use yaml_rust2::{Yaml, YamlLoader};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn read(name: &str) -> String {
    fs::read_to_string(docs().join(name))
        .unwrap_or_else(|error| panic!("docs/{name} cannot be read: {error}"))
}

/// The answer of a daemon with a source of each condition.
fn exposition() -> String {
    let now = Timestamp::from_micros(1_700_000_000_000_000);
    let levels = Levels {
        outbox: vec![("queued", 0), ("dead", 0)],
        sources: Condition::ALL.map(|condition| (condition.as_str(), 1)).to_vec(),
        last_success: vec![("Báo".to_owned(), now)],
        ..Levels::default()
    };
    Metrics::new(now).text(true, Some(&levels), now).expect("the text can be written")
}

/// The name of every sample.
fn printed() -> BTreeSet<String> {
    let text = exposition();
    let samples = text.lines().filter(|line| !line.starts_with('#'));
    samples.filter_map(|line| line.split(['{', ' ']).next()).map(str::to_owned).collect()
}

/// The names of ours in a text: whole words that begin as our metrics do.
fn named(text: &str) -> BTreeSet<String> {
    let words = text.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_'));
    let ours = words.filter(|word| word.starts_with("diemtin_") || word.starts_with("process_"));
    ours.map(str::to_owned).collect()
}

/// Label names with the values that a selector such as `{state=~"failing|gone"}` asks for.
fn selected(expression: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for selector in expression.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        for condition in selector.split(',') {
            let Some((label, value)) = condition.split_once('=') else { continue };
            let label = label.trim_end_matches('!').trim();
            let values = value.trim_start_matches('~').trim_matches('"');
            found.extend(values.split('|').map(|value| (label.to_owned(), value.to_owned())));
        }
    }
    found
}

fn rules() -> Vec<Yaml> {
    let file = YamlLoader::load_from_str(&read("monitoring/alerts.yml")).expect("alerts.yml is YAML");
    let [file] = file.as_slice() else { panic!("alerts.yml holds one document") };
    let groups = file["groups"].as_vec().expect("groups");
    groups.iter().flat_map(|group| group["rules"].as_vec().expect("rules").clone()).collect()
}

#[test]
fn every_alert_rule_is_whole_and_asks_for_metrics_that_exist() {
    let (rules, printed, text) = (rules(), printed(), exposition());
    assert!(rules.len() > 5, "only {} rules", rules.len());
    let mut names = BTreeSet::new();
    for rule in &rules {
        let name = rule["alert"].as_str().expect("a name");
        assert!(names.insert(name.to_owned()), "{name} stands twice");
        let expression = rule["expr"].as_str().expect("an expression");
        for metric in named(expression) {
            assert!(printed.contains(&metric), "{name}: /metrics has no {metric}");
        }
        for (label, value) in selected(expression).into_iter().filter(|(label, _)| label != "job") {
            assert!(
                text.contains(&format!("{label}=\"{value}\"")),
                "{name}: no series has {label}=\"{value}\""
            );
        }
        for field in ["summary", "description"] {
            assert!(rule["annotations"][field].as_str().is_some(), "{name} has no {field}");
        }
        assert!(rule["for"].as_str().is_some() && rule["labels"]["severity"].as_str().is_some(), "{name}");
    }
}

#[test]
fn the_dashboard_can_be_imported_and_asks_for_metrics_that_exist() {
    let text = read("monitoring/dashboard.json");
    let dashboard: serde_json::Value = serde_json::from_str(&text).expect("dashboard.json is JSON");
    let variables = dashboard["templating"]["list"].as_array().expect("variables");
    assert!(variables.iter().any(|variable| variable["type"] == "datasource"), "no data source to choose");
    let printed = printed();
    for metric in named(&text) {
        assert!(printed.contains(&metric), "/metrics has no {metric}");
    }
    let exposition = exposition();
    for (label, value) in
        selected(&text.replace("\\\"", "\"")).into_iter().filter(|(label, _)| label == "state")
    {
        assert!(exposition.contains(&format!("{label}=\"{value}\"")), "no series has {label}=\"{value}\"");
    }
    let panels = dashboard["panels"].as_array().expect("panels");
    let identities: BTreeSet<i64> = panels.iter().filter_map(|panel| panel["id"].as_i64()).collect();
    assert_eq!(identities.len(), panels.len(), "two panels share an id");
    for panel in panels {
        let targets = panel["targets"].as_array().expect("targets");
        assert!(!targets.is_empty(), "{}", panel["title"]);
        assert!(targets.iter().all(|target| !named(target["expr"].as_str().unwrap_or_default()).is_empty()));
        assert_eq!(panel["datasource"]["uid"], "${datasource}", "{}", panel["title"]);
    }
}

#[test]
fn the_page_names_every_condition_of_a_source() {
    let page = read("monitoring.md");
    let row = page.lines().find(|line| line.starts_with("| `diemtin_sources`")).expect("its row");
    let conditions = Condition::ALL.map(Condition::as_str);
    assert!(conditions.iter().all(|word| row.contains(word)), "{row}");
}

/// Histograms are one metric for a reader and three names on the page.
#[test]
fn the_page_explains_every_metric_and_no_other() {
    let page = read("monitoring.md");
    let explained: BTreeSet<String> =
        page.lines().filter(|line| line.starts_with('|')).flat_map(named).collect();
    let parts = ["_bucket", "_count", "_sum"];
    let whole =
        |name: String| parts.iter().find_map(|part| name.strip_suffix(part)).unwrap_or(&name).to_owned();
    assert_eq!(explained, printed().into_iter().map(whole).collect());
}
