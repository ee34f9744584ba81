//! What a page says of its article in JSON-LD.

use serde_json::{Map, Value};

use crate::text::normalise::normalise;

/// The article as schema.org knows it; empty where the page says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Structured {
    /// `headline`
    pub(super) headline: Option<String>,
    /// Names under `author`, else `creator`.
    pub(super) authors: Vec<String>,
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
    /// `inLanguage`
    pub(super) language: Option<String>,
    /// Whether this is said of an article and of no other thing.
    pub(super) is_article: bool,
    /// `isAccessibleForFree` says no.
    pub(super) costs: bool,
}

/// How deep a graph is followed.
const DEPTH: u8 = 6;
/// How many of a list of names are looked at; each reference among them costs a walk through the graph.
const MOST_NAMES: usize = 24;
/// How many objects of a graph such a walk visits.
const MOST_OBJECTS: usize = 4096;

/// Reads the scripts; the object that says most about an article counts.
pub(super) fn read(scripts: &[&str]) -> Structured {
    let mut best: Option<(u32, Structured)> = None;
    for value in scripts.iter().filter_map(|script| parse(script)) {
        visit(&value, &mut Walk::new(), &mut |object| {
            let rank = rank(object);
            if rank > 0 && best.as_ref().is_none_or(|(top, _)| rank > *top) {
                best = Some((rank, article(object, &value)));
            }
        });
    }
    best.map(|(_, article)| article).unwrap_or_default()
}

/// Publishers write raw line breaks into strings, comment markers around the script and a semicolon after it.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let script =
        script.trim_end().trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim_end();
    let script = script.trim_end_matches(';').trim();
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let clean: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut stream = serde_json::Deserializer::from_str(&clean).into_iter();
    if let Some(Ok(value)) = stream.next() {
        return Some(value);
    }
    serde_json::from_str(&without_trailing_commas(&clean)).ok()
}

fn without_trailing_commas(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in json.chars() {
        if !in_string && matches!(c, '}' | ']') {
            let kept = clean.trim_end().trim_end_matches(',').len();
            clean.truncate(kept);
        }
        in_string ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        clean.push(c);
    }
    clean
}

/// How far a walk through a graph may still go.
#[derive(Debug, Clone, Copy)]
struct Walk {
    depth: u8,
    objects: usize,
}

impl Walk {
    fn new() -> Self {
        Self { depth: DEPTH, objects: MOST_OBJECTS }
    }
}

fn visit<'v>(value: &'v Value, walk: &mut Walk, see: &mut impl FnMut(&'v Map<String, Value>)) {
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
fn rank(object: &Map<String, Value>) -> u32 {
    let base = match kind(object) {
        kind if is_article(kind) => 20,
        "WebPage" | "Recipe" | "VideoObject" | "HowTo" | "Review" | "PodcastEpisode" => 1,
        _ => return 0,
    };
    let told = ["headline", "author", "datePublished", "articleBody"]
        .iter()
        .filter(|key| object.contains_key(**key))
        .count();
    base + u32::try_from(told).unwrap_or(0)
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
    let authors = object
        .get("author")
        .or_else(|| object.get("creator"))
        .map(|author| names(author, root))
        .unwrap_or_default();
    Structured {
        headline: text("headline").or_else(|| text("name")),
        authors,
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: object.get("publisher").and_then(|publisher| names(publisher, root).into_iter().next()),
        description: text("description"),
        image: object.get("image").and_then(image),
        language: text("inLanguage"),
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

fn first_text(value: &Value) -> Option<String> {
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

/// The names in a person, an organisation, a list of them, or a reference to one elsewhere in the graph.
fn names(value: &Value, root: &Value) -> Vec<String> {
    match value {
        Value::String(_) => first_text(value).into_iter().collect(),
        Value::Array(_) => {
            let mut items = Vec::new();
            flatten(value, &mut items);
            items.into_iter().flat_map(|item| names(item, root)).collect()
        }
        Value::Object(object) => match object.get("name") {
            Some(name) => match name {
                Value::Array(items) => items.iter().take(MOST_NAMES).filter_map(first_text).collect(),
                other => first_text(other).into_iter().collect(),
            },
            None => object
                .get("@id")
                .and_then(Value::as_str)
                .and_then(|id| referred(root, id))
                .into_iter()
                .collect(),
        },
        _ => Vec::new(),
    }
}

/// The items of a list, of lists in it too, as many as are looked at.
fn flatten<'v>(value: &'v Value, items: &mut Vec<&'v Value>) {
    match value {
        Value::Array(list) => list.iter().for_each(|item| flatten(item, items)),
        other if items.len() < MOST_NAMES => items.push(other),
        _ => {}
    }
}

fn referred(root: &Value, id: &str) -> Option<String> {
    let mut found = None;
    visit(root, &mut Walk::new(), &mut |object| {
        if found.is_none() && object.get("@id").and_then(Value::as_str) == Some(id) {
            found = object.get("name").and_then(first_text);
        }
    });
    found
}

/// The character references that publishers leave in JSON.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once('&') {
        plain.push_str(before);
        let end = reference.find(';').filter(|end| *end <= 8);
        let character = end.and_then(|end| reference.get(..end)).and_then(character);
        if let (Some(c), Some(end)) = (character, end) {
            plain.push(c);
            rest = reference.get(end + 1..).unwrap_or("");
        } else {
            plain.push('&');
            rest = reference;
        }
    }
    plain.push_str(rest);
    plain
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "nbsp" => Some(' '),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32)
        }
    }
}
