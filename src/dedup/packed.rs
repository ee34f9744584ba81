//! Facts as bytes, to keep many of them and read them fast: without the signature, which the text tells again.

use super::facts::{Facts, Name, Quantity};
use super::signature::Signature;
use crate::model::Timestamp;
use crate::text::number::{Currency, Number};

/// The first byte; another one is another version's.
const VERSION: u8 = 1;

const CURRENCIES: [Currency; 7] =
    [Currency::Usd, Currency::Eur, Currency::Gbp, Currency::Vnd, Currency::Cny, Currency::Jpy, Currency::Krw];

impl Facts {
    /// Names, numbers, title and date as bytes: some 500 for an article.
    pub fn packed(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        push(&mut bytes, self.published.map_or(i64::MIN, Timestamp::micros) as u64);
        push(&mut bytes, self.title.len() as u64);
        self.title.iter().for_each(|word| bytes.extend(word.to_le_bytes()));
        push(&mut bytes, self.numbers.len() as u64);
        self.numbers.iter().for_each(|quantity| push_quantity(&mut bytes, *quantity));
        push(&mut bytes, self.names.len() as u64);
        for name in &self.names {
            push(&mut bytes, (name.key.len() as u64) << 1 | u64::from(name.is_prominent));
            bytes.extend(name.key.as_bytes());
        }
        bytes
    }

    /// What was packed, with an empty signature; `None` for bytes of another version.
    pub fn unpacked(bytes: &[u8]) -> Option<Self> {
        let mut left = Left(bytes);
        if left.take(1)? != [VERSION] {
            return None;
        }
        let published = left.number()? as i64;
        let title = left.list(|left| Some(u32::from_le_bytes(left.take(4)?.try_into().ok()?)))?;
        let numbers = left.list(quantity)?;
        let names = left.list(|left| {
            let head = left.number()?;
            let key = std::str::from_utf8(left.take((head >> 1) as usize)?).ok()?.to_owned();
            Some(Name { key, is_prominent: head & 1 == 1 })
        })?;
        let published = (published != i64::MIN).then(|| Timestamp::from_micros(published));
        Some(Self { names, numbers, title, published, signature: Signature::default() })
    }
}

fn push_quantity(bytes: &mut Vec<u8>, quantity: Quantity) {
    let (kind, value) = match quantity.number {
        Number::Count(count) => (0, count),
        Number::Percent(share) => (1, share),
        Number::Year(year) => (2, year),
        Number::Day(month, day) => (3, i64::from(month) * 32 + i64::from(day)),
        Number::Ordinal(place) => (4, place),
        Number::Money(currency, amount) => {
            (5 + CURRENCIES.iter().position(|known| *known == currency).unwrap_or(0), amount)
        }
    };
    let flags = u8::from(quantity.is_prominent) | u8::from(quantity.is_in_title) << 1;
    bytes.push((kind as u8) << 2 | flags);
    // Small amounts of either sign are short.
    push(bytes, (value << 1 ^ value >> 63) as u64);
}

fn quantity(left: &mut Left<'_>) -> Option<Quantity> {
    let [head] = left.take(1)? else { return None };
    let value = left.number()?;
    let value = (value >> 1) as i64 ^ -((value & 1) as i64);
    let number = match head >> 2 {
        0 => Number::Count(value),
        1 => Number::Percent(value),
        2 => Number::Year(value),
        3 => Number::Day((value / 32) as u8, (value % 32) as u8),
        4 => Number::Ordinal(value),
        money => Number::Money(*CURRENCIES.get(usize::from(money) - 5)?, value),
    };
    Some(Quantity { number, is_prominent: head & 1 == 1, is_in_title: head & 2 == 2 })
}

/// Seven bits a byte, the lowest first (LEB128).
fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Bytes that are left to read.
struct Left<'a>(&'a [u8]);

impl<'a> Left<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(count)?;
        self.0 = left;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for place in 0..10 {
            let [byte] = self.take(1)? else { return None };
            value |= u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }
}
