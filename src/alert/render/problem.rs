//! Sources that someone should look at, in the words of each channel.

use serde::Serialize;

use super::clean::{self, short_line};
use super::view::Desk;
use super::when;
use super::words::Words;
use crate::model::{Condition, SourceProblem, Standing};

/// Sources beyond these are counted: those that fail, and names on one line.
const MOST_PROBLEMS: usize = 10;
const MOST_NAMES: usize = 8;
/// Characters of the name of a source.
const NAME: usize = 80;
/// Characters of what is wrong, in a mail and in a webhook.
const WHY: usize = 200;
const WHY_IN_WEBHOOK: usize = 120;

/// Sources that someone should look at, as the templates see them.
#[derive(Debug, Serialize)]
pub(super) struct Problems {
    /// Those that fail.
    pub(super) listed: Vec<Problem>,
    /// How many more do.
    pub(super) more: Option<String>,
    /// Those that answer: a line for each condition.
    pub(super) lines: Vec<String>,
}

impl Problems {
    pub(super) fn new(problems: &[SourceProblem], desk: &Desk) -> Self {
        let (answering, failing): (Vec<&SourceProblem>, Vec<&SourceProblem>) =
            problems.iter().partition(|problem| condition(problem).is_some_and(|one| !one.is_failure()));
        let listed: Vec<Problem> =
            failing.iter().take(MOST_PROBLEMS).map(|one| Problem::new(one, desk)).collect();
        let more = desk.words.more_problems.unless_none(failing.len() - listed.len());
        let words = desk.words;
        let lines = [(Condition::Stale, words.stale), (Condition::Moved, words.moved)];
        let line = |(wanted, phrase): (Condition, &str)| {
            let names: Vec<&str> = answering
                .iter()
                .filter(|problem| condition(problem) == Some(wanted))
                .map(|problem| problem.source.as_str())
                .collect();
            (!names.is_empty()).then(|| phrase.replace("{}", &some_of(&names, words)))
        };
        Self { listed, more, lines: lines.into_iter().filter_map(line).collect() }
    }
}

fn condition(problem: &SourceProblem) -> Option<Condition> {
    problem.standing.map(|standing| standing.condition)
}

/// The first of these names, and how many more there are.
fn some_of(names: &[&str], words: &Words) -> String {
    let mut told: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| clean::isolated(short_line(name, NAME))).collect();
    told.extend(words.more_problems.unless_none(names.len() - told.len()));
    told.join(", ")
}

/// A source in trouble as the templates see it.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// Its name.
    pub(super) source: String,
    /// Since when, and when it is tried again.
    pub(super) standing: Option<String>,
    pub(super) why: String,
}

impl Problem {
    fn new(problem: &SourceProblem, desk: &Desk) -> Self {
        let standing = problem.standing.map(|standing| {
            let phrase = match standing.condition {
                Condition::Gone => desk.words.gone,
                Condition::Blocked => desk.words.blocked,
                _ => desk.words.failing,
            };
            let phrase = phrase.replace("{since}", &when::instant(standing.since, desk.words, desk.zone));
            let next = standing.next.map(|next| when::instant(next, desk.words, desk.zone));
            phrase.replace("{next}", next.as_deref().unwrap_or_default())
        });
        Self { source: short_line(&problem.source, NAME), standing, why: short_line(&problem.why, WHY) }
    }
}

/// One sentence for programs, with times as RFC 3339.
pub(super) fn sentence(problem: &SourceProblem) -> String {
    let (source, why) = (short_line(&problem.source, NAME), short_line(&problem.why, WHY_IN_WEBHOOK));
    match problem.standing {
        Some(Standing { condition, cause, since, next }) => {
            let cause = cause.filter(|_| condition == Condition::Blocked);
            let cause = cause.map(|cause| format!(" ({})", cause.as_str())).unwrap_or_default();
            let next = next.filter(|_| condition.is_failure());
            let next = next.map(|next| format!(", next attempt {next}")).unwrap_or_default();
            let why = Some(why).filter(|why| !why.is_empty()).map(|why| format!(": {why}"));
            let condition = condition.as_str();
            format!("{source}: {condition}{cause} since {since}{next}{}", why.unwrap_or_default())
        }
        None => format!("{source}: {why}"),
    }
}
