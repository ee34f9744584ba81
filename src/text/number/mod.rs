//! Numbers as news writes them, in one form whatever the language: `6.000 tỷ USD`, `$6 trillion` and `6万亿美元` are the same
//! money.
//!
//! Years, dates and ordinals are told apart from quantities. Names that hold digits (`GPT-4`, `7nm`, `0981.HK`), versions and
//! times of day are no numbers.

mod date;
mod figure;
mod scan;
mod spelled;
mod words;

use serde::{Deserialize, Serialize};

/// What a number says. Amounts are in thousandths of the unit, so that `1,5` and `1.50` are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// How many; of what, it does not tell.
    Count(i64),
    /// A share of a hundred; `两成` is 20 %.
    Percent(i64),
    /// An amount of money.
    Money(Currency, i64),
    /// A year of the calendar.
    Year(i64),
    /// A day of a year that may not be named: month, day.
    Day(u8, u8),
    /// A place in an order: `thứ 3`, `3rd`, `第3`.
    Ordinal(i64),
}

/// A currency that news names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// US dollar.
    Usd,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
    /// Vietnamese dong.
    Vnd,
    /// Chinese yuan.
    Cny,
    /// Yen.
    Jpy,
    /// Won.
    Krw,
}

/// A number and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it says.
    pub number: Number,
    /// First byte of its figures.
    pub start: usize,
    /// One past the last byte of its unit.
    pub end: usize,
}

/// More numbers than this of one text are not read: a table of results, not an article.
const MOST: usize = 512;

/// The numbers of a text in NFC, in order; linear in its length.
///
/// Where `1.250` may mean two things, the convention of the language decides: Vietnamese scale words and letters stand for the
/// decimal comma, all else for the decimal point. Both ends of a range (`11-19%`) have its unit.
pub fn numbers(text: &str) -> Vec<Found> {
    let mut found = scan::scan(text, MOST);
    scan::share_units(text, &mut found);
    found
}

#[cfg(test)]
mod tests;
