//! The words around a number, longest first where one begins another.

use super::Currency;

/// How a language separates decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimal {
    /// `1,5`
    Comma,
    /// `1.5`
    Point,
}

/// A word for a power of ten, its exponent, and the convention that the figures before it follow.
pub(super) type Scale = (&'static str, u32, Decimal);

pub(super) const SCALES: &[Scale] = &[
    ("triệu tỷ", 15, Decimal::Comma),
    ("triệu tỉ", 15, Decimal::Comma),
    ("nghìn tỷ", 12, Decimal::Comma),
    ("nghìn tỉ", 12, Decimal::Comma),
    ("ngàn tỷ", 12, Decimal::Comma),
    ("ngàn tỉ", 12, Decimal::Comma),
    ("tỷ", 9, Decimal::Comma),
    ("tỉ", 9, Decimal::Comma),
    ("triệu", 6, Decimal::Comma),
    ("nghìn", 3, Decimal::Comma),
    ("ngàn", 3, Decimal::Comma),
    ("trillion", 12, Decimal::Point),
    ("trn", 12, Decimal::Point),
    ("tn", 12, Decimal::Point),
    ("billion", 9, Decimal::Point),
    ("bln", 9, Decimal::Point),
    ("bn", 9, Decimal::Point),
    ("million", 6, Decimal::Point),
    ("mln", 6, Decimal::Point),
    ("mn", 6, Decimal::Point),
    ("thousand", 3, Decimal::Point),
    ("万亿", 12, Decimal::Point),
    ("萬億", 12, Decimal::Point),
    ("兆", 12, Decimal::Point),
    ("千亿", 11, Decimal::Point),
    ("千億", 11, Decimal::Point),
    ("百亿", 10, Decimal::Point),
    ("百億", 10, Decimal::Point),
    ("十亿", 9, Decimal::Point),
    ("十億", 9, Decimal::Point),
    ("亿", 8, Decimal::Point),
    ("億", 8, Decimal::Point),
    ("千万", 7, Decimal::Point),
    ("千萬", 7, Decimal::Point),
    ("百万", 6, Decimal::Point),
    ("百萬", 6, Decimal::Point),
    ("万", 4, Decimal::Point),
    ("萬", 4, Decimal::Point),
    ("千", 3, Decimal::Point),
];

/// Letters directly behind an amount of money: `$5m`.
pub(super) const SHORT_SCALES: &[Scale] = &[
    ("k", 3, Decimal::Point),
    ("m", 6, Decimal::Point),
    ("b", 9, Decimal::Point),
    ("t", 12, Decimal::Point),
];

pub(super) const CURRENCIES: &[(&str, Currency)] = &[
    ("đô la mỹ", Currency::Usd),
    ("đô la", Currency::Usd),
    ("đôla", Currency::Usd),
    ("đô-la", Currency::Usd),
    ("us dollars", Currency::Usd),
    ("u.s. dollars", Currency::Usd),
    ("dollars", Currency::Usd),
    ("dollar", Currency::Usd),
    ("usd", Currency::Usd),
    ("美元", Currency::Usd),
    ("美金", Currency::Usd),
    ("euros", Currency::Eur),
    ("euro", Currency::Eur),
    ("eur", Currency::Eur),
    ("欧元", Currency::Eur),
    ("歐元", Currency::Eur),
    ("bảng anh", Currency::Gbp),
    ("bảng", Currency::Gbp),
    ("pounds", Currency::Gbp),
    ("gbp", Currency::Gbp),
    ("英镑", Currency::Gbp),
    ("nhân dân tệ", Currency::Cny),
    ("ndt", Currency::Cny),
    ("tệ", Currency::Cny),
    ("chinese yuan", Currency::Cny),
    ("yuan", Currency::Cny),
    ("renminbi", Currency::Cny),
    ("rmb", Currency::Cny),
    ("cny", Currency::Cny),
    ("元人民币", Currency::Cny),
    ("人民币", Currency::Cny),
    ("yên", Currency::Jpy),
    ("yen", Currency::Jpy),
    ("jpy", Currency::Jpy),
    ("日元", Currency::Jpy),
    ("won", Currency::Krw),
    ("krw", Currency::Krw),
    ("韩元", Currency::Krw),
    ("韓元", Currency::Krw),
    ("越南盾", Currency::Vnd),
    ("đồng", Currency::Vnd),
    ("vnđ", Currency::Vnd),
    ("vnd", Currency::Vnd),
    ("dong", Currency::Vnd),
    ("đ", Currency::Vnd),
    ("₫", Currency::Vnd),
    ("元", Currency::Cny),
    ("€", Currency::Eur),
    ("$", Currency::Usd),
];

/// What stands before the figures. Dollars of other countries are none of ours.
pub(super) const SIGNS: &[(&str, Currency)] = &[
    ("us$", Currency::Usd),
    ("$", Currency::Usd),
    ("usd", Currency::Usd),
    ("€", Currency::Eur),
    ("eur", Currency::Eur),
    ("£", Currency::Gbp),
    ("₫", Currency::Vnd),
    ("rmb", Currency::Cny),
    ("cny", Currency::Cny),
    ("人民币", Currency::Cny),
    ("¥", Currency::Cny),
    ("￥", Currency::Cny),
    ("₩", Currency::Krw),
];

pub(super) const FOREIGN_DOLLARS: &[&str] = &["hk$", "nt$", "s$", "a$", "c$", "r$"];

pub(super) const PERCENT: &[&str] = &[
    "%",
    "％",
    "điểm phần trăm",
    "phần trăm",
    "percentage points",
    "percentage point",
    "percent",
    "per cent",
    "pct",
    "个百分点",
    "個百分點",
];

/// Small numbers in words; they count only before a scale word ("hai tỷ", "six trillion").
pub(super) const SMALL: &[(&str, i128)] = &[
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];

pub(super) const MONTHS: &[(&str, u8)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// What is left of `rest` behind `word`, case aside, where it begins with it and a word of letters ends there.
pub(super) fn eat<'a>(rest: &'a str, word: &str) -> Option<&'a str> {
    let mut left = rest.chars();
    for expected in word.chars() {
        let c = left.next()?;
        if !is_same(c, expected) {
            return None;
        }
    }
    let letters = word.chars().next_back().is_some_and(|c| c.is_alphabetic() && !is_joined(c));
    let goes_on = left.as_str().chars().next().is_some_and(|c| c.is_alphanumeric() && !is_joined(c));
    (!letters || !goes_on).then_some(left.as_str())
}

/// Whether `before` ends in `word`, case aside, and a word of letters begins there.
pub(super) fn ends_in(before: &str, word: &str) -> bool {
    let mut left = before.chars().rev();
    for expected in word.chars().rev() {
        let Some(c) = left.next() else { return false };
        if !is_same(c, expected) {
            return false;
        }
    }
    let letters = word.chars().next().is_some_and(|c| c.is_alphabetic() && !is_joined(c));
    !letters || !left.next().is_some_and(|c| c.is_alphanumeric() && !is_joined(c))
}

/// Whether `c` in lower case is `expected`. Most are told apart without a look at Unicode's tables.
fn is_same(c: char, expected: char) -> bool {
    c == expected
        || if c.is_ascii() {
            c.to_ascii_lowercase() == expected
        } else {
            !expected.is_ascii() && c.to_lowercase().eq([expected])
        }
}

/// Whether the script writes words without spaces between them.
fn is_joined(c: char) -> bool {
    crate::text::normalise::is_han(c)
}
