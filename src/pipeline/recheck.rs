//! An article is looked at again: asked for conditionally, read, compared with what it said, and what follows is committed at once.

use std::time::Duration;

use url::Url;

use super::baseline::kept_again;
use super::missing::has_lasted;
use super::obtain::LONGEST_READING;
use super::text::{Lens, Raw};
use super::version::{Answer, Case, Outcome, judge};
use super::{Context, tracking};
use crate::fetch::{Cause, FailureClass, FetchError, Fetched, Kind, Target, Validators};
use crate::model::{ChangeKind, Mode, Reason, Snapshot, Source, Timestamp, Tracking};
use crate::schedule::{Age, Recheck, next_recheck};
use crate::store::{CheckResult, ClaimedCheck, Looked, Seen, StoreError, TrackedText};
use crate::text::address::is_home;

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
    /// Its time is over.
    Ended,
    /// The lease was lost, or its source is no longer configured.
    Abandoned,
}

/// Looks at a claimed article again.
pub async fn recheck(context: &Context, claimed: &ClaimedCheck) -> Result<Rechecked, StoreError> {
    let Some(source) = context.plan.sources.get(&claimed.source) else { return Ok(Rechecked::Abandoned) };
    let Tracking::For { first, .. } = source.tracking else {
        let result = CheckResult { next_check_at: None, ..unchanged(claimed, context.clock.now()) };
        return finish(context, claimed, (result, Rechecked::Ended)).await;
    };
    let asked = ask(context, source, &claimed.text).await;
    let at = context.clock.now();
    let ended = match asked {
        Asked::Unchanged if claimed.text.raised.is_some() => {
            let kept = kept_again(context, &claimed.text, at).await?;
            let outcome = compare(context, source, claimed, (Answer::Pages(kept), at)).await?;
            ended(claimed, outcome, (at, first))
        }
        Asked::Unchanged => (unchanged(claimed, at), Rechecked::Same),
        Asked::Failed(error) => failed(claimed, &error, at),
        Asked::Answered(answer) => {
            let outcome = compare(context, source, claimed, (answer, at)).await?;
            ended(claimed, outcome, (at, first))
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
    let next_check_at = next_recheck(&recheck, at, fastrand::f64());
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

/// What the pages of an article answered.
enum Asked {
    Unchanged,
    Answered(Answer),
    Failed(FetchError),
}

async fn ask(context: &Context, source: &Source, text: &TrackedText) -> Asked {
    if text.pages.is_empty() {
        return match ask_page(context, source, (1, &text.url), None).await {
            Ok(Some(raw)) => Asked::Answered(Answer::Pages(vec![raw])),
            Ok(None) => Asked::Unchanged,
            Err(error) => refused(error, 1),
        };
    }
    let mut pages = Vec::new();
    let begun = context.clock.now();
    for seen in &text.pages {
        if context.clock.now().since(begun) > LONGEST_READING {
            return Asked::Failed(too_slow(seen.number));
        }
        match ask_page(context, source, (seen.number, &seen.url), Some(seen)).await {
            Ok(Some(raw)) if leads_home(&raw, &seen.url) => {
                let note = "its address leads to the site's home page now".to_owned();
                return Asked::Answered(Answer::Instead(instead(ChangeKind::TakenDown, note)));
            }
            Ok(raw) => pages.push((seen.number, raw)),
            Err(error) => return refused(error, seen.number),
        }
    }
    if pages.iter().all(|(_, raw)| raw.is_none()) {
        return Asked::Unchanged;
    }
    whole(context, text, pages).await
}

/// All pages of an article of which some are new.
async fn whole(context: &Context, text: &TrackedText, pages: Vec<(u32, Option<Raw>)>) -> Asked {
    let kept = if pages.iter().any(|(_, raw)| raw.is_none()) {
        context.store.kept_pages(text.article).await.unwrap_or_default()
    } else {
        Vec::new()
    };
    let known = |number: u32| kept.iter().find(|kept| kept.number == number).and_then(Raw::kept);
    let whole = pages.into_iter().filter_map(|(number, raw)| raw.or_else(|| known(number)));
    Asked::Answered(Answer::Pages(whole.collect()))
}

/// A page, or nothing where it is as it was.
async fn ask_page(
    context: &Context,
    source: &Source,
    (number, url): (u32, &str),
    seen: Option<&Seen>,
) -> Result<Option<Raw>, FetchError> {
    let url = Url::parse(url).map_err(|error| FetchError {
        message: format!("{url} is no address: {error}"),
        class: FailureClass::Never,
        cause: Cause::Unreadable,
        status: None,
    })?;
    let (etag, last_modified) = seen.map(|seen| seen.validators.clone()).unwrap_or_default();
    let validators = Validators { etag, last_modified };
    let target = Target {
        url: &url,
        validators: &validators,
        kind: Kind::Page,
        configured_host: source.url.host_str(),
        robots: source.robots,
        private_headers: source.access.to(&url, &source.url),
        route: &source.route,
    };
    match context.fetch(target).await? {
        Fetched::NotModified { .. } => Ok(None),
        Fetched::Page(page) => {
            let raw = Raw::of(number, page, context.clock.now());
            Ok(Some(raw).filter(|raw| seen.is_none_or(|seen| seen.body_hash != raw.hash)))
        }
    }
}

fn leads_home(raw: &Raw, asked: &str) -> bool {
    is_home(&raw.page.url) && Url::parse(asked).is_ok_and(|asked| !is_home(&asked))
}

/// What is not there was taken down; anything else is a failure.
fn refused(error: FetchError, number: u32) -> Asked {
    if number == 1 && matches!(error.status, Some(404 | 410)) {
        return Asked::Answered(Answer::Instead(instead(ChangeKind::TakenDown, error.message)));
    }
    Asked::Failed(error)
}

fn too_slow(number: u32) -> FetchError {
    FetchError {
        message: format!("part {number} was not asked for because the parts before it took too long"),
        class: FailureClass::Later { after: None },
        cause: Cause::Timeout,
        status: None,
    }
}

/// An article that says nothing any more.
fn instead(kind: ChangeKind, note: String) -> Snapshot {
    Snapshot { mode: Mode::Article, state: Some(kind), note, ..Snapshot::default() }
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

/// What is written down where the pages are as they were.
fn unchanged(claimed: &ClaimedCheck, at: Timestamp) -> CheckResult {
    CheckResult {
        at,
        next_check_at: Some(claimed.text.until),
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
        ..unchanged(claimed, at)
    };
    (result, Rechecked::Failed { why })
}

fn ended(
    claimed: &ClaimedCheck,
    outcome: Outcome,
    (at, first): (Timestamp, Duration),
) -> (CheckResult, Rechecked) {
    let usual = CheckResult { looked: Looked::Same, ..unchanged(claimed, at) };
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
            let (result, rechecked) = in_state(claimed, (kind, why), at);
            (CheckResult { failures: 0, ..result }, rechecked)
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
