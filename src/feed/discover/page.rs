//! What a page says of its feeds: announced, linked, or listed by the dozen.

use std::collections::HashSet;

use url::Url;

use super::host::youtube_channel;
use super::{Lead, LeadOrigin, feed};
use crate::feed::markup::{Markup, Token};
use crate::feed::reference::References;
use crate::feed::tag::Tag;
use crate::feed::{link, plain};
use crate::text::charset;
use crate::text::normalise::normalise;

/// Larger pages are cut; links to feeds stand in the head or the footer, and no honest page is larger.
const MOST_BYTES: usize = 8 << 20;
/// Feeds kept of one page.
const MOST_LEADS: usize = 200;
/// Pages kept that may list feeds.
const MOST_INDEXES: usize = 10;
/// Bytes of a link's text, or of the page's title.
const LONGEST_TEXT: usize = 1_000;
/// Elements that are read.
const READ: [&str; 6] = ["a", "base", "html", "link", "meta", "title"];
/// Elements whose content is no text of the page.
const RAW: [&str; 4] = ["script", "style", "noscript", "svg"];

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
        channel: None,
        open: Open::Other,
    };
    let mut markup = Markup::new(&text, |name| is_one_of(&READ, name));
    while let Some(token) = markup.next() {
        match token {
            Token::Text(words) => reading.text(words),
            Token::Tag(tag, _) if !tag.closes && !tag.empty && is_one_of(&RAW, tag.name) => {
                markup.skip_content(tag.name);
            }
            Token::Tag(tag, _) => reading.tag(&tag),
            Token::Verbatim(_) => {}
        }
    }
    if address.host_str().is_some_and(|host| host.ends_with("youtube.com")) {
        let channel = reading.channel.take().or_else(|| channel_in_scripts(&text));
        reading.found.feeds.extend(channel.map(|url| feed(url, LeadOrigin::Announced)));
    }
    reading.finish()
}

/// An element whose text is being gathered.
enum Open {
    Title(String),
    Link(Link),
    Other,
}

/// An `<a>` and its text.
struct Link {
    href: String,
    title: String,
    text: String,
}

/// A page as far as it is read.
struct Reading<'a> {
    address: &'a Url,
    /// What relative links are relative to.
    base: Url,
    found: PageLeads,
    seen: HashSet<Url>,
    /// The channel that a page of YouTube shows.
    channel: Option<Url>,
    open: Open,
}

impl Reading<'_> {
    fn text(&mut self, words: &str) {
        let (Open::Title(text) | Open::Link(Link { text, .. })) = &mut self.open else { return };
        text.push_str(plain::cut(words, LONGEST_TEXT.saturating_sub(text.len())));
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match (tag.name.to_ascii_lowercase().as_str(), tag.closes) {
            // A link ends where the next one begins.
            ("a" | "title", _) => {
                self.close();
                self.open = opened(tag);
            }
            ("link", false) => self.announced(tag),
            ("html", false) => self.found.language = attribute(tag, "lang"),
            ("base", false) => {
                let base = attribute(tag, "href").and_then(|href| link::web_address(&href, self.address));
                self.base = base.unwrap_or_else(|| self.base.clone());
            }
            ("meta", false) if self.channel.is_none() => {
                let names = attribute(tag, "itemprop").unwrap_or_default();
                let names_channel = matches!(names.as_str(), "identifier" | "channelId");
                let id = attribute(tag, "content").filter(|_| names_channel);
                self.channel = id.and_then(|id| youtube_channel(&id));
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Other) {
            Open::Title(text) if self.found.title.is_none() => self.found.title = plain::from_text(&text),
            Open::Link(link) => self.link(&link),
            Open::Title(_) | Open::Other => {}
        }
    }

    fn announced(&mut self, tag: &Tag<'_>) {
        let rel = attribute(tag, "rel").unwrap_or_default().to_ascii_lowercase();
        let Some(url) = attribute(tag, "href").and_then(|href| absolute(&href, &self.base)) else { return };
        if rel == "canonical" && self.channel.is_none() {
            self.channel = url.path().strip_prefix("/channel/").and_then(youtube_channel);
        }
        if !rel.split_ascii_whitespace().any(|word| matches!(word, "alternate" | "feed")) {
            return;
        }
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        if is_feed_type(&kind, &url) || rel.contains("feed") {
            let title = attribute(tag, "title").map(|title| normalise(&title));
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
        }
    }

    fn keep(&mut self, lead: Lead) {
        if self.found.feeds.len() < MOST_LEADS && self.seen.insert(lead.url.clone()) {
            self.found.feeds.push(lead);
        }
    }

    fn finish(mut self) -> PageLeads {
        self.close();
        self.found.feeds.sort_by_key(|lead| lead.origin);
        self.found
    }
}

fn opened(tag: &Tag<'_>) -> Open {
    if tag.closes {
        return Open::Other;
    }
    if tag.name.eq_ignore_ascii_case("title") {
        return Open::Title(String::new());
    }
    let title = || attribute(tag, "title").unwrap_or_default();
    let link = attribute(tag, "href").map(|href| Link { href, title: title(), text: String::new() });
    link.map_or(Open::Other, Open::Link)
}

/// The value of an attribute. In HTML a slash at the end of a value without quotes is part of it (13.1.2.3).
fn attribute(tag: &Tag<'_>, name: &str) -> Option<String> {
    let value = tag.attribute(name, &References::default())?;
    let is_cut = tag.empty && tag.attributes.ends_with(&*value);
    Some(if is_cut { value.into_owned() + "/" } else { value.into_owned() })
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
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
    if href.starts_with('#') {
        return None;
    }
    // `feed:` stands before an address or for `http:`.
    let mut url = link::web_address(href.strip_prefix("feed:").unwrap_or(href), base)?;
    url.set_fragment(None);
    Some(url)
}
