//! Character references: `&amp;`, `&nbsp;`, `&#7879;`.

use encoding_rs::WINDOWS_1252;

use super::entities;

/// The longest name in HTML's list is shorter than this.
const LONGEST: usize = 33;

/// What the reference at the start of `text` (which begins with `&`) stands for, and its length in bytes.
///
/// A number that names no allowed character stands for nothing; `None` means that the `&` is only an ampersand.
pub(super) fn at_start(text: &str) -> Option<(String, usize)> {
    let window = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text);
    let name = window.strip_prefix('&')?.split(';').next()?;
    let length = name.len() + 2;
    if window.len() < length {
        return None;
    }
    match name.strip_prefix('#') {
        Some(number) => Some((numbered(number)?, length)),
        None => entities::named(name).map(|meaning| (meaning.to_string(), length)),
    }
}

fn numbered(number: &str) -> Option<String> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Pages written on Windows number quotes and dashes by their code page.
    if let (0x80..=0x9F, Ok(byte)) = (code, u8::try_from(code)) {
        return Some(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned());
    }
    let allowed = char::from_u32(code).filter(|c| is_allowed(*c));
    Some(allowed.map(String::from).unwrap_or_default())
}

/// Whether XML 1.0 allows the character.
pub(super) fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Replaces every reference by what it stands for, once.
pub(super) fn resolve(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        let from_sign = rest.get(before.len()..).unwrap_or_default();
        if let Some((meaning, length)) = at_start(from_sign) {
            resolved.push_str(&meaning);
            rest = from_sign.get(length..).unwrap_or_default();
        } else {
            resolved.push('&');
            rest = after;
        }
    }
    resolved.push_str(rest);
    resolved
}
