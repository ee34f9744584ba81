//! A page as a sequence of blocks: runs of text that a reader sees as one paragraph, heading, cell or item.

use super::dom::{Id, Page, Tag};
use crate::text::normalise::{is_han, normalise};

/// A Han character says about as much as three letters.
const HAN_WEIGHT: u32 = 3;
/// A block of this weight is prose without further evidence.
const LONG: u32 = 70;
/// A block of this weight is prose if it is punctuated like a sentence.
const SENTENCE: u32 = 25;

/// One run of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// Its first text node.
    pub(super) start: Id,
    /// The place after its last text node.
    pub(super) end: Id,
    /// The element that makes it a block.
    pub(super) owner: Id,
    /// How much text it holds: characters, a Han character counting three.
    pub(super) weight: u32,
    /// How much of that stands in links.
    pub(super) linked: u32,
    /// Punctuation marks of sentences.
    marks: u32,
    /// Whether a `<p>` makes it a block.
    paragraph: bool,
}

impl Block {
    /// The weight of its running text; zero for a label, a link or a list of links.
    pub(super) fn prose(&self) -> u32 {
        let free = self.weight.saturating_sub(self.linked);
        let sentence = free >= LONG || (free >= SENTENCE && self.marks > 0);
        if sentence && self.linked <= free { free } else { 0 }
    }
}

/// The blocks of a page in document order, with running totals.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    list: Vec<Block>,
    totals: Vec<Total>,
}

/// Sums over a run of blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Total {
    /// All text.
    pub(super) weight: u32,
    /// Text in links.
    pub(super) linked: u32,
    /// Running text.
    pub(super) prose: u32,
    /// Running text in `<p>`.
    pub(super) paragraphs: u32,
    /// How many blocks.
    pub(super) count: u32,
}

impl Total {
    fn plus(self, block: &Block) -> Self {
        Self {
            weight: self.weight + block.weight,
            linked: self.linked + block.linked,
            prose: self.prose + block.prose(),
            paragraphs: self.paragraphs + if block.paragraph { block.prose() } else { 0 },
            count: self.count + 1,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            weight: self.weight - other.weight,
            linked: self.linked - other.linked,
            prose: self.prose - other.prose,
            paragraphs: self.paragraphs - other.paragraphs,
            count: self.count - other.count,
        }
    }
}

impl Blocks {
    /// The blocks of `page`, whatever they are worth.
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut cutter = Cutter {
            page,
            owners: vec![0; page.len()],
            links: vec![false; page.len()],
            list: Vec::new(),
            open: None,
            breaks: 0,
        };
        let mut at = 1;
        while at < page.len() {
            at = cutter.step(at);
        }
        cutter.flush();
        Self::from_list(cutter.list)
    }

    fn from_list(mut list: Vec<Block>) -> Self {
        list.retain(|block| block.weight > 0);
        let mut totals = vec![Total::default()];
        let mut sum = Total::default();
        for block in &list {
            sum = sum.plus(block);
            totals.push(sum);
        }
        Self { list, totals }
    }

    /// Those that do not stand in dropped places.
    pub(super) fn without(&self, dropped: &[bool]) -> Self {
        let kept = |block: &&Block| !dropped.get(block.start).copied().unwrap_or(false);
        Self::from_list(self.list.iter().filter(kept).copied().collect())
    }

    /// The same, but where only a part of a line stands in a dropped place (a place name, a hidden label), the rest of the
    /// line stays.
    pub(super) fn trimmed(&self, dropped: &[bool]) -> Self {
        let is_kept = |at: &Id| !dropped.get(*at).copied().unwrap_or(false);
        let trimmed = |block: &Block| {
            if is_kept(&block.start) {
                return Some(*block);
            }
            let start = (block.start..block.end).find(is_kept).filter(|_| is_kept(&(block.end - 1)))?;
            Some(Block { start, ..*block })
        };
        Self::from_list(self.list.iter().filter_map(trimmed).collect())
    }

    /// The blocks within `id`.
    pub(super) fn within(&self, page: &Page<'_>, id: Id) -> &[Block] {
        let (from, to) = self.range(page, id);
        self.list.get(from..to).unwrap_or_default()
    }

    /// The sums over the blocks within `id`.
    pub(super) fn total(&self, page: &Page<'_>, id: Id) -> Total {
        let (from, to) = self.range(page, id);
        let at = |place: usize| self.totals.get(place).copied().unwrap_or_default();
        at(to).minus(at(from))
    }

    /// The sums over the blocks that begin from one place up to another.
    pub(super) fn between(&self, from: Id, to: Id) -> Total {
        let before = |place: Id| self.list.partition_point(|block| block.start < place);
        let at = |index: usize| self.totals.get(index).copied().unwrap_or_default();
        at(before(to.max(from))).minus(at(before(from)))
    }

    fn range(&self, page: &Page<'_>, id: Id) -> (usize, usize) {
        let end = page.node(id).end;
        let from = self.list.partition_point(|block| block.start < id);
        let to = self.list.partition_point(|block| block.start < end);
        (from, to)
    }
}

struct Cutter<'p, 'a> {
    page: &'p Page<'a>,
    /// For each element the element that makes its text a block: itself unless it runs within a line.
    owners: Vec<Id>,
    /// Whether an element stands in a link.
    links: Vec<bool>,
    list: Vec<Block>,
    open: Option<Block>,
    breaks: u8,
}

impl Cutter<'_, '_> {
    /// Takes the node at `at`; returns the next one to take.
    fn step(&mut self, at: Id) -> Id {
        let node = self.page.node(at);
        match node.tag {
            Tag::Text => self.text(at),
            Tag::Skipped | Tag::Head | Tag::Metadata => return node.end,
            Tag::Break => {
                self.breaks += 1;
                if self.breaks == 2 {
                    self.flush();
                }
            }
            Tag::Inline | Tag::Link | Tag::Time | Tag::Image => self.enter(at, self.owner(node.parent)),
            _ => {
                self.flush();
                self.enter(at, at);
            }
        }
        at + 1
    }

    /// Notes whose block the text of an element belongs to, and whether it stands in a link.
    fn enter(&mut self, at: Id, owner: Id) {
        let linked = self.page.tag(at) == Tag::Link || self.in_link(self.page.node(at).parent);
        if let Some(place) = self.owners.get_mut(at) {
            *place = owner;
        }
        if let Some(place) = self.links.get_mut(at) {
            *place = linked;
        }
    }

    fn owner(&self, id: Id) -> Id {
        self.owners.get(id).copied().unwrap_or(0)
    }

    fn in_link(&self, id: Id) -> bool {
        self.links.get(id).copied().unwrap_or(false)
    }

    fn text(&mut self, at: Id) {
        let node = self.page.node(at);
        let (weight, marks) = weigh(node.text);
        if weight == 0 {
            return;
        }
        self.breaks = 0;
        let owner = self.owner(node.parent);
        if self.open.is_some_and(|open| open.owner != owner) {
            self.flush();
        }
        let linked = if self.in_link(node.parent) { weight } else { 0 };
        let paragraph = self.page.tag(owner) == Tag::Paragraph;
        let open = self.open.get_or_insert(Block {
            start: at,
            end: at + 1,
            owner,
            weight: 0,
            linked: 0,
            marks: 0,
            paragraph,
        });
        open.end = at + 1;
        open.weight += weight;
        open.linked += linked;
        open.marks += marks;
    }

    fn flush(&mut self) {
        self.breaks = 0;
        self.list.extend(self.open.take());
    }
}

/// The weight of a text without white space, and its punctuation marks.
pub(super) fn weigh(text: &str) -> (u32, u32) {
    let mut weight = 0;
    let mut marks = 0;
    for c in text.chars() {
        if c.is_whitespace() {
            continue;
        }
        weight += if is_han(c) { HAN_WEIGHT } else { 1 };
        marks +=
            u32::from(matches!(c, '.' | ',' | ';' | '!' | '?' | '。' | '，' | '、' | '；' | '！' | '？'));
    }
    (weight, marks)
}

/// The text of a block, dropped places within it left out.
pub(super) fn text_of(page: &Page<'_>, block: &Block, dropped: &[bool]) -> String {
    let mut text = String::new();
    let mut at = block.start;
    while at < block.end {
        let node = page.node(at);
        if node.tag == Tag::Skipped || dropped.get(at).copied().unwrap_or(false) {
            at = node.end;
            continue;
        }
        match node.tag {
            Tag::Text => text.push_str(node.text),
            Tag::Break => text.push(' '),
            _ => {}
        }
        at += 1;
    }
    normalise(&text)
}
