//! Whether words are numbers, and what the one number of a selection is.

use super::options::NumberFormat;
use super::token::{Token, tokens};

/// Numbers that are written as words, and what multiplies them, in lower case.
const SPELLED: [&str; 78] = [
    "không",
    "một",
    "hai",
    "ba",
    "bốn",
    "tư",
    "năm",
    "sáu",
    "bảy",
    "bẩy",
    "tám",
    "chín",
    "mười",
    "mươi",
    "mốt",
    "lăm",
    "rưỡi",
    "chục",
    "trăm",
    "nghìn",
    "ngàn",
    "vạn",
    "triệu",
    "tỷ",
    "tỉ",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "dozen",
    "half",
    "percent",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "dozens",
    "twice",
    "tr",
    "k",
    "m",
    "bn",
    "mn",
    "tn",
    "%",
];
/// Han characters that numbers are written with.
const HAN: &str = "零〇一二三四五六七八九十百千万亿兆两几半萬億兩成";
/// Letters that may stand at the end of figures and are a unit.
const UNITS: [&str; 38] = [
    "nm", "mm", "cm", "m", "km", "g", "kg", "mg", "l", "ml", "k", "tr", "b", "w", "kw", "mw", "gw", "kwh",
    "gb", "tb", "mb", "pb", "kb", "hz", "khz", "mhz", "ghz", "h", "s", "p", "th", "st", "nd", "rd", "v",
    "ha", "bn", "mn",
];

/// Whether each of these words is a number or belongs to one, and one at least is a number.
pub(super) fn all_numbers(tokens: &[Token<'_>]) -> bool {
    let mut any = false;
    for token in tokens.iter().filter(|token| token.is_word()) {
        if !is_number(token.text) {
            return false;
        }
        any = true;
    }
    any
}

/// `384`, `25,6%`, `15/9`, `$5.6`, `7nm`, `hai`, `三`.
pub(super) fn is_number(word: &str) -> bool {
    let lower = word.to_lowercase();
    if SPELLED.contains(&lower.as_str()) || lower.chars().all(|c| HAN.contains(c)) && !lower.is_empty() {
        return true;
    }
    let figures = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = figures.find(char::is_alphabetic).unwrap_or(figures.len());
    let (digits, unit) = figures.split_at_checked(end).unwrap_or((figures, ""));
    digits.chars().any(|c| c.is_numeric()) && (unit.is_empty() || UNITS.contains(&unit) || unit == "%")
}

/// The first number of these lines; nothing where there is none.
pub(super) fn first<'l>(lines: impl IntoIterator<Item = &'l str>, format: NumberFormat) -> Option<f64> {
    lines.into_iter().flat_map(tokens).find_map(|token| value(token.text, format))
}

/// What figures say in a format; nothing where the word is no number.
fn value(word: &str, format: NumberFormat) -> Option<f64> {
    let (groups, decimal) = match format {
        NumberFormat::Vietnamese => ('.', ','),
        NumberFormat::English => (',', '.'),
    };
    if !word.chars().next().is_some_and(|c| c.is_ascii_digit() || !c.is_alphanumeric()) {
        return None;
    }
    let negative = word.starts_with(['-', '−']);
    let figures = word.chars().skip_while(|c| !c.is_ascii_digit());
    let figures: String =
        figures.take_while(|c| c.is_ascii_digit() || *c == groups || *c == decimal).collect();
    let figures: String =
        figures.chars().filter(|c| *c != groups).map(|c| if c == decimal { '.' } else { c }).collect();
    let value: f64 = figures.trim_end_matches('.').parse().ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_names_that_hold_digits() {
        for (word, number) in [
            ("384", true),
            ("25,6%", true),
            ("15/9", true),
            ("$5.6", true),
            ("-5%", true),
            ("7nm", true),
            ("500kW", true),
            ("hai", true),
            ("triệu", true),
            ("三", true),
            ("两百", true),
            ("910C", false),
            ("GPT-4", false),
            ("R1", false),
            ("chip", false),
            ("", false),
        ] {
            assert_eq!(is_number(word), number, "{word}");
        }
    }

    #[test]
    fn the_number_of_a_selection_is_read_in_its_format() {
        use NumberFormat::{English, Vietnamese};
        for (line, format, number) in [
            ("1.299.000₫", Vietnamese, Some(1_299_000.0)),
            ("Giá: 1.299.000,50 đ", Vietnamese, Some(1_299_000.5)),
            ("$1,299,000.50", English, Some(1_299_000.5)),
            ("-2,5%", Vietnamese, Some(-2.5)),
            ("iPhone17: 30", English, Some(30.0)),
            ("hết hàng", Vietnamese, None),
        ] {
            assert_eq!(first([line], format), number, "{line}");
        }
    }
}
