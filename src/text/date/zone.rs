//! Time zones as dates name them: offsets, abbreviations, places.

use chrono::{NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

use super::token::Token;

/// The widest offset in use (Kiribati), in hours.
const WIDEST: u32 = 14;

/// What a date says about its zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Minutes east of Greenwich.
    Offset(i32),
    /// A place with rules of its own.
    Place(Tz),
}

impl Zone {
    /// The offset of Vietnam.
    pub(super) const VIETNAM: Self = Self::Offset(7 * 60);
}

/// Takes out `GMT+7`, `UTC`, `+07:00` or `+0700`, wherever it stands.
pub(super) fn take_offset(tokens: &mut Vec<Token>) -> Option<Zone> {
    for start in 0..tokens.len() {
        let Some((minutes, end)) = greenwich(tokens, start).or_else(|| plus(tokens, start)) else {
            continue;
        };
        tokens.drain(start..end);
        return Some(Zone::Offset(minutes));
    }
    None
}

/// `GMT`, `UTC` and what they add.
fn greenwich(tokens: &[Token], start: usize) -> Option<(i32, usize)> {
    let token = tokens.get(start)?;
    let named = matches!(token.word()?, "gmt" | "utc") || token.capitals() == Some("ut");
    if !named {
        return None;
    }
    let sign = tokens.get(start + 1).and_then(Token::sign);
    let offset = match sign {
        Some('+') => hours(tokens, start + 2),
        Some('-') => hours(tokens, start + 2).map(|(minutes, end)| (-minutes, end)),
        _ => None,
    };
    Some(offset.unwrap_or((0, start + 1)))
}

/// A bare `+07:00`. A minus is read only right behind the time, where it cannot be a dash.
fn plus(tokens: &[Token], start: usize) -> Option<(i32, usize)> {
    let sign = tokens.get(start).filter(|token| token.is_sign('+'))?;
    let before = start.checked_sub(1).and_then(|before| tokens.get(before));
    let behind_word = sign.glued && before.is_some_and(|before| before.word().is_some());
    let (minutes, end) = hours(tokens, start + 1)?;
    let written_out = end > start + 2 || tokens.get(start + 1)?.number()?.1 == 4;
    (written_out || !behind_word).then_some((minutes, end))
}

/// `7`, `07`, `0700`, `07:00` in minutes, and where it ends.
fn hours(tokens: &[Token], start: usize) -> Option<(i32, usize)> {
    let (value, digits) = tokens.get(start)?.number()?;
    let value = u32::try_from(value).ok()?;
    let (hour, minute, end) = match digits {
        1 | 2 => match minutes_behind(tokens, start + 1) {
            Some(minute) => (value, minute, start + 3),
            None => (value, 0, start + 1),
        },
        3 | 4 => (value / 100, value % 100, start + 1),
        _ => return None,
    };
    let possible = hour <= WIDEST && minute < 60;
    possible.then_some((i32::try_from(hour * 60 + minute).ok()?, end))
}

fn minutes_behind(tokens: &[Token], start: usize) -> Option<u32> {
    tokens.get(start).filter(|token| token.is_sign(':'))?;
    let minute = tokens.get(start + 1)?;
    (minute.number()?.1 == 2).then(|| minute.small())?
}

/// Takes out the zone that follows a time of day: `-0500`, `Z`, `ICT`. `source` decides what CST means.
pub(super) fn take_after(tokens: &mut Vec<Token>, clock: usize, source: Tz) -> Option<Zone> {
    if tokens.get(clock).is_some_and(|token| token.glued && token.word() == Some("z")) {
        tokens.remove(clock);
        return Some(Zone::Offset(0));
    }
    if let Some((minutes, end)) = minus(tokens, clock) {
        tokens.drain(clock..end);
        return Some(Zone::Offset(minutes));
    }
    let found = tokens.iter().enumerate().skip(clock).find_map(|(position, token)| {
        token.capitals().and_then(|name| abbreviation(name, source)).map(|zone| (position, zone))
    });
    let (position, zone) = found.or_else(|| last_word(tokens, clock, source))?;
    tokens.remove(position);
    Some(zone)
}

/// A zone in small letters, or one letter of the military alphabet, where it is the last word, right behind the
/// time. Elsewhere "est" and "ist" are words. RFC 5322 takes the letters for an unknown zone, written as UTC.
fn last_word(tokens: &[Token], clock: usize, source: Tz) -> Option<(usize, Zone)> {
    let last = tokens.get(clock).filter(|_| tokens.len() == clock + 1)?;
    let word = last.word()?;
    let military =
        last.capitals().filter(|letter| letter.len() == 1 && !matches!(*letter, "a" | "p" | "h" | "j"));
    let zone = abbreviation(word, source).or_else(|| military.map(|_| Zone::Offset(0)))?;
    Some((clock, zone))
}

/// Where the offset at `start` ends, if there is one.
pub(super) fn behind_offset(tokens: &[Token], start: usize) -> Option<usize> {
    tokens.get(start).filter(|token| token.is_sign('-') || token.is_sign('+'))?;
    hours(tokens, start + 1).map(|(_, end)| end)
}

fn minus(tokens: &[Token], clock: usize) -> Option<(i32, usize)> {
    tokens.get(clock).filter(|token| token.is_sign('-'))?;
    tokens.get(clock + 1).filter(|token| token.glued)?;
    let (minutes, end) = hours(tokens, clock + 1)?;
    let is_date = tokens.get(end).and_then(Token::sign).is_some_and(|sign| matches!(sign, '-' | '/' | '.'))
        && tokens.get(end + 1).is_some_and(|token| token.number().is_some());
    (!is_date).then_some((-minutes, end))
}

/// Zone abbreviations met in feeds, with RFC 5322 deciding for the American ones. Of those that several countries
/// use, IST is India's, BST Britain's, AST and ADT Canada's; CST is America's unless the source keeps China's time.
fn abbreviation(name: &str, source: Tz) -> Option<Zone> {
    let minutes = |hours: i32, minutes: i32| Some(Zone::Offset(hours * 60 + minutes));
    let hours = |hours: i32| minutes(hours, 0);
    match name {
        "z" | "wet" => hours(0),
        "bst" | "cet" | "met" | "mez" | "west" | "wat" => hours(1),
        "cest" | "mest" | "mesz" | "eet" | "sast" | "cat" => hours(2),
        "eest" | "msk" | "trt" | "idt" | "eat" => hours(3),
        "irst" => minutes(3, 30),
        "gst" | "msd" => hours(4),
        "aft" => minutes(4, 30),
        "pkt" | "uzt" => hours(5),
        "ist" => minutes(5, 30),
        "npt" => minutes(5, 45),
        "bdt" => hours(6),
        "mmt" => minutes(6, 30),
        "ict" | "wib" => hours(7),
        "cst" if is_chinese(source) => hours(8),
        "sgt" | "hkt" | "pht" | "myt" | "awst" | "wita" => hours(8),
        "jst" | "kst" | "wit" => hours(9),
        "acst" => minutes(9, 30),
        "aest" => hours(10),
        "acdt" => minutes(10, 30),
        "aedt" => hours(11),
        "nzst" => hours(12),
        "nzdt" => hours(13),
        "ndt" => minutes(-2, -30),
        "brt" | "art" | "adt" | "uyt" => hours(-3),
        "nst" => minutes(-3, -30),
        "ast" | "edt" | "clt" => hours(-4),
        "est" | "cdt" | "cot" | "pet" => hours(-5),
        "cst" | "mdt" => hours(-6),
        "mst" | "pdt" => hours(-7),
        "pst" | "akdt" => hours(-8),
        "akst" => hours(-9),
        "hst" => hours(-10),
        "et" => Some(Zone::Place(Tz::America__New_York)),
        "ct" => Some(Zone::Place(Tz::America__Chicago)),
        "mt" => Some(Zone::Place(Tz::America__Denver)),
        "pt" => Some(Zone::Place(Tz::America__Los_Angeles)),
        _ => None,
    }
}

/// Whether "CST" on this source means China's time.
fn is_chinese(source: Tz) -> bool {
    // A year of our time: in 1970 Saigon, too, kept the hour of Peking.
    let Some(day) = NaiveDate::from_ymd_opt(2020, 1, 1) else { return false };
    source.offset_from_utc_date(&day).fix().local_minus_utc() == 8 * 3600
}

/// A zone by its place: `Asia/Ho_Chi_Minh`, `[Europe/Berlin]`.
pub(super) fn place(line: &str) -> Option<Zone> {
    line.split([' ', '(', ')', '[', ']', ','])
        .filter(|piece| piece.contains('/') && piece.starts_with(|c: char| c.is_ascii_uppercase()))
        .find_map(|piece| piece.parse().ok())
        .map(Zone::Place)
}
