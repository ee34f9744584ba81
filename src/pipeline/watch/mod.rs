//! A watched page: its first version is the baseline, silently; what differs from the last version that was told is a change.

mod baseline;
mod state;

use sha2::{Digest as _, Sha256};

use baseline::begin;
use state::{in_state, no_version, state, version};

use super::Context;
use super::baseline::kept_again;
use super::missing::has_lasted;
use super::outcome::Ending;
use super::text::{Lens, Raw};
use super::version::{Answer, Case, Outcome, judge};
use crate::fetch::{FetchError, Page};
use crate::model::{ChangeKind, Reason, Snapshot, Source, Timestamp};
use crate::schedule;
use crate::store::{CheckResult, ClaimedSource, Looked, StoreError, TrackedText, Watched};

/// What a good answer of a watched page comes to.
pub(super) async fn read(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    page: Page,
) -> Result<Ending, StoreError> {
    let hash: [u8; 32] = Sha256::digest(&page.bytes).into();
    let (fresh_for, moved_to) = (page.fresh_for, page.moved_to.clone());
    let answer = schedule::Answer { fresh_for, moved_to, whole: true, ..schedule::Answer::default() };
    let validators = Some((page.validators.etag.clone(), page.validators.last_modified.clone(), hash));
    let tracked = known(context, source, claimed).await?;
    let is_known =
        tracked.as_ref().is_some_and(|tracked| tracked.state.is_none() && tracked.raised.is_none());
    if claimed.body_hash == Some(hash) && is_known && reads_alike(context, source, tracked.as_ref()) {
        return Ok(Ending { validators, ..Ending::answered(answer) });
    }
    let at = context.clock.now();
    let raw = Raw::of(1, page, at);
    let Some(tracked) = tracked else { return begin(context, source, claimed, (raw, answer)).await };
    let outcome = judged(context, source, &tracked, Answer::Pages(vec![raw])).await?;
    Ok(compared((source, claimed, &tracked), outcome, (answer, validators, at)))
}

/// What follows where the page is not there: that is told once it has been so for a while, at once where it is gone for good.
pub(super) async fn refused(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    error: &FetchError,
) -> Result<Ending, StoreError> {
    let ending = Ending::failed(claimed, error);
    let Some(tracked) = known(context, source, claimed).await? else { return Ok(ending) };
    let at = context.clock.now();
    let kind = if error.cause.is_block() { ChangeKind::Blocked } else { ChangeKind::HttpError };
    if !matches!(error.status, Some(404 | 410)) {
        return Ok(Ending { watched: Some(in_state(&tracked, kind, &error.message, at)), ..ending });
    }
    let mode = Lens::of_page(context, source).view.mode;
    let gone = Snapshot {
        mode,
        state: Some(ChangeKind::TakenDown),
        note: error.message.clone(),
        ..Snapshot::default()
    };
    let outcome = judged(context, source, &tracked, Answer::Instead(gone)).await?;
    let is_sure =
        error.status == Some(410) || has_lasted(&tracked, ChangeKind::TakenDown, (at, source.every));
    let result = match outcome {
        Outcome::New { edit, raised, .. } if is_sure => {
            let result = CheckResult {
                raised,
                edit: Some(edit),
                ..state(&tracked, ChangeKind::TakenDown, &error.message, at)
            };
            Watched::Compared { article: tracked.article, result: Box::new(result) }
        }
        _ => in_state(&tracked, ChangeKind::TakenDown, &error.message, at),
    };
    Ok(Ending { watched: Some(result), ..ending })
}

/// What a 304 comes to: the page is there, and says what its last version said.
pub(super) async fn unchanged(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    answer: schedule::Answer,
) -> Result<Ending, StoreError> {
    let tracked = known(context, source, claimed).await?;
    let at = context.clock.now();
    let Some(tracked) = tracked.filter(|tracked| tracked.state.is_some() || tracked.raised.is_some()) else {
        return Ok(Ending::answered(answer));
    };
    if tracked.raised.is_some() {
        let kept = kept_again(context, &tracked, at).await?;
        let outcome = judged(context, source, &tracked, Answer::Pages(kept)).await?;
        return Ok(compared((source, claimed, &tracked), outcome, (answer, None, at)));
    }
    let watched = Watched::Compared { article: tracked.article, result: Box::new(version(at)) };
    Ok(Ending { watched: Some(watched), ..Ending::answered(answer) })
}

/// What is known of the page; nothing where another one is watched now.
async fn known(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
) -> Result<Option<TrackedText>, StoreError> {
    let tracked = context.store.watched_page(claimed.id).await?;
    Ok(tracked.filter(|tracked| tracked.url == source.url.as_str()))
}

/// Whether the last answer was read as this one would be.
fn reads_alike(context: &Context, source: &Source, tracked: Option<&TrackedText>) -> bool {
    let epoch = Lens::of_page(context, source).view.epoch().to_string();
    tracked.is_some_and(|tracked| tracked.epoch.as_ref() == Some(&epoch))
}

async fn judged(
    context: &Context,
    source: &Source,
    tracked: &TrackedText,
    answer: Answer,
) -> Result<Outcome, StoreError> {
    let lens = Lens::of_page(context, source);
    let at = context.clock.now();
    judge(context, Case { source, reason: Reason::Page, tracked, lens, answer, at }).await
}

type Validated = Option<(Option<String>, Option<String>, [u8; 32])>;

fn compared(
    (source, claimed, tracked): (&Source, &ClaimedSource, &TrackedText),
    outcome: Outcome,
    (answer, validators, at): (schedule::Answer, Validated, Timestamp),
) -> Ending {
    let usual = CheckResult { looked: Looked::Same, ..version(at) };
    let result = match outcome {
        Outcome::State { kind, note } => return no_version(claimed, tracked, (kind, note), at),
        Outcome::New { edit, raised: Some(kind), .. } if !has_lasted(tracked, kind, (at, source.every)) => {
            return no_version(claimed, tracked, (kind, edit.after.text.note.clone()), at);
        }
        Outcome::New { edit, raised: Some(kind), .. } => {
            let note = edit.after.text.note.clone();
            let ending = no_version(claimed, tracked, (kind, note.clone()), at);
            let result =
                CheckResult { raised: Some(kind), edit: Some(edit), ..state(tracked, kind, &note, at) };
            let watched = Watched::Compared { article: tracked.article, result: Box::new(result) };
            return Ending { watched: Some(watched), ..ending };
        }
        Outcome::Same { judged, kept, .. } => CheckResult { judged: Some(judged), kept, ..usual },
        Outcome::Baseline { judged, kept } => CheckResult { judged: Some(judged), kept: Some(kept), ..usual },
        Outcome::New { edit, judged, kept, raised } => {
            CheckResult { judged, kept, raised, edit: Some(edit), looked: Looked::Changed, ..usual }
        }
    };
    let answer = schedule::Answer { brings_news: result.edit.is_some(), ..answer };
    let changed = result.edit.is_some();
    let watched = Watched::Compared { article: tracked.article, result: Box::new(result) };
    let repairs = changed.then(Vec::new);
    Ending { validators, repairs, watched: Some(watched), ..Ending::answered(answer) }
}
