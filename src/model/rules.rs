//! What becomes of the rules that a source gives for its pages.

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A rule of a source that gave nothing on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmetRule {
    /// Its key in sources.toml.
    pub rule: String,
    /// Its selector.
    pub selector: String,
}

/// A rule of a source that has given nothing on its last pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleMiss {
    /// Its key in sources.toml.
    pub rule: String,
    /// Its selector.
    pub selector: String,
    /// When it first gave nothing.
    pub since: Timestamp,
    /// On how many pages in a row.
    pub pages: u32,
}

impl RuleMiss {
    /// How many pages in a row may lack what a `remove` rule takes out before anyone should look: not every page has it.
    const PATIENCE: u32 = 5;

    /// The misses of a source after a page on which the rules `unmet` gave nothing; a rule that gave something again, or
    /// that was written anew, is forgotten.
    #[must_use]
    pub fn after(before: &[Self], unmet: &[UnmetRule], now: Timestamp) -> Vec<Self> {
        let counted = |unmet: &UnmetRule| {
            let earlier =
                before.iter().find(|miss| miss.rule == unmet.rule && miss.selector == unmet.selector);
            Self {
                rule: unmet.rule.clone(),
                selector: unmet.selector.clone(),
                since: earlier.map_or(now, |miss| miss.since),
                pages: earlier.map_or(0, |miss| miss.pages).saturating_add(1),
            }
        };
        unmet.iter().map(counted).collect()
    }

    /// Whether someone should look at the rule.
    pub fn is_telling(&self) -> bool {
        self.rule != "remove" || self.pages >= Self::PATIENCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_is_counted_from_its_beginning_and_forgotten_once_the_rule_matches() {
        let at = Timestamp::from_micros;
        let unmet =
            |rule: &str, selector: &str| UnmetRule { rule: rule.to_owned(), selector: selector.to_owned() };
        let first = RuleMiss::after(&[], &[unmet("body", ".a"), unmet("title", "h1")], at(1));
        let second = RuleMiss::after(&first, &[unmet("body", ".a")], at(2));
        let counted: Vec<_> =
            second.iter().map(|miss| (miss.rule.as_str(), miss.pages, miss.since)).collect();
        assert_eq!(counted, [("body", 2, at(1))]);
        let changed = RuleMiss::after(&second, &[unmet("body", ".b")], at(3));
        assert_eq!((changed[0].pages, changed[0].since), (1, at(3)), "another selector is another rule");
        assert!(RuleMiss::after(&changed, &[], at(4)).is_empty());
    }

    #[test]
    fn what_not_every_page_has_may_be_missing_for_a_while() {
        let miss = |rule: &str, pages| RuleMiss {
            rule: rule.to_owned(),
            selector: ".x".to_owned(),
            since: Timestamp::EPOCH,
            pages,
        };
        for (rule, pages, telling) in [("body", 1, true), ("remove", 4, false), ("remove", 5, true)] {
            assert_eq!(miss(rule, pages).is_telling(), telling, "{rule} {pages}");
        }
    }
}
