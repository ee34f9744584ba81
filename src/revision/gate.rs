//! What the options hold back of a change that was found.

use std::collections::HashSet;

use super::Comparison;
use super::facts::Facts;
use super::lines::{Line, Preparation, Version};
use super::number;
use super::options::{Options, Side};
use super::pattern::{Pattern, Phrase};
use crate::model::{Ignored, Snapshot};

/// Takes out of `facts` what does not count by the versions before; then says which option holds the rest back.
pub(super) fn hold_back(
    facts: &mut Facts,
    comparison: &Comparison<'_>,
    preparation: &Preparation<'_>,
    versions: (&Version, &Version),
) -> Option<&'static str> {
    let options = comparison.options;
    if options.only_new_lines {
        drop_known_lines(facts, comparison.history, preparation);
        if facts.added.is_empty() {
            return Some("only_new_lines");
        }
    }
    let one_side = match options.only {
        Some(Side::Added) => facts.added.is_empty(),
        Some(Side::Removed) => facts.removed.is_empty(),
        None => false,
    };
    if one_side {
        return Some("only");
    }
    let whole = Phrase::fold(&whole(comparison.after));
    let stands = |phrase: &Phrase| phrase.stands_in(&whole);
    if !options.require_text.is_empty() && !options.require_text.iter().any(stands) {
        return Some("require_text");
    }
    if options.block_if_present.iter().any(stands) {
        return Some("block_if_present");
    }
    if let Some(option) = unwanted_lines(facts, options) {
        return Some(option);
    }
    if facts.chars < options.min_changed_chars as usize {
        return Some("min_changed_chars");
    }
    let percent = options.number_change_percent?;
    let of = |version: &Version| {
        number::first(version.lines.iter().map(|line| line.shown.as_str()), options.number_format)
    };
    stays_near(of(versions.0), of(versions.1), percent).then_some("number_change_percent")
}

/// Leaves only the side that the options want.
pub(super) fn keep_side(facts: &mut Facts, options: &Options) {
    match options.only {
        Some(Side::Added) => facts.removed.clear(),
        Some(Side::Removed) => facts.added.clear(),
        None => {}
    }
}

/// What was found, as something that does not count.
pub(super) fn as_ignored(facts: &Facts, why: &str) -> Vec<Ignored> {
    let of_words = facts.words.iter().map(|word| format!("{} → {}", word.from, word.to));
    let of_lines = facts.added.iter().map(|line| format!("+ {}", line.shown));
    let of_lines = of_lines.chain(facts.removed.iter().map(|line| format!("- {}", line.shown)));
    let texts: Vec<String> = if facts.words.is_empty() { of_lines.collect() } else { of_words.collect() };
    texts.into_iter().map(|text| Ignored { why: why.to_owned(), text }).collect()
}

fn drop_known_lines(facts: &mut Facts, history: &[Snapshot], preparation: &Preparation<'_>) {
    let mut known: HashSet<String> = HashSet::new();
    for snapshot in history {
        let version = preparation.version(snapshot);
        known.extend(version.title.into_iter().chain(version.lines).map(|line| line.key));
        let links = snapshot.links.iter().filter(|link| link.listed);
        known.extend(links.map(|link| preparation.line(super::noise::headline(&link.text).to_owned()).key));
    }
    let (seen, new): (Vec<Line>, Vec<Line>) =
        std::mem::take(&mut facts.added).into_iter().partition(|line| known.contains(&line.key));
    facts.added = new;
    let seen = seen.into_iter().map(|line| Ignored { why: "only_new_lines".to_owned(), text: line.shown });
    facts.ignored.extend(seen);
}

/// A change needs an added line that matches, or a removed one, where the options say which.
fn unwanted_lines(facts: &Facts, options: &Options) -> Option<&'static str> {
    let (added, removed) = (&options.alert_if_added, &options.alert_if_removed);
    if added.is_empty() && removed.is_empty() {
        return None;
    }
    let matches = |lines: &[Line], patterns: &[Pattern]| {
        lines.iter().any(|line| patterns.iter().any(|pattern| pattern.matches(&line.shown)))
    };
    if matches(&facts.added, added) || matches(&facts.removed, removed) {
        return None;
    }
    Some(if added.is_empty() { "alert_if_removed" } else { "alert_if_added" })
}

/// Whether the number moved by less than this percentage. A number that came or went has moved.
fn stays_near(before: Option<f64>, after: Option<f64>, percent: f64) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return before == after };
    // Room for what floating point makes of 5 %.
    (after - before).abs() * 100.0 < percent * before.abs() * (1.0 - 1e-9) || before == after
}

/// All that a snapshot says, as one text.
fn whole(snapshot: &Snapshot) -> String {
    let links = snapshot.links.iter().map(|link| link.text.as_str());
    let lines = snapshot.lines.iter().map(String::as_str);
    let head = [snapshot.title.as_str(), snapshot.lead.as_str()].into_iter();
    head.chain(lines).chain(links).collect::<Vec<_>>().join("\n")
}
