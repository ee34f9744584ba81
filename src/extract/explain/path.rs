//! Where an element stands, written as CSS would.

use std::fmt::Write as _;

use crate::extract::dom::{Id, Page, Tag};

/// Most elements of a path; the outermost are left out.
const MOST: usize = 6;
/// Most classes of an element that are named.
const CLASSES: usize = 2;
/// Longest name that is written.
const LONGEST: usize = 40;

/// `div.wrap > div#detail.detail-content > p`; of a text that of the element it stands in.
pub(super) fn path(page: &Page<'_>, id: Id) -> String {
    let element = if page.tag(id) == Tag::Text { page.node(id).parent } else { id };
    let mut steps: Vec<String> = std::iter::once(element)
        .chain(page.ancestors(element))
        .filter(|id| *id == element || page.node(*id).name() != "html")
        .take(MOST)
        .map(|id| step(page, id))
        .collect();
    steps.reverse();
    steps.join(" > ")
}

fn step(page: &Page<'_>, id: Id) -> String {
    let node = page.node(id);
    let mut step = node.name().to_owned();
    let plain = |name: &&str| {
        name.len() <= LONGEST
            && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    // Writing to a string cannot fail.
    if let Some(name) = node.attribute("id").filter(plain) {
        let _written = write!(step, "#{name}");
    }
    let classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace();
    for class in classes.filter(plain).take(CLASSES) {
        let _written = write!(step, ".{class}");
    }
    step
}
