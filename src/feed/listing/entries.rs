//! From links to entries: headline, the short text and the date that stand beside it.

use chrono_tz::Tz;

use crate::feed::key;
use crate::model::{Entry, Moment};
use crate::text::date;

use super::link::{Link, Links, Place};
use super::page::{Page, is_named};

/// How far around a headline its own block may reach.
const REACH: usize = 8;
/// Elements of a block that are looked at.
const MOST_ELEMENTS: usize = 200;
/// A shorter text beside a headline is a section, a name, a count.
const SHORTEST_SUMMARY: usize = 40;
const LONGEST_SUMMARY: usize = 2_000;
/// A date with its time and weekday is shorter than this.
const LONGEST_DATE: usize = 60;
const DATES: [&str; 6] = ["time", "date", "ngay", "publish", "posted", "clock"];

/// The entries of these links.
pub(super) fn of(page: &Page<'_>, links: &Links, articles: &[usize], zone: Tz) -> Vec<Entry> {
    let borders = Borders::of(links, articles, page);
    let listed = articles.iter().filter_map(|index| Some((*index, links.all.get(*index)?)));
    listed.map(|(index, link)| entry(page, links, (index, link), &borders, zone)).collect()
}

fn entry(
    page: &Page<'_>,
    links: &Links,
    (index, link): (usize, &Link),
    borders: &Borders,
    zone: Tz,
) -> Entry {
    let titled = links.title(link);
    let title = titled.map(|(title, _)| title.to_owned());
    let place = titled.map(|(_, place)| place).or_else(|| link.places.first());
    let block = place.and_then(|place| block(page, place, index, borders));
    Entry {
        id: None,
        key: key::of_address(link.url.as_str()),
        url: Some(link.url.to_string()),
        authors: Vec::new(),
        published: block.and_then(|block| published(page, block, zone)),
        updated: None,
        summary: block.and_then(|block| summary(page, block, title.as_deref().unwrap_or_default())),
        title,
        content: None,
        categories: Vec::new(),
        shares_address: false,
    }
}

/// Where articles are linked, so that it is quickly told whether a block is of one alone.
struct Borders {
    /// Places of links and the article each leads to, in document order.
    places: Vec<(usize, usize)>,
    /// For each of them, where the next one to another article stands in the list.
    next: Vec<usize>,
}

impl Borders {
    fn of(links: &Links, articles: &[usize], page: &Page<'_>) -> Self {
        let of_link = |index: &usize| {
            let places = links.all.get(*index).map(|link| link.places.as_slice()).unwrap_or_default();
            places.iter().map(|place| (place.at, *index)).collect::<Vec<_>>()
        };
        let mut places: Vec<(usize, usize)> = articles.iter().flat_map(of_link).collect();
        places.retain(|(at, _)| page.get(*at).is_some());
        places.sort_unstable();
        let mut next = vec![places.len(); places.len()];
        for here in (0..places.len().saturating_sub(1)).rev() {
            let same = places.get(here).map(|place| place.1) == places.get(here + 1).map(|place| place.1);
            let behind = if same { next.get(here + 1).copied().unwrap_or(here + 1) } else { here + 1 };
            if let Some(next) = next.get_mut(here) {
                *next = behind;
            }
        }
        Self { places, next }
    }

    /// Whether all links in this part of the page lead to one article.
    fn is_alone(&self, start: usize, end: usize, article: usize) -> bool {
        let first = self.places.partition_point(|(at, _)| *at < start);
        let Some((_, found)) = self.places.get(first).filter(|(at, _)| *at < end) else { return true };
        let other = self.next.get(first).and_then(|next| self.places.get(*next));
        *found == article && other.is_none_or(|(at, _)| *at >= end)
    }
}

/// The largest element around a link that links to no other article.
fn block(page: &Page<'_>, place: &Place, article: usize, borders: &Borders) -> Option<usize> {
    let around = std::iter::once(place.at).chain(page.around(place.at).take(REACH));
    let alone = |at: &usize| {
        let part = page.subtree(*at);
        let whole = page.get(*at).is_some_and(|node| node.is("body") || node.is("html"));
        !whole && borders.is_alone(part.start, part.end, article)
    };
    around.take_while(alone).last()
}

/// What is written for machines, else the text of what is named after a date.
fn published(page: &Page<'_>, block: usize, zone: Tz) -> Option<Moment> {
    let elements = || page.elements(block).take(MOST_ELEMENTS);
    let mut written = elements().filter_map(|(_, element)| element.attr("datetime"));
    let dated = elements().filter(|(_, element)| element.name() == "time" || is_named(element, &DATES));
    written.find_map(|text| complete(text, zone)).or_else(|| {
        dated.into_iter().find_map(|(at, element)| {
            let hidden = ["data-time", "title"].iter().filter_map(|name| element.attr(name));
            let shown = page.text(at);
            let shown = Some(shown.as_str()).filter(|shown| shown.len() <= LONGEST_DATE);
            hidden.chain(shown).find_map(|text| complete(text, zone))
        })
    })
}

/// A date with its day; "2 giờ trước" and a lone number are none.
fn complete(text: &str, zone: Tz) -> Option<Moment> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 5 { None } else { date::parse(text, zone) }
}

/// The first longer text of the block beside the headline.
fn summary(page: &Page<'_>, block: usize, title: &str) -> Option<String> {
    let texts = page.elements(block).take(MOST_ELEMENTS).filter(|(_, element)| {
        element.name() == "p" || is_named(element, &["desc", "sapo", "summary", "excerpt", "teaser", "intro"])
    });
    let mut texts = texts.map(|(at, _)| page.text(at));
    let found = texts.find(|text| {
        let letters = text.chars().count();
        letters >= SHORTEST_SUMMARY && text.len() <= LONGEST_SUMMARY && text != title
    })?;
    Some(escaped(&found))
}

/// A summary is HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
