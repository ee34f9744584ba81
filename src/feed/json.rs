//! JSON Feed 1.0 and 1.1, and what calls itself so.
//!
//! ```text
//! text -> parser (a tree, whatever is wrong with the JSON) -> channel (where the feed is in it) -> item (our entries)
//! ```
//!
//! Wrong types are read for what they mean: a number is an identifier, a text a list of one author.

mod channel;
mod item;
mod parser;
mod string;
mod value;
mod word;

#[cfg(test)]
mod tests;

use crate::model::{Entry, Feed, FeedFormat, FeedHints};

use super::limits::MOST_ENTRIES;
use super::{FeedError, Origin, key, link, plain};

use channel::Channel;
use item::Items;
use parser::Parser;
use string::Place;
use value::Value;

/// How far into the text the JSON may begin, behind a callback's name or warnings of a server.
const FURTHEST_START: usize = 256 * 1024;
/// Documents that may follow each other in one text.
const MOST_DOCUMENTS: usize = 16;
/// How much of a server's own error message is repeated.
const LONGEST_MESSAGE: usize = 200;

/// Reads a JSON Feed from `text`. What had to be mended is said in `repairs`.
pub(super) fn read(text: &str, origin: Origin<'_>, repairs: &mut Vec<String>) -> Result<Feed, FeedError> {
    let mut rest = text;
    let mut complaint = None;
    for _ in 0..MOST_DOCUMENTS {
        let Some(start) = start(rest) else { break };
        let mut parser = Parser::new(rest.get(start..).unwrap_or_default());
        let document = parser.value(Place::Element);
        rest = parser.rest();
        let Some(channel) = Channel::find(&document) else {
            complaint = complaint.or_else(|| message(&document));
            continue;
        };
        if start > 0 || complaint.is_some() {
            repairs.push("text before the feed was left out".to_owned());
        }
        repairs.extend(parser.notes.iter().map(|note| (*note).to_owned()));
        if parser.cut {
            repairs.push("it breaks off; what was open was closed".to_owned());
        } else if rest.contains(|c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, ')' | ';')) {
            repairs.push("text behind the feed was left out".to_owned());
        }
        return Ok(feed(&channel, parser.cut, origin, repairs));
    }
    Err(FeedError::Malformed(complaint.map_or_else(
        || {
            "it is JSON, but lists no items as a JSON Feed does; check that the address is a feed's"
                .to_owned()
        },
        |message| format!("it is JSON, but no feed; the server says {message:?}"),
    )))
}

/// Where an object or list begins that can be JSON rather than words in brackets.
pub(super) fn start(text: &str) -> Option<usize> {
    let head = text.get(..text.floor_char_boundary(FURTHEST_START)).unwrap_or(text);
    head.match_indices(['{', '[']).map(|(start, _)| start).find(|start| {
        let inside = head.get(start + 1..).unwrap_or_default();
        match inside.chars().find(|c| !c.is_whitespace() && !c.is_control()) {
            Some('"' | '\'' | '{' | '[' | '}' | ']' | '/') => true,
            // A name without quotes.
            Some(first) => first.is_ascii_alphabetic() && is_named(inside.trim_start()),
            None => false,
        }
    })
}

fn is_named(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    behind.starts_with(':')
}

/// What a server says instead of a feed.
fn message(document: &Value<'_>) -> Option<String> {
    let said = document.get(&["error", "errors", "message", "detail", "msg"])?;
    let inner = said.get(&["message", "detail", "title"]).unwrap_or(said);
    let line = plain::from_html(inner.name()?)?;
    Some(plain::cut(&line, LONGEST_MESSAGE).to_owned())
}

fn feed(channel: &Channel<'_>, cut: bool, origin: Origin<'_>, repairs: &mut Vec<String>) -> Feed {
    let head = channel.head;
    let version = head.get(&["version"]).and_then(Value::words).unwrap_or_default();
    if !version.contains("jsonfeed.org") {
        repairs.push("it does not say which version of JSON Feed it is".to_owned());
    }
    let mut entries = entries(channel, cut, origin, repairs);
    key::assign(&mut entries);
    Feed {
        format: FeedFormat::Json,
        title: head.get(&["title", "name"]).and_then(item::headline),
        link: head
            .get(&["home_page_url", "link", "url"])
            .and_then(Value::name)
            .and_then(|href| link::absolute(href, origin.url)),
        language: head.get(&["language", "lang"]).and_then(Value::name).and_then(plain::from_text),
        entries,
        hints: FeedHints::default(),
        repairs: Vec::new(),
    }
}

fn entries(channel: &Channel<'_>, cut: bool, origin: Origin<'_>, repairs: &mut Vec<String>) -> Vec<Entry> {
    let listed = channel.items.len();
    if listed > MOST_ENTRIES {
        repairs.push(format!("it lists {listed} entries; only the first {MOST_ENTRIES} were read"));
    }
    let items = Items::of(channel.head, origin);
    let mut entries: Vec<Entry> =
        channel.items.iter().take(MOST_ENTRIES).map(|listed| items.entry(listed)).collect();
    // Of an entry that was cut before anything that identifies it, the next poll brings the rest under another key.
    let nameless = |entry: &Entry| entry.id.is_none() && entry.url.is_none() && entry.title.is_none();
    if cut && entries.last().is_some_and(nameless) {
        entries.pop();
    }
    entries
}
