//! An article is looked at again: asked for conditionally, read, compared with what it said, and what follows is committed at once.

use std::time::Duration;

use url::Url;

use super::asked::{Asked, ask};
use super::baseline::kept_again;
use super::missing::{confirmed_at, has_lasted};
use super::text::Lens;
use super::version::{Answer, Case, Outcome, judge};
use super::{Context, tracking};
use crate::fetch::{FailureClass, FetchError};
use crate::model::{ChangeKind, Reason, Source, Timestamp, Tracking};
use crate::schedule::{Age, Recheck, next_recheck, when_welcome};
use crate::store::{CheckResult, ClaimedCheck, Looked, StoreError, TrackedText};

/// How looking at an article again ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rechecked {
    /// It says what it said.
    Same,
    /// It was changed.
    Edited {
        /// Its headline.
        title: String,
        /// What sort of change it is.
        kind: Option<ChangeKind>,
        /// The alerts that fired.
        alerts: Vec<String>,
    },
    /// The answer was no version of it.
    Failed {
        /// Why.
        why: String,
    },
    /// It was not asked for, as its host wants to be left alone.
    Spared {
        /// When it is looked at instead.
        next: Timestamp,
    },
    /// Its time is over.
    Ended,
    /// The lease was lost, or its source is no longer configured.
    Abandoned,
}

/// Looks at a claimed article again.
pub async fn recheck(context: &Context, claimed: &ClaimedCheck) -> Result<Rechecked, StoreError> {
    let Some(source) = context.plan.sources.get(&claimed.source) else { return Ok(Rechecked::Abandoned) };
    let Tracking::For { first, .. } = source.tracking else {
        let result = unchanged(context.clock.now());
        return finish(context, claimed, (result, Rechecked::Ended)).await;
    };
    let asked = ask(context, source, &claimed.text).await;
    let at = context.clock.now();
    if let Asked::Failed(FetchError { class: FailureClass::Unsent { left }, .. }) = asked {
        return spared(context, claimed, when_welcome(at, left, fastrand::f64())).await;
    }
    let ended = match asked {
        Asked::Unchanged if claimed.text.raised.is_some() => {
            let kept = kept_again(context, &claimed.text, at).await?;
            let outcome = compare(context, source, claimed, (Answer::Pages(kept), at)).await?;
            ended(claimed, outcome, (at, first))
        }
        Asked::Unchanged => (unchanged(at), Rechecked::Same),
        Asked::Failed(error) => failed(claimed, &error, at),
        Asked::Answered(answer) => {
            let outcome = compare(context, source, claimed, (answer, at)).await?;
            ended(claimed, outcome, (at, first))
        }
        // No other look has to confirm that.
        Asked::Gone(gone) => {
            let outcome = compare(context, source, claimed, (Answer::Instead(gone), at)).await?;
            ended(claimed, outcome, (at, Duration::ZERO))
        }
    };
    let (result, rechecked) = ended;
    let recheck = Recheck {
        age: age(&claimed.text, result.edit.as_ref().map(|_| at)),
        until: claimed.text.until,
        first,
        failures: result.failures,
        asked: Duration::ZERO,
    };
    let usual = next_recheck(&recheck, at, fastrand::f64());
    let next_check_at = usual.into_iter().chain(result.next_check_at).min();
    finish(context, claimed, (CheckResult { next_check_at, ..result }, rechecked)).await
}

/// How the age of an article counts that was changed now, if so.
fn age(text: &TrackedText, changed: Option<Timestamp>) -> Age {
    let known_change = text.revision.map(|revision| revision.made_at());
    tracking::age(text.published, (text.since, changed.or(known_change)))
}

async fn finish(
    context: &Context,
    claimed: &ClaimedCheck,
    (result, rechecked): (CheckResult, Rechecked),
) -> Result<Rechecked, StoreError> {
    if context.store.commit_check(claimed, result).await? { Ok(rechecked) } else { Ok(Rechecked::Abandoned) }
}

/// Nothing was sent, so nothing is known, and nothing failed.
async fn spared(context: &Context, claimed: &ClaimedCheck, next: Timestamp) -> Result<Rechecked, StoreError> {
    let held = context.store.put_off_check(claimed, next).await?;
    Ok(if held { Rechecked::Spared { next } } else { Rechecked::Abandoned })
}

async fn compare(
    context: &Context,
    source: &Source,
    claimed: &ClaimedCheck,
    (answer, at): (Answer, Timestamp),
) -> Result<Outcome, StoreError> {
    let address = match &answer {
        Answer::Pages(pages) => pages.first().map(|raw| raw.page.url.clone()),
        Answer::Instead(_) => None,
    };
    let address =
        address.or_else(|| Url::parse(&claimed.text.url).ok()).unwrap_or_else(|| source.url.clone());
    let lens = Lens::of_article(context, source, &address).await?;
    judge(context, Case { source, reason: Reason::Edit, tracked: &claimed.text, lens, answer, at }).await
}

/// What is written down where the pages are as they were and nothing calls for a look before the usual one.
fn unchanged(at: Timestamp) -> CheckResult {
    CheckResult {
        at,
        next_check_at: None,
        failures: 0,
        state: None,
        error: None,
        raised: None,
        replies: Vec::new(),
        judged: None,
        kept: None,
        edit: None,
        looked: Looked::Unchanged,
    }
}

fn failed(claimed: &ClaimedCheck, error: &FetchError, at: Timestamp) -> (CheckResult, Rechecked) {
    let kind = if error.cause.is_block() { ChangeKind::Blocked } else { ChangeKind::HttpError };
    in_state(claimed, (kind, error.message.clone()), at)
}

/// What is no version changes nothing; what was told of it before still holds.
fn in_state(
    claimed: &ClaimedCheck,
    (kind, why): (ChangeKind, String),
    at: Timestamp,
) -> (CheckResult, Rechecked) {
    let result = CheckResult {
        failures: claimed.text.failures.saturating_add(1),
        state: Some(kind),
        error: Some(why.clone()),
        raised: claimed.text.raised,
        looked: Looked::Failed,
        ..unchanged(at)
    };
    (result, Rechecked::Failed { why })
}

fn ended(
    claimed: &ClaimedCheck,
    outcome: Outcome,
    (at, first): (Timestamp, Duration),
) -> (CheckResult, Rechecked) {
    let usual = CheckResult { looked: Looked::Same, ..unchanged(at) };
    match outcome {
        Outcome::State { kind, note } => in_state(claimed, (kind, note), at),
        Outcome::Same { judged, kept, replies } => {
            (CheckResult { judged: Some(judged), kept, replies, ..usual }, Rechecked::Same)
        }
        Outcome::Baseline { judged, kept } => {
            (CheckResult { judged: Some(judged), kept: Some(kept), ..usual }, Rechecked::Same)
        }
        Outcome::New { edit, raised: Some(kind), .. } if !has_lasted(&claimed.text, kind, (at, first)) => {
            let why = edit.after.text.note.clone();
            let next_check_at = confirmed_at(&claimed.text, kind, (at, first));
            let (result, rechecked) = in_state(claimed, (kind, why), at);
            (CheckResult { failures: 0, next_check_at, ..result }, rechecked)
        }
        Outcome::New { edit, judged, kept, raised } => {
            let rechecked = Rechecked::Edited {
                title: edit.told.item.title.clone(),
                kind: edit.change.kind,
                alerts: edit.told.alerts.iter().map(|fired| fired.rule.clone()).collect(),
            };
            (
                CheckResult {
                    judged,
                    kept,
                    raised,
                    state: raised,
                    edit: Some(edit),
                    looked: Looked::Changed,
                    ..usual
                },
                rechecked,
            )
        }
    }
}
