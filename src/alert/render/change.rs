//! What an edit changed: the words, and the lines in which they stand.

use std::ops::Range;

use serde::Serialize;

use super::changed_line::{Bit, Mark, Sign, shown, stands};
use super::clean::{self, short_line};
use super::excerpt;
use super::room::Room;
use super::words::Words;
use crate::model::{Change, ItemChange, WordChange};

/// More words, more lines and longer lines than these are not looked at.
const MOST_WORDS: usize = 60;
const MOST_LINES: usize = 30;
const LONGEST_LINE: usize = 1_500;
/// Characters of the name of an entity, and how many of them are listed.
const NAME: usize = 80;
const MOST_NAMES: usize = 8;

/// An edit as the templates see it.
#[derive(Debug, Serialize)]
pub(super) struct Edit {
    /// What sort of change it is.
    what: &'static str,
    /// The words that changed, before and after; either may be empty.
    swaps: Vec<Swap>,
    /// The lines in which they stand, and those that came or went as a whole.
    lines: Vec<Vec<Bit>>,
    /// Further changes without room.
    more: Option<String>,
    /// Entities that are named since, and that no longer are.
    appeared: String,
    vanished: String,
}

/// Words that became others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Swap {
    pub(super) from: String,
    pub(super) to: String,
    /// In how many places.
    pub(super) times: u32,
}

impl Edit {
    /// The edit in as much room as there is.
    pub(super) fn new(item: &ItemChange, names: &[String], room: Room, words: &Words) -> Self {
        let change = &item.change;
        let swaps = swaps(change, room);
        let lines =
            if room.lines == 0 { Vec::new() } else { lines(&change.removed, &change.added, &change.words) };
        let told: Vec<Vec<Bit>> =
            lines.iter().take(room.lines).map(|line| shown(line, names, room)).collect();
        // Where lines are told they count, else the words.
        let untold = match lines.len() {
            0 => change.words.len().saturating_sub(swaps.iter().map(|swap| swap.times as usize).sum()),
            all => all - told.len(),
        };
        Self {
            what: change.kind.map_or("", words.change),
            swaps,
            lines: told,
            more: words.more_changes_of_edit.unless_none(untold).filter(|_| room.words > 0),
            appeared: listed(&item.appeared),
            vanished: listed(&item.vanished),
        }
    }
}

impl Edit {
    /// What happened and the words that changed, else the first line that did, as text.
    pub(super) fn gist(&self) -> String {
        let swaps: Vec<String> = self.swaps.iter().map(Swap::arrow).collect();
        let line = || self.lines.first().map(|line| stands(line)).unwrap_or_default();
        let changed = if swaps.is_empty() { line() } else { swaps.join(", ") };
        let parts = [self.what.to_owned(), changed];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    }
}

impl Swap {
    /// "384 → 382", in several places "384 → 382 (×3)"; where words only came or went, these behind a sign.
    pub(super) fn arrow(&self) -> String {
        let arrow = match (self.from.is_empty(), self.to.is_empty()) {
            (true, _) => format!("+ {}", self.to),
            (_, true) => format!("− {}", self.from),
            _ => format!("{} → {}", self.from, self.to),
        };
        if self.times > 1 { format!("{arrow} (×{})", self.times) } else { arrow }
    }
}

/// The words that changed. What is too long for that is told among the lines; where no lines are told, its beginning.
pub(super) fn swaps(change: &Change, room: Room) -> Vec<Swap> {
    let short = |text: &str| clean::isolated(short_line(text, room.word));
    let swap = |(from, to, times): (&str, &str, u32)| Swap { from: short(from), to: short(to), times };
    let fits = |text: &str| text.chars().nth(room.word).is_none();
    let is_line = |words: &WordChange| {
        (words.from.is_empty() && change.added.contains(&words.to))
            || (words.to.is_empty() && change.removed.contains(&words.from))
    };
    let is_apart = |words: &WordChange| fits(&words.from) && fits(&words.to) && !is_line(words);
    let fit = change.swaps().into_iter().filter(|words| room.lines == 0 || is_apart(words));
    let mut swaps: Vec<Swap> =
        fit.take(room.words).map(|words| swap((&words.from, &words.to, words.times))).collect();
    if room.lines == 0 && swaps.is_empty() {
        let gone = change.removed.iter().map(|line| swap((line, "", 1)));
        swaps = change.added.iter().map(|line| swap(("", line, 1))).chain(gone).take(room.words).collect();
    }
    swaps.retain(|swap| swap.from != swap.to);
    swaps
}

fn listed(names: &[String]) -> String {
    let names = names.iter().take(MOST_NAMES).map(|name| clean::isolated(short_line(name, NAME)));
    names.collect::<Vec<_>>().join(", ")
}

/// A line that changed and what of it did.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// In the order of the line, none overlapping.
    pub(super) marks: Vec<Mark>,
}

/// The lines as they read now with their changed words, then those that are gone.
fn lines(removed: &[String], added: &[String], words: &[WordChange]) -> Vec<Line> {
    let (mut added, mut removed) = (read(added), read(removed));
    for change in words.iter().take(MOST_WORDS) {
        let (from, to) = (clean::line(&change.from), clean::line(&change.to));
        if !to.is_empty() && mark(&mut added, &to, &from, Sign::New) {
            continue;
        }
        if !from.is_empty() {
            mark(&mut removed, &from, "", Sign::Gone);
        }
    }
    // A line that reads otherwise now is told as it reads now.
    removed.retain(|line| !line.marks.is_empty() || !added.iter().any(|now| is_earlier(line, now)));
    for (lines, sign) in [(&mut added, Sign::New), (&mut removed, Sign::Gone)] {
        for line in lines.iter_mut().filter(|line| line.marks.is_empty()) {
            line.marks.push(Mark { place: 0..line.text.len(), sign, instead_of: String::new() });
        }
    }
    added.append(&mut removed);
    added
}

fn read(lines: &[String]) -> Vec<Line> {
    let clean = lines.iter().take(MOST_LINES).map(|line| short_line(line, LONGEST_LINE));
    clean.filter(|text| !text.is_empty()).map(|text| Line { text, marks: Vec::new() }).collect()
}

/// Marks the first place behind the marks that there are where the words stand; false where they stand nowhere.
fn mark(lines: &mut [Line], words: &str, instead_of: &str, sign: Sign) -> bool {
    // Words are listed in the order of the text, so that a line is done once a later one has a mark.
    let current = lines.iter().rposition(|line| !line.marks.is_empty()).unwrap_or(0);
    for line in lines.iter_mut().skip(current) {
        let done = line.marks.last().map_or(0, |mark| mark.place.end);
        if let Some(place) = excerpt::find(&line.text, words, done) {
            line.marks.push(Mark { place, sign, instead_of: instead_of.to_owned() });
            return true;
        }
    }
    false
}

/// Whether the line may have become the other: they begin and end alike over half of the shorter, or what was replaced stood in it.
fn is_earlier(line: &Line, now: &Line) -> bool {
    let replaced =
        |mark: &Mark| !mark.instead_of.is_empty() && excerpt::find(&line.text, &mark.instead_of, 0).is_some();
    let is_edited = !now.marks.is_empty();
    is_edited && (now.marks.iter().any(replaced) || shared(&line.text, &now.text))
}

fn shared(one: &str, other: &str) -> bool {
    let alike = |(a, b): &(char, char)| a == b;
    let head = one.chars().zip(other.chars()).take_while(alike).count();
    let tail = one.chars().rev().zip(other.chars().rev()).take_while(alike).count();
    let shorter = one.chars().count().min(other.chars().count());
    (head + tail) * 2 >= shorter
}

/// The place as a range that holds in any text of this length.
pub(super) fn within(place: &Range<usize>, text: &str) -> Range<usize> {
    place.start.min(text.len())..place.end.min(text.len())
}
