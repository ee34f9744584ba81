//! `diemtin status`: how every source is doing, and how much there is of everything.

use std::process::ExitCode;

use serde_json::json;

use super::Session;
use super::output::{self, Output};
use crate::model::Timestamp;
use crate::store::{Counts, SourceRow};

pub(super) async fn run(session: &Session) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    let (rows, counts) = (store.source_rows().await?, store.counts().await?);
    match session.output {
        Output::Json => output::json(&as_json(&rows, &counts))?,
        Output::Text => show(&rows, &counts)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(rows: &[SourceRow], counts: &Counts) -> serde_json::Value {
    let sources: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "name": row.name, "url": row.url, "state": row.state.as_str(), "since": row.state_since.rfc3339(),
                "failures": row.failures, "error": row.last_error, "repairs": row.repairs, "entries": row.entries,
                "last_polled": row.last_polled_at.map(Timestamp::rfc3339), "last_ok": row.last_ok_at.map(Timestamp::rfc3339),
                "next_poll": row.next_poll_at.map(Timestamp::rfc3339), "moved_to": row.moved_to, "stale": row.stale,
            })
        })
        .collect();
    let map = |pairs: &[(String, i64)]| pairs.iter().cloned().collect::<std::collections::BTreeMap<_, _>>();
    json!({
        "sources": sources, "articles": counts.articles, "pending": counts.pending, "alerts": counts.alerts,
        "held_back": map(&counts.held), "deliveries": map(&counts.deliveries),
        "oldest_queued": counts.oldest_queued.map(Timestamp::rfc3339),
    })
}

fn show(rows: &[SourceRow], counts: &Counts) -> anyhow::Result<()> {
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
    for row in rows {
        let last = row.last_ok_at.map_or_else(|| "never answered".to_owned(), |at| format!("answered {at}"));
        let next = row.next_poll_at.map_or_else(|| "no longer polled".to_owned(), |at| format!("next {at}"));
        output::line(format!(
            "{:width$}  {:7}  {:5} entries  {last}, {next}",
            row.name,
            row.state.as_str(),
            row.entries
        ))?;
        if let Some(address) = &row.moved_to {
            output::line(format!(
                "{:width$}  has moved to {address}, which is polled; write it into sources.toml",
                ""
            ))?;
        }
        if row.stale {
            output::line(format!("{:width$}  has listed nothing new for much longer than usual", ""))?;
        }
        if let Some(error) = &row.last_error {
            output::line(format!("{:width$}  since {}: {error}", "", row.state_since))?;
        }
    }
    output::line(format!(
        "{} articles, {} to be fetched, {} alerts raised.",
        counts.articles, counts.pending, counts.alerts
    ))?;
    output::line(format!("Held back: {}.", listed(&counts.held)))?;
    output::line(format!("Messages: {}.", listed(&counts.deliveries)))?;
    Ok(())
}

fn listed(pairs: &[(String, i64)]) -> String {
    if pairs.is_empty() {
        return "none".to_owned();
    }
    pairs
        .iter()
        .map(|(word, count)| format!("{count} {}", word.replace('_', " ")))
        .collect::<Vec<_>>()
        .join(", ")
}
