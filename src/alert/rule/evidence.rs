//! What rules are judged by: where entities and phrases stand in an article.

use std::collections::HashMap;

use crate::model::{Field, Matches};
use crate::text::paragraph;

/// Where everything was found in an article, and its text.
#[derive(Debug, Default)]
pub struct Evidence<'a> {
    entities: HashMap<&'a str, Vec<Spot>>,
    phrases: HashMap<&'a str, Vec<Spot>>,
    fields: &'a [(Field, &'a str)],
    /// Where the body's first paragraph ends.
    first_paragraph: usize,
}

/// A place in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) field: Field,
    /// First byte.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

impl<'a> Evidence<'a> {
    /// What was found in these fields.
    pub fn of(matches: &'a Matches, fields: &'a [(Field, &'a str)]) -> Self {
        let mut evidence = Self { fields, ..Self::default() };
        for mention in &matches.mentions {
            let spot = Spot { field: mention.field, start: mention.start, end: mention.end };
            evidence.entities.entry(&mention.entity).or_default().push(spot);
        }
        for hit in &matches.phrases {
            let spot = Spot { field: hit.field, start: hit.start, end: hit.end };
            evidence.phrases.entry(&hit.phrase).or_default().push(spot);
        }
        let body = evidence.text(Field::Body);
        evidence.first_paragraph = paragraph::end(body, body.len() - body.trim_start().len());
        evidence
    }

    /// The names of the entities that are mentioned.
    pub(in crate::alert) fn entities(&self) -> impl Iterator<Item = &'a str> {
        self.entities.keys().copied()
    }

    /// Where this entity stands, in order.
    pub(super) fn entity(&self, name: &str) -> &[Spot] {
        self.entities.get(name).map_or(&[], Vec::as_slice)
    }

    /// Where this phrase stands, in order.
    pub(super) fn phrase(&self, phrase: &str) -> &[Spot] {
        self.phrases.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// Where the body's first paragraph ends.
    pub(super) fn first_paragraph(&self) -> usize {
        self.first_paragraph
    }

    /// The text of a field.
    pub(super) fn text(&self, field: Field) -> &'a str {
        self.fields.iter().find(|(name, _)| *name == field).map_or("", |(_, text)| text)
    }
}
