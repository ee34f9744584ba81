//! A changed line cut to what changed in it and the words around that.

use std::ops::Range;

use serde::Serialize;

use super::change::{Line, within};
use super::clean;
use super::excerpt;
use super::room::Room;

/// More changes in one line are cut off with its end.
const MOST_MARKS: usize = 8;
/// A line that came or went as a whole has this much more room than a word.
const WHOLE_LINE: usize = 3;

/// A stretch of a changed line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Bit {
    text: String,
    sign: Sign,
    /// Whether it is a stretch that is gone and the next one is new in its place, or that new one.
    paired: bool,
}

/// What a stretch of a changed line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sign {
    /// It stays.
    Same,
    /// It stays and is a tracked name.
    Name,
    /// It is no longer there.
    Gone,
    /// It was not there.
    New,
}

/// A changed place of a line.
#[derive(Debug)]
pub(super) struct Mark {
    /// Where, in bytes.
    pub(super) place: Range<usize>,
    /// Whether it came or went.
    pub(super) sign: Sign,
    /// What stood there before; may be empty.
    pub(super) instead_of: String,
}

/// The line in pieces: what is far from any change is left out.
pub(super) fn shown(line: &Line, names: &[String], room: Room) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut done = 0;
    let marks = line.marks.get(..MOST_MARKS).unwrap_or(&line.marks);
    for mark in marks {
        let place = within(&mark.place, &line.text);
        let before = line.text.get(done..place.start).unwrap_or_default();
        same(&mut bits, &between(before, done == 0, room.context), names);
        let changed = line.text.get(place.clone()).unwrap_or_default();
        let most = if before.is_empty() && place.end == line.text.len() {
            room.word * WHOLE_LINE
        } else {
            room.word
        };
        let paired = !mark.instead_of.is_empty();
        if paired {
            bits.push(Bit { text: clean::cut(&mark.instead_of, most), sign: Sign::Gone, paired });
        }
        bits.push(Bit { text: clean::cut(changed, most), sign: mark.sign, paired });
        done = place.end;
    }
    let rest = line.text.get(done..).unwrap_or_default();
    let rest = if rest.trim().is_empty() { rest.to_owned() } else { head(rest, room.context) };
    same(&mut bits, &rest, names);
    bits
}

/// The line as it reads now; one that is gone as it read.
pub(super) fn stands(line: &[Bit]) -> String {
    let now: String = line.iter().filter(|bit| bit.sign != Sign::Gone).map(|bit| bit.text.as_str()).collect();
    if now.trim().is_empty() { line.iter().map(|bit| bit.text.as_str()).collect() } else { now }
}

fn same(bits: &mut Vec<Bit>, text: &str, names: &[String]) {
    let pieces = excerpt::marked(text, names).into_iter();
    bits.extend(pieces.map(|piece| Bit {
        text: piece.text,
        sign: if piece.marked { Sign::Name } else { Sign::Same },
        paired: false,
    }));
}

/// What stands before a change: its end, and its beginning too where another change stands before that.
fn between(text: &str, is_first: bool, most: usize) -> String {
    let long = text.chars().count() > if is_first { most } else { most * 2 };
    match (long, is_first) {
        (false, _) => text.to_owned(),
        (true, true) => tail(text, most),
        (true, false) => format!("{} {}", head(text, most), tail(text, most).trim_start_matches('…')),
    }
}

fn head(text: &str, most: usize) -> String {
    clean::cut(text, most)
}

/// The last words, behind an ellipsis.
fn tail(text: &str, most: usize) -> String {
    let skipped = text.chars().count().saturating_sub(most);
    let end: &str = text.char_indices().nth(skipped).and_then(|(at, _)| text.get(at..)).unwrap_or(text);
    // From the next word on, where there is one near.
    let word = end.char_indices().take(most / 2).find(|(_, c)| *c == ' ').map_or(0, |(at, _)| at + 1);
    format!("…{}", end.get(word..).unwrap_or(end))
}
