//! Copies and stories among texts with known answers.

use std::collections::HashSet;

use diemtin::dedup::{Facts, GroupKind, Known, Parts, bond, compare, group, is_contained, tied};
use serde_json::Value;

struct Document {
    id: String,
    variant: String,
    facts: Facts,
    text: String,
}

fn documents() -> Option<Vec<Document>> {
    let file = crate::corpus("dedup/pairs.json")?;
    let pairs: Value = serde_json::from_slice(&crate::read(&file)).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let document = |document: &Value| Document {
        id: text(&document["id"]),
        variant: text(&document["variant"]),
        facts: facts(document["text"].as_str().unwrap()),
        text: text(&document["text"]),
    };
    Some(pairs["docs"].as_array().unwrap().iter().map(document).collect())
}

fn facts(text: &str) -> Facts {
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    Facts::of(Parts { title: next(), lead: next(), text: next(), ..Parts::default() })
}

/// The least share of copies that have to be found, and of finds that have to be copies.
const RECALL: f64 = 1.0;
const PRECISION: f64 = 1.0;
/// The least share of copies that two texts alone show, without a third that is kin of both.
const DIRECT_RECALL: f64 = 0.98;
/// The pairs of originals in another language or shortened by an editor, and the only story that the corpus holds.
const STORIES: usize = 3;

#[test]
fn copies_and_stories_among_documents() {
    let Some(documents) = documents() else { return };
    let facts: Vec<Facts> = documents.iter().map(|document| document.facts.clone()).collect();
    let (mut copies, mut stories) = (HashSet::new(), HashSet::new());
    for group in group(&facts) {
        let pairs = if group.kind == GroupKind::Story { &mut stories } else { &mut copies };
        for (at, second) in group.members.iter().enumerate() {
            pairs.extend(group.members[..at].iter().map(|first| (*first, *second)));
        }
    }
    let (mut all, mut found, mut direct, mut wrong) = (0, 0, 0, 0);
    let (mut told, mut untrue) = (0, 0);
    for (second, document) in documents.iter().enumerate() {
        for (first, other) in documents[..second].iter().enumerate() {
            let pair = (first, second);
            if document.id == other.id {
                all += 1;
                found += usize::from(copies.contains(&pair));
                let kinship = compare(&other.facts.signature, &document.facts.signature);
                direct += usize::from(kinship.is_copy());
                continue;
            }
            wrong += usize::from(copies.contains(&pair));
            let is_story = document.id.starts_with("003") && other.id.starts_with("003");
            let are_originals = document.variant == "orig" && other.variant == "orig";
            told += usize::from(is_story && are_originals && stories.contains(&pair));
            untrue += usize::from(!is_story && stories.contains(&pair));
        }
    }
    let share = |part: usize, whole: usize| f64::from(part as u32) / f64::from(whole as u32);
    let (recall, precision) = (share(found, all), share(found, found + wrong));
    println!(
        "copies: {found} of {all} found, {direct} directly, {wrong} wrong; stories: {told} right, {untrue} wrong"
    );
    assert!(recall >= RECALL && precision >= PRECISION && share(direct, all) >= DIRECT_RECALL);
    assert_eq!((told, untrue), (STORIES, 0));
}

/// Republished variants that say nothing new, and those that do: other numbers where the original has some in its text, and what
/// the original has beyond its shortened variants.
#[test]
fn copies_that_say_nothing_new_are_contained() {
    let Some(documents) = documents() else { return };
    let is_in = |one: &Document, other: &Document| {
        is_contained(&one.text, &one.facts.signature, &other.facts.signature)
    };
    let (mut held, mut told, mut noisy, mut noisy_held) = (0, 0, 0, 0);
    for document in &documents {
        let original = documents.iter().find(|other| other.id == document.id && other.variant == "orig");
        let Some(original) = original else { continue };
        let (id, variant) = (&document.id, document.variant.as_str());
        if matches!(variant, "word-noise-5%" | "word-noise-10%") {
            // Among so many words put in for others some turn the sense: those are told.
            (noisy, noisy_held) = (noisy + 1, noisy_held + usize::from(is_in(document, original)));
        } else if variant != "numbers-corrected" {
            held += 1;
            assert!(is_in(document, original), "{id} {variant} says nothing new");
        } else if id.starts_with("003") {
            told += 1;
            assert!(!is_in(document, original), "{id} has other numbers");
        }
        if matches!(variant, "first-half" | "summary-3-sentences" | "drop-last-2") {
            told += 1;
            assert!(!is_in(original, document), "{id} says more than its {variant}");
        }
    }
    println!(
        "{held} copies say nothing new, {told} do; {noisy_held} of {noisy} full of other words are held back"
    );
    assert!(noisy_held * 10 >= noisy * 6, "{noisy_held} of {noisy}");
}

/// The page in two languages, its Vietnamese half and its English half: in every order each belongs to those before it, the halves
/// say nothing that the page does not, and the page and the other half do.
#[test]
fn a_page_in_two_languages_and_its_halves_are_one_story() {
    let Some(file) = crate::corpus("../seeds/003_a2d26fb32bc6332e.txt") else { return };
    let text = String::from_utf8(crate::read(&file)).unwrap();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let part = |title: &str, from: usize, to: usize| {
        let kept = lines[from - 1..to].iter().filter(|line| !line.is_empty());
        std::iter::once(title).chain(kept.copied()).collect::<Vec<_>>().join("\n")
    };
    let whole = part("Trung Quốc thu hẹp khoảng cách trong cuộc đua AI", 1, 43);
    let texts = [whole, part(lines[12], 16, 28), part(lines[28], 32, 43)];
    let facts = texts.each_ref().map(|text| facts(text));
    for article in 0..3 {
        for known in (0..3).filter(|known| *known != article) {
            let other = &facts[known];
            let near = Known { facts: Some(other), signature: Some(&other.signature) };
            let bond = bond(&facts[article], &texts[article], near);
            let bond = bond.unwrap_or_else(|| panic!("{article} and {known} are one story"));
            assert_eq!(bond.is_contained, known == 0, "{article} in {known}");
            assert!(bond.is_close, "{article} to {known}");
        }
        let others: Vec<usize> = (0..3).filter(|other| *other != article).collect();
        let bonds = others.iter().map(|other| {
            let near = Known { facts: Some(&facts[*other]), signature: Some(&facts[*other].signature) };
            (bond(&facts[article], &texts[article], near).unwrap(), &facts[*other])
        });
        assert_eq!(tied(&bonds.collect::<Vec<_>>()), [true, true], "{article}");
    }
}
