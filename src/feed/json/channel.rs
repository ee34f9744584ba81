//! Where in a JSON document the feed is.

use super::value::Value;

/// Names under which the entries of a feed are listed.
const LISTS: [&str; 4] = ["items", "entries", "item", "entry"];
/// Names of objects around a feed, and of lists in the answers of web services.
const WRAPPERS: [&str; 12] = [
    "feed",
    "rss",
    "channel",
    "data",
    "result",
    "results",
    "response",
    "responseData",
    "body",
    "articles",
    "posts",
    "news",
];
/// Wrappers that may stand in each other.
const DEEPEST: usize = 4;

const TEXTS: [&str; 9] = [
    "title",
    "content_html",
    "content_text",
    "summary",
    "content",
    "description",
    "headline",
    "text",
    "excerpt",
];
const NAMES: [&str; 6] = ["id", "url", "external_url", "link", "guid", "permalink"];

const NOTHING: Value<'static> = Value::Null;

/// A feed's own members and its entries.
pub(super) struct Channel<'v> {
    pub(super) head: &'v Value<'v>,
    /// Objects, in document order.
    pub(super) items: Vec<&'v Value<'v>>,
}

impl<'v> Channel<'v> {
    /// The feed in `document`: the document itself, or an object or list in one of the usual wrappers.
    pub(super) fn find(document: &'v Value<'v>) -> Option<Self> {
        Self::within(document, 0)
    }

    fn within(value: &'v Value<'v>, depth: usize) -> Option<Self> {
        if depth > DEEPEST {
            return None;
        }
        match value {
            Value::List(elements) => bare_list(elements)
                .or_else(|| elements.iter().take(1).find_map(|first| Self::within(first, depth + 1))),
            Value::Object(_) => Self::object(value).or_else(|| {
                let mut wrapped = WRAPPERS.iter().filter_map(|name| value.get(&[name]));
                wrapped.find_map(|inner| Self::within(inner, depth + 1))
            }),
            _ => None,
        }
    }

    /// An object that lists entries, or says that it is a JSON Feed.
    fn object(head: &'v Value<'v>) -> Option<Self> {
        let list = LISTS.iter().find(|name| head.has(&[name]));
        let items: Vec<&Value<'_>> =
            list.map(|name| head.all(name).into_iter().flat_map(listed).collect()).unwrap_or_default();
        let version = head.get(&["version"]).and_then(Value::words).unwrap_or_default();
        let declared = version.contains("jsonfeed.org");
        let is_feed = if items.is_empty() {
            let is_list = list.is_some_and(|name| {
                head.all(name).iter().any(|list| matches!(list, Value::List(elements) if elements.is_empty()))
            });
            declared || (is_list && (depicts_feed(head) || head.members().len() == 1))
        } else {
            declared || items.iter().any(|item| item.has(&TEXTS) || item.has(&NAMES))
        };
        is_feed.then_some(Self { head, items })
    }
}

fn depicts_feed(head: &Value<'_>) -> bool {
    head.has(&["title", "version", "home_page_url", "feed_url"])
}

/// The objects of a list, of an object that names each of them, or the one object there is.
fn listed<'v>(list: &'v Value<'v>) -> Vec<&'v Value<'v>> {
    let is_item = list.has(&TEXTS) || list.has(&NAMES);
    let all: Vec<&Value<'_>> = match list {
        Value::Object(members) if !is_item => members.iter().map(|(_, item)| item).collect(),
        _ => list.elements().iter().collect(),
    };
    all.into_iter().filter(|item| matches!(item, Value::Object(_))).collect()
}

/// A list without a feed around it: every element must be an entry, with words and an address.
fn bare_list<'v>(elements: &'v [Value<'v>]) -> Option<Channel<'v>> {
    let is_entry = |item: &Value<'_>| item.has(&TEXTS) && item.has(&NAMES) && !item.has(&LISTS);
    // The last may be cut.
    let (last, whole) = elements.split_last()?;
    let all = whole.iter().all(is_entry) && (is_entry(last) || !whole.is_empty());
    let objects = elements.iter().filter(|item| matches!(item, Value::Object(_)));
    all.then(|| Channel { head: &NOTHING, items: objects.collect() })
}
