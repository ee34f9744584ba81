//! The script: what happens when, and what it should lead to.

use std::time::Duration;

use super::story::{self, Appears, Paper, Story};

/// What an event should lead to, with the newsroom's own sources.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// A mail at once; the next digest names it too.
    Alert,
    /// A line in the next digest, no mail of its own.
    Digest,
    /// Nothing.
    Silence,
}

/// One event of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// After the opening, on the clock of whoever watches.
    pub at: Duration,
    /// Where it happens.
    pub paper: Paper,
    /// What the paper does, as a sentence.
    pub happens: String,
    /// What it should lead to.
    pub effect: Effect,
    /// The same for the user, as a sentence that says why.
    pub expect: &'static str,
}

/// Every event in order, played `speed` times as fast as it is written.
pub(super) fn scenes(speed: u32) -> Vec<Scene> {
    let appearances = story::all().map(appearance);
    let edits = story::all().filter_map(edit);
    let mut scenes: Vec<Scene> = appearances.chain(edits).collect();
    scenes.sort_by_key(|scene| scene.at);
    for scene in &mut scenes {
        scene.at /= speed;
    }
    scenes
}

fn appearance(story: &Story) -> Scene {
    let (at, verb) = match (story.appears, story.credit) {
        (Appears::DaysBefore(days), _) => (0, format!("lists an article of {days} days ago")),
        (Appears::After(seconds), None) => (seconds, "publishes".to_owned()),
        (Appears::After(seconds), Some(credit)) => (seconds, format!("republishes from {credit}")),
    };
    Scene {
        at: Duration::from_secs(at),
        paper: story.paper,
        happens: format!("{} {verb}: {}", story.paper.name(), story.title),
        effect: story.effect,
        expect: story.expect,
    }
}

fn edit(story: &Story) -> Option<Scene> {
    let edit = story.edit?;
    Some(Scene {
        at: Duration::from_secs(edit.at),
        paper: story.paper,
        happens: format!(
            "{} silently changes “{}” to “{}” in: {}",
            story.paper.name(),
            edit.from,
            edit.to,
            story.title
        ),
        effect: Effect::Silence,
        expect: "no second mail: the article is known, and its feed entry did not change",
    })
}
