//! The source that an article names: "Theo Reuters", "Nguồn: SCMP".

use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use crate::model::Attribution;

/// Words that introduce the source, in lower case.
const INTRODUCTIONS: [&str; 12] = [
    "theo: ",
    "theo ",
    "nguồn: ",
    "nguồn tin: ",
    "nguồn ",
    "(theo ",
    "(nguồn: ",
    "source: ",
    "sources: ",
    "via: ",
    "dẫn theo ",
    "来源：",
];
/// What sites write beside the line of the source.
const LABELS: [&str; 5] = ["Copy link", "Link bài gốc", "Lấy link", "Sao chép", "Copy"];
/// Most words of a source's name.
const WORDS: usize = 8;
/// Longest line with buttons beside the source, in bytes.
const SOURCE: usize = 300;
/// Longest line that names the source, in characters.
const LONGEST: usize = 80;

/// The source that a line names, if that is all it says.
pub(super) fn named(line: &str) -> Option<String> {
    let line = line.trim();
    if line.chars().count() > LONGEST {
        return None;
    }
    let name = INTRODUCTIONS.iter().find_map(|introduction| after(line, introduction))?;
    let name = name.trim().trim_end_matches([')', '.', ']']).trim();
    let begins_well =
        name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase());
    let is_name =
        begins_well || name.starts_with("tạp chí ") || name.starts_with("báo ") || name.starts_with("http");
    let short = name.split_whitespace().count() <= WORDS && !name.is_empty();
    let sentence = name.contains(", ") && name.split_whitespace().count() > 5;
    (is_name && short && !sentence).then(|| name.to_owned())
}

fn after<'l>(line: &'l str, introduction: &str) -> Option<&'l str> {
    let count = introduction.chars().count();
    let start: String = line.chars().take(count).flat_map(char::to_lowercase).collect();
    if start != introduction {
        return None;
    }
    let at = line.char_indices().nth(count).map(|(at, _)| at)?;
    line.get(at..)
}

/// The source that an element of the page is named after, outside boxes of other articles.
pub(super) fn marked(page: &Page<'_>, elsewhere: impl Fn(Id) -> bool) -> Option<Attribution> {
    for (id, node) in page.elements() {
        if node.tag == Tag::Metadata || elsewhere(id) || !page.node(id).hints.any(Hints::SOURCE) {
            continue;
        }
        let text = page.short_text(id, SOURCE);
        let line = LABELS.iter().fold(text.as_str(), |line, label| line.split(label).next().unwrap_or(line));
        if let Some(name) = named(line) {
            return Some(Attribution { name, url: link_in(page, id) });
        }
    }
    None
}

/// The first web address linked within `id`.
pub(super) fn link_in(page: &Page<'_>, id: Id) -> Option<String> {
    let links = std::iter::once(id).chain(page.within(id)).filter(|at| page.tag(*at) == Tag::Link);
    links.filter_map(|at| page.attribute(at, "href")).find(|href| href.starts_with("http")).map(str::to_owned)
}
