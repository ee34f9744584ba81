//! One source in detail: what went wrong, what happens next, and why then.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::layout::{Layout, columns, padded};
use super::words::Words;
use super::{Session, current, find, source_json};
use crate::cli::output::{self, Output};
use crate::clock::Clock;
use crate::config::Config;
use crate::model::{SourceHealth, Timestamp};
use crate::pipeline::{NextPoll, Wanted, health_of, reason_of_next};
use crate::schedule::Cadence;
use crate::store::{Backlog, EntryHistory, SourceRow, Store};

/// Articles that could not be fetched, beyond which no more are shown.
const MOST_STUCK: usize = 10;

/// What is known of one source.
struct Portrait {
    now: Timestamp,
    row: SourceRow,
    health: SourceHealth,
    reason: NextPoll,
    backlog: Backlog,
    stuck: Vec<EntryHistory>,
}

pub(super) async fn run(session: &Session, store: &Store, name: &str) -> anyhow::Result<ExitCode> {
    let now = Clock::System.now();
    let config = session.config().ok();
    let row = current(find(store, name).await?, config.as_ref());
    let wanted = config.as_ref().and_then(|config| wanted(config, &row.name));
    let portrait = Portrait {
        now,
        health: health_of(&row),
        reason: reason_of_next(&row, wanted, now),
        backlog: store.backlog(row.name.clone()).await?,
        stuck: store.stuck_entries(row.name.clone(), MOST_STUCK).await?,
        row,
    };
    match session.output {
        Output::Json => output::json(&as_json(&portrait))?,
        Output::Text => output::line(in_words(&portrait, super::words(session), Layout::of_output()))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// How often the source is to be polled, where the configuration knows it.
fn wanted<'a>(config: &'a Config, name: &str) -> Option<Wanted<'a>> {
    let source = config.sources.iter().find(|source| source.name == name)?;
    let cadence = config.cadences.get(name).unwrap_or(&Cadence::Interval);
    Some(Wanted { every: source.every, cadence })
}

fn as_json(portrait: &Portrait) -> Value {
    let stuck: Vec<Value> = portrait
        .stuck
        .iter()
        .map(|entry| {
            json!({
                "url": entry.url, "title": entry.title, "attempts": entry.attempts, "error": entry.last_error,
                "next_attempt": entry.next_attempt_at.map(Timestamp::rfc3339),
            })
        })
        .collect();
    let reason = match portrait.reason {
        NextPoll::Due => "due",
        NextPoll::Interval => "interval",
        NextPoll::Rhythm => "auto",
        NextPoll::Cron => "cron",
        NextPoll::Publisher => "publisher",
        NextPoll::Failures(_) => "failures",
        NextPoll::Gone => "gone",
    };
    let mut whole = source_json(&portrait.row, &portrait.health);
    if let Value::Object(fields) = &mut whole {
        fields.insert("next_poll_because".to_owned(), json!(reason));
        fields.insert("pending".to_owned(), json!(portrait.backlog.pending));
        fields.insert("held_back".to_owned(), json!(portrait.backlog.held));
        fields.insert("stuck".to_owned(), json!(stuck));
    }
    whole
}

fn in_words(portrait: &Portrait, words: &Words, layout: Layout) -> String {
    let (row, health, labels) = (&portrait.row, &portrait.health, &words.detail);
    let at = |at: Timestamp| format!("{} ({at})", words.relative(at, portrait.now));
    let mut facts = vec![(labels.address, row.url.clone())];
    let mut since = at(health.since);
    if health.failures > 1 {
        since = format!("{since}, {}", words.in_a_row.replace("{}", &health.failures.to_string()));
    }
    facts.push((labels.since, since));
    facts.extend(health.why.iter().map(|why| (labels.error, why.clone())));
    facts.extend(words.notes(row).into_iter().map(|note| (labels.note, note)));
    facts.extend(row.last_polled_at.map(|polled| (labels.polled, at(polled))));
    facts.push((labels.answered, row.last_ok_at.map_or_else(|| words.never_answered.to_owned(), at)));
    let because = because(portrait.reason, words);
    let next = health.next.map_or_else(|| because.clone(), |next| format!("{}: {because}", at(next)));
    facts.push((labels.next, next));
    for (label, list) in [(labels.left_out, &row.left_out), (labels.feed, &row.repairs)] {
        if !list.is_empty() {
            facts.push((label, list.join("; ")));
        }
    }
    let counts = labels.counts.replace("{listed}", &row.entries.to_string());
    let counts = counts.replace("{pending}", &portrait.backlog.pending.to_string());
    facts.push((labels.entries, counts.replace("{held}", &portrait.backlog.held.to_string())));
    let width = facts.iter().map(|(label, _)| columns(label)).max().unwrap_or(0);
    let condition = layout.painted(&words.standing(health), health.condition, 0);
    let mut lines = vec![format!("{}: {condition}", layout.wrapped(&row.name, 0, 2))];
    lines.extend(facts.iter().map(|(label, fact)| {
        format!("  {}  {}", padded(label, width), layout.wrapped(fact, width + 4, width + 4))
    }));
    lines.extend(stuck(portrait, words, layout));
    lines.join("\n")
}

fn because(reason: NextPoll, words: &Words) -> String {
    let labels = &words.detail;
    match reason {
        NextPoll::Due => labels.because_due.to_owned(),
        NextPoll::Interval => labels.because_interval.to_owned(),
        NextPoll::Rhythm => labels.because_rhythm.to_owned(),
        NextPoll::Cron => labels.because_cron.to_owned(),
        NextPoll::Publisher => labels.because_publisher.to_owned(),
        NextPoll::Failures(failures) => labels.because_failures.replace("{}", &failures.to_string()),
        NextPoll::Gone => labels.because_gone.to_owned(),
    }
}

fn stuck(portrait: &Portrait, words: &Words, layout: Layout) -> Vec<String> {
    if portrait.stuck.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), words.detail.stuck.to_owned()];
    for entry in &portrait.stuck {
        let address = entry.url.as_deref().unwrap_or(&entry.key);
        let next = entry.next_attempt_at.map_or_else(String::new, |at| words.relative(at, portrait.now));
        let tried = words.detail.stuck_next.replace("{attempts}", &entry.attempts.to_string());
        let error = entry.last_error.as_deref().unwrap_or_default();
        let tried = format!("{}: {error}", tried.replace("{next}", &next));
        lines.push(format!("  {}", layout.wrapped(address, 2, 2)));
        lines.push(format!("    {}", layout.wrapped(&tried, 4, 4)));
    }
    lines
}
