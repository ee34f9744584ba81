//! Lists: which links came, went, or are called something else. Their order counts only where it is asked for.

use std::collections::{HashMap, HashSet};

use super::align::Budget;
use super::facts::Facts;
use super::lines::{Line, Preparation};
use super::noise;
use super::options::Order;
use super::words::edits;
use crate::model::{ChangeKind, Ignored, Link, Mode, Snapshot, WordChange};
use crate::text::address::canonical;

/// An item of a list.
#[derive(Debug, Clone)]
struct Item {
    /// What its address is compared by.
    address: String,
    /// Its words.
    line: Line,
}

/// The items of a version.
#[derive(Debug, Default)]
struct List {
    items: Vec<Item>,
    /// All addresses that the page links to, items or not.
    linked: HashSet<String>,
    left_out: Vec<Ignored>,
}

impl List {
    fn of(snapshot: &Snapshot, preparation: &Preparation<'_>) -> Self {
        let mut list = Self::default();
        for link in &snapshot.links {
            let address = canonical(&link.url);
            list.linked.insert(address.clone());
            if link.listed {
                list.take(link, address, preparation);
            }
        }
        list
    }

    fn take(&mut self, link: &Link, address: String, preparation: &Preparation<'_>) {
        let text = noise::headline(&link.text).to_owned();
        let unwanted = preparation.unwanted(&text, Mode::Listing);
        if let Some(why) = unwanted.or_else(|| preparation.unwanted(&link.url, Mode::Listing)) {
            self.left_out.push(Ignored { why: why.to_owned(), text });
            return;
        }
        let text = preparation.options.ignore_text.iter().fold(text, |text, pattern| pattern.cut_out(&text));
        self.items.push(Item { address, line: preparation.line(text) });
    }

    fn by_address(&self) -> HashMap<&str, &Item> {
        self.items.iter().map(|item| (item.address.as_str(), item)).collect()
    }
}

/// What changed in a list.
pub(super) fn facts(before: &Snapshot, after: &Snapshot, preparation: &Preparation<'_>) -> Facts {
    let (old, new) = (List::of(before, preparation), List::of(after, preparation));
    let mut facts =
        Facts { ignored: super::lines::differing(&old.left_out, &new.left_out), ..Facts::default() };
    let mut kinds = Vec::new();
    let (known, still) = (old.by_address(), new.by_address());
    let mut added: Vec<&Item> = new.items.iter().filter(|item| !old.linked.contains(&item.address)).collect();
    let mut removed: Vec<&Item> =
        old.items.iter().filter(|item| !new.linked.contains(&item.address)).collect();
    facts.ignored.extend(take_readdressed(&mut added, &mut removed));
    facts.ignored.extend(take_pushed_off(&old, &mut removed, &added, &still));
    kinds.extend((!added.is_empty()).then_some((ChangeKind::ItemAdded, 0.6)));
    kinds.extend((!removed.is_empty()).then_some((ChangeKind::ItemRemoved, 0.6)));
    facts.added = added.iter().map(|item| item.line.clone()).collect();
    facts.removed = removed.iter().map(|item| item.line.clone()).collect();
    let mut budget = Budget::default();
    for item in &new.items {
        let Some(earlier) = known.get(item.address.as_str()) else { continue };
        if earlier.line.key != item.line.key && !is_shortened(&earlier.line.key, &item.line.key) {
            kinds.push((ChangeKind::ItemEdited, 0.7));
            edited(&mut facts, (earlier, item), preparation, &mut budget);
        }
    }
    let order = reordered(&old, &new, preparation.options.order);
    kinds.extend(order.filter(|counts| *counts).map(|_| (ChangeKind::Reordered, 0.2)));
    if order == Some(false) {
        let text = "The same items stand in another order.".to_owned();
        facts.ignored.push(Ignored { why: "order".to_owned(), text });
    }
    facts.kind = kinds.iter().map(|(kind, _)| *kind).min();
    facts.significance = kinds.iter().map(|(_, significance)| *significance).fold(0.0, f64::max);
    facts.chars +=
        facts.added.iter().chain(&facts.removed).map(|line| line.shown.chars().count()).sum::<usize>();
    facts
}

fn edited(
    facts: &mut Facts,
    (earlier, item): (&Item, &Item),
    preparation: &Preparation<'_>,
    budget: &mut Budget,
) {
    let found = edits(&earlier.line.shown, &item.line.shown, &preparation.folding, budget);
    for edit in &found {
        let (from, to) = (edit.from.text.to_owned(), edit.to.text.to_owned());
        facts.words.push(WordChange { from, to, ..WordChange::default() });
    }
    facts.added.push(item.line.clone());
    facts.removed.push(earlier.line.clone());
}

/// Items whose address differs in its parameters alone: a session, a place on the page.
fn take_readdressed(added: &mut Vec<&Item>, removed: &mut Vec<&Item>) -> Vec<Ignored> {
    let path = |item: &Item| item.address.split('?').next().unwrap_or_default().to_owned();
    let gone: HashSet<(String, String)> =
        removed.iter().map(|item| (path(item), item.line.key.clone())).collect();
    let is_same = |item: &&Item| gone.contains(&(path(item), item.line.key.clone()));
    let same: HashSet<(String, String)> =
        added.iter().filter(|item| is_same(item)).map(|item| (path(item), item.line.key.clone())).collect();
    let others =
        |items: &mut Vec<&Item>| items.retain(|item| !same.contains(&(path(item), item.line.key.clone())));
    others(added);
    others(removed);
    let texts: Vec<String> = same.into_iter().map(|(_, text)| text).collect();
    texts.into_iter().map(|text| Ignored { why: "parameters of the address".to_owned(), text }).collect()
}

/// Items at the end of the list that had to make room for new ones before them.
fn take_pushed_off(
    old: &List,
    removed: &mut Vec<&Item>,
    added: &[&Item],
    still: &HashMap<&str, &Item>,
) -> Vec<Ignored> {
    let tail: HashSet<&str> = old
        .items
        .iter()
        .rev()
        .take_while(|item| !still.contains_key(item.address.as_str()))
        .take(added.len())
        .map(|item| item.address.as_str())
        .collect();
    // Where nothing of the list is left, it is another list.
    if tail.is_empty() || still.len() == added.len() || tail.len() < removed.len() {
        return Vec::new();
    }
    let pushed = removed.drain(..).map(|item| item.line.shown.clone());
    pushed.map(|text| Ignored { why: "end of the list".to_owned(), text }).collect()
}

/// Whether one text is the other cut short with an ellipsis.
fn is_shortened(one: &str, other: &str) -> bool {
    let start = |text: &str| -> Option<String> {
        let start = text.strip_suffix('…').or_else(|| text.strip_suffix("..."))?.trim_end().to_owned();
        (start.chars().count() >= 8).then_some(start)
    };
    start(one).is_some_and(|start| other.starts_with(&start))
        || start(other).is_some_and(|start| one.starts_with(&start))
}

/// Whether the items that both versions have stand in another order, and if so whether that counts.
fn reordered(old: &List, new: &List, order: Order) -> Option<bool> {
    let (known, still) = (old.by_address(), new.by_address());
    let one = old.items.iter().filter(|item| still.contains_key(item.address.as_str()));
    let other = new.items.iter().filter(|item| known.contains_key(item.address.as_str()));
    let same = one.map(|item| &item.address).eq(other.map(|item| &item.address));
    (!same).then_some(order == Order::Counts)
}
