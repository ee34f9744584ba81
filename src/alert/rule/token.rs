//! A rule's text to tokens.

use std::ops::Range;

use super::RuleError;

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    And,
    Or,
    Not,
    /// `NEAR/10`: how many words may stand between.
    Near(usize),
    /// `SAME`, in front of `sentence` or `paragraph`.
    Same,
    Open,
    Close,
    /// `"…"`, without the quotes.
    Phrase(String),
    /// `[…]`, without the brackets.
    Bracketed(String),
    /// A bare word, part of a name.
    Word(String),
}

/// All tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, RuleError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        let length = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '(' | ')' | ']' => first.len_utf8(),
            '"' | '“' | '”' => enclosed(rest, at, first, &['"', '”', '“'])?,
            '[' => enclosed(rest, at, first, &[']'])?,
            _ => rest.find(ends_word).unwrap_or(rest.len()),
        };
        let range = at..at + length;
        let kind = kind(rest.get(..length).unwrap_or_default(), &range)?;
        at = range.end;
        tokens.push(Token { kind, range });
    }
    Ok(tokens)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"' | '“' | '”')
}

/// The bytes from the opening sign at the start of `rest` to the first closing one.
fn enclosed(rest: &str, at: usize, open: char, close: &[char]) -> Result<usize, RuleError> {
    let inside = rest.get(open.len_utf8()..).unwrap_or_default();
    let end = inside.char_indices().find(|(_, c)| close.contains(c));
    end.map(|(index, c)| open.len_utf8() + index + c.len_utf8()).ok_or_else(|| {
        let (what, sign) = if open == '[' { ("bracket", ']') } else { ("quote", '"') };
        RuleError {
            start: at,
            end: at + rest.len(),
            message: format!("This {what} is opened and never closed. Write {sign} behind it."),
            suggestion: Some(format!("{}{sign}", rest.trim_end())),
        }
    })
}

fn kind(token: &str, range: &Range<usize>) -> Result<Kind, RuleError> {
    Ok(match token {
        "AND" => Kind::And,
        "OR" => Kind::Or,
        "NOT" => Kind::Not,
        "SAME" => Kind::Same,
        _ if token == "NEAR" || token.starts_with("NEAR/") => near(token, range)?,
        "(" => Kind::Open,
        ")" => Kind::Close,
        "]" => {
            return Err(error(
                range,
                "This bracket closes none. Write [ in front of the name, or leave it out.",
            ));
        }
        _ if token.starts_with('[') => Kind::Bracketed(content(token, range, "name in brackets")?),
        _ if token.starts_with(['"', '“', '”']) => Kind::Phrase(content(token, range, "phrase")?),
        _ => Kind::Word(token.to_owned()),
    })
}

/// More words than a long article has say nothing.
const FARTHEST: usize = 1_000;

fn near(token: &str, range: &Range<usize>) -> Result<Kind, RuleError> {
    let words = token.strip_prefix("NEAR/").and_then(|number| number.parse().ok());
    if let Some(words) = words.filter(|words| (1..=FARTHEST).contains(words)) {
        return Ok(Kind::Near(words));
    }
    let message = format!(
        "NEAR needs the most words that may stand between both, from 1 to {FARTHEST}, right behind a slash."
    );
    Err(RuleError { suggestion: Some("NEAR/10".to_owned()), ..error(range, &message) })
}

/// What stands between the signs at both ends.
fn content(token: &str, range: &Range<usize>, what: &str) -> Result<String, RuleError> {
    let mut inside = token.chars();
    inside.next();
    inside.next_back();
    let content = inside.as_str().trim();
    if content.is_empty() {
        return Err(error(
            range,
            &format!("This {what} is empty. Write something into it, or leave it out."),
        ));
    }
    Ok(content.to_owned())
}

/// An error without a suggestion.
pub(super) fn error(range: &Range<usize>, message: &str) -> RuleError {
    RuleError { start: range.start, end: range.end, message: message.to_owned(), suggestion: None }
}
