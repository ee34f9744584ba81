//! What several changes of one text within a digest's period amount to: what it said before the first against what it says after
//! the last.

use super::Context;
use super::edit::{Versions, find};
use super::text::{Lens, as_version};
use crate::alert::{Span, Sums, spans};
use crate::model::{Item, ItemChange, Reason, RevisionId};
use crate::revision::Options;
use crate::store::StoreError;

/// What the changes among these items amount to, where their versions can be compared: they are kept, and were read alike.
pub(super) async fn sums(context: &Context, items: &[Item]) -> Result<Sums, StoreError> {
    let mut sums = Sums::new();
    for span in spans(items) {
        match sum(context, &span).await {
            Ok(Some(sum)) => drop(sums.insert((span.before, span.after), sum)),
            Ok(None) => {}
            // The digest tells the steps instead.
            Err(error @ StoreError::Unreadable { .. }) => {
                tracing::warn!(article = %span.article, "what its changes amount to is not known: {error}");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(sums)
}

async fn sum(context: &Context, span: &Span) -> Result<Option<Option<ItemChange>>, StoreError> {
    let last = last_version(context, span).await?;
    if last == span.before {
        return Ok(Some(None));
    }
    if !is_comparable(context, span, last).await? {
        return Ok(None);
    }
    compared(context, span, last).await
}

/// The version that stands: of a text that was gone and is back, the one before it went.
async fn last_version(context: &Context, span: &Span) -> Result<RevisionId, StoreError> {
    let back = if span.is_gone { context.store.sound_version(span.article).await? } else { None };
    Ok(back.unwrap_or(span.after))
}

/// Whether one code, with the same rules and lessons, read both: else the difference would be that of the reading.
async fn is_comparable(context: &Context, span: &Span, last: RevisionId) -> Result<bool, StoreError> {
    let versions = context.store.versions(span.article).await?;
    let epoch = |id| versions.iter().find(|version| version.id == id).map(|version| version.epoch.clone());
    Ok(epoch(span.before).zip(epoch(last)).is_some_and(|(before, after)| before == after))
}

async fn compared(
    context: &Context,
    span: &Span,
    last: RevisionId,
) -> Result<Option<Option<ItemChange>>, StoreError> {
    let Some(source) = context.plan.sources.get(&span.source).cloned() else { return Ok(None) };
    let before = context.store.text_of_version(span.before).await?;
    let after = context.store.text_of_version(last).await?;
    let Some((before, after)) = before.zip(after) else { return Ok(None) };
    let options = if span.reason == Reason::Page {
        Lens::of_page(context, &source).options
    } else {
        Options::default()
    };
    let (plan, reason, ids) = (context.plan.clone(), span.reason, (span.before, last));
    let sum = context.cores.run(move || {
        let before = as_version(before, None);
        let found = find(
            &plan,
            &Versions {
                reason,
                source: &source,
                before: &before,
                after: &after,
                history: &[],
                raised: None,
                options: &options,
            },
        );
        found.change.changed.then(|| found.told(ids))
    });
    let sum =
        sum.await.map_err(|panic| StoreError::Unreadable { what: "version", why: panic.to_string() })?;
    Ok(Some(sum))
}
