//! Where a name may begin and end.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Which ends of a pattern must not touch another letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Guard {
    start: bool,
    end: bool,
}

impl Guard {
    /// The guard of a folded pattern: an end that is a letter or digit is guarded, one that is punctuation or stands
    /// in a script written without spaces is not.
    pub(super) fn of(pattern: &str) -> Self {
        let guarded = |end: Option<char>| end.is_some_and(|c| c != '_' && blocks(c));
        Self { start: guarded(pattern.chars().next()), end: guarded(pattern.chars().next_back()) }
    }

    /// Whether the bytes `found` of the folded text stand free on the sides that matter.
    pub(super) fn allows(self, text: &str, found: &Range<usize>) -> bool {
        let free_after = !self.end || !text.get(found.end..).is_some_and(|rest| rest.starts_with(blocks));
        free_after && (!self.start || !text.get(..found.start).is_some_and(|rest| rest.ends_with(blocks)))
    }
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
