//! Which pieces of a body may be boilerplate by where they stand: those after its text, and those in boxes beside it. The
//! others stay, however often they repeat.

use std::collections::{HashMap, HashSet};

use super::compose::{Kind, Piece};
use super::dom::{Id, Page, Tag};
use super::explain::{Reason, Trace};
use super::lead::comparable;
use super::learnt::{Learnt, Seen, key};
use super::{attribution, authors};

/// How many pieces at the end of a body are looked at.
const TAIL: usize = 12;
/// How many lines of the article's own (its source, its author) may stand between them.
const OWN_LINES: usize = 3;
/// A line without a link must hold as many letters to be no label, name or standing phrase: in a box, and after the text.
const LEAST_IN_BOX: usize = 16;
const LEAST_IN_TAIL: usize = 50;
/// A first paragraph has at least this many letters.
const OPENING: usize = 30;
/// The most of a body that one block may hold and still be boilerplate, in hundredths.
const MOST_OF_BLOCK: usize = 30;
/// The most of a body that may be taken out, in hundredths.
const MOST_OF_BODY: usize = 40;
/// How far an element is searched for a link.
const REACH: usize = 200;

/// How lines begin that say something of the article itself, whatever other article says it too.
const NOTES: [&str; 14] = [
    "đínhchính",
    "cậpnhật",
    "tòasoạn",
    "lờitòasoạn",
    "bàiviếtđãđược",
    "correction",
    "clarification",
    "editorsnote",
    "thisarticlewas",
    "thisstorywas",
    "thisstoryhas",
    "updated",
    "更正",
    "编者按",
];

/// What may be boilerplate on a page.
pub(super) struct Suspects {
    /// From the end to the beginning.
    list: Vec<Suspect>,
    opening: u64,
    title: u64,
}

/// A piece that may be boilerplate.
struct Suspect {
    /// Its place in the list of pieces.
    index: usize,
    key: u64,
    place: Place,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Box,
    Tail,
}

/// So many of the last pieces are looked at: an article has fewer.
const MOST_PIECES: usize = 300;

impl Suspects {
    /// Looks at the pieces of the body within `container`.
    pub(super) fn of(page: &Page<'_>, container: Id, pieces: &[Piece], title: &str) -> Self {
        let title = comparable(title);
        let eye = Eye { page, container, flow: flow(page, pieces), title: &title };
        let opening = pieces.iter().position(|piece| eye.is_flow(piece) && letters(piece) >= OPENING);
        let Some(opening) = opening else { return Self { list: Vec::new(), opening: 0, title: 0 } };
        let mut list = Vec::new();
        let (mut own, mut tail) = (0, 0);
        for (index, piece) in pieces.iter().enumerate().skip(opening + 1).rev().take(MOST_PIECES) {
            let suspect = |place: Place, name: &str| Suspect {
                index,
                key: key(&[name, &comparable(&piece.text)]),
                place,
            };
            match eye.role(piece, own <= OWN_LINES && tail < TAIL) {
                Role::Box => list.push(suspect(Place::Box, "box")),
                Role::Tail => {
                    tail += 1;
                    list.push(suspect(Place::Tail, "tail"));
                }
                Role::Own => own += 1,
                Role::Other => {}
            }
        }
        // The first paragraph alone may be a standing one.
        let begins = pieces.iter().skip(opening).filter(|piece| eye.is_flow(piece)).take(2);
        let begins: Vec<String> = begins.map(|piece| comparable(&piece.text)).collect();
        let begins: Vec<&str> = begins.iter().map(String::as_str).collect();
        Self { list, opening: key(&begins), title: key(&[&title]) }
    }

    /// What is learnt from them.
    pub(super) fn seen(&self) -> Seen {
        let blocks = self.list.iter().map(|suspect| suspect.key).collect();
        Seen { title: self.title, opening: self.opening, blocks }
    }

    /// Takes those out of the pieces that repeat on the host, unless that is too much of the text. Of those after the text
    /// nothing goes before which something else stands.
    pub(super) fn remove(&self, learnt: &Learnt, pieces: &mut Vec<Piece>, trace: &mut Trace) {
        let size = |index: usize| pieces.get(index).map_or(0, letters);
        let total: usize = (0..pieces.len()).map(size).sum();
        let mut gone = HashSet::new();
        let (mut taken, mut text_began) = (0, false);
        for suspect in &self.list {
            let size = size(suspect.index);
            let small = size * 100 <= MOST_OF_BLOCK * total && (taken + size) * 100 <= MOST_OF_BODY * total;
            let after_text = suspect.place == Place::Box || !text_began;
            if small && after_text && learnt.repeats(suspect.key) {
                taken += size;
                gone.insert(suspect.index);
            } else {
                text_began |= suspect.place == Place::Tail;
            }
        }
        if gone.is_empty() {
            return;
        }
        let mut index = 0;
        trace.watch(Reason::Learnt, pieces, |pieces| {
            pieces.retain(|_| {
                index += 1;
                !gone.contains(&(index - 1))
            });
        });
    }
}

/// What a piece may be by where it stands.
enum Role {
    Box,
    Tail,
    /// A line of the article's own after its text.
    Own,
    Other,
}

struct Eye<'p, 'a> {
    page: &'p Page<'a>,
    container: Id,
    /// The element whose children most of the text are.
    flow: Id,
    title: &'p str,
}

impl Eye<'_, '_> {
    fn role(&self, piece: &Piece, in_tail: bool) -> Role {
        if piece.kind == Kind::Caption || comparable(&piece.text) == self.title {
            return Role::Other;
        }
        let own = is_own_line(piece);
        if let Some(boxed) = self.boxed(piece) {
            let telling = !own && (letters(piece) >= LEAST_IN_BOX || piece.linked);
            return if boxed && telling { Role::Box } else { Role::Other };
        }
        if piece.kind == Kind::Subhead || piece.linked || !in_tail {
            return Role::Other;
        }
        if own || (letters(piece) < LEAST_IN_TAIL && !self.holds_link(piece)) {
            Role::Own
        } else {
            Role::Tail
        }
    }

    fn is_flow(&self, piece: &Piece) -> bool {
        piece.kind == Kind::Paragraph && self.page.node(piece.owner).parent == self.flow
    }

    /// Whether a piece stands in an element beside the text, and may be told by that; nothing where it stands in the text.
    /// Tables and quotations are the article's own.
    fn boxed(&self, piece: &Piece) -> Option<bool> {
        let mut inside = 0;
        for id in std::iter::once(piece.owner).chain(self.page.ancestors(piece.owner)) {
            if id == self.container || self.page.contains(id, self.flow) {
                break;
            }
            if matches!(self.page.tag(id), Tag::Row | Tag::Cell | Tag::Table | Tag::Quote | Tag::Preformatted)
            {
                return Some(false);
            }
            inside += 1;
        }
        (inside > 1).then_some(true)
    }

    fn holds_link(&self, piece: &Piece) -> bool {
        let end = self.page.node(piece.owner).end.min(piece.start + REACH);
        (piece.owner.max(piece.start.saturating_sub(REACH))..end).any(|id| self.page.tag(id) == Tag::Link)
    }
}

/// The element whose children hold the most text.
fn flow(page: &Page<'_>, pieces: &[Piece]) -> Id {
    let mut sums: HashMap<Id, usize> = HashMap::new();
    for piece in pieces.iter().filter(|piece| piece.kind == Kind::Paragraph) {
        *sums.entry(page.node(piece.owner).parent).or_default() += letters(piece);
    }
    sums.into_iter().max_by_key(|(id, sum)| (*sum, *id)).map_or(0, |(id, _)| id)
}

/// Names its source or its author, or notes what was changed in it.
fn is_own_line(piece: &Piece) -> bool {
    let start = comparable(&piece.text.chars().take(40).collect::<String>());
    NOTES.iter().any(|note| start.starts_with(note))
        || attribution::named(&piece.text).is_some()
        || (!piece.linked && !authors::signature(&piece.text).is_empty())
}

fn letters(piece: &Piece) -> usize {
    piece.text.chars().filter(|c| !c.is_whitespace()).count()
}
