//! One pass over a text.

use super::figure::{self, Figure};
use super::words::{
    CURRENCIES, Decimal, FOREIGN_DOLLARS, PERCENT, SCALES, SHORT_SCALES, SIGNS, SMALL, Scale, eat, ends_in,
};
use super::{Currency, Found, Number, date, spelled};
use crate::text::normalise::is_han;
use crate::text::word::is_alphanumeric;

/// The numbers in order, at most `most`.
pub(super) fn scan(text: &str, most: usize) -> Vec<Found> {
    let mut scan = Scan { text, at: 0, before: ' ', decimal: convention(text), found: Vec::new() };
    while scan.found.len() < most && scan.step() {}
    scan.found
}

/// Gives both numbers of a range the unit that stands before the first or behind the second: `11-19%`, `$5-6 billion`.
pub(super) fn share_units(text: &str, found: &mut [Found]) {
    let gaps = ["-", "–", "—", "~", "～", "至", "到", " - ", " – ", " đến ", " to "];
    for index in 1..found.len() {
        let Some([first, second]) = found.get_mut(index - 1..=index) else { return };
        if gaps.contains(&text.get(first.end..second.start).unwrap_or_default()) {
            let written = text.get(second.start..second.end).unwrap_or_default();
            (first.number, second.number) = in_one_unit(first.number, second.number, power_of(written));
        }
    }
}

/// The power of ten that the scale word of a written number says.
fn power_of(written: &str) -> u32 {
    let tail = written.get(figure::end_of_run(written)..).unwrap_or_default();
    scale(tail.trim_start_matches([' ', '-'])).map_or(0, |((_, power, _), _)| power)
}

fn in_one_unit(first: Number, second: Number, power: u32) -> (Number, Number) {
    let scaled = |amount: i64| amount.checked_mul(10_i64.pow(power)).unwrap_or(amount);
    match (first, second) {
        (Number::Count(count), Number::Percent(_)) => (Number::Percent(count), second),
        (Number::Count(count), Number::Money(currency, _)) => {
            (Number::Money(currency, scaled(count)), second)
        }
        (Number::Count(count), Number::Count(_)) => (Number::Count(scaled(count)), second),
        (Number::Money(currency, amount), Number::Count(other)) => {
            (Number::Money(currency, scaled(amount)), Number::Money(currency, other))
        }
        _ => (first, second),
    }
}

/// Vietnamese letters that no other language has much of.
fn convention(text: &str) -> Decimal {
    let is_vietnamese = |c: &char| matches!(c, 'đ' | 'ơ' | 'ư' | 'Đ' | 'Ơ' | 'Ư' | '\u{1EA0}'..='\u{1EF9}');
    let (all, vietnamese) = text
        .chars()
        .take(2_000)
        .fold((0, 0), |(all, vietnamese), c| (all + 1, vietnamese + usize::from(is_vietnamese(&c))));
    if vietnamese * 25 > all { Decimal::Comma } else { Decimal::Point }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// The character before `at`.
    before: char,
    decimal: Decimal,
    found: Vec<Found>,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads what begins here; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return false };
        let length = match c {
            '0'..='9' => self.figures(rest),
            c if is_han(c) => self.numerals(rest),
            c if c.is_alphabetic() => self.word(rest),
            c => c.len_utf8(),
        };
        let passed = rest.get(..length.max(c.len_utf8())).unwrap_or(rest);
        self.before = passed.chars().next_back().unwrap_or(' ');
        self.at += passed.len();
        true
    }

    /// Keeps a number and returns how far it reaches.
    fn keep(&mut self, number: Option<Number>, length: usize) -> usize {
        if let Some(number) = number {
            self.found.push(Found { number, start: self.at, end: self.at + length });
        }
        length
    }

    fn figures(&mut self, rest: &str) -> usize {
        let end = figure::end_of_run(rest);
        let (run, behind) = (rest.get(..end).unwrap_or_default(), rest.get(end..).unwrap_or_default());
        let before = self.text.get(..self.at).unwrap_or_default();
        if is_part_of_name(before) || stock_code(behind) > 0 {
            return end + word_length(behind);
        }
        if let Some(((month, day), left)) = date::day(run, before, behind) {
            return self.keep(Some(Number::Day(month, day)), rest.len() - left.len());
        }
        if let Some(left) = date::time_of_day(run, behind) {
            return rest.len() - left.len();
        }
        let sign = sign(before);
        let scaled = scale(gap(behind)).or_else(|| {
            sign.and_then(|_| SHORT_SCALES.iter().find_map(|scale| Some((*scale, eat(behind, scale.0)?))))
        });
        let (number, left) = self.quantity(run, behind, scaled, sign);
        if let Some(label) = number.is_none().then(|| word_length(behind)).filter(|label| *label > 0) {
            return end + label;
        }
        self.keep(number, rest.len() - left.len())
    }

    /// The number that the figures say with the words behind them, and what is left.
    fn quantity<'b>(
        &self,
        run: &str,
        behind: &'b str,
        scaled: Option<(Scale, &'b str)>,
        sign: Option<Currency>,
    ) -> (Option<Number>, &'b str) {
        let decimal = scaled.map_or(self.decimal, |((_, _, decimal), _)| decimal);
        let Some(figure) = figure::read(run, decimal) else { return (None, behind) };
        let power = scaled.map_or(0, |((_, power, _), _)| power);
        let left = scaled.map_or(behind, |(_, left)| left);
        let Some(amount) = thousandths(figure, power) else { return (None, left) };
        if let Some(left) = PERCENT.iter().find_map(|word| eat(gap(left), word)) {
            return (Some(Number::Percent(amount)), left);
        }
        if let Some((currency, left)) = currency(left) {
            return (Some(Number::Money(sign.unwrap_or(currency), amount)), left);
        }
        if let Some(currency) = sign {
            return (Some(Number::Money(currency, amount)), left);
        }
        if scaled.is_some() {
            return (Some(Number::Count(amount)), left);
        }
        self.bare(run, amount, behind)
    }

    /// A number without unit or scale.
    fn bare<'b>(&self, run: &str, amount: i64, behind: &'b str) -> (Option<Number>, &'b str) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let value = amount / 1000;
        if let Some(left) = ["st", "nd", "rd", "th"].iter().find_map(|word| eat(behind, word)) {
            return (Some(Number::Ordinal(value)), left);
        }
        if before.ends_with('第') || ends_in(before, "thứ ") {
            return (Some(Number::Ordinal(value)), behind);
        }
        if let Some(left) = behind.strip_prefix('成') {
            return (amount.checked_mul(10).map(Number::Percent), left);
        }
        let follows_word = behind.chars().next().is_some_and(|c| c.is_alphabetic() && !is_han(c));
        let month = ends_in(before, "tháng ") || behind.starts_with(['月', '日', '号', '点']);
        if follows_word || month {
            return (None, behind);
        }
        if run.len() == 4 && (1900..=2100).contains(&value) && run.bytes().all(|byte| byte.is_ascii_digit()) {
            return (Some(Number::Year(value)), behind.strip_prefix('年').unwrap_or(behind));
        }
        (Some(Number::Count(amount)), behind)
    }

    /// Chinese numerals, where a scale, 成 or 百分之 makes sure that they are a number.
    fn numerals(&mut self, rest: &str) -> usize {
        let percent = rest.strip_prefix("百分之");
        let (figure, end) = spelled::numerals(percent.unwrap_or(rest));
        let Some(figure) = figure else { return end };
        let skipped = rest.len() - percent.unwrap_or(rest).len();
        let behind = rest.get(skipped + end..).unwrap_or_default();
        if percent.is_some() {
            return self.keep(thousandths(figure, 0).map(Number::Percent), skipped + end);
        }
        if let Some(left) = behind.strip_prefix('成') {
            return self.keep(thousandths(figure, 1).map(Number::Percent), rest.len() - left.len());
        }
        let Some(((_, power, _), left)) = scale(behind) else { return end };
        self.spelled(rest, figure, power, left)
    }

    /// A word; a small number in words where a scale follows.
    fn word(&mut self, rest: &str) -> usize {
        let whole = word_length(rest);
        if self.before.is_alphanumeric() && !is_han(self.before) {
            return whole;
        }
        let small = SMALL
            .iter()
            .filter(|(word, _)| word.len() == whole)
            .find_map(|(word, value)| Some((*value, eat(rest, word)?)));
        let Some((digits, behind)) = small else { return whole };
        let Some(((_, power, _), left)) = scale(gap(behind)) else { return whole };
        self.spelled(rest, Figure { digits, decimals: 0 }, power, left)
    }

    fn spelled(&mut self, rest: &str, figure: Figure, power: u32, left: &str) -> usize {
        let amount = thousandths(figure, power);
        let (number, left) = match (amount, currency(left)) {
            (Some(amount), Some((currency, left))) => (Some(Number::Money(currency, amount)), left),
            (amount, _) => (amount.map(Number::Count), left),
        };
        self.keep(number, rest.len() - left.len())
    }
}

fn scale(text: &str) -> Option<(Scale, &str)> {
    SCALES.iter().find_map(|scale| Some((*scale, eat(text, scale.0)?)))
}

/// A currency behind a number, also `-dollar`.
fn currency(text: &str) -> Option<(Currency, &str)> {
    CURRENCIES.iter().find_map(|(word, currency)| Some((*currency, eat(gap(text), word)?)))
}

/// The currency whose sign stands right before the figures.
fn sign(before: &str) -> Option<Currency> {
    let before = before.strip_suffix(' ').unwrap_or(before);
    if FOREIGN_DOLLARS.iter().any(|sign| ends_in(before, sign)) {
        return None;
    }
    SIGNS.iter().find(|(sign, _)| ends_in(before, sign)).map(|(_, currency)| *currency)
}

/// Behind one space or hyphen.
fn gap(text: &str) -> &str {
    text.strip_prefix([' ', '-', '\u{A0}']).unwrap_or(text)
}

fn thousandths(figure: Figure, power: u32) -> Option<i64> {
    let scaled = figure.digits.checked_mul(10_i128.pow(power + 3))?;
    i64::try_from(scaled / 10_i128.checked_pow(figure.decimals)?).ok()
}

/// `GPT4`, `GPT-4`, `v3`: the figures belong to a name.
fn is_part_of_name(before: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && !is_han(c);
    let mut back = before.chars().rev();
    match back.next() {
        Some('-' | '_' | '.') => back.next().is_some_and(is_letter),
        Some(c) => is_letter(c),
        None => false,
    }
}

/// The length of the letters, digits and inner dots that go on from here.
fn word_length(text: &str) -> usize {
    let end = text.find(|c: char| !is_alphanumeric(c) || is_han(c)).unwrap_or(text.len());
    if end > 0 { end } else { stock_code(text) }
}

/// `.HK` behind figures.
fn stock_code(text: &str) -> usize {
    let letters = text
        .strip_prefix('.')
        .map_or(0, |code| code.bytes().take(4).take_while(u8::is_ascii_uppercase).count());
    if letters > 1 { letters + 1 } else { 0 }
}
