//! Whether a text reads like a headline, in languages with and without spaces between words.

use crate::text::normalise::is_han;

/// Fewer words are a section, a name, or "read more".
const FEWEST_WORDS: usize = 4;
/// Vietnamese syllables are words of their own, so four words may be short.
const FEWEST_LETTERS: usize = 17;
/// Chinese headlines need no more.
const FEWEST_HAN: usize = 8;
/// Longer texts are paragraphs.
const MOST_LETTERS: usize = 300;

/// Whether this reads like a headline rather than a section, a button or a paragraph.
pub(super) fn is_headline(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters > MOST_LETTERS {
        return false;
    }
    let han = text.chars().filter(|c| is_han(*c) || is_kana_or_hangul(*c)).count();
    if han * 2 > letters {
        return han >= FEWEST_HAN;
    }
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    words >= FEWEST_WORDS && letters >= FEWEST_LETTERS
}

/// Whether a text says anything at all about an article: not a number, a count of comments, a time, or a button.
pub(super) fn is_title(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !text.starts_with(|c: char| c.is_ascii_digit() && text.split_whitespace().count() <= 3)
}

fn is_kana_or_hangul(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7AF}')
}
