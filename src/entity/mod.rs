//! Text to mentions.
//!
//! Aliases, the phrases of entities and those of rules are folded (`text::fold`) and put into one automaton; those of which marks
//! or separators do not count into a second one, over the text without them. A find counts where it stands free
//! (`boundary`), is not part of a web address (`address`) and is spelt as its alias asks (`search`); of the finds of
//! one entity the leftmost-longest are chosen (`choice`), and they are reported where the article is one that counts
//! (`conditions`). The boundary comes first: a longest match that is none must not hide a shorter one that is.

mod address;
mod boundary;
mod choice;
mod compile;
mod conditions;
mod explain;
mod heads;
mod lane;
mod matcher;
mod pattern;
mod search;
mod summary;
mod texts;

pub use explain::{Explainer, NearMiss, Obstacle};
pub use matcher::Matcher;
pub use pattern::{check_alias, check_pattern};
pub use summary::{prominence, snippets};

/// Why an alias or phrase can never match, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(pub String);

#[cfg(test)]
mod tests;
