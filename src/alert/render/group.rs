//! Articles in the order in which a digest shows them: by story, edits and pages by themselves.

use crate::model::{Item, Reason};

/// An article and others of the same story that stand in the same message.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The most prominent.
    pub(super) main: &'a Item,
    /// The others.
    pub(super) related: Vec<&'a Item>,
}

impl Group<'_> {
    /// How many articles it holds.
    pub(super) fn len(&self) -> usize {
        1 + self.related.len()
    }
}

/// What is new by story, then edits, then pages that changed; each in the order of the items.
pub(super) fn by_story(items: &[Item]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items.iter().filter(|item| item.reason == Reason::New) {
        let story = item.story.as_ref().map(|story| story.id);
        let same =
            |group: &&mut Group| story.is_some() && group.main.story.as_ref().map(|story| story.id) == story;
        match groups.iter_mut().find(same) {
            Some(group) => group.related.push(item),
            None => groups.push(alone(item)),
        }
    }
    for reason in [Reason::Edit, Reason::Page] {
        groups.extend(items.iter().filter(|item| item.reason == reason).map(alone));
    }
    groups
}

/// Each article by itself, as they come.
pub(super) fn each(items: &[Item]) -> Vec<Group<'_>> {
    items.iter().map(alone).collect()
}

fn alone(item: &Item) -> Group<'_> {
    Group { main: item, related: Vec::new() }
}
