//! An item of a JSON Feed as an entry.

use crate::feed::limits::{LONGEST_NAME, LONGEST_TEXT, MOST_TERMS};
use crate::feed::{Origin, link, plain};
use crate::model::{Entry, EntryKey, Moment};
use crate::text::date;

use super::value::Value;

// The standard's own name stands first; the others are what web services call the same.
const ID: [&str; 4] = ["id", "guid", "_id", "uuid"];
const URL: [&str; 4] = ["url", "link", "permalink", "href"];
const TITLE: [&str; 2] = ["title", "headline"];
const PUBLISHED: [&str; 9] = [
    "date_published",
    "published",
    "pubDate",
    "published_at",
    "datePublished",
    "publishedAt",
    "date",
    "pub_date",
    "created_at",
];
const UPDATED: [&str; 6] =
    ["date_modified", "updated", "modified", "updated_at", "dateModified", "updatedAt"];
const AUTHORS: [&str; 4] = ["authors", "author", "creator", "byline"];
const TAGS: [&str; 5] = ["tags", "categories", "category", "tag", "keywords"];
const SUMMARY: [&str; 3] = ["summary", "description", "excerpt"];

/// Reads the items of one feed.
pub(super) struct Items<'a> {
    origin: Origin<'a>,
    /// The feed's authors are those of items that name none.
    authors: Vec<String>,
}

impl<'a> Items<'a> {
    /// For items of the feed with the members of `head`.
    pub(super) fn of(head: &Value<'_>, origin: Origin<'a>) -> Self {
        Self { origin, authors: authors(head) }
    }

    /// The entry of an item.
    pub(super) fn entry(&self, item: &Value<'_>) -> Entry {
        let id = item.get(&ID).and_then(Value::name).map(|id| plain::cut(id.trim(), LONGEST_NAME));
        let id = id.filter(|id| !id.is_empty()).map(str::to_owned);
        let own = authors(item);
        Entry {
            url: self
                .address(item, &URL)
                .or_else(|| self.address(item, &["external_url"]))
                .or_else(|| id.as_deref().and_then(link::permalink)),
            id,
            key: EntryKey::new(String::new()),
            title: item.get(&TITLE).and_then(headline),
            authors: if own.is_empty() { self.authors.clone() } else { own },
            published: self.moment(item, &PUBLISHED),
            updated: self.moment(item, &UPDATED),
            categories: tags(item),
            shares_address: false,
            summary: item.get(&SUMMARY).and_then(Value::words).and_then(html),
            content: item
                .get(&["content_html"])
                .and_then(Value::words)
                .and_then(kept)
                .or_else(|| item.get(&["content_text", "content"]).and_then(Value::words).and_then(html)),
        }
    }

    /// The first of `names` that leads somewhere.
    fn address(&self, item: &Value<'_>, names: &[&str]) -> Option<String> {
        let mut told = names.iter().filter_map(|name| item.get(&[name])).filter_map(Value::name);
        told.find_map(|href| link::absolute(href, self.origin.url))
    }

    /// The first of `names` that is a date.
    fn moment(&self, item: &Value<'_>, names: &[&str]) -> Option<Moment> {
        names.iter().filter_map(|name| item.get(&[name])).find_map(|told| match told {
            Value::Number(number) => date::parse(&whole(number), self.origin.timezone),
            told => date::parse(told.name()?, self.origin.timezone),
        })
    }
}

/// A number with an exponent written out.
fn whole(number: &str) -> String {
    match number.parse::<f64>() {
        Ok(value) if number.contains(['e', 'E']) => format!("{value:.0}"),
        _ => number.to_owned(),
    }
}

/// A title is plain text by the standard, yet many carry the markup of a page.
pub(super) fn headline(title: &Value<'_>) -> Option<String> {
    let title = title.words()?;
    if is_markup(title) { plain::from_html(title) } else { plain::from_text(title) }
}

fn is_markup(text: &str) -> bool {
    ["</", "<br", "/>"].iter().any(|sign| text.contains(sign))
}

/// Names of people, in a list, alone, as objects or as texts.
fn authors(item: &Value<'_>) -> Vec<String> {
    terms(&AUTHORS, item, |person| match person {
        Value::Object(_) => {
            person.get(&["name", "displayName", "email", "url"])?.name().and_then(plain::from_html)
        }
        named => named.name().and_then(plain::from_html),
    })
}

fn tags(item: &Value<'_>) -> Vec<String> {
    let told: Vec<&Value<'_>> = TAGS.iter().filter_map(|name| item.get(&[name])).collect();
    if let Some(Value::Text(line)) = told.first() {
        return unique(line.split([',', ';']).filter_map(plain::from_html));
    }
    terms(&TAGS, item, |tag| {
        match tag {
            Value::Object(_) => tag.get(&["name", "term", "label", "title", "value", "#text"])?.name(),
            named => named.name(),
        }
        .and_then(plain::from_html)
    })
}

/// The terms of the first of `names` that has any.
fn terms(names: &[&str], item: &Value<'_>, read: impl Fn(&Value<'_>) -> Option<String>) -> Vec<String> {
    let lists = names.iter().filter_map(|name| item.get(&[name]));
    let mut found = lists.map(|list| unique(list.elements().iter().filter_map(&read)));
    found.find(|terms| !terms.is_empty()).unwrap_or_default()
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

/// Plain text as HTML, a paragraph for each line; what is markup already stays.
fn html(text: &str) -> Option<String> {
    let text = plain::cut(text.trim(), LONGEST_TEXT);
    if is_markup(text) {
        return kept(text);
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let lines: Vec<&str> = escaped.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.as_slice() {
        [] => None,
        [line] => Some((*line).to_owned()),
        lines => Some(format!("<p>{}</p>", lines.join("</p><p>"))),
    }
}

fn kept(html: &str) -> Option<String> {
    let html = plain::cut(html.trim(), LONGEST_TEXT);
    (!html.is_empty()).then(|| html.to_owned())
}
