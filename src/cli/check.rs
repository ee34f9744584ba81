//! `diemtin check`: every problem of sources.toml, each with its line; and whether its channels can be reached.

use std::process::ExitCode;

use serde_json::json;

use super::Session;
use super::args::Check;
use super::output::{self, Output};
use crate::app;
use crate::config::Config;
use crate::deliver::Probe;

pub(super) async fn run(session: &Session, arguments: Check) -> anyhow::Result<ExitCode> {
    let path = session.config_path();
    let config = match session.config() {
        Ok(config) => config,
        Err(problems) => {
            match session.output {
                Output::Json => {
                    for problem in problems.0 {
                        output::json(&json!({
                            "file": problem.file, "line": problem.line, "column": problem.column,
                            "message": problem.message, "suggestion": problem.suggestion,
                        }))?;
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
