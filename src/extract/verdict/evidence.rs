//! What a page is judged by.

use url::Url;

use super::super::blocks::{Block, Blocks, text_of, weigh};
use super::super::clutter::is_hidden;
use super::super::dom::{Id, Page, Tag};
use super::super::lead::comparable;
use super::TEASER;

/// Longest headline that can be a notice, in bytes.
const HEADING: usize = 200;
/// Weight of a block that can be a notice.
const LINE: u32 = 130;
/// Most blocks of a page that are read for notices.
const MOST_LINES: usize = 400;

/// What was found out before.
#[derive(Debug, Clone, Copy)]
pub(in crate::extract) struct Known<'r> {
    /// Where the page came from, after redirects.
    pub(in crate::extract) url: &'r Url,
    /// The whole page as text, scripts included.
    pub(in crate::extract) source: &'r str,
    /// The content of `<title>`.
    pub(in crate::extract) title: &'r str,
    /// The name of the site.
    pub(in crate::extract) site: Option<&'r str>,
    /// The lead.
    pub(in crate::extract) lead: &'r str,
    /// The body.
    pub(in crate::extract) paragraphs: &'r [String],
    /// Its metadata call the page an article.
    pub(in crate::extract) declared: bool,
    /// Its metadata say that it is not free to read.
    pub(in crate::extract) costs: bool,
    /// How much of the page's prose stands on cards of other articles.
    pub(in crate::extract) cards: f32,
    /// The page ends in the middle of its text.
    pub(in crate::extract) cut: bool,
}

/// What a page is judged by.
#[derive(Debug)]
pub(in crate::extract) struct Evidence<'r> {
    pub(super) known: Known<'r>,
    pub(super) page: &'r Page<'r>,
    /// Weight of lead and body.
    pub(super) weight: u32,
    /// Weight of all that is shown.
    pub(super) shown: u32,
    /// Weight of the running text among it.
    pub(super) prose: u32,
    /// The page in lower case; empty where there is too much text for a wall.
    pub(super) source: String,
    /// Title and main headings.
    pub(super) headings: Vec<String>,
    /// The short texts that are shown, the main headings left out; letters only.
    pub(super) lines: Vec<String>,
    blocks: &'r Blocks,
    hidden: Vec<bool>,
}

impl<'r> Evidence<'r> {
    /// Collects it; for a page with much text that is next to nothing.
    pub(in crate::extract) fn of(page: &'r Page<'r>, blocks: &'r Blocks, known: Known<'r>) -> Self {
        let weight = known.paragraphs.iter().map(|text| weigh(text).0).sum::<u32>() + weigh(known.lead).0;
        let mut evidence = Self {
            known,
            page,
            weight,
            shown: u32::MAX,
            prose: u32::MAX,
            source: String::new(),
            headings: Vec::new(),
            lines: Vec::new(),
            blocks,
            hidden: Vec::new(),
        };
        if weight <= TEASER {
            evidence.look();
        }
        evidence
    }

    fn look(&mut self) {
        self.hidden = hidden(self.page);
        self.source = self.known.source.to_lowercase();
        self.headings = self.find_headings();
        let shown = self.blocks.without(&self.hidden);
        (self.shown, self.prose) = (shown.total(self.page, 0).weight, shown.total(self.page, 0).prose);
        let is_line = |block: &&Block| block.weight <= LINE && self.page.tag(block.owner) != Tag::Heading(1);
        let lines = shown.within(self.page, 0).iter().filter(is_line).take(MOST_LINES);
        self.lines = lines.map(|block| comparable(&text_of(self.page, block, &self.hidden))).collect();
    }

    /// The title, and the first headings of the highest level there is.
    fn find_headings(&self) -> Vec<String> {
        let mut headings = vec![self.known.title.to_owned()];
        for level in [1, 2] {
            let of_level = self
                .page
                .elements()
                .filter(|(id, node)| node.tag == Tag::Heading(level) && !self.is_hidden(*id));
            headings.extend(of_level.take(2).map(|(id, _)| self.page.short_text(id, HEADING)));
            headings.retain(|heading| !heading.is_empty() && heading.len() <= HEADING);
            if headings.len() > 1 {
                break;
            }
        }
        headings
    }

    /// Whether a visitor does not see what stands here.
    pub(super) fn is_hidden(&self, id: Id) -> bool {
        self.hidden.get(id).copied().unwrap_or(false)
    }

    /// The weight of all text in an element.
    pub(super) fn weight_of(&self, id: Id) -> u32 {
        self.blocks.total(self.page, id).weight
    }

    /// How much of the text in an element stands in links.
    pub(super) fn linked_in(&self, id: Id) -> u32 {
        self.blocks.total(self.page, id).linked
    }

    /// Whether the page, scripts included, holds one of these (in lower case).
    pub(super) fn holds(&self, marks: &[&str]) -> bool {
        marks.iter().any(|mark| self.source.contains(mark))
    }

    /// Whether a short text that is shown holds one of these (letters only).
    pub(super) fn says(&self, phrases: &[&str]) -> bool {
        self.lines.iter().any(|line| phrases.iter().any(|phrase| line.contains(phrase)))
    }

    /// The same, or the title or the main heading does.
    pub(super) fn says_or_is_headed(&self, phrases: &[&str]) -> bool {
        let heading = |heading: &String| {
            let heading = comparable(heading);
            phrases.iter().any(|phrase| heading.contains(phrase))
        };
        self.says(phrases) || self.headings.iter().any(heading)
    }

    /// The last part of the address, in lower case, without the ending.
    pub(super) fn place(&self) -> String {
        let last = self.known.url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty()));
        let last = last.unwrap_or_default().to_ascii_lowercase();
        last.split('.').next().unwrap_or_default().to_owned()
    }
}

fn hidden(page: &Page<'_>) -> Vec<bool> {
    let mut hidden = vec![false; page.len()];
    let mut at = 1;
    while at < page.len() {
        if is_hidden(page, at) {
            let end = page.node(at).end;
            hidden.get_mut(at..end).into_iter().flatten().for_each(|place| *place = true);
            at = end;
        } else {
            at += 1;
        }
    }
    hidden
}
