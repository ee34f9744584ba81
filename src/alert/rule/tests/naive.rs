//! The evaluator held against one that tries every pair of places, word by word, on texts of few words.

use proptest::prelude::*;

use super::*;

/// A rule as it is meant, built beside its text.
#[derive(Debug, Clone)]
enum Meant {
    Name(usize),
    Near(Vec<usize>, Vec<usize>, usize),
    Same(bool, Vec<Vec<usize>>),
    Count(Vec<usize>, usize, usize),
    Title(Box<Meant>),
    Lead(Box<Meant>),
    Not(Box<Meant>),
    And(Vec<Meant>),
    Or(Vec<Meant>),
}

/// Two entities and a phrase; one word each, so that places are words.
const NAMES: [&str; 3] = ["Huawei", "SMIC", "\"chip\""];
const SIGNS: [&str; 5] = [">=", ">", "=", "<=", "<"];

impl Meant {
    /// As a user writes it, with parentheses only where they are needed: around what binds less than what is around it.
    fn text(&self, around: usize) -> String {
        let (binds, text) = match self {
            Self::Name(name) => (3, NAMES[*name].to_owned()),
            Self::Near(one, other, words) => (2, format!("{} NEAR/{words} {}", group(one), group(other))),
            Self::Same(is_sentence, groups) => {
                let operator = if *is_sentence { " SAME sentence " } else { " SAME paragraph " };
                (2, groups.iter().map(|names| group(names)).collect::<Vec<_>>().join(operator))
            }
            Self::Count(names, sign, number) => {
                (3, format!("count({}) {} {number}", names_of(names).join(" OR "), SIGNS[*sign]))
            }
            Self::Title(inside) => (3, format!("title({})", inside.text(0))),
            Self::Lead(inside) => (3, format!("lead({})", inside.text(0))),
            Self::Not(inside) => (2, format!("NOT {}", inside.text(2))),
            Self::And(all) => (1, all.iter().map(|one| one.text(2)).collect::<Vec<_>>().join(" AND ")),
            Self::Or(all) => (0, all.iter().map(|one| one.text(1)).collect::<Vec<_>>().join(" OR ")),
        };
        if binds < around { format!("({text})") } else { text }
    }

    fn holds(&self, words: &[Word]) -> bool {
        let places = |names: &[usize]| -> Vec<&Word> {
            words.iter().filter(|word| word.name.is_some_and(|name| names.contains(&name))).collect()
        };
        match self {
            Self::Name(name) => !places(&[*name]).is_empty(),
            Self::Near(one, other, most) => places(one)
                .iter()
                .any(|a| places(other).iter().any(|b| a.field == b.field && a.at.abs_diff(b.at) <= most + 1)),
            Self::Same(is_sentence, groups) => words.iter().any(|here| {
                let is_here = |word: &&Word| {
                    let (same, its) = if *is_sentence {
                        (here.sentence, word.sentence)
                    } else {
                        (here.paragraph, word.paragraph)
                    };
                    word.field == here.field && same == its
                };
                groups.iter().all(|names| places(names).into_iter().any(|word| is_here(&word)))
            }),
            Self::Count(names, sign, number) => {
                let count = places(names).len();
                [count >= *number, count > *number, count == *number, count <= *number, count < *number]
                    [*sign]
            }
            Self::Title(inside) => inside.holds(&of_field(words, Field::Title)),
            Self::Lead(inside) => inside.holds(&of_field(words, Field::Lead)),
            Self::Not(inside) => !inside.holds(words),
            Self::And(all) => all.iter().all(|one| one.holds(words)),
            Self::Or(all) => all.iter().any(|one| one.holds(words)),
        }
    }
}

fn names_of(names: &[usize]) -> Vec<&'static str> {
    names.iter().map(|name| NAMES[*name]).collect()
}

fn group(names: &[usize]) -> String {
    let names = names_of(names);
    if names.len() == 1 { names[0].to_owned() } else { format!("({})", names.join(" OR ")) }
}

fn of_field(words: &[Word], field: Field) -> Vec<Word> {
    words.iter().filter(|word| word.field == field).cloned().collect()
}

/// A word of an article and where it stands.
#[derive(Debug, Clone)]
struct Word {
    field: Field,
    name: Option<usize>,
    at: usize,
    sentence: usize,
    paragraph: usize,
}

/// What is written of a field: its words, and what stands behind each.
fn written(field: Field, parts: &[(usize, usize)]) -> (String, Vec<Word>) {
    let (mut text, mut words) = (String::new(), Vec::new());
    let (mut sentence, mut paragraph) = (0, 0);
    for (at, (word, behind)) in parts.iter().enumerate() {
        let name = (*word < NAMES.len()).then_some(*word);
        text += name.map_or("Tin", |name| NAMES[name].trim_matches('"'));
        words.push(Word { field, name, at, sentence, paragraph });
        text += ["", ",", ".", "!", ".\n\n", "\n"][*behind];
        sentence += usize::from(*behind >= 2);
        paragraph += usize::from(*behind == 4);
        text += if *behind < 4 { " Tin" } else { "Tin" };
        // "Tin" begins what follows with a capital, so that a full stop ends the sentence.
        words.push(Word { field, name: None, at, sentence, paragraph });
        text += " ";
    }
    for (at, word) in words.iter_mut().enumerate() {
        word.at = at;
    }
    (text, words)
}

fn meant() -> impl Strategy<Value = Meant> {
    let names = || prop::sample::subsequence(vec![0, 1, 2], 1..3);
    let near = (prop::sample::subsequence(vec![0, 1], 1), prop::sample::subsequence(vec![2], 1), 1..6_usize)
        .prop_map(|(one, other, words)| Meant::Near(one, other, words));
    let pair = (1..6_usize).prop_map(|words| Meant::Near(vec![0, 2], vec![1], words));
    let leaf = prop_oneof![
        (0..3_usize).prop_map(Meant::Name),
        near,
        pair,
        (any::<bool>(), prop::collection::vec(names(), 2..4))
            .prop_map(|(is_sentence, groups)| Meant::Same(is_sentence, groups)),
        (names(), 0..5_usize, 0..5_usize).prop_map(|(names, sign, number)| Meant::Count(names, sign, number)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inside| Meant::Not(Box::new(inside))),
            inner.clone().prop_map(|inside| Meant::Title(Box::new(inside))),
            inner.clone().prop_map(|inside| Meant::Lead(Box::new(inside))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Meant::And),
            prop::collection::vec(inner, 2..4).prop_map(Meant::Or),
        ]
    })
}

fn parts(longest: usize) -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..6_usize, 0..6_usize), 1..longest)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_holds_where_trying_every_place_says_so(
        meant in meant(), title in parts(4), lead in parts(5), body in parts(8),
    ) {
        let fields = [(Field::Title, title), (Field::Lead, lead), (Field::Body, body)];
        let written: Vec<(Field, (String, Vec<Word>))> =
            fields.into_iter().map(|(field, parts)| (field, written(field, &parts))).collect();
        let texts: Vec<(Field, &str)> =
            written.iter().map(|(field, (text, _))| (*field, text.as_str())).collect();
        let words: Vec<Word> = written.iter().flat_map(|(_, (_, words))| words.clone()).collect();
        let rule = meant.text(0);
        let there = meant.holds(&words);
        prop_assert_eq!(holds(&rule, &texts), there, "{} in {:?}", rule, texts);
        match Rule::parse(&rule, KNOWN).unwrap().doubt() {
            Some(Doubt::Never) => prop_assert!(!there, "{} holds in {:?}", rule, texts),
            Some(Doubt::Always) => prop_assert!(there, "{} does not hold in {:?}", rule, texts),
            Some(Doubt::Countless(_)) | None => {}
        }
    }
}
