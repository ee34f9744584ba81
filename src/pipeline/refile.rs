//! A stored article beside its kin: who told the same, and which story it belongs to. Articles that concerned nobody when they were
//! filed were compared with none.

use std::cmp::Reverse;
use std::sync::Arc;

use super::context::Plan;
use super::kinship::Sketch;
use super::parts::Parts;
use crate::alert::{Fired, withheld};
use crate::dedup::{Bond, Facts, Known, Signature, bond, tied};
use crate::model::{Article, Earlier, Moment, Prominence};
use crate::store::{Causes, Kin, Kindred, Nearby, Placing, Store, StoreError, StoredArticle};

/// Looks for the kin of a stored article that mentions these entities, of which `causes` are to be told. `None` where it has no text
/// by which it could be compared.
pub async fn place(
    store: &Store,
    plan: &Plan,
    stored: &StoredArticle,
    (causes, entities): (&Causes, &[Prominence]),
) -> Result<Option<Placing>, StoreError> {
    // Without a hash its text is short, or that of a page which other articles show, too.
    if stored.content_hash.is_none() {
        return Ok(None);
    }
    let (facts, (bands, keys)) = {
        let parts = Parts::of(&stored.article);
        let mentions = plan.matcher.find(&stored.source, &parts.fields()).mentions;
        let published = stored.article.published.map(Moment::timestamp);
        let sketch = Sketch::of(&stored.article, &parts, &mentions, published);
        let marks = sketch.marks();
        (sketch.facts, marks)
    };
    let nearby = store.vicinity(bands.clone(), keys.clone(), stored.first_seen_at).await?.found;
    let kin = kin((&facts, &lines(&stored.article)), nearby.into_iter().filter(|near| near.id != stored.id));
    let (causes, entities) = (causes.clone(), entities.to_vec());
    let weigh = move |earlier: &[Earlier]| {
        let fired = Fired { alerts: &causes.alerts, digests: &causes.digests, entities: &entities };
        withheld(fired, earlier)
    };
    let kindred =
        Kindred { keys, facts: facts.packed(), kin, weigh: Some(Arc::new(weigh)), ..Kindred::default() };
    Ok(Some(Placing { bands, kindred }))
}

/// Those of the articles nearby that this one belongs to, the nearest first, of equals the eldest.
fn kin((facts, text): (&Facts, &str), nearby: impl Iterator<Item = Nearby>) -> Vec<Kin> {
    let mut kin: Vec<(Nearby, Bond, Facts)> = nearby
        .filter_map(|near| {
            let known = near.facts.as_deref().and_then(Facts::unpacked);
            let signature = near.article.as_ref().map(|article| Signature::of(&lines(article)));
            let bond = bond(facts, text, Known { facts: known.as_ref(), signature: signature.as_ref() })?;
            Some((near, bond, known.unwrap_or_default()))
        })
        .collect();
    kin.sort_by_key(|(near, bond, _)| (Reverse((bond.share * 1_000.0) as u32), near.id));
    let bonds: Vec<(Bond, &Facts)> = kin.iter().map(|(_, bond, facts)| (*bond, facts)).collect();
    let with_ties = kin.iter().zip(tied(&bonds));
    with_ties
        .map(|((near, bond, _), is_tied)| Kin { id: near.id, holds_all: bond.is_contained, is_tied })
        .collect()
}

/// The headline, the lead and the paragraphs, each a line.
fn lines(article: &Article) -> String {
    format!("{}\n{}\n{}", article.title.replace('\n', " "), article.lead, article.paragraphs.join("\n"))
}
