//! What an article is to those that were filed before it.

use super::compare::{Comparison, Kinship};
use super::contained::is_contained;
use super::facts::Facts;
use super::signature::Signature;
use super::story::{may_be_one, same_story};

/// A text that holds another makes both one story only where the other is so much of it; the items of a round-up are less.
const LARGE: f32 = 0.3;

/// An article that was filed before, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Its names and numbers; the signature may be missing.
    pub facts: Option<&'a Facts>,
    /// Its text, where it has bands in common.
    pub signature: Option<&'a Signature>,
}

/// How an article belongs to one that was filed before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bond {
    /// How much they are the same text, from 0 for two articles on one event to 1 for exact copies.
    pub share: f32,
    /// Whether it says nothing that the other does not.
    pub is_contained: bool,
    /// Whether it makes a story of the other and further ones: a round-up holds texts of several events.
    pub is_close: bool,
}

/// What joins an article (its facts and its lines, the headline first) to a known one; `None` where nothing does.
pub fn bond(article: &Facts, text: &str, known: Known<'_>) -> Option<Bond> {
    let kinship = known
        .signature
        .map_or(Kinship::Unrelated, |other| Comparison::of(&article.signature, other).kinship());
    let of_one_event = || known.facts.is_some_and(|other| same_story(article, other));
    let (share, is_close) = match kinship {
        Kinship::SameForm => return None,
        Kinship::Unrelated => {
            return of_one_event().then_some(Bond { share: 0.0, is_contained: false, is_close: true });
        }
        Kinship::Exact => (1.0, true),
        Kinship::Near { share } => (share, true),
        Kinship::Contained { share } | Kinship::Contains { share } => (share, is_large(article, known)),
    };
    let is_contained = known.signature.is_some_and(|other| is_contained(text, &article.signature, other));
    Some(Bond { share, is_contained, is_close })
}

/// Whether the smaller of both texts is a large part of the other.
fn is_large(article: &Facts, known: Known<'_>) -> bool {
    known.signature.is_some_and(|other| {
        let comparison = Comparison::of(&article.signature, other);
        comparison.of_first.min(comparison.of_second) >= LARGE
    })
}

/// Which of several kin are of one story with the first of them, which is the nearest: those that the article is close to and
/// that may be of one event with the first by themselves.
pub fn tied(kin: &[(Bond, &Facts)]) -> Vec<bool> {
    let Some((first, rest)) = kin.split_first() else { return Vec::new() };
    let is_tied =
        |(bond, facts): &(Bond, &Facts)| first.0.is_close && bond.is_close && may_be_one(first.1, facts);
    std::iter::once(true).chain(rest.iter().map(is_tied)).collect()
}
