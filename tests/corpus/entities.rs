//! The trap cases of names in texts: each has to be exactly right. And names on the sample pages: those inside the
//! articles are found, those around them are not.

use std::collections::BTreeSet;

use diemtin::alert::{Evidence, Rule};
use diemtin::entity::Matcher;
use diemtin::model::{Alias, Boundary, CaseRule, Entity, Field, MarksRule, Scope, Separator};
use serde_json::Value;

/// The fewest cases that have to be right; all of them were when this was raised last.
const FLOOR: usize = 135;

#[test]
fn mentions_and_rules_on_the_trap_cases() {
    let Some(file) = crate::corpus("entities/cases.json") else { return };
    let cases: Value = serde_json::from_slice(&crate::read(&file)).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    let wrong: Vec<_> =
        cases.iter().filter(|case| !is_right(case)).map(|case| case["id"].to_string()).collect();
    assert!(wrong.is_empty(), "wrong: {}", wrong.join(", "));
    assert!(cases.len() >= FLOOR, "only {} cases were tried", cases.len());
}

fn entities(case: &Value) -> Vec<Entity> {
    case["entities"].as_array().unwrap().iter().map(entity).collect()
}

fn entity(entity: &Value) -> Entity {
    let known = "id aliases tags not with_any without_any scope sources min_count";
    assert!(entity.as_object().unwrap().keys().all(|key| known.split(' ').any(|known| known == key)));
    Entity {
        name: text(entity, "id"),
        aliases: entity["aliases"].as_array().unwrap().iter().map(alias).collect(),
        not: list(entity, "not"),
        with_any: list(entity, "with_any"),
        without_any: list(entity, "without_any"),
        scope: match entity["scope"].as_str() {
            Some("title") => Scope::Title,
            Some("body") => Scope::Body,
            _ => Scope::Any,
        },
        sources: list(entity, "sources"),
        min_count: entity["min_count"].as_u64().unwrap_or(1) as usize,
    }
}

fn alias(alias: &Value) -> Alias {
    if let Some(text) = alias.as_str() {
        return Alias::plain(text);
    }
    let known = "text case marks boundary sep version requires_full";
    assert!(alias.as_object().unwrap().keys().all(|key| known.split(' ').any(|known| known == key)));
    let is = |key: &str, value: &str| alias[key].as_str() == Some(value);
    Alias {
        text: text(alias, "text"),
        case: if is("case", "exact") { CaseRule::Exact } else { CaseRule::Fold },
        marks: if is("marks", "fold") { MarksRule::Fold } else { MarksRule::Exact },
        boundary: match alias["boundary"].as_str() {
            Some("prefix") => Boundary::Prefix,
            Some("none") => Boundary::None,
            _ => Boundary::Auto,
        },
        sep: if is("sep", "flex") { Separator::Flex } else { Separator::Space },
        version: alias["version"].as_bool().unwrap_or_default(),
        requires_full: alias["requires_full"].as_bool().unwrap_or_default(),
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value, key: &str) -> Vec<String> {
    let items = value[key].as_array().into_iter().flatten();
    items.map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn is_right(case: &Value) -> bool {
    let entities = entities(case);
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    let rule = case["rule"].as_str().map(|rule| Rule::parse(rule, &names).unwrap());
    let phrases = rule.as_ref().map(Rule::phrases).unwrap_or_default();
    let body = if case["text"].is_string() { text(case, "text") } else { text(case, "body") };
    let title = text(case, "title");
    let fields = [(Field::Title, title.as_str()), (Field::Body, body.as_str())];
    let found = Matcher::new(&entities, &phrases).unwrap().find(&text(case, "source"), &fields);
    if let Some(rule) = rule {
        return rule.holds(&Evidence::of(&found, &fields)) == case["expect_fire"];
    }
    let found: BTreeSet<_> = found
        .mentions
        .iter()
        .map(|mention| (mention.entity.as_str(), mention.start, mention.end, mention.field == Field::Title))
        .collect();
    found == wanted(case)
}

fn wanted(case: &Value) -> BTreeSet<(&str, usize, usize, bool)> {
    let place = |mention: &Value, key: &str| mention[key].as_u64().unwrap() as usize;
    let list = case["expect"].as_array().unwrap().iter();
    list.map(|mention| {
        let entity = mention["entity"].as_str().unwrap();
        (entity, place(mention, "byte_start"), place(mention, "byte_end"), mention["field"] == "title")
    })
    .collect()
}

/// Mentions inside the articles of the sample documents: each is found at its place, and nothing is found that a reader
/// would not call a mention.
#[test]
fn names_in_the_sample_documents() {
    let Some(file) = crate::corpus("entities/seed-entities.json") else { return };
    let gold: Value = serde_json::from_slice(&crate::read(&file)).unwrap();
    let exact = |text: &Value| Alias { case: CaseRule::Exact, ..Alias::plain(text.as_str().unwrap()) };
    let entities: Vec<Entity> = gold["entities"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, entity)| Entity {
            name: name.clone(),
            aliases: entity["surfaces"].as_array().unwrap().iter().map(exact).collect(),
            ..Entity::default()
        })
        .collect();
    let matcher = Matcher::new(&entities, &[]).unwrap();
    let mut inside = 0;
    for (document, entities) in gold["seeds"].as_object().unwrap() {
        let Some(file) = crate::corpus(&format!("../seeds/{document}")) else { return };
        let text = String::from_utf8(crate::read(&file)).unwrap();
        let found = matcher.find("", &[(Field::Body, &text)]).mentions;
        let found: BTreeSet<(&str, u64, &str)> = found
            .iter()
            .map(|mention| (mention.entity.as_str(), mention.start as u64, mention.surface.as_str()))
            .collect();
        let spans = entities["entities"].as_object().unwrap().iter().flat_map(|(name, entity)| {
            let spans = entity["spans"].as_array().unwrap().iter();
            spans.map(move |span| (name.as_str(), span))
        });
        let mut wanted = BTreeSet::new();
        let mut anywhere = BTreeSet::new();
        for (name, span) in spans {
            let place = (name, span["byte"].as_u64().unwrap(), span["surface"].as_str().unwrap());
            let zone = span["zone"].as_str().unwrap();
            anywhere.insert(place);
            if ["title", "body", "summary", "caption"].iter().any(|part| zone.starts_with(part)) {
                wanted.insert(place);
            }
        }
        inside += wanted.len();
        assert_eq!(wanted.difference(&found).next(), None, "missed in {document}");
        assert_eq!(found.difference(&anywhere).next(), None, "too much in {document}");
    }
    assert_eq!(inside, 306);
}
