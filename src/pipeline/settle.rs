//! A change that has waited for others: what was said before the first is compared with what is said now.

use super::Context;
use super::edit::{Versions, find};
use super::text::{Lens, as_version};
use crate::model::{Reason, RevisionId, Snapshot, SourceKind};
use crate::store::{ClaimedHold, StoreError, StoredArticle};

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It is told.
    Told,
    /// Nothing is left to tell.
    Silent,
    /// Someone else ended it.
    Abandoned,
}

/// Ends the wait of a change.
pub async fn settle_change(context: &Context, hold: &ClaimedHold) -> Result<Settled, StoreError> {
    let at = context.clock.now();
    let told = match material(context, hold).await? {
        Some(material) => told(context, hold, material).await?,
        None => None,
    };
    let settled = if told.is_some() { Settled::Told } else { Settled::Silent };
    let committed = context.store.commit_hold(hold, told, at).await?;
    Ok(if committed { settled } else { Settled::Abandoned })
}

/// Forgets versions that are older than they are to be kept; returns how many.
pub async fn forget_old_versions(context: &Context) -> Result<usize, StoreError> {
    context.store.forget_versions(context.clock.now().minus(context.plan.keep_revisions)).await
}

type Material = (StoredArticle, Snapshot, (RevisionId, Snapshot));

async fn material(context: &Context, hold: &ClaimedHold) -> Result<Option<Material>, StoreError> {
    let article = context.store.article(hold.article).await?;
    let before = context.store.text_of_version(hold.before).await?;
    let after = context.store.last_text(hold.article).await?;
    Ok(article.zip(before).zip(after).map(|((article, before), after)| (article, before, after)))
}

async fn told(
    context: &Context,
    hold: &ClaimedHold,
    (stored, before, (after_id, after)): Material,
) -> Result<Option<(crate::store::FiredEdit, RevisionId, crate::model::Item)>, StoreError> {
    let Some(source) = context.plan.sources.get(&stored.source).cloned() else { return Ok(None) };
    let (reason, options) = if source.kind == SourceKind::Page {
        (Reason::Page, Lens::of_page(context, &source).options)
    } else {
        (Reason::Edit, crate::revision::Options::default())
    };
    let (plan, hold, at) = (context.plan.clone(), hold.clone(), context.clock.now());
    let found = context.cores.run(move || {
        let before = as_version(before, None);
        let versions = Versions {
            reason,
            source: &source,
            before: &before,
            after: &after,
            history: &[],
            raised: None,
            options: &options,
        };
        let found = find(&plan, &versions);
        let fired = found.alerts.iter().find(|fired| fired.rule == hold.rule)?.clone();
        let about = (stored.id, &stored.article);
        let item = found.item(about, (&stored.source, reason), (hold.before, after_id), at);
        Some((fired, after_id, item))
    });
    found.await.map_err(|panic| StoreError::Unreadable { what: "version", why: panic.to_string() })
}
