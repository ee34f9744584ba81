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
/// Most headings that are compared with what the metadata say.
const HEADINGS: usize = 32;

/// The headline: the `<h1>` that the page's metadata confirm, else what they say, else the first `<h1>`.
pub(super) fn title(page: &Page<'_>, head: &Head<'_>, structured: &Structured, site: Option<&str>) -> String {
    let shown = headings(page);
    let told: Vec<String> = [
        head.first(&["og:title"]),
        structured.headline.clone(),
        head.first(&["twitter:title", "headline", "title", "dc.title", "parsely-title", "sailthru.title"]),
        head.title.clone(),
    ]
    .into_iter()
    .flatten()
    .map(|title| without_site(&title, site))
    .collect();
    let told: Vec<String> = told.into_iter().map(|title| beginning(&title)).collect();
    if let Some(confirmed) = shown.iter().find(|heading| told.iter().any(|title| confirms(title, heading))) {
        return confirmed.clone();
    }
    told.into_iter().next().or_else(|| shown.into_iter().next()).unwrap_or_default()
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

/// Cuts the site's name from the end or the beginning of a title.
pub(super) fn without_site(title: &str, site: Option<&str>) -> String {
    let site = site.map(comparable).filter(|site| !site.is_empty());
    let is_site = |part: &str| {
        let part = comparable(part);
        site.as_ref()
            .is_some_and(|site| !part.is_empty() && (part.contains(site.as_str()) || site.contains(&part)))
    };
    for separator in SEPARATORS {
        let Some((headline, name)) = title.rsplit_once(separator) else { continue };
        let short = name.split_whitespace().count() <= SITE_WORDS && name.len() * 2 <= headline.len();
        if is_site(name)
            || (short
                && separator != " / "
                && comparable(headline).len() >= 2 * TELLING
                && !is_site(headline))
        {
            return without_site(headline.trim(), None::<&str>.or(site.as_deref()));
        }
        if let Some((name, headline)) = title.split_once(separator)
            && is_site(name)
        {
            return headline.trim().to_owned();
        }
    }
    title.trim().to_owned()
}
