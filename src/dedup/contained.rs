//! Whether a text says anything that another does not.

use super::compare::{Comparison, Kinship, SHORT};
use super::fresh::{Leeway, names_another, says_more};
use super::paragraphs::Reading;
use super::signature::{Signature, shingles};
use super::tokens::Token;
use crate::text::normalise::search_form;

/// A paragraph with fewer shingles is a line: a subhead, a caption, a name. Newsrooms put their own, and their own headline, above
/// what they take over …
const LINE: usize = 8;
/// … but a text of fewer shingles may be a form, in which nothing else is new. So much of each of its lines is in a copy.
const FORM: u32 = 80;
const KNOWN_OF_LINE: f32 = 0.5;
/// A paragraph of which less stands in the other text is a new one. Independent texts on one event share a tenth at most.
const KNOWN: f32 = 0.25;
/// A credit at the end has so many words at most …
const CREDIT: usize = 24;
/// … and begins like this, in the form that search compares.
const CREDITS: [&str; 16] = [
    "theo ",
    "nguon",
    "tong hop",
    "moi ",
    "doc them",
    "xem them",
    "source",
    "via ",
    "credit",
    "read more",
    "follow ",
    "originally ",
    "来 源",
    "转 自",
    "本 文",
    "据 ",
];

/// Whether a text, told by its signature and its lines (the headline, then a paragraph each), stands in another as a whole: a copy, perhaps cut or lightly edited, without a number or a paragraph of its own but a credit at its end.
pub fn is_contained(text: &str, signature: &Signature, other: &Signature) -> bool {
    let comparison = Comparison::of(signature, other);
    match comparison.kinship() {
        Kinship::Exact => true,
        Kinship::Near { .. } | Kinship::Contained { .. } => {
            let (line, known, paragraphs) = match text.split_once('\n') {
                Some((_headline, paragraphs)) if comparison.length >= FORM => (LINE, KNOWN, paragraphs),
                _ => (1, KNOWN_OF_LINE, text),
            };
            let leeway = if comparison.length < SHORT { Leeway::None } else { Leeway::Words };
            comparison.other_numbers == 0
                && comparison.other_names == 0
                && is_every_paragraph_in(paragraphs, other, (line, known, leeway))
                && !is_of_another(text, other)
        }
        Kinship::Contains { .. } | Kinship::SameForm | Kinship::Unrelated => false,
    }
}

/// Whether so much of every paragraph stands there, and none says more than an editor's few words. A line of fewer shingles need not.
fn is_every_paragraph_in(text: &str, other: &Signature, (line, share, leeway): (usize, f32, Leeway)) -> bool {
    let reading = Reading::of(text);
    let own: Vec<_> = reading.paragraphs.iter().filter(|paragraph| paragraph.is_core).collect();
    let texts: Vec<&str> = reading.own(text).map(|(_, text)| text).collect();
    own.iter().zip(&texts).enumerate().all(|(at, (paragraph, text))| {
        let tokens = reading.of_paragraph(paragraph);
        let is_line = shingles(tokens).count() < line;
        let is_known = || stands_in(tokens, other, share) && !says_more(tokens, text, other, leeway);
        is_line || is_known() || (at + 1 == own.len() && is_credit(text, tokens))
    })
}

/// Whether it speaks of someone whom the other text does not know.
fn is_of_another(text: &str, other: &Signature) -> bool {
    let reading = Reading::of(text);
    let own = reading.paragraphs.iter().filter(|paragraph| paragraph.is_core);
    names_another(own.map(|paragraph| reading.of_paragraph(paragraph)), other)
}

/// Whether so much of a paragraph stands there.
fn stands_in(tokens: &[Token], other: &Signature, share: f32) -> bool {
    let comparable = shingles(tokens).filter(|shingle| other.knows_of(*shingle));
    let (all, known) = comparable
        .fold((0_usize, 0_usize), |(all, known), shingle| (all + 1, known + usize::from(other.has(shingle))));
    known as f32 >= share * all as f32
}

/// "Theo SCMP. Mời bạn đọc theo dõi trang của chúng tôi."
fn is_credit(text: &str, tokens: &[Token]) -> bool {
    let has_number = tokens.iter().any(|token| matches!(token, Token::Number(_)));
    let beginning = search_form(text);
    let beginning = beginning.trim_start_matches(|c: char| !c.is_alphanumeric());
    tokens.len() <= CREDIT && !has_number && CREDITS.iter().any(|credit| beginning.starts_with(credit))
}
