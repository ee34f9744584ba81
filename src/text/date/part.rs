//! What the tokens of a line are to a date: numbers, months, joints.

use chrono::Weekday;

use super::token::Token;
use super::{months, names};

/// A part that can belong to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Number {
        value: u32,
        digits: usize,
    },
    Month(u32),
    /// A week of the ISO calendar and a day in it, Monday where it names none.
    Week {
        week: u32,
        weekday: Weekday,
    },
    /// `/`, `-` or `.`
    Joint(char),
    /// A word that belongs to no date.
    Other,
}

/// Reads the tokens of a line.
pub(super) fn read(tokens: &[Token]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(tokens.len());
    let mut position = 0;
    while let Some(token) = tokens.get(position) {
        position += if token.word().is_some() {
            read_word(tokens, position, &mut parts)
        } else {
            read_plain(tokens, position, &mut parts)
        };
    }
    if tokens.iter().filter_map(Token::word).any(months::is_thai) {
        parts.iter_mut().for_each(from_buddhist);
    }
    parts
}

/// Thailand counts years from 543 before ours.
fn from_buddhist(part: &mut Part) {
    if let Part::Number { value, digits: 4 } = part
        && *value > 2400
    {
        *value -= 543;
    }
}

/// Reads a number or sign; returns how many tokens that took.
fn read_plain(tokens: &[Token], position: usize, parts: &mut Vec<Part>) -> usize {
    let Some(token) = tokens.get(position) else { return 1 };
    if let Some((value, digits)) = token.number() {
        let value = u32::try_from(value).unwrap_or(u32::MAX);
        let unit = tokens.get(position + 1).and_then(Token::word).unwrap_or_default();
        if unit.starts_with(['月', '월']) {
            parts.push(Part::Month(value));
            return 2;
        }
        parts.push(Part::Number { value, digits });
        let is_unit =
            unit.starts_with(['年', '日', '号', '號', '년', '일']) || is_ordinal(tokens, position + 1);
        return if is_unit { 2 } else { 1 };
    }
    if let Some(sign @ ('/' | '-' | '.')) = token.sign() {
        parts.push(Part::Joint(sign));
    }
    1
}

/// `st`, `nd`, `rd`, `th`, `er`, `º` right behind a number, where no month number follows (`21 Th11`).
fn is_ordinal(tokens: &[Token], position: usize) -> bool {
    let ordinal = tokens.get(position).is_some_and(|token| {
        token.glued && matches!(token.word(), Some("st" | "nd" | "rd" | "th" | "er" | "e" | "o"))
    });
    ordinal && !tokens.get(position + 1).is_some_and(|next| next.glued && next.number().is_some())
}

/// Reads a word and what belongs to it; returns how many tokens that took.
fn read_word(tokens: &[Token], position: usize, parts: &mut Vec<Part>) -> usize {
    let word = tokens.get(position).and_then(Token::word).unwrap_or_default();
    let next = tokens.get(position + 1);
    let next_number = next.and_then(Token::small);
    let next_word = next.and_then(Token::word);
    match word {
        "tháng" | "thang" | "thg" | "th" => {
            if let Some((month, taken)) = month_behind(tokens, position + 1) {
                parts.push(Part::Month(month));
                return 1 + taken;
            }
        }
        // "21 T11 2026" is a month, "T7, 21/11/2026" a Saturday.
        "t" if next.is_some_and(|next| next.glued) && next_number.is_some() => {
            if matches!(parts.last(), Some(Part::Number { .. })) {
                parts.push(Part::Month(next_number.unwrap_or(0)));
            }
            return 2;
        }
        "thứ" if next_number.is_some() => return 2,
        "w" if next.is_some_and(|next| next.glued) => {
            if let Some((week, taken)) = week_behind(tokens, position + 1) {
                parts.push(week);
                return 1 + taken;
            }
        }
        _ => {}
    }
    if next_word.is_some_and(|next| names::completes_weekday(word, next)) {
        return 2;
    }
    if let Some(month) = months::named(word) {
        parts.push(Part::Month(month));
    } else if !names::is_filler(word) && !names::is_weekday(word) {
        parts.push(Part::Other);
    }
    1
}

/// The number of a Vietnamese month in digits or words, and how many tokens it takes.
fn month_behind(tokens: &[Token], position: usize) -> Option<(u32, usize)> {
    let first = tokens.get(position)?;
    if first.is_sign('.') {
        return tokens.get(position + 1)?.small().map(|month| (month, 2));
    }
    if let Some(month) = first.small() {
        return Some((month, 1));
    }
    names::vietnamese_month(first.word()?, tokens.get(position + 1).and_then(Token::word))
}

/// The `47-6` of `W47-6`, `476` of `W476` or `47` of `W47`, and how many tokens it takes.
fn week_behind(tokens: &[Token], position: usize) -> Option<(Part, usize)> {
    let (value, digits) = tokens.get(position)?.number()?;
    let value = u32::try_from(value).ok()?;
    let behind = tokens.get(position + 1).filter(|sign| sign.glued && sign.is_sign('-'));
    let day = behind.and_then(|_| tokens.get(position + 2)).and_then(Token::number);
    let (week, day, taken) = match (digits, day) {
        (3, _) => (value / 10, value % 10, 1),
        (2, Some((day, 1))) => (value, u32::try_from(day).ok()?, 3),
        (2, _) => (value, 1, 1),
        _ => return None,
    };
    let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
    Some((Part::Week { week, weekday }, taken))
}
