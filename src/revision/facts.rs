//! What changed between two versions of a text, what sort of change that is, and how much it matters.

use super::align::Budget;
use super::class::{Class, changed_chars, class, touches_number};
use super::correction::is_note;
use super::lines::{Line, Preparation, Version};
use super::name::{Context, Names};
use super::pairs::Pairs;
use super::words::{Edit, edits};
use crate::model::{ChangeKind, Ignored, WordChange};

/// Most replaced runs that are told.
const MOST_WORDS: usize = 500;
/// So many characters in a new or lost paragraph matter as much as a paragraph can.
const LARGE: f64 = 800.0;
/// The same of other wording.
const REWORDED: f64 = 200.0;

/// What changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// What sort of change it is; nothing where nothing changed.
    pub(super) kind: Option<ChangeKind>,
    /// How much it matters, from 0 to 1.
    pub(super) significance: f64,
    /// Lines that were not there, in their order.
    pub(super) added: Vec<Line>,
    /// Lines that are gone.
    pub(super) removed: Vec<Line>,
    /// Replaced runs.
    pub(super) words: Vec<WordChange>,
    /// Characters that were put in and taken out.
    pub(super) chars: usize,
    /// What differs and does not count.
    pub(super) ignored: Vec<Ignored>,
}

/// What is seen while the lines are gone through.
#[derive(Debug, Default)]
struct Seen {
    kinds: Vec<ChangeKind>,
    significance: f64,
    spelled: usize,
    words: Vec<WordChange>,
    chars: usize,
}

impl Seen {
    fn note(&mut self, kind: ChangeKind, significance: f64) {
        self.kinds.push(kind);
        self.significance = self.significance.max(significance);
    }
}

/// What changed from one version to the other.
pub(super) fn of(before: &Version, after: &Version, preparation: &Preparation<'_>, names: &Names) -> Facts {
    let folding = &preparation.folding;
    let mut budget = Budget::default();
    let pairs = Pairs::of(&before.lines, &after.lines, folding, &mut budget);
    let titles =
        [&before.title, &after.title].map(|title| title.as_ref().map_or("", |title| title.key.as_str()));
    let mut facts = Facts { ignored: ignored(before, after, &pairs, preparation), ..Facts::default() };
    if pairs.is_empty() && titles[0] == titles[1] {
        return facts;
    }
    let lines = before.lines.iter().chain(&after.lines);
    let context = Context::of(names, lines.map(|line| line.shown.as_str()));
    let mut judge = Judge { before, after, preparation, context, budget, seen: Seen::default() };
    judge.title();
    judge.lines(&pairs);
    let seen = judge.seen;
    (facts.added, facts.removed) = told(before, after, &pairs);
    facts.kind = seen.kinds.iter().min().copied();
    facts.significance = (seen.significance.min(1.0) * 100.0).round() / 100.0;
    (facts.words, facts.chars) = (seen.words, seen.chars);
    facts
}

struct Judge<'j> {
    before: &'j Version,
    after: &'j Version,
    preparation: &'j Preparation<'j>,
    context: Context<'j>,
    budget: Budget,
    seen: Seen,
}

impl Judge<'_> {
    fn title(&mut self) {
        let (before, after) = (self.before, self.after);
        let shown =
            |version: &'_ Version| version.title.as_ref().map_or(String::new(), |title| title.shown.clone());
        let (old, new) = (shown(before), shown(after));
        let found = edits(&old, &new, &self.preparation.folding, &mut self.budget);
        if found.is_empty() {
            return;
        }
        let classes: Vec<Class> = found.iter().map(|edit| class(edit, &self.context)).collect();
        self.tell(&found);
        if classes.iter().all(|class| *class == Class::Typography) {
            self.seen.note(ChangeKind::Minor, 0.15);
            return;
        }
        let weighty =
            classes.iter().any(|class| matches!(class, Class::Number | Class::Name | Class::Negation));
        self.seen.note(ChangeKind::TitleEdit, if weighty { 0.85 } else { 0.75 });
    }

    fn lines(&mut self, pairs: &Pairs) {
        let (before, after) = (self.before, self.after);
        for (b, a) in &pairs.edited {
            if let (Some(old), Some(new)) = (before.lines.get(*b), after.lines.get(*a)) {
                self.edited(&old.shown, &new.shown);
            }
        }
        for line in pairs.added.iter().filter_map(|at| after.lines.get(*at)) {
            self.seen.chars += letters(&line.shown);
            if is_note(&line.shown) {
                self.seen.note(ChangeKind::Correction, 0.9);
            } else {
                self.seen.note(ChangeKind::ParagraphAdded, by_size(&line.shown));
            }
        }
        for line in pairs.removed.iter().filter_map(|at| before.lines.get(*at)) {
            self.seen.chars += letters(&line.shown);
            self.seen.note(ChangeKind::ParagraphRemoved, by_size(&line.shown));
        }
        // Only where nothing else changed are they the same paragraphs in another order.
        if !pairs.moved.is_empty() {
            let kind = if self.seen.kinds.is_empty() { ChangeKind::Moved } else { ChangeKind::Edit };
            self.seen.note(kind, 0.3);
            let moved = pairs.moved.iter().filter_map(|(_, to)| after.lines.get(*to));
            self.seen.chars += moved.map(|line| letters(&line.shown)).sum::<usize>();
        }
        if self.seen.spelled > 1 && self.seen.kinds.iter().all(|kind| *kind == ChangeKind::Minor) {
            self.seen.note(ChangeKind::Edit, 0.3);
        }
    }

    /// A line that became another.
    fn edited(&mut self, old: &str, new: &str) {
        let found = edits(old, new, &self.preparation.folding, &mut self.budget);
        if found.is_empty() {
            // Only white space differs, and it counts.
            self.seen.note(ChangeKind::Minor, 0.05);
            self.seen.chars += 1;
            return;
        }
        let classes: Vec<Class> = found.iter().map(|edit| class(edit, &self.context)).collect();
        self.tell(&found);
        if found.iter().any(|edit| edit.to.tokens.len() > edit.from.tokens.len() && is_note(edit.to.text)) {
            self.seen.note(ChangeKind::Correction, 0.9);
            return;
        }
        let any = |wanted: Class| classes.contains(&wanted);
        let chars: usize = found.iter().map(|edit| changed_chars(edit.from.text, edit.to.text)).sum();
        let other = 0.3 + 0.3 * (chars as f64 / REWORDED).min(1.0);
        let matters =
            |class: Class| matches!(class, Class::Number | Class::Name | Class::Negation | Class::Other);
        if !classes.iter().copied().any(matters) {
            self.seen.spelled += classes.iter().filter(|class| **class == Class::Spelling).count();
            self.seen.note(ChangeKind::Minor, if any(Class::Spelling) { 0.15 } else { 0.1 });
        } else if classes.iter().all(|class| matches!(class, Class::Number | Class::Typography)) {
            self.seen.note(ChangeKind::NumberEdit, 0.8);
        } else if any(Class::Name) {
            self.seen.note(ChangeKind::EntityEdit, 0.8);
        } else if any(Class::Negation) {
            self.seen.note(ChangeKind::Edit, 0.75);
        } else if any(Class::Number) || found.iter().any(touches_number) {
            self.seen.note(ChangeKind::Edit, 0.7);
        } else {
            self.seen.note(ChangeKind::Edit, other);
        }
    }

    fn tell(&mut self, found: &[Edit<'_>]) {
        for edit in found {
            self.seen.chars += changed_chars(edit.from.text, edit.to.text);
            if self.seen.words.len() < MOST_WORDS {
                let (from, to) = (edit.from.text.to_owned(), edit.to.text.to_owned());
                self.seen.words.push(WordChange { from, to, ..WordChange::default() });
            }
        }
    }
}

/// The added and removed lines, the headline first.
fn told(before: &Version, after: &Version, pairs: &Pairs) -> (Vec<Line>, Vec<Line>) {
    let places = |own: &[usize], edited: Vec<usize>, moved: Vec<usize>| {
        let mut places: Vec<usize> = own.iter().copied().chain(edited).chain(moved).collect();
        places.sort_unstable();
        places
    };
    let split = |pairs: &[(usize, usize)]| -> (Vec<usize>, Vec<usize>) { pairs.iter().copied().unzip() };
    let (edited_before, edited_after) = split(&pairs.edited);
    let (moved_before, moved_after) = split(&pairs.moved);
    let of = |version: &Version, places: Vec<usize>| -> Vec<Line> {
        places.into_iter().filter_map(|at| version.lines.get(at).cloned()).collect()
    };
    let mut added = of(after, places(&pairs.added, edited_after, moved_after));
    let mut removed = of(before, places(&pairs.removed, edited_before, moved_before));
    if before.title.as_ref().map(|title| &title.key) != after.title.as_ref().map(|title| &title.key) {
        added.splice(0..0, after.title.clone());
        removed.splice(0..0, before.title.clone());
    }
    (added, removed)
}

/// What differs between the versions and does not count: lines left out, folded letters, paragraphs divided otherwise.
fn ignored(before: &Version, after: &Version, pairs: &Pairs, preparation: &Preparation<'_>) -> Vec<Ignored> {
    let mut ignored = super::lines::differing(&before.left_out, &after.left_out);
    let at =
        |version: &Version, at: usize| version.lines.get(at).map_or(String::new(), |line| line.shown.clone());
    for (b, a) in &pairs.folded {
        let (old, new) = (at(before, *b), at(after, *a));
        ignored
            .push(Ignored { why: preparation.folding.reason(&old, &new), text: format!("{old} → {new}") });
    }
    for (_, after_places) in &pairs.divided {
        let text = after_places.clone().map(|place| at(after, place)).collect::<Vec<_>>().join(" ¶ ");
        ignored.push(Ignored { why: "division into lines".to_owned(), text });
    }
    ignored
}

/// How much a paragraph matters that came or went.
fn by_size(line: &str) -> f64 {
    let letters: f64 = line.chars().map(|c| if crate::text::normalise::is_han(c) { 3.0 } else { 1.0 }).sum();
    0.5 + 0.4 * (letters / LARGE).min(1.0)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
