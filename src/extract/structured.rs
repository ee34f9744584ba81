//! What a page says of its article in JSON-LD.

use serde_json::{Map, Value};
use url::Url;

use super::json;
use super::parties::{names, people};
use super::references::unescape;
use crate::model::Attribution;
use crate::text::normalise::normalise;

/// The article as schema.org knows it; empty where the page says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Structured {
    /// `headline`
    pub(super) headline: Option<String>,
    /// Names of people under `author`, else `creator`.
    pub(super) authors: Vec<String>,
    /// Names there that are said to be those of organisations.
    pub(super) organisations: Vec<String>,
    /// `datePublished`, as written.
    pub(super) published: Option<String>,
    /// `dateModified`, as written.
    pub(super) modified: Option<String>,
    /// Name of the `publisher`.
    pub(super) publisher: Option<String>,
    /// `description`
    pub(super) description: Option<String>,
    /// `image`
    pub(super) image: Option<String>,
    /// The article's own address, as written.
    pub(super) address: Option<String>,
    /// The article or organisation that it was taken from.
    pub(super) source: Option<Attribution>,
    /// `inLanguage`
    pub(super) language: Option<String>,
    /// Whether the headline is a newsroom's, not what software for search engines makes of a title.
    pub(super) is_news: bool,
    /// Whether this is said of an article and of no other thing.
    pub(super) is_article: bool,
    /// `isAccessibleForFree` says no.
    pub(super) costs: bool,
}

/// How much it counts that an object names the page's address as its own: more than all that it may say.
const HERE: u32 = 5;
/// How deep a graph is followed.
const DEPTH: u8 = 6;
/// How many objects of a graph such a walk visits.
const MOST_OBJECTS: usize = 4096;

/// Reads the scripts; the object that says most about the article at this address counts. What it leaves open is
/// taken from what is said of the page.
pub(super) fn read(scripts: &[&str], address: &Url) -> Structured {
    let mut best: Option<(u32, Structured)> = None;
    let mut whole: Option<Structured> = None;
    for value in scripts.iter().flat_map(|script| json::values(script)) {
        visit(&value, &mut Walk::new(), &mut |object| {
            if whole.is_none() && kind(object) == "WebPage" {
                whole = Some(article(object, &value));
            }
            let rank = rank(object, address);
            if rank > 0 && best.as_ref().is_none_or(|(top, _)| rank > *top) {
                best = Some((rank, article(object, &value)));
            }
        });
    }
    let article = best.map(|(_, article)| article).unwrap_or_default();
    match whole {
        Some(page) => article.completed(page),
        None => article,
    }
}

impl Structured {
    fn completed(self, page: Self) -> Self {
        Self {
            published: self.published.or(page.published),
            modified: self.modified.or(page.modified),
            image: self.image.or(page.image),
            address: self.address.or(page.address),
            language: self.language.or(page.language),
            ..self
        }
    }
}

/// How far a walk through a graph may still go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk {
    depth: u8,
    objects: usize,
}

impl Walk {
    /// One that goes as far as any.
    pub(super) fn new() -> Self {
        Self { depth: DEPTH, objects: MOST_OBJECTS }
    }
}

/// Shows the objects of a graph that may be the article, the outer ones first.
pub(super) fn visit<'v>(value: &'v Value, walk: &mut Walk, see: &mut impl FnMut(&'v Map<String, Value>)) {
    if walk.depth == 0 || walk.objects == 0 {
        return;
    }
    walk.depth -= 1;
    match value {
        Value::Array(items) => items.iter().take(walk.objects).for_each(|item| visit(item, walk, see)),
        Value::Object(object) => {
            walk.objects -= 1;
            see(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"] {
                if let Some(inner) = object.get(key) {
                    visit(inner, walk, see);
                }
            }
        }
        _ => {}
    }
    walk.depth += 1;
}

/// How much an object looks like the article of the page; zero for other things.
fn rank(object: &Map<String, Value>, address: &Url) -> u32 {
    let base = match kind(object) {
        kind if is_article(kind) => 20,
        "WebPage" | "Recipe" | "VideoObject" | "HowTo" | "Review" | "PodcastEpisode" => 1,
        _ => return 0,
    };
    let told = ["headline", "author", "datePublished", "articleBody"]
        .iter()
        .filter(|key| object.contains_key(**key))
        .count();
    let here = own_address(object).is_some_and(|own| is_here(&own, address));
    base + u32::try_from(told).unwrap_or(0) + if here { HERE } else { 0 }
}

/// Whether an address as written is that of the page, whatever its scheme, host and query.
fn is_here(own: &str, address: &Url) -> bool {
    let path = own.split(['?', '#']).next().unwrap_or(own).trim_end_matches('/');
    let here = address.path().trim_end_matches('/');
    !here.is_empty() && path.ends_with(here)
}

/// `url`, else the page that it is the main thing of, else its `@id`.
fn own_address(object: &Map<String, Value>) -> Option<String> {
    let page = |value: &Value| match value {
        Value::Object(page) => page.get("@id").or_else(|| page.get("url")).and_then(first_text),
        other => first_text(other),
    };
    let named = ["url", "mainEntityOfPage", "@id"].iter().filter_map(|key| object.get(*key).and_then(page));
    let mut named = named.filter(|address| address.starts_with("http") || address.starts_with('/'));
    named.next()
}

/// What an article is based on, or who else is said to have provided it.
fn source(object: &Map<String, Value>, root: &Value) -> Option<Attribution> {
    let original = object.get("isBasedOn").or_else(|| object.get("isBasedOnUrl"))?;
    let original = match original {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let text = |key: &str| original.get(key).and_then(first_text);
    let url = first_text(original).or_else(|| text("url")).filter(|url| url.starts_with("http"));
    let name = original.get("publisher").and_then(|publisher| names(publisher, root).into_iter().next());
    let name = name.or_else(|| text("name")).or_else(|| {
        let host = Url::parse(url.as_deref()?).ok()?.host_str()?.trim_start_matches("www.").to_owned();
        Some(host)
    })?;
    Some(Attribution { name, url })
}

fn kind(object: &Map<String, Value>) -> &str {
    match object.get("@type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| is_article(kind)).unwrap_or("")
        }
        _ => "",
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || kind.ends_with("BlogPosting")
        || kind == "Report"
        || kind == "LiveBlogPosting"
}

fn article(object: &Map<String, Value>, root: &Value) -> Structured {
    let text = |key: &str| object.get(key).and_then(first_text);
    let people =
        ["author", "creator"].iter().filter_map(|key| object.get(*key)).map(|value| people(value, root));
    let (authors, organisations) = people.fold((Vec::new(), Vec::new()), |known: (Vec<_>, Vec<_>), found| {
        if known.0.is_empty() { (found.0, [known.1, found.1].concat()) } else { known }
    });
    Structured {
        headline: text("headline").or_else(|| text("name")),
        authors,
        organisations,
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: object.get("publisher").and_then(|publisher| names(publisher, root).into_iter().next()),
        description: text("description"),
        image: object.get("image").and_then(image),
        address: own_address(object),
        source: source(object, root),
        language: text("inLanguage"),
        is_news: kind(object).contains("News"),
        is_article: is_article(kind(object)),
        costs: object.get("isAccessibleForFree").is_some_and(is_no),
    }
}

fn is_no(value: &Value) -> bool {
    match value {
        Value::Bool(free) => !free,
        Value::String(free) => {
            let free = free.to_ascii_lowercase();
            free.ends_with("false") || free == "no" || free == "0"
        }
        _ => false,
    }
}

/// The text of a value or the first of a list, in normal form.
pub(super) fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(normalise(&unescape(text))).filter(|text| !text.is_empty()),
        Value::Array(items) => items.iter().find_map(first_text),
        _ => None,
    }
}

fn image(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => object.get("url").or_else(|| object.get("contentUrl")).and_then(first_text),
        Value::Array(items) => items.iter().find_map(image),
        other => first_text(other),
    }
}
