//! `diemtin check`: every problem of sources.toml, each with its line.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Session;
use super::output::{self, Output};
use crate::config::{Config, Problem};

pub(super) fn run(session: &Session) -> anyhow::Result<ExitCode> {
    let path = session.config_path();
    let config = match session.config() {
        Ok(config) => config,
        Err(problems) => {
            match session.output {
                Output::Json => {
                    for problem in problems.0 {
                        output::json(&as_json(&problem))?;
                    }
                }
                Output::Text => output::line(problems.to_string().trim_end())?,
            }
            return Ok(ExitCode::FAILURE);
        }
    };
    let (sources, entities) = (config.sources.len(), config.entities.len());
    let (alerts, digests) = (config.alerts.len(), config.digests.len());
    match session.output {
        Output::Json => output::json(&json!({
            "file": path, "ok": true, "sources": sources, "entities": entities, "alerts": alerts, "digests": digests,
        }))?,
        Output::Text => {
            output::line(format!(
                "{} is right: {sources} sources, {entities} entities, {alerts} alerts, {digests} digests.",
                path.display()
            ))?;
            let mails = match &config.email {
                Some(email) => format!("Mails go to {}:{}.", email.host, email.port),
                None => format!(
                    "No [email]: mails are written to {}.",
                    config.daemon.data_dir.join("mail").display()
                ),
            };
            output::line(mails)?;
        }
    }
    warn(session, &config)?;
    Ok(if config.warnings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is used in another way than meant.
fn warn(session: &Session, config: &Config) -> anyhow::Result<()> {
    for problem in &config.warnings {
        match session.output {
            Output::Json => output::json(&as_json(problem))?,
            Output::Text => output::line(problem.to_string())?,
        }
    }
    Ok(())
}

fn as_json(problem: &Problem) -> Value {
    json!({
        "file": problem.file, "line": problem.line, "column": problem.column,
        "message": problem.message, "suggestion": problem.suggestion,
    })
}
