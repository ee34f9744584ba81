//! A folded text without marks, spaces and hyphens, with the way back to the folded text.

use std::iter;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// What a folded text comes to where neither marks nor the separators between words count.
#[derive(Debug, Clone, Default)]
pub struct Loose {
    text: String,
    /// For each byte of `text`, where the character that it belongs to begins in the folded text.
    starts: Vec<u32>,
}

/// Marks behind a letter belong to it; more than these are no spelling of anything.
const MOST_MARKS: usize = 64;

/// Letters beyond the Han block have no marks, so that up to there they are looked up, not worked out.
const TABLE_END: u32 = 0x3400;

static TABLE: LazyLock<Vec<char>> =
    LazyLock::new(|| (0..TABLE_END).map(|code| char::from_u32(code).map_or('\0', worked_out)).collect());

/// Loosens a folded text; linear in its length.
pub fn loose(folded: &str) -> Loose {
    let mut loose =
        Loose { text: String::with_capacity(folded.len()), starts: Vec::with_capacity(folded.len()) };
    for (start, c) in folded.char_indices().filter(|(_, c)| !is_separator(*c) && !is_combining_mark(*c)) {
        loose.text.push(bare(c));
        loose.starts.resize(loose.text.len(), start as u32);
    }
    loose
}

impl Loose {
    /// The loosened text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of `folded`, the text this was made of, behind these bytes, with the marks of the last letter.
    pub fn folded(&self, folded: &str, range: &Range<usize>) -> Range<usize> {
        let start_of = |byte: usize| self.starts.get(byte).map_or(folded.len(), |start| *start as usize);
        let last = start_of(range.end.saturating_sub(1));
        let mut rest = folded.get(last..).unwrap_or_default().chars();
        let letter = rest.next().map_or(0, char::len_utf8);
        let marks = rest.take(MOST_MARKS).take_while(|c| is_combining_mark(*c));
        start_of(range.start)..last + letter + marks.map(char::len_utf8).sum::<usize>()
    }
}

/// Whether this may stand between two words of a name: a space or a hyphen (folded, so that there is one of each).
fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-')
}

/// The letter without its marks; đ and ð are d.
fn bare(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    TABLE.get(c as usize).copied().unwrap_or(c)
}

fn worked_out(c: char) -> char {
    match c {
        'đ' | 'ð' => return 'd',
        'Đ' | 'Ð' => return 'D',
        _ => {}
    }
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    match parts.as_slice() {
        [letter, marks @ ..] if marks.iter().all(|mark| is_combining_mark(*mark)) => *letter,
        _ => c,
    }
}

/// Whether `written` and `spelt`, both folded alike, are the same where `marks` do not count or `separators` may be
/// one another or missing. What stands between two letters of `spelt` without a separator is none.
pub fn is_same(spelt: &str, written: &str, ignores: Ignores) -> bool {
    let mut written = written.chars().filter(|c| !ignores.marks || !is_combining_mark(*c)).peekable();
    let mut spelt = spelt.chars().filter(|c| !ignores.marks || !is_combining_mark(*c)).peekable();
    while let Some(c) = spelt.next() {
        if ignores.separators && is_separator(c) {
            iter::from_fn(|| spelt.next_if(|c| is_separator(*c))).for_each(drop);
            written.next_if(|c| is_separator(*c));
            continue;
        }
        let same = |other: char| if ignores.marks { bare(c) == bare(other) } else { c == other };
        if !written.next().is_some_and(same) {
            return false;
        }
    }
    written.next().is_none()
}

/// What makes no difference between two spellings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ignores {
    /// Marks on letters.
    pub marks: bool,
    /// Which separator stands where one may stand, and whether one does.
    pub separators: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::{Case, fold, key};

    #[test]
    fn marks_and_separators_are_left_out() {
        for (text, loosened) in [
            ("Tập Cận Bình", "tapcanbinh"),
            ("ĐÀ NẴNG – Ðà Nẵng", "danangdanang"),
            ("Qwen-3 Max\n\nƯu", "qwen3max\nuu"),
            ("Ho\u{338}\u{301}a ΟΔΥΣΣΕΎΣ", "hoaοδυσσευσ"),
            ("华 为 한국", "华为한국"),
            ("\u{301}a", "a"),
        ] {
            assert_eq!(loose(fold(text, Case::Fold).as_str()).as_str(), loosened, "{text}");
        }
    }

    #[test]
    fn the_way_back_takes_marks_along() {
        let folded = key("ho\u{338} Đà-Nẵng");
        let loosened = loose(&folded);
        for (part, written) in [("ho", "ho\u{338}"), ("da", "đà"), ("danang", "đà-nẵng"), ("g", "g")] {
            let at = loosened.as_str().find(part).unwrap();
            let range = loosened.folded(&folded, &(at..at + part.len()));
            assert_eq!(folded.get(range), Some(written));
        }
    }

    #[test]
    fn spellings_are_the_same_where_only_what_is_ignored_differs() {
        let marks = Ignores { marks: true, separators: false };
        let separators = Ignores { marks: false, separators: true };
        let both = Ignores { marks: true, separators: true };
        for (spelt, written, ignores, same) in [
            ("qwen 3", "qwen3", separators, true),
            ("qwen 3", "qwen-3", separators, true),
            ("qwen-3", "qwen 3", separators, true),
            ("qwen3", "qwen 3", separators, false),
            ("qwen 3", "qw en3", separators, false),
            ("qwen 3", "qwen - 3", separators, false),
            ("đà nẵng", "đa nang", separators, false),
            ("đà nẵng", "da nang", marks, true),
            ("đà nẵng", "danang", marks, false),
            ("đà nẵng", "danang", both, true),
            ("da", "da\u{301}\u{338}", marks, true),
            ("da", "dan", marks, false),
            ("a", "a", Ignores::default(), true),
            ("á", "a", Ignores::default(), false),
        ] {
            assert_eq!(is_same(spelt, written, ignores), same, "{spelt} {written} {ignores:?}");
        }
    }
}
