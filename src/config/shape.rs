//! The shape of a document against the schema of [`super::raw`]: unknown keys, wrong types, values that are not
//! on a list, numbers out of range, keys that are missing. What does not fit is reported and taken out, so that
//! everything else can still be read and checked.

use std::mem;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::report::Report;
use super::secret_text;
use super::suggest::nearest;

/// Keys that other monitors have, and what to do instead.
const REFUSED: [(&str, &str); 1] =
    [("select_xpath", "XPath is not understood; write a CSS selector for the same elements into \"select\"")];

/// Reports everything that does not fit `schema` and takes it out of `document`.
pub(super) fn prune(document: &mut DeTable<'_>, schema: &Value, report: &mut Report<'_>) {
    let mut walk = Walk { report, root: schema };
    walk.table(document, schema, &Place { is_root: true, ..Place::new("the file".to_owned(), 0..0) });
}

struct Walk<'w, 'd> {
    report: &'w mut Report<'d>,
    root: &'w Value,
}

/// A table as messages name it, and where it begins.
struct Place {
    label: String,
    span: Range<usize>,
    guarded: bool,
    is_root: bool,
}

impl Place {
    fn new(label: String, span: Range<usize>) -> Self {
        let guarded = secret_text::holds_secrets(&label);
        Self { label, span, guarded, is_root: false }
    }
}

impl Walk<'_, '_> {
    fn table(&mut self, table: &mut DeTable<'_>, schema: &Value, place: &Place) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            self.map(table, schema);
            return;
        };
        let mut kept = DeTable::new();
        for (key, mut value) in mem::take(table) {
            let name = key.get_ref().to_string();
            if secret_text::is_secret(&name, place.guarded) {
                self.report.hide(value.span());
            }
            let before = self.report.count();
            let Some(property) = properties.get(&name) else {
                self.unknown_key(&name, key.span(), properties, place);
                continue;
            };
            let fits = self.fits(&name, &mut value, property);
            if !fits || (self.report.count() > before && !place.is_root) {
                self.report.doubt(place.span.start, &name);
            }
            if fits {
                kept.insert(key, value);
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for key in required.filter_map(Value::as_str) {
            if !kept.contains_key(key) && !self.report.doubts(place.span.start, &[key]) {
                let message = format!("{} needs \"{key}\"", place.label);
                self.report.absence(place.span.clone(), message, None);
            }
        }
        *table = kept;
    }

    /// A table with keys of the user's choice, whose values may be secrets.
    fn map(&mut self, table: &mut DeTable<'_>, schema: &Value) {
        let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) else {
            return;
        };
        for (key, mut value) in mem::take(table) {
            self.report.hide(value.span());
            if self.fits(key.get_ref(), &mut value, values) {
                table.insert(key, value);
            }
        }
    }

    fn unknown_key(&mut self, key: &str, span: Range<usize>, known: &Map<String, Value>, place: &Place) {
        if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == key) {
            self.report.problem(span, *why);
            return;
        }
        let message = format!("unknown key \"{key}\"");
        if let Some(meant) = nearest(key, known.keys().map(String::as_str)) {
            self.report.doubt(place.span.start, &meant);
            self.report.suggest(span, message, Some(meant));
            return;
        }
        let homes = self.tables_with(key);
        if homes.is_empty() {
            let keys: Vec<&str> = known.keys().map(String::as_str).collect();
            self.report.problem(span, format!("{message}; {} takes {}", place.label, keys.join(", ")));
            return;
        }
        let here =
            if place.is_root { "outside of a table".to_owned() } else { format!("in {}", place.label) };
        self.report.problem(span, format!("{message} {here}; it belongs in {homes}"));
    }

    /// The tables of the file that have this key, as `[daemon] or [[source]]`.
    fn tables_with(&self, key: &str) -> String {
        let tables = self.root.get("properties").and_then(Value::as_object).into_iter().flatten();
        let homes = tables.filter(|(_, schema)| {
            let table = schema.get("items").unwrap_or(schema);
            table.get("properties").and_then(|properties| properties.get(key)).is_some()
        });
        homes.map(|(name, schema)| header(name, schema)).collect::<Vec<_>>().join(" or ")
    }

    /// Whether the value may stay. What is wrong inside it is taken out of it.
    fn fits(&mut self, key: &str, value: &mut Spanned<DeValue<'_>>, schema: &Value) -> bool {
        let span = value.span();
        let Some(schema) = branch(schema, value.get_ref()) else {
            self.wrong_type(key, value, schema);
            return false;
        };
        match value.get_mut() {
            DeValue::Table(table) => {
                let label = if self.is_section(key) { format!("[{key}]") } else { "this alias".to_owned() };
                self.table(table, schema, &Place::new(label, span));
                true
            }
            DeValue::Array(array) => {
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
                if array.len() as u64 >= least {
                    self.array(key, array, schema);
                    return true;
                }
                let message = format!("\"{key}\" is an empty list; it must hold at least one");
                self.report.problem(span, message);
                false
            }
            DeValue::String(text) => self.is_allowed(key, text, schema, span),
            DeValue::Integer(number) => {
                let value = i64::from_str_radix(number.as_str(), number.radix()).ok();
                self.is_in_range(key, value, schema, span)
            }
            _ => true,
        }
    }

    fn is_section(&self, key: &str) -> bool {
        self.root.get("properties").is_some_and(|properties| properties.get(key).is_some())
    }

    fn array(&mut self, key: &str, array: &mut DeArray<'_>, schema: &Value) {
        let Some(items) = schema.get("items") else { return };
        let mut kept = DeArray::new();
        for mut element in mem::replace(array, DeArray::new()) {
            let span = element.span();
            let stays = match (element.get_mut(), items.get("properties")) {
                (DeValue::Table(table), Some(_)) => {
                    self.table(table, items, &Place::new(format!("[[{key}]]"), span));
                    true
                }
                _ => self.fits(key, &mut element, items),
            };
            if stays {
                kept.push(element);
            }
        }
        *array = kept;
    }

    fn is_allowed(&mut self, key: &str, text: &str, schema: &Value, span: Range<usize>) -> bool {
        let allowed = choices(schema);
        if allowed.is_empty() || allowed.contains(&text) {
            return true;
        }
        let list = allowed.iter().map(|choice| format!("\"{choice}\"")).collect::<Vec<_>>().join(" or ");
        let suggestion = nearest(text, allowed);
        self.report.suggest(span, format!("\"{key}\" must be {list}"), suggestion);
        false
    }

    fn is_in_range(&mut self, key: &str, value: Option<i64>, schema: &Value, span: Range<usize>) -> bool {
        let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
        let (least, most) = (bound("minimum").unwrap_or(0), bound("maximum").unwrap_or(i64::MAX));
        if value.is_some_and(|value| (least..=most).contains(&value)) {
            return true;
        }
        self.report.problem(span, format!("\"{key}\" must be between {least} and {most}"));
        false
    }

    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'_>>, schema: &Value) {
        let found = value.get_ref();
        let message = match (found, schema.get("items").and_then(|items| items.get("properties"))) {
            (DeValue::Table(_), Some(_)) => {
                format!("write [[{key}]], with two brackets, for each {key}")
            }
            (DeValue::Array(_), None) if schema.get("properties").is_some() => {
                format!("write [{key}], with single brackets and once")
            }
            _ => format!("\"{key}\" must be {}, not {}", wanted(schema), named(found)),
        };
        self.report.problem(value.span(), message);
    }
}

/// The part of a schema that values of this type have to fit; `None` where none may have this type.
fn branch<'s>(schema: &'s Value, value: &DeValue<'_>) -> Option<&'s Value> {
    if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
        return branches.iter().find_map(|schema| branch(schema, value));
    }
    let wanted = schema.get("type").and_then(Value::as_str).unwrap_or("string");
    let found = match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
        DeValue::Datetime(_) => "date",
    };
    (wanted == found || (wanted == "number" && found == "integer")).then_some(schema)
}

/// The strings that a schema allows; none where it allows any.
fn choices(schema: &Value) -> Vec<&str> {
    let described = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let plain = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    described.filter_map(|choice| choice.get("const")).chain(plain).filter_map(Value::as_str).collect()
}

/// What a schema wants, as in `a string such as "15m"`.
fn wanted(schema: &Value) -> String {
    if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
        return branches.iter().map(wanted).collect::<Vec<_>>().join(" or ");
    }
    let choices = choices(schema);
    if !choices.is_empty() {
        return choices.iter().map(|choice| format!("\"{choice}\"")).collect::<Vec<_>>().join(" or ");
    }
    let noun = match schema.get("type").and_then(Value::as_str) {
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => return "true or false".to_owned(),
        Some("array") => "a list",
        Some("object") => "a table",
        _ => "a string",
    };
    match schema.get("examples").and_then(|examples| examples.get(0)) {
        Some(example) => format!("{noun} such as {example}"),
        None => noun.to_owned(),
    }
}

fn named(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

fn header(name: &str, schema: &Value) -> String {
    if schema.get("items").is_some() { format!("[[{name}]]") } else { format!("[{name}]") }
}
