//! JSON Feed.

use serde_json::Value;

use crate::model::{Entry, EntryKey, Feed, FeedFormat, FeedHints};
use crate::text::date;

use super::limits::{LONGEST_TEXT, MOST_ENTRIES};
use super::{FeedError, Origin, key, link, plain};

/// Reads a JSON Feed.
pub(super) fn read(text: &str, origin: Origin<'_>, repairs: &mut Vec<String>) -> Result<Feed, FeedError> {
    let feed: Value = serde_json::from_str(text)
        .map_err(|reason| FeedError::Malformed(format!("its JSON is damaged ({reason})")))?;
    let Some(items) = feed.get("items").and_then(Value::as_array) else {
        return Err(FeedError::Malformed("it is JSON, but not that of a JSON Feed".to_owned()));
    };
    if items.len() > MOST_ENTRIES {
        repairs.push(format!("it lists {} entries; only the first {MOST_ENTRIES} were read", items.len()));
    }
    let text = |name: &str| feed.get(name).and_then(words);
    let mut entries: Vec<Entry> = items.iter().take(MOST_ENTRIES).map(|item| entry(item, origin)).collect();
    key::assign(&mut entries);
    Ok(Feed {
        format: FeedFormat::Json,
        title: text("title").as_deref().and_then(plain::from_text),
        link: text("home_page_url").and_then(|address| link::absolute(&address, origin.url)),
        language: text("language"),
        entries,
        hints: FeedHints::default(),
        repairs: Vec::new(),
    })
}

fn entry(item: &Value, origin: Origin<'_>) -> Entry {
    let field = |name: &str| item.get(name).and_then(words);
    let moment = |name: &str| field(name).and_then(|at| date::parse(&at, origin.timezone));
    let list = |name: &str| item.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let people = list("authors").iter().chain(item.get("author"));
    let id = field("id");
    let address = field("url").or_else(|| field("external_url"));
    Entry {
        key: EntryKey::new(String::new()),
        url: address
            .and_then(|address| link::absolute(&address, origin.url))
            .or_else(|| id.as_deref().and_then(link::permalink)),
        id,
        title: field("title").as_deref().and_then(plain::from_text),
        authors: people.filter_map(|person| plain::from_text(&words(person.get("name")?)?)).collect(),
        published: moment("date_published"),
        updated: moment("date_modified"),
        categories: list("tags").iter().filter_map(|term| plain::from_text(&words(term)?)).collect(),
        summary: field("summary"),
        content: field("content_html").or_else(|| field("content_text")),
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => plain::kept(text.clone(), LONGEST_TEXT),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
