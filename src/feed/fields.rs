//! What the elements of an item, or of the feed, say.

use std::borrow::Cow;

use crate::model::FeedFormat;
use crate::text::date;

use super::capture::Capture;
use super::draft::{self, AS_LAST, MayLead};
use super::limits::LONGEST_NAME;
use super::names::{self, Element};
use super::reader::Reader;
use super::tag::Tag;
use super::{link, plain};

/// How many levels of nesting weigh as much as the next worse element.
const LEVELS: u32 = 64;

impl<'a> Reader<'a> {
    /// The address and date that CDF keeps in attributes, and the identifier of RSS 1.0.
    pub(super) fn attributes(&mut self, tag: &Tag<'a>) {
        if tag.attributes.is_empty() {
            return;
        }
        let base = self.base_at(tag);
        if let Some(href) = tag.attribute("href", &self.references) {
            let address = link::absolute(&href, &base);
            self.with_target(|target| target.url.offer(0, address));
        }
        if let Some(at) = tag.attribute("lastmod", &self.references) {
            let moment = date::parse(&at, self.timezone);
            self.with_target(|target| target.updated.offer(0, moment));
        }
        if let Some(about) = tag.attribute("about", &self.references).filter(|_| !self.is_about_feed()) {
            self.with_target(|target| target.identify(LEVELS, about.into_owned(), MayLead::IfAddress, &base));
        }
    }

    /// Takes a link that stands in an attribute. Returns whether there is one.
    pub(super) fn takes_link(&mut self, tag: &Tag<'a>, rank: u32) -> bool {
        let named = |name| tag.attribute(name, &self.references);
        let Some(href) = named("href").or_else(|| named("url")).or_else(|| named("uri")) else {
            return false;
        };
        let relation = named("rel").map(|rel| rel.to_ascii_lowercase());
        let media_type = named("type").map(|kind| kind.to_ascii_lowercase());
        if let Some(worse) = leads_to_page(relation.as_deref(), media_type.as_deref()) {
            let address = link::absolute(&href, &self.base_at(tag));
            self.with_target(|target| target.url.offer(rank + worse * LEVELS, address));
        }
        true
    }

    /// Takes what was gathered of an element.
    pub(super) fn settle(&mut self, capture: &Capture<'a>) {
        let (element, preference) = capture.meaning;
        let rank = preference * LEVELS + capture.depth.min(LEVELS - 1);
        let words = || capture.words(&self.references);
        match element {
            Element::Title => {
                let title = capture.line(&self.references);
                self.with_target(|target| target.title.offer(rank, title));
            }
            Element::Link => {
                let address = link::absolute(&words(), &self.base_at(&capture.tag));
                self.with_target(|target| target.url.offer(rank, address));
            }
            Element::Id => {
                let permanent = capture.tag.attribute("ispermalink", &self.references);
                let is_link = permanent.is_some_and(|said| said.trim().eq_ignore_ascii_case("true"));
                let may_lead = if is_link { MayLead::Anywhere } else { MayLead::IfAddress };
                let id = words();
                let base = self.base_at(&capture.tag);
                self.with_target(|target| target.identify(rank, id, may_lead, &base));
            }
            Element::Author | Element::Name | Element::Mailbox => self.sign(capture, rank),
            Element::Published | Element::Updated | Element::Summary | Element::Content
                if self.is_about_feed() => {}
            Element::Published => {
                let moment = date::parse(&words(), self.timezone);
                self.with_target(|target| target.published.offer(rank, moment));
            }
            Element::Updated => {
                let moment = date::parse(&words(), self.timezone);
                self.with_target(|target| target.updated.offer(rank, moment));
            }
            Element::Summary => {
                let html = Some(capture.html(&self.references)).filter(|html| !html.is_empty());
                self.with_target(|target| target.summary.offer(rank, html));
            }
            Element::Content => self.content(capture, rank),
            Element::Category | Element::Keywords => self.file_under(capture),
            _ => self.about_feed(capture, rank),
        }
    }

    fn content(&mut self, capture: &Capture<'a>, rank: u32) {
        let html = Some(capture.html(&self.references)).filter(|html| !html.is_empty());
        let elsewhere = capture.tag.attribute("src", &self.references);
        let address = elsewhere.and_then(|address| link::absolute(&address, &self.base_at(&capture.tag)));
        self.with_target(|target| {
            target.content.offer(rank, html);
            target.url.offer(AS_LAST / 2, address);
        });
    }

    fn sign(&mut self, capture: &Capture<'a>, rank: u32) {
        let name = draft::name_of(&capture.words(&self.references));
        let name = name.filter(|name| !name.starts_with("http://") && !name.starts_with("https://"));
        self.with_target(|target| target.sign(rank, name));
    }

    fn file_under(&mut self, capture: &Capture<'a>) {
        let named = |name| capture.tag.attribute(name, &self.references);
        let term = named("label").or_else(|| named("term"));
        let words = term.map_or_else(|| capture.words(&self.references), Cow::into_owned);
        let has_commas = capture.meaning.0 == Element::Keywords;
        self.with_target(|target| {
            for term in words.split(|c| has_commas && c == ',') {
                target.file_under(plain::from_html(term));
            }
        });
    }

    fn about_feed(&mut self, capture: &Capture<'a>, rank: u32) {
        if !self.is_about_feed() {
            return;
        }
        let words = capture.words(&self.references);
        if capture.meaning.0 == Element::Language {
            let language = plain::kept(words, LONGEST_NAME).and_then(|words| plain::from_text(&words));
            self.language.offer(rank, language);
        } else {
            self.wishes.take(capture.meaning.0, &words);
        }
    }

    /// Whether an element of CDF links to the page.
    pub(super) fn is_anchor(&self, tag: &Tag<'_>) -> bool {
        self.format == Some(FeedFormat::Cdf) && names::local(tag.name).eq_ignore_ascii_case("a")
    }
}

/// How far a link stands behind one to the page for people; `None` where it leads elsewhere.
fn leads_to_page(relation: Option<&str>, media_type: Option<&str>) -> Option<u32> {
    let readable = media_type.is_none_or(|kind| kind.contains("html"));
    match relation.map(|relation| relation.rsplit('/').next().unwrap_or(relation)) {
        None | Some("alternate") => Some(if readable { 0 } else { 2 }),
        Some("related") => Some(5),
        _ => None,
    }
}
