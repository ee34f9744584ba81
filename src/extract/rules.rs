//! The rules of a source: CSS selectors that say where on its pages things stand.

use scraper::Selector;

use super::epoch::fingerprint;

/// What a rule says the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The elements that hold the text.
    Body,
    /// The headline.
    Title,
    /// The standfirst.
    Lead,
    /// The names of the authors.
    Author,
    /// When it was published.
    Date,
    /// What is no part of the article.
    Remove,
    /// What of a watched page is compared.
    Select,
}

impl Part {
    /// Its key in sources.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Author => "author",
            Self::Date => "date",
            Self::Remove => "remove",
            Self::Select => "select",
        }
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(super) part: Part,
    pub(super) css: String,
    pub(super) compiled: Selector,
}

/// Why a text is no selector, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no CSS selector such as \"div.detail-content\"{0}")]
pub struct RuleError(String);

impl Rule {
    /// A rule from its CSS selector.
    pub fn parse(part: Part, css: &str) -> Result<Self, RuleError> {
        let compiled = Selector::parse(css).map_err(|error| {
            // What takes several lines is meant for the parser's developers.
            let reason = Some(error.to_string()).filter(|reason| !reason.contains('\n'));
            RuleError(reason.map(|reason| format!(": {reason}")).unwrap_or_default())
        })?;
        Ok(Self { part, css: css.trim().to_owned(), compiled })
    }
}

/// All rules of a source. What they match wins over every guess.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// These rules.
    pub fn new(rules: Vec<Rule>) -> Self {
        Self(rules)
    }

    /// These and more.
    #[must_use]
    pub fn and(mut self, more: Vec<Rule>) -> Self {
        self.0.extend(more);
        self
    }

    /// Whether everything is guessed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is such a rule.
    pub fn contains(&self, rule: &str, selector: &str) -> bool {
        self.0.iter().any(|own| own.part.as_str() == rule && own.css == selector)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter()
    }

    /// The same for the same rules, whatever their order in the file; 0 where there are none.
    pub(super) fn version(&self) -> u64 {
        let each = self.0.iter().map(|rule| fingerprint(&[rule.part.as_str(), &rule.css]));
        each.fold(0, u64::wrapping_add)
    }
}
