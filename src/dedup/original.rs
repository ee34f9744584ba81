//! Which of several articles of a story is the original.

use url::Url;

use crate::model::{Attribution, Timestamp};
use crate::text::normalise::search_form;

/// Shorter names ("AP") are no part of another word by accident only where they are the whole of it.
const SHORTEST_PART: usize = 4;

/// An article of a story, and who tells it.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// The address to read it at.
    pub url: &'a str,
    /// The source that brought it.
    pub source: &'a str,
    /// The name of the site, where it tells.
    pub site: Option<&'a str>,
    /// The source that it names.
    pub attribution: Option<&'a Attribution>,
    /// When it was filed.
    pub filed: Timestamp,
}

/// The places of these tellings, the original before its retellings (an article "Theo Reuters" retells the one by Reuters), else
/// in the order they were filed.
pub fn originals_first(tellings: &[Telling<'_>]) -> Vec<usize> {
    let retells = |at: usize, telling: &Telling<'_>| {
        let others = tellings.iter().enumerate().filter(|(other, _)| *other != at);
        telling.attribution.is_some_and(|named| others.into_iter().any(|(_, other)| is_by(other, named)))
    };
    let mut places: Vec<(bool, Timestamp, usize)> =
        tellings.iter().enumerate().map(|(at, telling)| (retells(at, telling), telling.filed, at)).collect();
    places.sort_unstable();
    places.into_iter().map(|(.., at)| at).collect()
}

/// Whether an article comes from whoever is named: it stands at the link under the name or on that site, or its source, its site or
/// its host bears the name.
fn is_by(telling: &Telling<'_>, named: &Attribution) -> bool {
    let host = |url: &str| Url::parse(url).ok().and_then(|url| url.host_str().map(bare).map(str::to_owned));
    let own = host(telling.url);
    if named.url.as_deref().and_then(host).is_some_and(|linked| own.as_ref() == Some(&linked)) {
        return true;
    }
    let name = search_form(&named.name);
    let bears = |text: &str| bears_name(&search_form(text), &name);
    // The last label ("com", "vn") is nobody's name.
    let labels =
        own.as_deref().and_then(|host| host.rsplit_once('.')).map(|(labels, _)| labels.replace('.', " "));
    bears(telling.source) || telling.site.is_some_and(bears) || labels.is_some_and(|labels| bears(&labels))
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether one of two names is the other, or begins with it as a word: "Reuters" and "Reuters Breakingviews", "vnexpress net".
fn bears_name(text: &str, name: &str) -> bool {
    let (text, name) = (words(text), words(name));
    let holds =
        |long: &str, short: &str| short.len() > 2 + SHORTEST_PART && format!("{long} ").contains(short);
    !text.trim().is_empty()
        && !name.trim().is_empty()
        && (text == name || holds(&text, &name) || holds(&name, &text))
}

/// The words with a space around each.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |line, word| line + word + " ")
}
