//! When an article was published and last changed.

use chrono_tz::Tz;

use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use super::metadata::Head;
use super::structured::Structured;
use crate::model::Moment;
use crate::text::date::parse;

/// Metadata names of the first publication, most trustworthy first.
const PUBLISHED: [&str; 21] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "og:article:published_time",
    "publishdate",
    "pubdate",
    "publish_date",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "published_time",
    "article.published",
    "datecreated",
    "date",
    "article:post_date",
];
/// Metadata names of the last change.
const MODIFIED: [&str; 6] = [
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "lastmod",
    "last-modified",
];
/// Longest text that shows a date.
const LONGEST: usize = 120;
/// Most texts that are tried as dates.
const TRIES: usize = 200;

/// Publication and last change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Dates {
    /// When it was published.
    pub(super) published: Option<Moment>,
    /// When it was last changed.
    pub(super) modified: Option<Moment>,
}

/// Where to look for a date that is only shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'r> {
    /// Where the headline stands.
    pub(super) headline: Option<Id>,
    /// The body container.
    pub(super) container: Option<Id>,
    /// Places with other articles, menus and page ends.
    pub(super) elsewhere: &'r [bool],
}

/// Reads them from JSON-LD, then metadata, then the page as shown.
pub(super) fn dates(
    page: &Page<'_>,
    head: &Head<'_>,
    structured: &Structured,
    shown: Shown<'_>,
    zone: Tz,
) -> Dates {
    let read = |text: &str| parse(text, zone);
    let told =
        |names: &[&str]| names.iter().filter_map(|name| head.first(&[name])).find_map(|text| read(&text));
    let published = structured.published.as_deref().and_then(read).or_else(|| told(&PUBLISHED));
    let published = published.or_else(|| visible(page, shown, zone));
    let modified = structured.modified.as_deref().and_then(read).or_else(|| told(&MODIFIED));
    Dates { published, modified }
}

/// The first date near the headline: between it and the body, in a `<time>` or in an element named after one.
fn visible(page: &Page<'_>, shown: Shown<'_>, zone: Tz) -> Option<Moment> {
    let after_headline = shown.headline.unwrap_or(0);
    let mut before = None;
    let mut tries = 0;
    for (id, node) in page.elements() {
        if shown.elsewhere.get(id).copied().unwrap_or(false) {
            continue;
        }
        let is_time = node.tag == Tag::Time;
        if !is_time && !names_a_date(page, id) {
            continue;
        }
        tries += 1;
        if tries > TRIES {
            break;
        }
        let Some(at) = date_of(page, id, zone) else { continue };
        if id >= after_headline {
            return Some(at);
        }
        before = Some(at);
    }
    before.or_else(|| dateline(page, shown, zone))
}

fn names_a_date(page: &Page<'_>, id: Id) -> bool {
    page.attribute(id, "itemprop").is_some_and(|value| value.to_ascii_lowercase().contains("datepublished"))
        || page.node(id).hints.any(Hints::DATE)
}

fn date_of(page: &Page<'_>, id: Id, zone: Tz) -> Option<Moment> {
    if let Some(at) = page
        .attribute(id, "datetime")
        .or_else(|| page.attribute(id, "content"))
        .and_then(|text| parse(text, zone))
    {
        return Some(at);
    }
    let text = page.short_text(id, LONGEST);
    if text.len() > LONGEST || !looks_like_date(&text) {
        return None;
    }
    parse(&text, zone)
}

/// A short line between the headline and the body that holds a date without any name for it.
fn dateline(page: &Page<'_>, shown: Shown<'_>, zone: Tz) -> Option<Moment> {
    let from = shown.headline?;
    let until = shown.container.map_or(page.len(), |container| page.node(container).end);
    (from..until)
        .filter(|id| !shown.elsewhere.get(*id).copied().unwrap_or(false))
        .map(|id| page.node(id).text.trim())
        .filter(|text| !text.is_empty() && text.len() <= LONGEST && looks_like_date(text))
        .take(TRIES)
        .find_map(|text| parse(text, zone))
}

/// A day, a month and a year: two numbers at least, one of them a year.
fn looks_like_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let count = numbers.clone().count();
    count >= 2
        && numbers.any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}
