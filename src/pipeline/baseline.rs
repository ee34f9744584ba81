//! What a text is compared with: as it was written down, or as the pages tell it that are kept.

use super::Context;
use super::text::Raw;
use crate::model::{Snapshot, Timestamp};
use crate::store::{KeptPage, StoreError, TrackedText};

/// The baseline as it was written down, where the pages that are kept would be read as they were then.
pub(super) async fn recorded_text(
    context: &Context,
    tracked: &TrackedText,
    (epoch, kept): (&str, &[KeptPage]),
) -> Result<Option<Snapshot>, StoreError> {
    let (Some(revision), [page]) = (tracked.revision, kept) else { return Ok(None) };
    context.store.text_read_by(revision, epoch.to_owned(), page.kept_hash).await
}

/// The pages of the baseline as if they had just been answered: what a server means by "not modified".
pub(super) async fn kept_again(
    context: &Context,
    tracked: &TrackedText,
    at: Timestamp,
) -> Result<Vec<Raw>, StoreError> {
    let kept = context.store.kept_pages(tracked.article).await?;
    Ok(kept.iter().filter_map(Raw::kept).map(|raw| Raw { at, ..raw }).collect())
}
