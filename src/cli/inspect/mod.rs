//! `diemtin inspect`: one stage on files or addresses, one JSON object a line.

mod article;
mod change;
mod duplicates;
mod entities;
mod explain;
mod feed;
pub(super) mod input;

use std::process::ExitCode;

use serde_json::{Value, json};

use super::args::Inspect;
use super::{Session, output};

pub(super) async fn run(session: &Session, what: Inspect) -> anyhow::Result<ExitCode> {
    match what {
        Inspect::Feed(arguments) => feed::run(session, arguments).await,
        Inspect::Article(arguments) => article::run(session, arguments).await,
        Inspect::Entities(arguments) => entities::run(session, &arguments),
        Inspect::Change(arguments) => change::run(session, arguments).await,
        Inspect::Duplicates(arguments) => duplicates::run(session, &arguments),
    }
}

/// Prints an answer under its path; a failure does not stop the rest.
fn print(path: &str, answer: anyhow::Result<Value>) -> anyhow::Result<ExitCode> {
    let (fields, code) = match answer {
        Ok(fields) => (fields, ExitCode::SUCCESS),
        Err(error) => (json!({"error": format!("{error:#}")}), ExitCode::FAILURE),
    };
    let mut whole = serde_json::Map::new();
    whole.insert("path".to_owned(), path.into());
    if let Value::Object(fields) = fields {
        whole.extend(fields);
    }
    output::json(&whole)?;
    Ok(code)
}

/// Failure where any of several inputs failed.
fn worse(so_far: ExitCode, code: ExitCode) -> ExitCode {
    if code == ExitCode::SUCCESS { so_far } else { code }
}
