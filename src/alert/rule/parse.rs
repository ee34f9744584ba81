//! Tokens to what must hold.

use std::ops::Range;

use super::name::{Names, Word, foreign_word, joined, unsupported};
use super::token::{Kind, Token, error, tokens};
use super::{Node, Part, RuleError, Target};

/// More than anyone writes by hand, and little enough to be read at once.
const LONGEST: usize = 8_000;
/// Parentheses and NOTs within each other.
const DEEPEST: usize = 50;

pub(super) fn parse(text: &str, known: &[&str]) -> Result<Node, RuleError> {
    if text.len() > LONGEST {
        let message = format!(
            "A rule may have {LONGEST} bytes and this one has {}. Split it into several alerts.",
            text.len()
        );
        return Err(error(&(0..text.len()), &message));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(error(
            &(0..text.len()),
            "This rule is empty. Write the name of an entity, or leave the rule out.",
        ));
    }
    let mut parser =
        Parser { tokens: &tokens, at: 0, depth: 0, names: Names::new(known), end: text.trim_end().len() };
    let root = parser.any()?;
    match parser.peek() {
        None => Ok(root),
        Some(_) => Err(parser.unexpected_behind_operand()),
    }
}

pub(super) struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    names: Names<'a>,
    /// Where the rule ends.
    end: usize,
}

impl<'a> Parser<'a> {
    /// Operands with OR between them.
    fn any(&mut self) -> Result<Node, RuleError> {
        let first = self.all()?;
        let mut nodes = vec![first];
        while self.take(&Kind::Or).is_some() {
            nodes.push(self.all()?);
        }
        Ok(single_or(nodes, Node::Any))
    }

    /// Operands with AND between them.
    fn all(&mut self) -> Result<Node, RuleError> {
        let first = self.operand()?;
        let mut nodes = vec![first];
        while self.take(&Kind::And).is_some() {
            nodes.push(self.operand()?);
        }
        Ok(single_or(nodes, Node::All))
    }

    /// An operand behind any number of NOTs.
    fn operand(&mut self) -> Result<Node, RuleError> {
        match self.peek() {
            Some(token) if token.kind == Kind::Not => self.negated(token),
            _ => self.placed(),
        }
    }

    /// A name, phrase, function or group.
    pub(super) fn single(&mut self) -> Result<Node, RuleError> {
        let Some(token) = self.peek() else {
            return Err(self.missing_operand(&(self.end..self.end)));
        };
        match &token.kind {
            Kind::Open => self.parenthesised(token),
            Kind::Phrase(phrase) => {
                self.at += 1;
                Ok(Node::Found(Target::Phrase(phrase.clone())))
            }
            Kind::Bracketed(name) => {
                self.at += 1;
                let found = self.names.find(name).map(|name| Node::Found(Target::Entity(name)));
                found.ok_or_else(|| self.names.unknown(name, &token.range))
            }
            Kind::Word(_) => self.bare_name(),
            Kind::Not => Err(error(
                &token.range,
                "NOT cannot stand here: NEAR and SAME ask where something is. Write AND NOT ( ) around it.",
            )),
            Kind::And | Kind::Or | Kind::Near(_) | Kind::Same | Kind::Close => {
                Err(self.missing_operand(&token.range))
            }
        }
    }

    fn negated(&mut self, not: &Token) -> Result<Node, RuleError> {
        self.at += 1;
        self.descend(&not.range)?;
        let operand = self.operand()?;
        self.depth -= 1;
        Ok(Node::Not(Box::new(operand)))
    }

    pub(super) fn parenthesised(&mut self, open: &Token) -> Result<Node, RuleError> {
        self.at += 1;
        self.descend(&open.range)?;
        let inside = self.any()?;
        self.depth -= 1;
        if self.take(&Kind::Close).is_some() {
            return Ok(inside);
        }
        if self.peek().is_some() {
            return Err(self.unexpected_behind_operand());
        }
        Err(error(&open.range, "This parenthesis is opened and never closed. Write ) where the group ends."))
    }

    /// One entity, written as bare words.
    fn bare_name(&mut self) -> Result<Node, RuleError> {
        let words = self.take_words();
        if let (Some((word, range)), Some(open)) = (words.last(), self.peek())
            && open.kind == Kind::Open
            && open.range.start == range.end
        {
            return self.call(&words, (word, range), open);
        }
        let whole = joined(&words);
        let found = self.names.find(&whole).map(|name| Node::Found(Target::Entity(name)));
        found.ok_or_else(|| self.names.unknown_words(&whole, &words))
    }

    /// `title(…)`, `lead(…)` or `count(…) >= 3`: a word with a parenthesis right behind it.
    fn call(
        &mut self,
        words: &[Word<'a>],
        (word, range): (&str, &Range<usize>),
        open: &Token,
    ) -> Result<Node, RuleError> {
        let part = match word.to_lowercase().as_str() {
            "title" => Some(Part::Title),
            "lead" => Some(Part::Lead),
            "count" => None,
            _ => return Err(unsupported(&format!("{word}( )"), &(range.start..open.range.end))),
        };
        if words.len() > 1 {
            return Err(error(range, "AND or OR is missing in front of this."));
        }
        let inside = self.parenthesised(open)?;
        match part {
            Some(part) => Ok(Node::Within(part, Box::new(inside))),
            None => self.counted(inside, range),
        }
    }

    fn take_words(&mut self) -> Vec<Word<'a>> {
        let mut words = Vec::new();
        while let Some(Token { kind: Kind::Word(word), range }) = self.peek() {
            words.push((word.as_str(), range.clone()));
            self.at += 1;
        }
        words
    }

    fn descend(&mut self, range: &Range<usize>) -> Result<(), RuleError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message =
                format!("Parentheses and NOTs stand more than {DEEPEST} deep here. Simplify the rule.");
            return Err(error(range, &message));
        }
        Ok(())
    }

    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn take(&mut self, kind: &Kind) -> Option<&'a Token> {
        let token = self.peek().filter(|token| token.kind == *kind)?;
        self.at += 1;
        Some(token)
    }

    /// Goes on to the next token.
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// The token before the next one.
    pub(super) fn last(&self) -> Option<&'a Token> {
        self.at.checked_sub(1).and_then(|index| self.tokens.get(index))
    }

    /// Where the rule ends.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// An operator, a parenthesis or the end stands where a name was due.
    fn missing_operand(&self, range: &Range<usize>) -> RuleError {
        let place = match self.last().map(|token| &token.kind) {
            Some(Kind::And) => "behind AND",
            Some(Kind::Or) => "behind OR",
            Some(Kind::Not) => "behind NOT",
            Some(Kind::Near(_)) => "behind NEAR",
            Some(Kind::Open) => "behind the parenthesis",
            _ => "here",
        };
        error(range, &format!("An entity name or a \"phrase\" is missing {place}."))
    }

    /// Something follows an operand that is neither AND nor OR nor the parenthesis due.
    fn unexpected_behind_operand(&self) -> RuleError {
        let Some(token) = self.peek() else {
            return self.missing_operand(&(self.end..self.end));
        };
        let foreign = match &token.kind {
            Kind::Close => Some(error(
                &token.range,
                "This parenthesis closes none. Leave it out, or write ( where the group begins.",
            )),
            Kind::Word(word) => foreign_word(word, &token.range),
            _ => None,
        };
        foreign.unwrap_or_else(|| error(&token.range, "AND or OR is missing in front of this."))
    }
}

fn single_or(mut nodes: Vec<Node>, group: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        Some(last) => {
            nodes.push(last);
            group(nodes)
        }
        None => group(nodes),
    }
}
