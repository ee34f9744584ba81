//! Rules for the pages of a source as they are typed: the examples of the manual, on pages such as they are meant for.

#![expect(clippy::expect_used, reason = "what helps a test may fail as a test does")]

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Nhà máy vừa chạy thử sáng nay, với công suất chín trăm sản phẩm mỗi ngày, theo ban quản lý khu công nghiệp.";
const ENGLISH: &str =
    "The plant began a trial run this morning, with nine hundred units a day, the managers of the park said.";

/// The examples below "Rules of a source", each with the name of its source.
fn examples() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md");
    let page = std::fs::read_to_string(page).expect("the manual");
    let section = page.split("### Rules of a source").nth(1).and_then(|rest| rest.split("\n## ").next());
    let blocks = section.expect("the section").split("```toml\n").skip(1);
    let blocks: Vec<String> =
        blocks.filter_map(|block| Some(block.split("```").next()?.to_owned())).collect();
    let name = |block: &str| Some(block.split("name = \"").nth(1)?.split('"').next()?.to_owned());
    blocks.into_iter().map(|block| (name(&block).expect("a name"), block)).collect()
}

fn desk(sources: &str, page: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("sources.toml"), sources).expect("a file");
    std::fs::write(folder.path().join("page.html"), page).expect("a file");
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    command.args(arguments).current_dir(folder.path()).env_clear().output().expect("the program starts")
}

fn json(folder: &TempDir, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A page in the markup of an example of the manual.
fn page_for(name: &str) -> String {
    match name {
        "Báo Mẫu" => format!(
            "<html lang=vi><title>Nhà máy chạy thử</title><h1>Nhà máy chạy thử</h1><div class=detail-author>Bài: Lê Thị Mẫu</div>\
             <h2 class=sapo>Sapo ngắn.</h2><div class=detail-content><p>{TEXT}</p><div class=box-tin-khac><p>{TEXT} Zebra.</p></div></div>\
             <div class=chen><p>{TEXT} Zebra chen ngang.</p><p>{TEXT}</p><p>{TEXT} Zebra.</p></div>\
             <div class=detail-content><p>Đoạn sau.</p><p class=tai-tro>Zebra tài trợ.</p></div></html>"
        ),
        _ => format!(
            "<html lang=en><meta name=pubdate content='2026-03-04 05:06'><title>x</title><h1 class=headline>Trial run</h1><h1>Sample Wire</h1>\
             <article><div class=story-text><p>{ENGLISH}</p><aside><p>{ENGLISH} Zebra.</p></aside><p class=support-us>Zebra.</p><p>The end.</p></div></article></html>"
        ),
    }
}

#[test]
fn the_examples_of_the_manual_work() {
    let wanted = [
        (
            "Báo Mẫu",
            "Nhà máy chạy thử",
            "Sapo ngắn.",
            vec![TEXT, "Đoạn sau."],
            vec!["Lê Thị Mẫu"],
            Value::Null,
        ),
        (
            "Sample Wire",
            "Trial run",
            "",
            vec![ENGLISH, "The end."],
            vec![],
            "2026-03-04T05:06:00+00:00".into(),
        ),
    ];
    let examples = examples();
    assert_eq!(examples.len(), wanted.len());
    for ((name, example), (wanted_name, title, lead, paragraphs, authors, published)) in
        examples.iter().zip(wanted)
    {
        assert_eq!(name, wanted_name);
        let folder = desk(example, &page_for(name));
        let read = json(&folder, &["inspect", "article", "page.html", "--source", name]);
        assert_eq!((&read["title"], &read["lead"]), (&title.into(), &lead.into()), "{name}");
        assert_eq!(read["paragraphs"], Value::from(paragraphs), "{name}");
        assert_eq!(read["authors"], Value::from(authors), "{name}");
        let at = |value: &Value| value.as_str().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
        assert_eq!(at(&read["published"]), at(&published), "{name}");
        assert_eq!(read["notes"], Value::Array(vec![]), "{name}");
        assert!(read.get("explain").is_none());
    }
}

#[test]
fn an_explanation_is_for_people_or_for_programs() {
    let (name, example) = examples().remove(0);
    let folder = desk(&example, &page_for(&name));
    let arguments = ["inspect", "article", "page.html", "--source", &name, "--explain"];
    let text = String::from_utf8(run(&folder, &arguments).stdout).expect("text");
    for fact in [
        "body, by the rule `body`:",
        "div.detail-content",
        "rule `remove`",
        "[rule lead]",
        "[rule author]",
        "next best:",
    ] {
        assert!(text.contains(fact), "{fact}\n{text}");
    }
    let read = json(&folder, &[&arguments[..], &["--json"]].concat());
    let explain = &read["explain"];
    assert_eq!(explain["body"]["by"], "rule");
    assert_eq!(explain["body"]["paths"].as_array().map(Vec::len), Some(2));
    assert_eq!(explain["fields"]["lead"], Value::from(vec!["rule lead"]));
    let dropped = explain["dropped"].as_array().expect("a list");
    assert!(
        dropped.iter().any(|part| part["reason"] == "rule" && part["text"] == "Zebra tài trợ."),
        "{dropped:?}"
    );
    assert!(read["paragraphs"].is_array());
}

#[test]
fn a_rule_that_is_no_selector_is_refused_at_its_place() {
    let source = "[[source]]\nname = \"Báo\"\nurl = \"https://bao.example/rss\"\nbody = \"div[\"\n";
    let refused = run(&desk(source, ""), &["check"]);
    assert_eq!(refused.status.code(), Some(1));
    let text = [refused.stdout, refused.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    assert!(
        text.contains("sources.toml:4:8: this is no CSS selector") && text.contains("       ^^^^^^"),
        "{text}"
    );
}

#[test]
fn what_a_daemon_has_learnt_needs_a_database() {
    let folder =
        desk("[daemon]\ndata_dir = \"none\"\n[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\n", "");
    let refused = run(&folder, &["inspect", "article", "page.html", "--learnt"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no database in"));
}
