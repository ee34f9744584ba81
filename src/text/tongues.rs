//! The languages of a text that is written in several, paragraph by paragraph.

use std::ops::Range;

use super::language::reads_like;
use super::normalise::is_han;

/// Of the letters of a Vietnamese text one in six or more carries its marks; of those of another language hardly one does.
const MARKED: usize = 20;
/// Fewer letters tell nothing.
const FEWEST: usize = 12;
/// A language that has less than a fourth of a text is that of quotes and names in it.
const LARGE: usize = 4;
/// So many words are more than a name.
const PHRASE: usize = 6;
/// And it has so many paragraphs at least.
const SEVERAL: usize = 2;
/// A Han character says about as much as three letters.
const HAN_WEIGHT: usize = 3;

/// A text in several languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tongues {
    /// Each paragraph: its bytes, and its language where it can be told.
    paragraphs: Vec<(Range<usize>, Option<&'static str>)>,
    /// The languages that have a large part of it, the one with most of it first.
    large: Vec<&'static str>,
}

impl Tongues {
    /// Reads a text whose paragraphs are lines; `None` where all of it is in one language, or cannot be told.
    pub fn of(text: &str) -> Option<Self> {
        let mut paragraphs = Vec::new();
        let mut sizes: Vec<(&'static str, usize, usize)> = Vec::new();
        let mut all = 0;
        let mut start = 0;
        let mut unmarked = Vec::new();
        for line in text.split_inclusive('\n') {
            let letters = Letters::of(line);
            let language = letters.language(line);
            all += letters.weight();
            match sizes.iter_mut().find(|(known, ..)| Some(*known) == language) {
                Some((_, weight, count)) => (*weight, *count) = (*weight + letters.weight(), *count + 1),
                None => sizes.extend(language.map(|language| (language, letters.weight(), 1))),
            }
            if language.is_none() && letters.vietnamese == 0 && line.split_whitespace().count() >= PHRASE {
                unmarked.push(paragraphs.len());
            }
            paragraphs.push((start..start + line.len(), language));
            start += line.len();
        }
        sizes.retain(|(_, weight, count)| weight * LARGE >= all && *count >= SEVERAL);
        sizes.sort_by_key(|(_, weight, _)| std::cmp::Reverse(*weight));
        let large: Vec<&'static str> = sizes.into_iter().map(|(language, ..)| language).collect();
        // A headline is too short to tell English from French, but Vietnamese it is not.
        let latin = large.iter().find(|language| ["en", "fr", "de", "es"].contains(*language)).copied();
        for place in unmarked {
            if let Some((_, language)) = paragraphs.get_mut(place) {
                *language = latin;
            }
        }
        (large.len() > 1).then_some(Self { paragraphs, large })
    }

    /// The first of these languages in which a large part of the text is written, else the one with most of it.
    pub fn choose(&self, wanted: &[&str]) -> Option<&'static str> {
        let wished = wanted.iter().find_map(|wanted| self.large.iter().find(|large| *large == wanted));
        wished.or(self.large.first()).copied()
    }

    /// Whether the paragraph around this byte is in another of the large languages.
    pub fn is_other(&self, at: usize, language: &str) -> bool {
        let after = self.paragraphs.partition_point(|(bytes, _)| bytes.end <= at);
        let found = self.paragraphs.get(after).and_then(|(_, found)| *found);
        found.is_some_and(|found| found != language && self.large.contains(&found))
    }

    /// The bytes of the first paragraph in this language.
    pub fn first_in(&self, language: &str) -> Option<Range<usize>> {
        let first = self.paragraphs.iter().find(|(_, found)| *found == Some(language));
        first.map(|(bytes, _)| bytes.clone())
    }
}

/// The letters of a paragraph by script.
#[derive(Default)]
struct Letters {
    han: usize,
    kana: usize,
    hangul: usize,
    /// Latin letters that Vietnamese has and hardly any other language.
    vietnamese: usize,
    other: usize,
}

impl Letters {
    fn of(paragraph: &str) -> Self {
        let mut letters = Self::default();
        for c in paragraph.chars() {
            match c {
                'a'..='z' | 'A'..='Z' => letters.other += 1,
                '\u{1EA0}'..='\u{1EF9}' | 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => {
                    letters.vietnamese += 1;
                }
                '\u{3040}'..='\u{30FF}' => letters.kana += 1,
                '\u{AC00}'..='\u{D7A3}' => letters.hangul += 1,
                c if is_han(c) => letters.han += 1,
                c if c.is_alphabetic() => letters.other += 1,
                _ => {}
            }
        }
        letters
    }

    fn weight(&self) -> usize {
        (self.han + self.kana + self.hangul) * HAN_WEIGHT + self.vietnamese + self.other
    }

    fn language(&self, paragraph: &str) -> Option<&'static str> {
        let latin = self.vietnamese + self.other;
        if self.weight() < FEWEST {
            return None;
        }
        if (self.han + self.kana) * HAN_WEIGHT > latin {
            return Some(if self.kana > 0 { "ja" } else { "zh" });
        }
        if self.hangul * HAN_WEIGHT > latin {
            return Some("ko");
        }
        if self.vietnamese * MARKED > latin {
            return Some("vi");
        }
        ["en", "fr", "de", "es"].into_iter().find(|language| reads_like(paragraph, language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIETNAMESE: &str =
        "Công ty cho biết nhà máy mới sẽ chạy trước cuối năm và tạo việc làm cho nhiều người trong vùng.\n";
    const ENGLISH: &str = "The company said that the new plant is to open before the end of the year and to give work to many of the people.\n";
    const CHINESE: &str =
        "公司表示新工厂将在年底之前投入运行，并为当地提供大量就业机会，预计三年后全部建成。\n";

    #[test]
    fn a_page_in_two_languages_is_told_from_one_with_a_quote() {
        for (text, large) in [
            (VIETNAMESE.repeat(3) + &ENGLISH.repeat(3), Some(vec!["en", "vi"])),
            (VIETNAMESE.repeat(3) + &CHINESE.repeat(2), Some(vec!["zh", "vi"])),
            (VIETNAMESE.repeat(6) + ENGLISH, None),
            (VIETNAMESE.repeat(6) + "Huawei Ascend 910C\nSMIC\n", None),
            (ENGLISH.repeat(4), None),
            (String::new(), None),
        ] {
            assert_eq!(Tongues::of(&text).map(|tongues| tongues.large), large, "{text}");
        }
    }

    #[test]
    fn the_readers_language_is_chosen_where_it_is_there() {
        let text = VIETNAMESE.repeat(2) + &ENGLISH.repeat(2);
        let tongues = Tongues::of(&text).unwrap();
        for (wanted, chosen) in
            [(&["vi"][..], "vi"), (&["en", "vi"], "en"), (&["zh", "vi"], "vi"), (&[], "en")]
        {
            assert_eq!(tongues.choose(wanted), Some(chosen));
        }
        let english = text.find("The company").unwrap();
        assert!(tongues.is_other(english, "vi") && !tongues.is_other(english, "en"));
        assert!(tongues.is_other(0, "en") && !tongues.is_other(text.len(), "en"));
        assert_eq!(tongues.first_in("en").unwrap().start, english);
    }
}
