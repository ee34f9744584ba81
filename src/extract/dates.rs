//! When an article was published and last changed.

use std::time::Duration;

use chrono_tz::Tz;

use super::dom::{Id, Page};
use super::metadata::Head;
use super::structured::Structured;
use super::visible_dates as visible;
use crate::model::Moment;
use crate::text::date::parse;

/// Metadata names of the first publication, most trustworthy first.
const PUBLISHED: [&str; 35] = [
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
    "published",
    "published-date",
    "w-published-date",
    "publication_date",
    "pub_date",
    "originalpublicationdate",
    "article_date_original",
    "dc.date.published",
    "dcterms.issued",
    "dcterms.available",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "displaydate",
];
/// Metadata names of the last change.
const MODIFIED: [&str; 14] = [
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "modified_time",
    "article:updated_time",
    "og:modified_time",
    "og:article:modified_time",
    "updated_time",
    "dc.date.modified",
    "dateupdated",
    "revision_date",
];
/// Two dates further apart cannot be one in two time zones.
const APART: Duration = Duration::from_hours(36);

/// Publication and last change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dates {
    /// When it was published.
    pub(super) published: Option<Moment>,
    /// When it was last changed.
    pub(super) modified: Option<Moment>,
    /// What is doubtful about them.
    pub(super) doubt: Option<String>,
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
    let data = structured.published.as_deref().and_then(read);
    let metadata = told(&PUBLISHED);
    let doubt = data.zip(metadata).and_then(|(data, metadata)| disagreement(data, metadata));
    let mut published = data.or(metadata);
    let mut modified = structured.modified.as_deref().and_then(read).or_else(|| told(&MODIFIED));
    if published.is_none() {
        let visible = visible::find(page, shown, zone);
        published = visible.published;
        modified = modified.or(visible.modified);
    }
    // A scheduled article was last touched before it appeared.
    let modified =
        modified.filter(|modified| published.is_none_or(|published| !is_before(*modified, published)));
    Dates { published, modified, doubt }
}

/// Whether one is certainly the earlier; a bare day may be any time of it in any zone.
fn is_before(one: Moment, other: Moment) -> bool {
    let bare = matches!(one, Moment::Day(_)) || matches!(other, Moment::Day(_));
    let slack = if bare { APART } else { Duration::ZERO };
    one.timestamp().plus(slack) < other.timestamp()
}

/// A sentence about two dates of publication that are days apart.
fn disagreement(data: Moment, metadata: Moment) -> Option<String> {
    let apart =
        data.timestamp().since(metadata.timestamp()).max(metadata.timestamp().since(data.timestamp()));
    (apart > APART)
        .then(|| format!("The page gives two dates of publication, {data} (taken) and {metadata}."))
}
