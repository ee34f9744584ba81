//! The text that a page tells of its article in JSON-LD (`articleBody`) confirms what of the page is article.

use std::collections::HashSet;

use super::compose::{Kind, Piece};
use super::dom::{Page, Tag};
use super::lead::comparable;
use super::references::unescape;

/// Length of a told body in bytes: shorter ones are teasers, of longer ones no confirmation is needed.
const LENGTHS: std::ops::RangeInclusive<usize> = 300..=100_000;
/// Letters in a row that make a trace of a text.
const RUN: usize = 10;
/// Share of the told text that the pieces must hold before what it does not tell is dropped.
const CONFIRMED: f32 = 0.8;
/// Share of a piece that must be told.
const TOLD: f32 = 0.4;
/// The most of the prose that may be dropped: who tells so little tells a part.
const DROPPED: f32 = 0.3;

/// So many letters may stand behind the last piece in the told text: a source, a signature.
const SLACK: usize = 100;

/// The letters of a told body.
#[derive(Debug)]
pub(super) struct Told(Vec<char>);

impl Told {
    /// The longest `articleBody` of these documents, where it is long enough to be one.
    pub(super) fn of(json_ld: &[&str]) -> Option<Self> {
        let longest = json_ld.iter().flat_map(|document| values(document)).max_by_key(String::len)?;
        if !LENGTHS.contains(&longest.len()) {
            return None;
        }
        Some(Self(comparable(&without_markup(&unescape(&longest))).chars().collect()))
    }

    /// Drops the paragraphs that the page does not tell, if what is left is nearly all that it tells.
    pub(super) fn confirm(&self, page: &Page<'_>, pieces: &mut Vec<Piece>) {
        let traces: HashSet<&[char]> = self.0.windows(RUN).collect();
        let mut held: HashSet<&[char]> = HashSet::new();
        let told: Vec<bool> = pieces
            .iter()
            .map(|piece| {
                let letters: Vec<char> = comparable(&piece.text).chars().collect();
                let all = letters.windows(RUN).len();
                let mut hits = 0;
                for trace in letters.windows(RUN).filter_map(|trace| traces.get(trace)) {
                    hits += 1;
                    held.insert(trace);
                }
                all == 0 || hits as f32 >= TOLD * all as f32
            })
            .collect();
        if (held.len() as f32) < CONFIRMED * traces.len() as f32 {
            return;
        }
        let prose = pieces.iter().zip(&told).filter(|(piece, _)| is_prose(page, piece));
        let (kept, dropped) = prose.fold((0, 0), |(kept, dropped), (piece, told)| {
            if *told { (kept + piece.text.len(), dropped) } else { (kept, dropped + piece.text.len()) }
        });
        if dropped as f32 > DROPPED * (kept + dropped) as f32 {
            return;
        }
        if !self.reaches_the_end_of(pieces, &told) {
            return;
        }
        let mut told = told.into_iter();
        pieces.retain(|piece| told.next().unwrap_or(true) || !is_prose(page, piece));
    }
}

impl Told {
    /// Whether the last told piece ends where the told text does: what is cut in mid-text tells nothing of what follows.
    fn reaches_the_end_of(&self, pieces: &[Piece], told: &[bool]) -> bool {
        let Some((last, _)) = pieces.iter().zip(told).rfind(|(_, told)| **told) else { return false };
        let letters: Vec<char> = comparable(&last.text).chars().collect();
        let end = letters.get(letters.len().saturating_sub(RUN)..).unwrap_or_default();
        let told_end = self.0.get(self.0.len().saturating_sub(letters.len() + SLACK)..).unwrap_or_default();
        end.len() < RUN || told_end.windows(RUN).any(|trace| trace == end)
    }
}

/// Subheads, tables and lists are often left out of what is told.
fn is_prose(page: &Page<'_>, piece: &Piece) -> bool {
    piece.kind == Kind::Paragraph
        && !matches!(page.tag(piece.owner), Tag::Cell | Tag::Item | Tag::Preformatted)
}

/// The values of `articleBody`, read where they stand: documents with faults elsewhere still tell it.
fn values(document: &str) -> impl Iterator<Item = String> {
    document.match_indices("\"articleBody\"").filter_map(|(at, key)| {
        let value = document.get(at + key.len()..)?.trim_start().strip_prefix(':')?;
        serde_json::Deserializer::from_str(value).into_iter::<String>().next()?.ok()
    })
}

/// Some tell markup.
fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        rest = tag;
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            continue;
        }
        let Some((_, after)) = tag.split_once('>') else { break };
        rest = after;
    }
    plain.push_str(rest);
    plain
}
