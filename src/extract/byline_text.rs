//! The lines that bylines are written in, across the elements of a page.

use super::dom::{Id, Page, Tag};
use super::names::{introduced, is_label};

/// Longest line that is nothing but a byline, in bytes.
pub(super) const LINE: usize = 200;
/// Longest box of a byline that is read, in bytes.
const BOX: usize = 1500;
/// Most nodes between the word that introduces a name and the end of the name.
const REACH: usize = 16;

/// Whether an element does not end a line.
pub(super) fn is_inline(tag: Tag) -> bool {
    matches!(tag, Tag::Inline | Tag::Link | Tag::Time | Tag::Text)
}

/// The text from `id` on, up to the end of what one line may hold.
pub(super) fn line_from(page: &Page<'_>, id: Id) -> String {
    let mut line = String::new();
    let mut named = false;
    for at in (id..page.len()).take(REACH) {
        let node = page.node(at);
        if node.tag != Tag::Text {
            if named && !is_inline(node.tag) {
                break;
            }
            continue;
        }
        let text = node.text.trim();
        if text.is_empty() {
            continue;
        }
        let left = at > id && !named && line.len() + text.len() > LINE;
        let elsewhere = named && page.node(at).parent == page.node(id).parent && text.len() > LINE;
        if left || elsewhere {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(text);
        named |= !is_label(line.trim_end_matches([':', '：']))
            && introduced(text).is_none_or(|rest| rest.len() > 2);
        if line.len() > LINE {
            break;
        }
    }
    line
}

/// The lines within `id`; a link is a line of its own.
pub(super) fn lines(page: &Page<'_>, id: Id) -> Vec<String> {
    if page.short_text(id, BOX).is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    let mut at = id;
    while at < page.node(id).end {
        let node = page.node(at);
        match node.tag {
            Tag::Text => {
                if let Some(line) = lines.last_mut() {
                    line.push_str(node.text);
                }
            }
            Tag::Skipped => {
                at = node.end;
                continue;
            }
            Tag::Inline | Tag::Image => {}
            _ => lines.push(String::new()),
        }
        at += 1;
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}
