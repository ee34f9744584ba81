//! JSON Feed.

use feed_rs::model as theirs;
use feed_rs::parser::Builder;

use crate::model::{Entry, EntryKey, Feed, FeedFormat, FeedHints};
use crate::text::date;

use super::limits::{LONGEST_TEXT, MOST_ENTRIES};
use super::{FeedError, Origin, key, link, plain};

/// Reads a JSON Feed.
pub(super) fn read(text: &str, origin: Origin<'_>, repairs: &mut Vec<String>) -> Result<Feed, FeedError> {
    let parser = Builder::new().sanitize_content(false).id_generator(|_, _, _| String::new()).build();
    let read = parser
        .parse(text.as_bytes())
        .map_err(|reason| FeedError::Malformed(format!("its JSON is not that of a JSON Feed ({reason})")))?;
    if read.entries.len() > MOST_ENTRIES {
        repairs.push(format!("it lists {} entries; only the first {MOST_ENTRIES} were read", read.entries.len()));
    }
    let mut entries: Vec<Entry> =
        read.entries.into_iter().take(MOST_ENTRIES).map(|listed| entry(listed, origin)).collect();
    key::assign(&mut entries);
    Ok(Feed {
        format: FeedFormat::Json,
        title: read.title.and_then(|title| plain::from_text(&title.content)),
        link: read.links.first().and_then(|found| link::absolute(&found.href, origin.url)),
        language: read.language,
        entries,
        hints: FeedHints::default(),
        repairs: Vec::new(),
    })
}

fn entry(listed: theirs::Entry, origin: Origin<'_>) -> Entry {
    let moment = |at: chrono::DateTime<chrono::Utc>| date::parse(&at.to_rfc3339(), origin.timezone);
    let id = Some(listed.id).filter(|id| !id.is_empty());
    let address = listed.links.first().and_then(|found| link::absolute(&found.href, origin.url));
    Entry {
        key: EntryKey::new(String::new()),
        url: address.or_else(|| id.as_deref().and_then(link::permalink)),
        id,
        title: listed.title.and_then(|title| plain::from_text(&title.content)),
        authors: listed.authors.into_iter().filter_map(|person| plain::from_html(person.name.as_deref()?)).collect(),
        published: listed.published.and_then(moment),
        updated: listed.updated.and_then(moment),
        categories: listed.categories.into_iter().filter_map(|term| plain::from_html(&term.term)).collect(),
        summary: listed.summary.and_then(|summary| plain::kept(summary.content, LONGEST_TEXT)),
        content: listed.content.and_then(|content| content.body).and_then(|body| plain::kept(body, LONGEST_TEXT)),
    }
}
