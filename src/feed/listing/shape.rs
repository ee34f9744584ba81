//! The shape of an address: what addresses of one site's articles have in common, and its sections do not.

use url::Url;

/// Words of a slug from which on it reads like a headline.
const LONG_SLUG: usize = 4;
/// An identifier of letters and digits has at least so many.
const LONG_TOKEN: usize = 8;
/// A number of so many digits identifies something; a shorter one may be a year or part of a headline.
const LONG_NUMBER: usize = 5;
/// Escaped letters beyond ASCII in a slug.
const LONG_ESCAPED: usize = 36;

/// How much the address itself says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A section or a name, as far as one can see.
    Weak,
    /// Words of a headline.
    Slug,
    /// A number or a date.
    Identified,
}

/// What the addresses of one kind of page share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) pattern: String,
    pub(super) strength: Strength,
    /// Digits of its number, where it has one.
    pub(super) digits: Option<usize>,
}

/// Whether the last part of the path is a slug that ends in a number of up to four digits.
pub(super) fn ends_in_small_number(url: &Url) -> bool {
    let last = segments(url).last().map(|last| stem_of(&last).to_owned()).unwrap_or_default();
    last.rsplit_once(['-', '_', '.']).is_some_and(|(slug, tail)| {
        slug.contains('-') && tail.len() < LONG_NUMBER && !tail.is_empty() && is_number(tail)
    })
}

/// The shape of an address; `small_ids`: short numbers behind slugs are identifiers on this page.
pub(super) fn of(url: &Url, small_ids: bool) -> Shape {
    let segments: Vec<String> = segments(url).collect();
    let (last, above) = segments.split_last().map_or(("", &[][..]), |(last, above)| (last.as_str(), above));
    let dated = is_dated(above) || is_date(stem_of(last));
    let literal = above.iter().rev().find(|segment| !is_number(segment)).map_or("", String::as_str);
    let (mut token, digits) = token(stem_of(last), small_ids, literal);
    if above.iter().any(|segment| is_number(segment) && segment.len() >= LONG_NUMBER) && token == "s" {
        // `/news/885432/gpt-five`
        "#/S".clone_into(&mut token);
    }
    if let Some(number) = query_number(url) {
        token = format!("{token}{number}");
    }
    let strength = match token.as_str() {
        "s" | "" => Strength::Weak,
        "S" => Strength::Slug,
        token if token.starts_with('#') && digits.is_some_and(|digits| digits < 3) => Strength::Weak,
        _ => Strength::Identified,
    };
    let archive = dated && digits.is_some_and(|digits| digits <= 4) && token.starts_with('#');
    let strength = if archive {
        Strength::Weak
    } else if dated && !token.is_empty() {
        Strength::Identified
    } else {
        strength
    };
    let date = if dated { "D/" } else { "" };
    let place = match strength {
        Strength::Identified => String::new(),
        // Without a number the place in the site is all that tells sections and articles apart.
        Strength::Slug | Strength::Weak => format!("{}/{}/", url.host_str().unwrap_or_default(), above.len()),
    };
    let archive = if archive { "archive/" } else { "" };
    Shape { pattern: format!("{archive}{date}{place}{token}{}", extension(last)), strength, digits }
}

fn segments(url: &Url) -> impl Iterator<Item = String> {
    url.path().split('/').filter(|segment| !segment.is_empty()).map(str::to_ascii_lowercase)
}

/// `slug-123.html` without `.html`
fn stem_of(segment: &str) -> &str {
    let end = segment.len() - extension(segment).len();
    segment.get(..end).unwrap_or(segment)
}

fn extension(segment: &str) -> &str {
    let Some(at) = segment.rfind('.') else { return "" };
    let (_, dotted) = segment.split_at(at);
    let name = dotted.trim_start_matches('.');
    let is_extension = (2..=6).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_extension { dotted } else { "" }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text) && (text.starts_with("19") || text.starts_with("20"))
}

/// `2026/03`, `2026/mar`, `2026-03-07`, `202603`, `20260307`
fn is_dated(above: &[String]) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let is_month = |text: &str| is_number(text) && text.len() <= 4 || MONTHS.contains(&text);
    let pair = |pair: &[String]| matches!(pair, [year, month] if is_year(year) && is_month(month));
    above.windows(2).any(pair) || above.iter().any(|segment| is_date(segment))
}

fn is_date(text: &str) -> bool {
    if is_number(text) {
        let month = text.get(4..6).and_then(|month| month.parse::<u8>().ok());
        return matches!(text.len(), 6 | 8)
            && text.get(..4).is_some_and(is_year)
            && month.is_some_and(|month| (1..=12).contains(&month));
    }
    let parts: Vec<&str> = text.split(['-', '_']).collect();
    let short = |text: &str| is_number(text) && text.len() <= 2;
    parts
        .windows(2)
        .any(|pair| matches!(pair, [year, month] if is_year(year) && short(month) && month.len() == 2))
        && parts.len() <= 3
        || parts
            .windows(3)
            .any(|parts| matches!(parts, [year, month, day] if is_year(year) && short(month) && short(day)))
}

/// What the last part of a path is: a number, an identifier, a slug with one of them, a slug, or a few words.
fn token(stem: &str, small_ids: bool, literal: &str) -> (String, Option<usize>) {
    if is_number(stem) {
        return (format!("#{literal}"), Some(stem.len()));
    }
    let parts: Vec<&str> = stem.split(['-', '_', '.']).filter(|part| !part.is_empty()).collect();
    let Some((tail, words)) = parts.split_last() else { return (String::new(), None) };
    if words.is_empty() {
        let (prefix, number) = tail.split_at(tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len()));
        if is_number(number) && number.len() >= LONG_NUMBER {
            return (format!("#{prefix}"), Some(number.len()));
        }
        return if is_mixed(tail) { (format!("x{literal}"), None) } else { (slug(stem, 1), None) };
    }
    let prefix = tail.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = tail.get(prefix.len()..).unwrap_or_default();
    let identifies = number.len() >= LONG_NUMBER
        || !number.is_empty() && !prefix.is_empty() && prefix.len() <= 6 && number.len() > 1
        || small_ids && !number.is_empty() && prefix.is_empty();
    if identifies {
        return (format!("S{prefix}#"), Some(number.len()));
    }
    if words.first().is_some_and(|first| is_number(first) && first.len() >= LONG_NUMBER) {
        return ("#S".to_owned(), words.first().map(|first| first.len()));
    }
    if is_mixed(tail) && tail.len() > LONG_TOKEN {
        return ("Sx".to_owned(), None);
    }
    (slug(stem, parts.len()), None)
}

fn slug(stem: &str, words: usize) -> String {
    let escaped = stem.contains('%') && stem.len() >= LONG_ESCAPED;
    if words >= LONG_SLUG || escaped { "S".to_owned() } else { "s".to_owned() }
}

/// Letters and digits in one word, as in `c4gvxyz123o`.
fn is_mixed(token: &str) -> bool {
    token.len() >= LONG_TOKEN
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && token.bytes().filter(u8::is_ascii_digit).count() >= 2
        && token.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// `?id=123`: the parameter that holds a number.
fn query_number(url: &Url) -> Option<String> {
    let mut names: Vec<String> = url
        .query_pairs()
        .filter(|(_, value)| is_number(value) || is_mixed(value))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort();
    let place = url.path().to_ascii_lowercase();
    (!names.is_empty()).then(|| format!("{place}?{}", names.join("&")))
}
