//! A fetched page is read with what is known of its source and its host, and teaches something of both.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use url::Url;

use super::Context;
use super::text::Raw;
use crate::extract::{self, Epoch, Guide, Learnt, Origin, Place, Reading, Seen};
use crate::fetch::Page;
use crate::model::{Article, RuleMiss, Source, Timestamp, Tracking, UnmetRule, Verdict};
use crate::store::{KeptPage, Lesson, Lessons, StoreError};

/// What an article depends on besides its page, and what it teaches.
#[derive(Debug, Clone)]
pub(super) struct Provenance {
    pub(super) epoch: String,
    pub(super) lessons: Lessons,
    /// The pages that were read, kept where the article is looked at again.
    pub(super) pages: Vec<KeptPage>,
}

impl Provenance {
    /// That of an article for which no page was read.
    pub(super) fn of_feed() -> Self {
        Self { epoch: Epoch::of_code().to_string(), lessons: Lessons::default(), pages: Vec::new() }
    }
}

/// A page that was read.
pub(super) struct Read {
    pub(super) article: Article,
    /// The address of the part that follows.
    pub(super) next: Option<Url>,
    pub(super) provenance: Provenance,
}

/// Reads a page, the `number`-th part of the article that begins at `first`; `Err` within: reading it panicked, and why.
pub(super) async fn read(
    context: &Context,
    source: &Source,
    page: Page,
    (first, number): (&Url, u32),
) -> Result<Result<Read, String>, StoreError> {
    let host = Learnt::host_of(&page.url);
    let learnt: Learnt = known(context.store.learnt_of_host(host.clone()).await?.as_deref());
    let (plan, source, now) = (context.plan.clone(), source.clone(), context.clock.now());
    let (first, address) = (first.clone(), page.url.clone());
    let outcome = context.cores.run(move || {
        let rules = plan.rules.get(&source.name);
        let origin = Origin {
            url: &page.url,
            content_type: page.content_type.as_deref(),
            timezone: source.timezone,
            language: &source.language,
        };
        let guide = Guide { rules, learnt: Some(&learnt), ..Guide::default() };
        let place = Place { first: &first, number };
        let Reading { article, next, unmet, seen, epoch, .. } =
            extract::read_part(&page.bytes, origin, guide, place);
        let tells_of_rules = rules.is_some() && is_of_the_site(article.verdict);
        let lessons = Lessons {
            of_host: (!seen.is_empty()).then(|| (host, of_host(seen))),
            of_rules: tells_of_rules.then(|| of_rules(unmet, now)),
        };
        let pages = kept(&source, number, page, now);
        Read { article, next, provenance: Provenance { epoch: epoch.to_string(), lessons, pages } }
    });
    Ok(outcome.await.map_err(|panic| {
        tracing::error!(url = %address, %panic, "reading a page failed unexpectedly; what else is known is used");
        panic.to_string()
    }))
}

/// The page, where its article is looked at again.
fn kept(source: &Source, number: u32, page: Page, now: Timestamp) -> Vec<KeptPage> {
    match source.tracking {
        Tracking::Off => Vec::new(),
        Tracking::For { .. } => vec![Raw::of(number, page, now).packed()],
    }
}

/// Whether the page is one that rules are written for, also where they or the site's new looks leave nothing of it; a wall is not.
fn is_of_the_site(verdict: Verdict) -> bool {
    verdict.shows_article() || matches!(verdict, Verdict::Empty | Verdict::JsShell | Verdict::Listing)
}

fn of_host(seen: Seen) -> Lesson {
    Arc::new(move |before| as_json(&known::<Learnt>(before).after(&seen)))
}

fn of_rules(unmet: Vec<UnmetRule>, now: Timestamp) -> Lesson {
    Arc::new(move |before| as_json(&RuleMiss::after(&known::<Vec<RuleMiss>>(before), &unmet, now)))
}

/// What is stored; what another version wrote and this one cannot read is learnt anew.
fn known<T: DeserializeOwned + Default>(stored: Option<&str>) -> T {
    stored.and_then(|stored| serde_json::from_str(stored).ok()).unwrap_or_default()
}

/// Numbers and texts alone: writing them as JSON cannot fail.
fn as_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_never| "null".to_owned())
}
