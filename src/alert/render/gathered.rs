//! Many changes of sources as one notice.

use super::clean::short_line;
use super::words::Words;
use crate::model::{Notice, SourceChange, Topic};

/// Changes beyond these are counted.
const MOST_CHANGES: usize = 30;
/// Names in the subject.
const MOST_NAMES: usize = 3;
/// So many sources rarely break each on their own.
const MANY: usize = 5;
/// Characters of a name, and of what is said of one source among many.
const NAME: usize = 40;
const LINE: usize = 240;

/// What is said of these changes and of so many more without room: of one, everything; of several, a line or two each.
pub(super) fn notice(changes: &[SourceChange], omitted: usize) -> Notice {
    match changes {
        [] => Notice { subject: String::new(), text: String::new() },
        [change] if omitted == 0 => alone(change),
        [first, ..] => together(changes, omitted, Words::of(first.language)),
    }
}

fn alone(change: &SourceChange) -> Notice {
    let mut notice = change.notice.clone();
    if change.restless {
        notice.text = format!("{}\n{}", notice.text, Words::of(change.language).restless);
    }
    notice
}

fn together(changes: &[SourceChange], omitted: usize, words: &Words) -> Notice {
    let total = changes.len().saturating_add(omitted);
    let mut names: Vec<String> =
        changes.iter().take(MOST_NAMES).map(|change| short_line(&change.source, NAME)).collect();
    if total > names.len() {
        names.push("…".to_owned());
    }
    let mut paragraphs: Vec<String> =
        changes.iter().take(MOST_CHANGES).map(|one| in_short(one, words)).collect();
    let more = total.saturating_sub(paragraphs.len());
    paragraphs.extend(words.more_changes.unless_none(more));
    let answering = changes.iter().filter(|change| change.topic == Topic::Answers).count();
    if answering.saturating_add(omitted) >= MANY {
        paragraphs.push(words.many_at_once.to_owned());
    }
    Notice {
        subject: format!("{}: {}", words.changes.of(total), names.join(", ")),
        text: paragraphs.join("\n\n"),
    }
}

fn in_short(change: &SourceChange, words: &Words) -> String {
    let Notice { subject, text } = &change.notice;
    let first = text.lines().next().unwrap_or_default();
    let mut lines = vec![short_line(subject, LINE), short_line(first, LINE)];
    if change.restless {
        lines.push(words.restless.to_owned());
    }
    lines.join("\n")
}
