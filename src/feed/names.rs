//! Names of elements: whose vocabulary a prefix stands for, and what an element means.

use std::borrow::Cow;

/// What an element means to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// The document's outermost one.
    Root,
    Channel,
    Item,
    Title,
    Link,
    Id,
    Author,
    /// The name, or address, of an author.
    Name,
    Mailbox,
    Published,
    Updated,
    Summary,
    Content,
    Category,
    /// Terms with commas between them.
    Keywords,
    Language,
    Ttl,
    SkipHour,
    SkipDay,
    UpdatePeriod,
    UpdateFrequency,
    /// What describes something else than the item or the feed: a logo, a search box, where an entry was taken from.
    Aside,
    /// Any other.
    Other,
}

/// Where an element comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS, Atom or CDF.
    Core,
    Dublin,
    DublinTerms,
    /// `content:encoded`
    Encoded,
    Itunes,
    Media,
    Syndication,
    Xhtml,
    /// Only the root of RSS 1.0 is of interest; `rdf:Description` is no description.
    Rdf,
    /// Of no interest.
    Foreign,
}

/// What an element means, and how far it stands behind the elements that say the same, 0 being the best.
pub(super) type Meaning = (Element, u32);

/// The prefixes of one document.
#[derive(Default)]
pub(super) struct Prefixes<'a> {
    bound: Vec<(&'a str, Vocabulary)>,
}

/// More prefixes than that are not needed.
const MOST_PREFIXES: usize = 64;

impl<'a> Prefixes<'a> {
    /// Remembers `xmlns:prefix="address"`. An address that is not known leaves a well-known prefix its meaning.
    pub(super) fn declare(&mut self, prefix: &'a str, address: &str) {
        let vocabulary = vocabulary_at(address).or_else(|| well_known(prefix)).unwrap_or(Vocabulary::Foreign);
        self.bind(prefix, vocabulary);
    }

    /// Lets the prefix of a document's root stand for the core vocabulary, whatever it was declared to be.
    pub(super) fn root(&mut self, name: &'a str) {
        if let Some((prefix, _)) = name.split_once(':') {
            self.bind(prefix, Vocabulary::Core);
        }
    }

    fn bind(&mut self, prefix: &'a str, vocabulary: Vocabulary) {
        self.bound.retain(|(known, _)| *known != prefix);
        if self.bound.len() < MOST_PREFIXES {
            self.bound.push((prefix, vocabulary));
        }
    }

    /// What the element means, by its name and, where it declares one, its own default namespace.
    pub(super) fn meaning(&self, name: &str, default: Option<&str>) -> Meaning {
        let own = || default.and_then(vocabulary_at).unwrap_or(Vocabulary::Core);
        let (prefix, name) = name.rsplit_once(':').unwrap_or(("", name));
        let bound =
            || self.bound.iter().find(|(known, _)| *known == prefix).map(|(_, vocabulary)| *vocabulary);
        let known = if prefix.is_empty() { Some(own()) } else { bound().or_else(|| well_known(prefix)) };
        let name = lower(name);
        let meant = known.and_then(|vocabulary| meaning(vocabulary, &name));
        // Structure is recognised under a prefix that nobody declared, and whatever its default namespace.
        let structure = || structure(&name).filter(|_| known.is_none() || prefix.is_empty());
        meant.or_else(|| structure().map(|element| (element, 0))).unwrap_or((Element::Other, 0))
    }
}

/// The name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether feeds use the name, under any prefix.
pub(super) fn is_known(name: &str) -> bool {
    let name = lower(local(name));
    [Vocabulary::Core, Vocabulary::Dublin, Vocabulary::Encoded]
        .iter()
        .any(|vocabulary| meaning(*vocabulary, &name).is_some())
}

/// Where an item or entry begins or ends.
pub(super) fn item_boundary(text: &str) -> Option<usize> {
    text.match_indices('<').map(|(start, _)| start).find(|start| {
        let tag = text.get(start + 1..).unwrap_or_default();
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let name = tag.get(..tag.floor_char_boundary(24)).unwrap_or_default();
        let name = name
            .split(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'))
            .next()
            .unwrap_or_default();
        name.len() < 24 && matches!(structure(&lower(local(name))), Some(Element::Item))
    })
}

/// A name in lower case.
pub(super) fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(name.to_ascii_lowercase());
    }
    Cow::Borrowed(name)
}

fn structure(name: &str) -> Option<Element> {
    match name {
        "rss" | "feed" | "rdf" => Some(Element::Root),
        "channel" => Some(Element::Channel),
        "item" | "entry" => Some(Element::Item),
        _ => None,
    }
}

fn meaning(vocabulary: Vocabulary, name: &str) -> Option<Meaning> {
    match vocabulary {
        Vocabulary::Core => core(name),
        Vocabulary::Dublin | Vocabulary::DublinTerms => dublin(name),
        Vocabulary::Encoded => match name {
            "encoded" => Some((Element::Content, 0)),
            _ => None,
        },
        Vocabulary::Itunes => match name {
            "title" => Some((Element::Title, 2)),
            "author" => Some((Element::Author, 2)),
            "name" => Some((Element::Name, 0)),
            "email" => Some((Element::Mailbox, 0)),
            "summary" => Some((Element::Summary, 2)),
            "subtitle" => Some((Element::Summary, 3)),
            "keywords" => Some((Element::Keywords, 0)),
            "owner" => Some((Element::Aside, 0)),
            _ => None,
        },
        Vocabulary::Media => match name {
            "title" => Some((Element::Title, 3)),
            "description" => Some((Element::Summary, 4)),
            "category" => Some((Element::Category, 0)),
            "keywords" => Some((Element::Keywords, 0)),
            _ => None,
        },
        Vocabulary::Syndication => match name {
            "updateperiod" => Some((Element::UpdatePeriod, 0)),
            "updatefrequency" => Some((Element::UpdateFrequency, 0)),
            _ => None,
        },
        Vocabulary::Xhtml => (name == "body").then_some((Element::Content, 2)),
        Vocabulary::Rdf => (name == "rdf").then_some((Element::Root, 0)),
        Vocabulary::Foreign => None,
    }
}

fn core(name: &str) -> Option<Meaning> {
    if let Some(element) = structure(name) {
        return Some((element, 0));
    }
    Some(match name {
        "title" => (Element::Title, 0),
        "link" => (Element::Link, 0),
        "guid" | "id" => (Element::Id, 0),
        "author" => (Element::Author, 1),
        "name" => (Element::Name, 0),
        "email" => (Element::Mailbox, 0),
        "pubdate" | "published" | "issued" => (Element::Published, 0),
        "date" => (Element::Published, 2),
        "created" => (Element::Published, 3),
        "updated" | "modified" | "lastmod" | "lastbuilddate" => (Element::Updated, 0),
        "description" | "summary" | "abstract" => (Element::Summary, 0),
        "content" => (Element::Content, 0),
        "fullitem" | "fulltext" | "full-text" => (Element::Content, 1),
        "body" => (Element::Content, 2),
        "category" => (Element::Category, 0),
        "keywords" | "tags" => (Element::Keywords, 0),
        "language" => (Element::Language, 0),
        "ttl" => (Element::Ttl, 0),
        "hour" => (Element::SkipHour, 0),
        "day" => (Element::SkipDay, 0),
        "image" | "textinput" | "contributor" | "source" => (Element::Aside, 0),
        _ => return None,
    })
}

fn dublin(name: &str) -> Option<Meaning> {
    Some(match name {
        "title" => (Element::Title, 1),
        "identifier" => (Element::Id, 2),
        "creator" | "author" => (Element::Author, 0),
        "issued" => (Element::Published, 1),
        "date" => (Element::Published, 2),
        "created" | "available" => (Element::Published, 3),
        "modified" => (Element::Updated, 1),
        "description" | "abstract" => (Element::Summary, 1),
        "subject" => (Element::Category, 0),
        "language" => (Element::Language, 1),
        _ => return None,
    })
}

/// What a prefix means where it was not declared, or to an address that nobody knows.
fn well_known(prefix: &str) -> Option<Vocabulary> {
    Some(match lower(prefix).as_ref() {
        "" | "atom" | "atom10" | "atom03" | "a10" | "rss" | "rss1" | "rss2" => Vocabulary::Core,
        "rdf" => Vocabulary::Rdf,
        "dc" => Vocabulary::Dublin,
        "dcterms" | "dct" => Vocabulary::DublinTerms,
        "content" => Vocabulary::Encoded,
        "itunes" => Vocabulary::Itunes,
        "media" => Vocabulary::Media,
        "sy" | "syn" => Vocabulary::Syndication,
        "xhtml" => Vocabulary::Xhtml,
        _ => return None,
    })
}

/// The vocabulary of a namespace, many of which are written in several ways.
fn vocabulary_at(address: &str) -> Option<Vocabulary> {
    const CORE: [&str; 10] = [
        "w3.org/2005/atom",
        "purl.org/atom/ns",
        "purl.org/rss/1.0",
        "purl.net/net/rss1.1",
        "backend.userland.com/rss",
        "blogs.law.harvard.edu/tech/rss",
        "my.netscape.com/rdf/simple",
        "channel.netscape.com/rdf/simple",
        "purl.org/echo",
        "purl.org/pie",
    ];
    let address = address.trim().to_ascii_lowercase();
    let place =
        address.split_once("://").map_or(address.as_str(), |(_, place)| place).trim_start_matches("www.");
    let others = [
        ("purl.org/dc/elements", Vocabulary::Dublin),
        ("purl.org/dc/terms", Vocabulary::DublinTerms),
        ("purl.org/rss/1.0/modules/content", Vocabulary::Encoded),
        ("purl.org/rss/1.0/modules/syndication", Vocabulary::Syndication),
        ("itunes.com/dtds", Vocabulary::Itunes),
        ("search.yahoo.com/mrss", Vocabulary::Media),
        ("w3.org/1999/xhtml", Vocabulary::Xhtml),
        ("w3.org/1999/02/22-rdf-syntax-ns", Vocabulary::Rdf),
    ];
    if let Some((_, vocabulary)) = others.iter().find(|(known, _)| place.starts_with(known)) {
        return Some(*vocabulary);
    }
    let is_core = CORE.iter().any(|known| place.starts_with(known));
    let is_module = place.contains("/modules/") && !place.contains("rss091");
    (is_core && !is_module).then_some(Vocabulary::Core)
}

/// What an element inside an author means, whatever its prefix.
pub(super) fn of_person(name: &str) -> Option<Element> {
    match local(name).to_ascii_lowercase().as_str() {
        "name" => Some(Element::Name),
        "email" => Some(Element::Mailbox),
        _ => None,
    }
}

/// Whether an element of this name may stand in a text without ending it.
pub(super) fn is_markup(name: &str) -> bool {
    ["body", "abstract", "source", "day", "hour"].iter().any(|markup| markup.eq_ignore_ascii_case(name))
}
