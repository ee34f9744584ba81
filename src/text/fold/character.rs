//! What folding makes of a single character.

use std::iter;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Case;
use crate::text::normalise::is_invisible;

/// What folding makes of one character that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// This one.
    Becomes(char),
    /// More than one.
    Expands,
    /// It belongs to the letter before it.
    Joins,
    /// White space.
    Space,
    /// White space that ends a line.
    LineBreak,
    /// Nothing: a reader cannot see it.
    Skip,
}

/// Alphabets, punctuation and symbols up to the Han block are looked up, not worked out.
const TABLE_END: u32 = 0x3400;

static TABLE: LazyLock<Vec<Action>> = LazyLock::new(|| {
    (0..TABLE_END).map(|code| char::from_u32(code).map_or(Action::Skip, worked_out)).collect()
});

/// The characters that stay what they are, a bit for each.
static UNCHANGED: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let stays =
        |code: &u32| char::from_u32(*code).is_some_and(|c| action(c, Case::Fold) == Action::Becomes(c));
    let mut bits = vec![0; UNCHANGED_END as usize / 64];
    for code in (0..TABLE_END).chain('\u{4E00}' as u32..UNCHANGED_END).filter(stays) {
        if let Some(bits) = bits.get_mut(code as usize / 64) {
            *bits |= 1 << (code % 64);
        }
    }
    bits
});

/// One past the Han block.
const UNCHANGED_END: u32 = 0xA000;

/// Knows letters that stay what they are, most of those that are not ASCII.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unchanged(&'static [u64]);

impl Unchanged {
    /// Those of small letters and of scripts without case; where case is kept none is known.
    pub(super) fn by_folding(case: Case) -> Self {
        match case {
            Case::Fold => Self(&UNCHANGED),
            Case::Keep => Self(&[]),
        }
    }

    /// Whether `c` is one of them.
    pub(super) fn has(self, c: char) -> bool {
        let code = c as usize;
        self.0.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }
}

/// What becomes of `c`.
pub(super) fn action(c: char, case: Case) -> Action {
    if case == Case::Keep {
        return kept(c);
    }
    match c {
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => Action::Becomes(c),
        '\u{FF01}'..='\u{FF5E}' => Action::Becomes(narrow(c).to_ascii_lowercase()),
        _ => TABLE.get(c as usize).copied().unwrap_or_else(|| worked_out(c)),
    }
}

fn worked_out(c: char) -> Action {
    match kept(c) {
        Action::Becomes(narrowed) => only(iter::once(narrowed).nfd().flat_map(case_fold).nfc()),
        Action::Expands => Action::Expands,
        Action::Joins => Action::Joins,
        Action::Space => Action::Space,
        Action::LineBreak => Action::LineBreak,
        Action::Skip => Action::Skip,
    }
}

fn kept(c: char) -> Action {
    match c {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Action::LineBreak,
        _ if is_invisible(c) => Action::Skip,
        _ if c.is_whitespace() => Action::Space,
        _ if joins(c) => Action::Joins,
        _ => only(iter::once(narrow(c)).nfc()),
    }
}

fn only(mut characters: impl Iterator<Item = char>) -> Action {
    match (characters.next(), characters.next()) {
        (Some(c), None) => Action::Becomes(c),
        _ => Action::Expands,
    }
}

/// Combining marks, and the vowels and finals of decomposed Hangul.
fn joins(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}') || is_combining_mark(c)
}

/// Full-width forms as ASCII, and one form of the hyphens and apostrophes that editors put for each other.
pub(super) fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' => '-',
        '\u{2019}' => '\'',
        _ => c,
    }
}

/// Full Unicode case folding (`CaseFolding.txt`, C and F) by way of the case mappings: ß and ẞ become ss, final
/// sigma becomes sigma. The dotless i is no i.
pub(super) fn case_fold(c: char) -> impl Iterator<Item = char> {
    let folds = c != 'ı';
    let folded = folds.then(|| c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    folded.into_iter().flatten().chain((!folds).then_some(c))
}
