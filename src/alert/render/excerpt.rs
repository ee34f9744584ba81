//! Sentences with the tracked names in them marked.

use std::ops::Range;

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

use super::clean;
use crate::text::normalise::is_han;

/// A stretch of text that is marked as a whole, or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Piece {
    /// The text.
    pub(super) text: String,
    /// Whether it is a tracked name.
    pub(super) marked: bool,
}

/// The first `most` characters of a text, its names marked.
pub(super) fn opening(text: &str, names: &[String], most: usize) -> Vec<Piece> {
    marked(&clean::short_line(text, most), names)
}

/// About `most` characters of a sentence around the first name in it, its names marked.
pub(super) fn around_name(sentence: &str, names: &[String], most: usize) -> Vec<Piece> {
    let sentence = clean::line(sentence);
    let from = window_start(&sentence, names, most);
    let rest = sentence.get(from..).unwrap_or(&sentence);
    let short = clean::cut(rest, most);
    if from == 0 {
        return marked(&short, names);
    }
    marked(&format!("…{short}"), names)
}

/// The byte to begin at: the first one, unless the name stands so late that a cut would lose it.
fn window_start(sentence: &str, names: &[String], most: usize) -> usize {
    let Some(name) = places(sentence, names).into_iter().next() else { return 0 };
    let before = sentence.get(..name.start).unwrap_or_default();
    let characters = before.chars().count();
    if characters <= most * 2 / 3 {
        return 0;
    }
    let skipped = before.char_indices().nth(characters - most / 3).map_or(0, |(byte, _)| byte);
    let words = before.get(skipped..).unwrap_or_default();
    words.find(' ').map_or(skipped, |space| skipped + space + 1)
}

/// The whole text in pieces.
pub(super) fn marked(text: &str, names: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for place in places(text, names) {
        push(&mut pieces, text.get(done..place.start), Mark::Plain);
        push(&mut pieces, text.get(place.clone()), Mark::Name);
        done = place.end;
    }
    push(&mut pieces, text.get(done..), Mark::Plain);
    pieces
}

#[derive(PartialEq)]
enum Mark {
    Plain,
    Name,
}

#[expect(clippy::needless_pass_by_value, reason = "a bare enum reads better without a reference")]
fn push(pieces: &mut Vec<Piece>, text: Option<&str>, mark: Mark) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        pieces.push(Piece { text: text.to_owned(), marked: mark == Mark::Name });
    }
}

/// Where names stand, left to right, the longest first where several begin at one place, none overlapping.
fn places(text: &str, names: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = names.iter().flat_map(|name| occurrences(text, name)).collect();
    found.sort_by_key(|place| (place.start, std::cmp::Reverse(place.end)));
    let mut done = 0;
    found.retain(|place| {
        let free = place.start >= done;
        if free {
            done = place.end;
        }
        free
    });
    found
}

fn occurrences(text: &str, name: &str) -> Vec<Range<usize>> {
    if name.is_empty() {
        return Vec::new();
    }
    text.match_indices(name)
        .map(|(start, found)| start..start + found.len())
        .filter(|place| stands_alone(text, place))
        .collect()
}

/// The first place at or behind this byte where the words stand by themselves.
pub(super) fn find(text: &str, words: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let places = rest.match_indices(words).map(|(at, _)| from + at..from + at + words.len());
    places.into_iter().find(|place| !words.is_empty() && stands_alone(text, place))
}

/// "Meta" is not marked inside "Metadata".
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let (before, rest) = text.split_at_checked(place.start).unwrap_or_default();
    let (name, after) = rest.split_at_checked(place.len()).unwrap_or_default();
    !one_word(before.chars().next_back(), name.chars().next())
        && !one_word(name.chars().next_back(), after.chars().next())
}

fn one_word(left: Option<char>, right: Option<char>) -> bool {
    left.is_some_and(continues_word) && right.is_some_and(continues_word)
}

fn continues_word(c: char) -> bool {
    is_combining_mark(c) || (c.is_alphanumeric() && !is_han(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in one string, names in brackets.
    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_are_marked_as_whole_words_and_longest_first() {
        for (sentence, list, expected) in [
            ("Huawei và SMIC ký kết.", ["Huawei", "SMIC"], "[Huawei] và [SMIC] ký kết."),
            ("Metadata của Meta", ["Meta", ""], "Metadata của [Meta]"),
            ("Meta Platforms báo lãi", ["Meta", "Meta Platforms"], "[Meta Platforms] báo lãi"),
            ("华为发布", ["华为", "Huawei"], "[华为]发布"),
            ("Không có tên", ["Huawei", "SMIC"], "Không có tên"),
            ("Huawei", ["Huawei", "Huawei"], "[Huawei]"),
        ] {
            assert_eq!(shown(&around_name(sentence, &names(&list), 200)), expected);
        }
    }

    #[test]
    fn a_name_late_in_a_long_sentence_is_still_seen() {
        let sentence = format!("{}cuối cùng Huawei xuất hiện ở đây.", "chữ nối chữ ".repeat(60));
        let excerpt = shown(&around_name(&sentence, &names(&["Huawei"]), 90));
        assert_eq!(excerpt, "…chữ chữ nối chữ cuối cùng [Huawei] xuất hiện ở đây.");
    }

    #[test]
    fn a_name_early_in_a_long_sentence_keeps_its_beginning() {
        let sentence = format!("Huawei {}", "nói thêm ".repeat(60));
        assert_eq!(shown(&around_name(&sentence, &names(&["Huawei"]), 20)), "[Huawei] nói thêm nói…");
    }
}
