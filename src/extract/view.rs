//! What of a page is watched.

use super::epoch::{Epoch, fingerprint};
use super::rules::{Part, Rules};
use crate::model::Mode;

/// What of a page is watched, and how its text is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// What is compared.
    pub mode: Mode,
    /// `select` and `remove`; for articles also where things stand.
    pub rules: Rules,
    /// Whether the targets of links are text.
    pub targets: Targets,
    /// What becomes of white space.
    pub white_space: WhiteSpace,
}

/// Whether the targets of links are text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Targets {
    /// Only their words are.
    #[default]
    Unwatched,
    /// They stand after the words.
    Watched,
}

/// What becomes of white space, and of characters that cannot be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WhiteSpace {
    /// A run of it is one space; what cannot be seen is nothing.
    #[default]
    Collapsed,
    /// It is kept as it is written.
    Kept,
}

impl View {
    /// That of an article of a source with these rules.
    pub fn of_article(rules: Rules) -> Self {
        Self { mode: Mode::Article, rules, ..Self::default() }
    }

    /// The epoch of snapshots taken with this view: snapshots of two epochs tell nothing about the page.
    pub fn epoch(&self) -> Epoch {
        let usual = Self { rules: self.rules.clone(), ..Self::of_article(Rules::default()) };
        if *self == usual {
            return Epoch::new(self.rules.version(), 0);
        }
        let how = format!("{:?} {:?} {:?}", self.mode, self.targets, self.white_space);
        Epoch::new(self.rules.version().wrapping_add(fingerprint(&[&how])), 0)
    }

    /// Whether a part of the page is chosen.
    pub fn selects(&self) -> bool {
        self.selected() > 0
    }

    /// How many selectors choose it.
    pub(super) fn selected(&self) -> usize {
        self.rules.iter().filter(|rule| rule.part == Part::Select).count()
    }
}
