//! A stored article beside its kin: who told the same, and which story it belongs to. Articles that concerned nobody when they were
//! filed were compared with none.

use std::sync::Arc;

use super::context::Plan;
use super::ingest::weigh;
use super::kinship::Sketch;
use super::parts::Parts;
use crate::model::{Moment, Prominence};
use crate::store::{Causes, Judge, Kindred, Placing, StoredArticle};

/// What the store needs to look for the kin of a stored article that mentions these entities, of which `causes` are to be told. `None`
/// where it has no text by which it could be compared.
pub fn place(
    plan: &Plan,
    stored: &StoredArticle,
    (causes, entities): (&Causes, &[Prominence]),
) -> Option<Placing> {
    // Without a hash its text is short, or that of a page which other articles show, too.
    stored.content_hash?;
    let parts = Parts::of(&stored.article);
    let mentions = plan.matcher.find(&stored.source, &parts.fields()).mentions;
    let published = stored.article.published.map(Moment::timestamp);
    let sketch = Sketch::of(&stored.article, &parts, &mentions, published);
    let (bands, kindred) = sketch.kindred(weigh(causes, entities));
    let (id, judge) = (stored.id, kindred.judge);
    let of_others = judge.map(|judge| -> Judge {
        Arc::new(move |nearby| judge(nearby.into_iter().filter(|other| other.id != id).collect()))
    });
    let kindred = Kindred { judge: of_others, ..kindred };
    Some(Placing { bands, kindred })
}
