//! Days and times of day among figures.

use super::words::{MONTHS, eat, ends_in};

/// A day that begins with these figures, and what is left behind it.
pub(super) fn day<'a>(run: &str, before: &str, rest: &'a str) -> Option<((u8, u8), &'a str)> {
    let first: u16 = run.parse().ok()?;
    if run.len() == 4 {
        return iso(rest);
    }
    let number = u8::try_from(first).ok()?;
    numeric(number, rest)
        .or_else(|| month_after(number, rest))
        .or_else(|| month_before(before).and_then(|month| valid(month, number).map(|day| (day, rest))))
}

/// Whether the figures are hours, and what is left behind the minutes.
pub(super) fn time_of_day<'a>(run: &str, rest: &'a str) -> Option<&'a str> {
    let hours: u8 = run.parse().ok().filter(|hours| *hours < 25)?;
    let minutes = rest.strip_prefix([':', 'h', '：'])?;
    let (number, left) = small(minutes)?;
    (number < 60 && hours < 25 && minutes.len() - left.len() == 2).then_some(left)
}

/// `26/7`, `26/7/2025`, `26-7-2025`, `26.7.2025` is read as figures before; `7月26日`.
fn numeric(first: u8, rest: &str) -> Option<((u8, u8), &str)> {
    if let Some(behind) = rest.strip_prefix('月') {
        let (day, left) = small(behind)?;
        let left = left.strip_prefix(['日', '号', '號'])?;
        return Some((valid(first, day)?, left));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '/' | '-'))?;
    let (month, left) = small(rest.get(1..)?)?;
    let day = valid(month, first)?;
    let year = left.strip_prefix(separator).and_then(|year| year.get(..4).map(|figures| (year, figures)));
    match year {
        Some((year, figures)) if figures.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some((day, year.get(4..).unwrap_or_default()))
        }
        _ if separator == '/' => Some((day, left)),
        _ => None,
    }
}

/// `-01-24` behind a year.
fn iso(rest: &str) -> Option<((u8, u8), &str)> {
    let (month, left) = small(rest.strip_prefix('-')?)?;
    let (day, left) = small(left.strip_prefix('-')?)?;
    Some((valid(month, day)?, left))
}

/// `24 tháng 1`, `24 January`.
fn month_after(day: u8, rest: &str) -> Option<((u8, u8), &str)> {
    let rest = rest.trim_start_matches(' ');
    if let Some(behind) = eat(rest, "tháng") {
        let (month, left) = small(behind.trim_start_matches(' '))?;
        return Some((valid(month, day)?, left));
    }
    let (month, left) = MONTHS.iter().find_map(|(name, month)| Some((*month, eat(rest, name)?)))?;
    Some((valid(month, day)?, left))
}

fn month_before(before: &str) -> Option<u8> {
    let before = before.strip_suffix(' ')?;
    let before = before.strip_suffix('.').unwrap_or(before);
    MONTHS.iter().find(|(name, _)| ends_in(before, name)).map(|(_, month)| *month)
}

/// One or two digits that no further digit follows.
fn small(text: &str) -> Option<(u8, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if end > 2 {
        return None;
    }
    Some((text.get(..end)?.parse().ok()?, text.get(end..)?))
}

fn valid(month: u8, day: u8) -> Option<(u8, u8)> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}
