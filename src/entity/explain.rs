//! Why a spelling that stands in a text does not count.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::PatternError;
use super::boundary::Touched;
use super::compile::{Lanes, compile};
use super::conditions::Refusal;
use super::matcher::{report, shown};
use super::pattern::{OwnerIndex, Patterns, Proof, Role, Use};
use super::search::{Gathered, Own, Search, Searched, loose_hits};
use crate::model::{Entity, Field, Mention};
use crate::text::fold::{self, Ignores};

/// Finds what is nearly a mention. Slower than a [`Matcher`](super::Matcher), for people who try their configuration.
#[derive(Debug)]
pub struct Explainer {
    pub(super) patterns: Patterns,
}

/// A spelling that stands in a text, case, marks and separators aside, and does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NearMiss {
    /// The entity's name.
    pub entity: String,
    /// The alias as the user wrote it.
    pub alias: String,
    /// What stands in the text.
    pub surface: String,
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Where it stands.
    pub field: Field,
    /// Why it does not count; never empty.
    pub obstacles: Vec<Obstacle>,
}

/// Why a spelling does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// It is part of a longer word.
    Boundary,
    /// It is another version.
    Version,
    /// Its case differs.
    Case,
    /// Its marks differ.
    Marks,
    /// Its spaces or hyphens differ.
    Sep,
    /// It is part of an address.
    Url,
    /// It stands in a part that does not count.
    Scope,
    /// It stands inside a phrase of `not`.
    Not,
    /// The article comes from another source.
    Sources,
    /// No phrase of `with_any` stands in the article.
    WithAny,
    /// A phrase of `without_any` stands in the article.
    WithoutAny,
    /// No full spelling stands in the article.
    RequiresFull,
    /// It stands too few times in the article.
    MinCount,
}

impl fmt::Display for Obstacle {
    /// A clause such as `it is part of a longer word (boundary)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Boundary => "it is part of a longer word (boundary)",
            Self::Version => "a point and a digit follow, so that it is another version (version)",
            Self::Case => "upper and lower case differ (case = \"exact\")",
            Self::Marks => "its marks differ (marks = \"fold\" would take it)",
            Self::Sep => {
                "its spaces or hyphens differ (sep = \"flex\" would take it, where the alias has a space)"
            }
            Self::Url => "it is part of a web or mail address",
            Self::Scope => "it stands in a part that does not count (scope)",
            Self::Not => "it stands inside a phrase of \"not\"",
            Self::Sources => "the article is not from one of \"sources\"",
            Self::WithAny => "the article holds none of \"with_any\"",
            Self::WithoutAny => "the article holds one of \"without_any\"",
            Self::RequiresFull => "the article holds no full spelling of the entity (requires_full)",
            Self::MinCount => "it stands too few times in the article (min_count)",
        })
    }
}

/// More near misses of one text help nobody.
const MOST: usize = 500;

/// A place of the folded text and what stands there.
struct Place<'a> {
    searched: &'a Searched<'a>,
    folded: Range<usize>,
    original: Range<usize>,
    surface: &'a str,
}

impl Explainer {
    /// Compiles entities. Fails on what [`check_alias`](super::check_alias) and
    /// [`check_pattern`](super::check_pattern) refuse.
    pub fn new(entities: &[Entity]) -> Result<Self, PatternError> {
        Ok(Self { patterns: compile(entities, &[], Lanes::AllLoose)? })
    }

    /// Every spelling in these fields that does not count, in order, and why. Of an article that `source` brought.
    pub fn near_misses(&self, source: &str, fields: &[(Field, &str)]) -> Vec<NearMiss> {
        let mut gathered = Gathered::default();
        let searched = fields.iter().map(|(field, text)| Searched::new(&self.patterns, *field, text));
        let searched: Vec<Searched<'_>> = searched.collect();
        for field in &searched {
            Search::new(&self.patterns, field, &mut gathered).run();
        }
        let mentions = report(&self.patterns, &gathered, source, fields).mentions;
        let mut found = BTreeMap::new();
        for field in &searched {
            self.look_through(field, (&gathered, &fold::key(source)), &mentions, &mut found);
        }
        found.into_values().take(MOST).collect()
    }

    fn look_through(
        &self,
        searched: &Searched<'_>,
        (gathered, source): (&Gathered, &str),
        mentions: &[Mention],
        found: &mut BTreeMap<(Field, usize, OwnerIndex), NearMiss>,
    ) {
        let excluded = self.excluded(searched);
        for (indices, folded) in loose_hits(&self.patterns, searched) {
            let original = searched.folded.original(folded.clone());
            let Some(surface) = searched.text.get(original.clone()) else { continue };
            let place = Place { searched, folded, original, surface };
            for used in indices.filter_map(|index| self.patterns.used(index)) {
                let Role::Find(owner) = used.role else { continue };
                let mut obstacles = self.here(used, owner, &place);
                if obstacles.is_empty() && is_within(&excluded, owner, &place.folded) {
                    obstacles.push(Obstacle::Not);
                }
                if obstacles.is_empty() {
                    obstacles.extend(self.refused(owner, gathered, source));
                }
                let miss = self.miss(used, owner, &place, obstacles);
                let Some(miss) = miss.filter(|miss| !is_mentioned(mentions, miss)) else { continue };
                // Of several spellings at one place the one that is nearest to counting.
                let key = (miss.field, miss.start, owner);
                let better = found
                    .get(&key)
                    .is_none_or(|other: &NearMiss| miss.obstacles.len() < other.obstacles.len());
                if better && found.len() <= MOST {
                    found.insert(key, miss);
                }
            }
        }
    }

    /// Where finds of which owners do not count.
    fn excluded(&self, searched: &Searched<'_>) -> Vec<(OwnerIndex, Range<usize>)> {
        let hits = loose_hits(&self.patterns, searched);
        let mut excluded = Vec::new();
        for (indices, folded) in hits {
            let touched = Touched::of(searched.folded.as_str(), &folded);
            for used in indices.filter_map(|index| self.patterns.used(index)) {
                let Role::Not(owner) = used.role else { continue };
                let spelt = searched.is_spelt(self.patterns.proof(used), used, (&folded, ""));
                if spelt && used.edges.stand_free(touched) {
                    excluded.push((owner, folded.clone()));
                }
            }
        }
        excluded
    }

    /// What is wrong at the place itself.
    fn here(&self, used: &Use, owner: OwnerIndex, place: &Place<'_>) -> Vec<Obstacle> {
        let (searched, folded) = (place.searched, searched_text(place));
        let touched = Touched::of(searched.folded.as_str(), &place.folded);
        let key = fold::key(self.patterns.texts.get(used.written));
        let joined = |text: &str| text.replace([' ', '-'], "");
        let ignoring = |marks: bool, separators: bool| Ignores { marks, separators };
        let cased = match used.proof {
            Proof::Cased => {
                let surface = fold::key_with_case(place.surface);
                fold::is_same(&joined(self.patterns.proof(used)), &joined(&surface), ignoring(true, false))
            }
            Proof::Found | Proof::Folded => true,
        };
        let in_scope = self.patterns.owner(owner).is_some_and(|owner| owner.scope.takes(searched.field));
        [
            (Obstacle::Boundary, used.edges.stand_free(touched)),
            (Obstacle::Version, used.edges.fit_version(touched)),
            (Obstacle::Case, cased),
            (
                Obstacle::Marks,
                fold::is_same(&joined(&key), &joined(folded), ignoring(used.ignores.marks, false)),
            ),
            (Obstacle::Sep, fold::is_same(&key, folded, ignoring(true, used.ignores.separators))),
            (Obstacle::Url, !searched.is_inside_address(&place.original)),
            (Obstacle::Scope, in_scope),
        ]
        .into_iter()
        .filter_map(|(obstacle, holds)| (!holds).then_some(obstacle))
        .collect()
    }

    /// Why the article does not count for this owner.
    fn refused(&self, owner: OwnerIndex, gathered: &Gathered, source: &str) -> Option<Obstacle> {
        let nothing = Own::default();
        let own = gathered.owners.get(&owner).unwrap_or(&nothing);
        let refusal = self.patterns.owner(owner)?.refusal(shown(gathered, own, source))?;
        Some(match refusal {
            Refusal::Source => Obstacle::Sources,
            Refusal::WithAny => Obstacle::WithAny,
            Refusal::WithoutAny => Obstacle::WithoutAny,
            Refusal::RequiresFull => Obstacle::RequiresFull,
            Refusal::MinCount => Obstacle::MinCount,
        })
    }

    /// What is told; `None` where nothing is wrong, or so much that nobody would take it for the name.
    fn miss(
        &self,
        used: &Use,
        owner: OwnerIndex,
        place: &Place<'_>,
        obstacles: Vec<Obstacle>,
    ) -> Option<NearMiss> {
        let has = |obstacle| obstacles.contains(&obstacle);
        let unlike = has(Obstacle::Boundary) && (has(Obstacle::Marks) || has(Obstacle::Sep));
        if obstacles.is_empty() || unlike {
            return None;
        }
        Some(NearMiss {
            entity: self.patterns.texts.get(self.patterns.owner(owner)?.name).to_owned(),
            alias: self.patterns.texts.get(used.written).to_owned(),
            surface: place.surface.to_owned(),
            start: place.original.start,
            end: place.original.end,
            field: place.searched.field,
            obstacles,
        })
    }
}

fn searched_text<'a>(place: &'a Place<'_>) -> &'a str {
    place.searched.folded.as_str().get(place.folded.clone()).unwrap_or_default()
}

fn is_within(excluded: &[(OwnerIndex, Range<usize>)], owner: OwnerIndex, find: &Range<usize>) -> bool {
    let own = excluded.iter().filter(|(of, _)| *of == owner);
    own.into_iter().any(|(_, range)| range.start <= find.start && find.end <= range.end)
}

/// Whether the place is told of already, because a mention of the same entity stands there.
fn is_mentioned(mentions: &[Mention], miss: &NearMiss) -> bool {
    let own = mentions.iter().filter(|mention| mention.entity == miss.entity && mention.field == miss.field);
    own.into_iter().any(|mention| mention.start < miss.end && miss.start < mention.end)
}
