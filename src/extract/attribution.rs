//! The source that an article names: "Theo Reuters", "Nguồn: SCMP".

use super::dom::{Id, Page, Tag};
use super::hints::Hints;
use super::sources;
use crate::model::Attribution;

/// Words that introduce the source, in lower case.
const INTRODUCTIONS: [&str; 41] = [
    "theo: ",
    "theo ",
    "nguồn: ",
    "nguồn tin: ",
    "nguồn : ",
    "nguồn ",
    "(theo ",
    "(nguồn: ",
    "source: ",
    "sources: ",
    "via: ",
    "dẫn theo ",
    "dẫn nguồn ",
    "[theo ",
    "(dẫn theo ",
    "(nguồn ",
    "link bài gốc: ",
    "via ",
    "(via ",
    "(source: ",
    "source : ",
    "original source: ",
    "originally published by ",
    "originally published on ",
    "originally published in ",
    "first published by ",
    "this article was originally published on ",
    "this article was originally published by ",
    "quelle: ",
    "(quelle: ",
    "fuente: ",
    "fonte: ",
    "来源：",
    "来源:",
    "来源 ",
    "（来源：",
    "文章来源：",
    "稿源：",
    "來源：",
    "來源:",
    "（來源：",
];
/// How names of sources begin that are written small.
const BEGINNINGS: [&str; 5] = ["tạp chí ", "báo ", "đài ", "http", "www."];
/// What follows the same words and introduces no source: "Theo dõi", "Nguồn ảnh", "Nguồn mở".
const OTHERS: [&str; 5] = ["dõi ", "ảnh", "hình ", "video", "mở "];
/// How a Chinese report introduces its source.
const REPORTING: [char; 2] = ['据', '據'];
/// What sites write beside the line of the source.
const LABELS: [&str; 5] = ["Copy link", "Link bài gốc", "Lấy link", "Sao chép", "Copy"];
/// Most words of a source's name.
const WORDS: usize = 8;
/// Longest name of an agency that is written without a capital: "dpa".
const AGENCY: usize = 5;
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
    let (introduction, name) = introduced(line)?;
    let begins_well =
        name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase());
    let is_name = begins_well || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
    let agency = introduction.ends_with(": ") && name.len() <= AGENCY && !name.contains(' ');
    let short = name.split_whitespace().count() <= WORDS && !name.is_empty();
    // Whoever publishes first may be followed by the licence.
    let alone = introduction.contains("published") || sources::are_only_names(name);
    (agency || (is_name && short && alone)).then(|| name.to_owned())
}

/// Whether a line introduces a source and goes on to say something, be it in brackets: "Theo Reuters, Huawei bị điều tra".
pub(super) fn tells(line: &str) -> bool {
    line.split(['(', '[', '（']).map(str::trim).any(|part| {
        let rest = introduced(part).map(|(_, rest)| rest).or_else(|| part.strip_prefix(REPORTING));
        rest.is_some_and(|rest| {
            !OTHERS.iter().any(|other| rest.starts_with(other)) && sources::say_something(rest)
        })
    })
}

/// The words that introduce a source, and what follows them, without brackets.
fn introduced(line: &str) -> Option<(&str, &str)> {
    let (introduction, rest) =
        INTRODUCTIONS.iter().find_map(|words| after(line, words).map(|rest| (*words, rest)))?;
    Some((introduction, rest.trim().trim_end_matches([')', '.', ']', '）', '。']).trim()))
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
        let url = link_in(page, id);
        // The element says that its link leads to the source, so no word needs to.
        let name = named(line).or_else(|| url.as_ref().and_then(|_| bare_name(line)));
        if let Some(name) = name {
            return Some(Attribution { name, url });
        }
    }
    None
}

/// A short line that begins like a name.
fn bare_name(line: &str) -> Option<String> {
    let line = line.trim();
    let begins_well = line.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    let short = line.chars().count() <= LONGEST / 2 && line.split_whitespace().count() <= WORDS / 2;
    (begins_well && short && !line.ends_with([':', '.', '?', '…'])).then(|| line.to_owned())
}

/// The agency that the first sentence of a Chinese report names: "据路透社11月21日报道，…".
pub(super) fn reported(first: &str) -> Option<Attribution> {
    const VERBS: [&str; 4] = ["报道", "報道", "報導", "消息"];
    let rest = first.trim_start().strip_prefix(REPORTING)?;
    let sentence = rest.split(['，', '。', '：', ',']).next()?;
    let verb = VERBS.iter().filter_map(|verb| sentence.find(verb)).min()?;
    let agency = sentence.get(..verb)?;
    let agency = agency.split(|c: char| c.is_ascii_digit()).next()?;
    let agency = agency.trim_end_matches("当地时间").trim_end_matches("网站");
    let agency = agency.trim_matches(['《', '》', '“', '”', ' ']);
    let length = agency.chars().count();
    (2..=12).contains(&length).then(|| Attribution { name: agency.to_owned(), url: None })
}

/// The first web address linked within `id`.
pub(super) fn link_in(page: &Page<'_>, id: Id) -> Option<String> {
    let links = std::iter::once(id).chain(page.within(id)).filter(|at| page.tag(*at) == Tag::Link);
    links.filter_map(|at| page.attribute(at, "href")).find(|href| href.starts_with("http")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_a_source_are_told_from_sentences() {
        for (line, source) in [
            ("Theo Reuters", Some("Reuters")),
            ("(Theo Reuters, CNBC)", Some("Reuters, CNBC")),
            ("Nguồn: SCMP", Some("SCMP")),
            ("Nguồn : SCMP", Some("SCMP")),
            ("Source: The Register", Some("The Register")),
            ("(Source: AFP)", Some("AFP")),
            ("Via Bloomberg", Some("Bloomberg")),
            ("Quelle: dpa", Some("dpa")),
            ("Quelle: DPA", Some("DPA")),
            ("来源：新华社", Some("新华社")),
            ("（来源：央视新闻）", Some("央视新闻")),
            ("Theo bà Lê Minh Châu, giá chip sẽ giảm trong năm tới và thị trường chờ đợi.", None),
            ("Theo đó, giá sẽ giảm", None),
            ("Giá chip giảm", None),
        ] {
            assert_eq!(named(line).as_deref(), source, "{line}");
        }
    }

    #[test]
    fn the_agency_of_a_chinese_report_is_read_from_its_first_words() {
        for (line, source) in [
            ("据路透社11月21日报道，该公司将扩产。", Some("路透社")),
            ("据《金融时报》网站报道，芯片价格下跌。", Some("金融时报")),
            ("據中央社報導，新廠動工。", Some("中央社")),
            ("据了解，该公司将扩产。", None),
            ("公司今天宣布扩产。", None),
        ] {
            assert_eq!(reported(line).map(|source| source.name).as_deref(), source, "{line}");
        }
    }
}
