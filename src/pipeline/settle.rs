//! A change that has waited for others: what was said before the first is compared with what is said now.

use std::time::Duration;

use super::Context;
use super::edit::{Versions, find};
use super::text::{Lens, as_version};
use crate::model::{Reason, RevisionId, Snapshot, SourceKind};
use crate::store::{ClaimedHold, StoreError, StoredArticle, Told};

/// So long a change waits for its source or its alert to come back into the file.
pub(super) const LONGEST_ABSENCE: Duration = Duration::from_hours(7 * 24);

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// It is told.
    Told,
    /// Nothing is left to tell.
    Silent,
    /// Someone else ended it, or it goes on because its source or its alert is not in the file for now.
    Abandoned,
}

/// Ends the wait of a change.
pub async fn settle_change(context: &Context, hold: &ClaimedHold) -> Result<Settled, StoreError> {
    let at = context.clock.now();
    if !is_planned(context, hold) && at.since(hold.due) <= LONGEST_ABSENCE {
        return Ok(Settled::Abandoned);
    }
    let told = match material(context, hold).await? {
        Some(material) => told(context, hold, material).await?,
        None => None,
    };
    let settled = if told.is_some() { Settled::Told } else { Settled::Silent };
    let committed = context.store.commit_hold(hold, told, at).await?;
    Ok(if committed { settled } else { Settled::Abandoned })
}

fn is_planned(context: &Context, hold: &ClaimedHold) -> bool {
    let plan = &context.plan;
    plan.sources.contains_key(&hold.source) && plan.alerts.iter().any(|alert| alert.name == hold.rule)
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
) -> Result<Option<(RevisionId, Told)>, StoreError> {
    let Some(source) = context.plan.sources.get(&hold.source).cloned() else { return Ok(None) };
    let (reason, options) = if source.kind == SourceKind::Page {
        (Reason::Page, Lens::of_page(context, &source).options)
    } else {
        (Reason::Edit, crate::revision::Options::default())
    };
    let (plan, hold, at) = (context.plan.clone(), hold.clone(), context.clock.now());
    let found = context.cores.run(move || {
        // It was not there and is: what it said before that is told by no other change, else it would not wait.
        let raised = before.state.filter(|_| after.state.is_none());
        let before = if raised.is_some() { after.clone() } else { as_version(before, None) };
        let versions = Versions {
            reason,
            source: &source,
            before: &before,
            after: &after,
            history: &[],
            raised,
            options: &options,
        };
        let found = find(&plan, &versions);
        let fired = found.alerts.iter().find(|fired| fired.rule == hold.rule)?.clone();
        let about = (stored.id, &stored.article);
        let item = found.item(about, (&stored.source, reason), (hold.before, after_id), at);
        // Digests had each change when it was found.
        let (restraints, digests) = (plan.restraints(at), Vec::new());
        Some((after_id, Told { alerts: vec![fired], digests, restraints, item }))
    });
    found.await.map_err(|panic| StoreError::Unreadable { what: "version", why: panic.to_string() })
}
