//! The day in what is left of a line once zone and time of day are taken out.

use chrono::NaiveDate;

use super::YEARS;
use super::part::{self, Part};
use super::token::Token;

/// Which part of a date comes first where several could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldOrder {
    /// 5/11 is the fifth of November.
    Day,
    /// 5/11 is the eleventh of May.
    Month,
    /// As with the day first, but 26-11-21 begins with its year: a `T` behind it makes it ISO 8601.
    Year,
}

/// What may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// A complete day only: a time of day stands beside it.
    DayOnly,
    /// Also a bare month or year.
    AnyPeriod,
}

/// Finds a day: a complete date anywhere, else a shortened one where it is all there is.
pub(super) fn find(tokens: &[Token], order: FieldOrder, scope: Scope) -> Option<NaiveDate> {
    let parts = part::read(tokens);
    if let Some(day) = (0..parts.len()).find_map(|start| complete(&parts, start, order)) {
        return Some(day);
    }
    let whole = trim(&parts);
    shortened(whole, order).or_else(|| numbered(whole)).or_else(|| match scope {
        Scope::AnyPeriod => period(whole),
        Scope::DayOnly => None,
    })
}

/// The day, where it exists and its year is plausible.
pub(super) fn day(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(plausible(year)?, month, day)
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
        FieldOrder::Day | FieldOrder::Year => ((second, first), (first, second)),
        FieldOrder::Month => ((first, second), (second, first)),
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
    if let [
        Part::Number { value: d, digits: 1 | 2 },
        Part::Number { value: m, digits: 1 | 2 },
        Part::Number { value: y, digits: 4 },
    ] = parts
    {
        return day(*y, *m, *d);
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
            match order {
                FieldOrder::Year => day(century(a), b, year % 100),
                FieldOrder::Day | FieldOrder::Month => ordered(a, b, year, order),
            }
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

/// The day of an ISO 8601 date that counts days of the year (`2026-325`) or weeks (`2026-W47-6`).
fn numbered(parts: &[Part]) -> Option<NaiveDate> {
    if let [Part::Number { value, digits: 7 }] = parts {
        return NaiveDate::from_yo_opt(plausible(value / 1000)?, value % 1000);
    }
    let (Part::Number { value: year, digits: 4 }, joint, second, end) = pair(parts, 0)? else { return None };
    if end != parts.len() {
        return None;
    }
    let year = plausible(year)?;
    match second {
        Part::Number { value: of_year, digits: 3 } if joint == Some('-') => {
            NaiveDate::from_yo_opt(year, of_year)
        }
        Part::Week { week, weekday } => NaiveDate::from_isoywd_opt(year, week, weekday),
        _ => None,
    }
}

fn plausible(year: u32) -> Option<i32> {
    i32::try_from(year).ok().filter(|year| YEARS.contains(year))
}

/// The first day of a month or a year that is all there is.
fn period(parts: &[Part]) -> Option<NaiveDate> {
    if let [Part::Number { value: year, digits: 4 }] = parts {
        return day(*year, 1, 1);
    }
    let (first, joint, second, end) = pair(parts, 0)?;
    if end != parts.len() {
        return None;
    }
    match (first, joint, second) {
        (Part::Number { value: y, digits: 4 }, Some(_), Part::Number { value: m, digits: 1 | 2 })
        | (Part::Number { value: m, digits: 1 | 2 }, Some(_), Part::Number { value: y, digits: 4 })
        | (Part::Number { value: y, digits: 4 }, _, Part::Month(m))
        | (Part::Month(m), _, Part::Number { value: y, digits: 4 }) => day(y, m, 1),
        _ => None,
    }
}
