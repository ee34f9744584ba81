//! The `ItemList` by which some pages tell search engines what they list.

use std::collections::HashSet;

use serde_json::Value;
use url::Url;

use super::canonical;

/// Scripts and addresses that are read.
const MOST_SCRIPTS: usize = 20;
const MOST_ITEMS: usize = 2_000;
/// Longer scripts are not looked into.
const LONGEST_SCRIPT: usize = 1 << 20;
/// How deep lists may stand in the graph around them; `serde_json` itself refuses beyond 128.
const DEEPEST: usize = 8;

/// What the addresses of its lists are compared by; lists of breadcrumbs and menus are left out.
pub(super) fn addresses(json_ld: &[&str], base: &Url) -> HashSet<String> {
    let mut found = HashSet::new();
    let scripts = json_ld.iter().filter(|script| script.len() <= LONGEST_SCRIPT).take(MOST_SCRIPTS);
    for value in scripts.filter_map(|script| serde_json::from_str::<Value>(script).ok()) {
        collect(&value, base, &mut found, 0);
    }
    found
}

fn collect(value: &Value, base: &Url, found: &mut HashSet<String>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, base, found, depth + 1)),
        Value::Object(fields) => {
            if is_list(value) {
                let items = fields.get("itemListElement").and_then(Value::as_array);
                let urls = items.into_iter().flatten().filter_map(address);
                let keys = urls.filter_map(|url| Some(canonical(&base.join(url).ok()?)));
                found.extend(keys.take(MOST_ITEMS.saturating_sub(found.len())));
            }
            fields.values().for_each(|field| collect(field, base, found, depth + 1));
        }
        _ => {}
    }
}

fn is_list(value: &Value) -> bool {
    match value.get("@type") {
        Some(Value::String(kind)) => kind == "ItemList",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "ItemList"),
        _ => false,
    }
}

fn address(item: &Value) -> Option<&str> {
    let inner = item.get("item").unwrap_or(item);
    let named = [item.get("url"), inner.get("url"), inner.get("@id"), Some(inner)];
    named.into_iter().flatten().find_map(Value::as_str)
}
