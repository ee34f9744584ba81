//! `diemtin diff`: one change in full.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::json;

use super::super::Session;
use super::super::args::revisions::Diff;
use super::super::output::{self, Output};
use super::{find, label, page, show};
use crate::model::Change;
use crate::revision::{Comparison, Names, Options, compare};
use crate::store::{Store, StoredArticle, Version};

/// Two versions of a text and how they differ.
pub(super) struct Pair<'a> {
    pub(super) stored: &'a StoredArticle,
    pub(super) before: (usize, &'a Version),
    pub(super) after: (usize, &'a Version),
    pub(super) change: Change,
}

impl Pair<'_> {
    /// What happened, and when.
    pub(super) fn heading(&self) -> String {
        let ((from, before), (to, after)) = (self.before, self.after);
        let what = label(self.change.kind);
        format!("{what}: version {from} ({}) → {to} ({})", before.fetched_at, after.fetched_at)
    }
}

/// Shows one change.
pub(in crate::cli) async fn diff(session: &Session, arguments: Diff) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let stored = find(&store, &arguments.text).await?;
    let versions = store.versions(stored.id).await?;
    if versions.is_empty() {
        bail!("{} was never changed since it was filed", stored.article.url);
    }
    let last = arguments.after.unwrap_or(versions.len());
    let first = arguments.before.unwrap_or_else(|| last.saturating_sub(1).max(1));
    let (before, after) = (numbered(&versions, first)?, numbered(&versions, last)?);
    let change = change_between(&store, before, after).await?;
    let pair = Pair { stored: &stored, before, after, change };
    if let Some(file) = &arguments.html {
        std::fs::write(file, page::page(&pair))
            .with_context(|| format!("the page cannot be written to {}", file.display()))?;
        output::line(format!("The change stands in {}.", file.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    if session.output == Output::Json {
        output::json(&json!({
            "id": stored.id, "url": stored.article.url, "title": stored.article.title,
            "before": pair.before.1.id, "after": pair.after.1.id,
            "change": Change { words: pair.change.swaps(), ..pair.change.clone() },
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.side_by_side {
        show::side_by_side(&pair)?;
    } else {
        show::inline(&pair)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn numbered(versions: &[Version], number: usize) -> anyhow::Result<(usize, &Version)> {
    let version = number.checked_sub(1).and_then(|place| versions.get(place));
    let version = version.with_context(|| {
        format!("there is no version {number}; `diemtin history` lists the {} that are kept", versions.len())
    })?;
    Ok((number, version))
}

/// What was found when the later version came; of versions further apart, what the texts show.
async fn change_between(
    store: &Store,
    (from, before): (usize, &Version),
    (to, after): (usize, &Version),
) -> anyhow::Result<Change> {
    if from + 1 == to
        && let Some(change) = &after.change
    {
        return Ok(change.clone());
    }
    let text = async |version: &Version| {
        store.text_of_version(version.id).await?.context("the text of that version is kept no longer")
    };
    let (before, after) = (text(before).await?, text(after).await?);
    let (options, names) = (Options::default(), Names::default());
    Ok(compare(&Comparison {
        before: &before,
        after: &after,
        history: &[],
        raised: None,
        options: &options,
        names: &names,
    }))
}
