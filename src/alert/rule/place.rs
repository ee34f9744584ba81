//! Operators that ask where and how often something stands: `NEAR`, `SAME` and the number behind `count( )`.

use std::ops::Range;

use super::parse::Parser;
use super::token::{Kind, Token, error};
use super::{Comparison, Node, RuleError, Target, Unit};

impl<'a> Parser<'a> {
    /// A single operand, or some with NEAR or SAME between them.
    pub(super) fn placed(&mut self) -> Result<Node, RuleError> {
        let start = self.start();
        let first = self.single()?;
        let Some(operator) = self.peek() else { return Ok(first) };
        let placed = match operator.kind {
            Kind::Near(words) => self.near((first, start), words)?,
            Kind::Same => self.same((first, start))?,
            _ => return Ok(first),
        };
        match self.peek() {
            Some(token) if matches!(token.kind, Kind::Near(_) | Kind::Same) => Err(error(
                &token.range,
                "NEAR and SAME compare two sides. Write A NEAR/10 B AND B NEAR/10 C, or A SAME sentence B SAME sentence C.",
            )),
            _ => Ok(placed),
        }
    }

    fn near(&mut self, (first, start): (Node, usize), words: usize) -> Result<Node, RuleError> {
        let one = self.targets(first, start)?;
        self.advance();
        let start = self.start();
        let other = self.single()?;
        let other = self.targets(other, start)?;
        if other.iter().any(|target| one.contains(target)) {
            let range = start..self.behind();
            return Err(error(
                &range,
                "Both sides of NEAR name the same. Use count( ) for what stands twice.",
            ));
        }
        Ok(Node::Near(one, other, words))
    }

    fn same(&mut self, (first, start): (Node, usize)) -> Result<Node, RuleError> {
        let mut groups = vec![self.targets(first, start)?];
        let mut unit = None;
        while let Some(same) = self.take(&Kind::Same) {
            let place = self.peek().map_or(same.range.end..self.end(), |token| token.range.clone());
            let here = self.unit(same)?;
            if unit.replace(here).is_some_and(|before| before != here) {
                return Err(error(
                    &place,
                    "One chain of SAME cannot mix sentence and paragraph. Join two with AND.",
                ));
            }
            let start = self.start();
            let node = self.single()?;
            groups.push(self.targets(node, start)?);
        }
        Ok(Node::Same(unit.unwrap_or(Unit::Sentence), groups))
    }

    fn unit(&mut self, same: &Token) -> Result<Unit, RuleError> {
        let written = self.peek().and_then(|token| match &token.kind {
            Kind::Word(word) => Some(word.to_lowercase()),
            _ => None,
        });
        let unit = match written.as_deref() {
            Some("sentence") => Unit::Sentence,
            Some("paragraph") => Unit::Paragraph,
            _ => {
                let message = "SAME needs to know the same what: write SAME sentence or SAME paragraph.";
                let suggestion = Some("SAME sentence".to_owned());
                return Err(RuleError { suggestion, ..error(&same.range, message) });
            }
        };
        self.advance();
        Ok(unit)
    }

    /// The number that a count is compared with.
    pub(super) fn counted(&mut self, inside: Node, count: &Range<usize>) -> Result<Node, RuleError> {
        let targets = self.targets(inside, count.start)?;
        let missing = || {
            let message =
                "count( ) needs a number to compare with, as in count(Huawei) >= 3 (also > = < <=).";
            error(&(count.start..count.end), message)
        };
        let Some((comparison, number, range)) = self.comparison() else { return Err(missing()) };
        match number.or_else(|| self.word()) {
            Some((number, _)) if number.parse::<usize>().is_ok_and(|number| number <= 10_000) => {
                Ok(Node::Count(targets, comparison, number.parse().unwrap_or(0)))
            }
            Some((number, place)) => Err(error(
                &place,
                &format!("{number:?} is no number from 0 to 10000 to compare a count with."),
            )),
            None => Err(error(&range, "A number is missing behind this.")),
        }
    }

    /// A comparison and, where it is written without a space, its number.
    #[expect(clippy::type_complexity, reason = "the parts of one token")]
    fn comparison(&mut self) -> Option<(Comparison, Option<(&'a str, Range<usize>)>, Range<usize>)> {
        let signs = [
            (">=", Comparison::AtLeast),
            ("=>", Comparison::AtLeast),
            ("=<", Comparison::AtMost),
            ("≥", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            ("≤", Comparison::AtMost),
            (">", Comparison::MoreThan),
            ("<", Comparison::LessThan),
            ("==", Comparison::Exactly),
            ("=", Comparison::Exactly),
        ];
        let Some(Token { kind: Kind::Word(word), range }) = self.peek() else { return None };
        let (sign, comparison) = signs.into_iter().find(|(sign, _)| word.starts_with(sign))?;
        self.advance();
        let number = word.strip_prefix(sign).filter(|number| !number.is_empty());
        let number = number.map(|number| (number, range.start + sign.len()..range.end));
        Some((comparison, number, range.clone()))
    }

    fn word(&mut self) -> Option<(&'a str, Range<usize>)> {
        let Some(Token { kind: Kind::Word(word), range }) = self.peek() else { return None };
        self.advance();
        Some((word, range.clone()))
    }

    /// What the node asks for, where it is a name, a phrase, or several with OR between them.
    fn targets(&self, node: Node, start: usize) -> Result<Vec<Target>, RuleError> {
        let mut targets = Vec::new();
        if flatten(node, &mut targets) {
            return Ok(targets);
        }
        Err(error(
            &(start..self.behind()),
            "NEAR, SAME and count( ) take a name, a \"phrase\", or several in parentheses with OR between them.",
        ))
    }

    /// Where the next token begins.
    fn start(&self) -> usize {
        self.peek().map_or(self.end(), |token| token.range.start)
    }

    /// Where the token before the next one ends.
    fn behind(&self) -> usize {
        self.last().map_or(self.end(), |token| token.range.end)
    }
}

/// Whether the node is targets alone, which are put behind `targets`.
fn flatten(node: Node, targets: &mut Vec<Target>) -> bool {
    match node {
        Node::Found(target) => targets.push(target),
        Node::Any(nodes) => return nodes.into_iter().all(|node| flatten(node, targets)),
        _ => return false,
    }
    true
}
