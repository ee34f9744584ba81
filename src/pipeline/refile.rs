//! A stored article beside its kin: who told the same, and which story it belongs to. Articles that concerned nobody when they were
//! filed were compared with none.

use std::sync::Arc;

use super::context::Plan;
use super::ingest::weigh;
use super::kinship::Sketch;
use super::parts::Parts;
use crate::model::{Moment, Prominence};
use crate::store::{Causes, Judge, Kindred, Nearby, Placing, StoredArticle};

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
    let (bands, keys, facts) =
        (sketch.facts.signature.bands().to_vec(), sketch.facts.keys(), sketch.facts.packed());
    let (id, judge) = (stored.id, sketch.judge());
    let of_others: Judge = Arc::new(move |nearby: Vec<Nearby>| {
        judge(nearby.into_iter().filter(|other| other.id != id).collect())
    });
    let kindred = Kindred { keys, facts, judge: Some(of_others), weigh: Some(weigh(causes, entities)) };
    Some(Placing { bands, kindred })
}
