//! One pass over an article for every alias and phrase.

use std::collections::BTreeMap;
use std::ops::Range;

use super::PatternError;
use super::address::addresses;
use super::choice::{Choice, Find};
use super::pattern::{Owner, OwnerIndex, Patterns, Use};
use crate::model::{Entity, Field, Matches, Mention, PhraseHit};
use crate::text::fold::{self, Case, Folded};

/// Finds every alias and phrase in one pass. Cheap to share, never changed.
#[derive(Debug)]
pub struct Matcher {
    patterns: Patterns,
}

impl Matcher {
    /// Compiles entities and the phrases of rules. Fails on what [`check_pattern`](super::check_pattern) refuses.
    pub fn new(entities: &[Entity], phrases: &[String]) -> Result<Self, PatternError> {
        Ok(Self { patterns: Patterns::compile(entities, phrases)? })
    }

    /// Everything that stands in these fields: of one entity or phrase the leftmost-longest finds, of different
    /// ones all. Ordered by field and place, the longer first where two begin together.
    pub fn find(&self, fields: &[(Field, &str)]) -> Matches {
        let mut matches = Matches::default();
        let mut ordered: Vec<_> = fields.iter().collect();
        ordered.sort_by_key(|(field, _)| *field);
        for (field, text) in ordered {
            let mut chosen = self.search(text);
            chosen.sort_by_key(|(owner, find)| (find.original.start, usize::MAX - find.original.end, *owner));
            for (owner, find) in chosen {
                self.report(&mut matches, owner, &find, (*field, text));
            }
        }
        matches
    }

    fn search(&self, text: &str) -> Vec<(OwnerIndex, Find)> {
        let Some(automaton) = &self.patterns.automaton else {
            return Vec::new();
        };
        let folded = fold::fold(text, Case::Fold);
        let mut search = Search::new(&self.patterns, text, &folded);
        for hit in automaton.0.find_overlapping_iter(folded.as_str()) {
            search.consider(hit.value() as usize, hit.start()..hit.end());
        }
        search.finish()
    }

    fn report(&self, matches: &mut Matches, owner: OwnerIndex, find: &Find, (field, text): (Field, &str)) {
        let Range { start, end } = find.original;
        let used = self.patterns.list.get(find.pattern).and_then(|pattern| pattern.uses.get(find.used));
        let (Some(owner), Some(used), Some(surface)) =
            (self.patterns.owners.get(owner), used, text.get(start..end))
        else {
            return;
        };
        match owner {
            Owner::Entity(name) => {
                let (entity, alias) = (name.clone(), used.written.clone());
                matches.mentions.push(Mention {
                    entity,
                    alias,
                    surface: surface.to_owned(),
                    start,
                    end,
                    field,
                });
            }
            Owner::Phrase(phrase) => {
                matches.phrases.push(PhraseHit { phrase: phrase.clone(), start, end, field });
            }
        }
    }
}

/// The search of one field.
struct Search<'a> {
    patterns: &'a Patterns,
    text: &'a str,
    folded: &'a Folded,
    /// Looked for only once something was found.
    addresses: Option<Vec<Range<usize>>>,
    choices: BTreeMap<OwnerIndex, Choice>,
}

impl<'a> Search<'a> {
    fn new(patterns: &'a Patterns, text: &'a str, folded: &'a Folded) -> Self {
        Self { patterns, text, folded, addresses: None, choices: BTreeMap::new() }
    }

    /// The pattern stands at these bytes of the folded text: does it count, and for whom?
    fn consider(&mut self, index: usize, found: Range<usize>) {
        let Some(pattern) = self.patterns.list.get(index) else {
            return;
        };
        if !pattern.guard.allows(self.folded.as_str(), &found) {
            return;
        }
        let original = self.folded.original(found.clone());
        // Half of what one character folded to is no find.
        let Some(surface) = self.text.get(original.clone()) else {
            return;
        };
        if self.is_inside_address(&original) {
            return;
        }
        let mut cased = None;
        for (used, Use { owner, exact, .. }) in pattern.uses.iter().enumerate() {
            if exact
                .as_ref()
                .is_some_and(|wanted| wanted != cased.get_or_insert_with(|| fold::key_with_case(surface)))
            {
                continue;
            }
            let find = Find { folded: found.clone(), original: original.clone(), pattern: index, used };
            self.choices.entry(*owner).or_default().offer(find, self.patterns.longest);
        }
    }

    /// Whether it touches an address that it does not cover.
    fn is_inside_address(&mut self, original: &Range<usize>) -> bool {
        let text = self.text;
        let addresses = self.addresses.get_or_insert_with(|| addresses(text));
        let first = addresses.partition_point(|address| address.end <= original.start);
        let touched = addresses.get(first..).unwrap_or_default().iter();
        touched
            .take_while(|address| address.start < original.end)
            .any(|address| address.start < original.start || original.end < address.end)
    }

    fn finish(self) -> Vec<(OwnerIndex, Find)> {
        let chosen = self.choices.into_iter();
        chosen
            .flat_map(|(owner, choice)| choice.finish().into_iter().map(move |find| (owner, find)))
            .collect()
    }
}
