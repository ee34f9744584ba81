//! The time of day in a line.

use super::months;
use super::token::Token;
use super::zone;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24; 24 is the next day's midnight.
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) micros: u32,
    /// Whether it says AM or PM in English.
    pub(super) american: bool,
    /// Whether a `T` stands before it.
    pub(super) iso: bool,
    /// Where it stood before it was taken out.
    pub(super) stood_at: usize,
}

/// A time as its digits say it, and one past its last token.
#[derive(Default)]
struct Digits {
    hour: u32,
    minute: u32,
    second: u32,
    micros: u32,
    end: usize,
}

/// Half of the day as words say it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
    Noon,
    Night,
}

/// Finds the time of day and takes it out, with the `T` before it and the half of the day around it.
pub(super) fn take(tokens: &mut Vec<Token>) -> Option<Clock> {
    drop_impossible(tokens);
    let forms = [with_colons, with_dots, after_t, with_units, with_half_only];
    let (start, digits) = forms.iter().find_map(|form| {
        (0..tokens.len()).find_map(|start| form(tokens, start).map(|found| (start, found)))
    })?;
    let mut first = start;
    let before = start.checked_sub(1).and_then(|before| tokens.get(before)).and_then(Token::word);
    let iso = before == Some("t");
    let half_before = before.and_then(eastern_half);
    if iso || half_before.is_some() {
        first = start - 1;
    }
    let (half_after, american, end) = half_behind(tokens, digits.end);
    tokens.drain(first..end);
    let half = half_after.or(half_before);
    let hour = half.map_or(digits.hour, |half| in_half(digits.hour, half));
    let Digits { minute, second, micros, .. } = digits;
    (hour < 24 || minute + second == 0).then_some(Clock {
        hour,
        minute,
        second,
        micros,
        american,
        iso,
        stood_at: first,
    })
}

/// `18:10`, `18:10:00`, `18:10:00.123456`.
fn with_colons(tokens: &[Token], start: usize) -> Option<Digits> {
    let hour = tokens.get(start)?.small().filter(|hour| *hour <= 24)?;
    let minute = sixty_behind(tokens, start + 1)?;
    let Some(second) = sixty_behind(tokens, start + 3) else {
        return Some(Digits { hour, minute, end: start + 3, ..Digits::default() });
    };
    let (micros, end) = fraction(tokens, start + 5).unwrap_or((0, start + 5));
    // A leap second is the last moment of its minute: the calendar here has none.
    Some(Digits { hour, minute, second: second.min(59), micros, end })
}

/// Takes out a time that no clock shows (25:51, 01:61), with its offset: the day is all that such a date says.
fn drop_impossible(tokens: &mut Vec<Token>) {
    let part =
        |at: usize| tokens.get(at).filter(|token| token.is_sign(':')).and(tokens.get(at + 1)?.number());
    let found = (0..tokens.len()).find_map(|start| {
        let hour = tokens.get(start)?.small()?;
        let (minute, digits) = part(start + 1)?;
        let second = part(start + 3).map_or(0, |(second, _)| second);
        (digits == 2).then_some((start, hour > 24 || minute > 59 || second > 60))
    });
    let Some((start, true)) = found else { return };
    let times = (1..3).take_while(|pair| part(start + 2 * pair - 1).is_some()).count();
    let end = start + 1 + 2 * times;
    let end = zone::behind_offset(tokens, end).unwrap_or(end);
    tokens.drain(start..end);
}

/// `18.10` or `18.10.00` behind the year or the `T` of a date: dots also stand in dates.
fn with_dots(tokens: &[Token], start: usize) -> Option<Digits> {
    let (hour, minute) = (tokens.get(start)?.small()?, dotted_pair(tokens, start + 1)?);
    let before = |back: usize| start.checked_sub(back).and_then(|at| tokens.get(at));
    let year = if before(1)?.sign().is_some_and(|sign| matches!(sign, ',' | '|' | '-')) {
        before(2)
    } else {
        before(1)
    };
    let behind_year = year?.number().is_some_and(|(_, digits)| digits == 4);
    let behind_t = before(1)?.word() == Some("t") && tokens.get(start)?.glued;
    if hour > 23 || !(behind_year || behind_t) {
        return None;
    }
    let second = dotted_pair(tokens, start + 3);
    let end = if second.is_some() { start + 5 } else { start + 3 };
    let goes_on = tokens.get(end).is_some_and(|token| token.glued && token.is_sign('.'))
        && tokens.get(end + 1).is_some_and(|token| token.number().is_some());
    (!goes_on).then_some(Digits { hour, minute, second: second.unwrap_or(0), micros: 0, end })
}

/// A dot and two digits below 60, without white space.
fn dotted_pair(tokens: &[Token], start: usize) -> Option<u32> {
    tokens.get(start).filter(|token| token.glued && token.is_sign('.'))?;
    let part = tokens.get(start + 1).filter(|token| token.glued)?;
    let two_digits = part.number()?.1 == 2;
    part.small().filter(|value| two_digits && *value < 60)
}

/// A colon and two digits up to 60.
fn sixty_behind(tokens: &[Token], start: usize) -> Option<u32> {
    tokens.get(start).filter(|token| token.is_sign(':'))?;
    let part = tokens.get(start + 1)?;
    let two_digits = part.number()?.1 == 2;
    part.small().filter(|value| two_digits && *value <= 60)
}

/// `.123456789` or `,123` in microseconds.
fn fraction(tokens: &[Token], start: usize) -> Option<(u32, usize)> {
    let sign = tokens.get(start).filter(|token| token.glued)?.sign()?;
    let part = tokens.get(start + 1).filter(|token| token.glued)?;
    let (value, digits) = part.number()?;
    let marked = sign == '.' || (sign == ',' && digits >= 3);
    if !marked || digits > 18 {
        return None;
    }
    let scale = i32::try_from(digits).ok()? - 6;
    let ten = 10_u64.pow(scale.unsigned_abs());
    let micros = if scale > 0 { value / ten } else { value * ten };
    Some((u32::try_from(micros).ok()?, start + 2))
}

/// `T18`, `T1810`, `T181000` behind a date, also without the `T` behind a date of eight digits.
fn after_t(tokens: &[Token], start: usize) -> Option<Digits> {
    let before = tokens.get(start.checked_sub(1)?)?;
    let part = tokens.get(start)?;
    let (value, digits) = part.number()?;
    let date = start.checked_sub(2).and_then(|date| tokens.get(date)).and_then(Token::number);
    let joined = before.word() == Some("t") && before.glued && part.glued && date.is_some();
    let compact = before.number().is_some_and(|(_, digits)| digits == 8) && digits >= 4;
    if !joined && !compact {
        return None;
    }
    let value = u32::try_from(value).ok()?;
    let (hour, minute, second) = match digits {
        2 => (value, 0, 0),
        4 => (value / 100, value % 100, 0),
        6 => (value / 10_000, value / 100 % 100, value % 100),
        _ => return None,
    };
    let (micros, end) = fraction(tokens, start + 1).unwrap_or((0, start + 1));
    (hour <= 24 && minute < 60 && second < 60).then_some(Digits { hour, minute, second, micros, end })
}

/// `18h10`, `18 giờ 10 phút`, `18g10`, `18时10分`.
fn with_units(tokens: &[Token], start: usize) -> Option<Digits> {
    let hour = tokens.get(start)?.small().filter(|hour| *hour < 24)?;
    let unit = tokens.get(start + 1)?;
    let glued_number = tokens.get(start + 2).is_some_and(|next| next.glued && next.small().is_some());
    match unit.word()? {
        "h" | "giờ" | "gio" => {}
        "g" if unit.glued && glued_number => {}
        word if word.starts_with(['时', '時', '点', '點', '시']) => {}
        _ => return None,
    }
    let Some(minute) = minute_behind(tokens, start + 2) else {
        return Some(Digits { hour, end: start + 2, ..Digits::default() });
    };
    let named = tokens.get(start + 3).and_then(Token::word).is_some_and(is_minute_unit);
    let end = if named { start + 4 } else { start + 3 };
    let second = seconds_behind(tokens, end);
    let end = if second.is_some() { end + 2 } else { end };
    Some(Digits { hour, minute, second: second.unwrap_or(0), micros: 0, end })
}

fn minute_behind(tokens: &[Token], start: usize) -> Option<u32> {
    let minute = tokens.get(start)?.small().filter(|minute| *minute < 60)?;
    (!begins_date(tokens, start)).then_some(minute)
}

fn seconds_behind(tokens: &[Token], start: usize) -> Option<u32> {
    let second = tokens.get(start)?.small().filter(|second| *second < 60)?;
    let unit = tokens.get(start + 1)?.word()?;
    (matches!(unit, "giây" | "s") || unit.starts_with(['秒', '초'])).then_some(second)
}

fn is_minute_unit(word: &str) -> bool {
    matches!(word, "phút" | "phut" | "p" | "m") || word.starts_with(['分', '분'])
}

/// Whether the number at `start` is a day, month or year rather than a minute.
fn begins_date(tokens: &[Token], start: usize) -> bool {
    let Some(next) = tokens.get(start + 1) else { return false };
    let joined = next.sign().is_some_and(|sign| matches!(sign, '/' | '-' | '.'))
        && tokens.get(start + 2).is_some_and(|token| token.number().is_some());
    let word = next.word().unwrap_or_default();
    joined
        || matches!(word, "tháng" | "thang" | "thg" | "th")
        || months::named(word).is_some()
        || word.starts_with(['年', '月', '日', '년', '월', '일'])
}

/// `6 PM`.
fn with_half_only(tokens: &[Token], start: usize) -> Option<Digits> {
    let hour = tokens.get(start)?.small().filter(|hour| (1..=12).contains(hour))?;
    let (half, american, _) = half_behind(tokens, start + 1);
    (half.is_some() && american).then_some(Digits { hour, end: start + 1, ..Digits::default() })
}

/// The half of the day at `start`, whether it is said in English, and where it ends.
fn half_behind(tokens: &[Token], start: usize) -> (Option<Half>, bool, usize) {
    let word = tokens.get(start).and_then(Token::word).unwrap_or_default();
    let half = match word {
        "am" => return (Some(Half::Morning), true, start + 1),
        "pm" => return (Some(Half::Afternoon), true, start + 1),
        "a" | "p" if dotted(tokens, start) => {
            let half = if word == "a" { Half::Morning } else { Half::Afternoon };
            let last = tokens.get(start + 3).is_some_and(|token| token.is_sign('.'));
            return (Some(half), true, start + 3 + usize::from(last));
        }
        "sa" | "sáng" | "sang" => Half::Morning,
        "ch" | "chiều" | "chieu" | "tối" => Half::Afternoon,
        "trưa" => Half::Noon,
        "đêm" | "khuya" => Half::Night,
        _ => return (None, false, start),
    };
    (Some(half), false, start + 1)
}

/// Whether `.m` follows, as in `p.m.`.
fn dotted(tokens: &[Token], start: usize) -> bool {
    tokens.get(start + 1).is_some_and(|token| token.is_sign('.'))
        && tokens.get(start + 2).and_then(Token::word) == Some("m")
}

/// Chinese, Japanese and Korean name the half before the time.
fn eastern_half(word: &str) -> Option<Half> {
    let ends = |names: &[&str]| names.iter().any(|name| word.ends_with(name));
    if ends(&["上午", "凌晨", "早上", "午前", "오전"]) {
        return Some(Half::Morning);
    }
    if ends(&["下午", "晚上", "傍晚", "午後", "오후"]) {
        return Some(Half::Afternoon);
    }
    ends(&["中午"]).then_some(Half::Noon)
}

fn in_half(hour: u32, half: Half) -> u32 {
    match half {
        Half::Morning | Half::Night if hour == 12 => 0,
        Half::Afternoon if hour < 12 => hour + 12,
        Half::Noon if hour < 6 => hour + 12,
        Half::Night if (6..12).contains(&hour) => hour + 12,
        Half::Morning | Half::Afternoon | Half::Noon | Half::Night => hour,
    }
}
