//! A text as tokens in paragraphs, with what is prose told from what only surrounds it.

use std::collections::HashMap;
use std::ops::Range;

use super::tokens::{Token, capitals, tokenise};
use crate::text::fold::{Case, fold};

/// More of a text is not read: the first 20,000 words tell what it is.
const MOST_TOKENS: usize = 20_000;
/// A line of so many words between such lines is prose even without a full stop; headlines in lists of links are shorter, or stand
/// between short lines.
const PROSE_WORDS: usize = 20;
/// As many characters for scripts that write each as one.
const PROSE_IDEOGRAPHS: usize = 32;
/// A line that ends as a sentence needs only so many.
const SENTENCE: usize = 6;
/// A line that ends as one and has so many words tells something, though it may be of another article.
pub(super) const STATEMENT: usize = 4;
/// The title and what follows it belong to an article however short its lines are.
const OPENING: usize = 24;
/// A text with less prose is judged whole.
const FEWEST_PROSE: usize = 30;

/// The tokens of a text and its paragraphs.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) tokens: Vec<Token>,
    /// Of each token whether it is written as a name.
    capitals: Vec<bool>,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A paragraph, as a range of tokens.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) tokens: Range<usize>,
    /// The same as bytes of the text.
    bytes: Range<usize>,
    /// Whether it ends as a sentence does.
    ends: bool,
    /// Whether it is the article's own text: prose, or the opening. Related headlines, menus and dates are not.
    pub(super) is_core: bool,
}

impl Reading {
    /// Reads a text whose paragraphs are lines; a line that begins in lower case goes on with the one before.
    pub(super) fn of(text: &str) -> Self {
        let mut reading = Self::default();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if reading.tokens.len() >= MOST_TOKENS {
                break;
            }
            reading.push(line, at);
            at += line.len();
        }
        reading.tokens.truncate(MOST_TOKENS);
        if let Some(last) = reading.paragraphs.last_mut() {
            last.tokens.end = last.tokens.end.min(MOST_TOKENS);
        }
        reading.mark_core();
        reading
    }

    /// The tokens of a paragraph.
    pub(super) fn of_paragraph(&self, paragraph: &Paragraph) -> &[Token] {
        self.tokens.get(paragraph.tokens.clone()).unwrap_or_default()
    }

    /// Of the tokens of a paragraph which are written as names; none where most are, as in a headline.
    pub(super) fn capitals_of(&self, paragraph: &Paragraph) -> &[bool] {
        let capitals = self.capitals.get(paragraph.tokens.clone()).unwrap_or_default();
        let many = capitals.iter().filter(|is_capital| **is_capital).count();
        if many * 5 > capitals.len() * 3 { &[] } else { capitals }
    }

    /// The article's own paragraphs, each with the byte at which it begins.
    pub(super) fn own<'a>(&self, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        let own = self.paragraphs.iter().filter(|paragraph| paragraph.is_core);
        own.filter_map(move |paragraph| Some((paragraph.bytes.start, text.get(paragraph.bytes.clone())?)))
    }

    /// The article's own paragraphs and whatever else is a sentence, however short, each as tokens and as it is written.
    pub(super) fn told<'a>(&self, text: &'a str) -> impl Iterator<Item = (&[Token], &'a str)> {
        let told =
            self.paragraphs.iter().filter(|paragraph| paragraph.is_core || self.is_statement(paragraph));
        told.filter_map(move |paragraph| {
            Some((self.of_paragraph(paragraph), text.get(paragraph.bytes.clone())?))
        })
    }

    /// "Sản phẩm bị thu hồi."
    fn is_statement(&self, paragraph: &Paragraph) -> bool {
        paragraph.ends && self.of_paragraph(paragraph).len() >= STATEMENT
    }

    fn push(&mut self, line: &str, at: usize) {
        let start = self.tokens.len();
        tokenise(fold(line, Case::Fold).as_str(), &mut self.tokens);
        let end = self.tokens.len();
        if start == end {
            return;
        }
        self.capitals.extend(capitals(line, end - start));
        let ends = ends_sentence(line);
        let goes_on = line.trim_start().chars().next().is_some_and(char::is_lowercase);
        match self.paragraphs.last_mut() {
            Some(last) if goes_on && !last.ends => {
                last.tokens.end = end;
                last.bytes.end = at + line.len();
                last.ends = ends;
            }
            _ => {
                let bytes = at..at + line.len();
                self.paragraphs.push(Paragraph { tokens: start..end, bytes, ends, is_core: false });
            }
        }
    }

    fn mark_core(&mut self) {
        let mut times: HashMap<&[Token], usize> = HashMap::new();
        for paragraph in &self.paragraphs {
            *times.entry(self.of_paragraph(paragraph)).or_default() += 1;
        }
        let is_repeated = |tokens: &[Token]| times.get(tokens).is_some_and(|times| *times > 1);
        let shape = |paragraph| match (self.shape(paragraph), self.of_paragraph(paragraph)) {
            // A link and the caption of its picture.
            (Shape::Long, tokens) if is_repeated(tokens) => Shape::Line,
            (shape, _) => shape,
        };
        let shapes: Vec<Shape> = self.paragraphs.iter().map(shape).collect();
        let is_prose = |at: usize| {
            let beside = [at.wrapping_sub(1), at + 1].map(|beside| shapes.get(beside));
            let is_text = |shape: Option<&Shape>| shape.is_some_and(|shape| *shape != Shape::Line);
            match shapes.get(at) {
                Some(Shape::Sentence) => true,
                Some(Shape::Long) => beside.into_iter().any(is_text),
                _ => false,
            }
        };
        let prose: Vec<bool> = (0..shapes.len()).map(is_prose).collect();
        let counted = self.paragraphs.iter().zip(&prose).filter(|(_, is_prose)| **is_prose);
        let is_all_core = counted.map(|(paragraph, _)| paragraph.tokens.len()).sum::<usize>() < FEWEST_PROSE;
        for (paragraph, is_prose) in self.paragraphs.iter_mut().zip(prose) {
            paragraph.is_core = is_prose || is_all_core || paragraph.tokens.end <= OPENING;
        }
    }

    fn shape(&self, paragraph: &Paragraph) -> Shape {
        let tokens = self.of_paragraph(paragraph);
        let ideographs = tokens.iter().filter(|token| matches!(token, Token::Ideograph(_))).count();
        let enough = if ideographs * 2 > tokens.len() { PROSE_IDEOGRAPHS } else { PROSE_WORDS };
        match tokens.len() {
            length if paragraph.ends && length >= SENTENCE => Shape::Sentence,
            length if length >= enough => Shape::Long,
            _ => Shape::Line,
        }
    }
}

/// What a paragraph looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// It ends as a sentence does.
    Sentence,
    /// It is as long as one.
    Long,
    /// A headline, a date, a name.
    Line,
}

/// A question or a colon ends many a headline.
pub(super) fn ends_sentence(line: &str) -> bool {
    let closing = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | '」' | '』' | '）' | ']')
    };
    line.trim_end_matches(closing).ends_with(['.', '。', '！'])
}
