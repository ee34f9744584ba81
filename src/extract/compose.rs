//! The blocks of a body container as paragraphs and captions.

use super::blocks::{Block, Blocks, text_of};
use super::captions;
use super::dom::{Id, Page, Tag};

/// Between the cells of a row of a table.
const CELL_SEPARATOR: &str = " | ";
/// Mean weight of a cell up to which a table holds data and is no layout.
const DATA_CELL: u32 = 80;

/// A piece of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it is.
    pub(super) kind: Kind,
    /// Its text in normal form.
    pub(super) text: String,
    /// Where it begins.
    pub(super) start: Id,
    /// The element that makes it a block.
    pub(super) owner: Id,
    /// Whether nearly all of it is a link.
    pub(super) linked: bool,
}

/// What a piece of a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text, a quotation, a list item, a row of a table.
    Paragraph,
    /// A heading within the body.
    Subhead,
    /// The caption of a picture.
    Caption,
}

/// The pieces within `container` in document order.
pub(super) fn pieces(page: &Page<'_>, blocks: &Blocks, container: Id, dropped: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut row = None;
    for block in blocks.within(page, container) {
        let text = text_of(page, block, dropped);
        if text.is_empty() {
            continue;
        }
        let kind = kind_of(page, blocks, block, container);
        let this_row = (kind == Kind::Paragraph).then(|| data_row(page, blocks, block, container)).flatten();
        if this_row.is_some()
            && this_row == row
            && let Some(last) = pieces.last_mut()
        {
            last.text.push_str(CELL_SEPARATOR);
            last.text.push_str(&text);
            continue;
        }
        row = this_row;
        let linked = u64::from(block.linked) * 10 >= u64::from(block.weight) * 9;
        pieces.push(Piece { kind, text, start: block.start, owner: block.owner, linked });
    }
    pieces
}

fn kind_of(page: &Page<'_>, blocks: &Blocks, block: &Block, container: Id) -> Kind {
    if captions::is_caption(page, blocks, block, container) {
        return Kind::Caption;
    }
    let heading = |id: Id| matches!(page.tag(id), Tag::Heading(_));
    if heading(block.owner) || page.ancestors(block.owner).take(2).any(heading) {
        Kind::Subhead
    } else {
        Kind::Paragraph
    }
}

/// The row of a table of data that a block stands in.
fn data_row(page: &Page<'_>, blocks: &Blocks, block: &Block, container: Id) -> Option<Id> {
    let mut above =
        std::iter::once(block.owner).chain(page.ancestors(block.owner)).take_while(|id| *id != container);
    let row = above.find(|id| page.tag(*id) == Tag::Row)?;
    let table = above.find(|id| page.tag(*id) == Tag::Table)?;
    let total = blocks.total(page, table);
    (total.count >= 2 && total.weight <= DATA_CELL * total.count).then_some(row)
}
