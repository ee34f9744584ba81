//! The blocks of a body container as paragraphs and captions.

use super::blocks::{Block, Blocks, text_of};
use super::captions::Captions;
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
    let mut captions = Captions::within(page, blocks, container);
    let rows = rows(page, container);
    for block in blocks.within(page, container) {
        let text = text_of(page, block, dropped);
        if text.is_empty() {
            continue;
        }
        let kind = if captions.holds(block) { Kind::Caption } else { kind_of(page, block) };
        let this_row = block.owner.checked_sub(container).and_then(|at| rows.get(at)).copied().flatten();
        let this_row =
            this_row.filter(|row| kind == Kind::Paragraph && is_of_data(page, blocks, *row, container));
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

fn kind_of(page: &Page<'_>, block: &Block) -> Kind {
    let heading = |id: Id| matches!(page.tag(id), Tag::Heading(_));
    if heading(block.owner) || page.ancestors(block.owner).take(2).any(heading) {
        Kind::Subhead
    } else {
        Kind::Paragraph
    }
}

/// For each place from `container` on the row of a table that it stands in, found in one pass.
fn rows(page: &Page<'_>, container: Id) -> Vec<Option<Id>> {
    let mut rows: Vec<Option<Id>> = vec![None];
    for id in page.within(container) {
        let row = if page.tag(id) == Tag::Row {
            Some(id)
        } else {
            rows.get(page.node(id).parent.saturating_sub(container)).copied().flatten()
        };
        rows.push(row);
    }
    rows
}

/// Whether a row is that of a table of data.
fn is_of_data(page: &Page<'_>, blocks: &Blocks, row: Id, container: Id) -> bool {
    let mut above = page.ancestors(row).take_while(|id| *id != container);
    let Some(table) = above.find(|id| page.tag(*id) == Tag::Table) else { return false };
    let total = blocks.total(page, table);
    total.count >= 2 && total.weight <= DATA_CELL * total.count
}
