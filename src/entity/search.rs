//! The search of one field: every spelling at every place, and which of them count.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::address::addresses;
use super::boundary::{Touched, word_end};
use super::choice::{Choice, Find};
use super::conditions::Tracked;
use super::pattern::{OwnerIndex, Patterns, Proof, Role, Use, UseIndex};
use super::texts::TextId;
use crate::model::Field;
use crate::text::fold::{self, Case, Folded, Loose};

/// What the fields of an article hold, so far.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Per entity or phrase.
    pub(super) owners: BTreeMap<OwnerIndex, Own>,
    /// The phrases on which entities depend.
    pub(super) contexts: HashSet<TextId>,
}

/// What was found of one entity or phrase.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// In the order of fields and places.
    pub(super) finds: Vec<(Field, Find)>,
    /// Whether an alias was found that stands for itself.
    pub(super) has_full: bool,
}

/// A field and its folded forms.
#[derive(Debug)]
pub(super) struct Searched<'a> {
    pub(super) field: Field,
    pub(super) text: &'a str,
    pub(super) folded: Folded,
    /// Empty where nothing is looked for in it.
    pub(super) loose: Loose,
    /// Looked for only once something was found.
    addresses: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Searched<'a> {
    pub(super) fn new(patterns: &Patterns, field: Field, text: &'a str) -> Self {
        let folded = fold::fold(text, Case::Fold);
        let loose = if patterns.loose.is_empty() { Loose::default() } else { fold::loose(folded.as_str()) };
        Self { field, text, folded, loose, addresses: OnceCell::new() }
    }

    /// Whether these bytes of the field touch an address that they do not cover.
    pub(super) fn is_inside_address(&self, original: &Range<usize>) -> bool {
        let addresses = self.addresses.get_or_init(|| addresses(self.text));
        let first = addresses.partition_point(|address| address.end <= original.start);
        let touched = addresses.get(first..).unwrap_or_default().iter();
        touched
            .take_while(|address| address.start < original.end)
            .any(|address| address.start < original.start || original.end < address.end)
    }

    /// Whether the bytes are spelt as the use asks. `folded` are those of the folded field, `surface` the field's own.
    pub(super) fn is_spelt(
        &self,
        wanted: &str,
        used: &Use,
        (folded, surface): (&Range<usize>, &str),
    ) -> bool {
        match used.proof {
            Proof::Found => true,
            Proof::Folded => {
                let written = self.folded.as_str().get(folded.clone()).unwrap_or_default();
                fold::is_same(wanted, written, used.ignores)
            }
            Proof::Cased if folds_to_itself(surface) => fold::is_same(wanted, surface, used.ignores),
            Proof::Cased => fold::is_same(wanted, &fold::key_with_case(surface), used.ignores),
        }
    }
}

/// Whether folding without case leaves this as it is, which most names are.
fn folds_to_itself(surface: &str) -> bool {
    surface.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !surface.contains("  ")
}

/// The search of one field.
pub(super) struct Search<'a> {
    patterns: &'a Patterns,
    searched: &'a Searched<'a>,
    choices: BTreeMap<OwnerIndex, Choice>,
    gathered: &'a mut Gathered,
    /// The rest of the word that was looked at last.
    word: Range<usize>,
}

/// A use at a place of the folded field, its word extended.
struct Candidate<'a> {
    index: UseIndex,
    used: &'a Use,
    /// As far as it is spelt.
    spelt: Range<usize>,
    /// One past the last byte of the find.
    end: usize,
}

impl Candidate<'_> {
    /// The bytes of the field, where the candidate is spelt as asked and no part of an address.
    fn proved(&self, patterns: &Patterns, searched: &Searched<'_>) -> Option<Range<usize>> {
        let spelt = searched.folded.original(self.spelt.clone());
        // Half of what one character folded to is no find.
        let surface = searched.text.get(spelt.clone())?;
        let original = if self.end == self.spelt.end {
            spelt
        } else {
            searched.folded.original(self.spelt.start..self.end)
        };
        let wanted = patterns.proof(self.used);
        let proved = !searched.is_inside_address(&original)
            && searched.is_spelt(wanted, self.used, (&self.spelt, surface));
        proved.then_some(original)
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(
        patterns: &'a Patterns,
        searched: &'a Searched<'a>,
        gathered: &'a mut Gathered,
    ) -> Self {
        Self { patterns, searched, choices: BTreeMap::new(), gathered, word: 0..0 }
    }

    /// Searches the field and gathers what counts in it.
    pub(super) fn run(mut self) {
        let (patterns, searched) = (self.patterns, self.searched);
        let folded = searched.folded.as_str();
        let mut loose = loose_hits(patterns, searched).peekable();
        for hit in patterns.plain.hits(folded) {
            // What ends first comes first, however it was found.
            while let Some((uses, found)) = loose.next_if(|(_, found)| found.end <= hit.end) {
                self.consider(uses, &found);
            }
            self.consider(patterns.plain.uses(&hit), &(hit.start..hit.end));
        }
        for (uses, found) in loose {
            self.consider(uses, &found);
        }
        self.finish();
    }

    /// These spellings stand at these bytes of the folded field.
    fn consider(&mut self, indices: Range<UseIndex>, found: &Range<usize>) {
        let patterns = self.patterns;
        let touched = Touched::of(self.searched.folded.as_str(), found);
        for index in indices {
            let Some(used) = patterns.used(index) else { return };
            if used.edges.stand_free(touched) && used.edges.fit_version(touched) {
                let end = if used.edges.extend() { self.word_end(found.end) } else { found.end };
                self.weigh(&Candidate { index, used, spelt: found.clone(), end });
            }
        }
    }

    /// Where the word ends that goes on at this byte. Remembered, because many spellings may end in one long word.
    fn word_end(&mut self, at: usize) -> usize {
        if !(self.word.start <= at && at < self.word.end) {
            self.word = at..word_end(self.searched.folded.as_str(), at);
        }
        self.word.end.max(at)
    }

    fn weigh(&mut self, candidate: &Candidate<'_>) {
        match candidate.used.role {
            Role::Context(phrase) => {
                if !self.gathered.contexts.contains(&phrase)
                    && candidate.proved(self.patterns, self.searched).is_some()
                {
                    self.gathered.contexts.insert(phrase);
                }
            }
            Role::Not(owner) => {
                if candidate.proved(self.patterns, self.searched).is_some() {
                    let Some((_, choice)) = self.choice(owner, candidate.spelt.end) else { return };
                    choice.exclude(candidate.spelt.clone());
                }
            }
            Role::Find(owner) => self.find(owner, candidate),
        }
    }

    fn find(&mut self, owner: OwnerIndex, candidate: &Candidate<'_>) {
        let (patterns, searched) = (self.patterns, self.searched);
        let (start, requires_full) = (candidate.spelt.start, candidate.used.requires_full);
        let Some((tracked, choice)) = self.choice(owner, candidate.spelt.end) else { return };
        // A find that lies behind what is taken may still show that an alias stands for itself.
        let is_needed = choice.is_wanted(start) || !requires_full && !choice.has_full;
        if !is_needed || !tracked.scope.takes(searched.field) {
            return;
        }
        let Some(original) = candidate.proved(patterns, searched) else { return };
        let folded = start..candidate.end;
        choice.offer(Find { folded, original, used: candidate.index }, requires_full);
    }

    /// This owner and its choice, told that nothing to come ends before byte `end`.
    fn choice(&mut self, owner: OwnerIndex, end: usize) -> Option<(&'a Tracked, &mut Choice)> {
        let tracked = self.patterns.owner(owner)?;
        let choice = self.choices.entry(owner).or_default();
        choice.settle(end.saturating_sub(tracked.reach as usize));
        Some((tracked, choice))
    }

    fn finish(self) {
        for (owner, choice) in self.choices {
            let (finds, has_full) = choice.finish();
            if finds.is_empty() && !has_full {
                continue;
            }
            let own = self.gathered.owners.entry(owner).or_default();
            own.has_full |= has_full;
            own.finds.extend(finds.into_iter().map(|find| (self.searched.field, find)));
        }
    }
}

/// What is found where marks and separators are left out: the uses, and the bytes of the folded field.
pub(super) fn loose_hits<'a>(
    patterns: &'a Patterns,
    searched: &'a Searched<'a>,
) -> impl Iterator<Item = (Range<UseIndex>, Range<usize>)> + 'a {
    let (lane, folded) = (&patterns.loose, searched.folded.as_str());
    lane.hits(searched.loose.as_str())
        .map(move |hit| (lane.uses(&hit), searched.loose.folded(folded, &(hit.start..hit.end))))
}
