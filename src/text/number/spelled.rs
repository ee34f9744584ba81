//! Chinese numerals.

use super::figure::Figure;

/// More numerals are no number.
const MOST: usize = 9;

/// The number that the run of numerals at the beginning says (`三十五`, `二〇二五`, `两`), and where the run ends.
pub(super) fn numerals(text: &str) -> (Option<Figure>, usize) {
    let end = text.find(|c| digit(c).is_none() && power(c).is_none()).unwrap_or(text.len());
    let run = text.get(..end).unwrap_or_default();
    if run.is_empty() || run.chars().count() > MOST {
        return (None, end);
    }
    let value = if run.chars().all(|c| digit(c).is_some()) { positional(run) } else { additive(run) };
    (Some(Figure { digits: value, decimals: 0 }), end)
}

fn positional(run: &str) -> i128 {
    run.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit)
}

fn additive(run: &str) -> i128 {
    let (mut value, mut pending) = (0, None);
    for c in run.chars() {
        match (digit(c), power(c)) {
            (Some(digit), _) => pending = Some(digit),
            (None, Some(power)) => value += pending.take().unwrap_or(1) * power,
            (None, None) => {}
        }
    }
    value + pending.unwrap_or(0)
}

fn digit(c: char) -> Option<i128> {
    let place = "〇一二三四五六七八九".chars().position(|numeral| numeral == c);
    place.map(|place| place as i128).or(match c {
        '零' => Some(0),
        '两' | '兩' => Some(2),
        _ => None,
    })
}

fn power(c: char) -> Option<i128> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        _ => None,
    }
}
