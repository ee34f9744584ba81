//! Whether a rule holds.

use std::collections::BTreeSet;

use super::evidence::{Evidence, Spot};
use super::{Comparison, Node, Part, Target, Unit};
use crate::model::Field;
use crate::text::{paragraph, sentence, word};

/// Whether `node` holds for what was found.
pub(super) fn holds(node: &Node, evidence: &Evidence<'_>) -> bool {
    View { evidence, parts: Vec::new() }.holds(node)
}

/// What was found, or what of it stands in some parts of the article.
struct View<'a> {
    evidence: &'a Evidence<'a>,
    parts: Vec<Part>,
}

/// Which side of `NEAR` a spot belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    One,
    Other,
}

impl View<'_> {
    fn holds(&self, node: &Node) -> bool {
        match node {
            Node::Found(target) => !self.spots(std::slice::from_ref(target)).is_empty(),
            Node::Near(one, other, words) => self.are_near(one, other, *words),
            Node::Same(unit, groups) => self.share(*unit, groups),
            Node::Count(targets, comparison, number) => {
                let count = self.spots(targets).len();
                match comparison {
                    Comparison::AtLeast => count >= *number,
                    Comparison::MoreThan => count > *number,
                    Comparison::Exactly => count == *number,
                    Comparison::AtMost => count <= *number,
                    Comparison::LessThan => count < *number,
                }
            }
            Node::Within(part, node) => {
                let parts = self.parts.iter().copied().chain([*part]).collect();
                View { evidence: self.evidence, parts }.holds(node)
            }
            Node::Not(node) => !self.holds(node),
            Node::All(nodes) => nodes.iter().all(|node| self.holds(node)),
            Node::Any(nodes) => nodes.iter().any(|node| self.holds(node)),
        }
    }

    /// Where any of the targets stands, ordered by field and place.
    fn spots(&self, targets: &[Target]) -> Vec<Spot> {
        let of = |target: &Target| match target {
            Target::Entity(name) => self.evidence.entity(name),
            Target::Phrase(phrase) => self.evidence.phrase(phrase),
        };
        let all = targets.iter().flat_map(|target| of(target).iter().copied());
        let mut spots: Vec<Spot> =
            all.filter(|spot| self.parts.iter().all(|part| self.is_in(*spot, *part))).collect();
        spots.sort_unstable();
        spots
    }

    /// Whether the spot stands in this part. The lead of an article without one is its first paragraph.
    fn is_in(&self, spot: Spot, part: Part) -> bool {
        match (part, spot.field) {
            (Part::Title, field) => field == Field::Title,
            (Part::Lead, Field::Lead) => true,
            (Part::Lead, Field::Body) if self.evidence.text(Field::Lead).trim().is_empty() => {
                spot.end <= self.evidence.first_paragraph()
            }
            (Part::Lead, _) => false,
        }
    }

    fn are_near(&self, one: &[Target], other: &[Target], most: usize) -> bool {
        let ones = self.spots(one).into_iter().map(|spot| (spot, Side::One));
        let others = self.spots(other).into_iter().map(|spot| (spot, Side::Other));
        let mut spots: Vec<(Spot, Side)> = ones.chain(others).collect();
        spots.sort_unstable();
        let mut field = None;
        let mut ends = [None, None];
        let mut last = None;
        for (spot, side) in spots {
            if field.replace(spot.field) != Some(spot.field) {
                (ends, last) = ([None, None], None);
            }
            let [mine, theirs] = match side {
                Side::One => [0, 1],
                Side::Other => [1, 0],
            };
            // Behind one of its own side it is further away than that one was.
            let opposite = ends.get(theirs).copied().flatten().filter(|_| last != Some(side));
            // A name within another name is not near it.
            let apart = opposite.filter(|end| *end <= spot.start);
            if apart.is_some_and(|end| self.words_between(spot.field, end, spot.start, most) <= most) {
                return true;
            }
            last = Some(side);
            if let Some(end) = ends.get_mut(mine) {
                *end = (*end).max(Some(spot.end));
            }
        }
        false
    }

    fn words_between(&self, field: Field, from: usize, to: usize, most: usize) -> usize {
        self.evidence.text(field).get(from..to).map_or(0, |between| word::count_up_to(between, most + 1))
    }

    fn share(&self, unit: Unit, groups: &[Vec<Target>]) -> bool {
        let mut spots: Vec<(Spot, usize)> = Vec::new();
        for (group, targets) in groups.iter().enumerate() {
            spots.extend(self.spots(targets).into_iter().map(|spot| (spot, group)));
        }
        spots.sort_unstable();
        let mut here: Option<(Field, usize)> = None;
        let mut present = BTreeSet::new();
        for (spot, group) in spots {
            if here.is_none_or(|(field, end)| field != spot.field || end <= spot.start) {
                here = Some((spot.field, self.end_of(unit, spot)));
                present.clear();
            }
            present.insert(group);
            if present.len() == groups.len() {
                return true;
            }
        }
        false
    }

    /// Where the sentence or paragraph around the spot ends.
    fn end_of(&self, unit: Unit, spot: Spot) -> usize {
        let text = self.evidence.text(spot.field);
        match unit {
            Unit::Sentence => sentence::range_around(text, spot.start, spot.end).end,
            Unit::Paragraph => paragraph::end(text, spot.end),
        }
    }
}
