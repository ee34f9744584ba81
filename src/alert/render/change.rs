//! An edit as the templates see it: the changed words first, then the lines before and after.

use serde::Serialize;

use super::change_words::{ChangeWords, IsOfPage};
use super::clean::{self, isolated, short_line};
use super::excerpt::{self, Piece};
use crate::model::{Change, Item, ItemChange, Language, Reason, WordChange};

/// Characters of a tracked name.
const NAME: usize = 80;
/// Tracked names that appeared or vanished.
const MOST_NAMES: usize = 8;
/// Characters of a replaced run in a subject.
const IN_SUBJECT: usize = 40;
/// Replaced runs that are marked in the lines.
const MOST_MARKED: usize = 100;

/// How much room a change has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Space {
    /// Replaced runs, and characters of each side of one.
    pub(super) pairs: usize,
    pub(super) pair: usize,
    /// Lines of each side, and characters of one.
    pub(super) lines: usize,
    pub(super) line: usize,
}

/// A change in a mail.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    /// What happened.
    pub(super) label: &'static str,
    pairs: Vec<Pair>,
    more: Option<String>,
    removed: Vec<Vec<Piece>>,
    added: Vec<Vec<Piece>>,
    /// What names appeared and vanished.
    names: Vec<String>,
}

/// Words that became others; either is empty where words were only added or removed.
#[derive(Debug, Serialize)]
struct Pair {
    from: String,
    to: String,
}

impl Shown {
    /// What a mail program shows beside the subject.
    pub(super) fn gist(&self) -> String {
        let pairs: Vec<String> = self.pairs.iter().map(|pair| arrow(&pair.from, &pair.to)).collect();
        if pairs.is_empty() {
            self.label.to_owned()
        } else {
            format!("{}: {}", self.label, pairs.join(" · "))
        }
    }
}

/// The change that a message is about, in as much room as there is; nothing where it is about an article as such.
pub(super) fn shown(item: &Item, language: Language, space: Space) -> Option<Shown> {
    let ItemChange { change, appeared, vanished, .. } = item.change.as_ref()?;
    let words = ChangeWords::of(language);
    let pairs = change
        .words
        .iter()
        .take(space.pairs)
        .map(|pair| Pair { from: short_line(&pair.from, space.pair), to: short_line(&pair.to, space.pair) });
    let names = [(words.appeared, appeared), (words.vanished, vanished)];
    let names = names.into_iter().filter(|(_, names)| !names.is_empty() && space.pairs > 1);
    Some(Shown {
        label: label(item, words),
        pairs: pairs.collect(),
        more: words.more.unless_none(change.words.len().saturating_sub(space.pairs)),
        removed: lines(&change.removed, change, |pair| &pair.from, space),
        added: lines(&change.added, change, |pair| &pair.to, space),
        names: names.map(|(phrase, names)| phrase.replace("{}", &listed(names))).collect(),
    })
}

/// What a subject says of a change: what happened, and the first words that were replaced.
pub(super) fn in_subject(item: &Item, language: Language) -> Option<String> {
    let change = &item.change.as_ref()?.change;
    let label = label(item, ChangeWords::of(language));
    let first = change.words.iter().find(|pair| !pair.from.is_empty() && !pair.to.is_empty());
    let first = first.map(|pair| {
        arrow(&isolated(short_line(&pair.from, IN_SUBJECT)), &isolated(short_line(&pair.to, IN_SUBJECT)))
    });
    Some(first.map_or_else(|| label.to_owned(), |first| format!("{label} {first}")))
}

fn label(item: &Item, words: &ChangeWords) -> &'static str {
    let is_of_page = if item.reason == Reason::Page { IsOfPage::Yes } else { IsOfPage::No };
    words.label(item.change.as_ref().and_then(|change| change.change.kind), is_of_page)
}

fn arrow(from: &str, to: &str) -> String {
    match (from.is_empty(), to.is_empty()) {
        (false, false) => format!("{from} → {to}"),
        (true, _) => format!("+ {to}"),
        (false, true) => format!("− {from}"),
    }
}

/// The lines of one side, what was replaced in them marked.
fn lines(
    lines: &[String],
    change: &Change,
    side: impl Fn(&WordChange) -> &String,
    space: Space,
) -> Vec<Vec<Piece>> {
    let replaced = change.words.iter().take(MOST_MARKED).map(|pair| clean::line(side(pair)));
    let replaced: Vec<String> = replaced.filter(|words| !words.is_empty()).collect();
    let told = lines.iter().take(space.lines);
    told.map(|line| excerpt::around_name(line, &replaced, space.line)).collect()
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| isolated(short_line(name, NAME))).collect();
    let rest = if names.len() > MOST_NAMES { ", …" } else { "" };
    shown.join(", ") + rest
}
