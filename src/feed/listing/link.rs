//! The links of a page by address: where each stands and what it says there.

use std::collections::{HashMap, HashSet};

use url::Url;

use crate::feed::link::web_address;

use super::canonical;
use super::headline::{is_headline, is_title};
use super::page::{Page, is_named};

/// A text that leads to so many addresses is a button such as "Read more".
const BUTTON: usize = 3;
/// How far around a link its heading is looked for.
const HEADING_REACH: usize = 3;
/// Words in class names of headlines, and of the short texts below them.
const TITLES: [&str; 4] = ["title", "headline", "heading", "tieude"];
const DESCRIPTIONS: [&str; 8] =
    ["desc", "sapo", "summary", "excerpt", "teaser", "abstract", "intro", "comment"];

/// All links, in the order in which their addresses first occur.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) all: Vec<Link>,
    buttons: HashSet<String>,
}

/// One address and every place that links to it.
#[derive(Debug)]
pub(super) struct Link {
    /// What it is compared by.
    pub(super) key: String,
    /// As the page writes it, made absolute.
    pub(super) url: Url,
    pub(super) places: Vec<Place>,
}

/// One link to an address.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) at: usize,
    /// What it says, where that is more than a picture.
    text: String,
    /// Its `title` attribute, else what its picture is said to show.
    hint: String,
    role: Role,
    pub(super) chrome: bool,
    chosen: bool,
}

/// What a link is for, by the elements around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Heading,
    Plain,
    Description,
}

/// Every link to a web address.
pub(super) fn all(page: &Page<'_>, base: &Url) -> Links {
    let chosen = chosen_anchors(page);
    let mut links = Links::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, node) in page.nodes().filter(|(_, node)| node.is("a")) {
        let href = node.element.and_then(|element| element.attr("href")).unwrap_or_default().trim();
        let Some(url) = address(href, base) else { continue };
        let key = canonical(&url);
        let place = place(page, at, chosen.contains(&at));
        let index = *known.entry(key.clone()).or_insert_with(|| {
            links.all.push(Link { key, url, places: Vec::new() });
            links.all.len() - 1
        });
        if let Some(link) = links.all.get_mut(index) {
            link.places.push(place);
        }
    }
    links.buttons = buttons(&links.all);
    links
}

fn address(href: &str, base: &Url) -> Option<Url> {
    if href.starts_with('#') {
        return None;
    }
    let mut url = web_address(href, base)?;
    let routed = url.fragment().is_some_and(|fragment| fragment.starts_with(['!', '/']));
    if !routed {
        url.set_fragment(None);
    }
    Some(url)
}

/// The links that the user's selector means: those it names, the first one in what it names, or the one around it.
fn chosen_anchors(page: &Page<'_>) -> HashSet<usize> {
    let is_link = |at: &usize| page.get(*at).is_some_and(|node| node.is("a"));
    let chosen = page.nodes().filter(|(_, node)| node.chosen);
    chosen
        .filter_map(|(at, _)| page.subtree(at).find(is_link).or_else(|| page.around(at).find(is_link)))
        .collect()
}

fn place(page: &Page<'_>, at: usize, chosen: bool) -> Place {
    let inner = page.elements(at).skip(1).find(|(_, element)| {
        is_heading(element.name()) || is_named(element, &TITLES) && !is_named(element, &DESCRIPTIONS)
    });
    let element = page.get(at).and_then(|node| node.element);
    let title =
        element.and_then(|element| element.attr("title")).map(str::trim).filter(|title| !title.is_empty());
    let picture = || page.elements(at).find(|(_, element)| element.name() == "img")?.1.attr("alt");
    let role = if inner.is_some() { Role::Heading } else { role(page, at) };
    Place {
        at,
        text: page.text(inner.map_or(at, |(inner, _)| inner)),
        hint: crate::text::normalise::normalise(title.or_else(picture).unwrap_or_default()),
        role,
        chrome: page.get(at).is_some_and(|node| node.chrome),
        chosen,
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn role(page: &Page<'_>, at: usize) -> Role {
    let near = std::iter::once(at).chain(page.around(at).take(HEADING_REACH));
    for element in near.filter_map(|at| page.get(at)?.element) {
        if is_heading(element.name()) {
            return Role::Heading;
        }
        if matches!(element.name(), "li" | "article" | "section" | "ul" | "body" | "tr") {
            break;
        }
        if is_named(element, &DESCRIPTIONS) || element.name() == "p" && !is_named(element, &TITLES) {
            return Role::Description;
        }
        if is_named(element, &TITLES) {
            return Role::Heading;
        }
    }
    Role::Plain
}

fn buttons(links: &[Link]) -> HashSet<String> {
    let mut addresses: HashMap<&str, usize> = HashMap::new();
    for link in links {
        let texts: HashSet<&str> = link.places.iter().map(|place| place.text.as_str()).collect();
        for text in texts {
            *addresses.entry(text).or_default() += 1;
        }
    }
    let many = addresses.into_iter().filter(|(_, count)| *count >= BUTTON);
    many.map(|(text, _)| text.to_owned()).collect()
}

impl Links {
    /// The links that the user's selector names, in the order of the places it names.
    pub(super) fn chosen(&self) -> Vec<usize> {
        let first = |link: &Link| link.places.iter().find(|place| place.chosen).map(|place| place.at);
        let mut chosen: Vec<(usize, usize)> =
            self.all.iter().enumerate().filter_map(|(index, link)| Some((first(link)?, index))).collect();
        chosen.sort_unstable();
        chosen.into_iter().map(|(_, index)| index).collect()
    }

    /// The best headline that the page gives an address, and the place where it stands.
    pub(super) fn title<'l>(&self, link: &'l Link) -> Option<(&'l str, &'l Place)> {
        let mut best: Option<(u8, &str, &Place)> = None;
        for place in &link.places {
            for (rank, text) in self.titles(place) {
                if best.is_none_or(|(highest, ..)| rank > highest) {
                    best = Some((rank, text, place));
                }
            }
        }
        best.map(|(_, text, place)| (text, place))
    }

    fn titles<'p>(&self, place: &'p Place) -> impl Iterator<Item = (u8, &'p str)> {
        let (text, hint) = (place.text.as_str(), place.hint.as_str());
        let is_card = text.len() > hint.len() && is_headline(hint) && text.contains(hint);
        let shortened = text.ends_with(['…', '.']) && is_headline(hint) && hint.len() > text.len();
        let spoken = if is_card || shortened { hint } else { text };
        let base = match place.role {
            Role::Heading => 40,
            Role::Plain => 30,
            Role::Description => 10,
        };
        let base = base + if place.chosen { 40 } else { 0 };
        let usable = |(_, text): &(u8, &str)| is_title(text) && !self.buttons.contains(*text);
        let reads_well = |(rank, text)| (if is_headline(text) { rank + 20 } else { rank }, text);
        [(base, spoken), (15, hint)].into_iter().filter(usable).map(reads_well)
    }

    /// Whether some place gives the address a text that reads like a headline.
    pub(super) fn is_headed(&self, link: &Link) -> bool {
        self.title(link).is_some_and(|(title, _)| is_headline(title))
    }
}
