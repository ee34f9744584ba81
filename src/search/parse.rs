//! The parts of a query to what is looked for.

use std::ops::Range;

use super::moment::{since, until};
use super::token::{Field, Kind, Token, tokens};
use super::{Name, Query, QueryError, Term, Within, Word};
use crate::model::Timestamp;
use crate::text::language::primary;

/// More than anyone types, and little enough to be answered at once.
const MOST_PARTS: usize = 64;

pub(super) fn parse(text: &str, now: Timestamp) -> Result<Query, QueryError> {
    let tokens = tokens(text)?;
    let end = text.len();
    if let Some(beyond) = tokens.get(MOST_PARTS) {
        return Err(error(
            &(beyond.range.start..end),
            &format!("A query has at most {MOST_PARTS} words and phrases."),
        ));
    }
    let mut reader =
        Reader { query: Query::default(), now, sign: Sign::Wanted, joint: None, last: Last::Nothing };
    for token in &tokens {
        reader.take(token)?;
    }
    reader.finish(&(0..end))
}

/// Whether the next part is to stand in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sign {
    Wanted,
    /// Behind this NOT.
    Unwanted(Range<usize>),
}

/// What an OR would join to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Term,
    Entity,
    Other,
}

struct Reader {
    query: Query,
    now: Timestamp,
    sign: Sign,
    /// Where the OR or AND stands behind which something must come.
    joint: Option<(Range<usize>, Joint)>,
    last: Last,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    Or,
}

impl Reader {
    fn take(&mut self, token: &Token) -> Result<(), QueryError> {
        match &token.kind {
            Kind::Not => self.sign = Sign::Unwanted(token.range.clone()),
            Kind::And => self.join(Joint::And, &token.range)?,
            Kind::Or => self.join(Joint::Or, &token.range)?,
            Kind::Text(text) => self.term(text, Within::Article, &token.range)?,
            Kind::Valued(field, value) => self.valued(*field, value.trim(), &token.range)?,
        }
        Ok(())
    }

    fn join(&mut self, joint: Joint, range: &Range<usize>) -> Result<(), QueryError> {
        if self.last == Last::Nothing || self.joint.is_some() {
            return Err(error(
                range,
                "Something to look for is missing in front of this. To look for the word itself, put it in quotes.",
            ));
        }
        self.joint = Some((range.clone(), joint));
        Ok(())
    }

    fn valued(&mut self, field: Field, value: &str, range: &Range<usize>) -> Result<(), QueryError> {
        if value.is_empty() {
            return Err(error(
                range,
                "Nothing stands behind the colon. Write what to look for right behind it, in quotes where it has spaces.",
            ));
        }
        let name = || Name { text: value.to_owned(), start: range.start, end: range.end };
        match field {
            Field::Title => return self.term(value, Within::Title, range),
            Field::Entity => return self.entity(name(), range),
            Field::Source if self.negated() => self.query.without_sources.push(name()),
            Field::Source => self.query.sources.push(name()),
            Field::Language => {
                self.refuse_not(range)?;
                let language = primary(value).ok_or_else(|| {
                    error(range, "This is no language. Write its code, as in lang:vi, lang:en or lang:zh.")
                })?;
                self.query.languages.push(language);
            }
            Field::Since => {
                self.refuse_not(range)?;
                self.query.since = Some(since(value, self.now).ok_or_else(|| no_moment(range))?);
            }
            Field::Until => {
                self.refuse_not(range)?;
                self.query.until = Some(until(value, self.now).ok_or_else(|| no_moment(range))?);
            }
        }
        self.settle(Last::Other, range)
    }

    fn term(&mut self, text: &str, within: Within, range: &Range<usize>) -> Result<(), QueryError> {
        let words = Word::all(text);
        if words.is_empty() {
            // A dash or an ampersand between words is nothing to look for.
            return Ok(());
        }
        let term = Term { words, within };
        if self.negated() {
            self.query.unwanted.push(term);
            return self.settle(Last::Other, range);
        }
        let joins = self.is_or() && self.last == Last::Term;
        match self.query.wanted.last_mut().filter(|_| joins) {
            Some(group) => {
                group.push(term);
                self.joint = None;
            }
            None => self.query.wanted.push(vec![term]),
        }
        self.settle(Last::Term, range)
    }

    fn entity(&mut self, name: Name, range: &Range<usize>) -> Result<(), QueryError> {
        if self.negated() {
            self.query.without_entities.push(name);
            return self.settle(Last::Other, range);
        }
        let joins = self.is_or() && self.last == Last::Entity;
        match self.query.entities.last_mut().filter(|_| joins) {
            Some(group) => {
                group.push(name);
                self.joint = None;
            }
            None => self.query.entities.push(vec![name]),
        }
        self.settle(Last::Entity, range)
    }

    fn is_or(&self) -> bool {
        matches!(self.joint, Some((_, Joint::Or)))
    }

    /// Whether a NOT stood before this part.
    fn negated(&mut self) -> bool {
        std::mem::replace(&mut self.sign, Sign::Wanted) != Sign::Wanted
    }

    fn refuse_not(&mut self, range: &Range<usize>) -> Result<(), QueryError> {
        if self.negated() {
            return Err(error(
                range,
                "NOT and - stand before words, phrases, title:, entity: and source: only.",
            ));
        }
        Ok(())
    }

    /// The part is taken; an OR in front of it that joined nothing is a mistake.
    fn settle(&mut self, last: Last, range: &Range<usize>) -> Result<(), QueryError> {
        let joint = self.joint.take();
        self.last = last;
        match joint {
            Some((or, Joint::Or)) => Err(error(
                &(or.start..range.end),
                "OR stands between words or phrases, or between entity: and entity:. Search for one after the other instead.",
            )),
            _ => Ok(()),
        }
    }

    fn finish(self, whole: &Range<usize>) -> Result<Query, QueryError> {
        if let Sign::Unwanted(range) = &self.sign {
            return Err(error(
                range,
                "Something is missing behind this NOT. To look for the word itself, put it in quotes.",
            ));
        }
        if let Some((range, _)) = &self.joint {
            return Err(error(
                range,
                "Something to look for is missing behind this. To look for the word itself, put it in quotes.",
            ));
        }
        let Query {
            wanted,
            unwanted,
            entities,
            sources,
            languages,
            since,
            until,
            without_entities,
            without_sources,
        } = &self.query;
        let narrows =
            !wanted.is_empty() || !entities.is_empty() || !sources.is_empty() || !languages.is_empty();
        if narrows || since.is_some() || until.is_some() {
            return Ok(self.query);
        }
        let only_refuses =
            !unwanted.is_empty() || !without_entities.is_empty() || !without_sources.is_empty();
        let message = if only_refuses {
            "This only says what is not wanted. Say also what is: a word, an entity:, a source: or since:7d."
        } else {
            "There is no word in this. Write words, a \"phrase\", entity:NAME, source:NAME or since:7d."
        };
        Err(error(whole, message))
    }
}

fn no_moment(range: &Range<usize>) -> QueryError {
    error(range, "This is no date, instant or span. Write 2026-11-21, 2026-11-21T07:30:00+07:00, 24h or 7d.")
}

fn error(range: &Range<usize>, message: &str) -> QueryError {
    QueryError { start: range.start, end: range.end, message: message.to_owned() }
}
