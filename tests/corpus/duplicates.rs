//! Copies and stories among texts with known answers.

use std::collections::BTreeSet;

use diemtin::dedup::{Comparison, Facts, GroupKind, Parts, Signature, group, same_story};
use serde_json::Value;

struct Document {
    id: String,
    variant: String,
    facts: Facts,
}

fn documents() -> Option<Vec<Document>> {
    let file = crate::corpus("dedup/pairs.json")?;
    let pairs: Value = serde_json::from_slice(&crate::read(&file)).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let document = |document: &Value| Document {
        id: text(&document["id"]),
        variant: text(&document["variant"]),
        facts: facts(document["text"].as_str().unwrap()),
    };
    Some(pairs["docs"].as_array().unwrap().iter().map(document).collect())
}

fn facts(text: &str) -> Facts {
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    Facts::of(Parts { title: next(), lead: next(), text: next(), ..Parts::default() })
}

#[test]
fn debug() {
    let Some(documents) = documents() else { return };
    let pairs = std::env::var("PAIR").unwrap_or_default();
    let chosen: Vec<_> = documents.iter().filter(|d| pairs.split(';').any(|p| p == format!("{} {}", d.id, d.variant))).collect();
    for (i, a) in chosen.iter().enumerate() {
        println!("{} {} names {:?}\n numbers {:?}", a.id, a.variant, a.facts.names.iter().map(|n| (n.key.as_str(), n.is_prominent)).collect::<Vec<_>>(), a.facts.numbers.iter().map(|q| (q.number, q.is_prominent)).collect::<Vec<_>>());
        for b in &chosen[..i] {
            println!("{} {} / {} {}: {:?} {}", b.id, b.variant, a.id, a.variant, Comparison::of(&b.facts.signature, &a.facts.signature), same_story(&a.facts, &b.facts));
        }
    }
    let mut direct = (0, 0, 0);
    for (i, a) in documents.iter().enumerate() {
        for b in &documents[..i] {
            let kin = diemtin::dedup::compare(&a.facts.signature, &b.facts.signature).is_copy();
            let cand = a.facts.signature.bands().iter().any(|x| b.facts.signature.bands().contains(x));
            if a.id == b.id { direct.0 += 1; direct.1 += usize::from(kin); direct.2 += usize::from(kin && cand);
                if kin && !cand { println!("not a candidate {} {} / {}", a.id, a.variant, b.variant); } }
            let same = a.id[..3] == b.id[..3] && a.id.starts_with("003");
            if a.id != b.id && kin { println!("WRONG {} {} / {} {}: {:?}", a.id, a.variant, b.id, b.variant, Comparison::of(&a.facts.signature, &b.facts.signature)); }
            if a.id != b.id && !same && same_story(&a.facts, &b.facts) { println!("WRONG STORY {} {} / {} {}", a.id, a.variant, b.id, b.variant); }
        }
    }
    println!("direct {direct:?}");
}
