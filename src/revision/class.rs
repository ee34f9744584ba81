//! What a change of words means.

use super::folding::{older_tones, plain};
use super::name::Context;
use super::number;
use super::token::tokens;
use super::words::{Edit, Run};

/// What sort of change it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A number became another.
    Number,
    /// A name became another.
    Name,
    /// What was denied is said now, or the other way round.
    Negation,
    /// Quotes, dashes, case, tone placement.
    Typography,
    /// One word is spelled otherwise.
    Spelling,
    /// Any other.
    Other,
}

/// Words that deny, in lower case.
const DENIALS: [&str; 33] = [
    "không",
    "chưa",
    "chẳng",
    "chả",
    "đừng",
    "phủ",
    "bác",
    "hủy",
    "huỷ",
    "ngừng",
    "vô",
    "phi",
    "not",
    "no",
    "never",
    "without",
    "cannot",
    "nor",
    "neither",
    "none",
    "denied",
    "denies",
    "deny",
    "refused",
    "rejected",
    "failed",
    "unable",
    "unlikely",
    "nobody",
    "nothing",
    "hardly",
    "cancelled",
    "canceled",
];
/// Characters and words that deny in Chinese.
const HAN_DENIALS: [&str; 9] = ["不", "没", "沒", "未", "无", "無", "非", "否", "别"];
/// The least letters of a word that is known again with another spelling.
const SPELLED: usize = 5;
/// The most letters in which its spellings differ.
const LETTERS: usize = 2;

/// What sort of change this is.
pub(super) fn class(edit: &Edit<'_>, context: &Context<'_>) -> Class {
    let (from, to) = (&edit.from, &edit.to);
    if plain_words(from) == plain_words(to) {
        return Class::Typography;
    }
    if number::all_numbers(&from.tokens) && number::all_numbers(&to.tokens) {
        return Class::Number;
    }
    if denials(from) != denials(to) {
        return Class::Negation;
    }
    if context.is_renamed(from, to) {
        return Class::Name;
    }
    if is_respelled(from, to) { Class::Spelling } else { Class::Other }
}

/// Whether figures stand on either side.
pub(super) fn touches_number(edit: &Edit<'_>) -> bool {
    let figures = |run: &Run<'_>| -> Vec<String> {
        let words = run.tokens.iter().filter(|token| token.text.chars().any(|c| c.is_ascii_digit()));
        words.map(|token| token.text.to_owned()).collect()
    };
    let (from, to) = (figures(&edit.from), figures(&edit.to));
    !from.is_empty() && !to.is_empty() && from != to
}

/// The words without marks, case and tone placement; signs before figures stay.
fn plain_words(run: &Run<'_>) -> String {
    let words = run.tokens.iter().filter(|token| token.is_word());
    let words: Vec<String> =
        words.map(|token| older_tones(&plain(token.text)).to_lowercase().replace(['-', '\''], "")).collect();
    let negative = run.tokens.iter().any(|token| token.text.starts_with(['-', '−']) && token.is_word());
    format!("{}{}", words.concat(), if negative { " -" } else { "" })
}

fn denials(run: &Run<'_>) -> usize {
    let of_words = run.tokens.iter().filter(|token| {
        let word = token.text.to_lowercase();
        DENIALS.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t")
    });
    let of_han = run.tokens.iter().filter(|token| HAN_DENIALS.contains(&token.text));
    of_words.count() + of_han.count()
}

/// One longer word that differs in few letters, and not in its first: `increase` is no spelling of `decrease`.
fn is_respelled(from: &Run<'_>, to: &Run<'_>) -> bool {
    let ([one], [other]) = (from.tokens.as_slice(), to.tokens.as_slice()) else { return false };
    let (one, other): (Vec<char>, Vec<char>) = (one.text.chars().collect(), other.text.chars().collect());
    let long = one.len().min(other.len()) >= SPELLED;
    let letters = one.iter().chain(&other).all(|c| c.is_alphabetic());
    long && letters && one.first() == other.first() && distance(&one, &other) <= LETTERS
}

/// How many characters have to be put in, taken out or replaced (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        let mut next = vec![left];
        for (above, d) in row.iter().skip(1).zip(other) {
            let cell = (diagonal + usize::from(c != d)).min(above + 1).min(left + 1);
            (diagonal, left) = (*above, cell);
            next.push(cell);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// How many characters a change takes out and puts in: of two words that begin or end alike, what stands between.
pub(super) fn changed_chars(from: &str, to: &str) -> usize {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        tokens(from).iter().map(|token| token.text).collect(),
        tokens(to).iter().map(|token| token.text).collect(),
    );
    if old.len() != new.len() {
        return letters(from) + letters(to);
    }
    old.iter().zip(new).map(|(old, new)| between(old, new)).sum()
}

fn between(old: &str, new: &str) -> usize {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end =
        old.iter().skip(start).rev().zip(new.iter().skip(start).rev()).take_while(|(a, b)| a == b).count();
    old.len() + new.len() - 2 * (start + end)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::super::align::Budget;
    use super::super::folding::Folding;
    use super::super::name::Names;
    use super::super::words::edits;
    use super::*;

    #[test]
    fn a_change_of_words_is_told_by_what_it_means() {
        let names = Names::new(["Huawei", "Hoa Vi"]);
        for (before, after, expected) in [
            ("ghép 384 chip", "ghép 382 chip", Class::Number),
            ("212 tỷ đồng", "212 triệu đồng", Class::Number),
            ("trong hai năm", "trong ba năm", Class::Number),
            ("tiến trình 7nm", "tiến trình 5nm", Class::Number),
            ("增长三成", "增长两成", Class::Number),
            ("cả hai chưa đưa ra", "cả hai đã đưa ra", Class::Negation),
            ("it will launch", "it won’t launch", Class::Negation),
            ("都没有作出", "都已经作出", Class::Negation),
            ("do SMIC gia công", "do Hua Hong gia công", Class::Name),
            ("SMIC đảm nhận", "Hua Hong đảm nhận", Class::Name),
            ("theo Hoa Vi cho biết", "theo hãng cho biết", Class::Name),
            ("由中芯国际代工", "由台积电代工", Class::Name),
            ("chip Ascend 910C mới", "chip Ascend 910B mới", Class::Name),
            ("Tuy vậy giá tăng", "Song giá tăng", Class::Other),
            ("However, it grew", "Meanwhile, it grew", Class::Other),
            ("on Monday it", "on Tuesday it", Class::Other),
            ("the Nvidia chip", "the NVIDIA chip", Class::Typography),
            ("“chip” mới", "\"chip\" mới", Class::Typography),
            ("công hoà", "công hòa", Class::Typography),
            ("an organisation of", "an organization of", Class::Spelling),
            ("prices increased", "prices decreased", Class::Other),
            ("Giá bán của", "Giá bàn của", Class::Other),
            ("giá giảm 5%", "giá giảm -5%", Class::Number),
        ] {
            let context = Context::of(&names, [before, after].into_iter());
            let found = edits(before, after, &Folding::default(), &mut Budget::default());
            let classes: Vec<Class> = found.iter().map(|edit| class(edit, &context)).collect();
            assert_eq!(classes, [expected], "{before} -> {after} {found:?}");
        }
    }

    #[test]
    fn changed_characters_are_those_within_the_words() {
        for (from, to, count) in [("hẳn", "hẵn", 2), ("384", "382", 2), ("", "rất mới", 6), ("a b", "a c", 2)]
        {
            assert_eq!(changed_chars(from, to), count, "{from} {to}");
        }
    }
}
