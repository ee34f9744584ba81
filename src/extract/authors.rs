//! Who wrote an article.

use super::byline;
use super::dom::Page;
use super::lead::comparable;
use super::metadata::Head;
use super::names::{clean, is_full, is_handle};
use super::structured::Structured;

pub(super) use super::names::signature;

/// Metadata that name an author, most trustworthy first.
const METAS: [&str; 15] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
    "cxenseparse:author",
    "citation_author",
    "citation_authors",
    "article:author_name",
    "og:article:author",
    "og:author",
    "creator",
];
/// How blog software labels the author in the metadata for previews.
const PREVIEW_LABELS: [&str; 12] = [
    "writtenby",
    "verfasstvon",
    "geschriebenvon",
    "écritpar",
    "escritopor",
    "scrittoda",
    "geschrevendoor",
    "skrivenav",
    "đượcviếtbởi",
    "tácgiả",
    "作者",
    "執筆者",
];
/// How the names of teams end, in lower case.
const TEAMS: [&str; 9] =
    ["team", "staff", "editors", "redaktion", "newsroom", "desk", "admin", "tòa soạn", "编辑部"];

/// Where bylines are looked for, and whose name is no author's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'r> {
    /// The name of the site.
    pub(super) site: Option<&'r str>,
    /// The host that the page names as its own.
    pub(super) host: Option<&'r str>,
    /// Places with other articles, menus and page ends.
    pub(super) elsewhere: &'r [bool],
    /// The names under the text.
    pub(super) signed: &'r [String],
    /// The body container.
    pub(super) container: Option<super::dom::Id>,
}

/// Names of the authors: from JSON-LD, metadata, bylines, links and signatures, the first of these that names a person.
/// The site itself, a team or a login counts only where nobody else is named.
pub(super) fn authors(
    page: &Page<'_>,
    head: &Head<'_>,
    structured: &Structured,
    places: &Places<'_>,
) -> Vec<String> {
    let publishers = publishers(places, head, structured);
    let names_someone =
        |names: &[String]| names.iter().any(|name| !is_collective(name, &publishers) && !is_handle(name));
    let told = clean(structured.authors.iter().map(String::as_str));
    if names_someone(&told) {
        return told;
    }
    let metas = in_metadata(head);
    if let Some(named) = metas.iter().find(|names| names_someone(names)) {
        return named.clone();
    }
    let shown = byline::shown(page, places.elsewhere, places.container);
    let mut others = vec![shown, places.signed.to_vec()];
    if !others.iter().any(|names| names_someone(names)) {
        others.push(byline::opening(page, places.container));
    }
    if let Some(named) = others.iter().find(|names| names_someone(names)) {
        return named.clone();
    }
    let organisations = clean(structured.organisations.iter().map(String::as_str));
    let weak = [told, organisations].into_iter().chain(metas).chain(others);
    weak.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
}

fn in_metadata(head: &Head<'_>) -> Vec<Vec<String>> {
    let preview = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let preview = preview.iter().filter(|(label, _)| {
        head.first(&[label]).is_some_and(|label| PREVIEW_LABELS.contains(&comparable(&label).as_str()))
    });
    let named = METAS.into_iter().chain(preview.map(|(_, data)| *data));
    named
        .map(|name| clean(head.all(name).iter().map(String::as_str)))
        .filter(|names| !names.is_empty())
        .collect()
}

/// The names that a site goes by: its own, its publisher's, its host's, and what their first letters make.
fn publishers(places: &Places<'_>, head: &Head<'_>, structured: &Structured) -> Vec<String> {
    let mut publishers: Vec<String> =
        [places.site, structured.publisher.as_deref()].into_iter().flatten().map(comparable).collect();
    let named = ["publisher", "dc.publisher"]
        .iter()
        .flat_map(|name| clean(head.all(name).iter().map(String::as_str)));
    publishers.extend(named.map(|name| comparable(&name)));
    let initials: String =
        places.site.unwrap_or_default().split_whitespace().filter_map(|word| word.chars().next()).collect();
    if initials.chars().count() > 2 {
        publishers.push(comparable(&initials));
    }
    let label = places.host.and_then(|host| host.trim_start_matches("www.").split('.').next());
    publishers.extend(label.map(comparable));
    publishers.retain(|name| !name.is_empty());
    publishers
}

/// Sites sign with their name, their name and a city, or their address; teams with what they are.
fn is_collective(name: &str, publishers: &[String]) -> bool {
    let lower = name.to_lowercase();
    let name = comparable(name);
    let is_publisher = |publisher: &String| {
        name == *publisher || publisher.starts_with(&name) || name.starts_with(publisher.as_str())
    };
    publishers.iter().any(is_publisher) || TEAMS.iter().any(|team| lower.ends_with(team))
}

/// Whether each of these is a first and family name.
pub(super) fn are_full(names: &[String]) -> bool {
    !names.is_empty() && names.iter().all(|name| is_full(name))
}
