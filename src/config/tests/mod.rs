//! sources.toml at its door: text in, values or problems out.

mod entities;
mod fetch;
mod packs;
mod pages;
mod problems;
mod recovery;
mod rules;
mod secrets;
mod templates;
mod values;
mod webhooks;

use std::path::Path;

use super::{Config, Problems, parse};

/// The least that every file needs; its tables end whatever stands before it.
const SOURCE: &str = "\n[[source]]\nname = \"Tin\"\nurl = \"https://tin.example/rss\"\ntags = [\"vi\"]\n";

/// The text and one good source behind it.
fn read(text: &str) -> Result<Config, Problems> {
    let env = |name: &str| {
        match name {
        "HOOK" => Some("https://hook.example/T0".to_owned()),
        "KEY" => Some("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=".to_owned()),
        "WORD" => Some("hunter2\n".to_owned()),
        "KEYS" => Some(
            "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= whsec_OTk5OTk5OTk5OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
                .to_owned(),
        ),
        "BOT" => Some("123456:AAF0-abc_DEF".to_owned()),
        "EMPTY" => Some(String::new()),
        _ => None,
    }
    };
    parse(&format!("{text}{SOURCE}"), "sources.toml", Path::new("/etc/diemtin"), &env)
}

/// The problems of the text as `line:column: message`, suggestions included.
fn problems(text: &str) -> Vec<String> {
    let problems = read(text).err().map(|problems| problems.0).unwrap_or_default();
    let shown = problems.iter().map(|problem| {
        let suggestion = problem.suggestion.as_ref().map(|meant| format!(" -> {meant}")).unwrap_or_default();
        format!("{}:{}: {}{suggestion}", problem.line, problem.column, problem.message)
    });
    shown.collect()
}
