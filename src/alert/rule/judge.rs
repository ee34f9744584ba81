//! Whether a rule holds.

use std::collections::BTreeSet;

use super::evidence::{Evidence, Spot};
use super::{Node, Part, Target, Unit};
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

impl View<'_> {
    fn holds(&self, node: &Node) -> bool {
        match node {
            Node::Found(target) => !self.spots(std::slice::from_ref(target)).is_empty(),
            Node::Near(one, other, words) => self.are_near(one, other, *words),
            Node::Same(unit, groups) => self.share(*unit, groups),
            Node::Count(targets, comparison, number) => comparison.holds(self.spots(targets).len(), *number),
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
        let (ones, others) = (self.spots(one), self.spots(other));
        self.follows(&ones, &others, most) || self.follows(&others, &ones, most)
    }

    /// Whether one of `later` begins at most so many words behind the end of one of `earlier`. A name within another is not near it.
    fn follows(&self, earlier: &[Spot], later: &[Spot], most: usize) -> bool {
        let mut ends: Vec<(Field, usize)> = earlier.iter().map(|spot| (spot.field, spot.end)).collect();
        ends.sort_unstable();
        let mut tried = None;
        later.iter().any(|spot| {
            let before = ends.partition_point(|end| *end <= (spot.field, spot.start));
            let nearest = before.checked_sub(1).and_then(|last| ends.get(last));
            let Some((field, end)) = nearest.copied().filter(|(field, _)| *field == spot.field) else {
                return false;
            };
            // Of those behind the same end the first is the nearest.
            tried.replace((field, end)) != Some((field, end))
                && self.words_between(field, end, spot.start, most) <= most
        })
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
