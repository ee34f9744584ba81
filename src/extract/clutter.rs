//! Which parts of a page are no part of any article: menus, boxes of links, forms, comments, advertising.
//!
//! Structure decides first. A name (`class="related"`) only drops what holds little of the page's prose, because
//! sites give such names to wrappers of the whole article too.

use super::blocks::{Blocks, Total};
use super::dom::{Id, Page, Tag};
use super::explain::{Reason, Trace};
use super::headed;
use super::hints::Hints;
use super::lead::comparable;

/// The most of a page's prose that a part with a name or tag of clutter may hold and still be dropped.
const CLUTTER_SHARE: f32 = 0.3;
/// The same for the foot of a page, menus, related articles and comments, which short articles have more of than text.
const SURE_SHARE: f32 = 0.5;
/// A part that is named after navigation but holds this much of the prose, and few links, is a section of the text.
const SECTION_SHARE: f32 = 0.1;
/// The same for an author box.
const AUTHOR_SHARE: f32 = 0.25;
/// Longest line about the article: date, section, source.
const META_WEIGHT: u32 = 160;
/// The least of a page's prose that stands between the headline and another article.
const ARTICLE_SHARE: f32 = 0.1;
/// Less text before an article than this share of its own is its teaser.
const TEASER_SHARE: f32 = 0.3;
/// Most text on the card of another article.
const CARD_WEIGHT: u32 = 400;
/// Most blocks on it: section, headline, sentence, date.
const CARD_BLOCKS: u32 = 4;
/// The most of a page's prose that cards may hold and be clutter.
const CARDS_SHARE: f32 = 0.35;
/// From this share of linked text on a list is a list of links.
const LINK_DENSE: f32 = 0.65;

/// Longest headline in bytes.
const HEADLINE: usize = 500;

/// For each place of a page whether it is no part of the article's text.
#[derive(Debug)]
pub(super) struct Clutter {
    /// Everything that is dropped, lines about the article itself included.
    pub(super) places: Vec<bool>,
    /// What is about other things: menus, other articles, comments.
    pub(super) elsewhere: Vec<bool>,
    /// How much of the page's prose stands on cards of other articles.
    pub(super) cards: f32,
    /// Why each part was dropped.
    pub(super) trace: Trace,
}

impl Clutter {
    /// Drops an element for a reason, wherever it stands.
    pub(super) fn drop(&mut self, page: &Page<'_>, id: Id, reason: Reason) {
        let end = page.node(id).end;
        mark(&mut self.places, id, end);
        mark(&mut self.elsewhere, id, end);
        self.trace.note(id, reason);
    }

    /// Takes back what was dropped within an element.
    pub(super) fn keep(&mut self, page: &Page<'_>, id: Id) {
        let end = page.node(id).end;
        for places in [&mut self.places, &mut self.elsewhere] {
            places.get_mut(id..end).into_iter().flatten().for_each(|place| *place = false);
        }
        self.trace.forget(id, end);
    }
}

/// Judges every element of the page.
pub(super) fn dropped(page: &Page<'_>, blocks: &Blocks, title: &str) -> Clutter {
    let headline = headline(page, title);
    let total = blocks.total(page, 0).prose.max(1);
    let keep = kept_places(page, headline);
    let (main_headings, subheads) = headings(page);
    let mut judge =
        Judge { page, blocks, total, headline, keep, main_headings, subheads, cards_are_clutter: false };
    let cards = judge.share_of_cards();
    judge.cards_are_clutter = cards <= CARDS_SHARE;
    let nothing = vec![false; page.len()];
    let mut clutter = Clutter { places: nothing.clone(), elsewhere: nothing, cards, trace: Trace::default() };
    let mut at = 1;
    while at < page.len() {
        let end = page.node(at).end;
        match judge.verdict(at) {
            Verdict::Keep => at += 1,
            Verdict::AboutTheArticle => {
                mark(&mut clutter.places, at, end);
                clutter.trace.note(at, Reason::of(page, at));
                at = end;
            }
            Verdict::Elsewhere => {
                clutter.drop(page, at, Reason::of(page, at));
                at = end;
            }
        }
    }
    for (from, to) in headed::boxes(page, blocks) {
        mark(&mut clutter.places, from, to);
        mark(&mut clutter.elsewhere, from, to);
        clutter.trace.note(from, Reason::Heading);
    }
    clutter
}

fn mark(places: &mut [bool], from: Id, to: Id) {
    places.get_mut(from..to).into_iter().flatten().for_each(|place| *place = true);
}

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Perhaps a part of the article.
    Keep,
    /// Its author, its date, its source.
    AboutTheArticle,
    /// Something else.
    Elsewhere,
}

/// The first `<h1>` that is the article's headline.
fn headline(page: &Page<'_>, title: &str) -> Option<Id> {
    let title = comparable(title);
    let mut headings = page.elements().filter(|(_, node)| node.tag == Tag::Heading(1)).map(|(id, _)| id);
    headings.find(|id| comparable(&page.short_text(*id, HEADLINE)) == title)
}

/// Places that no name can drop: the headline and what is marked as the body.
fn kept_places(page: &Page<'_>, headline: Option<Id>) -> Vec<Id> {
    let is_headline = |id: Id| headline.map_or(page.tag(id) == Tag::Heading(1), |headline| headline == id);
    let is_body = |id: Id| page.attribute(id, "itemprop").is_some_and(|value| value == "articleBody");
    page.elements().map(|(id, _)| id).filter(|id| is_headline(*id) || is_body(*id)).collect()
}

/// The places of `<h1>`, and of the headings below it.
fn headings(page: &Page<'_>) -> (Vec<Id>, Vec<Id>) {
    let headings = page.elements().filter(|(_, node)| matches!(node.tag, Tag::Heading(_)));
    headings.map(|(id, _)| id).partition(|id| page.tag(*id) == Tag::Heading(1))
}

struct Judge<'p, 'a> {
    page: &'p Page<'a>,
    blocks: &'p Blocks,
    total: u32,
    headline: Option<Id>,
    keep: Vec<Id>,
    main_headings: Vec<Id>,
    subheads: Vec<Id>,
    cards_are_clutter: bool,
}

impl Judge<'_, '_> {
    fn verdict(&self, id: Id) -> Verdict {
        let tag = self.page.tag(id);
        if matches!(
            tag,
            Tag::Text | Tag::Root | Tag::Main | Tag::Head | Tag::Metadata | Tag::Skipped | Tag::Break
        ) {
            return Verdict::Keep;
        }
        if self.is_another_article(id) {
            return Verdict::Elsewhere;
        }
        let total = self.blocks.total(self.page, id);
        let share = total.prose as f32 / self.total as f32;
        let hints = self.page.node(id).hints;
        if total.weight == 0 || share > self.most(id, hints) {
            return Verdict::Keep;
        }
        if is_hidden(self.page, id) {
            return Verdict::Elsewhere;
        }
        if self.holds_kept(id) {
            return Verdict::Keep;
        }
        if (hints.any(Hints::AUTHOR) && share <= AUTHOR_SHARE)
            || (hints.any(Hints::META | Hints::DATE | Hints::SOURCE) && total.weight <= META_WEIGHT)
        {
            return Verdict::AboutTheArticle;
        }
        let clutter = is_clutter_tag(tag)
            || has_clutter_role(self.page, id)
            || hints.any(Hints::CLUTTER)
            || (hints.any(Hints::NAVIGATION) && !is_section(total, share))
            || self.is_list_of_links(id)
            || (self.cards_are_clutter && self.is_card(id, total));
        if clutter { Verdict::Elsewhere } else { Verdict::Keep }
    }

    /// The most of the page's prose that an element may hold and still be dropped.
    fn most(&self, id: Id, hints: Hints) -> f32 {
        let sure = matches!(self.page.tag(id), Tag::Footer | Tag::Nav)
            || has_clutter_role(self.page, id)
            || hints.any(Hints::RELATED | Hints::COMMENTS);
        if sure { SURE_SHARE } else { CLUTTER_SHARE }
    }

    fn holds_kept(&self, id: Id) -> bool {
        self.first_in(&self.keep, id).is_some()
    }

    /// The first of these places that lies within `id`.
    fn first_in(&self, places: &[Id], id: Id) -> Option<Id> {
        let first = places.partition_point(|place| *place < id);
        places.get(first).copied().filter(|place| *place < self.page.node(id).end)
    }

    /// Sites append the next article to the one that was asked for: after its text, with a headline of its own.
    fn is_another_article(&self, id: Id) -> bool {
        if self.page.tag(id) != Tag::Article {
            return false;
        }
        let Some(headline) = self.headline.filter(|headline| *headline < id) else { return false };
        let before = self.blocks.between(headline, id).prose as f32;
        let own = self.blocks.total(self.page, id).prose as f32;
        before >= (ARTICLE_SHARE * self.total as f32).max(TEASER_SHARE * own)
            && self.first_in(&self.main_headings, id).is_some()
    }

    /// An article that consists of cards is a list of things with an address each.
    fn share_of_cards(&self) -> f32 {
        let mut prose = 0;
        let mut at = 1;
        while at < self.page.len() {
            let total = self.blocks.total(self.page, at);
            if is_container(self.page.tag(at)) && self.is_card(at, total) {
                prose += total.prose;
                at = self.page.node(at).end;
            } else {
                at += 1;
            }
        }
        prose as f32 / self.total as f32
    }

    /// A heading that is a link, with at most a sentence under it: the card of another article.
    fn is_card(&self, id: Id, total: Total) -> bool {
        if total.weight > CARD_WEIGHT || total.count > CARD_BLOCKS || total.linked == 0 {
            return false;
        }
        let Some(heading) = self.first_in(&self.subheads, id) else { return false };
        let heading = self.blocks.total(self.page, heading);
        heading.linked > 0 && heading.linked * 10 >= heading.weight * 9 && total.weight > heading.weight
    }

    /// Several links and little else.
    fn is_list_of_links(&self, id: Id) -> bool {
        if !is_container(self.page.tag(id)) {
            return false;
        }
        let total = self.blocks.total(self.page, id);
        total.count >= 2 && total.linked as f32 >= LINK_DENSE * total.weight as f32
    }
}

/// "content-nav-section" is read, not clicked.
fn is_section(total: Total, share: f32) -> bool {
    share > SECTION_SHARE && total.linked * 5 < total.weight
}

fn is_container(tag: Tag) -> bool {
    matches!(tag, Tag::List | Tag::Item | Tag::Block | Tag::Section | Tag::Table | Tag::Article)
}

fn is_clutter_tag(tag: Tag) -> bool {
    matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form | Tag::Header)
}

fn has_clutter_role(page: &Page<'_>, id: Id) -> bool {
    const ROLES: [&str; 9] = [
        "navigation",
        "complementary",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "tooltip",
    ];
    page.attribute(id, "role").is_some_and(|role| ROLES.contains(&role.trim()))
}

/// Whether an element is no part of what is read: not shown, or kept from those who have the page read to them.
pub(super) fn is_hidden(page: &Page<'_>, id: Id) -> bool {
    is_unseen(page, id)
        || page.attribute(id, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
            && !comes_late(page, id)
}

/// Whether an element is not shown.
pub(super) fn is_unseen(page: &Page<'_>, id: Id) -> bool {
    let node = page.node(id);
    if comes_late(page, id) {
        return false;
    }
    node.attributes().any(|(name, value)| match name {
        "hidden" => value != "until-found",
        "style" => {
            let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    })
}

/// Parts that a server sends late arrive hidden and are swapped in by a script (React's streaming).
fn comes_late(page: &Page<'_>, id: Id) -> bool {
    page.attribute(id, "id").is_some_and(|id| id.starts_with("S:"))
}
