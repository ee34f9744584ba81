//! `diemtin backup` and `diemtin restore`.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::json;

use super::Session;
use super::args::{Backup, File};
use super::output::{self, Output};
use crate::store;

pub(super) async fn backup(session: &Session, arguments: Backup) -> anyhow::Result<ExitCode> {
    let target = arguments.file;
    if target.is_dir() {
        bail!("{} is a folder; name the file to write", target.display());
    }
    if target.exists() && !arguments.force {
        bail!("{} is there already; name another file, or add --force to write over it", target.display());
    }
    let store = session.store()?;
    store.backup(target.clone()).await.with_context(|| format!("cannot write {}", target.display()))?;
    let bytes = std::fs::metadata(&target).map_or(0, |metadata| metadata.len());
    match session.output {
        Output::Json => output::json(&json!({"file": target, "bytes": bytes}))?,
        Output::Text => output::line(format!("Copied to {} ({bytes} bytes).", target.display()))?,
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(session: &Session, arguments: &File) -> anyhow::Result<ExitCode> {
    let data_dir = session.data_dir()?;
    let kept = store::restore(&arguments.file, &data_dir)?;
    match session.output {
        Output::Json => output::json(&json!({"file": arguments.file, "replaced": kept}))?,
        Output::Text => {
            output::line(format!("{} is in place in {}.", arguments.file.display(), data_dir.display()))?;
            if let Some(kept) = kept {
                output::line(format!("What was there before is kept as {}.", kept.display()))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
