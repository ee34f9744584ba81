//! Text folded for comparison, with the way back to the bytes of the original.
//!
//! Two texts that a reader takes for the same spelling fold to the same string: composed and decomposed
//! letters, upper and lower case, full-width and plain Latin, old and new Vietnamese tone placement, any run of
//! white space, the usual dashes and apostrophes, and invisible characters anywhere.

mod character;
mod folded;
mod loose;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

use self::character::{Action, Unchanged, action, case_fold, narrow};
use self::folded::Break;
pub use self::folded::Folded;
pub use self::loose::{Ignores, Loose, is_same, loose};
use super::normalise::is_invisible;

/// Whether upper and lower case fold to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// They do (full Unicode case folding).
    Fold,
    /// They do not.
    Keep,
}

/// Folds `text`; linear in its length.
pub fn fold(text: &str, case: Case) -> Folded {
    let mut folder = Folder::new(text, case);
    let mut at = 0;
    while at < text.len() {
        at = folder.step(at);
    }
    folder.finish()
}

/// A short text folded to what patterns and names are compared by: case and white space at the ends do not count.
pub fn key(text: &str) -> String {
    trimmed(&fold(text, Case::Fold))
}

/// As [`key`], but case counts.
pub fn key_with_case(text: &str) -> String {
    trimmed(&fold(text, Case::Keep))
}

fn trimmed(folded: &Folded) -> String {
    folded.as_str().trim().replace('\n', " ")
}

struct Folder<'a> {
    source: &'a str,
    case: Case,
    unchanged: Unchanged,
    text: String,
    breaks: Vec<Break>,
    /// Original offset minus folded offset since the last break; wraps below zero.
    shift: usize,
    /// End of the last character of the original that left a trace.
    last_end: usize,
    /// Line breaks in the run of white space at the end of `text`.
    line_breaks: usize,
}

/// A letter takes at most so many combining marks with it: the limit of Unicode's Stream-Safe Text Format
/// (UAX 15, D4). It keeps folding linear on hostile text.
const MOST_MARKS: usize = 30;

impl<'a> Folder<'a> {
    fn new(source: &'a str, case: Case) -> Self {
        let text = String::with_capacity(source.len() + 8);
        let unchanged = Unchanged::by_folding(case);
        Self { source, case, unchanged, text, breaks: Vec::new(), shift: 0, last_end: 0, line_breaks: 0 }
    }

    /// Folds what begins at byte `at` and returns where it ends.
    fn step(&mut self, at: usize) -> usize {
        let run = self.plain_run(at);
        if !run.is_empty() {
            return self.copy_plain(at, run);
        }
        let Some(c) = self.source.get(at..).and_then(|rest| rest.chars().next()) else {
            return self.source.len();
        };
        let end = at + c.len_utf8();
        let step = action(c, self.case);
        match step {
            Action::Skip => return end,
            Action::Space => self.push_space(at..end, 0),
            Action::LineBreak => self.push_space(at..end, 1),
            Action::Becomes(_) | Action::Expands | Action::Joins => return self.letter(at..end, step),
        }
        end
    }

    /// A letter with the marks that follow it.
    fn letter(&mut self, range: Range<usize>, step: Action) -> usize {
        let end = self.marks_end(range.end);
        if let (Action::Becomes(folded), true) = (step, end == range.end) {
            self.place(range.start);
            self.push(folded);
            self.last_end = end;
            return end;
        }
        self.cluster(range.start..end);
        end
    }

    /// Letters and marks whose canonical form has to be worked out together.
    fn cluster(&mut self, range: Range<usize>) {
        let source = self.source.get(range.clone()).unwrap_or_default();
        if let Some(c) = composed(source, self.case) {
            self.place(range.start);
            self.push(c);
            self.last_end = range.end;
            return;
        }
        let decomposed = source.chars().filter(|c| !is_invisible(*c)).map(narrow).nfd();
        let canonical: String = match self.case {
            Case::Fold => decomposed.flat_map(case_fold).nfc().collect(),
            Case::Keep => decomposed.nfc().collect(),
        };
        self.place(range.start);
        canonical.chars().for_each(|c| self.push(c));
        self.last_end = range.end;
    }

    /// The end of the marks that join the letter before byte `at`; `at` where none does.
    fn marks_end(&self, at: usize) -> usize {
        let mut end = at;
        if !self.may_join(at) {
            return end;
        }
        let rest = self.source.get(at..).unwrap_or_default();
        for (index, c) in rest.char_indices().take(2 * MOST_MARKS) {
            match action(c, self.case) {
                Action::Joins => end = at + index + c.len_utf8(),
                Action::Skip => {}
                Action::Becomes(_) | Action::Expands | Action::Space | Action::LineBreak => break,
            }
        }
        end
    }

    /// Whether the character at byte `at` may join the letter before it, judged by its first bytes alone: neither
    /// ASCII, Latin, composed Vietnamese nor most Han does. (U+00AD may stand before a mark.)
    fn may_join(&self, at: usize) -> bool {
        let bytes = self.source.as_bytes();
        match bytes.get(at) {
            None | Some(0..=0x7F | 0xC3..=0xCB | 0xE4..=0xE9) => false,
            Some(0xE1) => !matches!(bytes.get(at + 1), Some(0xBA | 0xBB)),
            Some(0xC2) => bytes.get(at + 1) == Some(&0xAD),
            Some(_) => true,
        }
    }

    /// The longest run at byte `at` that folds byte by byte: printable ASCII, no two spaces in a row, and letters that stay
    /// what they are; without its last letter where a mark follows.
    fn plain_run(&self, at: usize) -> &'a str {
        let rest = self.source.get(at..).unwrap_or_default();
        let bytes = rest.as_bytes();
        let (mut last, mut length) = (0, 0);
        let mut before = self.text.as_bytes().last().copied().unwrap_or_default();
        if before == b'\n' {
            before = b' ';
        }
        while let Some(byte) = bytes.get(length) {
            let next = match byte {
                b' ' if before == b' ' => break,
                b' '..=0x7E => length + 1,
                0..=0x7F => break,
                _ => match rest.get(length..).and_then(|rest| rest.chars().next()) {
                    Some(c) if self.unchanged.has(c) && !takes_tone(before, c) => length + c.len_utf8(),
                    _ => break,
                },
            };
            before = *byte;
            last = length;
            length = next;
        }
        if length > 0 && self.may_join(at + length) && self.marks_end(at + length) > at + length {
            length = last;
        }
        rest.get(..length).unwrap_or_default()
    }

    fn copy_plain(&mut self, at: usize, run: &str) -> usize {
        self.place(at);
        let from = self.text.len();
        self.text.push_str(run);
        if self.case == Case::Fold
            && let Some(copied) = self.text.get_mut(from..)
        {
            copied.make_ascii_lowercase();
        }
        self.line_breaks = 0;
        self.last_end = at + run.len();
        self.last_end
    }

    fn push_space(&mut self, range: Range<usize>, line_breaks: usize) {
        if self.ends_in_space() {
            self.line_breaks += line_breaks;
            if self.line_breaks > 1 {
                self.text.pop();
                self.text.push('\n');
            }
        } else {
            self.place(range.start);
            self.text.push(' ');
            self.line_breaks = line_breaks;
        }
        self.last_end = range.end;
    }

    fn ends_in_space(&self) -> bool {
        matches!(self.text.as_bytes().last(), Some(b' ' | b'\n'))
    }

    /// Notes that what is pushed next stands at byte `original`.
    fn place(&mut self, original: usize) {
        let folded = self.text.len();
        let shift = original.wrapping_sub(folded);
        if shift != self.shift || original != self.last_end {
            self.breaks.push(Break { folded, original, before: self.last_end });
            self.shift = shift;
        }
    }

    fn push(&mut self, c: char) {
        if !c.is_ascii() && matches!(self.text.as_bytes().last(), Some(b'o' | b'u' | b'O' | b'U')) {
            self.push_toned(c);
        } else {
            self.text.push(c);
        }
    }

    /// Old and new tone placement differ in the open syllables oa, oe and uy (hòa, hoà): the tone goes to the first vowel.
    fn push_toned(&mut self, c: char) {
        let Some((first, second)) = self.text.chars().next_back().and_then(|last| tone_moved(last, c)) else {
            self.text.push(c);
            return;
        };
        // `c` was placed behind the bare vowel, which now grows by its tone.
        let bare_end = self.text.len();
        let placed = self.breaks.pop_if(|change| change.folded == bare_end);
        let original = bare_end.wrapping_add(self.shift);
        self.text.pop();
        self.text.push(first);
        let folded = self.text.len();
        let before = placed.map_or(original, |change| change.before);
        self.breaks.push(Break { folded, original, before });
        self.shift = original.wrapping_sub(folded);
        self.text.push(second);
    }

    fn finish(mut self) -> Folded {
        self.place(self.source.len());
        Folded::new(self.text, self.breaks)
    }
}

/// The one character that a Latin letter and one or two marks compose to, as decomposed Vietnamese has them; `None` where it
/// takes the general way.
fn composed(source: &str, case: Case) -> Option<char> {
    let mut chars = source.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let letter = if case == Case::Fold { letter.to_ascii_lowercase() } else { letter };
    let (one, two) = (chars.next()?, chars.next());
    if chars.next().is_some() {
        return None;
    }
    let Some(two) = two else { return compose(letter, one) };
    let [class_one, class_two] = [one, two].map(canonical_combining_class);
    let (first, second) = if class_one > class_two { (two, one) } else { (one, two) };
    compose(compose(letter, first)?, second)
}

/// Whether `c` may be the second vowel of an open syllable, behind a vowel that takes its tone.
fn takes_tone(before: u8, c: char) -> bool {
    match before {
        b'o' | b'O' => matches!(c, 'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ'),
        b'u' | b'U' => matches!(c, 'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ'),
        _ => false,
    }
}

/// `first` with the tone of `second`, and `second` without it, where they are such a pair of vowels.
fn tone_moved(first: char, second: char) -> Option<(char, char)> {
    let small = second.to_lowercase().next().unwrap_or(second);
    if !u8::try_from(first).is_ok_and(|first| takes_tone(first, small)) {
        return None;
    }
    let mut parts = ['\0'; 2];
    let mut places = parts.iter_mut();
    decompose_canonical(second, |part| {
        if let Some(place) = places.next() {
            *place = part;
        }
    });
    let [bare, tone] = parts;
    Some((compose(first, tone)?, bare))
}

#[cfg(test)]
mod tests;
