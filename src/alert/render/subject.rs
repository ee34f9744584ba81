//! Subjects: one line that says what happened before the mail is opened.

use super::change::{Swap, swaps};
use super::clean::{isolated, short_line};
use super::gathered;
use super::room::Room;
use super::view::Desk;
use super::when;
use crate::model::ChangeKind::{Moved, Reordered, Restored, TakenDown, Truncated};
use crate::model::{Item, ItemChange, Message, Timestamp};

/// Characters of a title; mail programs show less.
const TITLE: usize = 120;
/// Characters of the name of an alert, a digest or an entity.
const NAME: usize = 40;
/// Characters of a notice's subject.
const NOTICE: usize = 200;
/// More names than this end in an ellipsis.
const MOST_NAMES: usize = 3;

/// The subject of the message: without control characters and never empty.
pub(super) fn of(message: &Message, desk: &Desk) -> String {
    match message {
        Message::Alert { items } => alert(items, desk),
        Message::Digest { name, until, items, omitted, .. } => {
            digest(name, *until, items.len().saturating_add(*omitted), desk)
        }
        Message::Notice(notice) => or(short_line(&notice.subject, NOTICE), desk.words.notice),
        Message::Sources { changes, omitted } => {
            or(short_line(&gathered::notice(changes, *omitted).subject, NOTICE), desk.words.notice)
        }
    }
}

fn alert(items: &[Item], desk: &Desk) -> String {
    let fired = items.iter().flat_map(|item| item.alerts.iter().map(String::as_str));
    let rules = or(listed(fired), desk.words.alert);
    match items {
        [] => format!("[{rules}]"),
        [item] => format!("[{rules}] {}", about(item, desk)),
        [first, ..] => format!("[{rules}] {}: {}", desk.words.articles.of(items.len()), title(first)),
    }
}

/// What changed, or who is named, then the title.
fn about(item: &Item, desk: &Desk) -> String {
    let names = listed(item.entities.iter().map(|entity| entity.name.as_str()));
    let first = item.change.as_ref().map_or(names, |change| changed(change, desk));
    if first.is_empty() { title(item) } else { format!("{first}: {}", title(item)) }
}

/// "384 → 382"; where words only came or went, these; where there are none, the sort of change.
fn changed(change: &ItemChange, desk: &Desk) -> String {
    let what = change.change.kind.map_or("", desk.words.change);
    // What is no longer there, or there again, is not told by its words, and what only moved has none.
    if let Some(TakenDown | Truncated | Restored | Moved | Reordered) = change.change.kind {
        return what.to_owned();
    }
    let swaps: Vec<String> = swaps(&change.change, Room::SUBJECT).iter().map(Swap::arrow).collect();
    or(swaps.join(", "), what)
}

fn digest(name: &str, until: Timestamp, articles: usize, desk: &Desk) -> String {
    let count = if articles == 0 { desk.words.nothing.to_owned() } else { desk.words.articles.of(articles) };
    let day = when::day(until, desk.words, desk.zone);
    format!("{} · {count} · {day}", isolated(short_line(name, NAME)))
}

fn title(item: &Item) -> String {
    isolated(or(short_line(&item.title, TITLE), &short_line(&item.url, TITLE)))
}

/// Each name once, in order.
fn listed<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in all {
        if names.len() <= MOST_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
    let shown: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| isolated(short_line(name, NAME))).collect();
    let rest = if names.len() > MOST_NAMES { ", …" } else { "" };
    shown.join(", ") + rest
}

fn or(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}
