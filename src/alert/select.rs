//! Which alerts and digests an article belongs to.

use std::collections::BTreeSet;

use super::{EditFilter, Evidence, Pace, Rule};
use crate::model::{Language, Reason, Recipient};

/// A checked `[[alert]]`.
#[derive(Debug, Clone)]
pub struct InstantAlert {
    /// Unique.
    pub name: String,
    /// What must hold; absent where sources or tags select everything they bring.
    pub rule: Option<Rule>,
    /// Which sources count.
    pub sources: SourceFilter,
    /// What it is about.
    pub on: Vec<Reason>,
    /// Which edits count.
    pub edits: EditFilter,
    /// Who is told.
    pub to: Vec<Recipient>,
    /// When it may speak, and how often.
    pub pace: Pace,
    /// Of its messages, where it is not that of all.
    pub language: Option<Language>,
}

/// A checked `[[digest]]`; its cron line is kept beside it.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Unique.
    pub name: String,
    /// Any of these must be mentioned; empty: any tracked entity.
    pub entities: BTreeSet<String>,
    /// What must hold instead, where the user wrote a rule.
    pub rule: Option<Rule>,
    /// Which sources count.
    pub sources: SourceFilter,
    /// Who is told.
    pub to: Vec<Recipient>,
    /// How many articles are shown; the rest is counted.
    pub max_items: usize,
    /// What happens when there is nothing new.
    pub empty: EmptyDigest,
    /// Of its messages, where it is not that of all.
    pub language: Option<Language>,
}

/// What happens at the end of a period without news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyDigest {
    /// A digest that says so is sent.
    Send,
    /// Nothing is sent.
    Skip,
}

/// Selects sources by name or tag; without either it takes all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFilter {
    /// Names of sources.
    pub names: BTreeSet<String>,
    /// Tags, any of which will do.
    pub tags: BTreeSet<String>,
}

impl SourceFilter {
    /// Whether a source with this name and these tags is selected.
    pub fn takes(&self, name: &str, tags: &[String]) -> bool {
        self.takes_all() || self.names.contains(name) || tags.iter().any(|tag| self.tags.contains(tag))
    }

    /// Whether every source is selected.
    pub fn takes_all(&self) -> bool {
        self.names.is_empty() && self.tags.is_empty()
    }
}

/// An article that alerts and digests are asked about.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The source that brought it.
    pub source: &'a str,
    /// That source's tags.
    pub tags: &'a [String],
    /// What was found in it.
    pub evidence: &'a Evidence<'a>,
}

impl InstantAlert {
    /// Whether the article fires it as a new one.
    pub fn fires(&self, candidate: Candidate<'_>) -> bool {
        self.on.contains(&Reason::New)
            && self.sources.takes(candidate.source, candidate.tags)
            && self.rule.as_ref().is_none_or(|rule| rule.holds(candidate.evidence))
    }
}

impl Digest {
    /// Whether the article belongs into it.
    pub fn takes(&self, candidate: Candidate<'_>) -> bool {
        self.sources.takes(candidate.source, candidate.tags) && self.holds(candidate.evidence)
    }

    pub(super) fn holds(&self, evidence: &Evidence<'_>) -> bool {
        if let Some(rule) = &self.rule {
            return rule.holds(evidence);
        }
        evidence.entities().any(|name| self.entities.is_empty() || self.entities.contains(name))
    }
}
