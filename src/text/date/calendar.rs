//! The day in what is left of a line once zone and time of day are taken out.

use chrono::NaiveDate;

use super::YEARS;
use super::names;
use super::token::Token;

/// Which of two small numbers is the day where both could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldOrder {
    /// 5/11 is the fifth of November.
    DayFirst,
    /// 5/11 is the eleventh of May.
    MonthFirst,
}

/// What may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// A complete day only: a time of day stands beside it.
    DayOnly,
    /// Also a bare month or year.
    AnyPeriod,
}

/// A part that can belong to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Number {
        value: u32,
        digits: usize,
    },
    Month(u32),
    /// `/`, `-` or `.`
    Joint(char),
    /// A word that belongs to no date.
    Other,
}

/// Finds a day: a complete date anywhere, else a shortened one where it is all there is.
pub(super) fn find(tokens: &[Token], order: FieldOrder, scope: Scope) -> Option<NaiveDate> {
    let parts = parts(tokens);
    if let Some(day) = (0..parts.len()).find_map(|start| complete(&parts, start, order)) {
        return Some(day);
    }
    let whole = trim(&parts);
    shortened(whole, order).or_else(|| match scope {
        Scope::AnyPeriod => period(whole),
        Scope::DayOnly => None,
    })
}

/// The day, where it exists and its year is plausible.
pub(super) fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

fn parts(tokens: &[Token]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(tokens.len());
    let mut position = 0;
    while let Some(token) = tokens.get(position) {
        position += if token.word().is_some() {
            read_word(tokens, position, &mut parts)
        } else {
            read_plain(tokens, position, &mut parts)
        };
    }
    parts
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

/// `st`, `nd`, `rd`, `th` right behind a number, where no month number follows (`21 Th11`).
fn is_ordinal(tokens: &[Token], position: usize) -> bool {
    let ordinal = tokens
        .get(position)
        .is_some_and(|token| token.glued && matches!(token.word(), Some("st" | "nd" | "rd" | "th")));
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
        _ => {}
    }
    if next_word.is_some_and(|next| names::completes_weekday(word, next)) {
        return 2;
    }
    if let Some(month) = names::month(word) {
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

/// A complete date that begins at `start`.
fn complete(parts: &[Part], start: usize, order: FieldOrder) -> Option<NaiveDate> {
    let (first, joint, second, after) = pair(parts, start)?;
    let (third, last_joint, end) = value(parts, after)?;
    match (first, second, third) {
        (
            Part::Number { value: a, digits: a_digits },
            Part::Number { value: b, digits: b_digits },
            Part::Number { value: c, digits: c_digits },
        ) => {
            let joined = joint.is_some() && joint == last_joint && b_digits <= 2;
            if !joined || continues(parts, start, end, joint) {
                return None;
            }
            match (a_digits, c_digits) {
                (4, 1 | 2) => day(a, b, c),
                (1 | 2, 4) => ordered(a, b, c, order),
                _ => None,
            }
        }
        (Part::Number { value: d, digits: 1 | 2 }, Part::Month(m), Part::Number { value: y, digits: 4 })
        | (Part::Month(m), Part::Number { value: d, digits: 1 | 2 }, Part::Number { value: y, digits: 4 })
        | (Part::Number { value: y, digits: 4 }, Part::Month(m), Part::Number { value: d, digits: 1 | 2 }) => {
            day(y, m, d)
        }
        _ => None,
    }
}

/// Two values from `start` on, the joint between them, and where the second ends.
fn pair(parts: &[Part], start: usize) -> Option<(Part, Option<char>, Part, usize)> {
    let first = parts.get(start).copied().filter(|part| !matches!(part, Part::Joint(_)))?;
    let (second, joint, end) = value(parts, start + 1)?;
    Some((first, joint, second, end))
}

/// The value at `start`, the joint before it, and where it ends.
fn value(parts: &[Part], start: usize) -> Option<(Part, Option<char>, usize)> {
    match (parts.get(start)?, parts.get(start + 1)) {
        (Part::Joint(_), None | Some(Part::Joint(_))) => None,
        (Part::Joint(joint), Some(part)) => Some((*part, Some(*joint), start + 2)),
        (part, _) => Some((*part, None, start + 1)),
    }
}

/// Whether three joined numbers are part of a longer row, as in an address or a version.
fn continues(parts: &[Part], start: usize, end: usize, joint: Option<char>) -> bool {
    let is_joint = |part: Option<&Part>| matches!((part, joint), (Some(Part::Joint(found)), Some(joint)) if *found == joint);
    let is_number = |part: Option<&Part>| matches!(part, Some(Part::Number { .. }));
    let before = start >= 2 && is_joint(parts.get(start - 1)) && is_number(parts.get(start - 2));
    before || (is_joint(parts.get(end)) && is_number(parts.get(end + 1)))
}

fn ordered(first: u32, second: u32, year: u32, order: FieldOrder) -> Option<NaiveDate> {
    let (usual, other) = match order {
        FieldOrder::DayFirst => ((second, first), (first, second)),
        FieldOrder::MonthFirst => ((first, second), (second, first)),
    };
    let (month, of_month) = if usual.0 > 12 { other } else { usual };
    day(year, month, of_month)
}

/// The parts without joints at the ends.
fn trim(parts: &[Part]) -> &[Part] {
    let is_value = |part: &Part| !matches!(part, Part::Joint(_));
    let first = parts.iter().position(is_value).unwrap_or(0);
    let last = parts.iter().rposition(is_value).map_or(0, |last| last + 1);
    parts.get(first..last).unwrap_or_default()
}

/// A date with a year of two digits, or written as one number.
fn shortened(parts: &[Part], order: FieldOrder) -> Option<NaiveDate> {
    if let [Part::Number { value, digits: 8 }] = parts {
        return day(value / 10_000, value / 100 % 100, value % 100);
    }
    let (first, joint, second, after) = pair(parts, 0)?;
    let (Part::Number { value: year, digits: 2 }, last_joint, end) = value(parts, after)? else {
        return None;
    };
    if end != parts.len() {
        return None;
    }
    let year = century(year);
    match (first, second) {
        (Part::Number { value: a, digits: 1 | 2 }, Part::Number { value: b, digits: 1 | 2 })
            if joint.is_some() && joint == last_joint =>
        {
            ordered(a, b, year, order)
        }
        (Part::Number { value: d, .. }, Part::Month(m)) | (Part::Month(m), Part::Number { value: d, .. }) => {
            day(year, m, d)
        }
        _ => None,
    }
}

/// Two digits of a year: up to 69 this century, as POSIX reads them.
fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// The first day of a month or a year that is all there is, or the day of an ISO ordinal date.
fn period(parts: &[Part]) -> Option<NaiveDate> {
    if let [Part::Number { value: year, digits: 4 }] = parts {
        return day(*year, 1, 1);
    }
    let (first, joint, second, end) = pair(parts, 0)?;
    if end != parts.len() {
        return None;
    }
    match (first, joint, second) {
        (Part::Number { value: y, digits: 4 }, Some('-'), Part::Number { value: n, digits: 3 }) => {
            NaiveDate::from_yo_opt(i32::try_from(y).ok().filter(|y| YEARS.contains(y))?, n)
        }
        (Part::Number { value: y, digits: 4 }, Some(_), Part::Number { value: m, digits: 1 | 2 })
        | (Part::Number { value: m, digits: 1 | 2 }, Some(_), Part::Number { value: y, digits: 4 })
        | (Part::Number { value: y, digits: 4 }, _, Part::Month(m))
        | (Part::Month(m), _, Part::Number { value: y, digits: 4 }) => day(y, m, 1),
        _ => None,
    }
}
