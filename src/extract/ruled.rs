//! What the rules of a source give on a page. Nothing here is second-guessed: only what nobody can see is left out.

use std::collections::HashMap;

use chrono_tz::Tz;
use scraper::Html;

use super::blocks::Blocks;
use super::clutter::{Clutter, is_hidden};
use super::compose::{self, Piece};
use super::dom::{Id, Page, Tag};
use super::explain::Reason;
use super::lead::Lead;
use super::names;
use super::rules::{Part, Rule, Rules};
use super::verdict::Finding;
use crate::model::{Moment, UnmetRule, Verdict};
use crate::text::date::parse;
use crate::text::normalise::normalise;

/// Most elements of one rule that are looked at.
const MOST: usize = 5_000;
/// Longest headline, name and date in bytes.
const LONGEST: usize = 2_000;
/// Longest standfirst in bytes.
const LONGEST_LEAD: usize = 10_000;
/// The most of a page's prose that a hidden part of a chosen body may hold: what holds more is shown by a script.
const HIDDEN_SHARE: f32 = 0.3;

/// What the rules give.
#[derive(Debug, Default)]
pub(super) struct Ruled {
    /// The elements that hold the text, none within another.
    pub(super) bodies: Vec<Id>,
    /// The headline.
    pub(super) title: Option<String>,
    /// The standfirst.
    pub(super) lead: Option<String>,
    /// Where it stands.
    pub(super) lead_places: Vec<Id>,
    /// The authors.
    pub(super) authors: Vec<String>,
    /// When it was published.
    pub(super) published: Option<Moment>,
    /// What is no part of the article.
    pub(super) removed: Vec<Id>,
    /// The rules that gave nothing.
    pub(super) unmet: Vec<UnmetRule>,
    /// For each place of the page whether it stands in what is removed.
    gone: Vec<bool>,
}

impl Ruled {
    /// What `rules` give on `page`, which is the list of `document`.
    pub(super) fn of(document: &Html, page: &Page<'_>, rules: &Rules, zone: Tz) -> Self {
        if rules.is_empty() {
            return Self::default();
        }
        let places = Places::of(document, page);
        let mut found: Vec<(&Rule, Vec<Id>)> =
            rules.iter().map(|rule| (rule, places.matched(page, rule))).collect();
        // What is to be removed comes first: it is left out of everything else.
        found.sort_by_key(|(rule, _)| rule.part != Part::Remove);
        let mut outcome = Self { gone: vec![false; page.len()], ..Self::default() };
        for (rule, ids) in found {
            if !outcome.take(page, rule.part, &ids, zone) {
                outcome
                    .unmet
                    .push(UnmetRule { rule: rule.part.as_str().to_owned(), selector: rule.css.clone() });
            }
        }
        outcome
    }

    /// Whether everything has to be guessed.
    pub(super) fn is_empty(&self) -> bool {
        self.bodies.is_empty() && self.removed.is_empty()
    }

    /// Takes what a rule matched; false where that is nothing of use.
    fn take(&mut self, page: &Page<'_>, part: Part, ids: &[Id], zone: Tz) -> bool {
        let texts = || ids.iter().map(|id| self.text(page, *id)).filter(|text| !text.is_empty());
        match part {
            Part::Remove => {
                for id in ids {
                    let within = self.gone.get_mut(*id..page.node(*id).end);
                    within.into_iter().flatten().for_each(|place| *place = true);
                }
                self.removed.extend(ids);
                !ids.is_empty()
            }
            Part::Body | Part::Select => {
                let found: Vec<Id> =
                    ids.iter().copied().filter(|id| !self.text(page, *id).is_empty()).collect();
                self.bodies = outermost(page, self.bodies.iter().chain(&found).copied().collect());
                !found.is_empty()
            }
            Part::Title => {
                self.title = texts().next().map(|text| beginning(text, LONGEST));
                self.title.is_some()
            }
            Part::Lead => {
                let text = beginning(texts().collect::<Vec<_>>().join(" "), LONGEST_LEAD);
                self.lead = Some(text).filter(|text| !text.is_empty());
                self.lead_places = ids.to_vec();
                self.lead.is_some()
            }
            Part::Author => {
                let texts: Vec<String> = texts().map(|text| beginning(text, LONGEST)).collect();
                self.authors = names::clean(texts.iter().map(String::as_str));
                if self.authors.is_empty() {
                    self.authors = texts;
                }
                !self.authors.is_empty()
            }
            Part::Date => {
                self.published = ids.iter().find_map(|id| self.date(page, *id, zone));
                self.published.is_some()
            }
        }
    }

    /// The text of an element without what is removed; of a `<meta>` what it says.
    fn text(&self, page: &Page<'_>, id: Id) -> String {
        if page.tag(id) == Tag::Metadata
            && let Some(content) = page.attribute(id, "content")
        {
            return normalise(content);
        }
        let mut text = String::new();
        let mut at = id;
        while at < page.node(id).end {
            let node = page.node(at);
            if node.tag == Tag::Skipped || self.gone.get(at).copied().unwrap_or(false) {
                at = node.end;
                continue;
            }
            match node.tag {
                Tag::Text => text.push_str(node.text),
                Tag::Inline | Tag::Link | Tag::Time | Tag::Image => {}
                _ => text.push(' '),
            }
            at += 1;
        }
        normalise(&text)
    }

    fn date(&self, page: &Page<'_>, id: Id, zone: Tz) -> Option<Moment> {
        let told = ["datetime", "content"].iter().filter_map(|name| page.attribute(id, name));
        told.map(str::to_owned)
            .chain(std::iter::once_with(|| beginning(self.text(page, id), LONGEST)))
            .find_map(|text| parse(&text, zone))
    }

    /// Makes the chosen bodies whole again but for what is hidden in them, and drops what is to be removed.
    pub(super) fn correct(&self, page: &Page<'_>, blocks: &Blocks, clutter: &mut Clutter) {
        let total = blocks.total(page, 0).prose.max(1) as f32;
        for body in &self.bodies {
            clutter.keep(page, *body);
            for id in page.within(*body) {
                if is_hidden(page, id) && blocks.total(page, id).prose as f32 <= HIDDEN_SHARE * total {
                    clutter.drop(page, id, Reason::Hidden);
                }
            }
        }
        for id in &self.removed {
            clutter.trace.forget(*id, page.node(*id).end);
            clutter.drop(page, *id, Reason::Rule);
        }
    }

    /// The pieces of the chosen bodies; nothing where none was chosen.
    pub(super) fn pieces(&self, page: &Page<'_>, kept: &Blocks, dropped: &[bool]) -> Option<Vec<Piece>> {
        let pieces = || self.bodies.iter().flat_map(|body| compose::pieces(page, kept, *body, dropped));
        (!self.bodies.is_empty()).then(|| pieces().collect())
    }

    /// The standfirst, where a rule gives one.
    pub(super) fn lead(&self) -> Option<Lead> {
        self.lead.clone().zip(self.lead_places.first()).map(|(text, place)| Lead { text, place: *place })
    }

    /// Whether a place stands in the chosen standfirst.
    pub(super) fn holds_lead(&self, page: &Page<'_>, at: Id) -> bool {
        let next = self.lead_places.partition_point(|place| *place <= at);
        let before = next.checked_sub(1).and_then(|last| self.lead_places.get(last));
        self.lead.is_some() && before.is_some_and(|place| page.contains(*place, at))
    }

    /// Where a rule found the text, the page is no list, no frame and not empty.
    pub(super) fn judged(&self, finding: Finding) -> Finding {
        let guessed_away = matches!(finding.verdict, Verdict::Listing | Verdict::Empty | Verdict::JsShell);
        if guessed_away && !self.bodies.is_empty() {
            return Finding { verdict: Verdict::Article, note: None };
        }
        finding
    }

    /// One sentence for each rule that gave nothing and whose part had to be guessed.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let guessed = self.unmet.iter().filter(|unmet| unmet.rule != Part::Remove.as_str());
        guessed.map(|UnmetRule { rule, selector }| {
            format!("The rule {rule} = {selector:?} gives nothing on this page, so its {rule} was guessed.")
        })
    }
}

/// These elements in document order; those within others are left out.
pub(super) fn outermost(page: &Page<'_>, mut ids: Vec<Id>) -> Vec<Id> {
    ids.sort_unstable();
    let mut kept: Vec<Id> = Vec::new();
    for id in ids {
        if kept.last().is_none_or(|last| !page.contains(*last, id)) {
            kept.push(id);
        }
    }
    kept
}

/// Where the elements of the parsed document stand in the page's list.
pub(super) struct Places<'a>(&'a Html, HashMap<*const scraper::node::Element, Id>);

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Html, page: &Page<'_>) -> Self {
        let elements =
            page.elements().filter_map(|(id, node)| Some((std::ptr::from_ref(node.element()?), id)));
        Self(document, elements.collect())
    }

    /// The elements that a rule matches, in document order; those within others are left out.
    pub(super) fn matched(&self, page: &Page<'_>, rule: &Rule) -> Vec<Id> {
        let mut places: Vec<Id> = Vec::new();
        for element in self.0.select(&rule.compiled) {
            let Some(id) = self.1.get(&std::ptr::from_ref(element.value())) else { continue };
            if places.last().is_none_or(|last| !page.contains(*last, *id)) {
                places.push(*id);
            }
            if places.len() == MOST {
                break;
            }
        }
        places
    }
}

fn beginning(mut text: String, most: usize) -> String {
    text.truncate(text.floor_char_boundary(most));
    text
}
