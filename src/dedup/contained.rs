//! Whether a text says anything that another does not.

use super::compare::{Comparison, Kinship, SHORT};
use super::fresh::{Leeway, names_another, says_more};
use super::paragraphs::{Reading, STATEMENT, ends_sentence};
use super::signature::{Signature, shingles};
use super::tokens::Token;
use crate::text::normalise::normalise;
use crate::text::word::count_up_to;

/// A paragraph with fewer shingles is a line: a subhead, a caption, a name. Newsrooms put their own, and their own headline, above
/// what they take over …
const LINE: usize = 8;
/// … but a text of fewer shingles may be a form, in which nothing else is new. So much of each of its lines is in a copy.
const FORM: u32 = 80;
const KNOWN_OF_LINE: f32 = 0.5;
/// A paragraph of which less stands in the other text is a new one. Independent texts on one event share a tenth at most.
const KNOWN: f32 = 0.25;
/// Beginnings of the sentences of a credit, which says where a text comes from in so many words at most …
const SOURCES: [&str; 9] = ["theo ", "nguồn", "tổng hợp", "source", "via ", "credit", "来源", "转自", "据"];
const SOURCE_WORDS: usize = 8;
/// … of which so few are neither names …
const SMALL_WORDS: usize = 2;
/// … nor words of the trade …
const TRADE: [&str; 14] = [
    "phóng", "viên", "tổng", "hợp", "lược", "biên", "dịch", "báo", "trang", "đài", "và", "and", "by", "from",
];
/// … or sends readers elsewhere.
const INVITATIONS: [&str; 10] = [
    "mời ",
    "theo dõi",
    "đọc thêm",
    "xem thêm",
    "read more",
    "follow ",
    "originally ",
    "本文",
    "关注",
    "更多",
];
const INVITATION_WORDS: usize = 16;
/// What tells a caption.
const CAPTIONS: [&str; 6] = ["ảnh:", "(ảnh", "video:", "photo:", "image:", "图"];

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
    let told: Vec<(&[Token], &str)> = reading.told(text).collect();
    told.iter().enumerate().all(|(at, (tokens, text))| {
        let is_line = shingles(tokens).count() < line && !(tokens.len() >= STATEMENT && ends_sentence(text));
        let is_known = || stands_in(tokens, other, share) && !says_more(tokens, text, other, leeway);
        let is_aside = || (at + 1 == told.len() && is_credit(text)) || is_caption(text, tokens);
        is_line || is_known() || is_aside()
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

fn is_caption(text: &str, tokens: &[Token]) -> bool {
    let text = text.to_lowercase();
    shingles(tokens).count() < 2 * LINE && CAPTIONS.iter().any(|mark| text.contains(mark))
}

/// "Theo SCMP, Reuters. Mời bạn đọc theo dõi trang của chúng tôi." A clause that neither names a source nor invites tells something.
fn is_credit(text: &str) -> bool {
    let text = normalise(text);
    let parts =
        text.split(['。', '!', '，']).flat_map(|part| part.split(". ")).flat_map(|part| part.split(", "));
    let mut clauses = parts
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|clause| !clause.is_empty());
    let begins = clauses.next().is_some_and(|clause| names_source(clause) || invites(clause));
    begins && clauses.all(|clause| is_all_names(clause) || names_source(clause) || invites(clause))
}

/// "Theo báo Sông Lam"
fn names_source(clause: &str) -> bool {
    let begins = SOURCES.iter().any(|beginning| clause.to_lowercase().starts_with(beginning));
    begins && small_words(clause) <= SMALL_WORDS && is_within(clause, SOURCE_WORDS)
}

fn invites(clause: &str) -> bool {
    let clause = clause.to_lowercase();
    INVITATIONS.iter().any(|words| clause.contains(words)) && is_within(&clause, INVITATION_WORDS)
}

fn is_all_names(clause: &str) -> bool {
    clause.starts_with(char::is_uppercase) && small_words(clause) == 0 && is_within(clause, SOURCE_WORDS)
}

/// Those behind the first word that are written small, but for words of the trade; a domain is a name.
fn small_words(clause: &str) -> usize {
    let words = clause.split_whitespace().skip(1);
    let is_small = |word: &&str| word.starts_with(char::is_lowercase) && !word.contains('.');
    words.filter(|word| is_small(word) && !TRADE.contains(word)).count()
}

fn is_within(clause: &str, words: usize) -> bool {
    count_up_to(clause, words + 1) <= words && !clause.chars().any(char::is_numeric)
}
