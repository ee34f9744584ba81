//! The snapshot of a watched page: what it says, and for lists which of its links are items.

use std::collections::HashMap;

use crate::extract::{self, Answer, Guide, Taken, View};
use crate::feed::{self, Origin};
use crate::model::{Mode, Snapshot};
use crate::text::address::canonical;

/// What the answer of a server says. Pure work of a few milliseconds: it belongs on a thread for such work.
///
/// Of a list without `select`, the items are the links that are recognised as articles, under their headlines; where none
/// is, all links but those of menus and footers.
pub fn snapshot(answer: Answer<'_>, view: &View, guide: Guide<'_>) -> Snapshot {
    take(answer, view, guide).snapshot
}

/// The same with the article that it was taken from, where articles are watched.
pub(super) fn take(answer: Answer<'_>, view: &View, guide: Guide<'_>) -> Taken {
    let mut taken = extract::snapshot(answer, view, guide);
    if view.mode == Mode::Listing && !view.selects() && taken.snapshot.state.is_none() {
        recognise(&mut taken.snapshot, answer);
    }
    taken
}

fn recognise(snapshot: &mut Snapshot, answer: Answer<'_>) {
    let extract::Origin { url, content_type, timezone, .. } = answer.origin;
    let Ok(listed) = feed::listing(answer.bytes, None, Origin { url, content_type, timezone }) else {
        return;
    };
    let items: HashMap<String, Option<String>> = listed
        .entries
        .into_iter()
        .filter_map(|entry| Some((canonical(entry.url.as_deref()?), entry.title)))
        .collect();
    let is_item = |url: &str| items.contains_key(&canonical(url));
    if !snapshot.links.iter().any(|link| link.listed && is_item(&link.url)) {
        return;
    }
    for link in &mut snapshot.links {
        let item = items.get(&canonical(&link.url));
        // What is paid for is an item of no list, whatever it looks like.
        link.listed &= item.is_some();
        if let Some(Some(title)) = item {
            link.text.clone_from(title);
        }
    }
}
