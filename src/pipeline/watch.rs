//! A watched page: its first version is the baseline, silently; what differs from the last version that was told is a change.

use sha2::{Digest as _, Sha256};

use super::Context;
use super::outcome::Ending;
use super::text::{Lens, Raw};
use super::version::{Answer, Case, Outcome, judge, packed, page_as_article};
use crate::dedup::canonical_url;
use crate::entity::prominence;
use crate::extract;
use crate::fetch::{Cause, FailureClass, FetchError, Page};
use crate::model::{
    Article, ArticleId, ChangeKind, Extent, Field, Item, Mode, Reason, Snapshot, Source, Timestamp,
};
use crate::schedule;
use crate::store::{
    AT_NEXT_POLL, Causes, CheckResult, ClaimedSource, Filing, Judged, Kindred, Lessons, Restraints,
    StoreError, Track, TrackedText, Watched,
};
use crate::text::normalise::search_form;

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
    Ok(compared(claimed, &tracked, outcome, (answer, validators, at)))
}

/// What follows where the page is not there: that is told once it has been so twice in a row, at once where it is gone for good.
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
    let is_sure = error.status == Some(410) || is_again(claimed, &tracked, ChangeKind::TakenDown);
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

/// What a 304 comes to: the page is there, and says what its last version said. Nothing where that is what is known.
pub(super) async fn unchanged(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
) -> Result<Option<Watched>, StoreError> {
    let tracked = known(context, source, claimed).await?;
    let tracked = tracked.filter(|tracked| tracked.state.is_some() || tracked.raised.is_some());
    let at = context.clock.now();
    Ok(tracked.map(|tracked| Watched::Compared { article: tracked.article, result: Box::new(version(at)) }))
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

/// Whether the poll before found the same.
fn is_again(claimed: &ClaimedSource, tracked: &TrackedText, kind: ChangeKind) -> bool {
    claimed.failures > 0 && tracked.state == Some(kind)
}

type Validated = Option<(Option<String>, Option<String>, [u8; 32])>;

fn compared(
    claimed: &ClaimedSource,
    tracked: &TrackedText,
    outcome: Outcome,
    (answer, validators, at): (schedule::Answer, Validated, Timestamp),
) -> Ending {
    let usual = version(at);
    let result = match outcome {
        Outcome::State { kind, note } => return no_version(claimed, tracked, (kind, note), at),
        // A site that is being mended answers like that for a while: a second look decides.
        Outcome::New { edit, raised: Some(kind), .. } if !is_again(claimed, tracked, kind) => {
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
            CheckResult { judged, kept, raised, edit: Some(edit), ..usual }
        }
    };
    let answer = schedule::Answer { brings_news: result.edit.is_some(), ..answer };
    let changed = result.edit.is_some();
    let watched = Watched::Compared { article: tracked.article, result: Box::new(result) };
    let repairs = changed.then(Vec::new);
    Ending { validators, repairs, watched: Some(watched), ..Ending::answered(answer) }
}

/// An answer that is no version of the page fails the poll: `status` shows why, and a third one in a row is told to the operator.
fn no_version(
    claimed: &ClaimedSource,
    tracked: &TrackedText,
    (kind, note): (ChangeKind, String),
    at: Timestamp,
) -> Ending {
    let watched = in_state(tracked, kind, &note, at);
    Ending { watched: Some(watched), ..Ending::failed(claimed, &unusable(kind, &note)) }
}

fn unusable(kind: ChangeKind, note: &str) -> FetchError {
    let cause = if kind == ChangeKind::Blocked { Cause::BotWall } else { Cause::Unreadable };
    let what = match kind {
        ChangeKind::Blocked => "a challenge or a consent wall stands before the page",
        ChangeKind::FilterMissing => "nothing on the page is what `select` names",
        ChangeKind::Empty => "the page shows no text",
        ChangeKind::Incomplete => "the page broke off",
        ChangeKind::TakenDown => "the page is no longer there",
        ChangeKind::Truncated => "the text ends at a log-in or pay wall",
        _ => "the answer is no version of the page",
    };
    let message = if note.is_empty() { what.to_owned() } else { format!("{what}: {note}") };
    FetchError { message, class: FailureClass::Later { after: None }, cause, status: None }
}

fn in_state(tracked: &TrackedText, kind: ChangeKind, why: &str, at: Timestamp) -> Watched {
    Watched::Compared { article: tracked.article, result: Box::new(state(tracked, kind, why, at)) }
}

fn state(tracked: &TrackedText, kind: ChangeKind, why: &str, at: Timestamp) -> CheckResult {
    CheckResult {
        failures: tracked.failures.saturating_add(1),
        state: Some(kind),
        error: Some(why.to_owned()),
        raised: tracked.raised,
        ..version(at)
    }
}

/// What is written down where the page answers.
fn version(at: Timestamp) -> CheckResult {
    CheckResult {
        at,
        next_check_at: AT_NEXT_POLL,
        failures: 0,
        state: None,
        error: None,
        raised: None,
        replies: Vec::new(),
        judged: None,
        kept: None,
        edit: None,
    }
}

/// The first version of the page.
async fn begin(
    context: &Context,
    source: &Source,
    claimed: &ClaimedSource,
    (raw, answer): (Raw, schedule::Answer),
) -> Result<Ending, StoreError> {
    let lens = Lens::of_page(context, source);
    let (plan, own, at) = (context.plan.clone(), source.clone(), context.clock.now());
    let (validators, hash) = (raw.validators(), raw.hash);
    let begun = context.cores.run(move || {
        let text = lens.text(&own, std::slice::from_ref(&raw));
        if let Some(kind) = text.snapshot.state {
            return Err((kind, text.snapshot.note));
        }
        let article = filed(&own, &raw, (&text.snapshot, lens.view.mode));
        let result = CheckResult {
            judged: Some(Judged { epoch: text.epoch.clone(), text_hash: text.hash }),
            kept: Some(packed(std::slice::from_ref(&raw))),
            ..version(at)
        };
        Ok(Watched::Baseline { filing: Box::new(filing(&plan, &own, (article, text.epoch), at)), result })
    });
    let begun =
        begun.await.map_err(|panic| StoreError::Unreadable { what: "page", why: panic.to_string() })?;
    Ok(match begun {
        Ok(watched) => {
            let (etag, last_modified) = validators;
            Ending {
                validators: Some((etag, last_modified, hash)),
                repairs: Some(Vec::new()),
                watched: Some(watched),
                ..Ending::answered(answer)
            }
        }
        Err((kind, note)) => Ending::failed(claimed, &unusable(kind, &note)),
    })
}

/// The page as an article, so that it is found, explained and told like one.
fn filed(source: &Source, raw: &Raw, (snapshot, mode): (&Snapshot, Mode)) -> Article {
    let origin = extract::Origin {
        url: &raw.page.url,
        content_type: raw.page.content_type.as_deref(),
        timezone: source.timezone,
        language: &source.language,
    };
    let read = extract::article(&raw.page.bytes, origin);
    let title = if read.title.is_empty() { source.name.clone() } else { read.title };
    let url = raw.page.url.to_string();
    let known = Article {
        canonical_url: url.clone(),
        url,
        title,
        language: read.language,
        site: read.site,
        extent: Extent::Whole,
        ..Article::default()
    };
    let snapshot = if mode == Mode::Article {
        snapshot.clone()
    } else {
        Snapshot { title: String::new(), ..snapshot.clone() }
    };
    page_as_article(known, &snapshot)
}

fn filing(plan: &super::Plan, source: &Source, (article, epoch): (Article, String), at: Timestamp) -> Filing {
    let body = article.paragraphs.join("\n\n");
    let fields = [(Field::Title, article.title.as_str()), (Field::Lead, &article.lead), (Field::Body, &body)];
    let matches = plan.matcher.find(&source.name, &fields);
    let item = Item {
        alerts: Vec::new(),
        reason: Reason::Page,
        observed_at: at,
        id: ArticleId::new(at),
        url: article.url.clone(),
        canonical_url: article.canonical_url.clone(),
        title: article.title.clone(),
        authors: Vec::new(),
        source: source.name.clone(),
        published: None,
        language: article.language.clone(),
        lead: String::new(),
        attribution: None,
        extent: article.extent,
        entities: prominence(&matches.mentions),
        snippets: Vec::new(),
        change: None,
        story: None,
    };
    Filing {
        url_keys: vec![canonical_url(&article.url)],
        content_hash: None,
        bands: Vec::new(),
        judged_up_to: i64::MAX,
        kindred: Kindred::default(),
        entities: prominence(&matches.mentions),
        search_title: search_form(&article.title),
        search_body: search_form(&body),
        held: None,
        if_new: Causes::default(),
        if_known: Causes::default(),
        restraints: Restraints::default(),
        item,
        at,
        epoch,
        lessons: Lessons::default(),
        track: Some(Track {
            url: source.url.to_string(),
            host_key: source.url.host_str().unwrap_or_default().to_owned(),
            born: at,
            span: i64::MAX,
            next_check_at: at,
            pages: Vec::new(),
        }),
        article,
    }
}
