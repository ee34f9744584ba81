//! Which elements are open: what is nested, what was never closed, and where an item begins and ends.

use std::borrow::Cow;

use url::Url;

use crate::model::FeedFormat;

use super::draft::Draft;
use super::limits::{LONGEST_NAME, MOST_ENTRIES};
use super::names::{self, Element, Meaning};
use super::reader::Reader;
use super::tag::Tag;

/// Deeper elements are passed over.
const DEEPEST: usize = 256;
/// Items that stand in each other, as those do whose end tags are missing.
const MOST_NESTED: usize = 8;

/// An element that is open.
pub(super) struct Open<'a> {
    name: &'a str,
    element: Element,
    /// Its own `xml:base`.
    base: Option<Url>,
}

impl<'a> Reader<'a> {
    pub(super) fn root(&mut self, tag: &Tag<'a>) {
        if self.format.is_none() {
            self.prefixes.root(tag.name);
            self.format = Some(match names::local(tag.name).to_ascii_lowercase().as_str() {
                "rss" => FeedFormat::Rss,
                "rdf" => FeedFormat::Rdf,
                _ => FeedFormat::Atom,
            });
        }
        self.language.offer(2, tag.attribute("lang", &self.references).map(Cow::into_owned));
        self.close_above(0);
        self.behind_item = false;
        self.push(tag, Element::Root);
    }

    pub(super) fn channel(&mut self, tag: &Tag<'a>) {
        if self.format.is_none() {
            let is_cdf = !tag.attributes.contains("rss1.1");
            self.format = Some(if is_cdf { FeedFormat::Cdf } else { FeedFormat::Rdf });
        }
        let within = self.open.iter().position(|open| open.element == Element::Channel);
        self.close_above(within.unwrap_or_else(|| self.open.len().min(1)));
        self.behind_item = false;
        self.push(tag, Element::Channel);
        self.attributes(tag);
    }

    pub(super) fn item(&mut self, tag: &Tag<'a>) {
        if self.format.is_none() {
            self.prefixes.root(tag.name);
            self.format = Some(FeedFormat::Atom);
        }
        let structure = self.open.iter().rposition(|open| is_structure(open.element)).map_or(0, |at| at + 1);
        let aside = self.open.iter().skip(structure).position(|open| open.element == Element::Aside);
        if self.inside.len() >= MOST_NESTED {
            let outermost = self.inside.first().map_or(0, |(_, depth)| *depth);
            self.close_above(outermost);
        } else if self.beyond > 0 || self.open.len() >= DEEPEST {
            self.close_above(structure);
        } else if let Some(aside) = aside {
            self.close_above(structure + aside);
        }
        self.listed += 1;
        let draft = (self.drafts.len() < MOST_ENTRIES).then_some(self.drafts.len());
        if draft.is_some() {
            self.drafts.push(Draft::default());
        }
        self.inside.push((draft, self.open.len()));
        self.push(tag, Element::Item);
        self.attributes(tag);
        if tag.empty {
            self.inside.pop();
        }
    }

    /// A second title, behind an item, is that of an item whose start tag is damaged.
    pub(super) fn begins_item(&self, element: Element) -> bool {
        let lost = element == Element::Title && self.feed.title.is_some()
            || element == Element::Id && self.format == Some(FeedFormat::Rss);
        // The damaged tag may be open as an element that nobody knows.
        lost && self.behind_item && self.is_about_feed() && self.depth() <= 1
    }

    /// Closes the innermost element of this name and what is open inside it; a stray end tag is left out.
    pub(super) fn close(&mut self, name: &str) {
        let element = self.prefixes.meaning(name, None).0;
        let same = |open: &Open<'_>| {
            open.name.eq_ignore_ascii_case(name) || (is_structure(element) && open.element == element)
        };
        if self.beyond > 0 && !is_structure(element) {
            self.beyond -= 1;
            return;
        }
        let found = self.open.iter().rposition(same);
        let innermost = self.open.iter().rposition(|open| is_structure(open.element)).unwrap_or(0);
        match found {
            Some(at) if is_structure(element) || at >= innermost => {
                if at + 1 < self.open.len() {
                    self.repairs.note("tags that do not match were balanced");
                }
                self.close_above(at);
            }
            _ => self.repairs.note("tags that do not match were balanced"),
        }
    }

    fn close_above(&mut self, depth: usize) {
        self.beyond = 0;
        self.open.truncate(depth);
        while self.inside.last().is_some_and(|(_, item)| *item >= depth) {
            self.inside.pop();
            self.behind_item = true;
        }
    }

    pub(super) fn push(&mut self, tag: &Tag<'a>, element: Element) {
        if tag.empty {
            return;
        }
        if self.open.len() >= DEEPEST && !is_structure(element) {
            self.repairs.note("elements were nested too deep; those inside were passed over");
            self.beyond += 1;
            return;
        }
        let base = tag.attributes.contains("base").then(|| self.base_at(tag));
        self.open.push(Open { name: tag.name, element, base });
    }

    /// What relative links in this tag and below it are resolved against.
    pub(super) fn base_at(&self, tag: &Tag<'a>) -> Url {
        let outer = self.open.iter().rev().find_map(|open| open.base.as_ref()).unwrap_or(self.origin);
        let own =
            if tag.attributes.contains("base") { tag.attribute("base", &self.references) } else { None };
        let own = own.and_then(|base| outer.join(base.trim()).ok());
        own.filter(|base| !base.cannot_be_a_base() && base.as_str().len() <= LONGEST_NAME)
            .unwrap_or_else(|| outer.clone())
    }

    /// How deep below the item, or the channel, the next element stands; 0 right below it.
    pub(super) fn depth(&self) -> u32 {
        let structure = self.open.iter().rposition(|open| is_structure(open.element));
        let below = self.open.len() - structure.map_or(0, |at| at + 1);
        u32::try_from(below).unwrap_or(u32::MAX)
    }

    pub(super) fn is_aside(&self) -> bool {
        self.open
            .iter()
            .rev()
            .take_while(|open| !is_structure(open.element))
            .any(|open| open.element == Element::Aside)
    }

    /// A logo has no date and no identifier: its end tag is missing.
    pub(super) fn leave_aside(&mut self, tag: &Tag<'a>, meaning: Meaning) {
        let ends_it = matches!(meaning.0, Element::Published | Element::Content)
            && self.format == Some(FeedFormat::Rss);
        if !ends_it {
            return self.push(tag, Element::Other);
        }
        let aside = self.open.iter().rposition(|open| open.element == Element::Aside).unwrap_or(0);
        self.repairs.note("elements without an end tag were closed");
        self.close_above(aside);
        self.field(tag, meaning);
    }
}

fn is_structure(element: Element) -> bool {
    matches!(element, Element::Root | Element::Channel | Element::Item)
}
