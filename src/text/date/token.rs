//! A line of text as numbers, words and signs.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::normalise::{is_han, is_invisible};

/// A date with its weekday, zone and the words around it fits into this many characters.
const LONGEST_LINE: usize = 200;
/// Beyond this many bytes not even white space is looked at.
const LONGEST_INPUT: usize = 4_000;

/// A piece of the line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    kind: Kind,
    /// Whether no white space stands before it.
    pub(super) glued: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Number { value: u64, digits: usize },
    Word { lower: String, upper: bool },
    Sign(char),
}

impl Token {
    /// A number's value and how many digits it is written with.
    pub(super) fn number(&self) -> Option<(u64, usize)> {
        match self.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            Kind::Word { .. } | Kind::Sign(_) => None,
        }
    }

    /// A number of one or two digits.
    pub(super) fn small(&self) -> Option<u32> {
        let (value, digits) = self.number()?;
        if digits <= 2 { u32::try_from(value).ok() } else { None }
    }

    /// A word in lower case.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word { lower, .. } => Some(lower),
            Kind::Number { .. } | Kind::Sign(_) => None,
        }
    }

    /// A word in lower case, where it was written in capitals.
    pub(super) fn capitals(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word { lower, upper: true } => Some(lower),
            _ => None,
        }
    }

    /// Any other visible character.
    pub(super) fn sign(&self) -> Option<char> {
        match self.kind {
            Kind::Sign(sign) => Some(sign),
            Kind::Number { .. } | Kind::Word { .. } => None,
        }
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.sign() == Some(sign)
    }
}

/// The text on one line in compatibility form (full-width digits and colons become plain ones), or `None` where
/// it is empty or too long to be a date.
pub(super) fn line(text: &str) -> Option<String> {
    if text.len() > LONGEST_INPUT {
        return None;
    }
    let text: Cow<'_, str> = if text.is_ascii() {
        text.into()
    } else {
        text.chars().filter(|c| !is_invisible(*c)).nfkc().collect()
    };
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !line.is_empty() && line.chars().count() <= LONGEST_LINE;
    fits.then_some(line)
}

/// Cuts a line into tokens. Words end where the script changes, so "21日" and "T18" are two tokens each.
pub(super) fn read(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line;
    let mut glued = false;
    while let Some(first) = rest.chars().next() {
        let class = Class::of(first);
        let length = match class {
            Class::Sign | Class::Space => first.len_utf8(),
            Class::Digit | Class::Latin | Class::Han | Class::Hangul => {
                rest.find(|c| Class::of(c) != class).unwrap_or(rest.len())
            }
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        if class != Class::Space {
            tokens.push(Token { kind: class.kind(piece, first), glued });
        }
        glued = class != Class::Space;
    }
    tokens
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Latin,
    Han,
    Hangul,
    Space,
    Sign,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            '0'..='9' => Self::Digit,
            c if c.is_whitespace() => Self::Space,
            c if is_han(c) => Self::Han,
            '\u{AC00}'..='\u{D7A3}' => Self::Hangul,
            c if c.is_alphanumeric() || is_combining_mark(c) => Self::Latin,
            _ => Self::Sign,
        }
    }

    fn kind(self, piece: &str, first: char) -> Kind {
        match self {
            Self::Digit => Kind::Number { value: piece.parse().unwrap_or(u64::MAX), digits: piece.len() },
            Self::Latin | Self::Han | Self::Hangul => {
                Kind::Word { lower: piece.to_lowercase(), upper: piece.chars().all(char::is_uppercase) }
            }
            Self::Space | Self::Sign => Kind::Sign(plain(first)),
        }
    }
}

/// Dashes and the minus sign are one sign.
fn plain(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}
