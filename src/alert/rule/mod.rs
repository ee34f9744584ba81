//! Rules over entities and phrases: `Huawei AND (SMIC NEAR/10 "cấm vận" OR title([Tập Cận Bình])) AND NOT "điện thoại"`.

mod doubt;
mod evidence;
mod judge;
mod name;
mod parse;
mod place;
mod token;

pub use doubt::Doubt;
pub use evidence::Evidence;

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
    /// This stands in the article.
    Found(Target),
    /// One of each side stands so near the other that at most so many words are between them.
    Near(Vec<Target>, Vec<Target>, usize),
    /// One of each group stands in the same sentence or paragraph.
    Same(Unit, Vec<Vec<Target>>),
    /// All of these together stand in the article as often as this.
    Count(Vec<Target>, Comparison, usize),
    /// This holds of a part of the article alone.
    Within(Part, Box<Node>),
    /// This does not hold.
    Not(Box<Node>),
    /// All of these hold.
    All(Vec<Node>),
    /// One of these holds.
    Any(Vec<Node>),
}

/// What stands in an article or does not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    /// The entity of this name, as its table writes it.
    Entity(String),
    /// The phrase.
    Phrase(String),
}

/// What `SAME` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Sentence,
    Paragraph,
}

/// A part of an article that a rule may ask about alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Lead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtLeast,
    MoreThan,
    Exactly,
    AtMost,
    LessThan,
}

impl Comparison {
    fn holds(self, count: usize, number: usize) -> bool {
        match self {
            Self::AtLeast => count >= number,
            Self::MoreThan => count > number,
            Self::Exactly => count == number,
            Self::AtMost => count <= number,
            Self::LessThan => count < number,
        }
    }
}

impl Rule {
    /// Reads a rule whose entities are all among `known` (compared without case). `NEAR` and `SAME` bind closest, then `NOT`,
    /// `AND` and `OR`.
    pub fn parse(text: &str, known: &[&str]) -> Result<Self, RuleError> {
        parse::parse(text, known).map(|root| Self { root })
    }

    /// Whether it holds for what was found in an article.
    pub fn holds(&self, evidence: &Evidence<'_>) -> bool {
        judge::holds(&self.root, evidence)
    }

    /// Why it is hardly meant so: it never holds, or always. `None` also where that is not cheap to tell.
    pub fn doubt(&self) -> Option<Doubt> {
        doubt::of(&self.root)
    }

    /// The phrases it needs the matcher to look for, each once.
    pub fn phrases(&self) -> Vec<String> {
        let mut phrases = Vec::new();
        self.root.visit(&mut |target| match target {
            Target::Phrase(phrase) if !phrases.contains(phrase) => phrases.push(phrase.clone()),
            Target::Phrase(_) | Target::Entity(_) => {}
        });
        phrases
    }

    /// Whether it speaks of one of the entities of which this is true.
    pub fn names(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        let mut found = false;
        self.root.visit(&mut |target| found |= matches!(target, Target::Entity(name) if is_meant(name)));
        found
    }
}

impl Node {
    /// Everything that it asks for, in the order of the rule.
    fn visit(&self, see: &mut dyn FnMut(&Target)) {
        match self {
            Self::Found(target) => see(target),
            Self::Near(one, other, _) => one.iter().chain(other).for_each(see),
            Self::Same(_, groups) => groups.iter().flatten().for_each(see),
            Self::Count(targets, ..) => targets.iter().for_each(see),
            Self::Within(_, node) | Self::Not(node) => node.visit(see),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|node| node.visit(see)),
        }
    }
}

#[cfg(test)]
mod tests;
