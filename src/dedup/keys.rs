//! Which articles may be of one event.

use super::facts::{Facts, weight};
use super::tokens::mix;

/// Articles of one story have so many keys in common.
pub const ENOUGH_KEYS: usize = 2;
/// A rounder number than of this weight stands in too many articles.
const WEIGHTY: f32 = 0.5;

impl Facts {
    /// What articles of one story have some of in common: names in title or lead, and weighty numbers. At most 160 values, each once.
    pub fn keys(&self) -> Vec<u64> {
        let names = self.names.iter().filter(|name| name.is_prominent).map(|name| key(1, &name.key));
        let weighty = self.numbers.iter().filter(|quantity| weight(quantity.number) >= WEIGHTY);
        let numbers = weighty.map(|quantity| key(2, &format!("{:?}", quantity.number)));
        let mut keys: Vec<u64> = names.chain(numbers).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn key(salt: u64, text: &str) -> u64 {
    text.bytes().fold(mix(salt), |hash, byte| mix(hash ^ u64::from(byte)))
}
