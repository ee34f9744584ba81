//! Answers that are no version of the page, and pages whose text is gone.

use std::collections::HashSet;

use super::Comparison;
use super::token::tokens;
use super::words::{Ids, likeness};
use crate::model::{Change, ChangeKind, Ignored, Mode, Snapshot};

/// The least of a text that has to be left for the page to be the same.
const KEPT: f64 = 0.5;
/// The least text that can be gone, in bytes.
const TEXT: usize = 300;
/// Texts that are less alike have nothing to do with each other.
const ALIKE: f32 = 0.12;
/// Lines at the end of a text that may be a wall.
const LAST: usize = 4;
/// What walls say, in lower case.
const WALLS: [&str; 34] = [
    "đăng nhập để",
    "vui lòng đăng nhập",
    "đăng ký để đọc",
    "đăng ký tài khoản",
    "mua gói",
    "trở thành thành viên",
    "dành cho thành viên",
    "dành cho thuê bao",
    "thuê bao để",
    "để đọc tiếp",
    "đọc tiếp bài",
    "trả phí",
    "log in to",
    "sign in to",
    "subscribe to",
    "subscribers only",
    "for subscribers",
    "already a subscriber",
    "to continue reading",
    "continue reading",
    "keep reading",
    "read the full",
    "unlock this",
    "create a free account",
    "register to",
    "start your free trial",
    "登录后",
    "登入後",
    "订阅",
    "訂閱",
    "会员",
    "會員",
    "付费",
    "阅读全文",
];

/// What is said of an answer that is no version of the page, or of a page whose text is gone; nothing where the versions
/// have to be compared.
pub(super) fn settled(comparison: &Comparison<'_>) -> Option<Change> {
    let Comparison { before, after, .. } = comparison;
    let state = match after.state {
        // A page that always looks like this is a page like any other.
        Some(state) if before.state == Some(state) && says_something(before) && says_something(after) => {
            return None;
        }
        Some(ChangeKind::Truncated) => cut_off(before, after)?,
        Some(state) => state,
        None if after.mode == Mode::Article => gone(before, after)?,
        None => return None,
    };
    let raised = matches!(state, ChangeKind::TakenDown | ChangeKind::Truncated);
    if !raised || comparison.raised == Some(state) {
        return Some(Change {
            kind: Some(state),
            ignored: vec![why(state, after, raised)],
            ..Change::default()
        });
    }
    Some(raise(state, before, after))
}

fn says_something(snapshot: &Snapshot) -> bool {
    !snapshot.lines.is_empty() || !snapshot.links.is_empty()
}

/// Why nothing is raised.
fn why(state: ChangeKind, after: &Snapshot, raised: bool) -> Ignored {
    let name = serde_json::to_value(state).unwrap_or_default();
    let note = if raised {
        "This was told before; the last full version stays the one to compare with."
    } else {
        &after.note
    };
    Ignored { why: name.as_str().unwrap_or_default().to_owned(), text: note.to_owned() }
}

fn raise(state: ChangeKind, before: &Snapshot, after: &Snapshot) -> Change {
    let (old, new) = (said(before), said(after));
    let known: HashSet<&str> = old.iter().map(String::as_str).collect();
    let still: HashSet<&str> = new.iter().map(String::as_str).collect();
    Change {
        changed: true,
        kind: Some(state),
        significance: if state == ChangeKind::TakenDown { 0.95 } else { 0.8 },
        added: new.iter().filter(|line| !known.contains(line.as_str())).cloned().collect(),
        removed: old.iter().filter(|line| !still.contains(line.as_str())).cloned().collect(),
        ..Change::default()
    }
}

/// Everything that a snapshot says, the headline first.
fn said(snapshot: &Snapshot) -> Vec<String> {
    let head = [&snapshot.title, &snapshot.lead].into_iter();
    let links = snapshot.links.iter().filter(|link| link.listed).map(|link| &link.text);
    head.chain(&snapshot.lines).chain(links).filter(|line| !line.is_empty()).cloned().collect()
}

/// What a page is that ends at a wall: cut off, where most of its text is gone; a wall in front of it, where nothing tells
/// that it is the same page; nothing new, where its text is still there.
fn cut_off(before: &Snapshot, after: &Snapshot) -> Option<ChangeKind> {
    let kept = kept(before, after);
    if kept >= KEPT {
        return None;
    }
    let same = kept > 0.0 || !before.title.is_empty() && before.title == after.title;
    Some(if same { ChangeKind::Truncated } else { ChangeKind::Blocked })
}

/// Whether the text of an article is gone: cut off at a wall that is told by its words alone, or all of it with the headline.
fn gone(before: &Snapshot, after: &Snapshot) -> Option<ChangeKind> {
    let length =
        |snapshot: &Snapshot| snapshot.lead.len() + snapshot.lines.iter().map(String::len).sum::<usize>();
    if length(before) < TEXT {
        return None;
    }
    let kept = kept(before, after);
    let last = after.lines.iter().rev().take(LAST);
    let walled = last.clone().any(|line| {
        let line = line.to_lowercase();
        WALLS.iter().any(|wall| line.contains(wall))
            && !before.lines.iter().any(|old| old.to_lowercase() == line)
    });
    if walled && kept > 0.0 && kept < KEPT && length(after) * 2 < length(before) {
        return Some(ChangeKind::Truncated);
    }
    (kept == 0.0 && !are_alike(before, after)).then_some(ChangeKind::TakenDown)
}

/// How much of a text is still there, as a share of its bytes. A line that was cut short with an ellipsis counts as far as it goes.
fn kept(before: &Snapshot, after: &Snapshot) -> f64 {
    let lines = |snapshot: &'_ Snapshot| -> Vec<String> {
        std::iter::once(&snapshot.lead)
            .chain(&snapshot.lines)
            .filter(|line| !line.is_empty())
            .cloned()
            .collect()
    };
    let (old, new) = (lines(before), lines(after));
    let still: HashSet<&str> = new.iter().map(String::as_str).collect();
    let beginnings: Vec<&str> = new
        .iter()
        .filter_map(|line| line.strip_suffix('…').or_else(|| line.strip_suffix("...")))
        .map(str::trim_end)
        .filter(|start| start.len() >= 20)
        .take(20)
        .collect();
    let part = |line: &String| {
        if still.contains(line.as_str()) {
            return line.len();
        }
        beginnings.iter().find(|start| line.starts_with(**start)).map_or(0, |start| start.len())
    };
    let total: usize = old.iter().map(String::len).sum();
    old.iter().map(part).sum::<usize>() as f64 / total.max(1) as f64
}

/// Whether two articles have anything to do with each other: their headlines, or their texts.
fn are_alike(before: &Snapshot, after: &Snapshot) -> bool {
    let mut ids = Ids::default();
    let mut words = |text: &str| -> Vec<u32> {
        let found = tokens(text).into_iter().filter(super::token::Token::is_word);
        found.map(|token| ids.of(&token.text.to_lowercase())).collect()
    };
    let (old_title, new_title) = (words(&before.title), words(&after.title));
    let (old, new) = (words(&said(before).join("\n")), words(&said(after).join("\n")));
    likeness(&old_title, &new_title) >= 0.5 || likeness(&old, &new) >= ALIKE
}
