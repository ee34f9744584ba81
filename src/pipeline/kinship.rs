//! What an article is to those that were filed before it: the store shows who may be kin, `dedup` judges.

use std::cmp::Reverse;
use std::sync::Arc;

use super::parts::Parts;
use crate::dedup::{Bond, Facts, Known, Signature, bond, tied};
use crate::model::{Article, Mention, Timestamp};
use crate::store::{Judge, Kin, Kindred, Nearby, Weigh};

/// What an article is compared by.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    facts: Facts,
    /// Its headline and its paragraphs, each a line.
    text: String,
}

impl Sketch {
    pub(super) fn of(
        article: &Article,
        parts: &Parts<'_>,
        mentions: &[Mention],
        published: Option<Timestamp>,
    ) -> Self {
        let (lead, text) = opening(article, &parts.body);
        let facts = Facts::of(crate::dedup::Parts { title: &article.title, lead, text, mentions, published });
        Self { facts, text: format!("{}\n{lead}\n{text}", article.title.replace('\n', " ")) }
    }

    /// What the store looks for its kin by: the bands of its words, its names and numbers, who of those that it finds is kin, and who was told.
    pub(super) fn kindred(self, weigh: Weigh) -> (Vec<u64>, Kindred) {
        let (bands, keys) = (self.facts.signature.bands().to_vec(), self.facts.keys());
        let facts = self.facts.packed();
        let judge: Judge = Arc::new(move |nearby| judge(&self, nearby));
        (bands, Kindred { keys, facts, judge: Some(judge), weigh: Some(weigh) })
    }
}

/// Those of the articles nearby that this one belongs to, the nearest first, of equals the eldest.
fn judge(sketch: &Sketch, nearby: Vec<Nearby>) -> Vec<Kin> {
    let mut kin: Vec<(Nearby, Bond, Facts)> =
        nearby.into_iter().filter_map(|nearby| judge_one(sketch, nearby)).collect();
    kin.sort_by_key(|(nearby, bond, _)| (Reverse((bond.share * 1_000.0) as u32), nearby.id));
    let bonds: Vec<(Bond, &Facts)> = kin.iter().map(|(_, bond, facts)| (*bond, facts)).collect();
    let first = kin.first().and_then(|(nearby, ..)| nearby.story);
    let ties = tied(&bonds);
    let with_ties = kin.iter().zip(ties);
    with_ties
        .map(|((nearby, bond, _), is_tied)| Kin {
            id: nearby.id,
            holds_all: bond.is_contained,
            is_tied: is_tied || (nearby.story.is_some() && nearby.story == first),
        })
        .collect()
}

fn judge_one(sketch: &Sketch, nearby: Nearby) -> Option<(Nearby, Bond, Facts)> {
    let facts = nearby.facts.as_deref().and_then(Facts::unpacked);
    let signature = nearby.article.as_ref().map(signature);
    let known = Known { facts: facts.as_ref(), signature: signature.as_ref() };
    let bond = bond(&sketch.facts, &sketch.text, known)?;
    let facts = facts.or_else(|| nearby.article.as_ref().map(facts_of)).unwrap_or_default();
    Some((nearby, bond, facts))
}

fn signature(article: &Article) -> Signature {
    Signature::of(&format!("{}\n{}\n{}", article.title, article.lead, article.paragraphs.join("\n")))
}

/// Of an article whose names and numbers are no longer kept.
fn facts_of(article: &Article) -> Facts {
    let published = article.published.map(crate::model::Moment::timestamp);
    Sketch::of(article, &Parts::of(article), &[], published).facts
}

/// The lead, or the first paragraph of an article without one, and the paragraphs behind it.
fn opening<'a>(article: &'a Article, body: &'a str) -> (&'a str, &'a str) {
    if article.lead.trim().is_empty() {
        body.trim_start().split_once('\n').unwrap_or((body, ""))
    } else {
        (&article.lead, body)
    }
}
