//! Names of people in lines of text: taken apart, freed of what stands around them, told from labels.

use super::lead::comparable;
use super::name_words::{
    CONJUNCTIONS, DATES, DEGREES, INTRODUCTIONS, LABELS, LISTS, NETWORKS, NO_NAMES, PICTURES, ROLES, TAILS,
};
use crate::text::date::is_english_calendar_word;
use crate::text::normalise::normalise;

/// Longest name in characters.
const LONGEST: usize = 60;
/// Most words of a name.
const WORDS: usize = 7;
/// Most authors.
const MOST: usize = 12;
/// Longest list of names that is read, in bytes.
const LIST: usize = 4000;
/// Most words that introduce one name ("Bài viết: Tác giả Hà Anh").
const NESTED: usize = 3;

/// The names in a line that holds nothing else: each of two to five words with capitals.
pub(super) fn signature(line: &str) -> Vec<String> {
    let line = line.trim();
    if line.ends_with(['.', ':', '!', '?', ',', '…']) || line.chars().any(|c| c.is_ascii_digit()) {
        return Vec::new();
    }
    let names = clean(std::iter::once(line));
    if names.iter().all(|name| is_full(name)) { names } else { Vec::new() }
}

/// Separate, plausible names, each once.
pub(super) fn clean<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in texts {
        let text = text.get(..text.floor_char_boundary(LIST)).unwrap_or(text);
        for name in of_line(&normalise(text)) {
            let known = names.iter().any(|other| comparable(other) == comparable(&name));
            if !known && names.len() < MOST {
                names.push(name);
            }
        }
    }
    names
}

/// The names of one line; what people do is left out beside a name, and kept where it is all there is.
fn of_line(line: &str) -> Vec<String> {
    let names: Vec<String> = split(writers(line))
        .iter()
        .map(|part| bare(part).to_owned())
        .filter(|name| is_plausible(name))
        .collect();
    let people: Vec<String> = names.iter().filter(|name| !is_role(name)).cloned().collect();
    if people.is_empty() { names } else { people }
}

/// The line without those who took the pictures: "Bài: Hà Anh Ảnh: Minh Lê".
fn writers(line: &str) -> &str {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || introduced(line).is_some_and(|rest| !rest.contains([':', '：'])) {
        return line;
    }
    let Some(at) = PICTURES.iter().filter_map(|word| lower.find(word)).min() else { return line };
    let before = line.get(..at).unwrap_or(line);
    match lower.get(at..).and_then(|rest| rest.find("bài:")) {
        Some(text) if before.trim().is_empty() => line.get(at + text..).unwrap_or(line),
        _ => before,
    }
}

fn split(text: &str) -> Vec<String> {
    let mut parts = vec![without_introduction(text).to_owned()];
    for separator in LISTS {
        parts = parts.iter().flat_map(|part| part.split(separator)).map(str::to_owned).collect();
    }
    parts = parts.iter().map(|part| without_introduction(without_conjunction(part)).to_owned()).collect();
    parts.iter().flat_map(|part| halves(part)).map(|part| without_introduction(part).to_owned()).collect()
}

/// "Thế Nam - Hậu Nguyễn" and "Jane Roe/John Low" are two people; "Jean-Luc" is one.
fn halves(part: &str) -> Vec<&str> {
    for dash in [" - ", " – ", " — ", "/", "／"] {
        let halves: Vec<&str> = part.split(dash).collect();
        if halves.len() > 1 && halves.iter().all(|half| is_full(without_introduction(half))) {
            return halves;
        }
    }
    vec![part]
}

fn without_conjunction(part: &str) -> &str {
    let part = part.trim();
    CONJUNCTIONS.iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part)
}

/// Without the words that say that a name follows.
pub(super) fn without_introduction(text: &str) -> &str {
    let mut text = trimmed(text);
    for _ in 0..NESTED {
        let Some(rest) = introduced(text) else { return text };
        text = trimmed(rest);
    }
    text
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_matches(['|', '-', '–', '—', ':', '：', ',', '•', '·', '@', '/', '／', '丨', ' ']).trim()
}

/// What follows the words that introduce a name, where a line begins with some; nothing where it ends with them.
pub(super) fn introduced(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let first = line.chars().next()?.to_lowercase().next()?;
    INTRODUCTIONS.iter().filter(|words| words.starts_with(first)).find_map(|words| after(line, words))
}

fn after<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    let mut rest = line.chars();
    for word in words.chars() {
        match rest.next() {
            Some(next) if next == word || next.to_lowercase().eq(std::iter::once(word)) => {}
            None if word == ' ' => return Some(""),
            _ => return None,
        }
    }
    Some(rest.as_str())
}

/// Whether a line only announces that a name follows: "Tác giả", "Autorin/Autor".
pub(super) fn is_label(line: &str) -> bool {
    LABELS.contains(&comparable(line).as_str())
}

/// A name without brackets, addresses, dates, degrees and the words of buttons behind it.
fn bare(part: &str) -> &str {
    let part = part.split(['(', '（', '[', '|', '•', '<']).next().unwrap_or(part);
    let digit = part.find(|c: char| c.is_ascii_digit());
    let part = digit.and_then(|at| part.get(..at)).unwrap_or(part);
    let address =
        part.split_once('@').map(|(before, _)| before.rsplit_once(' ').map_or("", |(name, _)| name));
    let part = address.unwrap_or(part);
    let mut name = trimmed(part).trim_end_matches("...").trim_end_matches('…').trim();
    while let Some((rest, last)) = name.rsplit_once(' ') {
        let last = last.trim_end_matches('.').to_lowercase();
        let dated = digit.is_some() && is_of_date(&last);
        if !dated && !TAILS.contains(&last.as_str()) && last.chars().any(char::is_alphanumeric) {
            break;
        }
        name = trimmed(rest);
    }
    let name = NETWORKS.iter().find_map(|network| unglued(name, network)).unwrap_or(name);
    let last = name.rsplit(' ').next().unwrap_or(name);
    let abbreviated = last.len() <= 2 || matches!(last, "Jr." | "Sr.") || last.matches('.').count() > 1;
    if abbreviated { name } else { name.trim_end_matches('.') }
}

/// The name before a network's that a page shows on a line of its own.
fn unglued<'n>(name: &'n str, network: &str) -> Option<&'n str> {
    let rest = name.strip_suffix(network)?;
    let glued = rest.chars().next_back().is_some_and(char::is_lowercase);
    (glued || rest.ends_with(' ')).then(|| rest.trim())
}

/// What somebody does or has learnt, not who it is.
fn is_role(name: &str) -> bool {
    let degree = DEGREES.contains(&comparable(name).as_str());
    degree || name.split_whitespace().any(|word| ROLES.contains(&comparable(word).as_str()))
}

/// Names begin with a capital where the script has any.
pub(super) fn begins_like_a_name(name: &str) -> bool {
    name.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
}

/// First and family name: two to five words with capitals, or two to four Chinese characters.
pub(super) fn is_full(name: &str) -> bool {
    const PARTICLES: [&str; 22] = [
        "de", "del", "della", "di", "da", "dos", "das", "do", "du", "la", "le", "van", "von", "der", "den",
        "ter", "zu", "bin", "al", "el", "y", "af",
    ];
    let characters = name.chars().count();
    if name.chars().all(is_han) {
        return (2..=4).contains(&characters);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| begins_like_a_name(word) || PARTICLES.contains(word);
    let ending = |word: &&&str| word.len() > 4 && word.ends_with("ing");
    (2..=5).contains(&words.len())
        && words.iter().all(capital)
        && words.first().is_some_and(|first| begins_like_a_name(first) && !ending(&first))
        && is_plausible(name)
        && !is_role(name)
        && !words.first().is_some_and(|first| NO_FIRSTS.contains(first))
}

/// No name begins with these.
const NO_FIRSTS: [&str; 12] =
    ["The", "A", "An", "Our", "Your", "My", "How", "Why", "What", "All", "More", "By"];

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '々')
}

/// A name that people give themselves where they log in: a word with a dot, or without a capital.
pub(super) fn is_handle(name: &str) -> bool {
    !name.contains(char::is_whitespace)
        && name.is_ascii()
        && (name.contains(['.', '_']) || name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
}

/// A name is short, holds letters and no address, number or sentence, and is no word of the page's machinery.
fn is_plausible(name: &str) -> bool {
    let characters = name.chars().count();
    (2..=LONGEST).contains(&characters)
        && name.split_whitespace().count() <= WORDS
        && name.chars().any(char::is_alphabetic)
        && !name.chars().any(|c| c.is_ascii_digit() || matches!(c, '{' | '}' | '@' | '。'))
        && !name.contains("://")
        && !name.contains("www.")
        && name.matches('.').count() < 4
        && !is_preposition(name)
        && !NO_NAMES.contains(&comparable(name).as_str())
        && !is_of_date(&name.to_lowercase())
}

fn is_of_date(word: &str) -> bool {
    DATES.contains(&word) || is_english_calendar_word(word)
}

/// "in News", "on Monday" behind a name.
fn is_preposition(part: &str) -> bool {
    ["in ", "on ", "for ", "from ", "at ", "lúc ", "ngày ", "trong "]
        .iter()
        .any(|word| part.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_of_bylines_of_many_languages() {
        for (line, names) in [
            ("By Jane Roe and John Low", &["Jane Roe", "John Low"][..]),
            ("BY JANE ROE, JOHN LOW, AND ANN POE", &["JANE ROE", "JOHN LOW", "ANN POE"]),
            ("Written by: Jane Roe, Senior Reporter", &["Jane Roe"]),
            ("By Jane Roe - Mar 27, 2024", &["Jane Roe"]),
            ("Jane Roe 4 August 2010", &["Jane Roe"]),
            ("Jane Roe (Reuters)", &["Jane Roe"]),
            ("Jane Roe, MD, PhD", &["Jane Roe"]),
            ("Jane Roe jane@paper.example", &["Jane Roe"]),
            ("Sarah RoeTwitter", &["Sarah Roe"]),
            ("Jane Roe/John Low", &["Jane Roe", "John Low"]),
            ("By TPN, in News", &["TPN"]),
            ("Von Jörg Müller und Anna von der Heide", &["Jörg Müller", "Anna von der Heide"]),
            ("Par Élise Noël et Marc Dupont", &["Élise Noël", "Marc Dupont"]),
            ("Por María Núñez y Juan Gil", &["María Núñez", "Juan Gil"]),
            ("Bài: Hà Anh, ảnh: Minh Lê", &["Hà Anh"]),
            ("Bài: Hà Anh Ảnh: Minh Lê", &["Hà Anh"]),
            ("Ảnh: Minh Lê Bài: Hà Anh", &["Hà Anh"]),
            ("Ảnh: Minh Lê", &[]),
            ("Theresa May", &["Theresa May"]),
            ("Bài và ảnh: Hà Anh", &["Hà Anh"]),
            ("Thực hiện: Hà Anh - Minh Lê", &["Hà Anh", "Minh Lê"]),
            ("Tác giả: PV Hà Anh", &["Hà Anh"]),
            ("记者：张三、李四", &["张三", "李四"]),
            ("文／王小明", &["王小明"]),
            ("本报记者 张三", &["张三"]),
            ("Jean-Luc Morel", &["Jean-Luc Morel"]),
            ("Guardian staff reporter", &["Guardian staff reporter"]),
            ("admin", &[]),
            ("{{ author.name }}", &[]),
            ("https://paper.example/jr", &[]),
            ("View more posts", &[]),
        ] {
            assert_eq!(clean(std::iter::once(line)), names, "{line}");
        }
    }

    #[test]
    fn a_full_name_is_told_from_labels_and_headings() {
        for name in ["Hà Anh", "Anna von der Heide", "张三", "Jane Q. Roe"] {
            assert!(is_full(name), "{name}");
        }
        for other in [
            "AFP",
            "The Verdict",
            "Signing Up",
            "Senior Reporter",
            "hà anh",
            "View more posts",
            "科技新闻记者",
        ] {
            assert!(!is_full(other), "{other}");
        }
    }
}
