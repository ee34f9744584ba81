//! The headline of an article.

use super::dom::{Page, Tag};
use super::lead::comparable;
use super::metadata::Head;
use super::structured::Structured;

/// Between a headline and the name of the site.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / "];
/// Most words of a site's name.
const SITE_WORDS: usize = 5;
/// Shortest headline in letters that another text may be recognised by.
const TELLING: usize = 8;
/// Longest headline that metadata may give, in bytes.
const MOST: usize = 2000;
/// Longest headline in bytes.
const LONGEST: usize = 500;
/// Fewest words of a headline that nothing else confirms.
const HEADLINE: usize = 4;
/// Most headings that are compared with what the metadata say.
const HEADINGS: usize = 32;

/// The headline: the `<h1>` that the page's metadata confirm, else a lone one of several words, else what they say.
///
/// Where two of the metadata agree word for word and the `<h1>` is a part of theirs or theirs of it, the kicker or the
/// section that one of them lacks is theirs to decide.
pub(super) fn title(page: &Page<'_>, head: &Head<'_>, structured: &Structured, site: Option<&str>) -> String {
    let shown = headings(page);
    let named = [
        head.first(&["og:title"]),
        structured.headline.clone(),
        head.first(&["twitter:title"]),
        head.first(&["headline", "title", "dc.title", "parsely-title", "sailthru.title", "citation_title"]),
        head.title.clone(),
    ];
    let named: Vec<String> = named.into_iter().flatten().map(|title| beginning(&title)).collect();
    let known: Vec<String> = named.iter().chain(&shown).map(|title| comparable(title)).collect();
    let told: Vec<String> = named.iter().map(|title| without_site(title, site, &known)).collect();
    let short: Vec<String> = told.iter().map(|title| without_tail(title, site).to_owned()).collect();
    let confirmed = |heading: &&String| told.iter().chain(&short).any(|title| confirms(title, heading));
    match shown.iter().find(confirmed) {
        Some(heading) if named.iter().any(|title| comparable(title) == comparable(heading)) => {
            heading.clone()
        }
        Some(heading) => agreed(&told, heading).unwrap_or(heading).to_owned(),
        None if named_alike(head, structured) => short.into_iter().next().unwrap_or_default(),
        None => unconfirmed(shown, short, site),
    }
}

/// Whether a newsroom tells networks and search engines the same headline.
fn named_alike(head: &Head<'_>, structured: &Structured) -> bool {
    let headline = structured.headline.as_deref().filter(|_| structured.is_news);
    let Some(headline) = headline.map(comparable) else { return false };
    let named = head.first(&["og:title"]).map(|title| comparable(&title)).unwrap_or_default();
    headline.len() >= 2 * TELLING && named.starts_with(&headline)
}

/// What two of the metadata say in the same words, where the heading says the same with more or less around it.
fn agreed<'t>(told: &'t [String], heading: &str) -> Option<&'t str> {
    let heading = comparable(heading);
    let keys: Vec<String> = told.iter().map(|title| comparable(title)).collect();
    if keys.contains(&heading) {
        return None;
    }
    let alike = |key: &String| {
        let twice = keys.iter().filter(|other| *other == key).count() > 1;
        twice && (key.contains(&heading) || heading.contains(key.as_str()))
    };
    keys.iter().position(alike).and_then(|at| told.get(at)).map(String::as_str)
}

/// A headline that the metadata word differently, for search engines or networks; a single word is the name of the site.
fn unconfirmed(shown: Vec<String>, told: Vec<String>, site: Option<&str>) -> String {
    let lone = match shown.as_slice() {
        [only] => {
            only.split_whitespace().count() >= HEADLINE && Some(comparable(only)) != site.map(comparable)
        }
        _ => false,
    };
    let (first, second) = if lone { (shown, told) } else { (told, shown) };
    first.into_iter().chain(second).next().unwrap_or_default()
}

/// A headline longer than any is cut.
fn beginning(title: &str) -> String {
    title.get(..title.floor_char_boundary(MOST)).unwrap_or(title).to_owned()
}

fn headings(page: &Page<'_>) -> Vec<String> {
    let first = page
        .elements()
        .filter(|(_, node)| node.tag == Tag::Heading(1))
        .map(|(id, _)| page.short_text(id, LONGEST));
    first.filter(|text| !text.is_empty() && text.len() <= LONGEST).take(HEADINGS).collect()
}

/// The same words, or one within the other at nearly the same length.
fn confirms(told: &str, shown: &str) -> bool {
    let (told, shown) = (comparable(told), comparable(shown));
    if told == shown {
        return !shown.is_empty();
    }
    let (short, long) = if told.len() < shown.len() { (&told, &shown) } else { (&shown, &told) };
    short.chars().count() >= TELLING && short.len() * 2 >= long.len() && long.contains(short.as_str())
}

/// Cuts the site's name from the end or the beginning of a title: what the site calls itself, or what another of the
/// `known` titles goes without.
fn without_site(title: &str, site: Option<&str>, known: &[String]) -> String {
    let is_known = |part: &str| comparable(part).len() >= TELLING && known.contains(&comparable(part));
    for separator in SEPARATORS {
        let Some((headline, name)) = title.rsplit_once(separator) else { continue };
        if is_site(name, site) || is_known(headline) {
            return without_site(headline.trim(), site, known);
        }
        if let Some((name, headline)) = title.split_once(separator)
            && is_site(name, site)
        {
            return headline.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

/// Cuts what may be the names of a site and its sections from the end: a few words behind a long headline.
fn without_tail<'t>(title: &'t str, site: Option<&str>) -> &'t str {
    for separator in SEPARATORS.into_iter().filter(|separator| *separator != " / ") {
        let Some((headline, name)) = title.rsplit_once(separator) else { continue };
        let long = comparable(headline).len() >= 2 * TELLING && !is_site(headline, site);
        if long && may_be_site(name, headline) {
            return without_tail(headline.trim(), site);
        }
    }
    title.trim()
}

fn is_site(part: &str, site: Option<&str>) -> bool {
    let part = comparable(part);
    let site = site.map(comparable).filter(|site| !site.is_empty());
    site.is_some_and(|site| !part.is_empty() && (part.contains(site.as_str()) || site.contains(&part)))
}

/// Sites have short names, which begin with a capital or a digit.
fn may_be_site(name: &str, headline: &str) -> bool {
    let begins_well =
        name.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase()) || name.contains('.');
    name.split_whitespace().count() <= SITE_WORDS && name.len() * 2 <= headline.len() && begins_well
}
