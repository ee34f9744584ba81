//! What the pages of an article answer that is looked at again; they are asked for conditionally.

use url::Url;

use super::Context;
use super::obtain::LONGEST_READING;
use super::text::Raw;
use super::version::Answer;
use crate::fetch::{Cause, FailureClass, FetchError, Fetched, Kind, Target, Validators};
use crate::model::{ChangeKind, Mode, Snapshot, Source};
use crate::store::{Seen, TrackedText};
use crate::text::address::is_home;

/// What the pages of an article answered.
pub(super) enum Asked {
    /// They are as they were.
    Unchanged,
    /// Something else.
    Answered(Answer),
    /// That there is nothing any more, and never will be.
    Gone(Snapshot),
    /// Nothing.
    Failed(FetchError),
}

/// Asks for the pages of an article, conditionally.
pub(super) async fn ask(context: &Context, source: &Source, text: &TrackedText) -> Asked {
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
                return Asked::Answered(Answer::Instead(taken_down(note)));
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
        page: None,
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
    match error.status {
        Some(404) if number == 1 => Asked::Answered(Answer::Instead(taken_down(error.message))),
        Some(410) if number == 1 => Asked::Gone(taken_down(error.message)),
        _ => Asked::Failed(error),
    }
}

fn too_slow(number: u32) -> FetchError {
    FetchError {
        message: format!("part {number} was not asked for because the parts before it took too long"),
        class: FailureClass::Later { after: None },
        cause: Cause::Timeout,
        status: None,
        page: None,
    }
}

/// An article that says nothing any more.
fn taken_down(note: String) -> Snapshot {
    Snapshot { mode: Mode::Article, state: Some(ChangeKind::TakenDown), note, ..Snapshot::default() }
}
