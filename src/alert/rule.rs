//! Boolean rules over entities and phrases: `Huawei AND (SMIC OR [Tập Cận Bình]) AND NOT "điện thoại"`.

mod name;
mod parse;
mod token;

use crate::model::Matches;

/// A checked rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    root: Node,
}

/// Why a rule cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// First byte of the offending text within the rule.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What the user may have meant, ready to stand in place of the offending text.
    pub suggestion: Option<String>,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    /// The entity of this name, as its table writes it, is mentioned.
    Entity(String),
    /// The phrase stands in the article.
    Phrase(String),
    /// This does not hold.
    Not(Box<Node>),
    /// All of these hold.
    All(Vec<Node>),
    /// One of these holds.
    Any(Vec<Node>),
}

impl Rule {
    /// Reads a rule whose entities are all among `known` (compared without case). `NOT` binds closest, then `AND`, then `OR`.
    pub fn parse(text: &str, known: &[&str]) -> Result<Self, RuleError> {
        parse::parse(text, known).map(|root| Self { root })
    }

    /// Whether it holds for what was found in an article.
    pub fn holds(&self, matches: &Matches) -> bool {
        self.root.holds(matches)
    }

    /// The phrases it needs the matcher to look for, each once.
    pub fn phrases(&self) -> Vec<String> {
        let mut phrases = Vec::new();
        self.root.collect_phrases(&mut phrases);
        phrases
    }
}

impl Node {
    fn holds(&self, matches: &Matches) -> bool {
        match self {
            Self::Entity(name) => matches.mentions.iter().any(|mention| mention.entity == *name),
            Self::Phrase(phrase) => matches.phrases.iter().any(|hit| hit.phrase == *phrase),
            Self::Not(node) => !node.holds(matches),
            Self::All(nodes) => nodes.iter().all(|node| node.holds(matches)),
            Self::Any(nodes) => nodes.iter().any(|node| node.holds(matches)),
        }
    }

    fn collect_phrases(&self, phrases: &mut Vec<String>) {
        match self {
            Self::Entity(_) => {}
            Self::Phrase(phrase) if phrases.contains(phrase) => {}
            Self::Phrase(phrase) => phrases.push(phrase.clone()),
            Self::Not(node) => node.collect_phrases(phrases),
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.collect_phrases(phrases);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
