//! A query's text to its parts.

use std::ops::Range;

use strsim::normalized_damerau_levenshtein;

use super::QueryError;

/// What may stand before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Entity,
    Source,
    Title,
    Language,
    Since,
    Until,
}

/// What may stand before a colon, as it is typed.
pub(super) const FIELDS: &[(&str, Field)] = &[
    ("entity", Field::Entity),
    ("source", Field::Source),
    ("title", Field::Title),
    ("lang", Field::Language),
    ("since", Field::Since),
    ("until", Field::Until),
];

/// A part of a query and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    And,
    Or,
    /// `NOT`, or `-` in front of something.
    Not,
    /// `title:"…"`; where the value stands is the token's range.
    Valued(Field, String),
    /// A word or a phrase.
    Text(String),
}

/// Below this share of equal letters one word is not the other misspelt.
const ALIKE: f64 = 0.6;

/// All parts of `text`, in order.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let stands_for_not = first == '-'
            && rest
                .get(1..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || is_quote(c)));
        if stands_for_not
            && text.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(char::is_whitespace))
        {
            tokens.push(Token { kind: Kind::Not, range: at..at + 1 });
            at += 1;
            continue;
        }
        let token = token(rest, at)?;
        at = token.1;
        tokens.push(token.0);
    }
    Ok(tokens)
}

/// The part at the start of `rest`, which stands at byte `at`, and where it ends.
fn token(rest: &str, at: usize) -> Result<(Token, usize), QueryError> {
    if rest.starts_with(is_quote) {
        let (inside, end) = quoted(rest, at)?;
        return Ok((Token { kind: Kind::Text(inside.to_owned()), range: at..end }, end));
    }
    let length = rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(length);
    let range = at..at + length;
    let kind = match word {
        "AND" => Kind::And,
        "OR" => Kind::Or,
        "NOT" => Kind::Not,
        _ => match named(word, &range)? {
            Some((field, "")) if behind.starts_with(is_quote) => {
                let (inside, end) = quoted(behind, range.end)?;
                let value = Token { kind: Kind::Valued(field, inside.to_owned()), range: range.end..end };
                return Ok((value, end));
            }
            Some((field, value)) => {
                let place = range.end - value.len()..range.end;
                return Ok((Token { kind: Kind::Valued(field, value.to_owned()), range: place }, range.end));
            }
            None => Kind::Text(word.to_owned()),
        },
    };
    Ok((Token { kind, range: range.clone() }, range.end))
}

/// The field before the colon of a word and what stands behind it; `None` where it is only a word with a colon in it.
fn named<'a>(word: &'a str, range: &Range<usize>) -> Result<Option<(Field, &'a str)>, QueryError> {
    let Some((name, value)) = word.split_once(':') else { return Ok(None) };
    if let Some((_, field)) = FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Ok(Some((*field, value)));
    }
    let is_plain =
        name.len() < 2 || !name.bytes().all(|byte| byte.is_ascii_lowercase()) || value.starts_with('/');
    if is_plain {
        return Ok(None);
    }
    let alike = |known: &str| normalized_damerau_levenshtein(name, known);
    let nearest =
        FIELDS.iter().map(|(known, _)| *known).max_by(|one, other| alike(one).total_cmp(&alike(other)));
    let advice = if let Some(known) = nearest.filter(|known| alike(known) >= ALIKE) {
        format!("Did you mean {known}:?")
    } else {
        let all: Vec<String> = FIELDS.iter().map(|(known, _)| format!("{known}:")).collect();
        format!("There are {}.", all.join(" "))
    };
    let message = format!(
        "There is no {name}: to search by. {advice} To look for these words, put them in quotes: \"{word}\"."
    );
    Err(QueryError { start: range.start, end: range.start + name.len() + 1, message })
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// What stands between the quote at the start of `rest` and the next, and where that ends in the query.
fn quoted(rest: &str, at: usize) -> Result<(&str, usize), QueryError> {
    let mut chars = rest.char_indices();
    let open = chars.next().map_or(0, |(_, quote)| quote.len_utf8());
    let Some((close, quote)) = chars.find(|(_, c)| is_quote(*c)) else {
        let message = "This quote is opened and never closed. Write \" behind the last word of the phrase, or leave it out.";
        return Err(QueryError { start: at, end: at + rest.trim_end().len(), message: message.to_owned() });
    };
    Ok((rest.get(open..close).unwrap_or_default(), at + close + quote.len_utf8()))
}
