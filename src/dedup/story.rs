//! Whether two articles tell of one event, also in different languages.

use std::time::Duration;

use super::compare::{Kinship, compare};
use super::facts::{Facts, weight};
use crate::model::Timestamp;
use crate::text::number::Number;

/// Articles published further apart tell of different events, unless one is a copy of the other.
pub const WINDOW: Duration = Duration::from_hours(72);

/// So much agreement of numbers makes one event, if names agree too. A sum of money of two or more figures says 1.2, a
/// percentage .6, a round number less; twice where both articles have it in title or lead.
const ENOUGH: f32 = 2.0;
/// And so much of the numbers of the article with fewer of them.
const ENOUGH_SHARE: f32 = 0.3;
/// Of two that name the same people and places throughout, so much agreement is enough where hardly a number of the shorter differs …
const ENOUGH_AMONG_NAMESAKES: f32 = 1.2;
const NAMESAKES: f32 = 0.8;
/// … and they share so many names.
const MANY_NAMES: usize = 5;
/// Names that both articles have where they share none in title or lead.
const ENOUGH_NAMES: usize = 3;
/// And so much of the names of the article with fewer of them.
const ENOUGH_NAMES_SHARE: f32 = 0.25;
/// Two newsrooms on one event, in one language: so many words of the titles are the same, and so much of all their words.
const TITLE_WORDS: usize = 4;
const SIMILAR_TITLES: f32 = 0.45;
/// So many names in title or lead, of which "China" is one of a thousand events …
const OPENING_NAMES: usize = 2;
/// … and so much of the names of the article with fewer of them.
const SIMILAR_NAMES: f32 = 0.5;

/// Whether both tell of one event.
///
/// Copies do. Reports of one kind with other numbers (prices of two days) do not, nor do articles that have only names in common:
/// it takes the same sums, shares and counts with them, or nearly the same title.
pub fn same_story(first: &Facts, second: &Facts) -> bool {
    match compare(&first.signature, &second.signature) {
        kinship if kinship.is_copy() => return true,
        Kinship::SameForm => return false,
        _ => {}
    }
    if !are_close(first.published, second.published) || have_other_days(first, second) {
        return false;
    }
    let names = shared_names(first, second);
    (names.agree() && numbers_agree((first, second), &names))
        || (names.mostly() && titles_agree(first, second))
}

/// Whether they have so many names in common that both may well be of one event; their numbers are left aside.
pub(super) fn may_be_one(first: &Facts, second: &Facts) -> bool {
    are_close(first.published, second.published) && shared_names(first, second).agree()
}

fn are_close(first: Option<Timestamp>, second: Option<Timestamp>) -> bool {
    let (Some(first), Some(second)) = (first, second) else { return true };
    first.minus(WINDOW) <= second && second.minus(WINDOW) <= first
}

/// "Prices of 4/9" and "Prices of 5/9".
fn have_other_days(first: &Facts, second: &Facts) -> bool {
    let is_day = |number: &Number| matches!(number, Number::Day(..));
    differ(&in_title(first, is_day), &in_title(second, is_day))
}

fn titles_agree(first: &Facts, second: &Facts) -> bool {
    let is_quantity = |number: &Number| !matches!(number, Number::Year(_) | Number::Day(..));
    let shared = first.title.iter().filter(|word| second.title.binary_search(word).is_ok()).count();
    let all = first.title.len() + second.title.len() - shared;
    shared >= TITLE_WORDS
        && shared as f32 >= SIMILAR_TITLES * all as f32
        && !differ(&in_title(first, is_quantity), &in_title(second, is_quantity))
}

fn in_title(facts: &Facts, is_meant: fn(&Number) -> bool) -> Vec<Number> {
    let there = facts.numbers.iter().filter(|quantity| quantity.is_in_title && is_meant(&quantity.number));
    there.map(|quantity| quantity.number).collect()
}

/// Whether both name some and none is the same.
fn differ(first: &[Number], second: &[Number]) -> bool {
    !first.is_empty() && !second.is_empty() && !first.iter().any(|number| second.contains(number))
}

#[derive(Default)]
struct SharedNames {
    all: usize,
    prominent: usize,
    /// Names of the article with fewer of them.
    fewest: usize,
}

impl SharedNames {
    fn agree(&self) -> bool {
        (self.prominent > 0 || self.all >= ENOUGH_NAMES) && self.share() >= ENOUGH_NAMES_SHARE
    }

    fn share(&self) -> f32 {
        self.all as f32 / self.fewest.max(1) as f32
    }

    /// Whether hardly a name of the shorter article is missing in the other.
    fn are_all(&self) -> bool {
        self.prominent >= OPENING_NAMES && self.all >= MANY_NAMES && self.share() >= NAMESAKES
    }

    fn mostly(&self) -> bool {
        self.prominent >= OPENING_NAMES && self.share() >= SIMILAR_NAMES
    }
}

fn shared_names(first: &Facts, second: &Facts) -> SharedNames {
    let fewest = first.names.len().min(second.names.len());
    let mut shared = SharedNames { fewest, ..SharedNames::default() };
    for name in &first.names {
        if let Ok(at) = second.names.binary_search_by(|other| other.key.cmp(&name.key)) {
            let other = second.names.get(at).is_some_and(|other| other.is_prominent);
            shared.all += 1;
            shared.prominent += usize::from(name.is_prominent && other);
        }
    }
    shared
}

fn numbers_agree((first, second): (&Facts, &Facts), names: &SharedNames) -> bool {
    let total = |facts: &Facts| facts.numbers.iter().map(|quantity| weight(quantity.number)).sum::<f32>();
    let (mut agreed, mut strong) = (0.0, 0.0);
    for quantity in &first.numbers {
        if let Ok(at) = second.numbers.binary_search_by(|other| other.number.cmp(&quantity.number)) {
            let other = second.numbers.get(at).is_some_and(|other| other.is_prominent);
            let weight = weight(quantity.number);
            agreed += weight;
            strong += if quantity.is_prominent && other { 2.0 * weight } else { weight };
        }
    }
    let fewest = total(first).min(total(second));
    let mostly = agreed >= NAMESAKES * fewest && agreed >= ENOUGH_AMONG_NAMESAKES;
    (strong >= ENOUGH && agreed >= ENOUGH_SHARE * fewest) || (mostly && names.are_all())
}
