//! Entities and phrases of rules to patterns.

use std::collections::{HashMap, HashSet};

use super::PatternError;
use super::conditions::{Conditions, Tracked};
use super::lane::Lane;
use super::pattern::{OwnerIndex, Patterns, Role, Spelling, Use, folded};
use super::texts::{TextId, Texts};
use crate::model::{Entity, Scope};
use crate::text::fold;

/// Where spellings are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Lanes {
    /// Each where it is found fastest.
    #[default]
    Fastest,
    /// All where marks and separators are left out, so that near misses are seen too.
    AllLoose,
}

/// Letters may be longer in the text than without their marks.
const LONGEST_LETTER: usize = 4;
/// Marks that do not compose with a letter; a name under more of them is not read as one.
const MARKS: usize = 64;

/// Compiles everything. Fails on what [`check_pattern`](super::check_pattern) and [`check_alias`](super::check_alias)
/// refuse.
pub(super) fn compile(
    entities: &[Entity],
    phrases: &[String],
    lanes: Lanes,
) -> Result<Patterns, PatternError> {
    let aliases = entities.iter().map(|entity| entity.aliases.len() + entity.not.len()).sum();
    let mut draft = Draft { lanes, plain: Vec::with_capacity(aliases), ..Draft::default() };
    for entity in entities {
        draft.entity(entity)?;
    }
    let mut seen = HashSet::new();
    for phrase in phrases.iter().filter(|phrase| seen.insert(phrase.as_str())) {
        let owner = draft.own(phrase, Scope::Any);
        draft.add(&Spelling::phrase(phrase), Role::Find(owner))?;
    }
    let bound = entities.iter().filter(|entity| !entity.sources.is_empty()).map(|entity| entity.name.clone());
    let patterns = draft.finish(entities.len() as OwnerIndex)?;
    Ok(Patterns { bound: bound.collect(), ..patterns })
}

#[derive(Default)]
struct Draft {
    lanes: Lanes,
    texts: Texts,
    owners: Vec<Tracked>,
    keys: Texts,
    plain: Vec<(TextId, Use)>,
    loose: Vec<(TextId, Use)>,
    contexts: HashMap<String, TextId>,
}

impl Draft {
    fn own(&mut self, name: &str, scope: Scope) -> OwnerIndex {
        let name = self.texts.push(name);
        self.owners.push(Tracked { name, reach: 0, scope, conditions: None });
        (self.owners.len() - 1) as OwnerIndex
    }

    fn entity(&mut self, entity: &Entity) -> Result<(), PatternError> {
        let owner = self.own(&entity.name, entity.scope);
        for alias in &entity.aliases {
            self.add(&Spelling::alias(alias), Role::Find(owner))?;
        }
        for phrase in &entity.not {
            self.add(&Spelling::phrase(phrase), Role::Not(owner))?;
        }
        let with_any = self.contexts(&entity.with_any)?;
        let without_any = self.contexts(&entity.without_any)?;
        if let Some(tracked) = self.owners.get_mut(owner as usize) {
            tracked.conditions = Conditions::of(entity, with_any, without_any);
        }
        Ok(())
    }

    /// The numbers of phrases on which entities depend; one that several share is looked for once.
    fn contexts(&mut self, phrases: &[String]) -> Result<Vec<TextId>, PatternError> {
        let mut ids = Vec::new();
        for phrase in phrases {
            let spelling = Spelling::phrase(phrase);
            let key = folded(&spelling)?;
            if let Some(id) = self.contexts.get(&key) {
                ids.push(*id);
                continue;
            }
            let id = self.texts.push(phrase);
            self.contexts.insert(key, id);
            self.add(&spelling, Role::Context(id))?;
            ids.push(id);
        }
        Ok(ids)
    }

    fn add(&mut self, spelling: &Spelling<'_>, role: Role) -> Result<(), PatternError> {
        let key = folded(spelling)?;
        // What begins or ends with a hyphen is found only where hyphens are.
        let may_loosen = !key.starts_with('-') && !key.ends_with('-');
        let loose = spelling.is_loose() || self.lanes == Lanes::AllLoose && may_loosen;
        let loosened = if loose { fold::loose(&key).as_str().to_owned() } else { String::new() };
        let used = spelling.compiled(role, &key, loose, &mut self.texts);
        if let Role::Find(owner) | Role::Not(owner) = role
            && let Some(tracked) = self.owners.get_mut(owner as usize)
        {
            let reach = if loose { key.len() * LONGEST_LETTER + MARKS } else { key.len() };
            tracked.reach = tracked.reach.max(reach as u32);
        }
        if loose {
            self.loose.push((self.keys.push(&loosened), used));
        } else {
            self.plain.push((self.keys.push(&key), used));
        }
        Ok(())
    }

    fn finish(mut self, entities: OwnerIndex) -> Result<Patterns, PatternError> {
        // What stays is made before what is only needed meanwhile, so that this lies together and goes back as a whole.
        self.texts.shrink();
        self.owners.shrink_to_fit();
        let mut uses = Vec::new();
        let plain = Lane::compile(self.plain, &self.keys, &mut uses)?;
        let loose = Lane::compile(self.loose, &self.keys, &mut uses)?;
        let (texts, owners, bound) = (self.texts, self.owners, HashSet::new());
        Ok(Patterns { texts, owners, entities, uses, plain, loose, bound })
    }
}
