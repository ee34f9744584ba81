//! The other articles of a story: those that stand in the message too, and those that are only named by their source.

use std::collections::HashSet;

use serde::Serialize;

use super::clean::{self, short_line};
use super::group::Group;
use super::room::Room;
use super::view::Desk;
use crate::model::{AlsoAt, Item};

/// Characters of the name of a source.
const NAME: usize = 60;
/// Other articles of a story that are looked at.
const MOST: usize = 200;

/// Another article of the story that is in the message for its own sake.
#[derive(Debug, Serialize)]
pub(super) struct Related {
    title: String,
    link: Option<String>,
    source: String,
}

/// Another article of the story, by its source.
#[derive(Debug, Serialize)]
pub(super) struct Also {
    source: String,
    link: Option<String>,
}

impl Desk {
    /// The others of the story with their titles, those by their source, and how many more there are.
    pub(super) fn story(&self, group: &Group<'_>, room: Room) -> (Vec<Related>, Vec<Also>, Option<String>) {
        let Some(story) = &group.main.story else { return (Vec::new(), Vec::new(), None) };
        if group.main.change.is_some() {
            return (Vec::new(), Vec::new(), None);
        }
        let related: Vec<Related> =
            group.related.iter().take(room.related).map(|item| related(item, room)).collect();
        let others = others(group);
        let also: Vec<Also> = others.iter().take(room.also).map(|other| also(other)).collect();
        let known = group.related.len() + others.len();
        let untold = known.max(story.articles.saturating_sub(1)) - related.len() - also.len();
        let more = match also.len() {
            0 => self.words.same_story.unless_none(untold),
            _ => self.words.more_articles.unless_none(untold),
        };
        (related, also, more)
    }
}

/// Those that do not stand in the message themselves.
fn others<'a>(group: &Group<'a>) -> Vec<&'a AlsoAt> {
    let mut seen: HashSet<_> = group.related.iter().map(|item| item.id).collect();
    seen.insert(group.main.id);
    let also = group.main.story.iter().chain(group.related.iter().filter_map(|item| item.story.as_ref()));
    also.flat_map(|story| &story.also).take(MOST).filter(|other| seen.insert(other.id)).collect()
}

fn related(item: &Item, room: Room) -> Related {
    let link = clean::web_link(&item.url);
    let title = Some(short_line(&item.title, room.title)).filter(|title| !title.is_empty());
    Related {
        title: title.unwrap_or_else(|| short_line(&item.url, room.title)),
        link,
        source: short_line(&item.source, NAME),
    }
}

fn also(other: &AlsoAt) -> Also {
    let source = Some(short_line(&other.source, NAME)).filter(|source| !source.is_empty());
    let source = source.unwrap_or_else(|| short_line(&other.url, NAME));
    Also { source, link: clean::web_link(&other.url) }
}
