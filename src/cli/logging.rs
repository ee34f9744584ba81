//! Logs go to standard error; results to standard output.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use super::args::{Global, LogFormat};

/// Starts logging as the options ask for.
pub(super) fn start(global: &Global) {
    let level = match global.verbose {
        0 => "diemtin=info,warn",
        1 => "diemtin=debug,info,tokio_cron_scheduler=warn",
        _ => "trace",
    };
    let (filter, complaint) = match global.log.as_deref().map(EnvFilter::try_new) {
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (EnvFilter::new(level), Some(error)),
        None => (EnvFilter::new(level), None),
    };
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    let started = match global.log_format {
        LogFormat::Json => lines.json().try_init(),
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).try_init(),
    };
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
    if let Some(error) = complaint {
        tracing::warn!("DIEMTIN_LOG cannot be used and is ignored: {error}");
    }
}
