//! Figures and the separators inside them.

use super::words::Decimal;

/// Digits and how many of them are decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) digits: i128,
    pub(super) decimals: u32,
}

/// More digits are a serial number.
const MOST_DIGITS: usize = 15;

/// The end of the figures at the beginning of `text`: digits, and single points or commas between digits.
pub(super) fn end_of_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |index: usize| bytes.get(index).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || (matches!(bytes.get(end), Some(b'.' | b',')) && end > 0 && is_digit(end + 1)) {
        end += 1;
    }
    end
}

/// What the figures say; `None` for versions (`1.2.3`), codes and numbers of too many digits.
pub(super) fn read(run: &str, decimal: Decimal) -> Option<Figure> {
    if run.bytes().filter(u8::is_ascii_digit).count() > MOST_DIGITS {
        return None;
    }
    let (whole, part) = split(run, decimal)?;
    let digits: String =
        whole.bytes().chain(part.bytes()).filter(u8::is_ascii_digit).map(char::from).collect();
    Some(Figure { digits: digits.parse().ok()?, decimals: part.len() as u32 })
}

/// Whole part, perhaps grouped by thousands, and decimals.
fn split(run: &str, decimal: Decimal) -> Option<(&str, &str)> {
    let Some(last) = run.rfind(['.', ',']) else { return Some((run, "")) };
    let (whole, part) = (run.get(..last)?, run.get(last + 1..)?);
    let separator = *run.as_bytes().get(last)?;
    let Some(first) = run.find(['.', ',']) else { return Some((run, "")) };
    let several = first != last;
    if several && whole.as_bytes().get(first) != Some(&separator) {
        return is_grouped(whole).then_some((whole, part));
    }
    if several {
        return is_grouped(run).then_some((run, ""));
    }
    let groups = if decimal == Decimal::Comma { b'.' } else { b',' };
    if separator == groups && is_grouped(run) { Some((run, "")) } else { Some((whole, part)) }
}

/// Whether every group but the first has three digits, and the first one to three.
fn is_grouped(run: &str) -> bool {
    let mut groups = run.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
}
