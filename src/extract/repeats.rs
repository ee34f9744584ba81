//! What a body says more than once: texts that a page holds in variants for screens of several widths, and the buttons
//! under each item of a list.

use std::collections::{HashMap, HashSet};

use super::compose::{Kind, Piece};
use super::dom::{Page, Tag};

/// Least length in bytes of a text that nobody writes twice.
const TEXT: usize = 60;
/// Longest line of a button, in bytes.
const BUTTON: usize = 60;
/// How often a linked line stands in a page that is a button.
const TIMES: usize = 3;
/// Longest paragraph in bytes that is a link and nothing else and leads away from the text.
const LINK: usize = 40;

/// Takes out the second and later of equal texts, lines that are links again and again, and short links alone.
pub(super) fn drop_repeated(page: &Page<'_>, body: &mut Vec<Piece>) {
    let mut seen = HashSet::new();
    body.retain(|piece| piece.text.len() < TEXT || seen.insert(piece.text.clone()));
    let mut times: HashMap<String, usize> = HashMap::new();
    for piece in body.iter().filter(|piece| is_button(piece)) {
        *times.entry(piece.text.clone()).or_default() += 1;
    }
    body.retain(|piece| {
        let again = is_button(piece) && times.get(&piece.text).is_some_and(|times| *times >= TIMES);
        !again && !is_link_alone(page, piece)
    });
}

fn is_button(piece: &Piece) -> bool {
    piece.linked && piece.kind == Kind::Paragraph && piece.text.len() <= BUTTON
}

fn is_link_alone(page: &Page<'_>, piece: &Piece) -> bool {
    piece.linked
        && piece.kind == Kind::Paragraph
        && piece.text.len() <= LINK
        && !matches!(page.tag(piece.owner), Tag::Item | Tag::Cell)
}
