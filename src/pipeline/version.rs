//! What a fresh answer of a tracked text is: the same, no version at all, or a new version.
//!
//! The pages of the baseline are read again beside the fresh ones, by the same code, rules and lessons, so that what is found is
//! a difference of the pages: an upgrade, a changed rule or a lesson learnt is no edit.

use super::baseline::recorded_text;
use super::edit::{Found, Versions, find, recorded};
use super::text::{Lens, Raw, Text, as_version};
use super::{Context, Plan};
use crate::dedup::content_hash;
use crate::model::{Article, ChangeKind, Extent, Mode, Reason, RevisionId, Snapshot, Source, Timestamp};
use crate::store::{Edit, Judged, KeptPage, Reply, Rewritten, StoreError, StoredArticle, Told, TrackedText};
use crate::text::normalise::search_form;

/// So many older versions tell what stood on a page before.
const HISTORY: usize = 20;

/// What was answered, and whose text it is.
pub(super) struct Case<'a> {
    pub(super) source: &'a Source,
    pub(super) reason: Reason,
    pub(super) tracked: &'a TrackedText,
    pub(super) lens: Lens,
    pub(super) answer: Answer,
    pub(super) at: Timestamp,
}

/// What was answered.
#[derive(Debug, Clone)]
pub(super) enum Answer {
    /// The pages of the text.
    Pages(Vec<Raw>),
    /// Nothing that is a version.
    Instead(Snapshot),
}

/// What it is.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It says what the baseline says. Pages are kept anew where another epoch read them.
    Same { judged: Judged, kept: Option<Vec<KeptPage>>, replies: Vec<Reply> },
    /// The baseline cannot be read any more, or there was none: this is it from now on.
    Baseline { judged: Judged, kept: Vec<KeptPage> },
    /// No version of the text: why, in a word and in a sentence.
    State { kind: ChangeKind, note: String },
    /// A new version. The pages are kept where it is the baseline from now on; else `raised` says what was told.
    New { edit: Box<Edit>, judged: Option<Judged>, kept: Option<Vec<KeptPage>>, raised: Option<ChangeKind> },
}

/// Compares an answer with the baseline.
pub(super) async fn judge(context: &Context, case: Case<'_>) -> Result<Outcome, StoreError> {
    let Case { source, reason, tracked, lens, answer, at } = case;
    let (lens, after, pages) = fresh(context, (source, lens), answer).await?;
    let is_known = tracked.judged_hash == Some(after.hash) && tracked.epoch.as_ref() == Some(&after.epoch);
    if is_known && after.snapshot.state.is_none() && tracked.raised.is_none() {
        return Ok(Outcome::Same { judged: judged(&after), kept: None, replies: replies(&pages) });
    }
    let kept = context.store.kept_pages(tracked.article).await?;
    let recorded = recorded_text(context, tracked, (&after.epoch, &kept)).await?;
    let stored = context.store.article(tracked.article).await?;
    let history = if lens.options.only_new_lines {
        context.store.last_texts(tracked.article, HISTORY).await?
    } else {
        Vec::new()
    };
    let (plan, source, tracked) = (context.plan.clone(), source.clone(), tracked.clone());
    let compared = context.cores.run(move || {
        let bench = Bench { plan: &plan, source: &source, reason, tracked: &tracked, lens: &lens, at };
        let before = bench.before(recorded, &kept);
        bench.compare(before, (after, pages), stored, &history)
    });
    compared.await.map_err(|panic| StoreError::Unreadable { what: "version", why: panic.to_string() })
}

/// What the answer says, read on a core.
async fn fresh(
    context: &Context,
    (source, lens): (&Source, Lens),
    answer: Answer,
) -> Result<(Lens, Text, Vec<Raw>), StoreError> {
    let source = source.clone();
    let read = context.cores.run(move || match answer {
        Answer::Pages(pages) => {
            let text = lens.text(&source, &pages);
            (lens, text, pages)
        }
        Answer::Instead(snapshot) => {
            let text = lens.text_of(snapshot);
            (lens, text, Vec::new())
        }
    });
    read.await.map_err(|panic| StoreError::Unreadable { what: "page", why: panic.to_string() })
}

/// What a comparison is made with.
struct Bench<'a> {
    plan: &'a Plan,
    source: &'a Source,
    reason: Reason,
    tracked: &'a TrackedText,
    lens: &'a Lens,
    at: Timestamp,
}

impl Bench<'_> {
    /// The baseline. The pages it is on are needed only where no version was written down yet.
    fn before(&self, recorded: Option<Snapshot>, kept: &[KeptPage]) -> (Text, Vec<Raw>) {
        let (mut text, pages) = if let Some(snapshot) = recorded {
            (self.lens.text_of(snapshot), Vec::new())
        } else {
            let pages: Vec<Raw> = kept.iter().filter_map(Raw::kept).collect();
            (self.lens.text(self.source, &pages), pages)
        };
        text.snapshot = as_version(text.snapshot, None);
        (text, pages)
    }

    fn compare(
        &self,
        (before, kept): (Text, Vec<Raw>),
        (mut after, pages): (Text, Vec<Raw>),
        stored: Option<StoredArticle>,
        history: &[Snapshot],
    ) -> Outcome {
        let Some(stored) = stored else { return state(&after) };
        // Of an article that was never shown whole, the part that is shown is the version.
        if stored.article.extent == Extent::Part && self.lens.view.mode == Mode::Article {
            after.snapshot = as_version(after.snapshot, Some(ChangeKind::Truncated));
        }
        if is_blank(&before.snapshot) {
            return if after.snapshot.state.is_some() { state(&after) } else { baseline(&after, &pages) };
        }
        let found = find(
            self.plan,
            &Versions {
                reason: self.reason,
                source: self.source,
                before: &before.snapshot,
                after: &after.snapshot,
                history,
                raised: self.tracked.raised,
                options: &self.lens.options,
            },
        );
        if !found.change.changed {
            return match after.snapshot.state {
                Some(_) => state(&after),
                None => self.same(&after, &pages),
            };
        }
        self.edited((before, kept), (after, pages), &stored, found)
    }

    fn same(&self, after: &Text, pages: &[Raw]) -> Outcome {
        let is_other_epoch = self.tracked.epoch.as_ref().is_some_and(|epoch| *epoch != after.epoch);
        let kept = is_other_epoch.then(|| packed(pages));
        Outcome::Same { judged: judged(after), kept, replies: replies(pages) }
    }

    fn edited(
        &self,
        (before, kept): (Text, Vec<Raw>),
        (mut after, pages): (Text, Vec<Raw>),
        stored: &StoredArticle,
        found: Found,
    ) -> Outcome {
        // What is no longer there, or no longer whole, is told; the last full version stays the baseline.
        let raised =
            found.change.kind.filter(|kind| matches!(kind, ChangeKind::TakenDown | ChangeKind::Truncated));
        let article = match raised {
            Some(_) => stored.article.clone(),
            None => self.rewritten(&stored.article, &mut after),
        };
        let (before_id, after_id) =
            (self.tracked.revision.unwrap_or_else(|| RevisionId::new(self.at)), RevisionId::new(self.at));
        let ids = (before_id, after_id);
        let item = found.item((stored.id, &article), (&stored.source, self.reason), ids, self.at);
        // What was read again by other rules is not what was written down.
        let is_written = kept.is_empty() || self.tracked.revision.is_none();
        let before_lines = is_written.then(|| before.snapshot.lines.clone());
        let first = kept.first().filter(|_| self.tracked.revision.is_none());
        let first = first.map(|raw| recorded(before_id, before, raw, raw.validators()));
        let (judged, epoch) = (judged(&after), after.epoch.clone());
        let after = match pages.first() {
            Some(raw) => recorded(after_id, after, raw, raw.validators()),
            None => self.unanswered(after_id, after),
        };
        let rewritten = raised.is_none().then(|| Rewritten {
            search_title: search_form(&article.title),
            search_body: search_form(&format!(
                "{}\n{}\n{}",
                article.lead,
                article.paragraphs.join("\n"),
                article.captions.join("\n")
            )),
            content_hash: if self.reason == Reason::Edit { content_hash(&article) } else { None },
            entities: found.entities.clone(),
            article,
            epoch,
        });
        let told = Told {
            alerts: found.alerts,
            digests: found.digests,
            restraints: self.plan.restraints(self.at),
            item,
        };
        let edit =
            Edit { first, before: before_id, before_lines, after, change: found.change, rewritten, told };
        Outcome::New {
            edit: Box::new(edit),
            judged: Some(judged).filter(|_| raised.is_none()),
            kept: raised.is_none().then(|| packed(&pages)),
            raised,
        }
    }

    /// A version that no page tells.
    fn unanswered(&self, id: RevisionId, text: Text) -> crate::store::NewRevision {
        crate::store::NewRevision {
            id,
            fetched_at: self.at,
            url: self.tracked.url.clone(),
            validators: (None, None),
            body_hash: None,
            epoch: text.epoch,
            text_hash: text.hash,
            text: text.snapshot,
        }
    }

    /// The article as it is now; what the page does not tell any more stays.
    fn rewritten(&self, before: &Article, after: &mut Text) -> Article {
        let now = after.article.take().filter(|_| self.lens.view.mode == Mode::Article);
        let Some(now) = now else { return page_as_article(before.clone(), &after.snapshot) };
        Article {
            title: if now.title.is_empty() { before.title.clone() } else { now.title },
            authors: if now.authors.is_empty() { before.authors.clone() } else { now.authors },
            published: before.published.or(now.published),
            modified: now.modified.or(before.modified),
            lead: now.lead,
            paragraphs: now.paragraphs,
            captions: now.captions,
            extent: before.extent,
            ..before.clone()
        }
    }
}

/// A watched page as it is filed.
pub(super) fn page_as_article(known: Article, snapshot: &Snapshot) -> Article {
    let links = snapshot.links.iter().filter(|link| link.listed).map(|link| link.text.clone());
    let title = if snapshot.title.is_empty() { known.title } else { snapshot.title.clone() };
    let paragraphs = snapshot.lines.iter().cloned().chain(links).collect();
    Article { title, lead: snapshot.lead.clone(), paragraphs, ..known }
}

fn is_blank(snapshot: &Snapshot) -> bool {
    snapshot.lines.is_empty()
        && snapshot.links.is_empty()
        && snapshot.title.is_empty()
        && snapshot.lead.is_empty()
}

fn state(after: &Text) -> Outcome {
    let kind = after.snapshot.state.unwrap_or(ChangeKind::Empty);
    Outcome::State { kind, note: after.snapshot.note.clone() }
}

fn baseline(after: &Text, pages: &[Raw]) -> Outcome {
    Outcome::Baseline { judged: judged(after), kept: packed(pages) }
}

fn judged(text: &Text) -> Judged {
    Judged { epoch: text.epoch.clone(), text_hash: text.hash }
}

pub(super) fn packed(pages: &[Raw]) -> Vec<KeptPage> {
    pages.iter().map(Raw::packed).collect()
}

fn replies(pages: &[Raw]) -> Vec<Reply> {
    let reply = |raw: &Raw| Reply { number: raw.number, validators: raw.validators(), body_hash: raw.hash };
    pages.iter().map(reply).collect()
}
