//! From feed-rs's model to ours.

use std::time::Duration;

use feed_rs::model::{self as theirs, FeedType};
use url::Url;

use crate::model::{Entry, EntryKey, Feed, FeedFormat, FeedHints};

use super::reader::Read;
use super::{key, plain};

/// No feed lists more; what is beyond is said in the repairs.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of HTML kept of a summary or content.
const LONGEST_TEXT: usize = 1 << 20;
/// Bytes kept of an identifier or address.
const LONGEST_NAME: usize = 4_000;
/// Authors and categories kept of an entry.
const MOST_TERMS: usize = 100;

/// Everything in our words, entries in document order.
pub(super) fn convert(mut read: Read, base: &Url, repairs: &mut Vec<String>) -> Feed {
    let mut listed = std::mem::take(&mut read.feed.entries);
    if listed.len() > MOST_ENTRIES {
        repairs.push(format!("it lists {} entries; only the first {MOST_ENTRIES} were read", listed.len()));
        listed.truncate(MOST_ENTRIES);
    }
    let feed = &read.feed;
    let inherited = if feed.feed_type == FeedType::Atom { names(&feed.authors) } else { Vec::new() };
    let mut entries: Vec<Entry> =
        listed.into_iter().map(|listed| entry(listed, &read, base, &inherited)).collect();
    key::assign(&mut entries);
    Feed {
        format: match feed.feed_type {
            FeedType::Atom => FeedFormat::Atom,
            FeedType::JSON => FeedFormat::Json,
            FeedType::RSS0 | FeedType::RSS1 | FeedType::RSS2 => FeedFormat::Rss,
        },
        title: feed.title.as_ref().and_then(|title| headline(title, &feed.feed_type)),
        link: page(&feed.links, base),
        language: feed.language.as_deref().and_then(plain::from_text),
        entries,
        hints: FeedHints {
            ttl: feed.ttl.map(|minutes| Duration::from_secs(u64::from(minutes) * 60)),
            ..FeedHints::default()
        },
        repairs: Vec::new(),
    }
}

fn entry(listed: theirs::Entry, read: &Read, base: &Url, inherited: &[String]) -> Entry {
    let own = names(&listed.authors);
    let id = Some(plain::cut(listed.id.trim(), LONGEST_NAME).to_owned()).filter(|id| !id.is_empty());
    let elsewhere = listed.content.as_ref().and_then(|content| content.src.as_ref());
    let url = page(&listed.links, base)
        .or_else(|| elsewhere.and_then(|source| absolute(&source.href, base)))
        .or_else(|| id.as_deref().and_then(permalink));
    let categories = listed.categories.iter().filter_map(|category| {
        category.label.as_deref().and_then(plain::from_html).or_else(|| plain::from_html(&category.term))
    });
    Entry {
        id,
        key: EntryKey::new(String::new()),
        url,
        title: listed.title.as_ref().and_then(|title| headline(title, &read.feed.feed_type)),
        authors: if own.is_empty() { inherited.to_vec() } else { own },
        published: read.moment(listed.published),
        // feed-rs repeats the publication of an RSS item here.
        updated: read.moment(listed.updated.filter(|updated| Some(*updated) != listed.published)),
        categories: unique(categories),
        summary: listed.summary.and_then(|summary| html(summary.content)),
        content: listed.content.and_then(|content| content.body).and_then(html),
    }
}

/// Atom says of a title what it is; the other dialects put HTML into it.
fn headline(title: &theirs::Text, dialect: &FeedType) -> Option<String> {
    let literal =
        matches!(dialect, FeedType::Atom | FeedType::JSON) && title.content_type.as_str() == "text/plain";
    if literal { plain::from_text(&title.content) } else { plain::from_html(&title.content) }
}

/// Names of people; an address where there is no name.
fn names(people: &[theirs::Person]) -> Vec<String> {
    unique(people.iter().filter_map(|person| {
        let name = person.name.as_deref().and_then(plain::from_html);
        name.or_else(|| person.email.as_deref().and_then(plain::from_html))
    }))
}

fn unique(terms: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for term in terms.take(MOST_TERMS) {
        if !kept.contains(&term) {
            kept.push(term);
        }
    }
    kept
}

fn html(text: String) -> Option<String> {
    let trimmed = plain::cut(text.trim(), LONGEST_TEXT);
    match trimmed.len() {
        0 => None,
        length if length == text.len() => Some(text),
        _ => Some(trimmed.to_owned()),
    }
}

/// The address of the page for people: a plain link, else an alternate in HTML, else any alternate.
fn page(links: &[theirs::Link], base: &Url) -> Option<String> {
    let readable = |link: &&theirs::Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let alternate = |link: &&theirs::Link| link.rel.as_deref() == Some("alternate");
    let plain =
        links.iter().find(|link| link.rel.is_none() && link.target.is_none() && link.media_type.is_none());
    let chosen = plain
        .or_else(|| links.iter().filter(alternate).find(readable))
        .or_else(|| links.iter().find(alternate))
        .or_else(|| links.iter().find(|link| link.rel.as_deref() == Some("related")));
    absolute(&chosen?.href, base)
}

/// The absolute web address of a link, resolved against `base`.
fn absolute(href: &str, base: &Url) -> Option<String> {
    let href = href.trim();
    if href.is_empty() {
        return None;
    }
    let url = Url::parse(href).or_else(|_| base.join(href)).ok()?;
    let usable = !matches!(url.scheme(), "javascript" | "data" | "about" | "blob")
        && url.as_str().len() <= LONGEST_NAME;
    usable.then(|| url.into())
}

/// A guid that is a web address is the entry's link where it has no other.
fn permalink(id: &str) -> Option<String> {
    let url = Url::parse(id).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}
