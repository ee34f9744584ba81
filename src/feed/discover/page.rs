//! What a page says of its feeds: announced, linked, or listed by the dozen.

use std::collections::HashSet;

use url::Url;

use super::host::youtube_channel;
use super::{Lead, LeadKind, LeadOrigin, feed};
use crate::feed::plain;
use crate::feed::scan::{Tag, Tags};
use crate::text::charset;
use crate::text::normalise::normalise;

/// Larger pages are cut; links to feeds stand in the head or the footer, and no honest page is larger.
const MOST_BYTES: usize = 8 << 20;
/// Feeds kept of one page.
const MOST_LEADS: usize = 200;
/// Pages kept that may list feeds.
const MOST_INDEXES: usize = 10;
/// Headlines counted of one page.
const MOST_LINKS: usize = 10_000;
/// Bytes of a link's text.
const LONGEST_TEXT: usize = 1_000;
/// Bytes of an address.
const LONGEST_ADDRESS: usize = 2_000;
/// So many headlines that lead to pages of the same site make a page a listing.
const FEWEST_ARTICLES: usize = 6;
/// Characters that tell a headline from the name of a section.
const SHORTEST_HEADLINE: usize = 25;

/// What a page tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLeads {
    /// The page's title.
    pub title: Option<String>,
    /// The language it names.
    pub language: Option<String>,
    /// Feeds, in the order of the page, each address once; announced ones first.
    pub feeds: Vec<Lead>,
    /// Pages that may list the site's feeds.
    pub indexes: Vec<Url>,
    /// How many headlines it links, where it looks like a list of articles.
    pub articles: Option<usize>,
}

/// Reads a page that came from `address`. Never panics.
pub fn of_page(bytes: &[u8], content_type: Option<&str>, address: &Url) -> PageLeads {
    let bytes = bytes.get(..MOST_BYTES).unwrap_or(bytes);
    let text = charset::decode(bytes, content_type, None).text;
    let mut reading = Reading {
        address,
        base: address.clone(),
        found: PageLeads::default(),
        seen: HashSet::new(),
        headlines: HashSet::new(),
        channel: None,
    };
    let mut link: Option<Link> = None;
    let mut tags = Tags::of(&text);
    while let Some(tag) = tags.next() {
        if let Some(link) = &mut link
            && link.text.len() < LONGEST_TEXT
        {
            link.text.push_str(tag.before);
        }
        if tag.is("a") {
            if let Some(link) = link.take() {
                reading.link(&link);
            }
            link = Link::of(&tag);
        } else if !tag.closes && ["script", "style", "noscript", "svg"].iter().any(|raw| tag.is(raw)) {
            tags.skip_raw(tag.name);
        } else {
            reading.element(&tag);
        }
    }
    if address.host_str().is_some_and(|host| host.ends_with("youtube.com")) {
        let channel = reading.channel.take().or_else(|| channel_in_scripts(&text));
        reading.found.feeds.extend(channel.map(|url| feed(url, LeadOrigin::Announced)));
    }
    reading.finish()
}

/// An `<a>` and its text.
struct Link {
    href: String,
    title: String,
    text: String,
}

impl Link {
    fn of(tag: &Tag<'_>) -> Option<Self> {
        let href = tag.attribute("href").filter(|_| !tag.closes)?;
        Some(Self { href, title: tag.attribute("title").unwrap_or_default(), text: String::new() })
    }
}

/// A page as far as it is read.
struct Reading<'a> {
    address: &'a Url,
    /// What relative links are relative to.
    base: Url,
    found: PageLeads,
    seen: HashSet<Url>,
    headlines: HashSet<Url>,
    /// The channel that a page of YouTube shows.
    channel: Option<Url>,
}

impl Reading<'_> {
    fn element(&mut self, tag: &Tag<'_>) {
        if tag.closes {
            if tag.is("title") && self.found.title.is_none() {
                self.found.title = plain::from_text(tag.before);
            }
        } else if tag.is("link") {
            self.announced(tag);
        } else if tag.is("html") {
            self.found.language = tag.attribute("lang");
        } else if tag.is("base") {
            let base = tag.attribute("href").and_then(|href| self.address.join(href.trim()).ok());
            if let Some(base) = base.filter(|base| matches!(base.scheme(), "http" | "https")) {
                self.base = base;
            }
        } else if tag.is("meta") {
            let names = tag.attribute("itemprop").unwrap_or_default();
            if self.channel.is_none() && matches!(names.as_str(), "identifier" | "channelId") {
                self.channel = tag.attribute("content").and_then(|id| youtube_channel(&id));
            }
        }
    }

    fn announced(&mut self, tag: &Tag<'_>) {
        let rel = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let Some(url) = tag.attribute("href").and_then(|href| absolute(&href, &self.base)) else { return };
        if rel == "canonical" && self.channel.is_none() {
            self.channel = url.path().strip_prefix("/channel/").and_then(youtube_channel);
        }
        if !rel.split_ascii_whitespace().any(|word| matches!(word, "alternate" | "feed")) {
            return;
        }
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        if is_feed_type(&kind, &url) || rel.contains("feed") {
            let title = tag.attribute("title").map(|title| normalise(&title));
            self.keep(Lead { title, ..feed(url, LeadOrigin::Announced) });
        }
    }

    fn link(&mut self, link: &Link) {
        let Some(url) = absolute(&link.href, &self.base) else { return };
        let text = plain::from_text(&link.text).unwrap_or_default();
        let is_here = url.host_str() == self.address.host_str();
        if looks_like_feed(&url) {
            let title = Some(text).filter(|text| !text.is_empty());
            self.keep(Lead { title, ..feed(url, LeadOrigin::Linked) });
        } else if looks_like_index(&url) || (is_here && (names_a_feed(&text) || names_a_feed(&link.title))) {
            let indexes = &mut self.found.indexes;
            if url != *self.address && indexes.len() < MOST_INDEXES && !indexes.contains(&url) {
                indexes.push(url);
            }
        } else if is_here && text.chars().count() >= SHORTEST_HEADLINE && self.headlines.len() < MOST_LINKS {
            self.headlines.insert(url);
        }
    }

    fn keep(&mut self, lead: Lead) {
        if self.found.feeds.len() < MOST_LEADS && self.seen.insert(lead.url.clone()) {
            self.found.feeds.push(lead);
        }
    }

    fn finish(mut self) -> PageLeads {
        self.found.feeds.sort_by_key(|lead| lead.origin);
        self.found.articles = Some(self.headlines.len()).filter(|count| *count >= FEWEST_ARTICLES);
        self.found
    }
}

/// Feeds are announced with types of their own; a general or missing one counts where the address looks like a feed's.
fn is_feed_type(kind: &str, url: &Url) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match kind {
        "application/rss+xml"
        | "application/atom+xml"
        | "application/feed+json"
        | "application/rdf+xml"
        | "text/rss+xml"
        | "application/x.atom+xml"
        | "application/x-atom+xml"
        | "text/rss" => true,
        "application/json" => !url.path().contains("/wp-json/"),
        _ => looks_like_feed(url),
    }
}

/// The end of an address that feeds have and pages have not.
fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let extension = last.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_sitemap = last.contains("sitemap");
    let by_query = url.query_pairs().any(|(key, value)| {
        (key == "feed" && !value.is_empty())
            || (key == "format" && matches!(&*value, "rss" | "feed" | "atom"))
    });
    by_query
        || matches!(extension, "rss" | "atom" | "rdf" | "xml") && !is_sitemap
        || matches!(last, "feed" | "atom" | "feed.json")
}

/// `/rss`, which is a feed on some sites and a list of feeds on others.
fn looks_like_index(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let stem = last.split('.').next().unwrap_or_default();
    matches!(stem, "rss" | "feeds" | "rss-feeds" | "kenh-rss")
}

fn names_a_feed(text: &str) -> bool {
    let text = text.to_lowercase();
    text.chars().count() < 40
        && text.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "rss" | "atom"))
}

fn channel_in_scripts(text: &str) -> Option<Url> {
    let after = |key: &str| text.split_once(key).and_then(|(_, rest)| rest.split('"').next());
    ["\"externalId\":\"", "\"channelId\":\""].into_iter().filter_map(after).find_map(youtube_channel)
}

fn absolute(href: &str, base: &Url) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > LONGEST_ADDRESS {
        return None;
    }
    // `feed:` stands before an address or for `http:`.
    let href = href.strip_prefix("feed:").unwrap_or(href);
    let mut url = base.join(href).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The lead to a page as a list of articles.
impl PageLeads {
    /// The page itself as a source of kind `listing`, where it looks like one.
    pub fn listing(&self, address: &Url) -> Option<Lead> {
        self.articles?;
        let title = self.title.clone();
        Some(Lead { url: address.clone(), kind: LeadKind::Listing, title, origin: LeadOrigin::Itself })
    }
}
