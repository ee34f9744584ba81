//! One pass over an article for every alias and phrase.

use super::PatternError;
use super::choice::Find;
use super::compile::{Lanes, compile};
use super::conditions::Shown;
use super::pattern::{OwnerIndex, Patterns};
use super::search::{Gathered, Own, Search, Searched};
use crate::model::{Entity, Field, Matches, Mention, PhraseHit};
use crate::text::fold;

/// Finds every alias and phrase in one pass. Cheap to share, never changed.
#[derive(Debug)]
pub struct Matcher {
    patterns: Patterns,
}

impl Matcher {
    /// Compiles entities and the phrases of rules. Fails on what [`check_pattern`](super::check_pattern) and
    /// [`check_alias`](super::check_alias) refuse. A million aliases take seconds.
    pub fn new(entities: &[Entity], phrases: &[String]) -> Result<Self, PatternError> {
        Ok(Self { patterns: compile(entities, phrases, Lanes::Fastest)? })
    }

    /// Whether this entity counts only in articles of some sources.
    pub fn is_bound_to_sources(&self, entity: &str) -> bool {
        self.patterns.bound.contains(entity)
    }

    /// Whether some entity does.
    pub fn binds_some_to_sources(&self) -> bool {
        !self.patterns.bound.is_empty()
    }

    /// Everything that stands in these fields of an article that `source` brought: of one entity or phrase the
    /// leftmost-longest finds, of different ones all. Ordered by field and place, the longer first where two begin
    /// together.
    pub fn find(&self, source: &str, fields: &[(Field, &str)]) -> Matches {
        find(&self.patterns, source, fields)
    }
}

pub(super) fn find(patterns: &Patterns, source: &str, fields: &[(Field, &str)]) -> Matches {
    let mut gathered = Gathered::default();
    for (field, text) in fields {
        let searched = Searched::new(patterns, *field, text);
        Search::new(patterns, &searched, &mut gathered).run();
    }
    report(patterns, &gathered, source, fields)
}

/// What of the gathered finds counts.
pub(super) fn report(
    patterns: &Patterns,
    gathered: &Gathered,
    source: &str,
    fields: &[(Field, &str)],
) -> Matches {
    let source = fold::key(source);
    let counted = gathered.owners.iter().filter(|(owner, own)| {
        let shown = shown(gathered, own, &source);
        patterns.owner(**owner).is_some_and(|tracked| tracked.refusal(shown).is_none())
    });
    let mut finds: Vec<(Field, &Find, OwnerIndex)> = counted
        .flat_map(|(owner, own)| own.finds.iter().map(|(field, find)| (*field, find, *owner)))
        .collect();
    finds.sort_unstable_by_key(|(field, find, owner)| {
        (*field, find.original.start, usize::MAX - find.original.end, *owner)
    });
    let mut matches = Matches::default();
    for (field, find, owner) in finds {
        let Some((_, text)) = fields.iter().find(|(name, _)| *name == field) else { continue };
        tell(patterns, (owner, find), (field, text), &mut matches);
    }
    matches
}

/// What an article shows of an entity.
pub(super) fn shown<'a>(gathered: &'a Gathered, own: &Own, source: &'a str) -> Shown<'a> {
    Shown { source, contexts: &gathered.contexts, has_full: own.has_full, count: own.finds.len() }
}

fn tell(
    patterns: &Patterns,
    (owner, find): (OwnerIndex, &Find),
    (field, text): (Field, &str),
    matches: &mut Matches,
) {
    let (start, end) = (find.original.start, find.original.end);
    let (Some(tracked), Some(used)) = (patterns.owner(owner), patterns.used(find.used)) else { return };
    let (name, written) = (patterns.texts.get(tracked.name), patterns.texts.get(used.written));
    if owner >= patterns.entities {
        matches.phrases.push(PhraseHit { phrase: name.to_owned(), start, end, field });
        return;
    }
    let surface = text.get(start..end).unwrap_or_default().to_owned();
    let (entity, alias) = (name.to_owned(), written.to_owned());
    matches.mentions.push(Mention { entity, alias, surface, start, end, field });
}
