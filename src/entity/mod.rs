//! Text to mentions.
//!
//! Aliases and the phrases of rules are folded (`text::fold`) and put into one automaton. A find counts where it
//! stands free (`boundary`), is not part of a web address (`address`) and has the right case; of the finds of one
//! entity the leftmost-longest are reported. The boundary comes first: a longest match that is none must not
//! hide a shorter one that is.

mod address;
mod boundary;
mod choice;
mod matcher;
mod pattern;
mod summary;

pub use matcher::Matcher;
pub use pattern::check_pattern;
pub use summary::{prominence, snippets};

/// Why an alias or phrase can never match, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PatternError(pub String);

#[cfg(test)]
mod tests;
