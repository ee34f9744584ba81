//! The overview: a summary, sources in trouble, the others, then queues and messages.

use std::time::Duration;

use super::layout::{Layout, columns, padded};
use super::words::Words;
use super::{Report, Waiting, by_condition};
use crate::model::{SourceHealth, Timestamp};
use crate::store::{OutboxRow, QuietTarget, SourceRow, Suppression};

/// A name that is wider does not push the column of all others.
const WIDEST_NAME: usize = 32;
/// Dead letters beyond these are counted.
const MOST_DEAD: usize = 5;
/// A daemon is never this late, unless it does not run.
const LATE: Duration = Duration::from_mins(10);

/// How the overview is written.
pub(super) struct Page {
    pub(super) words: &'static Words,
    pub(super) layout: Layout,
    pub(super) now: Timestamp,
}

/// The columns of a list of sources.
struct Widths {
    condition: usize,
    name: usize,
}

impl Page {
    /// "38 sources: 35 ok, 2 failing, 1 gone"
    pub(super) fn summary(&self, report: &Report) -> String {
        let total = self.words.sources.replace("{}", &report.sources.len().to_string());
        let parts: Vec<String> = by_condition(&report.sources)
            .into_iter()
            .map(|(condition, count)| format!("{count} {}", self.words.condition(condition)))
            .collect();
        let summary = if parts.is_empty() { total } else { format!("{total}: {}", parts.join(", ")) };
        let summary = self.layout.wrapped(&summary, 0, 2);
        match report.levels.oldest_due_source.map(|due| self.now.since(due)).filter(|late| *late > LATE) {
            Some(late) => {
                let idle = self.words.idle.replace("{}", &self.words.span(late));
                format!("{summary}\n{}", self.layout.wrapped(&idle, 0, 2))
            }
            None => summary,
        }
    }

    /// The sources in trouble; `report` holds no others.
    pub(super) fn problems(&self, report: &Report) -> String {
        if report.sources.is_empty() {
            return self.words.no_problems.to_owned();
        }
        self.sources(&report.sources.iter().collect::<Vec<_>>())
    }

    /// All sources, queues and messages.
    pub(super) fn whole(&self, report: &Report) -> String {
        let (troubled, well): (Vec<_>, Vec<_>) =
            report.sources.iter().partition(|(_, health)| health.condition.is_problem());
        let mut parts = Vec::new();
        for group in [troubled, well] {
            if !group.is_empty() {
                parts.push(self.sources(&group));
            }
        }
        parts.push(self.totals(report));
        parts.join("\n\n")
    }

    fn sources(&self, group: &[&(SourceRow, SourceHealth)]) -> String {
        let widths = Widths {
            condition: group
                .iter()
                .map(|(_, health)| columns(&self.words.standing(health)))
                .max()
                .unwrap_or(0),
            name: group.iter().map(|(row, _)| columns(&row.name)).max().unwrap_or(0).min(WIDEST_NAME),
        };
        group.iter().map(|(row, health)| self.source(row, health, &widths)).collect::<Vec<_>>().join("\n")
    }

    fn source(&self, row: &SourceRow, health: &SourceHealth, widths: &Widths) -> String {
        let standing = self.words.standing(health);
        let condition = self.layout.painted(&standing, health.condition, widths.condition);
        let indent = widths.condition + 2;
        let facts = self.facts(row, health).join(", ");
        let facts_at = indent + widths.name.max(columns(&row.name)) + 2;
        let mut lines = if self.layout.width.is_some_and(|width| facts_at + columns(&facts) > width) {
            let name = self.layout.wrapped(&row.name, indent, indent);
            vec![format!("{condition}  {name}"), self.indented(&facts, indent)]
        } else {
            vec![format!("{condition}  {}  {facts}", padded(&row.name, widths.name))]
        };
        lines.extend(health.why.iter().map(|why| self.indented(why, indent)));
        lines.extend(self.words.notes(row).iter().map(|note| self.indented(note, indent)));
        for (phrase, list) in [(self.words.left_out, &row.left_out), (self.words.mended, &row.repairs)] {
            if !list.is_empty() {
                lines.push(self.indented(&phrase.replace("{}", &list.join("; ")), indent));
            }
        }
        lines.join("\n")
    }

    fn indented(&self, text: &str, indent: usize) -> String {
        format!("{}{}", " ".repeat(indent), self.layout.wrapped(text, indent, indent))
    }

    fn facts(&self, row: &SourceRow, health: &SourceHealth) -> Vec<String> {
        let words = self.words;
        let mut facts = Vec::new();
        if health.condition.is_problem() {
            facts.push(words.trouble_for.replace("{}", &words.span(self.now.since(health.since))));
            if health.failures > 1 {
                facts.push(words.in_a_row.replace("{}", &health.failures.to_string()));
            }
        } else {
            facts.push(self.last_answer(row));
        }
        facts.extend(health.next.map(|next| self.next(next)));
        if row.entries > 0 {
            facts.push(words.entries.replace("{}", &row.entries.to_string()));
        }
        facts
    }

    fn last_answer(&self, row: &SourceRow) -> String {
        match row.last_ok_at {
            Some(at) => self.words.answered.replace("{}", &self.words.relative(at, self.now)),
            None => self.words.never_answered.to_owned(),
        }
    }

    fn next(&self, next: Timestamp) -> String {
        match self.now.since(next) {
            late if late > LATE => self.words.overdue.replace("{}", &self.words.span(late)),
            _ if next <= self.now => self.words.due.to_owned(),
            _ => self.words.next_poll.replace("{}", &self.words.relative(next, self.now)),
        }
    }

    fn totals(&self, report: &Report) -> String {
        let (words, counts) = (self.words, &report.counts);
        let mut pending = words.pending.replace("{}", &counts.pending.to_string());
        if let Some(due) = report.levels.oldest_due_entry {
            pending =
                format!("{pending} {}", words.pending_since.replace("{}", &words.span(self.now.since(due))));
        }
        let stored = words.stored.replace("{articles}", &counts.articles.to_string());
        let mut messages = words.messages.replace("{}", &self.listed(&counts.deliveries));
        if let Some(at) = counts.oldest_queued {
            let oldest = words.oldest_message.replace("{}", &words.relative(at, self.now));
            messages = format!("{messages} {oldest}");
        }
        let (tracked, pages) = counts.tracked;
        let again = words.tracked.replace("{tracked}", &tracked.to_string());
        let again = again.replace("{pages}", &pages.to_string());
        let lines = [
            stored.replace("{alerts}", &counts.alerts.to_string()),
            again.replace("{changes}", &counts.changes.to_string()),
            pending,
            words.held.replace("{}", &self.listed(&counts.held)),
            messages,
        ];
        let mut lines: Vec<String> = lines.iter().map(|line| self.layout.wrapped(line, 0, 2)).collect();
        lines.extend(self.waiting(&report.waiting));
        lines.extend(report.dead.iter().take(MOST_DEAD).map(|row| self.dead_letter(row)));
        let more = report.dead.len().saturating_sub(MOST_DEAD);
        if more > 0 {
            lines.push(self.indented(&words.more.replace("{}", &more.to_string()), 2));
        }
        lines.extend(report.quiet.iter().map(|target| self.quiet(target)));
        lines.extend(report.left.iter().map(|one| self.left(one)));
        lines.join("\n")
    }

    /// Messages that go out later, by themselves.
    fn waiting(&self, waiting: &Waiting) -> Vec<String> {
        let words = self.words;
        let count = |phrase: &str, count: usize, at: Timestamp| {
            phrase.replace("{count}", &count.to_string()).replace("{next}", &words.relative(at, self.now))
        };
        let held = waiting.held.first().map(|at| count(words.held_messages, waiting.held.len(), *at));
        let retried = waiting
            .retried
            .first()
            .map(|(at, why)| count(words.retried_messages, waiting.retried.len(), *at).replace("{why}", why));
        held.into_iter().chain(retried).map(|phrase| self.indented(&phrase, 2)).collect()
    }

    /// A webhook that nothing is sent to for now.
    fn quiet(&self, target: &QuietTarget) -> String {
        let (words, recipient) = (self.words, target.recipient.to_string());
        let relative = |at: Option<Timestamp>| at.map_or(String::new(), |at| words.relative(at, self.now));
        let phrase = if target.until.is_some() { words.paused } else { words.switched_off };
        let phrase = phrase
            .replace("{recipient}", &recipient)
            .replace("{since}", &relative(target.since))
            .replace("{until}", &relative(target.until))
            .replace("{waiting}", &target.waiting.to_string())
            .replace("{why}", target.why.as_deref().unwrap_or_default());
        let line = self.indented(&phrase, 2);
        if target.until.is_some() {
            return line;
        }
        format!("{line}\n{}", self.indented(&words.again.replace("{}", &recipient), 4))
    }

    /// Someone who left a list.
    fn left(&self, one: &Suppression) -> String {
        let since = self.words.relative(one.since, self.now);
        let phrase = self.words.left.replace("{address}", &one.address).replace("{list}", &one.list);
        self.indented(&phrase.replace("{since}", &since), 2)
    }

    fn dead_letter(&self, row: &OutboxRow) -> String {
        let words = self.words;
        let given_up = row.finished_at.map_or_else(String::new, |at| words.relative(at, self.now));
        let why = row.last_error.as_deref().unwrap_or_default();
        let what = format!("{}, {}: {why}", row.delivery.recipient, words.given_up.replace("{}", &given_up));
        let command = format!("diemtin outbox retry {}", row.delivery.id);
        format!("{}\n{}", self.indented(&what, 2), self.indented(&words.retry.replace("{}", &command), 4))
    }

    fn listed(&self, pairs: &[(String, i64)]) -> String {
        if pairs.is_empty() {
            return self.words.none.to_owned();
        }
        let parts: Vec<String> =
            pairs.iter().map(|(word, count)| format!("{count} {}", self.words.of_store(word))).collect();
        parts.join(", ")
    }
}
