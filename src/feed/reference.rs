//! Character references: `&amp;`, `&nbsp;`, `&#7879;`, and those that a document declares itself.

use std::borrow::Cow;
use std::cell::Cell;

use encoding_rs::WINDOWS_1252;

use super::entities;

/// The longest name in HTML's list is shorter than this.
const LONGEST: usize = 33;
/// A longer name of a declared entity is not looked for.
const LONGEST_NAME: usize = 64;
/// Declarations read of a document type.
const MOST_DECLARED: usize = 100;
/// Bytes that one declared entity may stand for.
const LONGEST_DECLARED: usize = 1_024;
/// Bytes that all uses of declared entities may add: a name of three letters must not become a library.
const BUDGET: usize = 16 * 1_024;

/// What the references of one document stand for, and what was found wrong while they were replaced.
#[derive(Default)]
pub(super) struct References {
    declared: Vec<(String, String)>,
    budget: Cell<usize>,
    bare: Cell<bool>,
    forbidden: Cell<bool>,
}

impl References {
    /// Reads the internal entities of a document type. External ones are never fetched.
    pub(super) fn declared(prologue: &str) -> Self {
        let mut known = Self { budget: Cell::new(BUDGET), ..Self::default() };
        for declaration in prologue.split("<!ENTITY").skip(1).take(MOST_DECLARED) {
            let Some((name, value)) = declaration.trim_start().split_once(char::is_whitespace) else {
                continue;
            };
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some(value) = value.get(1..).and_then(|rest| rest.split_once(quote)) else { continue };
            let value = known.resolve(value.0).into_owned();
            if value.len() <= LONGEST_DECLARED {
                known.declared.push((name.to_owned(), value));
            }
        }
        Self { declared: known.declared, budget: Cell::new(BUDGET), ..Self::default() }
    }

    /// Whether an `&` was met that begins no reference.
    pub(super) fn met_bare(&self) -> bool {
        self.bare.get()
    }

    /// Whether characters were dropped that XML forbids.
    pub(super) fn met_forbidden(&self) -> bool {
        self.forbidden.get()
    }

    /// Replaces every reference by what it stands for, once, and drops what XML forbids.
    pub(super) fn resolve<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = self.allowed(text);
        if !text.contains('&') {
            return text;
        }
        let mut resolved = String::with_capacity(text.len());
        let mut rest: &str = &text;
        while let Some(start) = rest.find('&') {
            let (before, reference) = rest.split_at(start);
            resolved.push_str(before);
            let length = self.push_meaning(reference, &mut resolved);
            rest = reference.get(length..).unwrap_or_default();
        }
        resolved.push_str(rest);
        Cow::Owned(resolved)
    }

    /// The text without characters that XML forbids.
    pub(super) fn allowed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        // Without a branch for each byte, many are looked at in one step.
        let suspicious = |byte: &u8| {
            u8::from(*byte < b'\t')
                | u8::from(byte.wrapping_sub(0x0E) < 0x12)
                | u8::from(*byte == 0xEF)
                | u8::from(byte.wrapping_sub(0x0B) < 2)
        };
        let met = |chunk: &[u8]| chunk.iter().fold(0, |met, byte| met | suspicious(byte)) != 0;
        if !text.as_bytes().chunks(256).any(met) || text.chars().all(is_allowed) {
            return Cow::Borrowed(text);
        }
        self.forbidden.set(true);
        Cow::Owned(text.chars().filter(|c| is_allowed(*c)).collect())
    }

    /// The name that may be one of those declared; it is only looked for where there are any, and not far.
    fn declared_name<'a>(&self, text: &'a str) -> Option<&'a str> {
        if self.declared.is_empty() {
            return None;
        }
        let end = text.bytes().take(LONGEST_NAME).position(|byte| byte == b';')?;
        text.get(1..end)
    }

    /// Writes what the reference means that `text` begins with, and tells how long it is.
    fn push_meaning(&self, text: &str, out: &mut String) -> usize {
        if let Some((meaning, length)) = at_start(text) {
            out.extend(meaning);
            return length;
        }
        let known = self
            .declared_name(text)
            .and_then(|name| self.declared.iter().find(|(declared, _)| declared == name));
        if let Some((name, meaning)) = known.filter(|(_, meaning)| meaning.len() <= self.budget.get()) {
            self.budget.set(self.budget.get() - meaning.len());
            out.push_str(meaning);
            return name.len() + 2;
        }
        self.bare.set(true);
        out.push('&');
        1
    }
}

/// Replaces every reference that HTML knows by what it stands for, once.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    References::default().resolve(text)
}

/// What the reference at the start of `text` (which begins with `&`) stands for, and its length in bytes.
///
/// A number that names no allowed character stands for nothing; `None` means that the `&` is only an ampersand.
pub(super) fn at_start(text: &str) -> Option<(Option<char>, usize)> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let meaning = match name {
        // These five are nearly all there are.
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#') {
            Some(number) => numbered(number)?,
            None => Some(entities::named(name)?),
        },
    };
    Some((meaning, end + 1))
}

#[expect(clippy::option_option, reason = "no number at all is not the number of no character")]
fn numbered(number: &str) -> Option<Option<char>> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Pages written on Windows number quotes and dashes by their code page.
    if let (0x80..=0x9F, Ok(byte)) = (code, u8::try_from(code)) {
        return Some(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next());
    }
    Some(char::from_u32(code).filter(|c| is_allowed(*c)))
}

/// Whether XML 1.0 allows the character.
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}
