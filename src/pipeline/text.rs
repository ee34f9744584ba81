//! What pages say, as the code, the rules and the lessons of today read them.

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::snapshot::take;
use super::{Assembly, Context};
use crate::extract::{self, Answer, Guide, Learnt, Origin, Place, Taken, View};
use crate::fetch::Page;
use crate::model::{Article, ChangeKind, Mode, Snapshot, Source, Timestamp, Verdict};
use crate::revision::Options;
use crate::store::{KeptPage, StoreError};

/// Said of a page that shows nothing without its scripts.
const NEEDS_BROWSER: &str = "it is an empty frame that a script fills, so it needs a browser; look whether the site has a feed or a page without scripts";

/// A page as it was answered, and which part of its text it is.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub(super) number: u32,
    pub(super) page: Page,
    pub(super) hash: [u8; 32],
    pub(super) at: Timestamp,
}

impl Raw {
    /// A page that was just fetched.
    pub(super) fn of(number: u32, page: Page, at: Timestamp) -> Self {
        Self { number, hash: Sha256::digest(&page.bytes).into(), page, at }
    }

    /// A page that was kept; nothing where it cannot be read any more.
    pub(super) fn kept(kept: &KeptPage) -> Option<Self> {
        let url = Url::parse(&kept.url).ok()?;
        let (etag, last_modified) = kept.validators.clone();
        let page = Page {
            bytes: kept.bytes().ok()?,
            content_type: kept.content_type.clone(),
            url,
            validators: crate::fetch::Validators { etag, last_modified },
            fresh_for: None,
            moved_to: None,
        };
        Some(Self { number: kept.number, page, hash: kept.kept_hash, at: kept.kept_at })
    }

    /// `ETag` and `Last-Modified`
    pub(super) fn validators(&self) -> (Option<String>, Option<String>) {
        (self.page.validators.etag.clone(), self.page.validators.last_modified.clone())
    }

    /// The page, packed for keeping.
    pub(super) fn packed(&self) -> KeptPage {
        let Page { bytes, content_type, url, validators, .. } = &self.page;
        KeptPage::pack(
            (self.number, url.to_string()),
            content_type.clone(),
            (validators.etag.clone(), validators.last_modified.clone()),
            (bytes, self.hash),
            self.at,
        )
    }
}

/// What a text said when it was read, by what it was read, and its hash.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) snapshot: Snapshot,
    /// The article that it was taken from, where articles are watched.
    pub(super) article: Option<Article>,
    pub(super) epoch: String,
    pub(super) hash: [u8; 32],
}

/// How texts are taken from pages.
#[derive(Debug, Clone)]
pub(super) struct Lens {
    pub(super) view: View,
    learnt: Option<Learnt>,
    pub(super) options: Options,
}

impl Lens {
    /// That of the articles of a source, with what is known of the host of this page.
    pub(super) async fn of_article(
        context: &Context,
        source: &Source,
        page: &Url,
    ) -> Result<Self, StoreError> {
        let learnt = context.store.learnt_of_host(Learnt::host_of(page)).await?;
        let learnt = learnt.and_then(|learnt| serde_json::from_str(&learnt).ok()).unwrap_or_default();
        let rules = context.plan.rules.get(&source.name).cloned().unwrap_or_default();
        Ok(Self { view: View::of_article(rules), learnt: Some(learnt), options: Options::default() })
    }

    /// That of the page that a source watches.
    pub(super) fn of_page(context: &Context, source: &Source) -> Self {
        let watch = context.plan.pages.get(&source.name).cloned().unwrap_or_default();
        Self { view: watch.view, learnt: None, options: watch.options }
    }

    fn guide(&self) -> Guide<'_> {
        Guide { rules: Some(&self.view.rules), learnt: self.learnt.as_ref(), ..Guide::default() }
    }

    fn epoch(&self) -> String {
        if self.learnt.is_some() { self.guide().epoch().to_string() } else { self.view.epoch().to_string() }
    }

    /// What these pages say; several are the parts of one article.
    pub(super) fn text(&self, source: &Source, pages: &[Raw]) -> Text {
        let Some(first) = pages.first() else { return self.text_of(Snapshot::default()) };
        let Raw { page, .. } = first;
        let answer =
            Answer { bytes: &page.bytes, status: 200, announced: None, origin: origin(source, page) };
        let Taken { mut snapshot, mut article } = take(answer, &self.view, self.guide());
        if pages.len() > 1 && self.view.mode == Mode::Article && snapshot.state.is_none() {
            let whole = self.article(source, pages);
            snapshot = extract::snapshot_of(&whole);
            article = Some(whole);
        }
        let shows_nothing = matches!(snapshot.state, Some(ChangeKind::Empty | ChangeKind::FilterMissing));
        if shows_nothing && is_shell(source, first) {
            NEEDS_BROWSER.clone_into(&mut snapshot.note);
        }
        Text { article, ..self.text_of(snapshot) }
    }

    /// A text that stands for what no page says.
    pub(super) fn text_of(&self, snapshot: Snapshot) -> Text {
        Text { epoch: self.epoch(), hash: hash_of(&snapshot), snapshot, article: None }
    }

    /// The article on these pages.
    fn article(&self, source: &Source, pages: &[Raw]) -> Article {
        let Some(first) = pages.first() else { return Article::default() };
        let address = &first.page.url;
        let read = |raw: &Raw| {
            let place = Place { first: address, number: raw.number };
            extract::read_part(&raw.page.bytes, origin(source, &raw.page), self.guide(), place)
        };
        let begun = read(first);
        let mut whole = Assembly::of(begun.article, begun.next);
        while let Some((_, number)) = whole.wanted() {
            match pages.iter().find(|raw| raw.number == number) {
                Some(raw) => {
                    let part = read(raw);
                    whole.add(part.article, part.next);
                }
                None => whole.give_up("it was not kept"),
            }
        }
        whole.finished()
    }
}

/// A text that its state keeps from being a version, seen as one.
pub(super) fn as_version(snapshot: Snapshot, but_for: Option<ChangeKind>) -> Snapshot {
    if but_for.is_some() && snapshot.state != but_for {
        return snapshot;
    }
    Snapshot { state: None, note: String::new(), ..snapshot }
}

/// Whether the page is an empty frame that a script fills.
fn is_shell(source: &Source, raw: &Raw) -> bool {
    let article = extract::article(&raw.page.bytes, origin(source, &raw.page));
    article.verdict == Verdict::JsShell
}

fn origin<'a>(source: &'a Source, page: &'a Page) -> Origin<'a> {
    Origin {
        url: &page.url,
        content_type: page.content_type.as_deref(),
        timezone: source.timezone,
        language: &source.language,
    }
}

fn hash_of(snapshot: &Snapshot) -> [u8; 32] {
    /// The note tells how the state was seen, which may differ from time to time.
    #[derive(Serialize)]
    struct Said<'a>(Mode, &'a str, &'a str, &'a [String], Vec<(&'a str, &'a str, bool)>, Option<ChangeKind>);
    let links = snapshot.links.iter().map(|link| (link.url.as_str(), link.text.as_str(), link.listed));
    let said = Said(
        snapshot.mode,
        &snapshot.title,
        &snapshot.lead,
        &snapshot.lines,
        links.collect(),
        snapshot.state,
    );
    Sha256::digest(serde_json::to_vec(&said).unwrap_or_default()).into()
}
