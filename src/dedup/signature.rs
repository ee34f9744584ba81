//! What is kept of a text to compare it with others.

use std::collections::HashMap;
use std::iter;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::bands;
use super::paragraphs::Reading;
use super::tokens::{Token, join, tokenise};
use crate::text::fold::{Case, fold};

/// Words in a shingle. Two words are one word in Vietnamese and too common; four break at every edit.
pub(super) const WORDS: usize = 3;
/// Characters in a shingle that begins with one: about as much as three words.
pub(super) const IDEOGRAPHS: usize = 4;
/// More shingles are sampled: those with the smallest hashes, which are the same sample in each text.
pub(super) const MOST_SHINGLES: usize = 2_048;
/// More numbers and names are sampled likewise.
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
    /// Names likewise: what is written with capitals.
    #[serde(default)]
    names: Vec<(u32, u32)>,
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
            if paragraph.is_core {
                signature.push_names(reading.of_paragraph(paragraph), reading.capitals_of(paragraph));
            }
        }
        signature.words = reading.tokens.iter().fold(0, |hash, token| join(hash, token.hash()));
        signature
            .shingles
            .sort_unstable_by(|first, second| (first >> 1, second & 1).cmp(&(second >> 1, first & 1)));
        signature.shingles.dedup_by_key(|shingle| *shingle >> 1);
        let core: Vec<u32> = signature.shingles.iter().copied().filter(|shingle| shingle & 1 == 1).collect();
        signature.bands = bands::bands(&core, reading);
        signature.shingles.truncate(MOST_SHINGLES);
        for placed in [&mut signature.numbers, &mut signature.names] {
            placed.sort_unstable();
            placed.dedup();
            placed.truncate(MOST_NUMBERS);
        }
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

    pub(super) fn names(&self) -> &[(u32, u32)] {
        &self.names
    }

    /// Whether this number stands anywhere among those that are kept.
    pub(super) fn has_number(&self, value: u64) -> bool {
        self.numbers.iter().any(|(_, known)| *known == (value >> 32) as u32)
    }

    /// Each run of capitals with the two tokens on each side of it; one that is all of its line says nothing.
    fn push_names(&mut self, tokens: &[Token], capitals: &[bool]) {
        let is_name = |at: usize| capitals.get(at).copied().unwrap_or_default();
        let mut at = 0;
        for run in capitals.chunk_by(|one, other| one == other) {
            let (start, end) = (at, at + run.len());
            at = end;
            let around = (start.saturating_sub(2)..start).chain(end..end + 2);
            let known: Vec<(usize, &Token)> =
                around.filter_map(|index| Some((index, tokens.get(index)?))).collect();
            if run.first() != Some(&true) || known.len() < 2 {
                continue;
            }
            let masked = |(index, token): (usize, &Token)| if is_name(index) { NAME } else { token.masked() };
            let surroundings = known.into_iter().map(masked).fold(start.min(2) as u64, join);
            let name = named(tokens.get(start..end).unwrap_or_default());
            self.names.push(((surroundings >> 32) as u32, (name >> 32) as u32));
        }
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
    (0..tokens.len()).filter_map(|at| Some(shingle_at(tokens, at)?.1))
}

/// The shingle that begins with this token: how many it takes, and the hash.
pub(super) fn shingle_at(tokens: &[Token], at: usize) -> Option<(usize, u32)> {
    let length = if matches!(tokens.get(at)?, Token::Ideograph(_)) { IDEOGRAPHS } else { WORDS };
    let shingle = tokens.get(at..at + length)?;
    let hash = shingle.iter().fold(0, |hash, token| join(hash, token.masked()));
    Some((length, (hash >> 33) as u32))
}

/// What newsrooms write in several ways, each after its own style book.
const STYLES: [&[&str]; 7] = [
    &["trung quốc", "tq", "đại lục"],
    &["mỹ", "hoa kỳ"],
    &["việt nam", "vn"],
    &["us", "u s", "united states", "america"],
    &["uk", "u k", "united kingdom", "britain"],
    &["eu", "e u", "european union", "liên minh châu âu"],
    &["tp hcm", "tphcm", "hcm", "thành phố hồ chí minh", "sài gòn"],
];

/// Words of the longest of them.
const LONGEST_STYLE: usize = 5;

static STYLED: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
    let read = |name: &str| {
        let mut tokens = Vec::new();
        tokenise(fold(name, Case::Fold).as_str(), &mut tokens);
        joined(&tokens)
    };
    let pairs = STYLES.iter().flat_map(|names| names.iter().zip(iter::repeat(names.first())));
    pairs.filter_map(|(name, first)| Some((read(name), read(first?)))).collect()
});

/// Stands for a name, however each part of it is written.
fn named(mut tokens: &[Token]) -> u64 {
    let mut name = 0;
    while !tokens.is_empty() {
        let styled = (1..=LONGEST_STYLE).rev().find_map(|length| {
            let (written, rest) = tokens.split_at_checked(length)?;
            STYLED.get(&joined(written)).map(|meant| (*meant, rest))
        });
        let as_it_stands = || tokens.split_first().map(|(first, rest)| (join(0, first.hash()), rest));
        let Some((piece, rest)) = styled.or_else(as_it_stands) else { break };
        (name, tokens) = (join(name, piece), rest);
    }
    name
}

fn joined(tokens: &[Token]) -> u64 {
    tokens.iter().fold(0, |hash, token| join(hash, token.hash()))
}

/// Stands for any name in what surrounds another.
const NAME: u64 = 0x6E61_6D65_0000_0001;

/// The two tokens on each side, numbers masked.
fn surroundings(tokens: &[Token], at: usize) -> u32 {
    let around = (at.saturating_sub(2)..at).chain(at + 1..at + 3);
    let known = around.filter_map(|index| tokens.get(index));
    (known.fold(at.min(2) as u64, |hash, token| join(hash, token.masked())) >> 32) as u32
}
