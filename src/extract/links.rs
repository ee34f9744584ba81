//! The links of a page, and which of them may be items of a list.

use std::collections::HashMap;

use url::Url;

use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use super::visible::Region;
use crate::model::Link;
use crate::text::address::canonical;
use crate::text::normalise::normalise;

/// Most links that are kept of a page.
const MOST: usize = 5_000;
/// Longest text of a link, in bytes.
const LONGEST: usize = 500;
/// Most text of an item that a label marks as paid for, in bytes.
const ITEM: usize = 600;
/// How far around such a label its item is looked for.
const REACH: usize = 4;
/// Labels of what is paid for, in lower case.
const PAID: [&str; 16] = [
    "sponsored",
    "advertisement",
    "ad",
    "ads",
    "promoted",
    "paid content",
    "partner content",
    "quảng cáo",
    "tài trợ",
    "được tài trợ",
    "bài tài trợ",
    "nội dung tài trợ",
    "广告",
    "推广",
    "赞助",
    "廣告",
];

/// The links of a region, each address once. Outside of a selection, those in menus, headers and footers are no items;
/// what is paid for never is.
pub(super) fn links(page: &Page<'_>, region: &Region, base: &Url, selected: bool) -> Vec<Link> {
    let mut finder =
        Finder { page, base, marks: marks(page, selected), found: Vec::new(), known: HashMap::new() };
    for root in &region.roots {
        let mut at = *root;
        while at < page.node(*root).end && finder.found.len() < MOST {
            if region.leaves_out(page, at) {
                at = page.node(at).end;
                continue;
            }
            if page.tag(at) == Tag::Link {
                finder.take(at);
            }
            at += 1;
        }
    }
    finder.found.into_iter().map(|(link, _)| link).collect()
}

struct Finder<'f, 'a> {
    page: &'f Page<'a>,
    base: &'f Url,
    /// For each place whether what stands there is no item.
    marks: Vec<bool>,
    /// The links, and how good the words of each are.
    found: Vec<(Link, usize)>,
    known: HashMap<String, usize>,
}

impl Finder<'_, '_> {
    fn take(&mut self, at: Id) {
        let href = self.page.attribute(at, "href").unwrap_or_default().trim();
        let Some(url) = address(href, self.base) else { return };
        let (text, quality) = words(self.page, at);
        let paid = self.page.attribute(at, "rel").is_some_and(|rel| rel.contains("sponsored"));
        let listed = !text.is_empty() && !paid && !self.marks.get(at).copied().unwrap_or(false);
        let key = canonical(url.as_str());
        let Some((link, best)) = self.known.get(&key).and_then(|index| self.found.get_mut(*index)) else {
            self.known.insert(key, self.found.len());
            self.found.push((Link { url: url.into(), text, listed }, quality));
            return;
        };
        link.listed |= listed;
        if quality > *best {
            (link.text, *best) = (text, quality);
        }
    }
}

fn address(href: &str, base: &Url) -> Option<Url> {
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    let mut url = base.join(href).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let routed = url.fragment().is_some_and(|fragment| fragment.starts_with(['!', '/']));
    if !routed {
        url.set_fragment(None);
    }
    Some(url)
}

/// The words of a link, and how much they look like a headline: those of a heading in or around it win.
fn words(page: &Page<'_>, at: Id) -> (String, usize) {
    let is_heading = |id: &Id| matches!(page.tag(*id), Tag::Heading(_));
    let inner = page.within(at).find(is_heading);
    let around = page.ancestors(at).take(3).any(|id| is_heading(&id));
    let text = short(inner.map_or_else(|| without_labels(page, at), |heading| page.text(heading)));
    let text =
        if text.is_empty() { normalise(page.attribute(at, "title").unwrap_or_default()) } else { text };
    let bonus = if inner.is_some() || around { 1_000 } else { 0 };
    let quality = if text.is_empty() { 0 } else { text.chars().count() + bonus };
    (text, quality)
}

/// The text of a link without what is said about it: dates, counters.
fn without_labels(page: &Page<'_>, at: Id) -> String {
    let mut text = String::new();
    let mut place = at + 1;
    while place < page.node(at).end {
        let node = page.node(place);
        let label = node.hints.any(Hints::DATE | Hints::META | Hints::SHARE | Hints::COMMENTS);
        if label || matches!(node.tag, Tag::Time | Tag::Skipped) {
            place = node.end;
            continue;
        }
        match node.tag {
            Tag::Text => text.push_str(node.text),
            Tag::Inline => {}
            _ => text.push(' '),
        }
        place += 1;
    }
    normalise(&text)
}

fn short(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(LONGEST));
    text
}

/// For each place whether links there are no items of a list.
fn marks(page: &Page<'_>, selected: bool) -> Vec<bool> {
    let mut marks = vec![false; page.len()];
    let mut mark = |from: Id, to: Id| {
        marks.get_mut(from..to).into_iter().flatten().for_each(|place| *place = true);
    };
    let mut at = 1;
    while at < page.len() {
        let node = page.node(at);
        let around = matches!(node.tag, Tag::Nav | Tag::Footer | Tag::Aside)
            || node.tag == Tag::Header
                && !page.ancestors(at).any(|id| matches!(page.tag(id), Tag::Article | Tag::Item));
        if node.tag != Tag::Root && (is_paid(page, at) || around && !selected) {
            mark(at, node.end);
            at = node.end;
            continue;
        }
        if node.tag == Tag::Text
            && node.text.len() <= 40
            && PAID.contains(&normalise(node.text).to_lowercase().as_str())
        {
            let item = item_of(page, at);
            mark(item, page.node(item).end);
        }
        at += 1;
    }
    marks
}

fn is_paid(page: &Page<'_>, id: Id) -> bool {
    page.node(id).hints.any(Hints::ADVERT)
        || page
            .node(id)
            .attributes()
            .any(|(name, _)| matches!(name, "data-ad" | "data-ad-slot" | "data-sponsored"))
}

/// The item that a label stands in: the largest part around it with one address in it.
fn item_of(page: &Page<'_>, label: Id) -> Id {
    let mut item = label;
    for around in page.ancestors(label).take(REACH) {
        let mut targets: Vec<&str> =
            page.within(around).filter_map(|id| page.attribute(id, "href")).take(20).collect();
        targets.sort_unstable();
        targets.dedup();
        if targets.len() > 1 || page.short_text(around, ITEM).is_empty() {
            break;
        }
        item = around;
    }
    item
}
