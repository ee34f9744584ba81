//! The lines of a version as they are compared: what the options leave out is out, with the reason.

use super::folding::Folding;
use super::noise;
use super::options::{Options, Order};
use super::pattern::{Pattern, Phrase};
use crate::model::{Ignored, Mode, Snapshot};
use crate::text::normalise::normalise;

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// As it is told.
    pub(super) shown: String,
    /// What it is compared by.
    pub(super) key: String,
}

/// A version as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    /// The headline, where there is one.
    pub(super) title: Option<Line>,
    /// The lead and all other lines.
    pub(super) lines: Vec<Line>,
    /// What was left out.
    pub(super) left_out: Vec<Ignored>,
}

/// What the options do to lines.
#[derive(Debug)]
pub(super) struct Preparation<'o> {
    pub(super) options: &'o Options,
    pub(super) folding: Folding,
}

impl<'o> Preparation<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Self { options, folding: Folding::of(options) }
    }

    /// A version as the options want it compared.
    pub(super) fn version(&self, snapshot: &Snapshot) -> Version {
        let mut version = Version::default();
        let mut lines = Vec::new();
        let title = self.kept(&snapshot.title, snapshot.mode, &mut version.left_out);
        let lead = std::iter::once(&snapshot.lead);
        for line in lead.chain(&snapshot.lines) {
            lines.extend(self.kept(line, snapshot.mode, &mut version.left_out));
        }
        if self.options.extract.is_empty() {
            version.title = title.map(|title| self.line(title));
        } else {
            lines = title.into_iter().chain(lines).flat_map(|line| self.extracted(&line)).collect();
        }
        version.lines = lines.into_iter().map(|line| self.line(line)).collect();
        if self.options.order == Order::Ignored {
            version.lines.sort_by(|one, other| one.key.cmp(&other.key));
        }
        if self.options.unique_lines {
            let mut seen = std::collections::HashSet::new();
            version.lines.retain(|line| seen.insert(line.key.clone()));
        }
        version
    }

    /// A line without what is left out of it; nothing where it is left out as a whole or says nothing.
    fn kept(&self, line: &str, mode: Mode, left_out: &mut Vec<Ignored>) -> Option<String> {
        let mut line = if self.options.ignore_whitespace { normalise(line) } else { line.to_owned() };
        if line.trim().is_empty() {
            return None;
        }
        if let Some(why) = self.unwanted(&line, mode) {
            left_out.push(Ignored { why: why.to_owned(), text: line });
            return None;
        }
        if self.options.ignore_text.iter().any(|pattern| pattern.matches(&line)) {
            let whole = line.clone();
            for pattern in &self.options.ignore_text {
                line = pattern.cut_out(&line);
            }
            left_out.push(Ignored { why: "ignore_text".to_owned(), text: whole });
            line = if self.options.ignore_whitespace { normalise(&line) } else { line };
        }
        (!line.trim().is_empty()).then_some(line)
    }

    /// The option or rule that leaves a whole line out.
    pub(super) fn unwanted(&self, line: &str, mode: Mode) -> Option<&'static str> {
        if mode == Mode::Article
            && let Some(why) = noise::reason(line)
        {
            return Some(why);
        }
        if !self.options.ignore_lines_containing.is_empty() {
            let folded = Phrase::fold(line);
            if self.options.ignore_lines_containing.iter().any(|phrase| phrase.stands_in(&folded)) {
                return Some("ignore_lines_containing");
            }
        }
        let matched = self.options.ignore_lines.iter().any(|pattern| pattern.matches(line));
        matched.then_some("ignore_lines")
    }

    fn extracted(&self, line: &str) -> Vec<String> {
        let captured = self.options.extract.iter().flat_map(|pattern: &Pattern| pattern.captured(line));
        captured.map(|text| normalise(&text)).filter(|text| !text.is_empty()).collect()
    }

    pub(super) fn line(&self, shown: String) -> Line {
        Line { key: self.folding.key(&shown).into_owned(), shown }
    }
}

/// What was left out of one version and not of the other: it differs and does not count. Each side in its order.
pub(super) fn differing(before: &[Ignored], after: &[Ignored]) -> Vec<Ignored> {
    use std::collections::HashMap;
    let mut counts: HashMap<&Ignored, (usize, usize)> = HashMap::new();
    for ignored in before {
        counts.entry(ignored).or_default().0 += 1;
    }
    for ignored in after {
        counts.entry(ignored).or_default().1 += 1;
    }
    let uneven = |ignored: &&Ignored| counts.get(*ignored).is_some_and(|(one, other)| one != other);
    let mut seen = std::collections::HashSet::new();
    before.iter().chain(after).filter(uneven).filter(|ignored| seen.insert(*ignored)).cloned().collect()
}
