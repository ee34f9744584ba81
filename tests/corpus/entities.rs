//! The trap cases that need nothing but aliases, case and plain rules: each has to be exactly right.

use std::collections::BTreeSet;

use diemtin::alert::Rule;
use diemtin::entity::Matcher;
use diemtin::model::{Alias, CaseRule, Entity, Field};
use serde_json::Value;

/// The fewest cases that have to be right; raised whenever another option is understood.
const FLOOR: usize = 90;

#[test]
fn aliases_and_rules_on_the_trap_cases() {
    let Some(file) = crate::corpus("entities/cases.json") else { return };
    let cases: Value = serde_json::from_slice(&crate::read(&file)).unwrap();
    let (mut right, mut wrong) = (0, Vec::new());
    for case in cases["cases"].as_array().unwrap() {
        let Some(entities) = plain_entities(case) else { continue };
        match is_right(case, &entities) {
            Some(true) => right += 1,
            Some(false) => wrong.push(case["id"].to_string()),
            None => {}
        }
    }
    assert!(wrong.is_empty(), "wrong: {}", wrong.join(", "));
    assert!(right >= FLOOR, "only {right} cases were tried");
}

/// The entities of a case; `None` where one uses an option that is not understood yet.
fn plain_entities(case: &Value) -> Option<Vec<Entity>> {
    case["entities"].as_array()?.iter().map(plain_entity).collect()
}

fn plain_entity(entity: &Value) -> Option<Entity> {
    let known = |key: &String| matches!(key.as_str(), "id" | "aliases" | "tags");
    let aliases = entity.as_object().filter(|fields| fields.keys().all(known))?.get("aliases")?;
    Some(Entity {
        name: entity["id"].as_str()?.to_owned(),
        aliases: aliases.as_array()?.iter().map(plain_alias).collect::<Option<_>>()?,
    })
}

fn plain_alias(alias: &Value) -> Option<Alias> {
    let Some(fields) = alias.as_object() else {
        return Some(Alias { text: alias.as_str()?.to_owned(), case: CaseRule::Fold });
    };
    let known = fields.keys().all(|key| matches!(key.as_str(), "text" | "case"));
    let case =
        if fields.get("case").is_some_and(|case| case == "exact") { CaseRule::Exact } else { CaseRule::Fold };
    known.then(|| Some(Alias { text: fields["text"].as_str()?.to_owned(), case }))?
}

/// `None` where the rule of the case is not understood yet.
fn is_right(case: &Value, entities: &[Entity]) -> Option<bool> {
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    let rule = case["rule"].as_str().map(|rule| Rule::parse(rule, &names)).transpose().ok()?;
    let phrases = rule.as_ref().map(Rule::phrases).unwrap_or_default();
    let text = |field: &str| case[field].as_str().unwrap_or_default();
    let body = if case["text"].is_string() { text("text") } else { text("body") };
    let found =
        Matcher::new(entities, &phrases).unwrap().find(&[(Field::Title, text("title")), (Field::Body, body)]);
    if let Some(rule) = rule {
        return Some(rule.holds(&found) == case["expect_fire"]);
    }
    let found: BTreeSet<_> = found
        .mentions
        .iter()
        .map(|mention| (mention.entity.as_str(), mention.start, mention.end, mention.field == Field::Title))
        .collect();
    Some(found == wanted(case))
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
