//! Regular expressions and plain texts, as a person writes them to say what counts.

use regex::{Regex, RegexBuilder};

use crate::text::normalise::normalise;

/// Longest regular expression, in bytes.
const LONGEST: usize = 2_000;
/// Most memory that a compiled expression may take, in bytes. Matching is linear in the text whatever the expression says.
const LARGEST: usize = 1 << 20;
/// Deepest nesting of groups.
const DEEPEST: u32 = 50;

/// A checked regular expression: unanchored, case-sensitive unless it begins with `(?i)`.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// Why a text is no regular expression, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(String);

impl Pattern {
    /// A pattern from its expression, in the syntax of Rust's `regex` (no look-around, no back references).
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.len() > LONGEST {
            return Err(PatternError(format!("this expression is longer than {LONGEST} bytes")));
        }
        if text.is_empty() {
            return Err(PatternError("an empty expression matches everything; leave it out".to_owned()));
        }
        let composed = normal(text);
        let built = RegexBuilder::new(&composed).size_limit(LARGEST).nest_limit(DEEPEST).build();
        built.map(Self).map_err(|error| PatternError(sentence(&error)))
    }

    /// Whether it matches somewhere in the text.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The text without what it matches.
    pub(super) fn cut_out(&self, text: &str) -> String {
        self.0.replace_all(text, "").into_owned()
    }

    /// What it captures, of each match in turn; the whole match where it captures nothing.
    pub(super) fn captured(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for captures in self.0.captures_iter(text) {
            let groups = captures.iter().skip(1).flatten();
            let before = found.len();
            found.extend(groups.map(|group| group.as_str().to_owned()));
            if found.len() == before && self.0.captures_len() == 1 {
                found.extend(captures.get(0).map(|whole| whole.as_str().to_owned()));
            }
        }
        found
    }

    /// The expression as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

/// The letters of the expression composed, as those of every page are.
fn normal(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// What the library says, on one line: it draws the place of a mistake over several.
fn sentence(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => {
            "this expression is too large when compiled; use fewer or smaller repetitions".to_owned()
        }
        other => {
            let told = other.to_string();
            let reason = told.lines().rev().find_map(|line| line.strip_prefix("error: "));
            let reason = reason.unwrap_or("it cannot be read");
            format!("this is no regular expression such as \"^Cập nhật \\\\d+:\\\\d+$\": {reason}")
        }
    }
}

/// A plain text to be found whatever its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase(String);

impl Phrase {
    /// The phrase; nothing where the text has no visible letter.
    pub fn new(text: &str) -> Option<Self> {
        let folded = Self::fold(text);
        (!folded.is_empty()).then_some(Self(folded))
    }

    /// What texts are looked through in.
    pub(super) fn fold(text: &str) -> String {
        normalise(text).to_lowercase()
    }

    /// Whether it stands in a folded text.
    pub(super) fn stands_in(&self, folded: &str) -> bool {
        folded.contains(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_expression_is_refused_in_one_sentence() {
        for (text, said) in [
            ("(Giá", "unclosed group"),
            ("[a-", "unclosed character class"),
            ("(?=x)", "look-around"),
            ("", "empty expression"),
            ("(?:a{1000}){1000}", "too large"),
        ] {
            let error = Pattern::parse(text).unwrap_err().to_string();
            assert!(error.contains(said) && !error.contains('\n'), "{text}: {error}");
        }
        assert!(Pattern::parse(&"a".repeat(3_000)).is_err());
    }

    #[test]
    fn a_pattern_gives_its_groups_or_its_whole_match() {
        for (pattern, text, captured) in [
            (r"Giá: (\d+) (\w+)", "Giá: 60 triệu", vec!["60", "triệu"]),
            (r"\d+", "60 và 58", vec!["60", "58"]),
            (r"x(\d)?", "x", vec![]),
            (r"(?i)GIÁ", "giá", vec!["giá"]),
        ] {
            assert_eq!(Pattern::parse(pattern).unwrap().captured(text), captured, "{pattern}");
        }
    }

    #[test]
    fn a_phrase_is_found_whatever_its_case_and_form() {
        let phrase = Phrase::new("lượt XEM").unwrap();
        for text in ["Lượt xem: 120", "LƯỢT\u{A0}XEM", "lu\u{31b}o\u{323}\u{302}t xem".trim()] {
            let found = phrase.stands_in(&Phrase::fold(text));
            assert_eq!(found, !text.starts_with("lu"), "{text}");
        }
        assert!(Phrase::new("lu\u{31b}\u{323}t").unwrap().stands_in(&Phrase::fold("LỰT")));
        assert_eq!(Phrase::new(" \u{200B} "), None);
    }
}
