//! What an article is about: its names and numbers, in one form for all languages.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::names::names;
use super::paragraphs::Reading;
use super::signature::Signature;
use super::tokens::mix;
use crate::model::{Field, Mention, Timestamp};
use crate::text::normalise::{is_han, normalise, search_form};
use crate::text::number::{Number, numbers};

/// More numbers are not kept.
const MOST_NUMBERS: usize = 96;

/// What an article is about: a small value to store and compare.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Who and what it names, sorted by key.
    pub names: Vec<Name>,
    /// Its quantities and days, sorted; each once.
    pub numbers: Vec<Quantity>,
    /// Hashes of the title's words, sorted.
    pub title: Vec<u32>,
    /// When it was published, where that is known.
    pub published: Option<Timestamp>,
    /// Its text, to know copies.
    pub signature: Signature,
}

/// A tracked entity, or a name that the text shows by its capitals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Without marks and case.
    pub key: String,
    /// Whether it stands in title or lead.
    pub is_prominent: bool,
}

/// A number and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// What it says.
    pub number: Number,
    /// Whether it stands in title or lead.
    pub is_prominent: bool,
    /// Whether it stands in the title.
    pub is_in_title: bool,
}

/// The parts of an article that its facts are read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'a> {
    /// The headline.
    pub title: &'a str,
    /// The standfirst; the first paragraph where there is none.
    pub lead: &'a str,
    /// The paragraphs, one a line, without title and lead.
    pub text: &'a str,
    /// The tracked entities found in it.
    pub mentions: &'a [Mention],
    /// When it was published.
    pub published: Option<Timestamp>,
}

impl Facts {
    /// Reads an article.
    pub fn of(parts: Parts<'_>) -> Self {
        let whole = [parts.title, parts.lead, parts.text].join("\n");
        let reading = Reading::of(&whole);
        let opening = parts.title.len() + parts.lead.len() + 2;
        let [mut title, mut lead, mut body] = [const { String::new() }; 3];
        for (start, paragraph) in reading.own(&whole) {
            let part = match start {
                start if start <= parts.title.len() => &mut title,
                start if start < opening => &mut lead,
                _ => &mut body,
            };
            part.push_str(&normalise(paragraph));
            part.push('\n');
        }
        Self {
            names: read_names([&title, &lead, &body], parts.mentions),
            numbers: read_numbers([&title, &lead, &body]),
            title: title_words(&title),
            published: parts.published,
            signature: Signature::read(&reading),
        }
    }
}

/// How unlikely it is that two events have this number in common. Every long text has a 10, a 25 % and a 1,000.
pub(super) fn weight(number: Number) -> f32 {
    match number {
        Number::Money(_, amount) if is_round(amount) => 0.6,
        Number::Money(..) => 1.2,
        Number::Percent(share) if share % 5_000 == 0 || is_round(share) => 0.15,
        Number::Percent(share) if share % 1_000 == 0 => 0.6,
        Number::Percent(_) => 1.0,
        Number::Count(..100_000) | Number::Year(_) | Number::Ordinal(_) => 0.0,
        Number::Count(count @ ..1_000_000) => {
            if is_round(count) {
                0.1
            } else {
                0.4
            }
        }
        Number::Count(count) => {
            if is_round(count) {
                0.3
            } else {
                1.0
            }
        }
        Number::Day(..) => 0.1,
    }
}

/// One figure and zeros.
fn is_round(amount: i64) -> bool {
    let mut left = amount.unsigned_abs();
    while left >= 10 && left.is_multiple_of(10) {
        left /= 10;
    }
    left < 10
}

fn read_names([title, lead, body]: [&String; 3], mentions: &[Mention]) -> Vec<Name> {
    let opening = format!(" {} ", spaced(&search_form(&format!("{title} {lead}"))));
    let mut names_by_key = BTreeMap::new();
    for (key, _) in names(&format!("{title}\n{lead}\n{body}")) {
        let is_prominent = opening.contains(&format!(" {} ", spaced(&key)));
        names_by_key.insert(key, is_prominent);
    }
    for mention in mentions {
        let is_prominent = matches!(mention.field, Field::Title | Field::Lead);
        *names_by_key.entry(search_form(&mention.entity)).or_insert(false) |= is_prominent;
    }
    names_by_key.into_iter().map(|(key, is_prominent)| Name { key, is_prominent }).collect()
}

/// With one space for whatever stands between words.
fn spaced(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn read_numbers(parts: [&String; 3]) -> Vec<Quantity> {
    let mut places: BTreeMap<Number, usize> = BTreeMap::new();
    for (place, part) in parts.into_iter().enumerate() {
        for found in numbers(part).into_iter().filter(|found| weight(found.number) > 0.0) {
            if places.len() < MOST_NUMBERS {
                places.entry(found.number).or_insert(place);
            }
        }
    }
    let quantity = |(number, place)| Quantity { number, is_prominent: place < 2, is_in_title: place == 0 };
    places.into_iter().map(quantity).collect()
}

/// Words of three letters or more, Han characters in pairs; marks aside.
fn title_words(title: &str) -> Vec<u32> {
    let folded = search_form(title);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_ideograph = |word: &&str| word.chars().all(is_han);
    let pairs = words.windows(2).filter(|pair| pair.iter().all(is_ideograph)).map(<[&str]>::concat);
    let long = words.iter().filter(|word| word.chars().count() > 2).map(|word| (*word).to_owned());
    let hashes: BTreeSet<u32> = pairs.chain(long).map(|word| hash(&word)).collect();
    hashes.into_iter().collect()
}

fn hash(word: &str) -> u32 {
    (word.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte))) >> 32) as u32
}
