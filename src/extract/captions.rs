//! Captions of pictures, which stand apart from the body: they name people and agencies that the article may not.

use std::collections::HashMap;

use super::blocks::{Block, Blocks};
use super::dom::{Id, Page, Tag};
use super::hints::Hints;

/// Longest caption; what is named after captions and holds more wraps the body.
const LONGEST: u32 = 600;

/// What is known of the elements within a body container; each is judged once, however many blocks it holds.
#[derive(Debug)]
pub(super) struct Captions<'p, 'a> {
    page: &'p Page<'a>,
    blocks: &'p Blocks,
    container: Id,
    known: HashMap<Id, bool>,
}

impl<'p, 'a> Captions<'p, 'a> {
    /// Nothing is known yet.
    pub(super) fn within(page: &'p Page<'a>, blocks: &'p Blocks, container: Id) -> Self {
        Self { page, blocks, container, known: HashMap::new() }
    }

    /// Whether a block is a caption: whether an element around it is one, none of them too long.
    pub(super) fn holds(&mut self, block: &Block) -> bool {
        let mut unknown = Vec::new();
        let mut at = self.page.node(block.start).parent;
        let verdict = loop {
            if at == self.container || at == 0 {
                break false;
            }
            if let Some(known) = self.known.get(&at) {
                break *known;
            }
            unknown.push(at);
            if let Some(verdict) = self.judge(at) {
                break verdict;
            }
            at = self.page.node(at).parent;
        };
        self.known.extend(unknown.into_iter().map(|id| (id, verdict)));
        verdict
    }

    /// Whether an element is a caption; nothing where that is for the elements around it to say.
    fn judge(&self, id: Id) -> Option<bool> {
        if self.blocks.total(self.page, id).weight > LONGEST {
            return Some(false);
        }
        let is_caption = match self.page.tag(id) {
            Tag::Figure if !holds_quote_or_table(self.page, id) => true,
            Tag::Caption => true,
            Tag::Table if is_picture_table(self.page, id) => true,
            _ => self.page.node(id).hints.any(Hints::CAPTION),
        };
        is_caption.then_some(true)
    }
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
    // The cells open here in which no text was found yet.
    let mut cells: Vec<Id> = Vec::new();
    for id in page.within(table) {
        while cells.last().is_some_and(|cell| page.node(*cell).end <= id) {
            cells.pop();
        }
        match page.tag(id) {
            Tag::Image => pictures += 1,
            Tag::Row => rows += 1,
            Tag::Cell => cells.push(id),
            Tag::Text if !page.node(id).text.trim().is_empty() => {
                texts += cells.len();
                cells.clear();
            }
            _ => {}
        }
    }
    pictures > 0 && texts <= rows.max(2) / 2
}
