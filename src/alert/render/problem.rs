//! A source in trouble, in the words of each channel.

use serde::Serialize;

use super::clean::short_line;
use super::view::Desk;
use super::when;
use crate::model::{Condition, SourceProblem, Standing};

/// Characters of the name of a source.
const NAME: usize = 80;
/// Characters of what is wrong, in a mail and in a webhook.
const WHY: usize = 200;
const WHY_IN_WEBHOOK: usize = 120;

/// A source in trouble as the templates see it.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    /// Its name.
    source: String,
    /// Since when, and when it is tried again.
    standing: Option<String>,
    why: String,
}

impl Problem {
    pub(super) fn new(problem: &SourceProblem, desk: &Desk) -> Self {
        let standing = problem.standing.map(|standing| {
            let phrase = match standing.condition {
                Condition::Gone => desk.words.gone,
                Condition::Failing | Condition::New | Condition::Ok => desk.words.failing,
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
        Some(Standing { condition, since, next }) => {
            let next = next.map(|next| format!(", next attempt {next}")).unwrap_or_default();
            format!("{source}: {} since {since}{next}: {why}", condition.as_str())
        }
        None => format!("{source}: {why}"),
    }
}
