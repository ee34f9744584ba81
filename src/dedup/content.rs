//! Whether two articles say the same words.

use sha2::{Digest, Sha256};

use crate::model::Article;
use crate::text::normalise::{is_han, normalise};
use crate::text::word::is_alphanumeric;

/// SHA-256 of an article's normalised lead and paragraphs.
pub type ContentHash = [u8; 32];

/// Below this many letters and digits a text says too little: "watch the video" is the same on a hundred pages.
const SHORTEST: usize = 200;
/// A Han character carries about as much as three letters.
const HAN_WEIGHT: usize = 3;

/// The article's content hash; an empty or very short body has none.
///
/// Two articles have one hash if their lead and paragraphs are the same words and numbers in the same order. Case,
/// white space and punctuation do not count, because sites that republish an article change its quotation marks,
/// dashes and paragraph breaks; signs beside a digit do, because `-5` is not `5` and `15` is not `1,5`. Whether the
/// first words are the lead or a paragraph makes no difference.
pub fn content_hash(article: &Article) -> Option<ContentHash> {
    if article.paragraphs.iter().all(|paragraph| paragraph.trim().is_empty()) {
        return None;
    }
    let mut words = String::new();
    for part in std::iter::once(&article.lead).chain(&article.paragraphs) {
        push_words(&normalise(part), &mut words);
    }
    weighs_enough(&words).then(|| Sha256::digest(words.as_bytes()).into())
}

fn weighs_enough(words: &str) -> bool {
    let sums = words.chars().scan(0, |sum, c| {
        *sum += weight(c);
        Some(*sum)
    });
    sums.into_iter().any(|sum| sum >= SHORTEST)
}

fn weight(c: char) -> usize {
    if is_han(c) { HAN_WEIGHT } else { usize::from(is_alphanumeric(c)) }
}

/// Appends the words of `text`, each followed by a space.
fn push_words(text: &str, words: &mut String) {
    let mut before = ' ';
    let mut following = text.chars().skip(1);
    for c in text.chars() {
        let after = following.next().unwrap_or(' ');
        let beside_digit = before.is_numeric() || after.is_numeric();
        match c {
            c if is_alphanumeric(c) => words.extend(c.to_lowercase()),
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' if beside_digit => words.push('-'),
            '+' | '%' | '$' | '€' | '£' | '¥' | '₫' | '°' | '<' | '>' if beside_digit => words.push(c),
            _ => end_word(words),
        }
        before = c;
    }
    end_word(words);
}

fn end_word(words: &mut String) {
    if !words.is_empty() && !words.ends_with(' ') {
        words.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "Công ty giới thiệu bộ tăng tốc mới cho trung tâm dữ liệu, nhanh hơn 1,5 lần và rẻ hơn 5%. ";

    fn article(lead: &str, paragraphs: &[&str]) -> Article {
        Article {
            lead: lead.to_owned(),
            paragraphs: paragraphs.iter().map(|paragraph| (*paragraph).to_owned()).collect(),
            ..Article::default()
        }
    }

    #[test]
    fn republishing_keeps_the_hash() {
        let body = SENTENCE.repeat(4);
        let original = content_hash(&article("“Chip” nội địa – bước tiến", &[&body, "Hết."]));
        assert!(original.is_some());
        for copy in [
            article("", &["\"Chip\" nội địa - bước tiến", &body, "Hết"]),
            article("“CHIP” NỘI ĐỊA — bước tiến", &[&body.replace(' ', "  "), "", "Hết…"]),
            article("“Chip” nội địa – bước tiến", &[&format!("{body}\u{200B}Hết")]),
        ] {
            assert_eq!(content_hash(&copy), original, "{copy:?}");
        }
    }

    #[test]
    fn another_number_is_another_article() {
        let body = SENTENCE.repeat(4);
        let hash = |text: &str| content_hash(&article("", &[text]));
        for (from, to) in [("1,5", "15"), ("5%", "-5%"), ("5%", "5"), ("mới", "cũ"), ("lần", "lan")] {
            assert_ne!(hash(&body), hash(&body.replace(from, to)), "{from} -> {to}");
        }
    }

    #[test]
    fn short_and_empty_bodies_have_no_hash() {
        let long = SENTENCE.repeat(4);
        for (lead, paragraphs, hashed) in [
            ("", vec![], false),
            (long.as_str(), vec![" "], false),
            ("", vec!["Xem video tại đây."], false),
            ("", vec![long.as_str()], true),
            (long.as_str(), vec!["Xem video tại đây."], true),
        ] {
            assert_eq!(content_hash(&article(lead, &paragraphs)).is_some(), hashed, "{lead} {paragraphs:?}");
        }
        let chinese = "公司发布面向数据中心的新一代加速芯片。".repeat(5);
        assert!(content_hash(&article("", &[&chinese])).is_some());
    }
}
