//! `diemtin status`: how every source is doing, and how much there is of everything; with a name, one source in detail.

mod detail;
mod layout;
mod page;
mod words;

use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::Session;
use super::args::Status;
use super::output::{self, Output};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::model::{Condition, DeliveryState, Levels, RuleMiss, SourceHealth, Timestamp};
use crate::pipeline::health_of;
use crate::store::{Counts, Finished, OutboxRow, QuietTarget, SourceRow, Store, Suppression};
use layout::Layout;
pub(super) use words::Words;

/// Everything that is shown.
struct Report {
    now: Timestamp,
    /// The worst first, then by name.
    sources: Vec<(SourceRow, SourceHealth)>,
    counts: Counts,
    levels: Levels,
    dead: Vec<OutboxRow>,
    /// Messages that were not tried yet and go out later, and those that failed and are tried again.
    waiting: Waiting,
    /// Webhooks that nothing is sent to for now.
    quiet: Vec<QuietTarget>,
    /// Who left a list.
    left: Vec<Suppression>,
}

/// Messages that wait, and when the first of them goes out.
#[derive(Debug, Default)]
struct Waiting {
    held: Vec<Timestamp>,
    /// Each with what failed last.
    retried: Vec<(Timestamp, String)>,
}

impl Waiting {
    /// Those to recipients that are left alone are told with them.
    fn of(outbox: &[OutboxRow], quiet: &[QuietTarget], now: Timestamp) -> Self {
        let mut waiting = Self::default();
        let is_called =
            |row: &OutboxRow| quiet.iter().all(|target| target.recipient != row.delivery.recipient);
        let later = |row: &&OutboxRow| {
            row.state == DeliveryState::Queued && row.next_attempt_at > now && is_called(row)
        };
        for row in outbox.iter().filter(later) {
            match (&row.last_error, row.was_taken) {
                (_, false) => waiting.held.push(row.next_attempt_at),
                (Some(error), true) => waiting.retried.push((row.next_attempt_at, error.clone())),
                (None, true) => {}
            }
        }
        waiting.held.sort();
        waiting.retried.sort();
        waiting
    }
}

pub(super) async fn run(session: &Session, arguments: Status) -> anyhow::Result<ExitCode> {
    let store = session.store()?;
    if let Some(name) = arguments.source {
        return detail::run(session, &store, &name).await;
    }
    let config = session.config().ok();
    let mut report = gather(&store, config.as_ref(), Clock::System.now()).await?;
    let page = page::Page { words: words(session), layout: Layout::of_output(), now: report.now };
    let summary = page.summary(&report);
    if arguments.problems {
        report.sources.retain(|(_, health)| health.condition.is_problem());
    }
    match (session.output, arguments.problems) {
        (Output::Json, _) => output::json(&as_json(&report))?,
        (Output::Text, true) => output::line(format!("{summary}\n\n{}", page.problems(&report)))?,
        (Output::Text, false) => output::line(format!("{summary}\n\n{}", page.whole(&report)))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// In the language of mails, whatever else is wrong with sources.toml; the default where it cannot be read or is not needed.
fn words(session: &Session) -> &'static Words {
    Words::of(config::language(&session.config_path()).unwrap_or_default())
}

async fn gather(store: &Store, config: Option<&Config>, now: Timestamp) -> anyhow::Result<Report> {
    let rows = store.source_rows().await?.into_iter().map(|row| current(row, config));
    let mut sources: Vec<(SourceRow, SourceHealth)> = rows
        .map(|row| {
            let health = health_of(&row);
            (row, health)
        })
        .collect();
    sources.sort_by_key(|(_, health)| health.condition);
    let mut dead = store.outbox(Finished::Hidden).await?;
    let quiet = store.quiet_targets(now).await?;
    let waiting = Waiting::of(&dead, &quiet, now);
    dead.retain(|row| row.state == DeliveryState::Dead);
    Ok(Report {
        now,
        sources,
        counts: store.counts().await?,
        levels: store.levels(now).await?,
        dead,
        waiting,
        quiet,
        left: store.suppressions().await?,
    })
}

/// The row of a source, or an error that helps to find the right name.
async fn find(store: &Store, name: &str) -> anyhow::Result<SourceRow> {
    let mut rows = store.source_rows().await?;
    let wanted = name.to_lowercase();
    let place = rows
        .iter()
        .position(|row| row.name == name)
        .or_else(|| rows.iter().position(|row| row.name.to_lowercase() == wanted));
    match place {
        Some(place) => Ok(rows.swap_remove(place)),
        None => bail!("there is no source named \"{name}\"; `diemtin status` lists them"),
    }
}

fn as_json(report: &Report) -> Value {
    let counts = &report.counts;
    let sources: Vec<Value> = report.sources.iter().map(|(row, health)| source_json(row, health)).collect();
    let map = |pairs: &[(String, i64)]| pairs.iter().cloned().collect::<std::collections::BTreeMap<_, _>>();
    let dead: Vec<Value> = report
        .dead
        .iter()
        .map(|row| {
            json!({
                "id": row.delivery.id, "recipient": row.delivery.recipient.to_string(), "error": row.last_error,
                "given_up": row.finished_at.map(Timestamp::rfc3339),
            })
        })
        .collect();
    json!({
        "sources": sources, "articles": counts.articles, "pending": counts.pending, "alerts": counts.alerts,
        "tracked_articles": counts.tracked.0, "watched_pages": counts.tracked.1, "changes": counts.changes,
        "held_back": map(&counts.held), "deliveries": map(&counts.deliveries),
        "oldest_queued": counts.oldest_queued.map(Timestamp::rfc3339),
        "oldest_due_entry": report.levels.oldest_due_entry.map(Timestamp::rfc3339),
        "oldest_due_source": report.levels.oldest_due_source.map(Timestamp::rfc3339),
        "dead_letters": dead,
        "held_messages": report.waiting.held.len(), "next_held": report.waiting.held.first().map(|at| at.rfc3339()),
        "retried_messages": report.waiting.retried.len(),
        "next_retry": report.waiting.retried.first().map(|(at, _)| at.rfc3339()),
        "quiet_recipients": report.quiet.iter().map(quiet_json).collect::<Vec<_>>(),
        "unsubscribed": report.left.iter().map(left_json).collect::<Vec<_>>(),
    })
}

fn quiet_json(target: &QuietTarget) -> Value {
    json!({
        "recipient": target.recipient.to_string(), "since": target.since.map(Timestamp::rfc3339),
        "until": target.until.map(Timestamp::rfc3339), "error": target.why, "waiting": target.waiting,
    })
}

fn left_json(one: &Suppression) -> Value {
    json!({"address": one.address, "list": one.list, "since": one.since.rfc3339()})
}

fn source_json(row: &SourceRow, health: &SourceHealth) -> Value {
    json!({
        "name": row.name, "url": row.url, "state": health.condition.as_str(), "problem": health.condition.is_problem(),
        "since": health.since.rfc3339(), "failures": health.failures, "error": health.why,
        "cause": health.cause, "repairs": row.repairs, "left_out": row.left_out,
        "entries": row.entries, "last_polled": row.last_polled_at.map(Timestamp::rfc3339),
        "last_ok": row.last_ok_at.map(Timestamp::rfc3339), "next_poll": health.next.map(Timestamp::rfc3339),
        "moved_to": health.moved_to, "stale": row.stale, "rules_unmet": unmet_json(&row.rule_misses),
    })
}

/// Rules that gave nothing on the last pages, those included that may well be missing there.
fn unmet_json(misses: &[RuleMiss]) -> Vec<Value> {
    let one = |miss: &RuleMiss| json!({"rule": miss.rule, "selector": miss.selector, "since": miss.since.rfc3339(), "pages": miss.pages});
    misses.iter().map(one).collect()
}

/// The row without misses of rules that no longer stand in sources.toml.
fn current(mut row: SourceRow, config: Option<&Config>) -> SourceRow {
    if let Some(config) = config {
        let rules = config.rules.get(&row.name);
        row.rule_misses.retain(|miss| rules.is_some_and(|rules| rules.contains(&miss.rule, &miss.selector)));
    }
    row
}

/// So many sources of each condition, the good ones first; a condition without any is left out.
fn by_condition(sources: &[(SourceRow, SourceHealth)]) -> Vec<(Condition, usize)> {
    let count = |condition| sources.iter().filter(|(_, health)| health.condition == condition).count();
    let all = Condition::ALL.into_iter().rev().map(|condition| (condition, count(condition)));
    all.filter(|(_, count)| *count > 0).collect()
}
