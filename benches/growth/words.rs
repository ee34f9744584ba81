//! Texts without end: words, names and figures as often as in the news.

use std::fmt::Write as _;

use diemtin::text::normalise::search_form;

use crate::chance::Chance;

/// A vocabulary in which, as in any language, the n-th word is n times rarer than the first (Zipf 1949); likewise its names.
pub(crate) struct Words {
    words: Vec<String>,
    names: Vec<String>,
}

const ONSETS: [&str; 22] = [
    "b", "c", "ch", "d", "đ", "g", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "s", "t", "th",
    "tr", "v", "x",
];
const VOWELS: [&str; 28] = [
    "a", "á", "à", "ả", "ă", "ắ", "â", "ấ", "ầ", "ậ", "e", "é", "ê", "ế", "ề", "i", "í", "o", "ó", "ô", "ố",
    "ộ", "ơ", "ờ", "u", "ư", "ươ", "iệ",
];
const ENDS: [&str; 10] = ["", "", "n", "ng", "nh", "t", "c", "p", "m", "i"];

/// Of a thousand words so many are names, of a headline's and a lead's so many, and so many are figures. As in the usual article eight
/// of them may be another's of the same event.
const NAMES: usize = 20;
const NAMES_IN_OPENINGS: usize = 100;
const FIGURES: usize = 12;

impl Words {
    pub(crate) fn new() -> Self {
        let mut chance = Chance(7);
        let mut part = |of: &[&'static str]| of.get(chance.below(of.len())).copied().unwrap_or_default();
        let mut syllable = || [part(&ONSETS), part(&VOWELS), part(&ENDS)].concat();
        let words = (0..7_000).map(|_| syllable()).collect();
        let names =
            (0..20_000).map(|_| format!("{} {}", capital(&syllable()), capital(&syllable()))).collect();
        Self { words, names }
    }

    pub(crate) fn at(&self, rank: usize) -> &str {
        self.words.get(rank).map_or("", String::as_str)
    }

    pub(crate) fn name(&self, rank: usize) -> &str {
        self.names.get(rank).map_or("", String::as_str)
    }

    pub(crate) fn opening(&self, chance: &mut Chance, words: usize) -> String {
        self.write(chance, words, NAMES_IN_OPENINGS)
    }

    pub(crate) fn text(&self, chance: &mut Chance, words: usize) -> String {
        self.write(chance, words, NAMES)
    }

    fn write(&self, chance: &mut Chance, words: usize, names: usize) -> String {
        let mut text = String::new();
        for _ in 0..words {
            let end = ["", "", "", "", "", "", "", "", "", "", ",", "."]
                .get(chance.below(12))
                .copied()
                .unwrap_or_default();
            let kind = chance.below(1_000);
            // Writing to a String cannot fail.
            let _written = if kind < names {
                write!(text, "{}{end} ", self.name(rank(chance, self.names.len())))
            } else if kind < names + FIGURES {
                write!(text, "{}{end} ", figure(chance))
            } else {
                write!(text, "{}{end} ", self.at(rank(chance, self.words.len())))
            };
        }
        text
    }

    pub(crate) fn slug(&self, chance: &mut Chance) -> String {
        format!(
            "{}-{}",
            search_form(&self.text(chance, 6)).replace(|c: char| !c.is_alphanumeric(), "-"),
            chance.below(100_000_000)
        )
    }
}

fn rank(chance: &mut Chance, count: usize) -> usize {
    let share = chance.below(1 << 20) as f64 / f64::from(1 << 20);
    (count as f64).powf(share) as usize - 1
}

fn figure(chance: &mut Chance) -> String {
    let figure = chance.below(1_000);
    match chance.below(4) {
        0 => format!("{},{}%", figure / 20, figure % 10),
        1 => format!("{figure} tỷ đồng"),
        2 => format!("{}.{:03}", 1 + figure / 10, chance.below(1_000)),
        _ => figure.to_string(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
