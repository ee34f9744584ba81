//! The table of layers and homes, and what is said where code leaves it.

use crate::reading::{SourceFile, UsedPath, paths, without_marked};
use crate::tokens::text;

/// Every module and its layer; a module uses lower layers only.
const LAYERS: &[(&str, u8)] = &[
    ("clock", 0),
    ("model", 0),
    ("text", 0),
    ("alert", 1),
    ("dedup", 1),
    ("entity", 1),
    ("extract", 1),
    ("feed", 1),
    ("revision", 1),
    ("schedule", 1),
    ("config", 2),
    ("http", 2),
    ("metrics", 2),
    ("deliver", 3),
    ("fetch", 3),
    ("store", 3),
    ("pipeline", 4),
    ("app", 5),
    ("daemon", 5),
    ("cli", 6),
    ("web", 6),
    ("main", 7),
];

/// The only uses within a layer: everything speaks the model's nouns, and a process is built from its parts.
const WITHIN_A_LAYER: &[(&str, &str)] =
    &[("clock", "model"), ("text", "model"), ("daemon", "app"), ("cli", "web")];

/// Who may know the user's file. Everyone else is handed the values.
const CONFIG_USERS: &[&str] = &["config", "app", "daemon", "cli"];

/// Where each library may be named. A home is a module or a file below it.
const HOMES: &[(&str, &[&str])] = &[
    ("reqwest", &["http"]),
    ("scraper", &["extract", "feed/listing", "feed/discover"]),
    ("rusqlite", &["store"]),
    ("rustix", &["store/disk"]),
    ("lettre", &["deliver"]),
    ("regex", &["revision"]),
    ("tokio_cron_scheduler", &["daemon"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("console", &["cli"]),
    ("prometheus_client", &["metrics"]),
];

/// What a pure module does without: files, sockets, processes, clocks. Compared with the beginning of a path.
const IMPURE_PATHS: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "chrono::Utc::now",
    "chrono::Local",
    "Utc::now",
    "Local::now",
    "Instant::now",
    "SystemTime::now",
    "tokio",
    "futures_util",
];

const MOST_LINES: usize = 400;

/// Everything that is wrong with one file, each with its line and what to do.
pub(crate) fn complaints(file: &SourceFile) -> Vec<String> {
    let module = module_of(&file.path);
    let mut complaints = shape(file);
    if module == "lib" {
        complaints.extend(crate_root(file));
        return complaints;
    }
    let Some(layer) = layer_of(module) else {
        complaints.push(at(file, 1, &no_layer(module)));
        return complaints;
    };
    let used = paths(&file.code);
    complaints.extend(used.iter().filter_map(|path| layering(file, path)));
    complaints.extend(used.iter().filter_map(|path| homing(file, path)));
    complaints.extend(panics(file));
    if layer <= 1 && module != "clock" {
        complaints.extend(impurities(file));
    }
    complaints
}

fn shape(file: &SourceFile) -> Vec<String> {
    let mut complaints = Vec::new();
    if !file.text.trim_start().starts_with("//!") {
        complaints.push(at(
            file,
            1,
            "does not begin with a `//!` doc. Say in one line what the module is for.",
        ));
    }
    let lines = file.text.lines().count();
    if lines > MOST_LINES {
        complaints.push(at(
            file,
            MOST_LINES,
            &format!("has {lines} lines, the most is {MOST_LINES}. Split it by noun."),
        ));
    }
    complaints
}

/// lib.rs lists the modules from the lowest layer up, and nothing else.
fn crate_root(file: &SourceFile) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut before: Option<(&str, u8)> = None;
    for (index, token) in file.code.iter().enumerate() {
        if token.text == "use" {
            let advice =
                "a re-export at the crate root hides which module is used. Let users name the module.";
            complaints.push(at(file, token.line, advice));
        }
        if token.text != "mod" {
            continue;
        }
        let name = text(&file.code, index + 1);
        let Some(layer) = layer_of(name) else {
            complaints.push(at(file, token.line, &no_layer(name)));
            continue;
        };
        if let Some((above, higher)) = before.filter(|(_, earlier)| *earlier > layer) {
            let advice = format!(
                "`{name}` (L{layer}) stands after `{above}` (L{higher}). List lower layers first, in reading order."
            );
            complaints.push(at(file, token.line, &advice));
        }
        before = Some((name, layer));
    }
    complaints
}

fn layering(file: &SourceFile, path: &UsedPath) -> Option<String> {
    let used = used_module(file, path)?;
    let module = module_of(&file.path);
    if used == module {
        return None;
    }
    if used == "*" || used == "as" || used.is_empty() {
        let advice = "a glob or rename of the crate root hides which module is used. Name the module.";
        return Some(at(file, path.line, advice));
    }
    let Some(target) = layer_of(used) else {
        return Some(at(file, path.line, &no_layer(used)));
    };
    if used == "config" && !CONFIG_USERS.contains(&module) {
        let advice = format!(
            "`{module}` uses `config`, which only {} may. Take the checked value as a parameter; app passes it in.",
            CONFIG_USERS.join(", ")
        );
        return Some(at(file, path.line, &advice));
    }
    let own = layer_of(module)?;
    if target < own || WITHIN_A_LAYER.contains(&(module, used)) {
        return None;
    }
    let advice = if target == own {
        "Neighbours do not know each other: pass the value in from the layer above, or move the noun into model."
    } else {
        "Layers look down only: take what is needed as a parameter, or move this code up."
    };
    Some(at(file, path.line, &format!("`{module}` (L{own}) uses `{used}` (L{target}). {advice}")))
}

/// The top-level module that a path of ours leads to; absent where it stays inside its module or is foreign.
fn used_module<'a>(file: &SourceFile, path: &'a UsedPath) -> Option<&'a str> {
    let words: Vec<&str> = path.words.iter().map(String::as_str).skip_while(|word| *word == "self").collect();
    let (first, rest) = words.split_first()?;
    if *first == "crate" || (*first == "diemtin" && module_of(&file.path) == "main") {
        return Some(rest.first().copied().unwrap_or_default());
    }
    let ups = words.iter().take_while(|word| **word == "super").count();
    let reaches_root = ups > 0 && ups >= depth(&file.path) + path.inline_modules;
    reaches_root.then(|| words.get(ups).copied().unwrap_or_default())
}

/// How many modules a file stands in: 1 for `feed/mod.rs`, 2 for `feed/date.rs`.
fn depth(path: &str) -> usize {
    path.trim_end_matches(".rs").trim_end_matches("/mod").split('/').count()
}

fn homing(file: &SourceFile, path: &UsedPath) -> Option<String> {
    let name = path.words.first()?;
    let (library, homes) = HOMES.iter().find(|(library, _)| library == name)?;
    let is_home = |home: &&str| {
        file.path.strip_prefix(*home).is_some_and(|tail| tail.starts_with('/') || tail == ".rs")
    };
    if homes.iter().any(is_home) {
        return None;
    }
    let advice = format!(
        "`{library}` is at home in {} only. Call that module instead; its types do not leave it.",
        homes.join(", ")
    );
    Some(at(file, path.line, &advice))
}

fn panics(file: &SourceFile) -> Vec<String> {
    let code = &without_marked(&file.product, is_reasoned_expectation).0;
    let names_it = |index: usize| matches!(text(code, index), "unwrap" | "expect");
    let is_method = |index: usize| text(code, index - 1) == "." && text(code, index + 1) == "(";
    let is_path = |index: usize| text(code, index - 1) == "::";
    let places = (1..code.len()).filter(|index| names_it(*index) && (is_method(*index) || is_path(*index)));
    places
        .filter_map(|index| code.get(index))
        .map(|name| {
            let advice = format!(
                "`{}` outside tests. Return an error or a default; where it cannot fail, say why in \
                 `#[expect(clippy::expect_used, reason = …)]`.",
                name.text
            );
            at(file, name.line, &advice)
        })
        .collect()
}

/// `#[expect(clippy::expect_used, reason = "…")]`: someone has said why it cannot fail.
fn is_reasoned_expectation(attribute: &[&str]) -> bool {
    attribute.first() == Some(&"expect")
        && attribute.iter().any(|word| matches!(*word, "unwrap_used" | "expect_used"))
        && attribute.contains(&"reason")
}

fn impurities(file: &SourceFile) -> Vec<String> {
    let keywords = file
        .product
        .iter()
        .filter(|token| matches!(token.text.as_str(), "async" | "await"))
        .map(|token| (token.line, token.text.clone()));
    let used = paths(&file.product);
    let reached = used.iter().filter_map(|path| {
        let written = path.words.join("::");
        let begins = |impure: &&&str| written.strip_prefix(**impure).is_some_and(ends_word);
        IMPURE_PATHS.iter().find(begins).map(|impure| (path.line, (*impure).to_owned()))
    });
    keywords
        .chain(reached)
        .map(|(line, what)| {
            let advice =
                format!("`{what}` in a pure module. Take the bytes, the time or the answer as a parameter.");
            at(file, line, &advice)
        })
        .collect()
}

fn ends_word(tail: &str) -> bool {
    tail.is_empty() || tail.starts_with("::")
}

fn no_layer(module: &str) -> String {
    format!(
        "`{module}` has no layer. Add it to LAYERS in tests/architecture/rules.rs and to ARCHITECTURE.md."
    )
}

/// The top-level module of a path relative to src/.
fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn layer_of(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

fn at(file: &SourceFile, line: usize, complaint: &str) -> String {
    format!("src/{}:{line}: {complaint}", file.path)
}
