//! What the documents say is so: examples of sources.toml are right, command lines are understood by the program,
//! tables and maps name what is there, links lead somewhere.

#![expect(clippy::expect_used, reason = "what helps a test may fail as a test does")]

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use assert_cmd::Command;
use diemtin::config;

#[path = "docs/markdown.rs"]
mod markdown;
#[path = "docs/shell.rs"]
mod shell;

use markdown::{Page, root};

/// What a block is completed with that shows one table alone.
const SOURCE: &str =
    "\n[[source]]\nname = \"Tin\"\nurl = \"https://tin.example/rss\"\ntags = [\"vi\", \"tech\"]\n";

#[test]
fn every_example_is_a_good_sources_toml() {
    let mut checked = 0;
    for page in Page::all() {
        for block in page.blocks("toml") {
            let text = if block.text.contains("[[source]]") { block.text } else { block.text + SOURCE };
            check(&text, &format!("{}, block of line {}", page.name, block.line));
            checked += 1;
        }
    }
    assert!(checked > 0, "no toml block was found");
}

#[test]
fn what_the_readme_shows_can_be_pasted_below_the_shipped_file() {
    let mut text = fs::read_to_string(root().join("sources.toml")).expect("the shipped file");
    for block in Page::read("README.md").blocks("toml") {
        text.extend(["\n", &block.text]);
        check(&text, &format!("sources.toml with README.md up to the block of line {}", block.line));
    }
}

fn check(text: &str, name: &str) {
    config::parse(text, name, &root(), &|variable| Some(value_of(variable)))
        .unwrap_or_else(|problems| panic!("{problems}"));
}

/// The environment that examples refer to.
fn value_of(name: &str) -> String {
    let value = match name {
        name if name.contains("SECRET") => "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        name if name.contains("BOT_TOKEN") => "123456:AAF0-abc_DEF",
        name if name.contains("WEBHOOK") => "https://hook.example/T0",
        _ => "a password",
    };
    value.to_owned()
}

#[test]
fn the_configuration_page_names_every_key_and_no_other() {
    let text = Page::read("docs/configuration.md").text;
    let schema: serde_json::Value = serde_json::from_str(&config::schema()).expect("the schema is JSON");
    let tables = schema.get("properties").and_then(serde_json::Value::as_object).expect("tables");
    let mut keys = BTreeSet::new();
    for (table, schema) in tables {
        let properties = schema.get("items").unwrap_or(schema).get("properties");
        let properties = properties.and_then(serde_json::Value::as_object).expect("keys");
        keys.extend(properties.keys().map(|key| format!("{table}.{key}")));
    }
    assert_eq!(documented(&text), keys);
}

/// `table.key` of each row of each table below a heading such as `## [daemon]`.
fn documented(text: &str) -> BTreeSet<String> {
    let mut table = "";
    let mut keys = BTreeSet::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            table = heading.trim_matches(['[', ']', '`']);
        }
        let cell = line.strip_prefix("| `").and_then(|row| row.split_once('`'));
        if let Some((key, _)) = cell {
            keys.insert(format!("{table}.{key}"));
        }
    }
    keys
}

#[test]
fn every_command_line_is_understood() {
    let mut calls: BTreeSet<Vec<String>> = BTreeSet::new();
    for page in Page::all() {
        calls.extend(page.blocks("sh").iter().flat_map(|block| shell::calls(&block.text)));
        calls.extend(page.spans().iter().flat_map(|span| shell::calls(span)).map(named_alone));
    }
    calls.remove(&Vec::new());
    assert!(calls.len() > 20, "only {} command lines were found", calls.len());
    for call in calls {
        assert!(is_understood(&call), "diemtin {}: the program says that this is wrong use", call.join(" "));
    }
}

/// In running text `diemtin backup` may name the command without giving it what it needs.
fn named_alone(mut call: Vec<String>) -> Vec<String> {
    if call.len() == 1 {
        call.push("--help".to_owned());
    }
    call
}

#[test]
fn a_wrong_command_line_is_noticed() {
    for call in ["frobnicate", "poll --all", "why", "backup", "outbox retry", "demo --fast", "status --all"] {
        let call: Vec<String> = call.split(' ').map(str::to_owned).collect();
        assert!(!is_understood(&call), "{call:?}");
    }
}

/// Runs it in an empty folder, where every command but the demo soon misses its sources.toml; wrong use has an exit code
/// of its own. Addresses are replaced by one that is out of bounds, so that nothing is fetched.
fn is_understood(call: &[String]) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let near =
        |word: &String| if word.contains("://") { "http://127.0.0.1:9/".to_owned() } else { word.clone() };
    let mut command = Command::new(env!("CARGO_BIN_EXE_diemtin"));
    command.args(call.iter().map(near)).current_dir(folder.path()).env_clear();
    if call.first().is_some_and(|name| name == "demo") {
        command.arg("--help");
    }
    let ended = command.timeout(Duration::from_mins(1)).output().expect("the program starts");
    matches!(ended.status.code(), Some(0 | 1))
}

#[test]
fn the_readme_lists_every_command_as_the_help_does() {
    let help = Command::new(env!("CARGO_BIN_EXE_diemtin")).arg("--help").env("COLUMNS", "500").output();
    let help = String::from_utf8(help.expect("the program starts").stdout).expect("help is text");
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let told: Vec<(String, String)> = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.trim().split_once(' '))
        .filter(|(name, _)| *name != "help")
        .map(|(name, about)| (format!("`diemtin {name}`"), about.trim().to_owned()))
        .collect();
    let rows = Page::read("README.md").rows();
    let shown: Vec<(String, String)> = rows
        .into_iter()
        .filter(|row| row.first().is_some_and(|cell| cell.starts_with("`diemtin ")))
        .map(|row| (row.first().cloned().unwrap_or_default(), row.get(1).cloned().unwrap_or_default()))
        .collect();
    assert_eq!(shown, told);
}

#[test]
fn the_map_names_every_module_and_every_library_in_use() {
    let map = Page::read("ARCHITECTURE.md");
    let code = code_below("src");
    let crate_root = fs::read_to_string(root().join("src/lib.rs")).expect("the crate's root");
    for module in crate_root.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        let rooms = [format!("{module}/"), format!("{module}.rs")];
        assert!(rooms.iter().any(|room| map.text.contains(room)), "ARCHITECTURE.md does not name {module}");
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let manifest: toml::Table = toml::from_str(&manifest).expect("the manifest is TOML");
    let libraries = manifest.get("dependencies").and_then(toml::Value::as_table).expect("dependencies");
    let rows = map.rows();
    let told: BTreeSet<&str> =
        rows.iter().filter_map(|row| row.first()).flat_map(|cell| cell.split(", ")).collect();
    for library in libraries.keys() {
        let used = code.contains(&format!("{}::", library.replace('-', "_")));
        assert!(!used || told.contains(library.as_str()), "ARCHITECTURE.md does not say why {library}");
    }
}

fn code_below(folder: &str) -> String {
    let mut code = String::new();
    for entry in fs::read_dir(root().join(folder)).expect("a folder of code") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root()).expect("below the repository").to_string_lossy().into_owned();
        if path.is_dir() {
            code += &code_below(&name);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code += &fs::read_to_string(&path).expect("code is text");
        }
    }
    code
}

#[test]
fn links_lead_somewhere() {
    for page in Page::all() {
        for link in page.local_links() {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let folder = root().join(&page.name);
            let target = folder.parent().expect("a page lies in a folder").join(file);
            let target = if file.is_empty() { root().join(&page.name) } else { target };
            assert!(target.exists(), "{}: {link} leads nowhere", page.name);
            let name = target.strip_prefix(root()).unwrap_or(&target).to_string_lossy().into_owned();
            let known = anchor.is_empty() || Page::read(&name).anchors().iter().any(|known| known == anchor);
            assert!(known, "{}: {link} names no heading", page.name);
        }
    }
}
