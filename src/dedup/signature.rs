//! What is kept of a text to compare it with others.

use serde::{Deserialize, Serialize};

use super::bands;
use super::paragraphs::Reading;
use super::tokens::{Token, join};

/// Words in a shingle. Two words are one word in Vietnamese and too common; four break at every edit.
const WORDS: usize = 3;
/// Characters in a shingle that begins with one: about as much as three words.
const IDEOGRAPHS: usize = 4;
/// More shingles are sampled: those with the smallest hashes, which are the same sample in each text.
pub(super) const MOST_SHINGLES: usize = 2_048;
/// More numbers are sampled likewise.
pub(super) const MOST_NUMBERS: usize = 256;

/// A text as its shingles, numbers and bands: 2 kB for an article of 500 words, 10 kB at most.
///
/// Case, white space, punctuation, composed or decomposed letters and the place of Vietnamese tone marks make no difference. It is
/// a plain value that can be stored; [`Signature::bands`] is what to index it by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// All tokens in order.
    words: u64,
    /// Hashes of shingles with numbers masked, sorted; the lowest bit says that it stands in the article's own text.
    shingles: Vec<u32>,
    /// Numbers of the article's own text: the words around each, and what it says, sorted.
    numbers: Vec<(u32, u32)>,
    bands: Vec<u64>,
}

impl Signature {
    /// The signature of a text whose paragraphs are lines, the title first where it is known.
    pub fn of(text: &str) -> Self {
        Self::read(&Reading::of(text))
    }

    pub(super) fn read(reading: &Reading) -> Self {
        let mut signature = Self::default();
        for paragraph in &reading.paragraphs {
            signature.push(reading.of_paragraph(paragraph), paragraph.is_core);
        }
        signature.words = reading.tokens.iter().fold(0, |hash, token| join(hash, token.hash()));
        signature
            .shingles
            .sort_unstable_by(|first, second| (first >> 1, second & 1).cmp(&(second >> 1, first & 1)));
        signature.shingles.dedup_by_key(|shingle| *shingle >> 1);
        let core: Vec<u32> = signature.shingles.iter().copied().filter(|shingle| shingle & 1 == 1).collect();
        signature.bands = bands::bands(&core, reading);
        signature.shingles.truncate(MOST_SHINGLES);
        signature.numbers.sort_unstable();
        signature.numbers.dedup();
        signature.numbers.truncate(MOST_NUMBERS);
        signature
    }

    /// What texts that may be kin have at least one of in common: at most 40 values, sorted.
    pub fn bands(&self) -> &[u64] {
        &self.bands
    }

    /// Whether there is not a word.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// Whether both texts are the same words and numbers in the same order.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.words == other.words && !self.is_empty()
    }

    /// Whether this shingle would be kept if it stood in the text: of a long one a sample is.
    pub(super) fn knows_of(&self, shingle: u32) -> bool {
        self.shingles.get(MOST_SHINGLES - 1).is_none_or(|last| shingle <= last >> 1)
    }

    /// Whether this shingle stands in the text.
    pub(super) fn has(&self, shingle: u32) -> bool {
        self.shingles.binary_search_by_key(&shingle, |kept| kept >> 1).is_ok()
    }

    pub(super) fn shingles(&self) -> &[u32] {
        &self.shingles
    }

    pub(super) fn numbers(&self) -> &[(u32, u32)] {
        &self.numbers
    }

    fn push(&mut self, tokens: &[Token], is_core: bool) {
        self.shingles.extend(shingles(tokens).map(|shingle| shingle << 1 | u32::from(is_core)));
        for (at, token) in tokens.iter().enumerate() {
            if let (Token::Number(value), true) = (token, is_core) {
                self.numbers.push((surroundings(tokens, at), (*value >> 32) as u32));
            }
        }
    }
}

/// Hashes of 31 bits of the shingles of a paragraph, in order.
pub(super) fn shingles(tokens: &[Token]) -> impl Iterator<Item = u32> {
    tokens.iter().enumerate().filter_map(|(at, token)| {
        let length = if matches!(token, Token::Ideograph(_)) { IDEOGRAPHS } else { WORDS };
        let shingle = tokens.get(at..at + length)?;
        Some((shingle.iter().fold(0, |hash, token| join(hash, token.masked())) >> 33) as u32)
    })
}

/// The two tokens on each side, numbers masked.
fn surroundings(tokens: &[Token], at: usize) -> u32 {
    let around = (at.saturating_sub(2)..at).chain(at + 1..at + 3);
    let known = around.filter_map(|index| tokens.get(index));
    (known.fold(at.min(2) as u64, |hash, token| join(hash, token.masked())) >> 32) as u32
}
