//! What is looked for: folded spellings, and everything that is spelt so.

use std::collections::HashSet;

use super::PatternError;
use super::boundary::Edges;
use super::conditions::Tracked;
use super::lane::Lane;
use super::texts::{TextId, Texts};
use crate::model::{Alias, Boundary, CaseRule, MarksRule, Separator};
use crate::text::fold::{self, Ignores};

/// Longer than any name or phrase that could stand in an article, in characters.
const LONGEST: usize = 300;

/// Marks alone make no difference.
const MARKS: Ignores = Ignores { marks: true, separators: false };

/// Whose finds they are: entities first, then phrases of rules.
pub(super) type OwnerIndex = u32;

/// Which spelling, and how it is compared.
pub(super) type UseIndex = u32;

/// What a spelling is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// As an alias of this entity, or as this phrase of a rule.
    Find(OwnerIndex),
    /// As a phrase in which finds of this entity do not count.
    Not(OwnerIndex),
    /// As a phrase on which entities depend.
    Context(TextId),
}

/// One spelling for one purpose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    pub(super) role: Role,
    /// As the user wrote it.
    pub(super) written: TextId,
    /// What it may touch.
    pub(super) edges: Edges,
    /// What a find must be equal to beyond what its automaton compares.
    pub(super) proof: Proof,
    /// Makes no difference in that comparison.
    pub(super) ignores: Ignores,
    /// Whether it counts only beside an alias without this.
    pub(super) requires_full: bool,
}

/// What a find must be equal to: a text whose number is the next after that of the spelling as the user wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// Being found is enough; there is no such text.
    Found,
    /// The spelling folded.
    Folded,
    /// The spelling folded in all but case.
    Cased,
}

/// Everything that is looked for.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) texts: Texts,
    /// Entities, then phrases.
    pub(super) owners: Vec<Tracked>,
    /// How many of the owners are entities.
    pub(super) entities: OwnerIndex,
    pub(super) uses: Vec<Use>,
    /// Spellings found as they stand in the folded text.
    pub(super) plain: Lane,
    /// Spellings of which marks or separators do not count.
    pub(super) loose: Lane,
    /// The entities that count only in articles of some sources.
    pub(super) bound: HashSet<String>,
}

impl Patterns {
    /// The owner of this index.
    pub(super) fn owner(&self, index: OwnerIndex) -> Option<&Tracked> {
        self.owners.get(index as usize)
    }

    /// The use of this index.
    pub(super) fn used(&self, index: UseIndex) -> Option<&Use> {
        self.uses.get(index as usize)
    }

    /// What a spelling is to be proved by.
    pub(super) fn proof(&self, used: &Use) -> &str {
        match used.proof {
            Proof::Found => "",
            Proof::Folded | Proof::Cased => self.texts.get(used.written + 1),
        }
    }
}

/// A spelling to be compiled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spelling<'a> {
    pub(super) text: &'a str,
    case: CaseRule,
    pub(super) ignores: Ignores,
    boundary: Boundary,
    version: bool,
    requires_full: bool,
}

impl<'a> Spelling<'a> {
    /// A phrase: marks count, case does not.
    pub(super) fn phrase(text: &'a str) -> Self {
        Self {
            text,
            case: CaseRule::Fold,
            ignores: Ignores::default(),
            boundary: Boundary::Auto,
            version: false,
            requires_full: false,
        }
    }

    /// An alias with its options.
    pub(super) fn alias(alias: &'a Alias) -> Self {
        let ignores =
            Ignores { marks: alias.marks == MarksRule::Fold, separators: alias.sep == Separator::Flex };
        Self {
            text: &alias.text,
            case: alias.case,
            ignores,
            boundary: alias.boundary,
            version: alias.version,
            requires_full: alias.requires_full,
        }
    }

    /// Whether it is found only where marks and separators are left out.
    pub(super) fn is_loose(&self) -> bool {
        self.ignores != Ignores::default()
    }

    /// The spelling for a purpose. `key` is it folded; `proves` whether being found is not enough.
    pub(super) fn compiled(&self, role: Role, key: &str, proves: bool, texts: &mut Texts) -> Use {
        let written = texts.push(self.text);
        let proof = match self.case {
            CaseRule::Exact => {
                texts.push(&fold::key_with_case(self.text));
                Proof::Cased
            }
            CaseRule::Fold if proves => {
                texts.push(key);
                Proof::Folded
            }
            CaseRule::Fold => Proof::Found,
        };
        let edges = match role {
            Role::Context(_) => Edges::of_context(key),
            Role::Find(_) | Role::Not(_) => Edges::of(key, self.boundary, self.version),
        };
        Use { role, written, edges, proof, ignores: self.ignores, requires_full: self.requires_full }
    }
}

/// Whether a phrase can match at all.
pub fn check_pattern(text: &str) -> Result<(), PatternError> {
    folded(&Spelling::phrase(text)).map(drop)
}

/// Whether an alias can match at all.
pub fn check_alias(alias: &Alias) -> Result<(), PatternError> {
    folded(&Spelling::alias(alias)).map(drop)
}

/// The folded spelling.
pub(super) fn folded(spelling: &Spelling<'_>) -> Result<String, PatternError> {
    let (text, mut key) = (spelling.text, fold::key(spelling.text));
    let is_hyphened = key.starts_with('-') || key.ends_with('-');
    if spelling.ignores.separators {
        key = key.trim_matches([' ', '-']).to_owned();
    }
    let length = key.chars().count();
    let nothing_left = if key.is_empty() {
        Some("white space and invisible characters. Write at least one visible character")
    } else if spelling.is_loose() && fold::loose(&key).as_str().is_empty() {
        Some(
            "marks, spaces and hyphens, which are not compared here. Write at least one letter, digit or sign",
        )
    } else {
        None
    };
    if let Some(what) = nothing_left {
        return Err(PatternError(format!("{text:?} can never match: nothing is left of it without {what}.")));
    }
    if spelling.ignores == MARKS && is_hyphened {
        return Err(PatternError(format!(
            "{text:?} cannot be compared without marks, because it begins or ends with a hyphen. Leave the hyphen out."
        )));
    }
    if length > LONGEST {
        return Err(PatternError(format!(
            "A name or phrase of {length} characters will never stand in an article; {LONGEST} is the most. \
             Shorten the one that begins {:?}.",
            text.trim().chars().take(40).collect::<String>()
        )));
    }
    Ok(key)
}
