//! `diemtin schema` and `diemtin completions`: text for other programs.

use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Cli, Completions};
use super::{Session, output};
use crate::config;

pub(super) fn schema(_session: &Session) -> anyhow::Result<ExitCode> {
    output::line(config::schema().trim_end())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn completions(arguments: &Completions) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "diemtin", &mut script);
    output::line(String::from_utf8_lossy(&script).trim_end())?;
    Ok(ExitCode::SUCCESS)
}
