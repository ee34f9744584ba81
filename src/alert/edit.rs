//! Which alerts and digests an edit of an article or a change of a page belongs to.

use std::time::Duration;

use super::{Digest, Evidence, InstantAlert};
use crate::model::{Change, ChangeKind, Reason};

/// Changes that matter less are told to nobody who does not ask for them: typography and spelling stay below.
const LEAST_SIGNIFICANCE: f64 = 0.3;

/// What of edits and changes an alert is about.
#[derive(Debug, Clone, PartialEq)]
pub struct EditFilter {
    /// Only these kinds; empty: all.
    pub kinds: Vec<ChangeKind>,
    /// How much a change must matter, from 0 to 1.
    pub min_significance: f64,
    /// Where the rule must hold.
    pub within: Within,
    /// Further edits within this time after the first are told with it.
    pub settle: Duration,
}

impl Default for EditFilter {
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            min_significance: LEAST_SIGNIFICANCE,
            within: Within::Article,
            settle: Duration::ZERO,
        }
    }
}

/// Where the rule of an alert about edits must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Within {
    /// In the whole text, before or after.
    #[default]
    Article,
    /// In what was added, or in what was removed.
    Changed,
}

/// An edit that alerts and digests are asked about.
#[derive(Debug, Clone, Copy)]
pub struct Edited<'a> {
    /// `Edit` or `Page`.
    pub reason: Reason,
    /// The source of the article.
    pub source: &'a str,
    /// That source's tags.
    pub tags: &'a [String],
    /// What was found in the text before.
    pub before: &'a Evidence<'a>,
    /// What is found in the text after.
    pub after: &'a Evidence<'a>,
    /// What was found in what is gone.
    pub removed: &'a Evidence<'a>,
    /// What is found in what was added.
    pub added: &'a Evidence<'a>,
    /// How the two differ.
    pub change: &'a Change,
}

impl InstantAlert {
    /// Whether the edit fires it: its rule holds before or after and the change is significant, or the change made the rule true
    /// or untrue.
    pub fn fires_on(&self, edited: &Edited<'_>) -> bool {
        let EditFilter { kinds, min_significance, within, .. } = &self.edits;
        let is_asked_for = self.on.contains(&edited.reason) && self.sources.takes(edited.source, edited.tags);
        let is_of_kind = kinds.is_empty() || edited.change.kind.is_some_and(|kind| kinds.contains(&kind));
        if !is_asked_for || !is_of_kind {
            return false;
        }
        let is_significant = edited.change.significance >= *min_significance;
        let Some(rule) = &self.rule else { return is_significant };
        let (before, after) = match within {
            Within::Article => (rule.holds(edited.before), rule.holds(edited.after)),
            Within::Changed => (rule.holds(edited.removed), rule.holds(edited.added)),
        };
        match within {
            Within::Article => ((before || after) && is_significant) || before != after,
            Within::Changed => (before || after) && is_significant,
        }
    }
}

impl Digest {
    /// Whether the edit belongs into it.
    pub fn takes_edit(&self, edited: &Edited<'_>) -> bool {
        self.sources.takes(edited.source, edited.tags)
            && edited.change.significance >= LEAST_SIGNIFICANCE
            && (self.holds(edited.before) || self.holds(edited.after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::{Rule, SourceFilter};
    use crate::model::{Field, Matches, Mention};

    const HUAWEI: &str = "Huawei";
    const OTHER: &str = "Chợ cá";

    fn alert(rule: &str, edits: EditFilter) -> InstantAlert {
        InstantAlert {
            name: "Chips".to_owned(),
            rule: Some(Rule::parse(rule, &[HUAWEI]).unwrap()),
            sources: SourceFilter::default(),
            on: vec![Reason::Edit],
            edits,
            to: vec![],
            pace: crate::alert::Pace::default(),
            language: None,
        }
    }

    fn found(text: &str) -> Matches {
        let mention = Mention {
            entity: HUAWEI.to_owned(),
            alias: HUAWEI.to_owned(),
            surface: HUAWEI.to_owned(),
            start: 0,
            end: HUAWEI.len(),
            field: Field::Body,
        };
        let mentions = if text.starts_with(HUAWEI) { vec![mention] } else { vec![] };
        Matches { mentions, ..Matches::default() }
    }

    /// Whether the alert fires on an edit with this text before, after, removed and added.
    fn fires(alert: &InstantAlert, texts: [&str; 4], (kind, significance): (ChangeKind, f64)) -> bool {
        let fields = texts.map(|text| [(Field::Body, text)]);
        let matches = texts.map(found);
        let [before, after, removed, added] = [0, 1, 2, 3].map(|at| Evidence::of(&matches[at], &fields[at]));
        let change = Change { changed: true, kind: Some(kind), significance, ..Change::default() };
        alert.fires_on(&Edited {
            reason: Reason::Edit,
            source: "Báo",
            tags: &[],
            before: &before,
            after: &after,
            removed: &removed,
            added: &added,
            change: &change,
        })
    }

    #[test]
    fn an_edit_fires_where_the_rule_holds_and_it_matters_or_where_the_rule_turns() {
        let usual = EditFilter::default;
        let number = (ChangeKind::NumberEdit, 0.8);
        let minor = (ChangeKind::Minor, 0.1);
        let both = [HUAWEI, HUAWEI, OTHER, OTHER];
        for (rule, edits, texts, change, expected) in [
            ("Huawei", usual(), both, number, true),
            ("Huawei", usual(), both, minor, false),
            ("Huawei", usual(), [OTHER, OTHER, OTHER, OTHER], number, false),
            ("Huawei", usual(), [OTHER, HUAWEI, OTHER, HUAWEI], minor, true),
            ("Huawei", usual(), [HUAWEI, OTHER, HUAWEI, OTHER], minor, true),
            ("Huawei", EditFilter { within: Within::Changed, ..usual() }, both, number, false),
            (
                "Huawei",
                EditFilter { within: Within::Changed, ..usual() },
                [HUAWEI, HUAWEI, OTHER, HUAWEI],
                number,
                true,
            ),
            ("Huawei", EditFilter { kinds: vec![ChangeKind::Correction], ..usual() }, both, number, false),
            ("Huawei", EditFilter { kinds: vec![ChangeKind::NumberEdit], ..usual() }, both, number, true),
            ("Huawei", EditFilter { min_significance: 0.9, ..usual() }, both, number, false),
            ("Huawei", EditFilter { min_significance: 0.0, ..usual() }, both, minor, true),
        ] {
            let edits = edits.clone();
            assert_eq!(
                fires(&alert(rule, edits.clone()), texts, change),
                expected,
                "{edits:?} {texts:?} {change:?}"
            );
        }
    }

    #[test]
    fn an_alert_about_new_articles_is_silent_about_edits() {
        let alert = InstantAlert { on: vec![Reason::New], ..alert("Huawei", EditFilter::default()) };
        assert!(!fires(&alert, [HUAWEI, HUAWEI, OTHER, OTHER], (ChangeKind::NumberEdit, 0.8)));
    }
}
