//! Aliases and phrases compiled into one automaton.

use std::collections::HashMap;

use daachorse::DoubleArrayAhoCorasick;

use super::PatternError;
use super::boundary::Guard;
use crate::model::{Alias, CaseRule, Entity};
use crate::text::fold;

/// Longer than any name or phrase that could stand in an article.
const LONGEST: usize = 300;

/// Whose spelling a pattern is: an index into the owners.
pub(super) type OwnerIndex = usize;

/// What mentions are reported under.
#[derive(Debug)]
pub(super) enum Owner {
    /// An entity's name.
    Entity(String),
    /// A phrase as its rule writes it.
    Phrase(String),
}

/// One folded spelling and everything written so.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) guard: Guard,
    pub(super) uses: Vec<Use>,
}

/// An alias or phrase that folds to a pattern. Options of single aliases belong here.
#[derive(Debug)]
pub(super) struct Use {
    pub(super) owner: OwnerIndex,
    /// As the user wrote it.
    pub(super) written: String,
    /// What the surface must be equal to, folded in all but case; `None` where case does not count.
    pub(super) exact: Option<String>,
}

/// Every pattern, and the automaton over their folded texts.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) owners: Vec<Owner>,
    pub(super) list: Vec<Pattern>,
    /// `None` where there is nothing to look for.
    pub(super) automaton: Option<Automaton>,
    /// Bytes of the longest folded text.
    pub(super) longest: usize,
}

/// The automaton; a wrapper because the library's type shows nothing of itself.
pub(super) struct Automaton(pub(super) DoubleArrayAhoCorasick<u32>);

impl std::fmt::Debug for Automaton {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Automaton").field("states", &self.0.num_states()).finish()
    }
}

/// Whether a pattern can match at all.
pub fn check_pattern(text: &str) -> Result<(), PatternError> {
    folded(text).map(drop)
}

fn folded(text: &str) -> Result<String, PatternError> {
    let key = fold::key(text);
    if key.is_empty() {
        return Err(PatternError(format!(
            "{text:?} can never match: nothing is left of it without white space and invisible characters. \
             Write at least one visible character."
        )));
    }
    let length = key.chars().count();
    if length > LONGEST {
        return Err(PatternError(format!(
            "A name or phrase of {length} characters will never stand in an article; {LONGEST} is the most. \
             Shorten the one that begins {:?}.",
            text.trim().chars().take(40).collect::<String>()
        )));
    }
    Ok(key)
}

impl Patterns {
    pub(super) fn compile(entities: &[Entity], phrases: &[String]) -> Result<Self, PatternError> {
        let mut draft = Draft::default();
        for entity in entities {
            let owner = draft.own(Owner::Entity(entity.name.clone()));
            for alias in &entity.aliases {
                draft.add(alias, owner)?;
            }
        }
        let mut seen = std::collections::HashSet::new();
        for phrase in phrases.iter().filter(|phrase| seen.insert(phrase.as_str())) {
            let owner = draft.own(Owner::Phrase(phrase.clone()));
            draft.add(&Alias { text: phrase.clone(), case: CaseRule::Fold }, owner)?;
        }
        draft.finish()
    }
}

#[derive(Default)]
struct Draft {
    owners: Vec<Owner>,
    keys: Vec<String>,
    list: Vec<Pattern>,
    by_key: HashMap<String, usize>,
}

impl Draft {
    fn own(&mut self, owner: Owner) -> OwnerIndex {
        self.owners.push(owner);
        self.owners.len() - 1
    }

    fn add(&mut self, alias: &Alias, owner: OwnerIndex) -> Result<(), PatternError> {
        let key = folded(&alias.text)?;
        let exact = (alias.case == CaseRule::Exact).then(|| fold::key_with_case(&alias.text));
        let found = Use { owner, written: alias.text.clone(), exact };
        let index = *self.by_key.entry(key.clone()).or_insert(self.list.len());
        if let Some(pattern) = self.list.get_mut(index) {
            pattern.uses.push(found);
        } else {
            self.list.push(Pattern { guard: Guard::of(&key), uses: vec![found] });
            self.keys.push(key);
        }
        Ok(())
    }

    fn finish(self) -> Result<Patterns, PatternError> {
        let longest = self.keys.iter().map(String::len).max().unwrap_or(0);
        let automaton = if self.keys.is_empty() { None } else { Some(build(&self.keys)?) };
        Ok(Patterns { owners: self.owners, list: self.list, automaton, longest })
    }
}

fn build(keys: &[String]) -> Result<Automaton, PatternError> {
    DoubleArrayAhoCorasick::new(keys).map(Automaton).map_err(|error| {
        PatternError(format!(
            "The {} names and phrases are too many to be looked for at once ({error}). Remove some.",
            keys.len()
        ))
    })
}
