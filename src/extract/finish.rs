//! The last cut: lines within a body container that are no part of the article's text.

use super::attribution;
use super::authors;
use super::compose::{Kind, Piece};
use super::dom::{Id, Page};
use super::explain::{Reason, Trace};
use super::lead::comparable;
use super::{endings, repeats};
use crate::model::Attribution;

/// How many of the last lines may name the source or the author.
const TAIL: usize = 3;

/// Most paragraphs of an article.
const MOST_PARAGRAPHS: usize = 20_000;
/// Most text of an article in bytes; the longest novels in one page have three times as much.
const MOST_TEXT: usize = 1_000_000;
/// Most captions of an article.
const MOST_CAPTIONS: usize = 500;
/// Shorter lines (in bytes) without the end of a sentence are labels where they stand before the text.
const LABEL: usize = 60;
/// Most labels before the text; more of them are a list.
const MOST_LABELS: usize = 4;
/// Longest signature in bytes.
const SIGNATURE: usize = 80;
/// How sentences end.
pub(super) const SENTENCE_ENDS: [char; 18] =
    ['.', '!', '?', '…', ':', '"', '”', '’', '»', '。', '！', '？', '」', '।', '۔', '؟', '።', '။'];

/// The text of an article, cut.
#[derive(Debug, Default)]
pub(super) struct Finished {
    /// Body paragraphs and subheads.
    pub(super) paragraphs: Vec<String>,
    /// Captions of pictures.
    pub(super) captions: Vec<String>,
    /// The source that the last lines name.
    pub(super) attribution: Option<Attribution>,
    /// The authors that sign under the text.
    pub(super) authors: Vec<String>,
    /// There was more text than is kept.
    pub(super) cut: bool,
    /// Which lines were left out, and why.
    pub(super) trace: Trace,
}

/// Takes the headline, lines that point elsewhere, subheads without text and the line of the source out of `pieces`.
pub(super) fn finish(page: &Page<'_>, pieces: Vec<Piece>, title: &str) -> Finished {
    let (captions, mut body): (Vec<Piece>, Vec<Piece>) =
        pieces.into_iter().partition(|piece| piece.kind == Kind::Caption);
    let mut trace = Trace::default();
    trace.watch(Reason::Header, &mut body, |body| drop_header(body, title));
    trace.watch(Reason::Pointer, &mut body, |body| body.retain(|piece| !points_elsewhere(piece)));
    trace.watch(Reason::Tail, &mut body, drop_trailing_links);
    trace.watch(Reason::Repeated, &mut body, |body| repeats::drop_repeated(page, body));
    trace.watch(Reason::Tail, &mut body, endings::cut_at_heading);
    let attribution = trace.watch(Reason::Tail, &mut body, |body| take_source(page, body));
    let signed = trace.watch(Reason::Tail, &mut body, |body| take_signature(page, body));
    trace.watch(Reason::Tail, &mut body, |body| endings::drop_labels(page, body));
    trace.watch(Reason::Tail, &mut body, drop_empty_subheads);
    let (authors, signed_source) = signed.unwrap_or_default();
    let attribution = attribution.or(signed_source);
    collected(body, captions, Finished { attribution, authors, trace, ..Finished::default() })
}

/// The text of elements that a rule chose: its headline, captions, source and signature have fields of their own, and
/// everything else stays.
pub(super) fn as_chosen(page: &Page<'_>, pieces: Vec<Piece>, title: &str) -> Finished {
    let (captions, mut body): (Vec<Piece>, Vec<Piece>) =
        pieces.into_iter().partition(|piece| piece.kind == Kind::Caption);
    let mut trace = Trace::default();
    let title = comparable(title);
    trace.watch(Reason::Header, &mut body, |body| {
        if body.first().is_some_and(|piece| comparable(&piece.text) == title) {
            body.remove(0);
        }
    });
    let attribution = trace.watch(Reason::Tail, &mut body, |body| take_source(page, body));
    let signed = trace.watch(Reason::Tail, &mut body, |body| take_signature(page, body));
    let (authors, signed_source) = signed.unwrap_or_default();
    let attribution = attribution.or(signed_source);
    collected(body, captions, Finished { attribution, authors, trace, ..Finished::default() })
}

/// The pieces as texts, within what is kept of an article.
fn collected(body: Vec<Piece>, captions: Vec<Piece>, mut finished: Finished) -> Finished {
    for piece in &captions {
        finished.trace.note(piece.start, Reason::Caption);
    }
    (finished.paragraphs, finished.cut) = bounded(body.into_iter().map(|piece| piece.text));
    for caption in captions.into_iter().take(MOST_CAPTIONS) {
        if !finished.captions.contains(&caption.text) {
            finished.captions.push(caption.text);
        }
    }
    finished
}

/// The paragraphs up to the most that is kept of a text, and whether there were more.
fn bounded(paragraphs: impl Iterator<Item = String>) -> (Vec<String>, bool) {
    let mut kept = Vec::new();
    let mut left = MOST_TEXT;
    for mut paragraph in paragraphs {
        if left == 0 || kept.len() == MOST_PARAGRAPHS {
            return (kept, true);
        }
        if paragraph.len() > left {
            paragraph.truncate(paragraph.floor_char_boundary(left));
            kept.push(paragraph);
            return (kept, true);
        }
        left -= paragraph.len();
        kept.push(paragraph);
    }
    (kept, false)
}

/// The headline and what stands before it; then labels (dates, sections, minutes to read) before the first sentence.
fn drop_header(body: &mut Vec<Piece>, title: &str) {
    let title = comparable(title);
    let is_label = |piece: &Piece| {
        piece.kind == Kind::Paragraph && piece.text.len() < LABEL && !piece.text.ends_with(SENTENCE_ENDS)
    };
    let first = body.iter().position(|piece| piece.kind == Kind::Paragraph && !is_label(piece)).unwrap_or(0);
    let headline = body.iter().take(first + 1).position(|piece| comparable(&piece.text) == title);
    if let Some(headline) = headline {
        body.drain(..=headline);
    }
    let first = body.iter().position(|piece| !is_label(piece)).unwrap_or(0);
    if first <= MOST_LABELS {
        body.drain(..first);
    }
}

/// "Xem thêm: …" with nothing but a link.
fn points_elsewhere(piece: &Piece) -> bool {
    const POINTERS: [&str; 14] = [
        "xem thêm",
        "đọc thêm",
        ">>",
        "mời xem",
        "mời bạn đọc",
        "tin liên quan",
        "bài liên quan",
        "read more",
        "read also",
        "see also",
        "related:",
        "also read",
        "more:",
        "►",
    ];
    if piece.text.len() >= 300 {
        return false;
    }
    let lower = piece.text.to_lowercase();
    POINTERS.iter().any(|pointer| lower.starts_with(pointer)) && (piece.linked || lower.ends_with(':'))
}

/// Links to other articles after the text.
fn drop_trailing_links(body: &mut Vec<Piece>) {
    while body.last().is_some_and(|piece| piece.linked && piece.kind == Kind::Paragraph) {
        body.pop();
    }
}

/// A name alone under the text, set bold or to the right; a source may follow it in brackets: "Hà Anh (Theo Reuters)".
fn take_signature(page: &Page<'_>, body: &mut Vec<Piece>) -> Option<(Vec<String>, Option<Attribution>)> {
    let last = body.last().filter(|piece| piece.kind == Kind::Paragraph && piece.text.len() <= SIGNATURE)?;
    let (name, bracket) = last.text.split_once('(').unwrap_or((&last.text, ""));
    let authors = authors::signature(name);
    if authors.is_empty() || attribution::tells(bracket) || !is_set_apart(page, last) {
        return None;
    }
    let source = attribution::named(bracket);
    let source = source.map(|name| Attribution { name, url: attribution::link_in(page, last.owner) });
    body.pop();
    Some((authors, source))
}

/// Aligned to the right, or bold from its first letter.
fn is_set_apart(page: &Page<'_>, piece: &Piece) -> bool {
    let right = |id: Id| {
        page.attribute(id, "align").is_some_and(|value| value.eq_ignore_ascii_case("right"))
            || page
                .attribute(id, "style")
                .is_some_and(|style| style.replace(' ', "").contains("text-align:right"))
    };
    let wrappers = page.ancestors(piece.start).take_while(|id| *id >= piece.owner);
    right(piece.owner)
        || wrappers
            .into_iter()
            .any(|id| matches!(page.node(id).name(), "strong" | "b" | "em" | "i") || right(id))
}

fn take_source(page: &Page<'_>, body: &mut Vec<Piece>) -> Option<Attribution> {
    let from = body.len().saturating_sub(TAIL);
    let at = (from..body.len())
        .rev()
        .find(|at| body.get(*at).is_some_and(|piece| attribution::named(&piece.text).is_some()))?;
    let piece = body.remove(at);
    attribution::named(&piece.text)
        .map(|name| Attribution { name, url: attribution::link_in(page, piece.owner) })
}

/// A subhead heads something: what stands before a higher one or at the end headed a part that was dropped.
fn drop_empty_subheads(body: &mut Vec<Piece>) {
    while body.last().is_some_and(|piece| piece.kind == Kind::Subhead) {
        body.pop();
    }
}
