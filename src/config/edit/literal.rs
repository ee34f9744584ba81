//! Values of keys as plain text and as TOML.

use toml::{Table, Value};

/// A string as it is where nothing else could be meant; any other value as TOML.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The value that [`plain`] wrote. Text that is no TOML value is a string.
pub(super) fn value_of(text: &str) -> Value {
    read(text).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// `key = value` and a line's end.
pub(super) fn line(key: &str, value: &Value) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) {
        return format!("{key} = {value}\n");
    }
    format!("{} = {value}\n", Value::String(key.to_owned()))
}

fn is_plain(text: &str) -> bool {
    text.trim() == text && !text.is_empty() && !text.chars().any(char::is_control) && read(text).is_none()
}

/// One TOML value and nothing else.
fn read(text: &str) -> Option<Value> {
    let mut table: Table = toml::from_str(&format!("v = {text}")).ok()?;
    let only = table.len() == 1;
    table.remove("v").filter(|_| only)
}
