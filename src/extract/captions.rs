//! Captions of pictures, which stand apart from the body: they name people and agencies that the article may not.

use super::blocks::{Block, Blocks};
use super::dom::{Id, Page, Tag};
use super::hints::Hints;

/// Longest caption; what is named after captions and holds more wraps the body.
const LONGEST: u32 = 600;

/// Whether a block within `container` is a caption.
pub(super) fn is_caption(page: &Page<'_>, blocks: &Blocks, block: &Block, container: Id) -> bool {
    let first = page.node(block.start).parent;
    let wrappers = std::iter::once(first).chain(page.ancestors(first)).take_while(|id| *id != container);
    for id in wrappers {
        if blocks.total(page, id).weight > LONGEST {
            return false;
        }
        match page.tag(id) {
            Tag::Figure if !holds_quote_or_table(page, id) => return true,
            Tag::Caption => return true,
            Tag::Table if is_picture_table(page, id) => return true,
            _ if page.node(id).hints.any(Hints::CAPTION) => return true,
            _ => {}
        }
    }
    false
}

/// `<figure>` also wraps quotations, tables and code.
fn holds_quote_or_table(page: &Page<'_>, figure: Id) -> bool {
    page.within(figure)
        .any(|id| matches!(page.tag(id), Tag::Quote | Tag::Table | Tag::Preformatted | Tag::Paragraph))
        && !page.within(figure).any(|id| page.tag(id) == Tag::Image)
}

/// Sites of ten years ago lay a picture and its caption out as a table of one column.
fn is_picture_table(page: &Page<'_>, table: Id) -> bool {
    let mut pictures = 0;
    let mut rows = 0;
    let mut texts = 0;
    for id in page.within(table) {
        match page.tag(id) {
            Tag::Image => pictures += 1,
            Tag::Row => rows += 1,
            Tag::Cell => {
                texts += usize::from(page.within(id).any(|at| !page.node(at).text.trim().is_empty()));
            }
            _ => {}
        }
    }
    pictures > 0 && texts <= rows.max(2) / 2
}
