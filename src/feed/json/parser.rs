//! JSON as it comes: commas too many or too few, comments, bare words, brackets left open.
//!
//! Valid JSON is read as the standard says; every deviation is noted. One pass, and the depth of nesting and the
//! number of values are bounded.

use std::borrow::Cow;

use super::string::{self, Place};
use super::value::{Member, Value};
use super::word;

/// Feeds nest five deep; what is deeper is skipped.
const DEEPEST: usize = 64;
/// 10,000 entries with a hundred values each; a value takes up to a hundred bytes.
const MOST_VALUES: usize = 1_000_000;

/// Reads a value from `text` on.
pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    open_lists: usize,
    open_objects: usize,
    values: usize,
    /// Whether the text ended inside a value.
    pub(super) cut: bool,
    /// What had to be mended, one sentence each.
    pub(super) notes: Vec<&'static str>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open_lists: 0, open_objects: 0, values: 0, cut: false, notes: Vec::new() }
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn note(&mut self, sentence: &'static str) {
        if !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }

    /// Skips white space, control characters and comments; returns what follows them.
    fn next(&mut self) -> Option<u8> {
        loop {
            let rest = self.rest();
            let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}';
            self.at += rest.len() - rest.trim_start_matches(blank).len();
            let rest = self.rest();
            let comment = if rest.starts_with("//") {
                rest.find('\n')
            } else if rest.starts_with("/*") {
                rest.find("*/").map(|end| end + 2)
            } else {
                return self.peek();
            };
            self.note("comments were left out of its JSON");
            self.at += comment.unwrap_or(rest.len());
        }
    }

    /// Reads the value that comes next; null where there is none.
    pub(super) fn value(&mut self, place: Place) -> Value<'a> {
        self.values += 1;
        if self.values > MOST_VALUES {
            self.note("it holds more than a million values; the rest was left out");
            self.at = self.text.len();
            return Value::Null;
        }
        match self.next() {
            None => {
                self.cut = true;
                Value::Null
            }
            Some(b'{' | b'[') if self.open_lists + self.open_objects >= DEEPEST => {
                self.skip_nested();
                Value::Null
            }
            Some(b'{') => self.object(),
            Some(b'[') => self.list(),
            Some(b'"' | b'\'') => self.text(place),
            Some(b',' | b':' | b'}' | b']') => {
                self.note("missing values of its JSON count as null");
                Value::Null
            }
            Some(_) => self.bare(),
        }
    }

    fn text(&mut self, place: Place) -> Value<'a> {
        let read = string::read(self.rest(), place, &mut self.notes);
        self.at += read.length;
        self.cut |= read.cut;
        if read.cut { Value::Cut(read.text) } else { Value::Text(read.text) }
    }

    fn object(&mut self) -> Value<'a> {
        let mut members = Vec::new();
        self.at += 1;
        self.open_objects += 1;
        while self.in_object() {
            if let Some(member) = self.member() {
                members.push(member);
            }
        }
        self.open_objects -= 1;
        members.shrink_to_fit();
        Value::Object(members)
    }

    /// Goes to the next member; false at the end of the object, which is read over.
    fn in_object(&mut self) -> bool {
        match self.next() {
            None => {
                self.cut = true;
                false
            }
            Some(b'}') => {
                self.at += 1;
                false
            }
            Some(b']') if self.open_lists > 0 => {
                self.note("brackets of its JSON were balanced");
                false
            }
            Some(_) => true,
        }
    }

    /// A name and its value; `None` where there is neither.
    fn member(&mut self) -> Option<Member<'a>> {
        let name = match self.peek()? {
            b',' => {
                self.comma();
                return None;
            }
            b'"' | b'\'' => match self.text(Place::Name) {
                Value::Text(name) => name,
                _ => return None,
            },
            _ => self.bare_name()?,
        };
        if self.next()? != b':' {
            self.note("missing values of its JSON count as null");
            return None;
        }
        self.at += 1;
        let value = self.value(Place::Member);
        self.expect_comma();
        Some((name, value))
    }

    /// A name without quotes; a character that begins none is skipped.
    fn bare_name(&mut self) -> Option<Cow<'a, str>> {
        self.note("unquoted words in its JSON were read as they stand");
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '-')));
        let (name, _) = rest.split_at(end.unwrap_or(rest.len()));
        self.at += name.len().max(rest.chars().next().map_or(1, char::len_utf8));
        (!name.is_empty()).then_some(Cow::Borrowed(name))
    }

    fn list(&mut self) -> Value<'a> {
        let mut elements = Vec::new();
        self.at += 1;
        self.open_lists += 1;
        while self.in_list(elements.last()) {
            match self.peek() {
                Some(b',') => self.comma(),
                Some(b':' | b'}') => {
                    self.note("brackets of its JSON were balanced");
                    self.at += 1;
                }
                _ => {
                    elements.push(self.value(Place::Element));
                    self.expect_comma();
                }
            }
        }
        self.open_lists -= 1;
        elements.shrink_to_fit();
        Value::List(elements)
    }

    /// Goes to the next element; false at the end of the list, which is read over.
    fn in_list(&mut self, last: Option<&Value<'a>>) -> bool {
        match self.next() {
            None => {
                self.cut = true;
                false
            }
            Some(b']') => {
                self.at += 1;
                false
            }
            Some(b'}') if self.open_objects > 0 && !self.is_stray_brace(last) => {
                self.note("brackets of its JSON were balanced");
                false
            }
            Some(_) => true,
        }
    }

    /// Whether the brace at hand is one too many between two objects of a list, and not the end of the object
    /// around a list that lacks its bracket.
    fn is_stray_brace(&self, last: Option<&Value<'a>>) -> bool {
        let mut behind = self.rest().bytes().skip(1).filter(|byte| !byte.is_ascii_whitespace()).take(2);
        let goes_on = match behind.next() {
            Some(b']') => true,
            Some(b',') => behind.next() == Some(b'{'),
            _ => false,
        };
        goes_on && matches!(last, Some(Value::Object(_)))
    }

    fn comma(&mut self) {
        self.at += 1;
        if let Some(b',' | b'}' | b']') = self.next() {
            self.note("commas too many were left out of its JSON");
        }
    }

    /// Reads the comma behind a value, where there is one.
    fn expect_comma(&mut self) {
        match self.next() {
            Some(b',') => self.comma(),
            Some(b'}' | b']') | None => {}
            Some(_) => self.note("missing commas were put into its JSON"),
        }
    }

    /// A number, `true`, `false`, `null`, or whatever else stands there without quotes.
    fn bare(&mut self) -> Value<'a> {
        let rest = self.rest();
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']' | '{' | '[' | '"');
        let word = rest.split(ends).next().unwrap_or_default();
        let at_end = word.len() == rest.len() && self.open_lists + self.open_objects > 0;
        if at_end {
            // Half of a number is another number.
            (self.at, self.cut) = (self.text.len(), true);
            return Value::Null;
        }
        if let Some(known) = word::standard(word) {
            self.at += word.len();
            return known;
        }
        let words = rest.split(['\n', ',', '}', ']']).next().unwrap_or_default();
        self.at += words.len().max(1);
        if word::is_no_value(word) {
            self.note("missing values of its JSON count as null");
            return Value::Null;
        }
        self.note("unquoted words in its JSON were read as they stand");
        Value::Text(Cow::Borrowed(words.trim()))
    }

    /// Skips a bracket and what it holds, without recursion.
    fn skip_nested(&mut self) {
        self.note("what its JSON nests too deep was left out");
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    let read = string::read(self.rest(), Place::Element, &mut self.notes);
                    self.at += read.length;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
        self.cut = true;
    }
}
