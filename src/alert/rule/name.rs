//! Names in rules: which entity is meant, and what to say where none is.

use std::collections::HashMap;
use std::ops::Range;

use strsim::damerau_levenshtein;

use super::RuleError;
use super::token::error;
use crate::text::fold;
use crate::text::normalise::search_form;

/// The entities that a rule may name.
pub(super) struct Names<'a> {
    known: &'a [&'a str],
    by_key: HashMap<String, &'a str>,
}

/// A bare word of a rule and where it stands.
pub(super) type Word<'a> = (&'a str, Range<usize>);

impl<'a> Names<'a> {
    pub(super) fn new(known: &'a [&'a str]) -> Self {
        Self { known, by_key: known.iter().map(|name| (fold::key(name), *name)).collect() }
    }

    /// The entity of this name as its table writes it; case and white space do not count.
    pub(super) fn find(&self, name: &str) -> Option<String> {
        self.by_key.get(&fold::key(name)).map(|name| (*name).to_owned())
    }

    /// Why no entity is called `name`, which stands at `range`.
    pub(super) fn unknown(&self, name: &str, range: &Range<usize>) -> RuleError {
        let suggestion = self.similar(name);
        let advice = match (&suggestion, self.known.is_empty()) {
            (Some(similar), _) => format!("Did you mean {similar}? Otherwise add an [[entity]] of that name"),
            (None, true) => "No [[entity]] is defined. Add one of that name".to_owned(),
            (None, false) => "Add an [[entity]] of that name".to_owned(),
        };
        let message = format!(
            "There is no entity {name:?}. {advice}, or write \"{name}\" in quotes to look for the phrase."
        );
        RuleError {
            start: range.start,
            end: range.end,
            message,
            suggestion: suggestion.map(|name| written(&name)),
        }
    }

    /// Why these bare words are not one name.
    pub(super) fn unknown_words(&self, whole: &str, words: &[Word<'_>]) -> RuleError {
        let range =
            words.first().map_or(0, |(_, range)| range.start)..words.last().map_or(0, |(_, range)| range.end);
        let foreign = words.iter().find_map(|(word, range)| foreign_word(word, range));
        foreign
            .or_else(|| self.translated_operator(words))
            .or_else(|| self.missing_operator(words))
            .unwrap_or_else(|| self.unknown(whole, &range))
    }

    /// An operator in Vietnamese behind a known name; elsewhere such a word may well be part of a name.
    fn translated_operator(&self, words: &[Word<'_>]) -> Option<RuleError> {
        words.iter().enumerate().find_map(|(index, (word, range))| {
            let operator = match word.to_lowercase().as_str() {
                "và" => "AND",
                "hoặc" => "OR",
                "không" => "NOT",
                _ => return None,
            };
            let left = words.get(..index)?;
            (left.is_empty() || self.find(&joined(left)).is_some()).then(|| miswritten(word, operator, range))
        })
    }

    /// Two known names without anything between them.
    fn missing_operator(&self, words: &[Word<'_>]) -> Option<RuleError> {
        (1..words.len()).find_map(|middle| {
            let (left, right) = words.split_at_checked(middle)?;
            let (left_name, right_name) = (self.find(&joined(left))?, self.find(&joined(right))?);
            let start = left.first()?.1.start;
            let end = right.last()?.1.end;
            let message =
                format!("Nothing stands between {left_name} and {right_name}. Write AND or OR between them.");
            let suggestion = Some(format!("{} AND {}", written(&left_name), written(&right_name)));
            Some(RuleError { start, end, message, suggestion })
        })
    }

    /// The known name that differs from `name` in the fewest letters, marks and case aside, if they are few.
    fn similar(&self, name: &str) -> Option<String> {
        let wanted = search_form(name);
        let most = (wanted.chars().count() / 3).max(1);
        let distances =
            self.known.iter().map(|known| (damerau_levenshtein(&wanted, &search_form(known)), *known));
        distances.filter(|(distance, _)| *distance <= most).min().map(|(_, known)| known.to_owned())
    }
}

/// The words with one space between them.
pub(super) fn joined(words: &[Word<'_>]) -> String {
    words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
}

/// The name as a rule can hold it: in brackets where it is more than a word.
fn written(name: &str) -> String {
    let bare = !name.contains(|c: char| c.is_whitespace() || "()[]\"“”".contains(c));
    if bare && !matches!(name, "AND" | "OR" | "NOT" | "NEAR" | "SAME") && !name.starts_with("NEAR/") {
        name.to_owned()
    } else {
        format!("[{name}]")
    }
}

/// A word that is no name but an operator, written as it would be elsewhere or as a later version may read it.
pub(super) fn foreign_word(word: &str, range: &Range<usize>) -> Option<RuleError> {
    let operator = match word.to_lowercase().as_str() {
        "and" | "&&" | "&" | "+" => "AND",
        "or" | "||" | "|" => "OR",
        "not" | "!" => "NOT",
        "near" => "NEAR/10",
        near if near.starts_with("near/") => return Some(near_in_capitals(word, range)),
        "same" => "SAME",
        "xor" => return Some(unsupported(word, range)),
        _ => return None,
    };
    Some(miswritten(word, operator, range))
}

/// `near/5` is `NEAR/5`.
fn near_in_capitals(word: &str, range: &Range<usize>) -> RuleError {
    let words = word.split_once('/').map_or("", |(_, words)| words);
    let is_number = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    miswritten(word, &format!("NEAR/{}", if is_number { words } else { "10" }), range)
}

fn miswritten(word: &str, operator: &str, range: &Range<usize>) -> RuleError {
    let message = format!(
        "{word:?} is no operator of rules. Write {operator} in capitals, or put the name it belongs to in brackets: [this {word} that]."
    );
    RuleError { start: range.start, end: range.end, message, suggestion: Some(operator.to_owned()) }
}

/// Why an operator or function is refused.
pub(super) fn unsupported(word: &str, range: &Range<usize>) -> RuleError {
    error(
        range,
        &format!(
            "Rules do not know {word}. Use entity names, \"phrases\", AND, OR, NOT, NEAR/10, SAME sentence, SAME paragraph, \
             count( ) >= 3, title( ), lead( ) and parentheses."
        ),
    )
}
