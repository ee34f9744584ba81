//! `diemtin check`: every problem of sources.toml, each with its line; what the file would do with the stored articles; and whether
//! its channels can be reached.

mod impact;

use std::process::ExitCode;

use serde_json::json;

use super::Session;
use super::args::Check;
use super::output::{self, Output, counted};
use crate::app;
use crate::config::{Config, Problem, Problems};
use crate::deliver::Probe;

pub(super) async fn run(session: &Session, arguments: Check) -> anyhow::Result<ExitCode> {
    let config = match session.config() {
        Ok(config) => config,
        Err(Problems(problems)) => {
            show(session.output, &problems)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    approve(session, &config)?;
    if arguments.impact {
        impact::show(session, &config, &arguments).await?;
    }
    if arguments.connect { connect(session, &config).await } else { Ok(ExitCode::SUCCESS) }
}

/// What every channel says before anything is sent.
async fn connect(session: &Session, config: &Config) -> anyhow::Result<ExitCode> {
    let channels = app::channels(config, app::http_client(config)?)?;
    let mut well = true;
    for Probe { what, result } in channels.probe().await {
        well &= result.is_ok();
        match session.output {
            Output::Json => {
                let (found, error) = (result.as_ref().ok(), result.as_ref().err());
                output::json(
                    &json!({"channel": what, "ok": result.is_ok(), "found": found, "error": error}),
                )?;
            }
            Output::Text => match result {
                Ok(found) => output::line(format!("{what}  {found}"))?,
                Err(error) => output::line(format!("{what}  failed: {error}"))?,
            },
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(output: Output, problems: &[Problem]) -> std::io::Result<()> {
    for problem in problems {
        match output {
            Output::Json => output::json(&as_json(problem))?,
            Output::Text => output::line(problem.to_string())?,
        }
    }
    Ok(())
}

fn as_json(problem: &Problem) -> serde_json::Value {
    json!({
        "file": problem.file, "line": problem.line, "column": problem.column,
        "message": problem.message, "suggestion": problem.suggestion,
    })
}

/// Says that the file is right, and what in it is likely a mistake all the same.
fn approve(session: &Session, config: &Config) -> anyhow::Result<()> {
    let path = session.config_path();
    let (sources, entities) = (config.sources.len(), config.entities.len());
    let (alerts, digests) = (config.alerts.len(), config.digests.len());
    if session.output == Output::Json {
        let warnings: Vec<_> = config.warnings.iter().map(as_json).collect();
        output::json(&json!({
            "file": path, "ok": true, "sources": sources, "entities": entities, "alerts": alerts, "digests": digests, "warnings": warnings,
        }))?;
        return Ok(());
    }
    output::line(format!(
        "{} is right: {}, {}, {}, {}.",
        path.display(),
        counted(sources, "source"),
        counted(entities, "entity"),
        counted(alerts, "alert"),
        counted(digests, "digest")
    ))?;
    let mails = match &config.email {
        Some(email) => format!("Mails go to {}:{}.", email.host, email.port),
        None => {
            format!("No [email]: mails are written to {}.", config.daemon.data_dir.join("mail").display())
        }
    };
    output::line(mails)?;
    if !config.warnings.is_empty() {
        output::line("\nRight in form, and hardly meant so:")?;
        show(session.output, &config.warnings)?;
    }
    Ok(())
}
