//! A JSON string: its end, its escapes, and what it should not hold.

use std::borrow::Cow;

use crate::feed::reference::is_allowed;

/// Where a string stands; it decides what may follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Before the colon of a member.
    Name,
    /// The value of a member.
    Member,
    /// An element of a list, or a document of its own.
    Element,
}

/// A string as read.
pub(super) struct Read<'a> {
    pub(super) text: Cow<'a, str>,
    /// Bytes with the quotes.
    pub(super) length: usize,
    /// Whether the text ended before the string did.
    pub(super) cut: bool,
}

/// How far behind a quote the next name is looked for.
const NAME_WINDOW: usize = 64;

/// Reads the string at the start of `text`, which begins with its quote.
pub(super) fn read<'a>(text: &'a str, place: Place, notes: &mut Vec<&'static str>) -> Read<'a> {
    let quote = if text.starts_with('\'') { b'\'' } else { b'"' };
    let bytes = text.as_bytes();
    let mut content = Cow::Borrowed("");
    let mut plain_from = 1;
    let mut at = 1;
    while let Some(byte) = bytes.get(at).copied() {
        let is_plain =
            byte != quote && byte != b'\\' && (byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t'));
        if is_plain {
            at += 1;
            continue;
        }
        if byte == quote {
            if ends(text.get(at + 1..).unwrap_or_default(), place) {
                append(&mut content, text.get(plain_from..at));
                return Read { text: content, length: at + 1, cut: false };
            }
            note(notes, "quotes inside strings of its JSON were kept");
            at += 1;
            continue;
        }
        append(&mut content, text.get(plain_from..at));
        if byte == b'\\' {
            let escape = Escape::read(text.get(at..).unwrap_or_default(), notes);
            if let Some(c) = escape.character.filter(|c| is_allowed(*c)) {
                content.to_mut().push(c);
            }
            at += escape.length;
        } else {
            note(notes, "control characters were dropped from its JSON");
            at += 1;
        }
        plain_from = at;
    }
    append(&mut content, text.get(plain_from..));
    Read { text: content, length: text.len(), cut: true }
}

fn append<'a>(content: &mut Cow<'a, str>, plain: Option<&'a str>) {
    match plain.unwrap_or_default() {
        "" => {}
        plain if content.is_empty() => *content = Cow::Borrowed(plain),
        plain => content.to_mut().push_str(plain),
    }
}

fn note(notes: &mut Vec<&'static str>, sentence: &'static str) {
    if !notes.contains(&sentence) {
        notes.push(sentence);
    }
}

/// Whether a string ends at a quote before `behind`. In valid JSON it always does; a quote that was not escaped is
/// told by what follows it.
fn ends(behind: &str, place: Place) -> bool {
    let behind = behind.trim_start_matches([' ', '\t', '\n', '\r']);
    match (behind.as_bytes().first(), place) {
        (_, Place::Name) | (None | Some(b'}' | b']' | b'/'), _) | (Some(b','), Place::Element) => true,
        (Some(b'"'), Place::Element) => false,
        (Some(b','), Place::Member) => may_begin_member(behind.get(1..).unwrap_or_default()),
        (Some(b'"'), Place::Member) => may_begin_member(behind),
        (Some(_), Place::Element) => !behind.starts_with(char::is_alphanumeric),
        (Some(_), Place::Member) => false,
    }
}

/// Whether a name and its colon may stand at the start of `text`. Only a string that something else follows
/// speaks against it.
fn may_begin_member(text: &str) -> bool {
    let window = text.get(..text.floor_char_boundary(NAME_WINDOW)).unwrap_or(text);
    let text = window.trim_start_matches([' ', '\t', '\n', '\r']);
    let Some(name) = text.strip_prefix('"') else {
        let bare = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        return text.is_empty()
            || text.starts_with(['}', ']', ',', '/', '\''])
            || (bare.len() < text.len() && bare.starts_with(':'));
    };
    let mut escaped = false;
    let end = name.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    let Some(end) = end else { return true };
    let behind = name.get(end + 1..).unwrap_or_default().trim_start();
    behind.is_empty() || behind.starts_with([':', '/'])
}

/// What a backslash and what follows it stand for.
struct Escape {
    character: Option<char>,
    length: usize,
}

impl Escape {
    fn read(text: &str, notes: &mut Vec<&'static str>) -> Self {
        let Some(named) = text.chars().nth(1) else { return Self { character: None, length: text.len() } };
        let character = match named {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' | 'f' => ' ',
            '"' | '\\' | '/' => named,
            'u' => return Self::numbered(text, notes),
            other => {
                note(notes, "wrong escapes in its JSON were read as they stand");
                other
            }
        };
        Self { character: Some(character), length: 1 + named.len_utf8() }
    }

    /// `\u0041`, or two of them for one character beyond the first plane.
    fn numbered(text: &str, notes: &mut Vec<&'static str>) -> Self {
        let Some(unit) = unit(text) else {
            note(notes, "wrong escapes in its JSON were read as they stand");
            return Self { character: Some('\\'), length: 1 };
        };
        let next = text.get(6..).and_then(unit_of_pair);
        let units = [Some(unit), next.filter(|_| (0xD800..0xDC00).contains(&unit))];
        let read = char::decode_utf16(units.into_iter().flatten()).next().and_then(Result::ok);
        let length = read.map_or(6, |c| 6 * c.len_utf16());
        if read.is_none() {
            note(notes, "halves of characters in its JSON were replaced");
        }
        Self { character: Some(read.unwrap_or(char::REPLACEMENT_CHARACTER)), length }
    }
}

/// The number of `\u0041`.
fn unit(text: &str) -> Option<u16> {
    let digits = text.get(2..6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}

fn unit_of_pair(text: &str) -> Option<u16> {
    text.starts_with("\\u").then(|| unit(text)).flatten().filter(|unit| (0xDC00..0xE000).contains(unit))
}
