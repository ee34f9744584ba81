//! What follows from a poll: its next time, what is remembered, who is told. Committed as a whole.

use super::{Context, Polled, notices, read, source_news};
use crate::fetch::{Cause, FailureClass, FetchError};
use crate::model::{Moment, PollMemory, Source, Timestamp};
use crate::schedule::{Answer, Decision, Ended, Outcome, Pace, Visit, decide, wants_history};
use crate::store::{ClaimedSource, NewEntry, PollResult, SitemapPart, SourceState, StoreError, Watched};

/// So many of a source's latest entries tell how often it publishes.
const HISTORY: u32 = 100;

/// How a poll ended, before it is decided what follows.
pub(super) struct Ending {
    /// How it ended.
    pub(super) outcome: Outcome,
    /// What failed.
    pub(super) error: Option<String>,
    /// The same for programs.
    pub(super) cause: Option<Cause>,
    /// Validators and body hash of a new answer.
    pub(super) validators: Option<(Option<String>, Option<String>, [u8; 32])>,
    /// What had to be mended, where it was read.
    pub(super) repairs: Option<Vec<String>>,
    /// What of it could not be had or read.
    pub(super) left_out: Vec<String>,
    /// Entries that were not known.
    pub(super) entries: Vec<NewEntry>,
    /// What was learnt of sitemaps.
    pub(super) parts: Vec<SitemapPart>,
    /// What was found of a watched page.
    pub(super) watched: Option<Watched>,
}

impl Ending {
    /// A good answer that brings nothing yet.
    pub(super) fn answered(answer: Answer) -> Self {
        Self {
            outcome: Outcome::Answered(answer),
            error: None,
            cause: None,
            validators: None,
            repairs: None,
            left_out: Vec::new(),
            entries: Vec::new(),
            parts: Vec::new(),
            watched: None,
        }
    }

    /// A failure, one more than `claimed` has had.
    pub(super) fn failed(claimed: &ClaimedSource, error: &FetchError) -> Self {
        let failures = claimed.failures.saturating_add(1);
        let outcome = match error.class {
            FailureClass::Gone => Outcome::Gone,
            FailureClass::Later { after } => {
                Outcome::Failed { failures, retry_after: after, status: error.status }
            }
            FailureClass::Unsent { left } => {
                Outcome::Failed { failures, retry_after: Some(left), status: error.status }
            }
            FailureClass::Never => Outcome::Failed { failures, retry_after: None, status: error.status },
        };
        let (message, cause) = (error.message.clone(), error.cause);
        Self { outcome, error: Some(message), cause: Some(cause), ..Self::answered(Answer::default()) }
    }

    fn state(&self) -> SourceState {
        match self.outcome {
            Outcome::Answered(_) => SourceState::Ok,
            Outcome::Failed { .. } => SourceState::Failing,
            Outcome::Gone => SourceState::Gone,
        }
    }

    fn polled(&self, next: Option<Timestamp>) -> Polled {
        if let Some(why) = self.error.clone() {
            return Polled::Failed { why, next };
        }
        if self.repairs.is_none() {
            return Polled::Unchanged;
        }
        let held = self.entries.iter().filter(|entry| entry.held.is_some()).count();
        Polled::Read { new: self.entries.len() - held, held }
    }
}

/// Decides what follows from a poll and commits it.
pub(super) async fn settle(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    (visit, mut ending): (&Visit, Ending),
) -> Result<Polled, StoreError> {
    let watched = ending.watched.take();
    let now = context.clock.now();
    let history = history(context, claimed, &ending.entries, now).await?;
    let pace = Pace { every: source.every, cadence: context.plan.cadence(&source.name), history: &history };
    let ended =
        Ended { configured: &source.url, pace, memory: &claimed.memory, visit, outcome: &ending.outcome };
    let decision = decide(&ended, now, fastrand::f64());
    let polled = ending.polled(decision.next_poll_at);
    let result = result(context, (source, claimed), ending, decision);
    log_change(source, claimed, &result);
    let committed = match watched {
        Some(watched) => context.store.commit_watch(claimed, result, watched).await?,
        None => context.store.commit_poll(claimed, result).await?,
    };
    Ok(if committed { polled } else { Polled::Abandoned })
}

/// When the latest entries appeared, those of this poll included; nothing where nobody asks.
async fn history(
    context: &Context,
    claimed: &ClaimedSource,
    entries: &[NewEntry],
    now: Timestamp,
) -> Result<Vec<Timestamp>, StoreError> {
    if !wants_history(context.plan.cadence(&claimed.name), &claimed.memory, now) {
        return Ok(Vec::new());
    }
    let mut history = context.store.latest_appearances(claimed.id, HISTORY).await?;
    history.extend(entries.iter().map(|new| new.entry.published.map_or(now, Moment::timestamp).min(now)));
    Ok(history)
}

fn result(
    context: &Context,
    (source, claimed): (&Source, &ClaimedSource),
    ending: Ending,
    decision: Decision,
) -> PollResult {
    let state = ending.state();
    let failures = if state == SourceState::Ok { 0 } else { claimed.failures.saturating_add(1) };
    let end = (state, failures, ending.error.as_deref(), decision.next_poll_at);
    let mut changes = notices::of_poll(context, source, claimed, end);
    changes.extend(source_news::of_poll(context, source, &decision.news));
    let polled_next = decision.memory.moved.address.as_ref().unwrap_or(&source.url);
    PollResult {
        at: context.clock.now(),
        state,
        failures,
        error: ending.error,
        cause: ending.cause,
        repairs: ending.repairs,
        left_out: ending.left_out,
        next_poll_at: decision.next_poll_at,
        host_key: polled_next.host_str().unwrap_or_default().to_owned(),
        memory: PollMemory {
            read_as: read_as(state, source, claimed),
            asked_as: Some(source.asked_as()),
            ..decision.memory
        },
        answer: ending.validators,
        entries: ending.entries,
        parts: ending.parts,
        changes,
    }
}

/// What the last good answer was read as.
fn read_as(state: SourceState, source: &Source, claimed: &ClaimedSource) -> Option<String> {
    if state == SourceState::Ok { Some(read::read_as(source)) } else { claimed.memory.read_as.clone() }
}

/// A failing source is logged when its state changes, not at every attempt.
fn log_change(source: &Source, claimed: &ClaimedSource, result: &PollResult) {
    if claimed.state == result.state {
        return;
    }
    let (name, error) = (&source.name, result.error.as_deref().unwrap_or_default());
    match (result.state, result.next_poll_at) {
        (SourceState::Ok, _) if claimed.state != SourceState::New => {
            tracing::info!(source = %name, "source works again");
        }
        (SourceState::Failing, Some(next)) => {
            tracing::warn!(source = %name, next_attempt = %next, "source is failing: {error}");
        }
        (SourceState::Gone, _) => tracing::warn!(source = %name, "source is gone for good: {error}"),
        _ => {}
    }
}
