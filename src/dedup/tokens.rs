//! The units that texts are compared by: words, and the characters of scripts that write without spaces.

use crate::text::fold::{Case, Folded, fold};
use crate::text::normalise::is_han;
use crate::text::word::is_alphanumeric;

/// One unit of a folded text. Hashes are our own and never change: the store keeps what is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Token {
    /// A word between spaces or punctuation.
    Word(u64),
    /// A character of Chinese or Japanese.
    Ideograph(u64),
    /// Figures, without the separators of thousands and decimals; sign included.
    Number(u64),
}

impl Token {
    /// What it says.
    pub(super) fn hash(self) -> u64 {
        match self {
            Self::Word(hash) | Self::Ideograph(hash) | Self::Number(hash) => hash,
        }
    }

    /// What it says, but all numbers say the same: a corrected figure leaves the sentence a copy.
    pub(super) fn masked(self) -> u64 {
        if let Self::Number(_) = self { NUMBER } else { self.hash() }
    }
}

const NUMBER: u64 = 0x6E75_6D62_6572_0001;

/// Appends the tokens of a folded text.
pub(super) fn tokenise(folded: &str, tokens: &mut Vec<Token>) {
    read(folded, |token, _| tokens.push(token));
}

/// Hands over each token of a text, and whether there is a capital in it.
fn read(text: &str, mut take: impl FnMut(Token, bool)) {
    let mut word = Word::default();
    let mut characters = text.chars().peekable();
    let mut sign = None;
    while let Some(c) = characters.next() {
        let digit_follows = characters.peek().is_some_and(char::is_ascii_digit);
        match c {
            c if is_unspaced(c) => {
                word.end(&mut take);
                take(Token::Ideograph(mix(u64::from(c))), false);
            }
            c if is_alphanumeric(c) => word.push(c, sign.take()),
            '.' | ',' if word.is_number() && digit_follows => {}
            _ => word.end(&mut take),
        }
        // `-5`, but neither `11-5` nor `F-5`.
        sign = (c == '-' && digit_follows && word.is_apart).then_some(c);
        word.is_apart = c.is_whitespace() || c == '(';
    }
    word.end(&mut take);
}

/// For each of the so many tokens of a line whether it is written as a name: with a capital, and not only because a sentence
/// begins there.
pub(super) fn capitals(line: &str, tokens: usize) -> Vec<bool> {
    let as_written = capitals_of(sentences(line));
    if as_written.len() == tokens {
        return as_written;
    }
    // Marks and invisible characters of their own part words that are one.
    let folded: Vec<_> = sentences(line).map(|sentence| fold(sentence, Case::Keep)).collect();
    let as_folded = capitals_of(folded.iter().map(Folded::as_str));
    if as_folded.len() == tokens { as_folded } else { vec![false; tokens] }
}

fn capitals_of<'a>(sentences: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let mut capitals = Vec::new();
    for sentence in sentences {
        let first = capitals.len();
        read(sentence, |_, is_capital| capitals.push(is_capital));
        let goes_on = capitals.get(first + 1).copied().unwrap_or_default();
        if let Some(capital) = capitals.get_mut(first) {
            *capital &= goes_on;
        }
    }
    capitals
}

/// The line up to each space behind the end of a sentence, a colon or a quotation mark.
fn sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut before = ' ';
    line.split_inclusive(move |c: char| {
        let ends =
            c.is_whitespace() && matches!(before, '.' | '!' | '?' | '…' | ':' | ';' | '"' | '”' | '’' | ')');
        before = c;
        ends
    })
}

/// The word that is being read.
#[derive(Default)]
struct Word {
    hash: u64,
    length: usize,
    letters: usize,
    is_capital: bool,
    /// Whether the character before stood apart from words.
    is_apart: bool,
}

impl Word {
    fn push(&mut self, c: char, sign: Option<char>) {
        if let Some(sign) = sign {
            self.add(sign);
        }
        self.letters += usize::from(!c.is_ascii_digit());
        self.is_capital |= c.is_uppercase();
        self.add(c);
    }

    fn add(&mut self, c: char) {
        self.hash = (self.hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23);
        self.length += 1;
    }

    fn is_number(&self) -> bool {
        self.length > 0 && self.letters == 0
    }

    fn end(&mut self, take: &mut impl FnMut(Token, bool)) {
        if self.length == 0 {
            return;
        }
        let hash = mix(self.hash ^ self.length as u64);
        take(if self.is_number() { Token::Number(hash) } else { Token::Word(hash) }, self.is_capital);
        *self = Self::default();
    }
}

/// Whether the script writes words without spaces: Han, kana, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

/// Spreads the bits (the finaliser of `SplitMix64`).
pub(super) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// One hash of two, in this order.
pub(super) fn join(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(17) ^ second)
}
