//! Tokens to a feed: which element is open, what is gathered, and which entry it belongs to.

use chrono_tz::Tz;
use url::Url;

use crate::model::{Feed, FeedFormat};

use super::capture::{Capture, Kind};
use super::draft::{Draft, Slot};
use super::hints::Wishes;
use super::limits::MOST_ENTRIES;
use super::markup::{Markup, Token};
use super::names::{self, Element, Meaning, Prefixes};
use super::reference::References;
use super::repair::Repairs;
use super::stack::Open;
use super::tag::{self, Tag};
use super::{FeedError, Origin, key};

/// Reads a document, whose `prologue` stands before its root.
pub(super) fn read(
    prologue: &str,
    text: &str,
    origin: Origin<'_>,
    repairs: &mut Vec<String>,
) -> Result<Feed, FeedError> {
    let mut reader = Reader::new(References::declared(prologue), origin);
    let mut markup = Markup::new(text, names::is_known);
    while let Some(token) = markup.next() {
        match token {
            Token::Text(words) => reader.text(words),
            Token::Verbatim(words) => reader.verbatim(words),
            Token::Tag(tag, source) if tag.closes => reader.end(&tag, source),
            Token::Tag(tag, source) => reader.start(&tag, source),
        }
    }
    markup.repairs.report(repairs);
    reader.finish(repairs)
}

/// What is known so far.
pub(super) struct Reader<'a> {
    pub(super) references: References,
    pub(super) prefixes: Prefixes<'a>,
    pub(super) format: Option<FeedFormat>,
    pub(super) origin: &'a Url,
    pub(super) timezone: Tz,
    pub(super) open: Vec<Open<'a>>,
    /// Elements that are open, but too deep to be told apart.
    pub(super) beyond: usize,
    /// The author, and inside it the name.
    captures: Vec<Capture<'a>>,
    /// The items that are open, innermost last, with the depth of each; `None` for those beyond the limit.
    pub(super) inside: Vec<(Option<usize>, usize)>,
    pub(super) feed: Draft,
    pub(super) language: Slot<String>,
    pub(super) wishes: Wishes,
    /// Whether an item was closed since the channel was opened.
    pub(super) behind_item: bool,
    pub(super) drafts: Vec<Draft>,
    pub(super) listed: usize,
    pub(super) repairs: Repairs,
}

impl<'a> Reader<'a> {
    fn new(references: References, origin: Origin<'a>) -> Self {
        Self {
            references,
            prefixes: Prefixes::default(),
            format: None,
            origin: origin.url,
            timezone: origin.timezone,
            open: Vec::new(),
            beyond: 0,
            captures: Vec::new(),
            inside: Vec::new(),
            feed: Draft::default(),
            language: Slot::default(),
            wishes: Wishes::default(),
            behind_item: false,
            drafts: Vec::new(),
            listed: 0,
            repairs: Repairs::default(),
        }
    }

    fn text(&mut self, words: &'a str) {
        if let Some(capture) = self.captures.last_mut() {
            capture.text(words);
        }
    }

    fn verbatim(&mut self, words: &'a str) {
        if let Some(capture) = self.captures.last_mut() {
            capture.verbatim(words);
        }
    }

    fn start(&mut self, tag: &Tag<'a>, source: &'a str) {
        let meaning = self.meaning(tag);
        if self.captures.last().is_some() && self.stays_inside(tag, meaning, source) {
            return;
        }
        match meaning.0 {
            Element::Root => self.root(tag),
            Element::Channel => self.channel(tag),
            Element::Item => self.item(tag),
            _ if self.beyond > 0 => self.beyond += usize::from(!tag.empty),
            Element::Aside if tag.attribute("url", &self.references).is_some() => {
                self.push(tag, Element::Other);
            }
            Element::Other if self.is_anchor(tag) => {
                self.attributes(tag);
                self.push(tag, Element::Other);
            }
            Element::Name | Element::Mailbox => self.push(tag, Element::Other),
            Element::Aside | Element::Other => self.push(tag, meaning.0),
            _ if self.is_aside() => self.leave_aside(tag, meaning),
            _ => self.field(tag, meaning),
        }
    }

    /// Binds the prefixes that the tag declares, and tells what it means.
    fn meaning(&mut self, tag: &Tag<'a>) -> Meaning {
        let mut default = None;
        if tag.attributes.contains("xmlns") {
            for (name, address) in tag::attributes(tag.attributes) {
                match name.strip_prefix("xmlns:") {
                    Some(prefix) => self.prefixes.declare(prefix, address),
                    None if name == "xmlns" => default = Some(address),
                    None => {}
                }
            }
        }
        self.prefixes.meaning(tag.name, default)
    }

    /// Whether the start tag belongs to what is being gathered. Else what is gathered ends before it.
    fn stays_inside(&mut self, tag: &Tag<'a>, meaning: Meaning, source: &'a str) -> bool {
        let Some(capture) = self.captures.last_mut() else { return false };
        let is_person = capture.meaning.0 == Element::Author;
        if let Some(element) = names::of_person(tag.name).filter(|_| is_person && !tag.empty) {
            let rank = if element == Element::Name { 0 } else { 3 };
            let name = Capture::new(*tag, (element, rank), Kind::Html, capture.depth);
            self.captures.push(name);
            return true;
        }
        let ends_it = match meaning.0 {
            Element::Item | Element::Channel => capture.kind != Kind::Inline || capture.is_level(),
            Element::Id | Element::Published => {
                meaning.1 < 2 && capture.is_level() && !names::is_markup(tag.name)
            }
            Element::Other | Element::Root | Element::Aside => false,
            _ => capture.is_level() && capture.kind != Kind::Inline && !names::is_markup(tag.name),
        };
        if !ends_it {
            capture.start(tag, source);
            return true;
        }
        self.repairs.note("elements without an end tag were closed");
        self.settle_all();
        false
    }

    /// A field of the item or feed: gathered until its end tag.
    pub(super) fn field(&mut self, tag: &Tag<'a>, meaning: Meaning) {
        if self.begins_item(meaning.0) {
            self.repairs.note("an item without a start tag was opened");
            self.item(&Tag { name: "", attributes: "", empty: false, ..*tag });
        }
        let depth = self.depth();
        let atom = self.format == Some(FeedFormat::Atom);
        let rank = depth + if tag.name.contains(':') && !atom { 64 } else { 0 };
        if meaning.0 == Element::Link && self.takes_link(tag, rank) {
            self.push(tag, Element::Other);
            return;
        }
        let capture = Capture::new(*tag, meaning, self.kind(tag, meaning.0), depth);
        if tag.empty {
            self.settle(&capture);
        } else {
            self.captures.push(capture);
        }
    }

    fn kind(&self, tag: &Tag<'a>, element: Element) -> Kind {
        let media_type = tag.attribute("type", &self.references);
        let atom = self.format == Some(FeedFormat::Atom);
        let mode = tag.attribute("mode", &self.references);
        match (element, media_type) {
            (Element::Title | Element::Summary | Element::Content, Some(media_type)) => {
                let kind = Kind::of(&media_type, mode.as_deref());
                // RSS knows no types of text; what stands there is a guess.
                if kind == Kind::Text && !atom { Kind::Html } else { kind }
            }
            (Element::Title | Element::Summary | Element::Content, None)
                if atom && !tag.name.contains(':') =>
            {
                Kind::of("", mode.as_deref())
            }
            _ => Kind::Html,
        }
    }

    fn end(&mut self, tag: &Tag<'a>, source: &'a str) {
        let Some(capture) = self.captures.last_mut() else { return self.close(tag.name) };
        if capture.end(tag.name, source) {
            return;
        }
        if capture.name.eq_ignore_ascii_case(tag.name) {
            self.settle_last();
            return;
        }
        let known = self.prefixes.meaning(tag.name, None).0;
        let closes_outer = self.captures.iter().any(|capture| capture.name.eq_ignore_ascii_case(tag.name));
        let closes_item = matches!(known, Element::Item | Element::Channel | Element::Root);
        self.repairs.note("tags that do not match were balanced");
        if closes_outer || closes_item {
            self.settle_all();
            if closes_item {
                self.close(tag.name);
            }
        } else if names::local(tag.name)
            .eq_ignore_ascii_case(names::local(self.captures.last().map_or("", |capture| capture.name)))
        {
            self.settle_last();
        }
    }

    fn settle_last(&mut self) {
        if let Some(capture) = self.captures.pop() {
            self.settle(&capture);
        }
    }

    fn settle_all(&mut self) {
        while !self.captures.is_empty() {
            self.settle_last();
        }
    }

    /// Changes the entry that fields belong to, or the feed. Entries beyond the limit are not kept.
    pub(super) fn with_target(&mut self, change: impl FnOnce(&mut Draft)) {
        let target = match self.inside.last() {
            None => Some(&mut self.feed),
            Some((Some(draft), _)) => self.drafts.get_mut(*draft),
            Some((None, _)) => None,
        };
        if let Some(target) = target {
            change(target);
        }
    }

    /// Whether fields belong to the feed.
    pub(super) fn is_about_feed(&self) -> bool {
        self.inside.is_empty()
    }

    fn finish(mut self, repairs: &mut Vec<String>) -> Result<Feed, FeedError> {
        let Some(format) = self.format else {
            return Err(FeedError::Malformed("no element of a feed is in it".to_owned()));
        };
        if !self.captures.is_empty() || !self.open.is_empty() {
            self.repairs.note("it breaks off; what was open was closed");
        }
        self.settle_all();
        if self.references.met_bare() {
            self.repairs.note("bare & signs were taken as text");
        }
        if self.references.met_forbidden() {
            self.repairs.note("characters that XML forbids were dropped");
        }
        if self.listed > MOST_ENTRIES {
            repairs
                .push(format!("it lists {} entries; only the first {MOST_ENTRIES} were read", self.listed));
        }
        self.repairs.report(repairs);
        let authors = if format == FeedFormat::Atom { self.feed.authors() } else { Vec::new() };
        let mut entries: Vec<_> = self.drafts.into_iter().map(|draft| draft.finish(&authors)).collect();
        key::assign(&mut entries);
        Ok(Feed {
            format,
            title: self.feed.title.take(),
            link: self.feed.url.take(),
            language: self.language.take(),
            entries,
            hints: self.wishes.finish(),
            repairs: Vec::new(),
        })
    }
}
