//! The other articles of a story: copies by their sources, those that say something of their own, or that the same source brings, by
//! their headlines.

use std::collections::HashSet;

use serde::Serialize;

use super::clean::{self, short_line};
use super::group::Group;
use super::room::Room;
use super::view::Desk;
use crate::model::{AlsoAt, Item, Reason};
use crate::text::address;

/// Characters of the name of a source.
const NAME: usize = 60;
/// Other articles of a story that are looked at.
const MOST: usize = 200;

/// Another article of the story, with its headline.
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
        let Some(story) = story_of(group) else { return (Vec::new(), Vec::new(), None) };
        let (copies, others): (Vec<&AlsoAt>, Vec<&AlsoAt>) =
            elsewhere(group).partition(|other| other.is_copy && other.source != group.main.source);
        let told = group.related.iter().map(|item| (&*item.title, &*item.url, &*item.source));
        let told = told.chain(others.iter().map(|other| (&*other.title, &*other.url, &*other.source)));
        let related: Vec<Related> = told.take(room.related).map(|told| related(told, room)).collect();
        let also: Vec<Also> = copies.iter().take(room.also).map(|copy| also(copy)).collect();
        let known = group.related.len() + others.len() + copies.len();
        let untold = known.max(story.articles.saturating_sub(1)) - related.len() - also.len();
        let more = match also.len() {
            0 => self.words.same_story.unless_none(untold),
            _ => self.words.more_articles.unless_none(untold),
        };
        (related, also, more)
    }
}

/// The tracked names that only other articles of the story mention.
pub(super) fn names_elsewhere<'a>(group: &Group<'a>) -> Vec<&'a str> {
    if story_of(group).is_none() {
        return Vec::new();
    }
    let mut known: HashSet<&str> = group.main.entities.iter().map(|entity| entity.name.as_str()).collect();
    let related = group.related.iter().flat_map(|item| &item.entities).map(|entity| entity.name.as_str());
    let listed = elsewhere(group).flat_map(|other| &other.entities).map(String::as_str);
    related.chain(listed).filter(|name| known.insert(name)).collect()
}

/// The story; that of an edit or a page is no news.
fn story_of<'a>(group: &Group<'a>) -> Option<&'a crate::model::ItemStory> {
    group.main.story.as_ref().filter(|_| group.main.reason == Reason::New)
}

/// Those that do not stand in the message themselves, each address once: one article may stand at several.
fn elsewhere<'a>(group: &Group<'a>) -> impl Iterator<Item = &'a AlsoAt> + use<'a> {
    let shown: Vec<&Item> = group.related.iter().copied().chain([group.main]).collect();
    let own: HashSet<_> = group.related.iter().map(|item| item.id).collect();
    let mut seen: HashSet<String> = shown.iter().map(|item| address::canonical(&item.url)).collect();
    let stories: Vec<_> = shown.iter().rev().filter_map(|item| item.story.as_ref()).collect();
    let also = stories.into_iter().flat_map(|story| &story.also).take(MOST);
    also.filter(move |other| !own.contains(&other.id) && seen.insert(address::canonical(&other.url)))
}

fn related((title, url, source): (&str, &str, &str), room: Room) -> Related {
    let title = Some(short_line(title, room.title)).filter(|title| !title.is_empty());
    Related {
        title: title.unwrap_or_else(|| short_line(url, room.title)),
        link: clean::web_link(url),
        source: short_line(source, NAME),
    }
}

fn also(other: &AlsoAt) -> Also {
    let source = Some(short_line(&other.source, NAME)).filter(|source| !source.is_empty());
    let source = source.unwrap_or_else(|| short_line(&other.url, NAME));
    Also { source, link: clean::web_link(&other.url) }
}
