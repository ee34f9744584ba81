//! The part of an article that shows why it was found.

use std::ops::Range;

use super::Query;

/// An excerpt has about so many characters.
const LENGTH: usize = 220;
/// So many of them stand before the first word found.
const BEFORE: usize = 70;

/// A part of a text, on one line, and where in it the words stand that were looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text, with an ellipsis where it is cut.
    pub text: String,
    /// Bytes of `text`, in order.
    pub found: Vec<Range<usize>>,
}

impl Query {
    /// The part around the first words found, of the first paragraph that holds most different terms; without any, the beginning
    /// of the first paragraph.
    pub fn excerpt(&self, paragraphs: &[&str]) -> Excerpt {
        let mut best: Option<(usize, &str, Vec<Range<usize>>)> = None;
        let all = self.wanted.len();
        for text in paragraphs {
            let (places, terms) = self.places_by_term(text);
            if terms > best.as_ref().map_or(0, |(most, ..)| *most) {
                best = Some((terms, text, places));
            }
            if terms >= all && terms > 0 {
                break;
            }
        }
        match best {
            Some((_, text, places)) => around(text, &places),
            None => paragraphs
                .iter()
                .find(|text| !text.trim().is_empty())
                .map(|text| beginning(text))
                .unwrap_or_default(),
        }
    }
}

/// The beginning of a text.
pub fn beginning(text: &str) -> Excerpt {
    cut(text, 0, &[])
}

fn around(text: &str, places: &[Range<usize>]) -> Excerpt {
    let first = places.first().map_or(0, |place| place.start);
    let before = text.get(..first).unwrap_or_default();
    let start = before.char_indices().rev().nth(BEFORE).map_or(0, |(index, _)| index);
    // No word is cut, where there are spaces.
    let skipped = if start == 0 {
        None
    } else {
        text.get(start..first).and_then(|between| between.find(char::is_whitespace))
    };
    cut(text, start + skipped.map_or(0, |space| space + 1), places)
}

/// What begins at byte `start`, with those of `places` that it holds whole.
fn cut(text: &str, start: usize, places: &[Range<usize>]) -> Excerpt {
    let rest = text.get(start..).unwrap_or_default();
    let end = match rest.char_indices().nth(LENGTH) {
        Some((cut, _)) => {
            let head = rest.get(..cut).unwrap_or_default();
            start + head.rfind(char::is_whitespace).filter(|space| *space > cut / 2).unwrap_or(cut)
        }
        None => text.len(),
    };
    let ellipsis = |is_cut: bool| if is_cut { "…" } else { "" };
    let mut excerpt = Excerpt { text: ellipsis(start > 0).to_owned(), found: Vec::new() };
    let mut at = start;
    for place in places.iter().filter(|place| place.start >= start && place.end <= end) {
        excerpt.push(text.get(at..place.start));
        let from = excerpt.text.len();
        excerpt.push(text.get(place.clone()));
        excerpt.found.push(from..excerpt.text.len());
        at = place.end;
    }
    excerpt.push(text.get(at..end));
    excerpt.text.push_str(ellipsis(end < text.len()));
    excerpt
}

impl Excerpt {
    /// What an article writes must not steer a terminal, nor end the line.
    fn push(&mut self, part: Option<&str>) {
        self.text.extend(part.unwrap_or_default().chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
}
