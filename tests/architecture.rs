//! The shape of the crate, held by a test: layers look down only, every library has one home, stages stay
//! pure, files stay short. Each complaint says what to do about it.

use std::path::Path;

#[path = "architecture/reading.rs"]
mod reading;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/tokens.rs"]
mod tokens;

use reading::SourceFile;

#[test]
fn the_crate_keeps_its_shape() -> std::io::Result<()> {
    let files = reading::tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))?;
    let complaints: Vec<String> = files.iter().flat_map(rules::complaints).collect();
    assert!(!files.is_empty(), "src/ holds no Rust file: this test looks in the wrong place");
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
    Ok(())
}

/// What the checker says of one file, without the file's own name.
fn said(path: &str, text: &str) -> Vec<String> {
    let file = SourceFile::new(path, &format!("//! A module.\n{text}"));
    rules::complaints(&file).into_iter().map(|complaint| complaint.replace("src/", "")).collect()
}

#[test]
fn a_broken_rule_is_complained_about_at_its_line() {
    for (path, text, complaint) in [
        // Layers.
        ("model/entry.rs", "use crate::text::date;", "model/entry.rs:2: `model` (L0) uses `text` (L0)"),
        ("alert/rule.rs", "use crate::entity::Matcher;", "`alert` (L1) uses `entity` (L1)"),
        (
            "feed/mod.rs",
            "use crate::{model::Feed,\n  store::Store};",
            "mod.rs:3: `feed` (L1) uses `store` (L3)",
        ),
        ("feed/mod.rs", "use {crate::model, crate::pipeline};", "`feed` (L1) uses `pipeline` (L4)"),
        ("extract/body.rs", "fn f() { crate::dedup::canonical_url(x) }", "`extract` (L1) uses `dedup` (L1)"),
        ("extract/body.rs", "use super::super::dedup;", "`extract` (L1) uses `dedup` (L1)"),
        ("extract/mod.rs", "mod deep { use super::super::http; }", "`extract` (L1) uses `http` (L2)"),
        ("deliver/smtp.rs", "use crate::store::Store;", "`deliver` (L3) uses `store` (L3)"),
        (
            "store/mod.rs",
            "#[cfg(test)]\nmod tests { use crate::fetch::Page; }",
            "`store` (L3) uses `fetch` (L3)",
        ),
        ("pipeline/poll.rs", "use crate::config::Config;", "`pipeline` uses `config`"),
        ("web/mod.rs", "use crate::config::Web;", "`web` uses `config`"),
        ("main.rs", "use diemtin::config::Config;", "`main` uses `config`"),
        ("feed/mod.rs", "use crate::*;", "hides which module is used"),
        ("feed/mod.rs", "use crate as everything;", "hides which module is used"),
        ("lib.rs", "pub use model::Entry;", "re-export"),
        ("lib.rs", "pub mod helpers;", "`helpers` has no layer"),
        ("lib.rs", "pub mod http;\npub mod feed;", "`feed` (L1) stands after `http` (L2)"),
        ("helpers.rs", "", "`helpers` has no layer"),
        // Homes.
        ("fetch/mod.rs", "use reqwest::Client;", "`reqwest` is at home in http"),
        ("feed/parse.rs", "fn f() { ::scraper::Html::parse_document(x) }", "`scraper` is at home in"),
        ("pipeline/mod.rs", "use rusqlite as sql;", "`rusqlite` is at home in store"),
        ("cli/demo/mod.rs", "use {std::fmt, lettre};", "`lettre` is at home in deliver"),
        ("schedule/cron.rs", "type T = tokio_cron_scheduler::Job;", "is at home in daemon"),
        ("config/mod.rs", "#[derive(clap::Parser)] struct A;", "`clap` is at home in cli"),
        // Purity.
        ("dedup/mod.rs", "async fn f() {}", "`async` in a pure module"),
        ("dedup/mod.rs", "use tokio::sync::Mutex;", "`tokio` in a pure module"),
        ("feed/mod.rs", "use std::{fs, fmt};", "`std::fs` in a pure module"),
        ("feed/mod.rs", "fn f() { std::net::TcpStream::connect(x) }", "`std::net` in a pure module"),
        ("schedule/mod.rs", "use std::time::SystemTime;", "`std::time::SystemTime` in a pure module"),
        ("text/date.rs", "fn f() { chrono::Utc::now() }", "`chrono::Utc::now` in a pure module"),
        // Panics.
        ("store/mod.rs", "fn f() { x.unwrap() }", "`unwrap` outside tests"),
        ("store/mod.rs", "fn f() {\n    x\n        .expect(\"no\")\n}", "mod.rs:4: `expect` outside tests"),
        ("store/mod.rs", "fn f() { x.map(Option::unwrap) }", "`unwrap` outside tests"),
        (
            "store/mod.rs",
            "#[cfg(test)]\nuse a::b;\nfn f() { x.unwrap() }",
            "mod.rs:4: `unwrap` outside tests",
        ),
    ] {
        let said = said(path, text);
        assert!(
            said.iter().any(|line| line.contains(complaint)),
            "{path}: {text}\nwanted {complaint}\n{said:#?}"
        );
    }
}

#[test]
fn good_code_is_left_alone() {
    for (path, text) in [
        ("text/date.rs", "use crate::model::Moment;"),
        ("config/mod.rs", "use crate::{alert::{Digest, InstantAlert}, model::*, schedule::Cron};"),
        ("fetch/mod.rs", "use crate::http::Client;"),
        ("app.rs", "use crate::config::Config;"),
        ("daemon/reload.rs", "use crate::{app::App, config::Config};"),
        ("cli/run.rs", "use crate::web;"),
        ("main.rs", "use diemtin::cli;"),
        (
            "feed/mod.rs",
            "mod date;\nuse super::feed::date;\nfn f(text: &str) -> std::fmt::Result { self::date::f() }",
        ),
        ("feed/listing.rs", "use scraper::Html;"),
        ("feed/discover/link.rs", "use scraper::Html;"),
        (
            "feed/mod.rs",
            "// crate::store, reqwest::Client, x.unwrap()\n/* async /* tokio::x */ std::fs::read */",
        ),
        ("feed/mod.rs", "const A: &str = \"crate::store\"; const B: &str = r#\"x.unwrap() \" async\"#;"),
        (
            "feed/mod.rs",
            "fn f<'a>(x: &'a str) -> char { '\\'' }\nconst Q: char = '\"';\nfn g() {} // x.unwrap()",
        ),
        ("feed/mod.rs", "#[expect(clippy::x, reason = \"y\")]\nfn f() { x.unwrap_or_default() }"),
        (
            "feed/mod.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n    fn f() { std::fs::read(x).unwrap(); }\n}",
        ),
        (
            "feed/mod.rs",
            "#[expect(\n  clippy::expect_used,\n  reason = \"x\",\n)]\nfn f() { x.expect(A); y.expect(B) }",
        ),
        ("feed/mod.rs", "fn f() { scene.expect.len() }"),
        ("feed/mod.rs", "fn f() { self.reqwest.scraper(); let clap = 1; }"),
        ("clock.rs", "use crate::model::Timestamp;\nfn f() { chrono::Utc::now() }"),
        ("lib.rs", "pub mod model;\npub mod text;\npub mod feed;"),
    ] {
        let said = said(path, text);
        assert!(said.is_empty(), "{path}: {text}\n{said:#?}");
    }
}

#[test]
fn files_have_a_doc_and_an_end() {
    let undocumented = SourceFile::new("model/entry.rs", "use std::fmt;\n//! Too late.");
    assert!(
        rules::complaints(&undocumented).iter().any(|line| line.contains("does not begin with a `//!` doc"))
    );

    let lines = |count: usize| format!("//! Doc.\n{}", "// more\n".repeat(count - 1));
    assert!(rules::complaints(&SourceFile::new("model/entry.rs", &lines(400))).is_empty());
    let long = rules::complaints(&SourceFile::new("model/entry.rs", &lines(401)));
    assert!(long.iter().any(|line| line.contains("401 lines")), "{long:?}");
}

#[test]
fn files_that_only_tests_compile_may_unwrap() {
    let parent = SourceFile::new("feed/repair.rs", "//! Doc.\n#[cfg(test)]\nmod tests;\nmod tags;");
    assert_eq!(parent.test_modules(), ["feed/repair/tests"]);

    let child = "//! Doc.\nfn f() { std::fs::read(x).unwrap(); }";
    assert_eq!(rules::complaints(&SourceFile::new("feed/repair/tests.rs", child)).len(), 2);
    assert!(rules::complaints(&SourceFile::new("feed/repair/tests.rs", child).only_for_tests()).is_empty());
}
