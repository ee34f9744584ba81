//! All that a visitor sees of a page, or of the parts that a selector names: a block element a line.

use scraper::Html;
use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::clutter::is_unseen;
use super::dom::{Id, Page, Tag};
use super::ruled::{Places, outermost};
use super::rules::{Part, Rules};
use super::view::{Targets, View, WhiteSpace};
use crate::text::normalise::normalise;

/// Between the cells of a row of a table.
const CELL_SEPARATOR: &str = " | ";
/// Most text that is kept of a page, in bytes.
const MOST_TEXT: usize = 4 << 20;
/// Most lines that are kept of a page.
const MOST_LINES: usize = 100_000;
/// Controls whose words are seen; the rest of what is no prose is not.
const SEEN: [&str; 3] = ["button", "math", "meter"];

/// The parts of a page that are looked at.
#[derive(Debug)]
pub(super) struct Region {
    /// The elements, none within another.
    pub(super) roots: Vec<Id>,
    /// For each place whether it is taken out.
    gone: Vec<bool>,
    /// The selectors matched nothing.
    pub(super) missing: bool,
}

impl Region {
    /// What `select` names of a page, or all of it, without what `remove` names.
    pub(super) fn of(document: &Html, page: &Page<'_>, rules: &Rules) -> Self {
        let mut region = Self { roots: vec![0], gone: vec![false; page.len()], missing: false };
        if rules.is_empty() {
            return region;
        }
        let places = Places::of(document, page);
        let of_part = |part: Part| {
            let rules = rules.iter().filter(move |rule| rule.part == part);
            rules.map(|rule| places.matched(page, rule)).collect::<Vec<_>>()
        };
        // What is taken out is found on the whole document, before a part of it is selected.
        for id in of_part(Part::Remove).concat() {
            let places = region.gone.get_mut(id..page.node(id).end);
            places.into_iter().flatten().for_each(|place| *place = true);
        }
        let selected = of_part(Part::Select);
        if !selected.is_empty() {
            region.roots = outermost(page, selected.concat());
            region.missing = region.roots.is_empty();
        }
        region
    }

    /// Whether nobody sees what stands here.
    pub(super) fn leaves_out(&self, page: &Page<'_>, id: Id) -> bool {
        self.gone.get(id).copied().unwrap_or(false)
            || match page.tag(id) {
                Tag::Text => false,
                Tag::Head | Tag::Metadata => true,
                Tag::Skipped => !SEEN.contains(&page.node(id).name()),
                _ => is_unseen(page, id),
            }
    }
}

/// The lines of a region.
pub(super) fn lines(page: &Page<'_>, region: &Region, view: &View, base: &Url) -> Vec<String> {
    let mut writer =
        Writer { page, view, base, lines: Vec::new(), line: Line::default(), open: Vec::new(), bytes: 0 };
    for root in &region.roots {
        let mut at = *root;
        while at < page.node(*root).end && writer.has_room() {
            writer.close_up_to(at);
            at = if region.leaves_out(page, at) { page.node(at).end } else { writer.take(at) };
        }
        writer.close_up_to(usize::MAX);
        writer.flush();
    }
    writer.lines
}

/// What happens where an element ends.
#[derive(Debug)]
enum Closing {
    /// The line does.
    Line,
    /// Its target is written.
    Link(Url),
    /// White space is collapsed again.
    Preformatted,
}

/// The line that is being written.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// A cell began, and text before it stands in the line.
    new_cell: bool,
}

struct Writer<'w, 'a> {
    page: &'w Page<'a>,
    view: &'w View,
    base: &'w Url,
    lines: Vec<String>,
    line: Line,
    /// The elements that are open, and what happens at their ends.
    open: Vec<(Id, Closing)>,
    bytes: usize,
}

impl Writer<'_, '_> {
    fn has_room(&self) -> bool {
        self.lines.len() < MOST_LINES && self.bytes < MOST_TEXT
    }

    /// Takes a node; returns the next one.
    fn take(&mut self, at: Id) -> Id {
        let node = self.page.node(at);
        match node.tag {
            Tag::Text => self.text(node.text),
            Tag::Break => self.flush(),
            Tag::Link => self.link(at),
            Tag::Cell => self.line.new_cell = !self.line.text.trim().is_empty(),
            Tag::Inline | Tag::Time | Tag::Image | Tag::Skipped => {}
            tag => {
                self.flush();
                if tag == Tag::Preformatted {
                    self.open.push((node.end, Closing::Preformatted));
                }
                self.open.push((node.end, Closing::Line));
            }
        }
        at + 1
    }

    fn link(&mut self, at: Id) {
        let target = || self.base.join(self.page.attribute(at, "href")?.trim()).ok();
        if self.view.targets == Targets::Watched
            && let Some(target) = target()
        {
            self.open.push((self.page.node(at).end, Closing::Link(target)));
        }
    }

    fn close_up_to(&mut self, at: Id) {
        while let Some((_, closing)) = self.open.pop_if(|(end, _)| *end <= at) {
            match closing {
                Closing::Line => self.flush(),
                Closing::Link(target) => self.text(&format!(" [{target}]")),
                // Its last line has ended before.
                Closing::Preformatted => {}
            }
        }
    }

    fn is_preformatted(&self) -> bool {
        // Nothing but links and lines within it can be open above it.
        self.open.iter().rev().any(|(_, closing)| matches!(closing, Closing::Preformatted))
    }

    fn text(&mut self, text: &str) {
        if self.line.new_cell && !text.trim().is_empty() {
            self.line.text.push_str(CELL_SEPARATOR);
            self.line.new_cell = false;
        }
        if !text.contains('\n') || !self.is_preformatted() {
            self.line.text.push_str(text);
            return;
        }
        for (number, part) in text.split('\n').enumerate() {
            if number > 0 {
                self.flush_as_written();
            }
            self.line.text.push_str(part);
        }
    }

    fn flush(&mut self) {
        if self.view.white_space == WhiteSpace::Kept && self.is_preformatted() {
            return self.flush_as_written();
        }
        let line = std::mem::take(&mut self.line).text;
        self.push(match self.view.white_space {
            WhiteSpace::Collapsed => normalise(&line),
            // Breaks within a line are those of the file, not of the page.
            WhiteSpace::Kept => line.trim().replace(['\n', '\r', '\t'], " ").nfc().collect(),
        });
    }

    /// Ends a line of preformatted text.
    fn flush_as_written(&mut self) {
        let line = std::mem::take(&mut self.line).text;
        self.push(match self.view.white_space {
            WhiteSpace::Collapsed => normalise(&line),
            WhiteSpace::Kept => line.trim_end_matches(['\n', '\r']).nfc().collect(),
        });
    }

    fn push(&mut self, line: String) {
        if !line.trim().is_empty() {
            self.bytes += line.len();
            self.lines.push(line);
        }
    }
}
