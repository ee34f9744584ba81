//! The published JSON Schema of sources.toml, for editors and for the shape check.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::raw;

/// Draft 7, because that is what editors' TOML plugins read; everything in place, no references.
static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<raw::File>().to_value();
    without_null(&mut schema);
    schema
});

/// The schema as a value.
pub(super) fn value() -> &'static Value {
    &SCHEMA
}

/// The schema of a file for trying entities and alerts: its alerts need not say who is told.
pub(super) fn of_catalogue() -> Value {
    let mut schema = SCHEMA.clone();
    if let Some(required) = schema.pointer_mut("/properties/alert/items/required") {
        *required = serde_json::json!(["name"]);
    }
    schema
}

/// The schema as pretty JSON with a newline at its end.
pub(super) fn text() -> String {
    format!("{:#}\n", *SCHEMA)
}

/// TOML has no null: what may be absent is simply not required.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Array(values) => values.iter_mut().for_each(without_null),
        Value::Object(keys) => {
            keys.values_mut().for_each(without_null);
            keys.remove("format");
            if let Some(Value::Array(types)) = keys.get_mut("type")
                && types.len() == 2
            {
                types.retain(|name| name != "null");
                let only = types.pop().unwrap_or_default();
                keys.insert("type".to_owned(), only);
            }
            if let Some(choice) = only_choice(keys.get("anyOf")) {
                keys.remove("anyOf");
                let described = std::mem::take(keys);
                keys.extend(choice);
                keys.extend(described);
            }
        }
        _ => {}
    }
}

/// The other branch of `anyOf: [schema, null]`.
fn only_choice(branches: Option<&Value>) -> Option<serde_json::Map<String, Value>> {
    let null = serde_json::json!({ "type": "null" });
    match branches?.as_array()?.as_slice() {
        [Value::Object(schema), last] if *last == null => Some(schema.clone()),
        _ => None,
    }
}
