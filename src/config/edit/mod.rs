//! The `[[source]]` tables of a sources.toml as a program reads and adds them. Everything else in the text stays byte
//! for byte as it was: a parser says where tables lie, and only the new lines are written.

mod literal;
mod place;
#[cfg(test)]
mod tests;

use std::path::Path;

use toml::{Table, Value};

use super::load::{Env, without_mark};
use super::problem::{Problem, Problems};
use super::{parse, schema};
use literal::{line, plain, value_of};
use place::Layout;

/// A `[[source]]` as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceTable {
    /// `name`
    pub name: String,
    /// `url`
    pub url: String,
    /// `tags`
    pub tags: Vec<String>,
    /// Every other key and its value: a string as it is, anything else, or a string that could be taken for it, as TOML.
    pub keys: Vec<(String, String)>,
}

/// A source of a file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The table, with what `[defaults]` says for keys that it leaves out.
    pub source: SourceTable,
    /// The line of its header, counted from 1.
    pub line: usize,
}

/// Why a text cannot be edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is no TOML.
    #[error("it is no TOML ({0}); `diemtin check` shows where")]
    Syntax(String),
    /// `source = [ … ]`, to which no `[[source]]` can be added.
    #[error(
        "its sources stand in `source = [ … ]`; write each as a [[source]] table, so that more can be added"
    )]
    Inline,
}

impl SourceTable {
    /// The table as text with `\n` after each line.
    pub fn block(&self) -> String {
        let text = |text: &str| Value::String(text.to_owned());
        let mut block = "[[source]]\n".to_owned();
        block += &line("name", &text(&self.name));
        block += &line("url", &text(&self.url));
        for (key, written) in &self.keys {
            block += &line(key, &value_of(written));
        }
        if !self.tags.is_empty() {
            let tags = self.tags.iter().map(|tag| text(tag)).collect();
            block += &line("tags", &Value::Array(tags));
        }
        block
    }

    fn of(table: &Table, defaults: &Table) -> Option<Self> {
        let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
        let tags = table.get("tags").and_then(Value::as_array).into_iter().flatten();
        let own = |key: &str| table.contains_key(key) || (key == "every" && table.contains_key("cron"));
        let inherited = defaults.iter().filter(|(key, _)| !own(key) && is_key(key));
        let keys = table.iter().filter(|(key, _)| !matches!(key.as_str(), "name" | "url" | "tags"));
        Some(Self {
            name: text("name")?,
            url: text("url")?,
            tags: tags.filter_map(Value::as_str).map(str::to_owned).collect(),
            keys: keys.chain(inherited).map(|(key, value)| (key.clone(), plain(value))).collect(),
        })
    }
}

/// The sources of a text in its order; tables without a name or address are left out.
pub fn sources(text: &str) -> Result<Vec<Written>, EditError> {
    let text = without_mark(text);
    let document = document(text)?;
    let unset = Table::new();
    let defaults = document.get("defaults").and_then(Value::as_table).unwrap_or(&unset);
    let tables = document.get("source").and_then(Value::as_array).into_iter().flatten();
    let lines = Layout::of(text)?.lines(text);
    let written = tables.zip(lines).filter_map(|(table, line)| {
        Some(Written { source: SourceTable::of(table.as_table()?, defaults)?, line })
    });
    Ok(written.collect())
}

/// What `[defaults]` of a text says for a key, where it is a string.
pub fn default_of(text: &str, key: &str) -> Option<String> {
    let document = document(without_mark(text)).ok()?;
    document.get("defaults")?.get(key)?.as_str().map(str::to_owned)
}

/// A file that holds `[fetch]` of this text, who it says that we are, and one source that nobody polls: how to fetch, whatever
/// else is wrong. `None` where the text is no TOML.
pub fn fetch_alone(text: &str) -> Option<String> {
    let mut document = document(without_mark(text)).ok()?;
    let mut alone = Table::new();
    if let Some(fetch) = document.remove("fetch") {
        alone.insert("fetch".to_owned(), fetch);
    }
    let contact = document.get("daemon").and_then(|daemon| daemon.get("contact")).cloned();
    if let Some(contact) = contact {
        alone.insert("daemon".to_owned(), Value::Table(Table::from_iter([("contact".to_owned(), contact)])));
    }
    let stand_in = SourceTable {
        name: "stand-in".to_owned(),
        url: "https://example.org/".to_owned(),
        ..SourceTable::default()
    };
    Some(format!("{alone}\n{}", stand_in.block()))
}

/// The text with these sources behind its last one, or at its end where it has none.
pub fn add(text: &str, sources: &[SourceTable]) -> Result<String, EditError> {
    let blocks: Vec<String> = sources.iter().map(SourceTable::block).collect();
    if blocks.is_empty() {
        return Ok(text.to_owned());
    }
    let body = without_mark(text);
    let mark = text.strip_suffix(body).unwrap_or_default();
    Ok(format!("{mark}{}", Layout::of(body)?.insert(body, &blocks.join("\n"))))
}

/// What is wrong with `after` and was not wrong with `before`.
pub fn new_problems(before: &str, after: &str, file: (&Path, Env<'_>)) -> Option<Problems> {
    let (path, env) = file;
    let (name, base_dir) = (path.display().to_string(), path.parent().unwrap_or(Path::new("")));
    let wrong = |text| parse(text, &name, base_dir, env).err().map_or_else(Vec::new, |problems| problems.0);
    let mut found = wrong(after);
    if !found.is_empty() {
        let known = wrong(before);
        let same = |a: &Problem, b: &Problem| a.message == b.message && a.excerpt == b.excerpt;
        found.retain(|problem| !known.iter().any(|old| same(old, problem)));
    }
    (!found.is_empty()).then_some(Problems(found))
}

/// Whether a `[[source]]` may have this key.
pub fn is_key(key: &str) -> bool {
    schema::value().pointer("/properties/source/items/properties").is_some_and(|keys| keys.get(key).is_some())
}

/// Whether the key may stand in a list of sources that is passed on: those that hold secrets, or name where one lies, stay
/// with the file. A list from somebody else could otherwise have a secret of ours sent to its own host.
pub fn may_travel(key: &str) -> bool {
    let is_secret = key.ends_with("_env") || key.ends_with("_file");
    !is_secret && !matches!(key, "headers" | "cookie" | "proxy" | "basic_auth")
}

/// A list of words as TOML.
pub fn list(words: &[String]) -> String {
    Value::Array(words.iter().map(|word| Value::String(word.clone())).collect()).to_string()
}

fn document(text: &str) -> Result<Table, EditError> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        EditError::Syntax(format!("line {line}: {}", error.message()))
    })
}
