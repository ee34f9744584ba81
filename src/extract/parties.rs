//! People and organisations as JSON-LD names them.

use serde_json::Value;

use super::structured::{Walk, first_text, visit};

/// How many of a list of names are looked at; each reference among them costs a walk through the graph.
const MOST_NAMES: usize = 24;

/// The names of people, and those of organisations.
pub(super) fn people(value: &Value, root: &Value) -> (Vec<String>, Vec<String>) {
    let mut items = Vec::new();
    flatten(value, &mut items);
    let (organisations, people): (Vec<&Value>, Vec<&Value>) =
        items.into_iter().partition(|item| is_organisation(item));
    let names = |items: Vec<&Value>| items.into_iter().flat_map(|item| names(item, root)).collect();
    (names(people), names(organisations))
}

fn is_organisation(value: &Value) -> bool {
    value.as_object().is_some_and(|object| {
        let kind = object.get("@type").and_then(first_text).unwrap_or_default();
        kind.ends_with("Organization") || kind == "Corporation" || kind == "WebSite"
    })
}

/// The names in a person, an organisation, a list of them, or a reference to one elsewhere in the graph.
pub(super) fn names(value: &Value, root: &Value) -> Vec<String> {
    match value {
        Value::String(_) => first_text(value).into_iter().collect(),
        Value::Array(_) => {
            let mut items = Vec::new();
            flatten(value, &mut items);
            items.into_iter().flat_map(|item| names(item, root)).collect()
        }
        Value::Object(object) => match object.get("name") {
            Some(name) => match name {
                Value::Array(items) => items.iter().take(MOST_NAMES).filter_map(first_text).collect(),
                other => first_text(other).into_iter().collect(),
            },
            None => object
                .get("@id")
                .and_then(Value::as_str)
                .and_then(|id| referred(root, id))
                .into_iter()
                .collect(),
        },
        _ => Vec::new(),
    }
}

/// The items of a list, of lists in it too, as many as are looked at.
fn flatten<'v>(value: &'v Value, items: &mut Vec<&'v Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| flatten(item, items)),
        other if items.len() < MOST_NAMES => items.push(other),
        _ => {}
    }
}

fn referred(root: &Value, id: &str) -> Option<String> {
    let mut found = None;
    visit(root, &mut Walk::new(), &mut |object| {
        if found.is_none() && object.get("@id").and_then(Value::as_str) == Some(id) {
            found = object.get("name").and_then(first_text);
        }
    });
    found
}
