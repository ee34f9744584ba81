//! Where a name may begin and end.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::model::Boundary;

/// What a spelling may touch at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edges {
    start: Start,
    end: End,
    /// Whether `.` and a digit behind it make another name of it.
    version: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Free,
    Guarded,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Free,
    Guarded,
    /// The word may go on.
    Extends,
    /// An English plural may stand there.
    Plural,
}

/// Whether letters or digits touch a find, looked up once for everything that is spelt so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Touched {
    before: bool,
    after: After,
    digits_after: bool,
}

/// What touches the end of a find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    /// No more than the ending of an English plural.
    PluralEnding,
    Letters,
}

impl Touched {
    /// What touches the bytes `found` of the folded text.
    pub(super) fn of(text: &str, found: &Range<usize>) -> Self {
        let rest = text.get(found.end..).unwrap_or_default();
        let ends_word =
            |ending: &str| rest.strip_prefix(ending).is_some_and(|rest| !rest.starts_with(blocks));
        let after = match rest.starts_with(blocks) {
            false => After::Nothing,
            true if ends_word("s") || ends_word("es") => After::PluralEnding,
            true => After::Letters,
        };
        Self {
            before: text.get(..found.start).is_some_and(|before| before.ends_with(blocks)),
            after,
            digits_after: matches!(rest.as_bytes(), [b'.', digit, ..] if digit.is_ascii_digit()),
        }
    }
}

impl Edges {
    /// The edges of a folded spelling: an end that is a letter or digit is guarded, one that is punctuation or stands
    /// in a script written without spaces is not.
    pub(super) fn of(key: &str, boundary: Boundary, version: bool) -> Self {
        let is_letter = |end: Option<char>| end.is_some_and(|c| c != '_' && blocks(c));
        let starts = boundary != Boundary::None && is_letter(key.chars().next());
        let ends = boundary != Boundary::None && is_letter(key.chars().next_back());
        let end = match (ends, boundary) {
            (false, _) => End::Free,
            (true, Boundary::Prefix) => End::Extends,
            (true, Boundary::Auto | Boundary::None) => End::Guarded,
        };
        Self { start: if starts { Start::Guarded } else { Start::Free }, end, version }
    }

    /// Those of a phrase that an article is asked for: an article with "chips" in it holds the word "chip", too.
    pub(super) fn of_context(key: &str) -> Self {
        let edges = Self::of(key, Boundary::Auto, false);
        let may_be_plural = key.ends_with(|c: char| c.is_ascii_alphabetic());
        if may_be_plural { Self { end: End::Plural, ..edges } } else { edges }
    }

    /// Whether the spelling stands free on the sides that matter.
    pub(super) fn stand_free(self, touched: Touched) -> bool {
        let free_before = self.start == Start::Free || !touched.before;
        let free_after = match self.end {
            End::Free | End::Extends => true,
            End::Guarded => touched.after == After::Nothing,
            End::Plural => touched.after != After::Letters,
        };
        free_before && free_after
    }

    /// Whether it is not another version that stands there.
    pub(super) fn fit_version(self, touched: Touched) -> bool {
        !(self.version && touched.digits_after)
    }

    /// Whether the word may go on behind the spelling.
    pub(super) fn extend(self) -> bool {
        self.end == End::Extends
    }
}

/// Where the word ends that goes on at byte `at` of the folded text.
pub(super) fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find(|c| !blocks(c)).unwrap_or(rest.len())
}

/// Letters, digits, combining marks and the underscore of scripts that put spaces between words.
fn blocks(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_ornament(c) && !is_unspaced(c)
}

/// Footnote numbers, circled numbers and what makes an emoji of the character before it count for neither letter nor mark.
fn is_ornament(c: char) -> bool {
    matches!(c,
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{2079}' | '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}'
        | '\u{20DD}'..='\u{20E0}' | '\u{20E2}'..='\u{20E4}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Scripts written without spaces, or with particles glued to names: Thai, Lao, Myanmar, Hangul, Khmer, Kana,
/// Bopomofo and Han.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FFDC}' | '\u{1AFF0}'..='\u{1B16F}' | '\u{20000}'..='\u{323AF}')
}
